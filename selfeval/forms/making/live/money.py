"""The live cells of funds and monthly payments: what is filled, the execution rate and its score, ahead or behind."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from selfeval.domain.curves import MEASURE
from selfeval.domain.expression.tree import Name, lift
from selfeval.domain.expression.worksheet import quoted, text
from selfeval.domain.formulas import RATE_PLACES, SCORE, SHARE
from selfeval.domain.measures.measure import PENDING, POINTS
from selfeval.domain.measures.schedule import KEPT_AT, PAID, PLAN
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import Rulebook
from selfeval.forms.identity import ACTUAL, fund_row, narrative_row, payment_row
from selfeval.forms.making.live.words import (
    BLANK,
    DOUBTFUL,
    FILLED,
    NOT_NUMBER,
    PLACES,
    blank,
    chosen,
    first_word,
    number,
    plausible,
)

INITIAL, FULL, EXECUTED = (f"[{fund_row(one)}@{ACTUAL}]" for one in ("initial", "full_year", "executed"))
MONTHS = f"[{payment_row(1)}@{ACTUAL}]:[{payment_row(12)}@{ACTUAL}]"
ADJUSTED = f"[{narrative_row('adjusted')}@{ACTUAL}]"
_MONTH_STATUSES = f"[{payment_row(1)}@status]:[{payment_row(12)}@status]"
_FULL_STATUS = f"[{fund_row('full_year')}@status]"
SUM_ROW = "auto.sum"


def amount_status(item: str) -> str:
    """What is said of an amount of the funds: a budget must be above 0, and no more be executed than it."""
    cell = f"[{fund_row(item)}@{ACTUAL}]"
    odd = [(f"NOT({plausible(cell)})", quoted(DOUBTFUL))]
    odd.append((f"{cell}<=0" if item == "full_year" else f"{cell}<0", quoted(DOUBTFUL)))
    if item == "executed":
        odd.append((f"IF(ISNUMBER({FULL}),{cell}>{FULL},1=0)", quoted(DOUBTFUL)))
    return "=" + chosen([*first_word(cell, NOT_NUMBER), *odd], quoted(FILLED))


def execution_cells(rulebook: Rulebook) -> dict[str, str]:
    """The formulas of the row 全年执行数, by column: rate, share and score of the execution."""
    row = fund_row("executed")
    measure, share = f"[{row}@measure]", f"[{row}@share]"
    usable = chosen(
        [
            (f"NOT(AND(ISNUMBER({EXECUTED}),ISNUMBER({FULL})))", '""'),
            (f"NOT(AND({plausible(EXECUTED)},{plausible(FULL)}))", '""'),
            (f"OR({EXECUTED}<0,{FULL}<=0)", '""'),
        ],
        f"ROUND({EXECUTED}/{FULL},{RATE_PLACES if rulebook.execution.rate_first else PLACES})",
    )
    curve = text(rulebook.execution.curve.share.bind({MEASURE: Name(measure)}), str)
    score = text(SCORE.bind({SHARE: Name(share), POINTS: lift(in_points(rulebook.execution_points))}), str)
    return {
        "measure": f"={usable}",
        "share": f'=IF(ISNUMBER({measure}),ROUND({curve},{PLACES}),"")',
        "score": f'=IF(ISNUMBER({share}),{score},"{PENDING}")',
        "percentage": f'=IF(ISNUMBER({measure}),ROUND({measure},4),"")',
    }


def adjusted_status() -> str:
    """Whether 是 or 否 agrees with the two budgets; blank while nothing is chosen."""
    both = f"AND(ISNUMBER({INITIAL}),ISNUMBER({FULL}))"
    differ = f'IF({both},OR(AND({ADJUSTED}="否",{INITIAL}<>{FULL}),AND({ADJUSTED}="是",{INITIAL}={FULL})),1=0)'
    cases = [(f"ISERROR({ADJUSTED})", quoted(DOUBTFUL)), (blank(ADJUSTED), '""')]
    return "=" + chosen([*cases, (differ, quoted(DOUBTFUL))], quoted(FILLED))


def payment_cells(month: int, plan: Mapping[int, Fraction]) -> dict[str, str]:
    """The formulas of one month, by column; ``plan`` holds the planned share of every checkpoint that counts."""
    row = payment_row(month)
    paid, so_far, share = f"[{row}@{ACTUAL}]", f"[{row}@level]", f"[{row}@percentage]"
    cells = {
        "status": "="
        + chosen([*first_word(paid, NOT_NUMBER), (f"NOT({plausible(paid)})", quoted(DOUBTFUL))], quoted(FILLED)),
        "level": f'=IF(ISNUMBER({paid}),ROUND(SUM([{payment_row(1)}@{ACTUAL}]:{paid}),9),"")',
        "percentage": f'=IF(ISNUMBER({so_far}),IF(ISNUMBER({FULL}),IF({FULL}>0,ROUND({so_far}/{FULL},4),""),""),"")',
        "measure": f"=IF(ISNUMBER({share}),{share},NA())",
    }
    if month in plan:
        planned = number(plan[month])
        bound = KEPT_AT.bind({PAID: Name(f"({so_far}/{FULL})"), PLAN: lift(plan[month])})
        kept = text(bound, str) if plan[month] else "1"
        ready = f'AND(COUNTIF({_MONTH_STATUSES},"{FILLED}")=12,{_FULL_STATUS}="{FILLED}")'
        cells["value"] = f'=IF({ready},ROUND({kept},{PLACES}),"")'
        cells["score"] = f'=IF(ISNUMBER({share}),ROUND({share}-{planned},4),"")'
    return cells


def sum_cells() -> dict[str, str]:
    """The formulas below the months: their sum, and whether it is what was executed."""
    gap = f"ROUND(SUM({MONTHS})-{EXECUTED},6)"
    told = chosen(
        [
            (f"COUNT({MONTHS})<12", f'"还有 "&(12-COUNT({MONTHS}))&" 个月没有填"'),
            (f"NOT(ISNUMBER({EXECUTED}))", '"全年执行数没有填"'),
            (f"{gap}=0", '"与全年执行数一致"'),
        ],
        f'"与全年执行数相差 "&{gap}&" 万元"',
    )
    return {ACTUAL: f'=IF(COUNT({MONTHS})=0,"",ROUND(SUM({MONTHS}),9))', "level": f"={told}"}


def text_status(cell: str) -> str:
    """What is said of a text: there or not."""
    return f"=IF(ISERROR({cell}),{quoted(DOUBTFUL)},IF({blank(cell)},{quoted(BLANK)},{quoted(FILLED)}))"
