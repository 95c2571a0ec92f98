"""Conventions of the reviewers' workbooks: their words and places, cells that others name, sheets with one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache

from selfeval.domain.expression.evaluate import as_sheet
from selfeval.domain.expression.tree import Expression, Name, Operand, all_of, is_number, steady, when
from selfeval.domain.expression.values import Given, Loose, Value
from selfeval.domain.formulas import BUDGET, EXECUTED, RATE
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reviewing.review import PublishedRow
from selfeval.domain.rounding import SHARE_PLACES, in_points
from selfeval.domain.scored import State
from selfeval.domain.scored_case import ScoredRow
from selfeval.domain.tables import Made, Table
from selfeval.sheets.colours import Colour
from selfeval.sheets.model import Cell, Column, Row, Sheet, cell
from selfeval.sheets.rows import over
from selfeval.sheets.text import clean
from selfeval.sheets.values import given, stored

GROUNDS, SCHEDULE = "评分依据", "资金支出进度"
DASH = "—"
"""Stands where there is nothing to compare."""

MANY = 2_000
"""Lines of a table that are no longer kept while its workbook is written, but made when they are asked for."""


def unit_label(code: str, name: str) -> str:
    """A unit as the tables name it: 324001 承德市司法局本级."""
    return clean(f"{code} {name}".strip())


def actual_lines(row: ScoredRow) -> str:
    """The actual as sheets print it: each checkpoint of a spending plan has its own line, so that none is torn."""
    kind = KINDS.get(row.kind)
    paid = kind is not None and kind.need is PAYMENTS
    return row.actual_words.replace("、", "\n") if paid else row.actual_words


def seen(row: ScoredRow, column: str) -> Name:
    """A cell of a scored row in 评分依据, as other sheets name it."""
    return cell(row.indicator, column, GROUNDS)


def known(name: Expression, value: Operand) -> Expression:
    """The value where its input is a number, else 待补充."""
    return when(is_number(name), value, PENDING)


def rate_shown(row: ScoredRow) -> Expression:
    """The execution rate of an execution row as the sheets print it, whatever its rule measures; — without one."""
    otherwise = PENDING if row.state is State.ASK else DASH
    return _rate_shown(otherwise).of({BUDGET: seen(row, "target_value"), EXECUTED: seen(row, "actual_value")})


@cache
def _rate_shown(otherwise: str) -> Expression:
    rate = when(BUDGET > 0, steady(RATE, SHARE_PLACES), DASH)
    return when(all_of(is_number(BUDGET), is_number(EXECUTED)), rate, otherwise)


def held(number: float | Fraction) -> Value:
    """A number as a cell holds it."""
    return given(Cell("", number))


def calculated(expression: Expression, values: Mapping[Name, Given]) -> Value:
    """What a cell with this formula holds, where its names hold these values."""
    # bound, though to nothing, it is made ready once: most rows are calculated by the same few expressions
    found = as_sheet(expression.of({}), Loose({name.key: value for name, value in values.items()}))
    return stored(found) if isinstance(found, float) else found


def points_cell(column: str, hundredths: int | None, otherwise: str = PENDING) -> Cell:
    """Points in a table, or the word that stands there without any."""
    return Cell(column, otherwise, "centre") if hundredths is None else Cell(column, in_points(hundredths), "score")


def worth_cell(row: ScoredRow | PublishedRow) -> Cell:
    """The points of a row in a table; outside the 100 how much it may add or take: 另计 5."""
    most = f"另计{show_number(in_points(row.most))}"
    return Cell("points", most, "centre") if row.most else points_cell("points", row.points)


def published(table: Table, *, broken: int = 0, unit: str = "", frozen: str = "", **widths: float) -> Iterator[Column]:
    """Columns of a published table by name, with their widths; ``frozen`` names one that stays in sight.

    They are headed as there, their headings ``broken`` after so many letters, the unit below.
    """
    for name, width in widths.items():
        heading = table[name].header
        lines = (heading[:broken], heading[broken:], f"（{unit}）" if unit else "")
        yield Column(name, "\n".join(line for line in lines if line), width, frozen=name == frozen)


def listing(
    name: str,
    columns: Sequence[Column],
    top: Sequence[Row],
    lines: Iterable[Row],
    nothing: str = "",
    below: Sequence[Row] = (),
    colours: Sequence[Colour] = (),
) -> Sheet:
    """A sheet with one table to be filtered; ``top`` ends with its headings, ``nothing`` stands there without lines."""
    found = lines if isinstance(lines, Made) and len(lines) > MANY else tuple(lines)
    if not found:
        said = (over(columns, nothing, "centre", 24.0),) if nothing else ()
        return Sheet(name, tuple(columns), (*top, *said))
    filtered = "head", found[-1].id
    rows = found.between(top, below) if isinstance(found, Made) else (*top, *found, *below)
    return Sheet(name, tuple(columns), rows, filter=filtered, colours=tuple(colours))
