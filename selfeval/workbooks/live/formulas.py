"""The live formulas that sheets share, without the cells' looks: guards, scores, totals, grades."""

from __future__ import annotations

from selfeval.domain.rulebook import Rulebook
from selfeval.workbooks.live.rounded import Steps

PENDING = "待补充"
BROKEN = "错误"
NONE = "不涉及"
DASH = "—"

FORM = "自评表"
GROUNDS = "评分依据"
SCHEDULE = "资金进度"
PROBLEMS = "问题"


def at(sheet: str, cell: str) -> str:
    """A cell of another sheet: '评分依据'!P5."""
    return f"'{sheet}'!{cell}"


def quoted(text: str) -> str:
    """A text inside a formula. Only for short texts: a formula holds at most 255 characters in one."""
    return '"' + text.replace('"', '""') + '"'


def guarded(condition: str, value: str, otherwise: str = f'"{PENDING}"') -> str:
    """The value where its inputs are there, else 待补充."""
    return f"=IF({condition},{value},{otherwise})"


def score_formula(share: str, points: str, measure: str, steps: Steps, score: int) -> str:
    """The score of a row from the cells of its share, points and measure; ``score`` is the exact one in hundredths."""
    house = f"ROUND(ROUND({share}*{points},{steps.inner}),2)"
    if steps.pinned:
        # nearer to a tie than a sheet's 15 digits show: exact arithmetic has settled this one measure
        house = f"IF({measure}={steps.measure.value!r},{score / 100!r},{house})"
    return guarded(f"ISNUMBER({share})", house)


def highest_formula(scores: str, points: str, secured: str, shared: str, *, converted: bool = False) -> str:
    """The most a project can reach: what is secured and the points of every row that is still open.

    ``converted``: from the points that apply to a form of 100.
    """
    still_open = "+".join(f'SUMIF({scores},"{word}",{points})' for word in (PENDING, BROKEN))
    if converted:
        return f"={_of_hundred(f'({secured}+{still_open})', shared)}"
    return f"=ROUND({secured}+{still_open}+MAX(0,100-{shared}),2)"


def _of_hundred(points: str, shared: str) -> str:
    return f"ROUND(ROUND({points}*100/{shared},9),2)"


def open_formula(scores: str) -> str:
    """How many rows are still open."""
    return "=" + "+".join(f'COUNTIF({scores},"{word}")' for word in (PENDING, BROKEN))


def total_formula(secured: str, highest: str, still_open: str, shared: str, *, converted: bool = False) -> str:
    """The total once nothing is open, else the range: 82.35 – 92.35.

    ``converted``: from the points that apply to a form of 100.
    """
    if converted:
        lowest = _of_hundred(secured, shared)
        return f'=IF({still_open}=0,{lowest},TEXT({lowest},"0.00")&" – "&TEXT({highest},"0.00"))'
    span = f'TEXT({secured},"0.00")&" – "&TEXT({highest},"0.00")'
    return f"=IF(AND({still_open}=0,{shared}=100),{secured},{span})"


def grade_formula(total: str, rulebook: Rulebook, pending: str) -> str:
    """The grade of a printed total; 待定 while the total is a range."""
    *upper, last = rulebook.grades
    text = quoted(last.label)
    for grade in reversed(upper):
        text = f"IF({total}>={grade.lowest / 100:g},{quoted(grade.label)},{text})"
    return f"=IF(ISNUMBER({total}),{text},{quoted(pending)})"
