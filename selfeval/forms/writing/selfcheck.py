"""The live cells of a scored row: what the form says of the input, and the score that it will have.

Five cells an indicator: ``value`` (the number in the target's unit), ``measure``, ``share`` (all three hidden),
``score`` and ``status``; and ``picked``, hidden too, the level that words come to. They give what the scoring gives,
for whatever a cell holds; a text that only the scoring can read (７０００) is left to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isnan

from selfeval.domain.curves import COMPARED, MEASURE
from selfeval.domain.expression.tree import (
    ALWAYS,
    NEVER,
    Expression,
    Name,
    all_of,
    cases,
    is_number,
    lift,
    steady,
    when,
)
from selfeval.domain.formulas import BUDGET, SHARE, score_formula
from selfeval.domain.measures.measure import ACTUAL, KEPT, LEVEL, PENDING, PERCENTAGE, POINTS, TARGET, UPPER
from selfeval.domain.needs import selfcheck
from selfeval.domain.needs.need import SelfCheck
from selfeval.domain.needs.selfcheck import (
    COUNTED,
    EARNED,
    FOR_FINANCE,
    NO_CATEGORY,
    NO_EVIDENCE,
    NO_REASON,
    NOT_APPLICABLE,
    VALUE,
    left_blank,
    no_reason,
    typed,
)
from selfeval.domain.reported import ACTUAL_ITEMS
from selfeval.domain.rounding import SHARE_PLACES, fraction, in_points
from selfeval.domain.rulebook import GIVEN_SHARES, gives_away
from selfeval.domain.shares import CATEGORY, EVIDENCE, UNPROVEN
from selfeval.forms.identity import ACTUAL as TYPED
from selfeval.forms.identity import fund_row, payment_row
from selfeval.forms.writing.cover import MADE
from selfeval.forms.writing.promised import PromisedRow
from selfeval.sheets.model import cell, down

TAKEN = "取自项目"
"""What is said of a row that nothing is typed into because its value is taken over."""


def live_cells(row: PromisedRow) -> Mapping[str, Expression | str]:
    """The live cells of a row, by column; a word alone where nothing is calculated."""
    rule, check, asked = row.promise.rule, row.need.check, row.promise.asked
    if not row.applies:
        return {"status": NOT_APPLICABLE, "score": "—"}
    set_aside = "" if rule is None or asked.value != 0 else rule.when.get("target_zero")
    if rule is None or check is None or row.faulty or row.promise.unfit or set_aside == "ask":
        return {"status": FOR_FINANCE, "score": PENDING}
    measure = lift("") if set_aside else check.measured(steady(row.promise.expression, SHARE_PLACES))
    share, score = scored(row.id, rule.share, row.worth, score_formula(row.rounding, row.earning))
    if rule.evidence_asked:
        share = when(UNPROVEN, "", share)
    for found, action in row.stuck:
        if gives_away(action):
            score = when(found, NOT_APPLICABLE, score)
            continue
        share = when(found, GIVEN_SHARES[action], share)
        if row.earning == "given":  # a share that a rule gives is what is kept
            score = when(found, score_formula(row.rounding, "taken").bind(_earned(row.id, row.worth)), score)
    live: dict[str, Expression] = {
        "value": check.value(asked),
        "measure": measure,
        "share": share,
        "score": score,
        "status": _status(row, check),
    }
    if check.level is not None:
        live["picked"] = check.level(asked)
    names = _names(row)
    return {column: expression.bind(names) for column, expression in live.items()}


def scored(row: str, share: Expression, points: int, formula: Expression) -> tuple[Expression, Expression]:
    """Share and score of a row from its cell ``measure``, by the formulas of both; ``points`` are hundredths."""
    measure, at = cell(row, "measure"), cell(row, "share")
    return (
        when(is_number(measure), steady(share.bind({MEASURE: measure}), SHARE_PLACES), ""),
        when(is_number(at), formula.bind(_earned(row, points)), PENDING),
    )


def _earned(row: str, points: int) -> dict[Name, Expression]:
    return {SHARE: cell(row, "share"), POINTS: lift(in_points(points))}


def _names(row: PromisedRow) -> dict[Name, Expression]:
    """Where the names of needs and measures stand in the row."""
    value, numbers = cell(row.id, "value"), row.promise.reading.numbers
    return {
        **MADE,
        **{typed(item): cell(row.id, item) for item in ACTUAL_ITEMS},
        VALUE: value,
        ACTUAL: value,
        PERCENTAGE: value,
        LEVEL: cell(row.id, "picked"),
        CATEGORY: cell(row.id, "category"),
        EVIDENCE: cell(row.id, "evidence"),
        EARNED: cell(row.id, "score"),
        POINTS: lift(in_points(row.worth)),
        KEPT: down("value", payment_row(1), payment_row(12)),
        COUNTED: lift(row.checkpoints),
        BUDGET: cell(fund_row("full_year"), TYPED),
        TARGET: _known(numbers.value),
        UPPER: _known(numbers.upper),
    }


def _known(value: float) -> Expression:
    return lift(Fraction(0) if isnan(value) else fraction(value))


def _status(row: PromisedRow, check: SelfCheck) -> Expression:
    """What the need says of the input; then whether a reason is missing where one is needed."""
    lost = [] if row.need.reasoned else [in_points(row.points) > EARNED]
    if lost and row.reason_from is not None:
        lost.append(steady(VALUE / TARGET, COMPARED) >= row.reason_from)
    fine, rule, said = lift(check.fine), row.promise.rule, list(check.said(row.promise.asked))
    if rule is not None and rule.when.evidence_missing is not None:
        fine = when(UNPROVEN, selfcheck.UNPROVEN, fine)
        if rule.evidence_asked:
            said.insert(0, (all_of(is_number(cell(row.id, "measure")), UNPROVEN), NO_EVIDENCE))
    if row.taken:
        said.insert(0, (left_blank(typed(row.need.item)), TAKEN))
    silent, unsorted = no_reason(typed("reason")), left_blank(typed("category"))
    if lost:
        off = cases(*((found, ALWAYS) for found in lost), otherwise=NEVER)
        unsaid = (all_of(silent, off), NO_REASON), (all_of(unsorted, off), NO_CATEGORY)
        explained = cases(*unsaid, otherwise=fine)
    else:
        explained = when(silent, NO_REASON, fine)
    return cases(*((found, NOT_APPLICABLE) for found in row.closed), *said, otherwise=explained)
