"""The live cells of 审核意见: what counts after the review, the total, the deviation, and what is still missing."""

from __future__ import annotations

from selfeval.domain.expression.tree import Name, all_of, is_number, steady, when
from selfeval.domain.reviewing.review import Verdict
from selfeval.domain.rounding import PLACES
from selfeval.workbooks.live.formulas import BROKEN, DASH, PENDING

OWN, REVIEWED = Name("own"), Name("reviewed")
"""自评总分 and 复核总分."""

DEVIATION_PLACES = 6

_BOTH = all_of(is_number(OWN), is_number(REVIEWED))

DIFFERENCE = when(_BOTH, steady(OWN - REVIEWED, PLACES), DASH)
"""自评总分 less 复核总分."""

DEVIATION = when(_BOTH, when(REVIEWED > 0, steady((OWN - REVIEWED) / REVIEWED, DEVIATION_PLACES), DASH), DASH)
"""偏离度: (自评总分 - 复核总分) / 复核总分."""


def final_formula(verdict: str, adjusted: str, reason: str, points: str, own: str) -> str:
    """The score that counts: the adjusted one where ``selfeval review`` would accept it, else the self-score."""
    usable = f'AND({adjusted}>=0,{adjusted}<={points},ROUND({adjusted},2)={adjusted},TRIM({reason})<>"")'
    return f'=IF({verdict}="{Verdict.ADJUSTED}",IF(ISNUMBER({adjusted}),IF({usable},{adjusted},{own}),{own}),{own})'


def hint_formula(verdict: str, adjusted: str, reason: str, points: str) -> str:
    """What is missing in a row that was begun, for which the self-score still counts; blank when nothing is."""
    whole = f'IF(ROUND({adjusted},2)={adjusted},"","最多两位小数")'
    number = f'IF(ISNUMBER({adjusted}),IF(OR({adjusted}<0,{adjusted}>{points}),"超出分值",{whole}),"请填核定得分")'
    told = f'IF(TRIM({reason})="","请写理由","")'
    begun = f'AND({verdict}="",TRIM({adjusted})&TRIM({reason})="")'
    stray = f'IF(TRIM({adjusted})<>"","改分请选调整","")'
    by_verdict = (
        f'IF({verdict}="{Verdict.ADJUSTED}",IF({number}<>"",{number},{told}),'
        f'IF({verdict}="{Verdict.RETURNED}",IF({stray}<>"",{stray},{told}),{stray}))'
    )
    return f'=IF({begun},"",IF({verdict}="","请选审核意见",{by_verdict}))'


def total_formula(scores: str, points: str, *, converted: bool) -> str:
    """The total of the reviewed scores; 待补充 while a row has none."""
    still_open = "+".join(f'COUNTIF({scores},"{word}")' for word in (PENDING, BROKEN))
    if converted:
        return f'=IF({still_open}=0,ROUND(ROUND(SUM({scores})*100/{points},9),2),"{PENDING}")'
    return f'=IF(AND({still_open}=0,{points}=100),ROUND(SUM({scores}),2),"{PENDING}")'


def difference_formula(own: str, reviewed: str) -> str:
    """自评总分 less 复核总分."""
    return f'=IF(AND(ISNUMBER({own}),ISNUMBER({reviewed})),ROUND({own}-{reviewed},2),"{DASH}")'


def deviation_formula(own: str, reviewed: str) -> str:
    """偏离度: (自评总分 - 复核总分) / 复核总分."""
    share = f"ROUND(({own}-{reviewed})/{reviewed},{DEVIATION_PLACES})"
    return f'=IF(AND(ISNUMBER({own}),ISNUMBER({reviewed})),IF({reviewed}>0,{share},"{DASH}"),"{DASH}")'
