"""A peer's run from end to end: what reads a grid and what writes a workbook is the peer's own."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.peers.checks import findings
from benchmarks.peers.layout import Sheet
from benchmarks.peers.project_book import project_sheets
from benchmarks.peers.scoring import Grid, read_form, read_targets, score_project
from benchmarks.peers.summary_book import summary_sheets, write_results

TARGETS, FORM = ("项目", "指标", "资金计划"), "自评填报"
Read = Callable[[Path, Sequence[str]], Mapping[str, Grid]]
Write = Callable[[Path, Sequence[Sheet]], None]


def run(read: Read, write: Write) -> None:
    """Score the year of WORKSPACE into OUT with the texts of CONSTANTS (the arguments of the process)."""
    workspace, out, texts = map(Path, sys.argv[1:4])
    constants = json.loads(texts.read_text(encoding="utf-8"))
    year = workspace / "inputs" / "2024"
    projects = read_targets(read(year / "targets.xlsx", TARGETS))
    scored = {}
    for path in sorted((year / "forms").glob("*/*.xlsx")):
        form = read_form(read(path, (FORM,))[FORM])
        project = projects[form.text("meta.project")]
        file = path.relative_to(workspace).as_posix()
        scored[project.code] = score_project(project, form, constants["overrides"], file)
    done = [scored[code] for code in projects]
    found = {code: findings(one) for code, one in scored.items()}
    for one in done:
        project = one.project
        folder = out / f"{project.unit}_{project.unit_name}"
        folder.mkdir(parents=True, exist_ok=True)
        write(
            folder / f"{project.code}_{project.name}_自评表.xlsx", project_sheets(one, found[project.code], constants)
        )
    write(out / "汇总.xlsx", summary_sheets(done, found, constants))
    write_results(done, out / "results.csv")
