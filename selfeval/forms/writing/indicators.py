"""The block of indicators: one row each, with cells that fit what is to be reported for it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from selfeval.domain.reported import ACTUAL_ITEMS
from selfeval.domain.rounding import in_points
from selfeval.forms.identity import FINGERPRINT, fingerprint
from selfeval.forms.writing.columns import COLUMNS, entered, section
from selfeval.forms.writing.how_scored import how_scored
from selfeval.forms.writing.promised import PromisedRow
from selfeval.forms.writing.selfcheck import live_cells
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Row

HEAD_ROW = "auto.head"
"""The headings above the indicators."""


def headings(name: str, *, frozen: bool = False, repeated: bool = False) -> Row:
    """The headings of the columns of indicators."""
    cells = tuple(Cell(column.id, column.heading, "heading") for column in COLUMNS if not column.hidden)
    return Row(cells, name, 34.0, frozen=frozen, repeated=repeated)


def indicator_rows(rows: Sequence[PromisedRow], number: str = "五") -> tuple[Row, ...]:
    """The headings and one row an indicator, which grows with what is typed into it."""
    lines = (_row(row, above) for row, above in zip(rows, (None, *rows), strict=False))
    title = section(f"{number}、绩效指标完成情况")._replace(block=3)  # a page does not end with the headings
    return (title, headings(HEAD_ROW, repeated=True), *lines)


def _row(row: PromisedRow, above: PromisedRow | None) -> Row:
    """An indicator. A group that is that of the row above is printed pale: a merged cell keeps rows from growing."""
    indicator = row.indicator
    before = ("", "") if above is None else (above.indicator.level1, above.indicator.level2)
    first, second = indicator.level1 != before[0], (indicator.level1, indicator.level2) != before
    groups = {"level1": (indicator.level1, first), "level2": (indicator.level2, second)}
    hint = row.need.hint(row.promise.asked)
    texts = {"level3": (row.name, "label"), "target": (indicator.target, "target"), "hint": (hint, "hint")}
    cells = (
        Cell(FINGERPRINT, fingerprint(indicator.level3, indicator.target), "hidden"),
        *(Cell(column, text, "group" if new else "group_again") for column, (text, new) in groups.items()),
        *(Cell(column, text, style) for column, (text, style) in texts.items()),
        Cell("points", _points(row), "points"),
        *(_input(row, column) for column in ACTUAL_ITEMS),
        *(
            Cell(column, content, column if column in {"status", "score"} else "hidden")
            for column, content in live_cells(row).items()
        ),
    )
    return Row(cells, row.id, Fit(24.0, grows=True))


def _points(row: PromisedRow) -> Fraction | str:
    if row.given.extra and row.applies:
        return f"{'加' if row.given.extra == 'bonus' else '扣'}{row.rounding.show(row.worth)}"
    return in_points(row.points) if row.applies else "—"


def _input(row: PromisedRow, column: str) -> Cell:
    entry, comment = row.entry(column), how_scored(row) if column == row.need.item else ""
    return Cell(column, None, "unused") if entry is None else entered(column, entry, comment, row=row.id)
