"""The sheet 填写说明: one page on how to fill the form in, with an example for each kind present in it."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.case import Case
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.selfcheck import BLANK, NO_CATEGORY, NO_REASON, WRONG
from selfeval.domain.reading.quantity import RATE
from selfeval.forms.writing.cover import Cover
from selfeval.forms.writing.how_scored import how_scored
from selfeval.forms.writing.promised import PromisedRow, asks_for_months
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, Row, Sheet
from selfeval.sheets.page import Page
from selfeval.sheets.rows import over

GUIDE_SHEET = "填写说明"

_WORDS = (BLANK, *WRONG, NO_REASON, NO_CATEGORY)
_MONTHS = "各月支付金额只填有支付的月份，合计与“全年执行数”一致时，空白的月份按0计；表下会自动核对。"
_STEPS = (
    "只填黄色单元格，按Tab键依次跳到下一个，按Shift+Tab往回，按Alt+↓打开下拉列表。灰色单元格不用填，需要填写时会变为黄色；其他内容已锁定，请勿改动。",
    "“自评填报”最上面一行会自动检查：填了多少处、试算多少分、是否可以提交；点“到下一处”直接跳到还要填写或核对的地方。",
    f"“填写情况”一列逐行提示：{'、'.join(_WORDS)}。没有标注“○”“！”的，就可以提交。“试算得分”供参考，以本单位审核确认的自评得分为准。",
    "金额一律填万元，只填数字。百分数填95或95%都可以；不足1%的要带百分号，如0.3%。从其他文件粘贴请用“粘贴为数值”。",
    _MONTHS,
    "未完成或超过指标值三成以上的，请选偏差类别并写明偏差原因；未完成的还要写改进措施。写“无”不算说明。",
    "佐证材料写名称和件数，如“验收报告1份、照片12张”。鼠标停在有红色小三角的单元格上，可以看到该指标的计分办法。",
    "可以调整行高列宽；请勿删除行和列，请勿改动工作表的结构。修改后请更新填报日期，直接保存后发回。",
)
_COLUMNS = (
    Column("seq", "序号", 8),
    Column("level3", "三级指标", 32),
    Column("target", "指标值", 18),
    Column("hint", "填报要求", 42),
    Column("scored", "计分办法", 62),
)
_LAST = _COLUMNS[-1].id


def guide_sheet(case: Case, rows: Sequence[PromisedRow], cover: Cover, said_of: tuple[str, str]) -> Sheet:
    """The sheet; ``said_of`` is the mark and the title of the rules. It holds no input and no ids, and is locked."""
    mark, rules = said_of
    months = asks_for_months(case, rows)
    due = cover.until if cover.due is None else f"{cover.until}前"
    marked = (over(_COLUMNS, mark, "mark", None),) if mark else ()
    steps = (
        Row((Cell("seq", number, "target"), Cell("level3", step, "text", _LAST)), height=Fit(22.0))
        for number, step in enumerate((step for step in _STEPS if step is not _MONTHS or months), start=1)
    )
    said = (
        over(_COLUMNS, f"填写说明（{case.year}年度{case.subject}绩效自评）", "title", 32.0),
        *marked,
        _section("填报要求"),
        *steps,
        _section("本表指标填报示例"),
        *_examples(rows),
        *(_levels(rows) if any(row.need is LEVEL_PICKED for row in rows) else ()),
        _section("报送和咨询"),
        over(_COLUMNS, f"报送期限：{due}。咨询联系人：{cover.whom}。", "text", 24.0),
        over(_COLUMNS, f"评分规则：{rules}。", "text", 24.0),
    )
    return Sheet(GUIDE_SHEET, _COLUMNS, said, Page(tall=1), protection="all")


def _section(title: str) -> Row:
    return over(_COLUMNS, title, "section", 24.0)


def _examples(rows: Sequence[PromisedRow]) -> tuple[Row, ...]:
    """The first row of each kind of input: what is asked, what one might write, how it scores. A rate is one more."""
    kinds: dict[tuple[str, bool], PromisedRow] = {}
    for row in rows:
        kinds.setdefault((row.need.id, row.promise.asked.unit == RATE), row)
    head = Row(tuple(Cell(column.id, column.heading, "heading") for column in _COLUMNS), height=None)
    examples = (
        Row(
            (
                Cell("seq", number, "target"),
                Cell("level3", row.indicator.level3),
                Cell("target", row.indicator.target, "target"),
                Cell("hint", row.need.example(row.promise.asked, _best(row))),
                Cell("scored", how_scored(row)),
            ),
            height=Fit(24.0),
        )
        for number, row in enumerate(kinds.values(), start=1)
    )
    return (head, *examples)


def _best(row: PromisedRow) -> str:
    return next((level.label for level in row.promise.asked.levels), "")


def _levels(rows: Sequence[PromisedRow]) -> tuple[Row, ...]:
    """The levels to pick, each scale of the form once, with the percentages that may be given."""
    scales = dict.fromkeys(row.promise.asked.levels for row in rows if row.need is LEVEL_PICKED)
    bands = (
        Row((Cell("seq", level.label, "text", "target"), Cell("hint", level.band, "text", _LAST)), height=22.0)
        for levels in scales
        for level in levels
    )
    return (_section("完成档次对应的完成比例"), *bands)
