"""The sample workspace grown: every project several times over, in files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from openpyxl import load_workbook

from benchmarks.growth import code_of, grown, name_of
from selfeval.runs.inputs import Inputs

_CODE = re.compile(r"\d{8}P\w{11,12}(?:-\d+)?")
_FIXED = re.compile(r"(?<=- indicator: )\S+")


def grown_workspace(inputs: Inputs, times: int, root: Path) -> Path:
    """A workspace of its own below ``root``: rules, targets and forms of ``times`` as many projects."""
    source, year = inputs.workspace.root, root / "inputs" / "2024"
    shutil.copytree(source / "rules", root / "rules")
    year.mkdir(parents=True)
    _grow_targets(source / "inputs" / "2024" / "targets.xlsx", times, year / "targets.xlsx")
    _grow_rules(root / "rules" / "2024.yaml", times)
    grown(inputs, times, year / "forms")
    return root


def _grow_targets(source: Path, times: int, target: Path) -> None:
    """The rows of the sheets that list projects, repeated with codes of their own."""
    book = load_workbook(source)
    for name in ("项目", "指标", "资金计划"):
        sheet = book[name]
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        for i in range(1, times):
            for row in rows:
                sheet.append([_renamed(value, i) for value in (_named(row, i) if name == "指标" else row)])
    book.save(target)


def _named(row: Sequence[object], i: int) -> list[object]:
    """A row of 指标 with the name of the copy: 一级指标 is its third cell, 三级指标 its fifth."""
    code, project, level1, level2, level3, *rest = row
    return [code, project, level1, level2, name_of(str(level1), str(level3), i), *rest]


def _renamed(value: object, i: int) -> object:
    return code_of(value, i) if isinstance(value, str) and _CODE.fullmatch(value) else value


def _grow_rules(path: Path, times: int) -> None:
    """What the rulebook fixes for single indicators, for their copies too."""
    head, mark, fixed = path.read_text(encoding="utf-8").partition("overrides:\n")
    copies = (_FIXED.sub(lambda found, i=i: code_of(found[0], i), fixed) for i in range(times))  # type: ignore[misc]
    path.write_text(head + mark + "".join(copies), encoding="utf-8")
