"""The vocabulary of a form's layout: columns, lines of boxes, and what may be entered where.

A form is a tuple of lines; ``write`` turns it into a workbook and knows nothing of what the lines mean. Formulas name
cells by the ids of row and column (``[funds.full_year@actual]``), so blocks may move freely.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from selfeval.domain.needs.entry import Entry
from selfeval.forms.identity import FINGERPRINT


@dataclass(frozen=True)
class Filled:
    """A value put into a box beforehand. ``percent``: a share to be shown as a percentage (0.95 as 95%)."""

    value: str | float | date
    percent: bool = False


Place = tuple[str, str]
"""A box by the ids of its row and column."""

Values = Mapping[Place, Filled]
"""Prefilled values by their boxes."""


@dataclass(frozen=True)
class Box:
    """One visible cell, or several merged ones from column ``first`` to ``last`` over ``rows`` rows.

    ``style`` names an entry of ``styles.STYLES``. A box with an ``entry`` is unlocked. A ``formula`` is written with
    its result, so that a previewer that does not calculate shows it too. ``number`` is a constant; ``comment`` is
    shown when the mouse rests on the box.
    """

    first: str
    text: str = ""
    style: str = "text"
    last: str = ""
    rows: int = 1
    entry: Entry | None = None
    formula: str = ""
    number: float | None = None
    comment: str = ""


@dataclass(frozen=True)
class Line:
    """One row: its hidden id (blank for rows that hold no input), its boxes, and its height in points.

    An id that begins with ``auto.`` serves formulas only and is not written. ``new_page`` asks for a page break above
    the row; ``frozen`` keeps it, and all above it, in sight.
    """

    boxes: tuple[Box, ...] = ()
    id: str = ""
    height: float = 20.0
    fingerprint: str = ""
    new_page: bool = False
    frozen: bool = False


AUTO = "auto."


@dataclass(frozen=True)
class FormColumn:
    """A column: its hidden id, heading above the indicators, width in characters, and whether it is hidden."""

    id: str
    heading: str
    width: float
    hidden: bool = False


COLUMNS: tuple[FormColumn, ...] = (
    FormColumn("row", "", 10, hidden=True),
    FormColumn(FINGERPRINT, "", 10, hidden=True),
    FormColumn("level1", "一级指标", 9),
    FormColumn("level2", "二级指标", 10),
    FormColumn("level3", "三级指标", 25),
    FormColumn("target", "指标值", 14),
    FormColumn("points", "分值", 7),
    FormColumn("hint", "怎么填", 13),
    FormColumn("status", "填写情况", 11),
    FormColumn("actual", "实际完成值", 14),
    FormColumn("level", "完成档次", 16),
    FormColumn("percentage", "完成比例", 10),
    FormColumn("judged", "人工得分", 9),
    FormColumn("score", "暂评得分", 9),
    FormColumn("category", "偏差类别", 12),
    FormColumn("reason", "偏差原因", 21),
    FormColumn("remedy", "改进措施", 19),
    FormColumn("evidence", "佐证材料", 15),
    FormColumn("value", "", 10, hidden=True),
    FormColumn("measure", "", 10, hidden=True),
    FormColumn("share", "", 10, hidden=True),
)
FIRST, LAST = "level1", "evidence"
"""The first and last visible columns; those behind hold what formulas need on their way."""

WIDTHS: dict[str, float] = {column.id: column.width for column in COLUMNS}
INDEX: dict[str, int] = {column.id: at for at, column in enumerate(COLUMNS)}

LINE_POINTS = 15.0


def span(first: str, last: str, hidden: frozenset[str] = frozenset()) -> float:
    """The visible width, in characters, of the columns from ``first`` to ``last``."""
    ids = [column.id for column in COLUMNS][INDEX[first] : INDEX[last] + 1]
    return sum(WIDTHS[one] for one in ids if one not in hidden)


def lines_of(text: str, width: float) -> int:
    """How many lines the text takes in a column of ``width`` characters; a Chinese character counts double."""
    room = max(width - 2.5, 2.0)  # the cell's own padding and its indent
    return sum(max(1, math.ceil(_length(part) / room)) for part in text.split("\n"))


def height_for(*texts: tuple[str, float], least: float = 24.0) -> float:
    """The height in points at which each (text, width in characters) is wholly seen; Excel's limit is 409."""
    most = max((lines_of(text, width) for text, width in texts), default=1)
    return min(409.0, max(least, most * LINE_POINTS + 6))


def _length(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)
