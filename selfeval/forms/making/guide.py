"""The sheet 填写说明: one page on how to fill the form in, with an example for each kind present in it."""

from __future__ import annotations

from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from selfeval.domain.rulebook import Rulebook
from selfeval.forms.making.blocks import Project
from selfeval.forms.making.indicator_block import Row, example
from selfeval.forms.making.layout import height_for
from selfeval.forms.making.styles import STYLES

_STEPS = (
    "只填浅黄色的格子。灰色的格子不用填；白色和蓝色的内容已经锁定，请不要改动。",
    "金额一律填万元，只填数字。没有发生的填 0，不要留空。",
    "12 个月的支付金额逐月填写，合计应与“全年执行数”一致，表下会自动核对。",
    "没有完成、或者超过指标值三成以上的，请写明偏差原因；没有完成的还要写改进措施。",
    "佐证材料写文件名称即可，如“验收报告”“考勤表”“问卷汇总”。",
    "可以调整行高列宽；请不要删除行和列，不要改动工作表的结构。填好后直接保存，把文件发回财务科。",
)


def write_guide(
    book: xlsxwriter.Workbook, sheet: Worksheet, rows: Sequence[Row], rulebook: Rulebook, about: Project
) -> None:
    """Write the sheet. It holds no input and no ids, and is locked like the rest."""
    form = {name: book.add_format(STYLES[name]) for name in ("title", "section", "text", "heading", "mark", "target")}
    widths = (8.0, 34.0, 20.0, 62.0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.merge_range(0, 0, 0, 3, f"填写说明（{about.year}年度项目支出绩效自评）", form["title"])
    sheet.set_row(0, 32)
    at = 1
    if about.mark:
        sheet.merge_range(at, 0, at, 3, about.mark, form["mark"])
        at += 1
    at = _titled(sheet, at, "怎么填", form["section"])
    for number, step in enumerate(_STEPS, start=1):
        sheet.write_number(at, 0, number, form["target"])
        sheet.merge_range(at, 1, at, 3, step, form["text"])
        sheet.set_row(at, height_for((step, sum(widths[1:])), least=22))
        at += 1
    at = _titled(sheet, at, "这份表里的指标举例", form["section"])
    for column, heading in enumerate(("序号", "三级指标", "指标值", "怎么填")):
        sheet.write_string(at, column, heading, form["heading"])
    at += 1
    first_level = rulebook.levels[0].label if rulebook.levels else ""
    for number, row in enumerate(_one_a_kind(rows), start=1):
        text = example(row, first_level)
        sheet.write_number(at, 0, number, form["target"])
        sheet.write_string(at, 1, row.level3, form["text"])
        sheet.write_string(at, 2, row.target, form["target"])
        sheet.write_string(at, 3, text, form["text"])
        tall = height_for((row.level3, widths[1]), (row.target, widths[2]), (text, widths[3]))
        sheet.set_row(at, tall)
        at += 1
    if any(row.needs == "level" for row in rows):
        at = _titled(sheet, at, "完成档次对应的完成比例", form["section"])
        for level in rulebook.levels:
            sheet.merge_range(at, 0, at, 1, level.label, form["text"])
            sheet.merge_range(at, 2, at, 3, level.band, form["text"])
            sheet.set_row(at, 22)
            at += 1
    sheet.protect("")
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)


def _titled(sheet: Worksheet, at: int, title: str, form: object) -> int:
    sheet.merge_range(at, 0, at, 3, title, form)
    sheet.set_row(at, 24)
    return at + 1


def _one_a_kind(rows: Sequence[Row]) -> list[Row]:
    """The first row of each kind of input present, in document order; a rate counts as a kind of its own."""
    seen: dict[tuple[str | None, bool], Row] = {}
    for row in rows:
        seen.setdefault((row.needs, row.unit == "%"), row)
    return list(seen.values())
