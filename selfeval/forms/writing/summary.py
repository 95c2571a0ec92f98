"""The row at the top: how much is filled in, the provisional total, and whether the form can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add

from selfeval.domain.expression.tree import (
    Expression,
    Name,
    Span,
    Union,
    count_numbers,
    count_of,
    if_error,
    is_number,
    joined,
    lift,
    link,
    position_of,
    row_number,
    smallest,
    substituted,
    total,
    when,
)
from selfeval.domain.funds import MONTHS
from selfeval.domain.needs.selfcheck import BLANK, NO_CATEGORY, NO_EVIDENCE, NO_REASON, NOT_APPLICABLE, TO_JUDGE, WRONG
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import Rulebook, gives_away
from selfeval.domain.totals import (
    ALL_POINTS,
    HIGHEST_AT,
    OPEN_AT,
    OPEN_ENDED,
    OPEN_ROWS,
    SCORES,
    SECURED,
    SECURED_AT,
    SHARED_AT,
    Way,
    highest,
    open_points,
    total_shown,
    way_of,
)
from selfeval.forms.identity import ACTUAL, FORM_SHEET, RESULT, fund_row, payment_row
from selfeval.forms.writing.columns import COLUMNS, FIRST, LAST
from selfeval.forms.writing.funds import AGREES, PAID_UP
from selfeval.forms.writing.promised import PromisedRow
from selfeval.packages.columns import letters
from selfeval.sheets.colours import Colour, Holds
from selfeval.sheets.model import Cell, Row, cell, down

ALWAYS_ASKED = 1 + 3 + 4
"""Cells to fill in whatever the indicators are: the goal's result, funds, who filled it in; and months."""

SUMMARY_ROW = "auto.summary"
READY = "可以提交"
_INPUT_LETTER = letters(1 + [column.id for column in COLUMNS].index(ACTUAL))
"""The letter of the column to be typed into; the hidden ids stand before all columns."""
LATER = "收集填报表后算出"
"""The total where the rulebook gives the points of a row to others, which the form does not do."""


def statuses(rows: Sequence[PromisedRow]) -> Span:
    """What the form says of everything to be filled in, from the first row to the last."""
    return down("status", RESULT, rows[-1].id if rows else payment_row(MONTHS[-1]))


def summary_row(rows: Sequence[PromisedRow], rulebook: Rulebook, *, months: bool = True) -> Row:
    """The self-check that stays in sight: filled, provisional total, verdict; without indicators it says nothing.

    ``months``: whether the form asks for what was paid in each.
    """
    needed = ALWAYS_ASKED + (len(MONTHS) if months else 0)
    needed += sum(bool(row.need.item and row.need.check) and not row.taken for row in rows)
    filled = joined("已填", needed - count_of(statuses(rows), BLANK), f"/{needed}处")
    proof = (row.promise.rule for row in rows)
    more = (NO_EVIDENCE,) if any(rule is not None and rule.evidence_asked for rule in proof) else ()
    words = (BLANK, *WRONG, NO_REASON, NO_CATEGORY, *more)
    cells = (
        Cell(FIRST, "自动检查", "summary_label", "level2"),
        Cell("level3", filled if rows else None, "summary_label"),
        Cell("target", "试算总分", "summary_label", "status"),
        Cell(ACTUAL, _total(rows, rulebook) if rows else None, "summary_score", "level"),
        Cell("percentage", _next(statuses(rows), words) if rows else None, "jump", "score"),
        Cell("category", _verdict(statuses(rows), words, months=months) if rows else None, "summary", LAST),
    )
    return Row(cells, SUMMARY_ROW, 34.0, frozen=True)


def verdict_colours() -> tuple[Colour, ...]:
    """Whether it can be sent, in green or amber."""
    verdict = down("category", SUMMARY_ROW, SUMMARY_ROW)
    return Colour(verdict, Holds(READY, "begins with"), "good"), Colour(
        verdict, Holds(READY, "not containing"), "missing"
    )


