"""指标: every indicator of the year as one table that can be filtered; what the other sheets add up stands here."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from selfeval.domain.expression.tree import Name, Span, all_of, is_number, lift, row_number, steady, when
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import PENDING, POINTS
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import PLACES, in_points
from selfeval.domain.scored import State
from selfeval.domain.scored_case import RESULTS_FILE, ScoredRow, Total
from selfeval.domain.tables import Made
from selfeval.sheets.colours import Colour, states
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, Row, Sheet, cell, down
from selfeval.sheets.page import LIST_PAGE
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.text import clean
from selfeval.workbooks.conventions import DASH, actual_lines, listing, published, worth_cell
from selfeval.workbooks.scored_row import LOST, SCORED
from selfeval.workbooks.summary.ranking import shortened
from selfeval.workbooks.summary.units import unit_names

INDICATORS = "指标"
_of = partial(published, RESULTS_FILE)
_PRINTED = (
    Column("seq", "项目\n序号", 5),
    *_of(name=19, level2=12.5, level3=22, frozen="level3"),
    *_of(target=13, actual=14, completion=9, points=7, score=7),
    Column("lost", "失分", 7),
    *_of(state=7.5),
    Column("category", "偏差类别", 12),
)
_BESIDE = (
    Column("reason", "偏差原因", 40),
    Column("remedy", "改进措施", 40),
    *_of(sentence=40),
    *_of(level1=12, kind=12),
    Column("unit", "单位", 22),
    *_of(indicator=24),
)
"""Columns to look things up in: they are not printed."""

NUMBER, COUNTED, WORTH, KEY = "number", "counted", "worth", "key"
SHORT_NAME, SHORT, PROMISED, DONE, WHY = "short_name", "short", "promised", "done", "why"
_SHORT = {SHORT_NAME: 30, SHORT: 24, PROMISED: 18, DONE: 18, WHY: 32}
"""Short texts and how many characters they have at most."""

_HIDDEN = tuple(Column(name, hidden=True, width=9) for name in (NUMBER, COUNTED, WORTH, KEY, *_SHORT))
"""Columns for formulas: which row of all it is; 1 for a score; the points that were scored; its place among the losses,
higher for more, never the same twice; short texts for the page of the leader."""

COLUMNS = (*_PRINTED, *_BESIDE, *_HIDDEN)
HEADINGS = {column.id: column.heading for column in COLUMNS}
_NUMBERS = {"seq", "completion", "points", "score", "lost", "state"}
_TEXTS = [column.id for column in (*_PRINTED, *_BESIDE) if column.id not in _NUMBERS]
_CENTRED = {"kind", "target", "actual", "category", "level1", "level2"}
_TOP = {"reason", "remedy", "sentence"}
_GIVEN, _NOT_GIVEN = "未选类别，已写原因", "未选类别，未写原因"
NOT_CHOSEN = _GIVEN, _NOT_GIVEN
OF_EXECUTION = "预算执行偏差"
"""What stands for the category of points lost by the execution rate, for which none is chosen."""

_ROWS = 10_000_000
"""More rows than a sheet can have."""

_NOTE = "各项目的预算执行率也是一行。“分值”“得分”取自自评表，改动后本工作簿其他各表随之重算。右侧各列供查询，不打印。"


class ListedRow(NamedTuple):
    """A scored row of the year: the number of its project, its texts by column id, points lost in hundredths.

    Nothing is lost while there is no score.
    """

    row: ScoredRow
    seq: int
    texts: dict[str, str]
    lost: int

    @property
    def why(self) -> str:
        """Why points were lost: the reason given, or the execution rate, or how the score came about."""
        if self.row.is_execution and not math.isnan(self.row.completion):
            rate = f"执行率{RESULTS_FILE['completion'].printed(self.row.completion)}"
        else:
            rate = ""
        return self.texts["reason"].strip() or rate or self.texts["sentence"]


def listed_rows(rows: Sequence[ScoredRow], projects: Sequence[Total]) -> Sequence[ListedRow]:
    """Every scored row of the year in document order; the execution rate of each project has its row too."""
    units = unit_names(projects)
    owners = {
        one.project: (seq, one.name, units[one.unit_code, one.unit_name]) for seq, one in enumerate(projects, start=1)
    }

    def listed(at: int) -> ListedRow:
        row = rows[at]
        return _listed(row, *owners[row.project])

    return Made(len(rows), listed)


def _listed(row: ScoredRow, seq: int, name: str, unit: str) -> ListedRow:
    lost = 0 if row.score is None else (0 if row.most else row.points) - row.score
    given = _GIVEN if row.reason.strip() else _NOT_GIVEN
    category = OF_EXECUTION if row.is_execution else clean(row.category) or given
    texts = {
        "unit": unit,
        "name": name,
        "kind": "执行率" if row.is_execution else kind_label(row.kind),
        "category": category if lost > 0 else "",
        "actual": actual_lines(row),
    }
    if row.is_execution:
        texts |= {
            column: f"{show_number(amount)}万元"
            for column, amount in (("target", row.target_value), ("actual", row.actual_value))
            if not math.isnan(amount)
        }
    return ListedRow(row, seq, {one: clean(texts[one] if one in texts else getattr(row, one)) for one in _TEXTS}, lost)


def kind_label(kind: str) -> str:
    """A kind for those who do not know its sign: 不低于（≥）."""
    if kind not in KINDS:
        return "未识别"
    found = KINDS[kind]
    return found.title


def indicators_sheet(year: int, rows: Sequence[ListedRow], mark: str) -> Sheet:
    """The sheet 指标."""
    lost = down_rows("lost", len(rows), "")
    losing = Colour(lost, all_of(is_number(lost.first), lost.first > 0), "lost")
    found = listing(
        INDICATORS,
        COLUMNS,
        (
            banner(_PRINTED, f"全部指标（{year}年度）", "title", mark, 26),
            banner(_PRINTED, _NOTE, "note"),
            headings((*_PRINTED, *_BESIDE), height=32.0, frozen=True),
        ),
        Made(len(rows), lambda at: Row(tuple(_cells(at, rows[at])), row_name(at), _FITTED)),
        colours=(*states(down_rows("state", len(rows), "")), losing),
    )
    return replace(found, page=replace(LIST_PAGE, printed=(_PRINTED[0].id, _PRINTED[-1].id)))


_FITTED = Fit(24.0, tuple(column.id for column in _PRINTED))


def row_name(at: int) -> str:
    """The row of an indicator by its place among all."""
    return f"row.{at}"


def down_rows(column: str, count: int, sheet: str = INDICATORS) -> Span:
    """A column over all of so many rows, as other sheets name it."""
    return down(column, row_name(0), row_name(count - 1), sheet)


_LOST = Name("lost")
_COUNTED = when(is_number(SCORED), 1, 0)
_WORTH = when(all_of(is_number(SCORED), is_number(POINTS)), POINTS, 0)
_KEY = when(
    is_number(_LOST), when(_LOST > 0, steady(_LOST * 10**PLACES, 0) * _ROWS + (_ROWS - row_number(_LOST)), ""), ""
)


_OUTSIDE = LOST.bind({POINTS: lift(0)})
"""Of a row outside the 100, whose cell of points says in words how much it may add or take."""

_STATE_OF = {
    state: when(is_number(SCORED), state.label, PENDING)
    if state in {State.SCORED, State.ATTENTION}
    else when(is_number(SCORED), State.SCORED.label, state.label)
    for state in State
}
"""The state of a row follows its score: one that comes closes it, one that goes opens it."""


def _cells(at: int, listed: ListedRow) -> Iterator[Cell]:
    row, name = listed.row, row_name(at)
    names = {POINTS: cell(name, "points"), SCORED: cell(name, "score"), _LOST: cell(name, "lost")}
    yield Cell("seq", listed.seq, "count 9pt")
    for column, text in listed.texts.items():
        style = "centre 9pt" if column in _CENTRED else "small top" if column in _TOP else "small"
        yield Cell(column, text, style)
    yield Cell("completion", row.completion, "percent 9pt")
    yield worth_cell(row)
    if row.score is None:
        yield Cell("score", row.state.label, "centre 9pt")
    else:
        yield Cell("score", in_points(row.score), "score")
    yield Cell("lost", (_OUTSIDE if row.most else LOST).of(names), "lost")
    yield Cell("state", _STATE_OF[row.state].of(names), "centre 9pt")
    yield Cell(NUMBER, at + 1, "plain")
    for column, formula in ((COUNTED, _COUNTED), (WORTH, _WORTH), (KEY, _KEY)):
        yield Cell(column, formula.of(names), "plain")
    texts = listed.texts
    for (column, most), text in zip(
        _SHORT.items(), (texts["name"], texts["level3"], texts["target"], texts["actual"], listed.why), strict=True
    ):
        yield Cell(column, shortened(text, most, name=column != WHY) or DASH, "plain line")
