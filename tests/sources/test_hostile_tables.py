"""Tables that nobody made in good faith: each is one problem, or what can be read of it, and soon."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from selfeval.sources.read import read_file

HEAD = "<tr><td>项目编码<td>项目名称<td>一级指标<td>二级指标<td>三级指标<td>指标值</tr>"
ROW = "<tr><td>ZZ01<td>甲<td>产出指标<td>数量指标<td>演出<td>≥5场</tr>"
TABLE = f"<table>{HEAD}{ROW}"

REFUSED = {
    "tables in each other": "<table><tr><td>" * 100_000,
    "a row of a million cells": f"{TABLE}<tr>{'<td>x' * 1_000_000}",
    "a million cells": TABLE + f"<tr>{'<td>x' * 60}" * 17_000,
    "wide cells": TABLE + "<tr><td colspan=700>x" * 20_000,
    "too many rows": TABLE + "<tr><td>x" * 30_000,
    "comments without end": TABLE + "<!--" * 300_000,
    "an attribute without end": f'{TABLE}<td a="{"x" * 600_000}',
    "a script without end": f"{TABLE}<script>{'</scrip' * 100_000}",
    "signs without end": TABLE + "<" * 1_300_000,
    "references without end": TABLE + "&" * 600_000,
}
READ = {
    "a very high cell": f"<table>{HEAD}{ROW.replace('<td>', '<td rowspan=1000000000>', 1)}",
    "a very wide cell": f"{TABLE}<tr><td colspan=99999999999999999999>x</tr>",
    "a span that is no number": TABLE.replace("<td>甲", "<td rowspan=-1 colspan='٣'>甲"),
    "divisions in each other": f"{'<div>' * 50_000}{TABLE}",
    "ends that nothing began": f"{'</td></tr></table>' * 10_000}{TABLE}",
}


@pytest.mark.parametrize("page", REFUSED.values(), ids=REFUSED)
def test_a_page_that_has_no_end_is_refused(tmp_path: Path, page: str) -> None:
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert [one.code for one in read_file(tmp_path / "a.html", 2025).problems] == ["E145"]


@pytest.mark.parametrize("page", READ.values(), ids=READ)
def test_a_page_that_is_only_odd_is_read(tmp_path: Path, page: str) -> None:
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert read_file(tmp_path / "a.html", 2025).targets.indicators.frame["target"].tolist() == ["≥5场"]


def sheet(tmp_path: Path, changed: str, became: str) -> Path:
    """A flat table of one indicator as .xlsx, in whose sheet something is changed."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["项目编码", "项目名称", "一级指标", "二级指标", "三级指标", "指标值"])
        page.write_row(1, 0, ["ZZ01", "甲", "产出指标", "数量指标", "演出", "≥5场"])
        page.merge_range("H1:H2", "备注")
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert re.search(changed, part.decode())
                part = re.sub(changed, became, part.decode()).encode()
            new.writestr(name, part)
    return path


@pytest.mark.parametrize("area", ["H1:XFD1048576", "A1:XFD1048576", "H1:H9999999", "H3:H1"])
def test_a_merged_cell_covers_no_more_than_there_is(tmp_path: Path, area: str) -> None:
    found = read_file(sheet(tmp_path, "H1:H2", area), 2025)
    assert len(found.problems) < 20
    if area.startswith("H"):
        assert found.targets.indicators.frame["target"].tolist() == ["≥5场"]


def test_a_cell_in_the_millionth_row_is_refused(tmp_path: Path) -> None:
    far = '<row r="1000000"><c r="A1000000"><v>1</v></c></row></sheetData>'
    assert [one.code for one in read_file(sheet(tmp_path, "</sheetData>", far), 2025).problems] == ["E120"]


def test_more_rows_than_targets_may_have_are_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for row in range(20_002):
            page.write_row(row, 0, ["甲", "乙"])
    assert [one.code for one in read_file(tmp_path / "a.xlsx", 2025).problems] == ["E128"]
