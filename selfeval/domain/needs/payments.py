"""Nothing of its own: the twelve payments of the project against its spending plan."""

from __future__ import annotations

from fractions import Fraction
from math import isnan

from selfeval.domain.expression.tree import NEVER, count_numbers, is_number, lift, when
from selfeval.domain.formulas import BUDGET
from selfeval.domain.funds import TOLERANCE, Funds, counting_plan, in_words, says_nothing
from selfeval.domain.measures.measure import KEPT
from selfeval.domain.needs.asked import Asked
from selfeval.domain.needs.need import Need, Outcome, Report, SelfCheck
from selfeval.domain.needs.selfcheck import AUTOMATIC, COUNTED, UNSCORED
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import fraction, half_up
from selfeval.domain.rulebook import show_percent
from selfeval.domain.scored import State
from selfeval.domain.targets import CHECKPOINTS


def _read(_asked: Asked, report: Report) -> Outcome:
    funds = report.funds
    if funds.schedule_known:
        shares = funds.paid_shares()
        shown = "、".join(f"{month}月底{_percent(share)}" for month, share in shares.items())
        return Outcome(shown=shown, inputs={KEPT.key: funds.kept()}, said=(_against_plan(funds), ""))
    if funds.full_year == 0:
        budget = report.case.fund("full_year")
        return Outcome(State.ASK, code="E421", facts={"found": "0"}, cell=budget, at=budget)
    blank = [month for month in funds.open_months if says_nothing(report.case.payment(month))]
    if not blank:  # an amount that cannot be used has been reported where it stands
        return Outcome(State.ASK)
    first = report.case.payment(blank[0])
    return Outcome(State.ASK, code="E420", facts={"months": in_words(blank), "sums": _sums(funds)}, at=first)


def _sums(funds: Funds) -> str:
    """How far what is filled in is from the executed amount; blank where the two agree, or one is not known."""
    paid = sum((fraction(one) for one in funds.paid if not isnan(one)), Fraction(0))
    if isnan(funds.executed) or abs(paid - fraction(funds.executed)) <= TOLERANCE:
        return ""
    return f"；已填的月份合计{show_number(paid)}万元，全年执行数{show_number(funds.executed)}万元"


def _against_plan(funds: Funds) -> str:
    """3月底 21%（计划25%）、… for every checkpoint that counts."""
    shares, parts = funds.paid_shares(), []
    for month, plan in counting_plan(funds.plan).items():
        assumed = "，原文空白按100%" if month == CHECKPOINTS[-1] and funds.assumed else ""
        parts.append(f"{month}月底{_percent(shares[month])}（计划{show_percent(plan)}{assumed}）")
    return "、".join(parts)


def _percent(share: Fraction) -> str:
    """A share as a percentage with at most two places, half up."""
    return f"{show_number(Fraction(half_up(share * 10000), 100))}%"


PAYMENTS = Need(
    "payments",
    "各月支付和资金支出计划",
    _read,
    hint=lambda _asked: "按上面的各月支付金额计算，不用填",
    example=lambda _asked, _level: "这一行不填，填好“四、各月支付金额”即可",
    entry=lambda _asked, _item: None,
    item="",
    stuck={"budget_zero": when(is_number(BUDGET), BUDGET.equals(0), NEVER)},
    check=SelfCheck(
        value=lambda _asked: lift(""),
        said=lambda _asked: ((UNSCORED, AUTOMATIC),),
        measured=lambda measure: when(count_numbers(KEPT).equals(COUNTED), measure, ""),
        fine=AUTOMATIC,
    ),
)
