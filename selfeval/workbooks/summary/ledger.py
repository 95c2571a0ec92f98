"""整改台账: one row an indicator that lost points, with room for who mends it, until when, and whether it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from selfeval.domain.case import category_before
from selfeval.domain.expression.tree import Name, steady, sum_where
from selfeval.domain.rounding import PLACES
from selfeval.domain.tables import Made
from selfeval.sheets.entries import TEXT, choice, day
from selfeval.sheets.heights import PRINTED, Fit
from selfeval.sheets.model import Cell, Column, Row, Sheet, cell
from selfeval.sheets.page import LIST_PAGE
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.text import clean
from selfeval.workbooks.conventions import listing
from selfeval.workbooks.summary.indicators import HEADINGS, NOT_CHOSEN, NUMBER, ListedRow, down_rows

LEDGER = "整改台账"
_REASON, _REMEDY = 27, 20
_COLUMNS = (
    Column("seq", "序号", 4.5),
    Column("name", HEADINGS["name"], 12),
    Column("level3", HEADINGS["level3"], 14, frozen=True),
    Column("target", HEADINGS["target"], 8.5),
    Column("actual", HEADINGS["actual"], 14),
    Column("lost", HEADINGS["lost"], 6),
    Column("category", HEADINGS["category"], 8.5),
    Column("reason", HEADINGS["reason"], _REASON),
    Column("remedy", HEADINGS["remedy"], _REMEDY),
    Column("person", "责任人", 7),
    Column("day", "完成时限", 12.5),
    Column("done", "是否\n完成", 6.5),
)
_NUMBER = Column("number", hidden=True, width=9)
_SIZE = 9.0
_TALLEST = 200.0
"""Points of height: about half a page, so that the table is not torn."""
_NOTE = "每个失分的指标一行。责任人、完成时限、是否完成由整改单位填写；失分随“指标”重算，评分后才失分的不在本表。"
_DONE = choice(("已完成", "整改中", "未开始"), "是否完成")
_WIDE = {"reason": _REASON, "remedy": _REMEDY}
_CENTRED = {"target", "actual", "category"}
_MORE = "……（余见“指标”）"
_OWN = Name("own")


def ledger_sheet(year: int, rows: Sequence[ListedRow], losing: Sequence[int], mark: str) -> Sheet | None:
    """The sheet 整改台账 of the rows at these places; None where nothing was lost."""
    if not losing:
        return None

    def line(at: int) -> Row:
        cells = _cells(at, losing[at], rows[losing[at]], len(rows), f"{year + 1}-06-30")
        return Row(tuple(cells), f"line.{at}", Fit(26.0))

    top = (
        banner(_COLUMNS, f"整改台账（{year}年度）", "title", mark, 26),
        banner(_COLUMNS, _NOTE, "note"),
        headings(_COLUMNS, height=32.0, frozen=True),
    )
    found = listing(LEDGER, (*_COLUMNS, _NUMBER), top, Made(len(losing), line))
    return replace(found, page=replace(LIST_PAGE, printed=(_COLUMNS[0].id, _COLUMNS[-1].id)))


def _cells(at: int, number: int, listed: ListedRow, count: int, example: str) -> Iterator[Cell]:
    name = f"line.{at}"
    yield Cell("seq", at + 1, "count 9pt")
    for column in ("name", "level3", "target", "actual", "category"):
        text = "未选择" if listed.texts[column] in NOT_CHOSEN else listed.texts[column]
        yield Cell(column, text, "centre 9pt" if column in _CENTRED else "small")
    before = category_before(listed.texts["category"])  # which has a column of its own here
    for column, width in _WIDE.items():
        yield Cell(column, _fitting(listed.texts[column].removeprefix(before), width), "small")
    # by its number: the rows of 指标 may be sorted
    own = {_OWN: cell(name, "number")}
    lost = steady(sum_where(down_rows("lost", count), down_rows(NUMBER, count), _OWN), PLACES)
    yield Cell("lost", lost.bind(dict(own)), "lost 9pt")
    yield Cell("person", None, "input_text 9pt", entry=TEXT)
    yield Cell("day", None, "input_date 9pt", entry=day(example))
    yield Cell("done", None, "input_text 9pt", entry=_DONE)
    yield Cell("number", number + 1, "plain")


def _fitting(text: str, width: float) -> str:
    """A text as far as a row of half a page shows it; what is left out stands in 指标."""
    shown = clean(text)
    if PRINTED.text(shown, width, _SIZE) <= _TALLEST:
        return shown
    least, most = 0, len(shown)
    while least + 1 < most:
        middle = (least + most) // 2
        if PRINTED.text(shown[:middle] + _MORE, width, _SIZE) <= _TALLEST:
            least = middle
        else:
            most = middle
    return shown[:least] + _MORE