def _total(rows: Sequence[PromisedRow], rulebook: Rulebook) -> Expression:
    """The total once every score is there, else from what is secured to the most that can be reached."""
    execution = cell(fund_row("executed"), "score")
    scores, points = (down(column, rows[0].id, rows[-1].id) for column in ("score", "points"))
    own = [row.points for row in rows]
    way = form_way(rows, rulebook)
    shared = lift(in_points(sum(own) + rulebook.execution_points))
    every = {SCORES: Union((scores, execution))}
    secured = SECURED.bind(every)
    # the points of the execution stand in no cell of their own
    open_execution = when(is_number(execution), 0, in_points(rulebook.execution_points))
    outside: dict[Name, Expression] = {}
    for extra in way.extras:
        mine = [(cell(row.id, "score"), row.worth) for row in rows if row.given.section == extra.id and row.applies]
        outside[extra.got] = total(Union(tuple(name for name, _ in mine)))
        outside[extra.open] = open_points(mine)
    most = highest(way).bind(
        {SCORES: scores, ALL_POINTS: points, SECURED_AT: secured + open_execution, SHARED_AT: shared, **outside}
    )
    open_ended = [cell(row.id, "score") for row in rows if row.earning == "uncapped"]
    open_ended += [execution] if rulebook.execution.uncapped else []
    still_open = reduce(add, (1 - count_numbers(name) for name in open_ended), lift(0))
    sums = {SECURED_AT: secured, SHARED_AT: shared, OPEN_AT: OPEN_ROWS.bind(every), HIGHEST_AT: most}
    found = total_shown(way).bind({**sums, OPEN_ENDED: still_open, **outside})
    instead = rulebook.execution.when
    may_close = gives_away(instead.budget_zero) or gives_away(instead.executed_missing)
    closing = [execution] if may_close and rulebook.execution_points else []
    closing += [cell(row.id, "score") for row in rows if row.closed]
    closed = count_of(Union(tuple(closing)), NOT_APPLICABLE)
    return when(closed.equals(0), found, LATER) if closing else found


def form_way(rows: Sequence[PromisedRow], rulebook: Rulebook) -> Way:
    """How the scores of a form make its total."""
    sections, points = [row.given.section for row in rows if row.applies], [row.points for row in rows]
    uncapped = rulebook.execution.uncapped or any(row.earning == "uncapped" for row in rows)
    return way_of(rulebook, sections, points, uncapped=uncapped)


def _next(said: Span, words: Sequence[str]) -> Expression:
    """A link to the cell that is to be filled in or changed next; nothing when none is."""
    none = 10**6
    firsts = (if_error(position_of(word, said), none) for word in words)
    row = row_number(cell(RESULT, "status")) - 1 + smallest(*firsts)
    place = joined(f"#'{FORM_SHEET}'!{_INPUT_LETTER}", row)
    return when(row > none, "", link(place, joined("点这里到下一处：第", row, "行")))


def _verdict(said: Span, words: Sequence[str], *, months: bool) -> Expression:
    """可以提交, or how much of what is missing, each with the first row to look at."""
    to_judge = count_of(said, TO_JUDGE)
    amiss: Expression = reduce(add, (count_of(said, word) for word in words))
    later = when(to_judge.equals(0), "", joined("（另有", to_judge, "项由评分人员评定）"))
    gap = when(PAID_UP.equals(AGREES), "", joined("　请再核对：各月支付", PAID_UP)) if months else lift("")
    parts = joined("还不能提交：", *(_part(said, word) for word in words))
    return when(amiss.equals(0), joined(READY, later, gap), substituted(parts, "：　", "："))


def _part(said: Span, word: str) -> Expression:
    """How often a word stands there, and where first; nothing when it does not."""
    count = count_of(said, word)
    at = position_of(word, said) + row_number(cell(RESULT, "status")) - 1
    return when(count.equals(0), "", joined(f"　{word}", count, "处（第", at, "行）"))
