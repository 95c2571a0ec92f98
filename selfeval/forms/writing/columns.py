"""The columns of a form, and the rows and cells that its blocks have in common."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.expression.tree import Expression, Name, is_error, when
from selfeval.domain.needs.need import Input
from selfeval.domain.needs.selfcheck import BLANK, DOUBTFUL, FILLED, blank
from selfeval.domain.reported import ACTUAL_ITEMS
from selfeval.forms.identity import ACTUAL, FINGERPRINT
from selfeval.sheets import entries
from selfeval.sheets.model import Cell, Column, Row, cell

BY_HAND = "judged"
"""The column of points that a person gives."""
_BEFORE_SCORE = {"actual": 14, "level": 12, "percentage": 9, BY_HAND: 8}
_HOW = {"evidence": "\n（名称、件数）"}
"""What headings say besides the name."""
_BEHIND_SCORE = {"category": 11, "reason": 22, "remedy": 22, "evidence": 21}
_EXPLAINED = frozenset({"reason", "remedy", "evidence"})
"""What is told at length, in smaller letters, so that some 400 of them fit into the highest row there can be."""


COLUMNS: tuple[Column, ...] = (
    Column(FINGERPRINT, "", 10, hidden=True),
    Column("level1", "一级指标", 7),
    Column("level2", "二级指标", 8),
    Column("level3", "三级指标", 19, frozen=True),
    Column("target", "指标值", 11),
    Column("points", "分值", 6),
    Column("hint", "填报要求", 11),
    Column("status", "填写情况", 11),
    *(Column(item, ACTUAL_ITEMS[item], width) for item, width in _BEFORE_SCORE.items()),
    Column("score", "试算得分", 8),
    *(Column(item, ACTUAL_ITEMS[item] + _HOW.get(item, ""), width) for item, width in _BEHIND_SCORE.items()),
    *(Column(name, "", 10, hidden=True) for name in ("value", "measure", "share", "picked")),
)
FIRST, LAST = "level1", "evidence"
"""The first and last visible columns; those behind hold what formulas need on their way."""

WIDTHS: dict[str, float] = {column.id: column.width or 0.0 for column in COLUMNS}

ROOM = Row(height=8.0)


def section(title: str) -> Row:
    """The heading of a block."""
    return Row((Cell(FIRST, title, "section", LAST),), height=24.0)


def on_one_page(rows: Sequence[Row]) -> tuple[Row, ...]:
    """A block that the end of a page does not tear, where it fits on one."""
    return (rows[0]._replace(block=len(rows)), *rows[1:])


def text_status(given: Name) -> Expression:
    """What is said of a text: there or not."""
    return when(is_error(given), DOUBTFUL, when(blank(given), BLANK, FILLED))


def entered(column: str, entry: Input, comment: str = "", last: str = "", row: str = "") -> Cell:
    """A cell to be typed into. ``row`` is needed where a percentage has a most."""
    match entry.kind:
        case "choice":
            allowed = entries.choice(entry.choices, entry.title, free=entry.free)
        case "percent":
            allowed = entries.percent(cell(row, column), entry.least, entry.most, small=entry.small)
        case "number" | "money":
            allowed = entries.number(entry.unit, entry.least, entry.most)
        case _:
            allowed = entries.day(entry.example) if entry.kind == "date" else entries.TEXT
    style = f"input_{entry.kind}{' 9pt' if column in _EXPLAINED else ''}"
    return Cell(column, None, style, last, entry=allowed, comment=comment)


def asked(label: str, hint: str, said: Expression, entry: Input, comment: str = "", last: str = "") -> tuple[Cell, ...]:
    """A label, how to fill in, what the form says of it, and the cell to be typed into, up to column ``last``."""
    return (
        Cell(FIRST, label, "label_center", "target"),
        Cell("points", hint, "hint", "hint"),
        Cell("status", said, "status"),
        entered(ACTUAL, entry, comment, last),
    )
