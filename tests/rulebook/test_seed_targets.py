"""The real document: every one of its 215 targets is read by a named rule."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from selfeval.domain.reading.recognise import recogniser
from selfeval.domain.targets import INDICATORS, Targets
from selfeval.rulebook.loading import load
from selfeval.rulebook.soundness.lint import lint
from tests.rulebook.workbench import ROOT, RULES

SEED = ROOT.parent / "shared" / "seed"

LEVELS1 = {"产出指标", "效益指标", "满意度指标"}

needs_seed = pytest.mark.skipif(not SEED.is_dir(), reason="the document of ../shared/seed is not here")


def seed_targets() -> Targets:
    """The indicators of the document, read in a few lines of their own: number, level 2 and 指标值 only."""
    (path,) = SEED.glob("*.txt")
    rows: list[dict[str, object]] = []
    project, number, inside, level2 = "", 0, False, ""
    for line in path.read_text(encoding="utf-8").split("\n"):
        code = re.search(r"项目编码\t+(\S+)", line)
        if code:
            project, number, inside = code[1], 0, False
        cells = [cell for part in line.split("\t") if (cell := re.sub(r"\s", "", part))]
        if inside and not cells:
            inside = False
        if inside:
            number += 1
            level2 = next((one for one in cells[:2] if one.endswith("指标") and one not in LEVELS1), level2)
            rows.append(
                {"indicator": f"{project}-{number:02d}", "project": project, "level2": level2, "target": cells[-2]}
            )
        inside = inside or line.startswith("一级指标")
    return Targets(2024, indicators=INDICATORS.rows(rows))


@needs_seed
def test_every_target_of_the_document_is_read_by_a_named_rule() -> None:
    targets = seed_targets()
    rulebook, problems = load(RULES / "2024.yaml", ROOT)
    assert rulebook is not None
    assert problems == ()
    read = recogniser(rulebook, 2024).read
    columns = targets.indicators.frame[["indicator", "target", "level2"]].itertuples(index=False, name=None)
    readings = [read(indicator, target, level2, "") for indicator, target, level2 in columns]
    assert len(readings) == 215
    assert [reading for reading in readings if reading.code] == []
    rules = Counter(reading.rule for reading in readings)
    assert sum(count for rule, count in rules.items() if rule.startswith("override:")) == 5
    assert rules["period"] == 9
    assert rules["monthly_schedule"] == 6
    assert rules["not_applicable"] == 22
    assert rules["bare_cost"] == 2


@needs_seed
def test_every_override_is_about_an_indicator_of_the_document() -> None:
    assert {found.code for found in lint(RULES / "2024.yaml", ROOT, seed_targets())} <= {"I201"}
