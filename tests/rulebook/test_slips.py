"""Slips of a rule author: one textual change each in a sound rulebook, named at its line, with the cure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from selfeval.domain.problems import Problem
from selfeval.domain.targets import INDICATORS, Targets
from tests.rulebook.slips.cases import CASES, SOUND_CASES
from tests.rulebook.slips.folders import FOLDERS, SOUND_FOLDERS
from tests.rulebook.slips.grown import GROWN
from tests.rulebook.slips.names import NAMES
from tests.rulebook.slips.others import OTHERS
from tests.rulebook.slips.sound import SOUND
from tests.rulebook.slips.values import VALUES
from tests.rulebook.slips.writing import WRITING
from tests.rulebook.workbench import Workbench, bare

SLIPS_AT = Path(__file__).parent / "slips"
BASE, GROWN_BASE, CASES_BASE = (
    (SLIPS_AT / name).read_text(encoding="utf-8") for name in ("base.yaml", "grown.yaml", "grown.cases.yaml")
)
SLIPS = [
    *((BASE, *slip) for slip in (*WRITING, *NAMES, *VALUES)),
    *((GROWN_BASE, *slip) for slip in (*GROWN, *OTHERS)),
]
SEVERAL = 3
"""No slip is told more often: each of three lines that are wrong alike, or what is wrong and what comes of it."""


def row(indicator: str, level1: str, level2: str, level3: str = "甲") -> dict[str, str]:
    return {"indicator": indicator, "level1": level1, "level2": level2, "level3": level3}


USUAL = Targets(
    2025,
    indicators=INDICATORS.rows(
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
    indicators=INDICATORS.rows(
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


def told(bench: Workbench, name: str = "2025.yaml", targets: Targets | None = None) -> Sequence[Problem]:
    """What is said of a rulebook, but for sources not seen, and scores uncapped by choice."""
    return [found for found in bench.lint(name, targets) if found.code not in {"I201", "W270"}]


def lint(bench: Workbench, text: str, base: str = BASE) -> Sequence[Problem]:
    """The same of a text in the place of a base, or of a file of cases beside the sound rulebook."""
    if base == CASES_BASE:
        bench.write(GROWN_BASE, "2025.yaml")
    bench.write(text, "2025.cases.yaml" if base == CASES_BASE else "2025.yaml")
    return told(bench, targets=USUAL if base == BASE else FULL)


def in_folders(bench: Workbench, files: Mapping[str, str | bytes], name: str) -> Sequence[Problem]:
    """What is said of a rulebook among others, all by their names from the folder of rules."""
    for other, text in files.items():
        path = bench.path(f"{other}.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return told(bench, f"{name}.yaml")


@pytest.mark.parametrize("base", [BASE, GROWN_BASE, CASES_BASE])
def test_the_base_is_sound(base: str, bench: Workbench) -> None:
    assert lint(bench, base, base) == []


SOUND_CHANGES = [*((GROWN_BASE, *change) for change in SOUND), *((CASES_BASE, *change) for change in SOUND_CASES)]


@pytest.mark.parametrize(("base", "old", "new"), SOUND_CHANGES)
def test_nothing_is_said_of_what_a_careful_author_writes_otherwise(
    base: str, old: str, new: str, bench: Workbench
) -> None:
    assert base.count(old) >= 1, f"{old!r} is not in the base"
    assert lint(bench, base.replace(old, new, 1), base) == []


@pytest.mark.parametrize(("files", "name"), SOUND_FOLDERS)
def test_nothing_is_said_of_sound_folders(files: Mapping[str, str | bytes], name: str, bench: Workbench) -> None:
    assert in_folders(bench, files, name) == []


def test_there_are_enough_of_them_and_none_twice() -> None:
    assert len(SLIPS) + len(CASES) + len(FOLDERS) >= 900
    assert len(SOUND_CHANGES) + len(SOUND_FOLDERS) >= 85
    assert len({slip[:3] for slip in SLIPS}) == len(SLIPS)
    assert len({slip[:2] for slip in CASES}) == len(CASES)


def changed_line(base: str, text: str) -> int:
    """The number of the first line that is not that of the base."""
    pairs = zip(base.split("\n"), text.split("\n"), strict=False)
    return next(i for i, (before, after) in enumerate(pairs, start=1) if before != after)


def line_with(text: str, words: str) -> int:
    """The number of the line where some words begin."""
    return text.count("\n", 0, text.index(words)) + 1


def assert_said(problems: Sequence[Problem], code: str, line: int, says: str) -> None:
    """The problem is named at its line (0: none), with its cure, and not among many others."""
    found = [one for one in problems if one.code == code]
    assert found, [(one.code, one.place.cell, one.message) for one in problems]
    near = [one for one in found if not line or one.place.cell.startswith(f"第{line}行")]
    assert near, [(one.place.cell, line, one.message) for one in found]
    told = [one.message + one.remedy for one in near]
    assert any(bare(says) in bare(text) for text in told), told
    assert len(problems) <= SEVERAL, [(one.code, one.place.cell, one.message) for one in problems]


@pytest.mark.parametrize(
    ("base", "old", "new", "code", "line", "says"), [*SLIPS, *((CASES_BASE, *slip) for slip in CASES)]
)
def test_a_slip_is_named_at_its_line_with_its_cure(
    base: str, old: str, new: str, code: str, line: str, says: str, bench: Workbench
) -> None:
    """``line`` is a text of the line that is named; blank: the line that was changed."""
    assert base.count(old) >= 1, f"{old!r} is not in the base"
    text = base.replace(old, new, 1)
    problems = lint(bench, text, base)
    assert_said(problems, code, line_with(text, line) if line else changed_line(base, text), says)


@pytest.mark.parametrize(("files", "name", "code", "file", "line", "says"), FOLDERS)
def test_a_slip_over_several_files_is_named_in_its_file(
    files: Mapping[str, str | bytes], name: str, code: str, file: str, line: str, says: str, bench: Workbench
) -> None:
    """``file`` is the one that is named, ``line`` a text of the line; blank: any line."""
    problems = in_folders(bench, files, name)
    text = files[file]
    assert {one.place.file for one in problems if one.code == code} == {f"rules/{file}.yaml"}
    assert_said(problems, code, line_with(text, line) if line and isinstance(text, str) else 0, says)
