"""How 审核意见 behaves: drop-downs and limits, colours, panes, print set-up and the lock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from selfeval.domain.reviewing.review import Verdict
from selfeval.workbooks.drawing.pen import Pen
from selfeval.workbooks.review.identity import AT, COLUMNS, META

_FILL = {Verdict.ACCEPTED: "#D9EAD3", Verdict.ADJUSTED: "#FFE9A8", Verdict.RETURNED: "#F4B6B0"}
_VERDICT = {
    "validate": "list",
    "source": [one.value for one in Verdict],
    "error_title": "审核意见",
    "error_message": "请选 认可、调整、退回",
}
_DAY = {
    "validate": "date",
    "criteria": "between",
    "minimum": dt.date(2000, 1, 1),
    "maximum": dt.date(2100, 12, 31),
    "error_title": "日期",
    "error_message": "请填日期，如 2025-03-01",
}
_ALLOWED = ("format_rows", "format_columns", "select_locked_cells", "select_unlocked_cells", "objects")


@dataclass(frozen=True)
class Block:
    """Where things stand: the row of the project's verdict, the headings, the scored rows, the end. From 0."""

    whole: int
    head: int
    first: int
    last: int
    end: int


def dress(pen: Pen, block: Block, judged: Sequence[int]) -> None:
    """Finish the sheet. ``judged`` are the positions of the scored rows that a reviewer may judge."""
    sheet = pen.sheet
    for first, last in _runs([block.first + i for i in judged]):
        number = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": f"={xl_rowcol_to_cell(first, AT['points'], col_abs=True)}",
            "error_title": "核定得分",
            "error_message": "请填 0 到分值之间的数",
        }
        for name, rule in (("verdict", _VERDICT), ("adjusted", number), ("day", _DAY)):
            sheet.data_validation(first, AT[name], last, AT[name], rule)
    for name, rule in (("verdict", _VERDICT), ("day", _DAY)):
        sheet.data_validation(block.whole, AT[name], block.whole, AT[name], rule)
    _colour(pen, block)
    sheet.freeze_panes(block.first, AT["name"] + 1)
    sheet.repeat_rows(block.head)
    pen.fit()
    sheet.print_area(1 + len(META), AT["name"], block.end, len(COLUMNS))
    sheet.set_selection(block.whole, AT["verdict"], block.whole, AT["verdict"])
    sheet.protect("", dict.fromkeys(_ALLOWED, True))


def _colour(pen: Pen, block: Block) -> None:
    """Verdicts, states and lost points; the words say the same as the colours."""
    for top, bottom in ((block.whole, block.whole), (block.first, block.last)):
        for word, fill in _FILL.items():
            look = pen.book.format({"bg_color": fill})
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
            pen.sheet.conditional_format(top, AT["verdict"], bottom, AT["verdict"], rule)
    pen.colour_states(block.first, AT["state"], block.last)
    score, points = (xl_rowcol_to_cell(block.first, AT[one], col_abs=True) for one in ("score", "points"))
    pen.colour_lost(block.first, AT["score"], block.last, f"=AND(ISNUMBER({score}),{score}<{points})")


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as first and last."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
