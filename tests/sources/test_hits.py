"""A cell of a document that cannot be relied on keeps the indicator of its row from being scored."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from selfeval.sources.pending import still_open
from selfeval.sources.read import read_file

FLAT = (
    ("项目名称", "预算数", "一级指标", "二级指标", "三级指标", "指标值"),
    ("节水宣传", 3, "产出指标", "数量指标", "场次", "≥6场"),
    ("节水宣传", 3, "满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"),
)
FORM = (
    ("项目名称", "节水宣传", "预算单位", "某局"),
    ("年度资金总额", "3万元"),
    ("年度目标", "办6场"),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "场次", "≥6场"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"),
)


@pytest.mark.parametrize(("rows", "cell"), [(FLAT, "F3"), (FLAT, "E3"), (FORM, "D6")])
def test_an_indicator_that_is_struck_out_waits(
    rows: tuple[tuple[str | int, ...], ...], cell: str, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    sheet[cell].font = Font(strike=True)
    book.save(tmp_path / "表.xlsx")
    found = read_file(tmp_path / "表.xlsx", 2025)
    number = found.targets.indicators.column("indicator")[1]
    assert [one.place.indicator for one in found.problems if one.code == "E140"] == [number]
    assert [(one["code"], one["indicator"]) for one in still_open(found) if one["code"] == "E140"] == [("E140", number)]


def test_of_many_none_is_passed_over(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(FLAT[0])
    for number in range(2, 17):
        sheet.append(("节水宣传", 3, "产出指标", "数量指标", f"场次{number}", f"≥{number}场"))
        sheet.cell(number, 6).font = Font(strike=True)
    book.save(tmp_path / "表.xlsx")
    told = [one.place.indicator for one in read_file(tmp_path / "表.xlsx", 2025).problems if one.code == "E140"]
    assert len({*told}) == 15


def test_one_in_a_web_page_waits_too(tmp_path: Path) -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{value}</td>' for value in row)}</tr>" for row in FLAT)
    page = f"<table>{rows.replace('≥90%', '<s>≥90%</s>')}</table>"
    (tmp_path / "页.html").write_text(page, encoding="utf-8")
    found = read_file(tmp_path / "页.html", 2025)
    number = found.targets.indicators.column("indicator")[1]
    assert [one.place.indicator for one in found.problems if one.code == "E140"] == [number]
