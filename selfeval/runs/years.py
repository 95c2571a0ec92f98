"""What to say to one who names a year that is not there."""

from __future__ import annotations

from selfeval.domain.problems import Place, Problem, problem
from selfeval.runs.folders import years_with_targets
from selfeval.runs.workspace import Workspace


def without_targets(workspace: Workspace, year: int) -> Problem:
    """That a year has no target table: the years that have one, and advice that fits.

    To import is advised for a year beside them, or when there is none at all: never for a slip of the finger.
    """
    years, file = years_with_targets(workspace.root), workspace.name(workspace.targets(year))
    advice = f"请先运行 selfeval import 绩效文本 --year {year}"
    if years:
        fresh = years[0] - 1 <= year <= years[-1] + 1
        near = "或".join(map(str, _near(year, years)))
        advice = f"新的年度，{advice}" if fresh else f"是否应为{near}？" if near else "请核对年度"
    return problem("E602", Place(file=file), year=year, file=file, known=there_are("绩效目标表", years), advice=advice)


def there_are(what: str, years: list[int]) -> str:
    """The years that there are, to go on a sentence that misses one; blank for none."""
    return f"；有{what}的年度：{'、'.join(map(str, years))}" if years else ""


def _near(year: int, years: list[int]) -> list[int]:
    """The years of the same digits; else those that differ in one."""
    digits = str(year)
    same = [other for other in years if sorted(str(other)) == sorted(digits)]
    return same or [other for other in years if sum(a != b for a, b in zip(str(other), digits, strict=True)) == 1]
