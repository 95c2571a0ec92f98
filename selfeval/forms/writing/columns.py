"""The columns of a form, and the rows and cells that its blocks have in common."""

from __future__ import annotations

from selfeval.domain.expression.tree import Expression
from selfeval.domain.needs.need import Entry
from selfeval.forms.identity import ACTUAL, FINGERPRINT
from selfeval.sheets import entries
from selfeval.sheets.model import Cell, Column, Row

COLUMNS: tuple[Column, ...] = (
    Column(FINGERPRINT, "", 10, hidden=True),
    Column("level1", "一级指标", 9),
    Column("level2", "二级指标", 10),
    Column("level3", "三级指标", 25),
    Column("target", "指标值", 14),
    Column("points", "分值", 7),
    Column("hint", "怎么填", 13),
    Column("status", "填写情况", 11),
    Column("actual", "实际完成值", 14),
    Column("level", "完成档次", 16),
    Column("percentage", "完成比例", 10),
    Column("judged", "人工得分", 9),
    Column("score", "暂评得分", 9),
    Column("category", "偏差类别", 12),
    Column("reason", "偏差原因", 21),
    Column("remedy", "改进措施", 19),
    Column("evidence", "佐证材料", 15),
    Column("value", "", 10, hidden=True),
    Column("measure", "", 10, hidden=True),
    Column("share", "", 10, hidden=True),
)
FIRST, LAST = "level1", "evidence"
"""The first and last visible columns; those behind hold what formulas need on their way."""

WIDTHS: dict[str, float] = {column.id: column.width or 0.0 for column in COLUMNS}

ROOM = Row(height=8.0)


def section(title: str, *, new_page: bool = False) -> Row:
    """The heading of a block."""
    return Row((Cell(FIRST, title, "section", LAST),), height=24.0, new_page=new_page)


def status(said: Expression) -> Cell:
    """What the form says of the input beside it."""
    return Cell("status", said, "status")


def entered(column: str, entry: Entry, comment: str = "", last: str = "") -> Cell:
    """A cell to be typed into."""
    return Cell(column, None, f"input_{entry.kind}", last, entry=_allowed(entry), comment=comment)


def _allowed(entry: Entry) -> entries.Entry:
    match entry.kind:
        case "choice":
            return entries.choice(entry.choices, entry.title, free=entry.free)
        case "percent":
            return entries.percent(small=entry.small)
        case "date":
            return entries.DAY
        case "text":
            return entries.TEXT
    return entries.number(entry.unit)


def asked(label: str, hint: str, said: Expression, entry: Entry, comment: str = "") -> tuple[Cell, ...]:
    """A label, how to fill in, what the form says of it, and the cell to be typed into."""
    return (
        Cell(FIRST, label, "label_center", "target"),
        Cell("points", hint, "hint", "hint"),
        status(said),
        entered(ACTUAL, entry, comment),
    )
