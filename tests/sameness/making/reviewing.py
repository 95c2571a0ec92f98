"""A reviewer: types opinions into 复核意见 of scored workbooks, right ones and wrong ones, and saves them elsewhere."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "复核意见"


def fill_reviews(outputs: Path, target: Path, projects: Sequence[str]) -> None:
    """Review every third project's workbook below ``outputs`` and save it in ``target`` under another name."""
    target.mkdir()
    for number, project in enumerate(projects[::3]):
        file = next(outputs.rglob(f"{project}_*_自评表.xlsx"))
        book = load_workbook(file)
        _type(book[SHEET], random.Random(project))
        book.save(target / f"{number:02}_复核.xlsx")
        if number == 1:  # the same project twice
            book.save(target / f"{number:02}_复核（副本）.xlsx")
    (target / "坏文件.xlsx").write_bytes(b"half a file")


def _type(sheet: Worksheet, chance: random.Random) -> None:
    """Opinions in the rows of indicators, found by the hidden ids of the first row and the first column."""
    columns = {str(one.value): one.column for one in sheet[1] if one.value}
    rows = {str(one.value): one.row for one in sheet["A"] if one.value}
    for row, line in rows.items():
        if "-" not in row and row != "预算执行率":
            continue
        verdict = chance.choice(("", "", "认可", "调整", "调整", "退回", "再议"))
        typed: dict[str, str | float] = {"verdict": verdict, "reviewer": "李某", "day": "2025-03-01"}
        if verdict == "调整":
            typed["adjusted"] = chance.choice((0, 1.5, 2.25, 3.333, 99, "三分"))
        elif chance.random() < 0.05:
            typed["adjusted"] = 1
        if verdict in {"调整", "退回"} and chance.random() < 0.8:
            typed["reason"] = "佐证材料不足"
        for name, value in typed.items():
            cell = sheet.cell(line, columns[name])
            if value and not cell.protection.locked:
                cell.value = value
    if "whole" in rows:
        sheet.cell(rows["whole"], columns["verdict"]).value = chance.choice(("认可", "退回", "同意"))
        sheet.cell(rows["whole"], columns["reviewer"]).value = "王某"
    if "opinion" in rows:
        sheet.cell(rows["opinion"], columns["name"]).value = "情况属实"
