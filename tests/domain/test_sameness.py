"""Rows with blanks equal their copies, under every version of Python."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import math
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import selfeval.domain
from selfeval.domain.sameness import blanks_alike
from selfeval.domain.targets import Indicator


def _with_blanks() -> Iterator[type[Any]]:
    """Every dataclass of the domain with a field that is NaN where nothing else is said."""
    for module in pkgutil.walk_packages(selfeval.domain.__path__, "selfeval.domain."):
        for held in vars(importlib.import_module(module.name)).values():
            if isinstance(held, type) and dataclasses.is_dataclass(held) and held.__module__ == module.name:
                defaults = [field.default for field in dataclasses.fields(held)]
                if any(isinstance(value, float) and math.isnan(value) for value in defaults):
                    yield held


def test_every_row_that_may_be_blank_is_compared_so() -> None:
    found = {*_with_blanks()}
    assert Indicator not in found  # its points have no default
    assert len(found) > 3
    for row in found:
        assert row.__eq__.__qualname__.startswith(blanks_alike.__name__), row


def test_a_row_with_a_blank_equals_its_copy_and_is_found_again() -> None:
    row = Indicator("P-01", "P", "产出指标", "数量指标", "座数", "", "≥3座", "", "", math.nan, "指标!G2")
    same = copy.copy(row)
    assert row == same
    assert hash(row) == hash(same)
    assert {row: 1}[same] == 1
    assert row != dataclasses.replace(row, points=3.0)
    assert row.__eq__("P-01") is NotImplemented


@pytest.mark.parametrize("other", [0.0, 5.0])
def test_a_blank_is_no_number(other: float) -> None:
    row = Indicator("P-01", "P", "产出指标", "数量指标", "座数", "", "≥3座", "", "", math.nan, "指标!G2")
    assert row != dataclasses.replace(row, points=other)
