"""复核意见: one row a score with its doubts, the reviewer's verdict beside it, and three boxes to be signed.

Only what a reviewer fills in can be typed over; everything else is locked, without a password. The totals are live.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from selfeval.domain import totals
from selfeval.domain.expression.tree import Expression, Name, Span, all_of, is_number, steady, total
from selfeval.domain.problems import Problem
from selfeval.domain.reading.quantity import SAYS_NOTHING
from selfeval.domain.reported import ACTUAL_ITEMS
from selfeval.domain.reviewing.review import Verdict, fingerprint
from selfeval.domain.rounding import PLACES, UNIT, show_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, State
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.sheets.colours import Colour, states, words
from selfeval.sheets.entries import TEXT, Entry, day
from selfeval.sheets.heights import Fit
from selfeval.sheets.ids import Ids
from selfeval.sheets.model import Cell, Content, Row, Sheet, cell, down
from selfeval.sheets.page import ACROSS
from selfeval.sheets.rows import headings, over
from selfeval.sheets.text import clean
from selfeval.workbooks.conventions import DASH, seen
from selfeval.workbooks.extra_sums import extra_sums
from selfeval.workbooks.grounds_sheet import OWN_TOTAL
from selfeval.workbooks.review.finding import MARKER, REVIEW
from selfeval.workbooks.review.formulas import DEVIATION, DIFFERENCE, NAMES, OWN, REVIEWED, final_score, hint
from selfeval.workbooks.review.reading import (
    COLUMNS,
    META,
    OPINION,
    OPINIONS,
    SIGNED,
    TYPED,
    VALUE,
    WHOLE,
    printed_name,
)
from selfeval.workbooks.scored_row import extra_of_row

_HOW = (
    "每个指标选复核意见：认可、调整（填调整得分和理由）、退回（写理由）。没有问题的可以不填，只在上面选复核结论；各行未填复核人和日期的，以上面的为准。"
    "填好后保存，交回财务部门汇总。黄色单元格可以填写，其余单元格已锁定（没有密码）。"
)
_DEFINITION = "自评复核偏差率 =（自评总分 − 复核总分）÷ 复核总分，正数表示自评偏高；这是本工作簿的算法，不是上级规定。"
_COLOURS = {Verdict.ACCEPTED.value: "green", Verdict.ADJUSTED.value: "yellow", Verdict.RETURNED.value: "salmon"}
_VERDICT = Entry(
    "choice", tuple(verdict.value for verdict in Verdict), refusal=("复核意见", "请选“认可”“调整”或“退回”")
)
_SUM, _FIGURES = "auto.sum", "auto.figures"
_ALL = Name("all")
_OWN = steady(total(_ALL), PLACES)
_BOX, _SIGN = 120.0, 24.0
_LONGEST, _MOST = 160, 6
"""Characters shown of one reason or message, and problems of one row: the whole stands in 评分依据 and 问题."""


def review_sheet(scored: ScoredCase, rulebook: Rulebook) -> Sheet:
    """The sheet 复核意见."""
    last = scored.rows[-1].indicator
    ids = {row.indicator for row in scored.rows}
    general = "\n".join(_listed([problem for problem in scored.problems if problem.place.indicator not in ids]))
    rows = (
        *_identity(scored),
        *_top(scored),
        *_figures(rulebook),
        _whole(scored),
        over(COLUMNS, f"{_HOW}{_DEFINITION}", "note", Fit(0.0)),
        headings(COLUMNS, frozen=True)._replace(id=""),
        # below the frozen heads: long remarks above them would leave no room to scroll in
        *((over(COLUMNS, f"项目整体的复核关注事项：\n{general}", "small", Fit(0.0)),) if general else ()),
        *(_row(scored, row, rulebook) for row in scored.rows[:-1]),
        _row(scored, scored.rows[-1], rulebook)._replace(together=True),  # the sum and the boxes are never alone
        _sum(scored, rulebook),
        Row(height=8.0),
        *_boxes(),
    )
    score, points = (cell(EXECUTION, column) for column in ("score", "points"))
    colours = (
        *words(down("verdict", WHOLE, WHOLE), _COLOURS),
        *words(down("verdict", EXECUTION, last), _COLOURS),
        *states(down("state", EXECUTION, last)),
        Colour(down("score", EXECUTION, last), all_of(is_number(score), score < points), "lost"),
    )
    return Sheet(
        REVIEW,
        COLUMNS,
        rows,
        # its rows grow with what is typed, which no number of pages is to squeeze
        replace(ACROSS, tall=0, printed=(COLUMNS[0].id, COLUMNS[-1].id)),
        Ids(MARKER, "note", 1.0),
        colours=colours,
        protection="entries",
        selected=(WHOLE, "verdict"),
    )


def _identity(scored: ScoredCase) -> tuple[Row, ...]:
    """The hidden rows that say which run this is about, with the fingerprint of the scores that the workbook shows."""
    year, code = scored.case.year, scored.case.code
    points = [["" if given is None else show_points(given) for given in (row.points, row.score)] for row in scored.rows]
    rows = [
        (row.indicator, row.target, row.actual, *printed, str(row.state))
        for row, printed in zip(scored.rows, points, strict=True)
    ]
    values = zip(META, (str(year), code, fingerprint(year, code, rows)), strict=True)
    return tuple(Row((Cell(VALUE, value, "note"),), name, None, hidden=True) for name, value in values)


def _top(scored: ScoredCase) -> tuple[Row, ...]:
    case, project = scored.case, scored.case.project
    mark = f"　【{clean(case.mark, 100)}】" if case.mark else ""
    line = f"{clean(project.name, 200)}　（{case.code}）　{clean(project.unit_name, 100)}"
    return (over(COLUMNS, f"复核意见（{case.year}年度）{mark}", "title", 30.0), over(COLUMNS, line, "plain", Fit(20.0)))


def _figures(rulebook: Rulebook) -> tuple[Row, Row]:
    """Own total, reviewed total, difference, deviation and grade: labels above, live figures below."""
    reviewed = cell(_SUM, "final")
    cells: dict[Name, Name | Span] = {OWN: cell(_FIGURES, "name"), REVIEWED: reviewed, totals.TOTAL_AT: reviewed}
    figures: tuple[tuple[str, str, str, Content, str], ...] = (
        ("自评总分", "name", "name", OWN_TOTAL, "total"),
        ("复核总分", "points", "state", reviewed, "total"),
        ("自评 − 复核（分）", "doubts", "doubts", DIFFERENCE.of(cells), "total"),
        ("自评复核偏差率", "verdict", "adjusted", DEVIATION.of(cells), "total_percent"),
        ("复核等级", "reason", "reason", totals.grade_shown(rulebook).of(cells), "total_label"),
    )
    nothing = Cell("reviewer", "", "note", "hint")
    labels = (Cell(first, label, "label", last) for label, first, last, _, _ in figures)
    shown = (Cell(first, content, style, last) for _, first, last, content, style in figures)
    return Row((*labels, nothing), height=20.0), Row((*shown, nothing), _FIGURES, 24.0)


def _whole(scored: ScoredCase) -> Row:
    """The verdict on the project, who reviewed it and when."""
    cells = (
        Cell("name", "整个项目的复核结论", "label", "doubts"),
        Cell("verdict", "", "input_text", entry=_VERDICT),
        Cell("adjusted", "复核人和复核日期", "label", "reason"),
        Cell("reviewer", "", "input_text", entry=TEXT),
        Cell("day", "", "input_date", entry=day(f"{scored.case.year + 1}-03-01")),
        Cell("final", "", "label", "hint"),
    )
    return Row(cells, WHOLE, 24.0)


def _row(scored: ScoredCase, row: ScoredRow, rulebook: Rulebook) -> Row:
    name = printed_name(row.indicator, row.level2, row.level3)
    texts = Cell("name", name, "small"), Cell("doubts", _doubts(scored, row), "small")
    own = Cell("score", seen(row, "score"), "score"), Cell("state", seen(row, "state"), "centre")
    dashes = (Cell(column, DASH, "centre") for column in ("points", *TYPED, "final", "hint"))
    judged = dashes if row.state is State.NOT_APPLICABLE else _judged(scored, row, rulebook)
    return Row((*texts, *own, *judged), row.indicator, Fit(26.0, ("name", "doubts"), grows=True))


def _doubts(scored: ScoredCase, row: ScoredRow) -> str:
    """The lines about one row: points lost, why, and what is to be done; what looks wrong; and the evidence."""
    lost = 0 if row.score is None else row.points - row.score
    reason = row.sentence if row.is_execution else row.reason.strip()
    explained = row.is_execution or reason not in {"", *SAYS_NOTHING}
    lines = (
        [f"失{scored.way.rounding.show(lost)}分：{_short(reason) if explained else '未填写偏差原因'}"]
        if lost > 0
        else []
    )
    if lost > 0 and row.remedy.strip():
        lines.append(f"{ACTUAL_ITEMS['remedy']}：{_short(row.remedy)}")
    lines += _listed([problem for problem in scored.problems if problem.place.indicator == row.indicator])
    if not row.is_execution and row.state is not State.NOT_APPLICABLE:
        lines.append(f"{ACTUAL_ITEMS['evidence']}：{_short(row.evidence) or '未填写'}")
    return "\n".join(lines)


def _listed(problems: list[Problem]) -> list[str]:
    lines = [f"{problem.severity.value} {problem.code}：{_short(problem.message)}" for problem in problems[:_MOST]]
    return [*lines, f"……另有{len(problems) - _MOST}条，见“问题”"] if len(problems) > _MOST else lines


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}……"


def _judged(scored: ScoredCase, row: ScoredRow, rulebook: Rulebook) -> Iterator[Cell]:
    """What a reviewer fills in, and what follows from it."""
    cells = {name: cell(row.indicator, column) for name, column in NAMES.items()}
    bounds = _bounds(scored, row, rulebook)
    said = "请填0到分值之间的数" if bounds is None else f"请填{bounds[0]:g}到{bounds[1]:g}之间的数"
    least, most = (0, cell(row.indicator, "points")) if bounds is None else bounds
    within, rounding = Entry("number", (), least, most, refusal=("调整得分", said)), scored.way.finest
    ends = () if bounds is None else bounds
    yield Cell("points", seen(row, "points"), "score")
    yield Cell("verdict", "", "input_text", entry=_VERDICT)
    yield Cell("adjusted", "", "input_number", pattern="score", entry=within)
    yield Cell("reason", "", "input_text left", entry=TEXT)
    yield Cell("reviewer", "", "input_text", entry=TEXT)
    yield Cell("day", "", "input_date", entry=day(f"{scored.case.year + 1}-03-01"))
    yield Cell("final", final_score(*ends, rounding=rounding).of(cells), "score")
    yield Cell("hint", hint(*ends, rounding=rounding).of(cells), "centre red 9pt")


def _bounds(scored: ScoredCase, row: ScoredRow, rulebook: Rulebook) -> tuple[float, float] | None:
    """Between which scores a reviewer may adjust a row; None: from 0 to its points."""
    extra = extra_of_row(scored, row)
    if extra is not None:
        return (0.0, extra.points / UNIT) if extra.bonus else (-extra.points / UNIT, 0.0)
    uncapped = row.uncapped or (row.is_execution and rulebook.execution.uncapped)
    return (0.0, max(row.points, row.score or 0) / UNIT) if uncapped else None


def _sum(scored: ScoredCase, rulebook: Rulebook) -> Row:
    points, own, final = (down(column, EXECUTION, scored.rows[-1].indicator) for column in ("points", "score", "final"))
    scores = {totals.SCORES: final}
    reviewed: dict[Name, Expression] = {
        totals.SHARED_AT: cell(_SUM, "points"),
        totals.OPEN_AT: totals.OPEN_ROWS.bind(scores),
        totals.SECURED_AT: totals.SECURED.bind(scores),
    }
    outside, _ = extra_sums(scored, rulebook, lambda row: cell(row.indicator, "final"))
    sums: dict[str, Content] = {
        "points": totals.SHARED.of({totals.ALL_POINTS: points}),
        "score": _OWN.of({_ALL: own}),
        "final": totals.settled(scored.way).bind({**reviewed, **outside}),
    }
    label = {"name": "合计"}
    cells = (
        Cell(column.id, sums.get(column.id, label.get(column.id)), "total" if column.id in sums else "total_label")
        for column in COLUMNS
    )
    return Row(tuple(cells), _SUM, 24.0, together=True)


def _boxes() -> Iterator[Row]:
    """Three boxes side by side: opinion, signature, seal and date."""
    names = [column.id for column in COLUMNS]
    starts = list(OPINIONS)
    ends = [names[names.index(start) - 1] for start in starts[1:]] + [names[-1]]
    spans = list(zip(starts, ends, strict=True))
    yield Row(tuple(Cell(first, OPINIONS[first], "label", last) for first, last in spans), height=20.0)
    box = tuple(Cell(first, "", "text_top open yellow", last) for first, last in spans)
    yield Row(box, OPINION, _BOX)
    for text in SIGNED:
        yield Row(tuple(Cell(first, text, "text open", last) for first, last in spans), height=_SIGN)
