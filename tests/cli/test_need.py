"""``selfeval explain YEAR PROJECT --need``: what would lift a project's grade."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

PROJECT = "13080024P000093100070"


def test_what_would_lift_a_project_is_printed_or_given_as_json(run: Run, workspace: Path) -> None:
    ran = run("explain", "2024", PROJECT, "--need", "98", "--workspace", workspace)
    assert (ran.code, ran.err) == (0, "")
    assert "\n失分（从多到少）\n  1. 维护社会和谐稳定发展。（06）：得10.50分（满分15.00分），失4.50分\n" in ran.out
    assert "不得为提高得分而改动" in ran.out
    given = run("explain", "2024", PROJECT, "--need", "98", "--workspace", workspace, "--format", "json")
    found = json.loads(given.out)
    assert (found["format"], found["total"], found["need"]) == ("selfeval.need.v1", 93.9, {"grade": "", "points": 98.0})
    first, second = found["losses"]
    assert first["alone"][0]["enough"] is True
    assert (second["lost"], second["full"]["number"], second["alone"][0]["enough"]) == (1.6, "500", False)


def test_days_are_told_as_people_write_them(run: Run, workspace: Path) -> None:
    """A clerk, reviewer or leader reads 2025年1月10日; programs go on reading 2025-01-10."""
    clothes = "13080024P000105100047"
    told = run("explain", "2024", clothes, "--need", "优", "--workspace", workspace).out
    assert "指标值2024年12月底前，实际完成值2025年1月10日" in told
    assert "实际完成值：2025年1月10日" in run("explain", "2024", f"{clothes}-03", "--workspace", workspace).out
    given = run("explain", "2024", clothes, "--workspace", workspace, "--format", "json")
    assert "2025-01-10" in [row["actual"] for row in json.loads(given.out)["lost"]]


def test_what_is_no_grade_is_refused_with_those_that_there_are(run: Run, workspace: Path) -> None:
    ran = run("explain", "2024", PROJECT, "--need", "优秀", "--workspace", workspace)
    assert ran.code == 2
    assert "“优秀”不是等级，也不是分数。等级：优（90.00分）、良（80.00分）" in ran.err
    unknown = run("explain", "2024", "X", "--need", "优", "--workspace", workspace)
    assert (unknown.code, "E605" in unknown.err) == (3, True)
