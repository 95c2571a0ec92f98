"""Slips of a rule author: one textual change each in a sound rulebook, named at its line, with the cure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from selfeval.domain.problems import Problem
from selfeval.domain.targets import INDICATORS, Targets
from tests.rulebook.slips.names import NAMES
from tests.rulebook.slips.values import VALUES
from tests.rulebook.slips.writing import WRITING
from tests.rulebook.workbench import Workbench

BASE = (Path(__file__).parent / "slips" / "base.yaml").read_text(encoding="utf-8")
SLIPS = [*WRITING, *NAMES, *VALUES]


def row(indicator: str, level1: str, level2: str, level3: str = "甲") -> dict[str, str]:
    return {"indicator": indicator, "level1": level1, "level2": level2, "level3": level3}


TARGETS = Targets(
    2025,
    indicators=INDICATORS.frame(
        [
            row("P1-01", "产出指标", "数量指标", "培训场次"),
            row("P1-02", "产出指标", "成本指标"),
            row("P1-03", "效益指标", "社会效益指标"),
            row("P1-04", "满意度指标", "服务对象满意度指标"),
        ]
    ),
)


def lint(bench: Workbench, text: str) -> Sequence[Problem]:
    bench.write(text, "2025.yaml")
    return [found for found in bench.lint("2025.yaml", TARGETS) if found.code != "I201"]


def test_the_base_is_sound(bench: Workbench) -> None:
    assert lint(bench, BASE) == []


def test_there_are_enough_of_them_and_none_twice() -> None:
    assert len(SLIPS) >= 120
    assert len({(old, new) for old, new, *_ in SLIPS}) == len(SLIPS)


def changed_line(text: str) -> int:
    """The number of the first line that is not that of the base."""
    pairs = zip(BASE.split("\n"), text.split("\n"), strict=False)
    return next(i for i, (before, after) in enumerate(pairs, start=1) if before != after)


@pytest.mark.parametrize(("old", "new", "code", "line", "says"), SLIPS)
def test_a_slip_is_named_at_its_line_with_its_cure(
    old: str, new: str, code: str, line: str, says: str, bench: Workbench
) -> None:
    """``line`` is a text of the line that is named; blank: the line that was changed."""
    assert BASE.count(old) >= 1, f"{old!r} is not in the base"
    text = BASE.replace(old, new, 1)
    problems = lint(bench, text)
    found = [one for one in problems if one.code == code]
    assert found, [(one.code, one.place.cell, one.message) for one in problems]
    written = enumerate(text.split("\n"), start=1)
    expected = next(i for i, shown in written if line in shown) if line else changed_line(text)
    near = [one for one in found if one.place.cell.startswith(f"第{expected}行")]
    assert near, [(one.place.cell, expected, one.message) for one in found]
    assert any(says in one.message + one.remedy for one in near), [one.message + one.remedy for one in near]
