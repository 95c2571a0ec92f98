"""指标: every indicator of the year as one table that can be filtered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from selfeval.domain.expression.tree import Span, all_of, is_number, lift
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import POINTS
from selfeval.domain.rounding import in_points
from selfeval.domain.scored import EXECUTION
from selfeval.domain.scored_case import RESULTS_FILE, ScoredRow, Total
from selfeval.domain.tables import Made
from selfeval.sheets.colours import Colour, states
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, Row, Sheet, cell, down
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.text import clean
from selfeval.workbooks.conventions import listing, published, unit_label, worth_cell
from selfeval.workbooks.scored_row import LOST, SCORED

INDICATORS = "指标"
_of = partial(published, RESULTS_FILE)
COLUMNS = (
    Column("unit", "单位", 13),
    *_of(name=16, indicator=12, frozen="indicator"),
    *_of(level1=9, level2=10, level3=20, kind=8, target=11, actual=12, completion=8.5, points=7, score=7.5),
    Column("lost", "失分", 7),
    *_of(state=7.5),
    Column("category", "偏差类别", 11),
    Column("reason", "偏差原因", 32),
    *_of(sentence=30),
)
_NUMBERS = {"completion", "points", "score", "lost", "state"}
_TEXTS = [column.id for column in COLUMNS if column.id not in _NUMBERS]
_CENTRED = {"kind", "target", "actual", "category"}
_GIVEN, _NOT_GIVEN = "未选类别，写了原因", "未选类别，没写原因"


class ListedRow(NamedTuple):
    """A scored row of the year, its texts by column id, and points lost in hundredths; none while it has no score."""

    row: ScoredRow
    texts: dict[str, str]
    lost: int


def listed_rows(rows: Sequence[ScoredRow], projects: Sequence[Total]) -> Sequence[ListedRow]:
    """Every scored row of the year in document order; the execution rate of each project has its row too."""
    owners = {project.project: project for project in projects}

    def listed(at: int) -> ListedRow:
        row = rows[at]
        return _listed(row, owners[row.project])

    return Made(len(rows), listed)


def _listed(row: ScoredRow, owner: Total) -> ListedRow:
    lost = 0 if row.score is None else row.points - row.score
    given = _GIVEN if row.reason.strip() else _NOT_GIVEN
    category = EXECUTION if row.is_execution else clean(row.category) or given
    texts = {
        "unit": unit_label(owner.unit_code, owner.unit_name),
        "name": owner.name,
        "kind": "执行率" if row.is_execution else KINDS[row.kind].label if row.kind in KINDS else "未识别",
        "category": category if lost > 0 else "",
    }
    return ListedRow(row, {name: clean(texts[name] if name in texts else getattr(row, name)) for name in _TEXTS}, lost)


def indicators_sheet(year: int, rows: Sequence[ListedRow], mark: str) -> Sheet:
    """The sheet 指标."""
    lost = down_rows("lost", len(rows), "")
    losing = Colour(lost, all_of(is_number(lost.first), lost.first > 0), "lost")
    return listing(
        INDICATORS,
        COLUMNS,
        (
            banner(COLUMNS, f"全部指标（{year}年度）", "title", mark, 26),
            Row(height=6.0),
            headings(COLUMNS, height=24.0, frozen=True),
        ),
        Made(len(rows), lambda at: Row(tuple(_cells(_row_of(at), rows[at])), _row_of(at), Fit(24.0))),
        colours=(*states(down_rows("state", len(rows), "")), losing),
    )


def _row_of(at: int) -> str:
    return f"row.{at}"


def down_rows(column: str, count: int, sheet: str = INDICATORS) -> Span:
    """A column over all of so many rows, as other sheets name it."""
    return down(column, _row_of(0), _row_of(count - 1), sheet)


def _cells(name: str, listed: ListedRow) -> Iterator[Cell]:
    row, state = listed.row, listed.row.state.label
    for column, text in listed.texts.items():
        yield Cell(column, text, "centre 9pt" if column in _CENTRED else "small")
    yield Cell("completion", row.completion, "percent 9pt")
    yield worth_cell(row)
    if row.score is None:
        yield Cell("score", state, "centre 9pt")
        yield Cell("lost", None, "lost")
    else:
        yield Cell("score", in_points(row.score), "score")
        lost = LOST.bind({POINTS: lift(0)}) if row.most else LOST
        yield Cell("lost", lost.of({POINTS: cell(name, "points"), SCORED: cell(name, "score")}), "lost")
    yield Cell("state", state, "centre 9pt")
