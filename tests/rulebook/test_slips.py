"""Slips of a rule author: one textual change each in a sound rulebook, named at its line, with the cure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from selfeval.domain.problems import Problem
from selfeval.domain.targets import INDICATORS, Targets
from tests.rulebook.slips.grown import GROWN
from tests.rulebook.slips.names import NAMES
from tests.rulebook.slips.sound import SOUND
from tests.rulebook.slips.values import VALUES
from tests.rulebook.slips.writing import WRITING
from tests.rulebook.workbench import Workbench

SLIPS_AT = Path(__file__).parent / "slips"
BASE, GROWN_BASE = ((SLIPS_AT / name).read_text(encoding="utf-8") for name in ("base.yaml", "grown.yaml"))
SLIPS = [
    *((BASE, *slip) for slip in (*WRITING, *NAMES, *VALUES)),
    *((GROWN_BASE, *slip) for slip in GROWN),
]


def row(indicator: str, level1: str, level2: str, level3: str = "甲") -> dict[str, str]:
    return {"indicator": indicator, "level1": level1, "level2": level2, "level3": level3}


USUAL = Targets(
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


FULL = Targets(
    2025,
    indicators=INDICATORS.frame(
        [
            row("P1-01", "产出指标", "数量指标", "培训场次"),
            row("P1-02", "产出指标", "质量指标"),
            row("P1-03", "效益指标", "社会效益指标"),
            row("P1-04", "满意度指标", "服务对象满意度指标"),
            row("P1-05", "成本指标", "经济成本指标", "预算调整率"),
            row("P1-06", "成本指标", "经济成本指标", "超支金额"),
            row("P1-07", "加分项", "加分", "获奖"),
            row("P1-08", "扣分项", "扣分", "违规次数"),
            row("P1-09", "产出指标", "时效指标", "排队时长"),
        ]
    ),
)


def lint(bench: Workbench, text: str, base: str = BASE) -> Sequence[Problem]:
    """What is said of a rulebook, but for sources not seen, and scores uncapped by choice."""
    bench.write(text, "2025.yaml")
    found = bench.lint("2025.yaml", USUAL if base == BASE else FULL)
    return [one for one in found if one.code not in {"I201", "W270"}]


@pytest.mark.parametrize("base", [BASE, GROWN_BASE])
def test_the_base_is_sound(base: str, bench: Workbench) -> None:
    assert lint(bench, base, base) == []


@pytest.mark.parametrize(("old", "new"), SOUND)
def test_nothing_is_said_of_what_a_careful_author_writes_otherwise(old: str, new: str, bench: Workbench) -> None:
    assert GROWN_BASE.count(old) >= 1, f"{old!r} is not in the base"
    assert lint(bench, GROWN_BASE.replace(old, new, 1), GROWN_BASE) == []


def test_there_are_enough_of_them_and_none_twice() -> None:
    assert len(SLIPS) >= 500
    assert len(SOUND) >= 40
    assert len({slip[:3] for slip in SLIPS}) == len(SLIPS)


def changed_line(base: str, text: str) -> int:
    """The number of the first line that is not that of the base."""
    pairs = zip(base.split("\n"), text.split("\n"), strict=False)
    return next(i for i, (before, after) in enumerate(pairs, start=1) if before != after)


@pytest.mark.parametrize(("base", "old", "new", "code", "line", "says"), SLIPS)
def test_a_slip_is_named_at_its_line_with_its_cure(
    base: str, old: str, new: str, code: str, line: str, says: str, bench: Workbench
) -> None:
    """``line`` is a text of the line that is named; blank: the line that was changed."""
    assert base.count(old) >= 1, f"{old!r} is not in the base"
    text = base.replace(old, new, 1)
    problems = lint(bench, text, base)
    found = [one for one in problems if one.code == code]
    assert found, [(one.code, one.place.cell, one.message) for one in problems]
    written = enumerate(text.split("\n"), start=1)
    expected = next(i for i, shown in written if line in shown) if line else changed_line(base, text)
    near = [one for one in found if one.place.cell.startswith(f"第{expected}行")]
    assert near, [(one.place.cell, expected, one.message) for one in found]
    assert any(says in one.message + one.remedy for one in near), [one.message + one.remedy for one in near]
