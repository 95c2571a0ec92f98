"""The line at the top: how much is filled in, the provisional total, and whether the form can be sent."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.expression.worksheet import quoted
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.rounding import WHOLE, in_points
from selfeval.domain.rulebook import Rulebook
from selfeval.forms.identity import RESULT, fund_row, narrative_row
from selfeval.forms.making.live.money import SUM_ROW
from selfeval.forms.making.live.words import BLANK, NO_REASON, TO_JUDGE, WRONG, number

STATUSES = f"[{RESULT}@status]:[{narrative_row('date')}@status]"
SUMMARY_ROW = "auto.summary"
READY = "可以提交"


def summary_cells(rows: Sequence[str], points: Sequence[int], needed: int, rulebook: Rulebook) -> dict[str, str]:
    """The formulas of the line, by column: filled (``level3``), total (``actual``), verdict (``percentage``).

    ``rows`` and ``points`` (hundredths) are those of the indicators; ``needed`` counts the rows to fill in.
    """
    return {
        "level3": f'="已填 "&({needed}-COUNTIF({STATUSES},"{BLANK}"))&" / {needed} 格"',
        "actual": f"={_total(rows, points, rulebook)}",
        "percentage": f"={_verdict()}",
    }


def _total(rows: Sequence[str], points: Sequence[int], rulebook: Rulebook) -> str:
    """The total once every score is there, else from what is secured to the most that can be reached."""
    execution = f"[{fund_row('executed')}@score]"
    scores, shared = f"[{rows[0]}@score]:[{rows[-1]}@score]", f"[{rows[0]}@points]:[{rows[-1]}@points]"
    counted = sum(points) + rulebook.execution_points
    converted = rulebook.not_applicable == "whole_form" and sum(points) > 0
    full = counted if converted else WHOLE
    unshared = max(0, full - counted)
    secured = f"SUM({scores},{execution})"
    still = f'SUMIF({scores},"{PENDING}",{shared})+IF(ISNUMBER({execution}),0,{number(in_points(rulebook.execution_points))})'
    most = f"{secured}+{still}+{number(in_points(unshared))}"
    low, high = (_to_hundred(one, full) for one in (secured, most))
    open_rows = f'COUNTIF({scores},"{PENDING}")+COUNTIF({execution}:{execution},"{PENDING}")'
    span = f'TEXT({low},"0.00")&" – "&TEXT({high},"0.00")'
    return span if unshared else f"IF({open_rows}=0,{low},{span})"


def _to_hundred(points: str, full: int) -> str:
    """Points out of ``full`` hundredths as points out of 100."""
    whole = f"({points})" if full == WHOLE else f"ROUND(({points})/{number(in_points(full) / 100)},9)"
    return f"ROUND({whole},2)"


def _verdict() -> str:
    """可以提交, or how much of what is missing, each with the first row to look at."""
    wrong = "+".join(f'COUNTIF({STATUSES},"{word}")' for word in WRONG)
    missing, reasons = (f'COUNTIF({STATUSES},"{word}")' for word in (BLANK, NO_REASON))
    parts = [f'IF({missing}=0,"","　未填 "&{missing}&" 处"&{_first(BLANK)})']
    parts += [
        f'IF(COUNTIF({STATUSES},"{word}")=0,"","　{word} "&COUNTIF({STATUSES},"{word}")&" 处"&{_first(word)})'
        for word in (*WRONG, NO_REASON)
    ]
    to_judge = f'COUNTIF({STATUSES},"{TO_JUDGE}")'
    later = f'IF({to_judge}=0,"","（另有 "&{to_judge}&" 项由评分人打分）")'
    gap = f'IF([{SUM_ROW}@level]="与全年执行数一致","","　请再核对：各月支付"&[{SUM_ROW}@level])'
    return f'IF({missing}+{wrong}+{reasons}=0,{quoted(READY)}&{later}&{gap},"还不能提交："&{"&".join(parts)})'


def _first(word: str) -> str:
    at = f'MATCH("{word}",{STATUSES},0)+ROW([{RESULT}@status])-1'
    return f'"（第 "&({at})&" 行）"'
