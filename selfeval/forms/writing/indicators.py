"""The block of indicators: one row each, with cells that fit what is to be reported for it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from selfeval.domain.reported import ACTUAL_ITEMS
from selfeval.domain.rounding import in_points
from selfeval.forms.identity import FINGERPRINT, fingerprint
from selfeval.forms.writing.columns import COLUMNS, WIDTHS, entered, section
from selfeval.forms.writing.how_scored import how_scored
from selfeval.forms.writing.prefill import Filling, content_of
from selfeval.forms.writing.promised import PromisedRow
from selfeval.forms.writing.selfcheck import live_cells
from selfeval.sheets.model import Cell, Row
from selfeval.sheets.themes.forms import FORMS


def indicator_rows(rows: Sequence[PromisedRow], filling: Filling) -> tuple[Row, ...]:
    """The headings and one row an indicator; equal neighbours in the two group columns share one merged cell."""
    headings = tuple(Cell(column.id, column.heading, "heading") for column in COLUMNS if not column.hidden)
    groups = _runs([row.indicator.level1 for row in rows])
    subgroups = _runs([f"{row.indicator.level1}\n{row.indicator.level2}" for row in rows])
    lines = (_row(*found, filling) for found in zip(rows, groups, subgroups, strict=True))
    return (section("三、绩效指标完成情况"), Row(headings, height=24.0), *lines)


def _row(row: PromisedRow, group: int, subgroup: int, filling: Filling) -> Row:
    """An indicator; ``group`` and ``subgroup`` are how many rows the merged cells that begin with it cover, else 0."""
    indicator = row.indicator
    merged = {"level1": (indicator.level1, group), "level2": (indicator.level2, subgroup)}
    hint = row.need.hint(row.promise.asked)
    texts = {"level3": (row.name, "label"), "target": (indicator.target, "target"), "hint": (hint, "hint")}
    cells = (
        Cell(FINGERPRINT, fingerprint(indicator.level3, indicator.target), "hidden"),
        *(Cell(column, text, "group", rows=covered) for column, (text, covered) in merged.items() if covered),
        *(Cell(column, text, style) for column, (text, style) in texts.items()),
        Cell("points", _points(row), "points"),
        *(_input(row, column) for column in ACTUAL_ITEMS),
        *(
            Cell(column, content, column if column in {"status", "score"} else "hidden")
            for column, content in live_cells(row).items()
        ),
    )
    written = [
        *((text, WIDTHS[column]) for column, (text, _) in texts.items()),
        *((text, WIDTHS[column] * max(covered, 1)) for column, (text, covered) in merged.items()),
        *((str(content_of(cell)), WIDTHS[column]) for (name, column), cell in filling.items() if name == row.id),
    ]
    return Row(cells, row.id, FORMS.heights.row(written, 36.0 if row.applies else 22.0))


def _points(row: PromisedRow) -> Fraction | str:
    if row.given.extra and row.applies:
        return f"{'加' if row.given.extra == 'bonus' else '扣'} {row.rounding.show(row.worth)}"
    return in_points(row.points) if row.applies else "—"


def _input(row: PromisedRow, column: str) -> Cell:
    entry, comment = row.entry(column), how_scored(row) if column == row.need.item else ""
    return Cell(column, None, "unused") if entry is None else entered(column, entry, comment)


def _runs(keys: Sequence[str]) -> list[int]:
    """At the first of each run of equal neighbours its length, elsewhere 0."""
    lengths = (len(list(run)) for _, run in groupby(keys))
    return [covered for length in lengths for covered in (length, *[0] * (length - 1))]
