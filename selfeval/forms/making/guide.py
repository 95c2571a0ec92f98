"""The sheet 填写说明: one page on how to fill the form in, with an example for each kind present in it."""

from __future__ import annotations

from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.reading.quantity import RATE
from selfeval.domain.rulebook import Rulebook
from selfeval.forms.making.content.cover import About
from selfeval.forms.making.content.promise import promise
from selfeval.forms.making.content.rows import Row
from selfeval.forms.making.layout import height_for
from selfeval.forms.making.styles import STYLES

_STEPS = (
    "只填浅黄色的格子，按 Tab 键依次跳到下一格。灰色的格子不用填；白色和蓝色的内容已经锁定，请不要改动。",
    "表的最上面一行会自动检查：填了多少格、暂评多少分、能不能提交。“暂评得分”按评分规则算出，以财务评定的为准。",
    "“填写情况”一列逐行提示：未填、应为数字、应为日期、应从列表选、请核对、需说明原因。全部为“已填”即可提交。",
    "金额一律填万元，只填数字。没有发生的填 0，不要留空。百分数填 95 或 95% 都可以；不足 1% 的要带百分号，如 0.3%。",
    "12 个月的支付金额逐月填写，合计应与“全年执行数”一致，表下会自动核对。",
    "没有完成、或者超过指标值三成以上的，请选偏差类别并写明偏差原因；没有完成的还要写改进措施。写“无”不算说明。",
    "佐证材料写文件名称即可，如“验收报告”“考勤表”“问卷汇总”。鼠标停在有红色小三角的格子上，可以看到这一项怎样计分。",
    "可以调整行高列宽；请不要删除行和列，不要改动工作表的结构。修改后请更新填报日期，直接保存后发回。",
)
_WIDTHS = (8.0, 32.0, 18.0, 42.0, 62.0)
_LAST = len(_WIDTHS) - 1


def write_guide(
    book: xlsxwriter.Workbook, sheet: Worksheet, rows: Sequence[Row], rulebook: Rulebook, about: About
) -> None:
    """Write the sheet. It holds no input and no ids, and is locked like the rest."""
    form = {name: book.add_format(STYLES[name]) for name in ("title", "section", "text", "heading", "mark", "target")}
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.merge_range(0, 0, 0, _LAST, f"填写说明（{about.case.year}年度项目支出绩效自评）", form["title"])
    sheet.set_row(0, 32)
    at = 1
    if about.mark:
        sheet.merge_range(at, 0, at, _LAST, about.mark, form["mark"])
        at += 1
    at = _titled(sheet, at, "怎么填", form["section"])
    for number, step in enumerate(_STEPS, start=1):
        sheet.write_number(at, 0, number, form["target"])
        sheet.merge_range(at, 1, at, _LAST, step, form["text"])
        sheet.set_row(at, height_for((step, sum(_WIDTHS[1:])), least=22))
        at += 1
    at = _titled(sheet, at, "这份表里的指标举例", form["section"])
    at = _examples(sheet, at, rows, rulebook, form)
    if any(row.need is LEVEL_PICKED for row in rows):
        at = _titled(sheet, at, "完成档次对应的完成比例", form["section"])
        for level in rulebook.levels:
            sheet.merge_range(at, 0, at, 2, level.label, form["text"])
            sheet.merge_range(at, 3, at, _LAST, level.band, form["text"])
            sheet.set_row(at, 22)
            at += 1
    at = _titled(sheet, at, "报送和咨询", form["section"])
    due = "以通知为准" if about.cover.due is None else f"{about.cover.due:%Y-%m-%d} 前"
    asked = f"报送期限：{due}。不清楚的地方请问：{about.cover.contact or '本单位财务'}。"
    sheet.merge_range(at, 0, at, _LAST, asked, form["text"])
    sheet.set_row(at, 24)
    sheet.protect("")
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)


def _examples(sheet: Worksheet, at: int, rows: Sequence[Row], rulebook: Rulebook, form: dict[str, Format]) -> int:
    """One row for each kind of input present: what is asked, what one might write, and how it scores."""
    for column, heading in enumerate(("序号", "三级指标", "指标值", "怎么填", "怎样计分")):
        sheet.write_string(at, column, heading, form["heading"])
    first_level = rulebook.levels[0].label if rulebook.levels else ""
    for number, row in enumerate(_one_a_kind(rows), start=1):
        at += 1
        indicator = row.promise.indicator
        shown = row.need.example(row.promise.asked, first_level)
        texts = (indicator.level3, indicator.target, shown, promise(row))
        sheet.write_number(at, 0, number, form["target"])
        for column, text in enumerate(texts, start=1):
            sheet.write_string(at, column, text, form["target" if column == 2 else "text"])  # noqa: PLR2004 - 指标值
        sheet.set_row(at, height_for(*zip(texts, _WIDTHS[1:], strict=True)))
    return at + 1


def _titled(sheet: Worksheet, at: int, title: str, form: object) -> int:
    sheet.merge_range(at, 0, at, _LAST, title, form)
    sheet.set_row(at, 24)
    return at + 1


def _one_a_kind(rows: Sequence[Row]) -> list[Row]:
    """The first row of each kind of input present, in document order; a rate counts as a kind of its own."""
    seen: dict[tuple[str, bool], Row] = {}
    for row in rows:
        seen.setdefault((row.need.id, row.promise.asked.unit == RATE), row)
    return list(seen.values())
