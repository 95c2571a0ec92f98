"""No code about targets without a test."""

from __future__ import annotations

import re
from pathlib import Path

from selfeval.domain.catalogue import CATALOGUE


def test_every_code_about_targets_is_named_in_a_test_that_provokes_it() -> None:
    tests = Path(__file__).parent.glob("test_*.py")
    named = {code for test in tests for code in re.findall(r'"([EWI]1\d\d)"', test.read_text(encoding="utf-8"))}
    assert {code for code in CATALOGUE if code[1] == "1"} == named
