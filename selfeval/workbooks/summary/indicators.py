"""指标: every indicator of the year as one table that can be filtered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from selfeval.domain.expression.tree import Span, all_of, is_number
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import POINTS
from selfeval.domain.rounding import in_points
from selfeval.domain.scored import EXECUTION
from selfeval.domain.scored_case import RESULTS_FILE, ScoredRow, Total
from selfeval.sheets.colours import Colour, states
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, Row, Sheet, cell, down
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.text import clean
from selfeval.workbooks.conventions import listing, published, unit_label
from selfeval.workbooks.scored_row import LOST, SCORED

INDICATORS = "指标"
_of = partial(published, RESULTS_FILE)
COLUMNS = (
    Column("unit", "单位", 13),
    _of("name", 16),
    _of("indicator", 12, frozen=True),
    _of("level1", 9),
    _of("level2", 10),
    _of("level3", 20),
    _of("kind", 8),
    _of("target", 11),
    _of("actual", 12),
    _of("completion", 8.5),
    _of("points", 7),
    _of("score", 7.5),
    Column("lost", "失分", 7),
    _of("state", 7.5),
    Column("category", "偏差类别", 11),
    Column("reason", "偏差原因", 32),
    _of("sentence", 30),
)
_CENTRED = {"kind", "target", "actual", "category"}
_GIVEN, _NOT_GIVEN = "未选类别，写了原因", "未选类别，没写原因"


@dataclass(frozen=True)
class ListedRow:
    """A scored row of the year, and its texts by column id."""

    row: ScoredRow
    texts: dict[str, str]

    @property
    def lost(self) -> int:
        """Points lost, in hundredths; none while there is no score."""
        return 0 if self.row.score is None else self.row.points - self.row.score


def listed_rows(rows: Sequence[ScoredRow], projects: Sequence[Total]) -> tuple[ListedRow, ...]:
    """Every scored row of the year in document order; the execution rate of each project has its row too."""
    owners = {project.project: project for project in projects}
    return tuple(ListedRow(row, _texts(row, owners[row.project])) for row in rows)


def _texts(row: ScoredRow, owner: Total) -> dict[str, str]:
    texts = {
        "unit": unit_label(owner.unit_code, owner.unit_name),
        "name": owner.name,
        "indicator": row.indicator,
        "level1": row.level1,
        "level2": row.level2,
        "level3": row.level3,
        "kind": "执行率" if row.is_execution else KINDS[row.kind].label if row.kind in KINDS else "未识别",
        "target": row.target,
        "actual": row.actual,
        "category": _category(row),
        "reason": row.reason,
        "sentence": row.sentence,
    }
    return {name: clean(text) for name, text in texts.items()}


def _category(row: ScoredRow) -> str:
    """Why points were lost; blank where none were."""
    if row.score is None or row.score >= row.points:
        return ""
    if row.is_execution:
        return EXECUTION
    return clean(row.category) or (_GIVEN if row.reason.strip() else _NOT_GIVEN)


def indicators_sheet(year: int, rows: Sequence[ListedRow], mark: str) -> Sheet:
    """The sheet 指标."""
    lost = seen("lost", len(rows), "")
    losing = Colour(lost, all_of(is_number(lost.first), lost.first > 0), "lost")
    return listing(
        INDICATORS,
        COLUMNS,
        (
            banner(COLUMNS, f"全部指标（{year}年度）", "title", mark, 26),
            Row(height=6.0),
            headings(COLUMNS, height=24.0, frozen=True),
        ),
        (Row(tuple(_cells(_row_of(at), row)), _row_of(at), Fit(24.0)) for at, row in enumerate(rows)),
        colours=(*states(seen("state", len(rows), "")), losing),
    )


def _row_of(at: int) -> str:
    return f"row.{at}"


def seen(column: str, count: int, sheet: str = INDICATORS) -> Span:
    """A column over all of so many rows, as other sheets name it."""
    return down(column, _row_of(0), _row_of(count - 1), sheet)


def _cells(name: str, listed: ListedRow) -> Iterator[Cell]:
    row, state = listed.row, listed.row.state.label
    for column, text in listed.texts.items():
        yield Cell(column, text, "centre 9pt" if column in _CENTRED else "small")
    yield Cell("completion", row.completion, "percent 9pt")
    yield Cell("points", in_points(row.points), "score")
    if row.score is None:
        yield Cell("score", state, "centre 9pt")
        yield Cell("lost", None, "lost")
    else:
        yield Cell("score", in_points(row.score), "score")
        yield Cell("lost", LOST.of({POINTS: cell(name, "points"), SCORED: cell(name, "score")}), "lost")
    yield Cell("state", state, "centre 9pt")
