"""The live formulas that sheets share, without the cells' looks: guards, scores, totals, grades."""

from __future__ import annotations

from selfeval.domain.rulebook import Rulebook

PENDING = "待补充"
DASH = "—"


def at(sheet: str, cell: str) -> str:
    """A cell of another sheet: '评分依据'!P5."""
    return f"'{sheet}'!{cell}"


def quoted(text: str) -> str:
    """A text inside a formula. Only for short texts: a formula holds at most 255 characters in one."""
    return '"' + text.replace('"', '""') + '"'


def guarded(condition: str, value: str, otherwise: str = f'"{PENDING}"') -> str:
    """The value where its inputs are there, else 待补充."""
    return f"=IF({condition},{value},{otherwise})"


def grade_formula(total: str, rulebook: Rulebook, pending: str) -> str:
    """The grade of a printed total; 待定 while the total is a range."""
    *upper, last = rulebook.grades
    text = quoted(last.label)
    for grade in reversed(upper):
        text = f"IF({total}>={grade.lowest / 100:g},{quoted(grade.label)},{text})"
    return f"=IF(ISNUMBER({total}),{text},{quoted(pending)})"
