"""What ``score`` prints: a page for many projects, or each of them and each problem, when they are few or asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from selfeval.cli.printing import by_unit, counted, json_points, problem_lines, table, told
from selfeval.cli.terminal.manner import manner

if TYPE_CHECKING:
    from selfeval.domain.problems import Problem
    from selfeval.domain.rulebook import Rounding, Rulebook
    from selfeval.domain.scored import Scored

_FEW_PROJECTS, _FEW_PROBLEMS = 10, 5
"""So many are told one by one."""

_WORST = 5

Record = Mapping[str, Any]
"""A row of ``Scored.projects``."""


def page(scored: Scored, rulebook: Rulebook, numbers: Mapping[str, int]) -> Iterator[str]:
    """The projects by their numbers (of many the worst and the open ones), and their problems (many by code)."""
    projects, rounding = scored.projects.records, rulebook.rounding
    if manner().full or len(projects) <= _FEW_PROJECTS:
        units = (f"{project['unit_code']} {project['unit_name']}" for project in projects)
        yield from by_unit(units, _table(projects, numbers, rounding))
    else:
        yield from _of_many(projects, numbers, rounding)
    yield ""
    grave = told(scored.problems)
    if manner().full or len(grave) <= _FEW_PROBLEMS:
        yield from problem_lines(grave)
    else:
        yield from _by_code(grave, {project["project"]: project["name"] for project in projects}, numbers)
    yield from _sums(projects, rulebook)
    done = sum(project["total"] is not None for project in projects)
    yield f"{len(projects)}个项目，{done}个已评定，{len(projects) - done}个待定。"
    yield f"问题：{counted(scored.problems)}。"


def _table(projects: Sequence[Record], numbers: Mapping[str, int], rounding: Rounding) -> list[str]:
    rows = [[str(numbers.get(project["project"], "")), *_row(project, rounding)] for project in projects]
    return table(rows, right=frozenset({0, 2}))


def _row(project: Record, rounding: Rounding) -> list[str]:
    """The printed cells of a project: name, score or its range, grade, what needs attention."""
    from selfeval.runs.results import total_shown

    counts = (("待补充", project["missing"]), ("需关注", project["flagged"]))
    notes = "，".join(f"{what}{count}项" for what, count in counts if count)
    return [project["name"], total_shown(project, rounding), project["grade"], notes]


def _of_many(projects: Sequence[Record], numbers: Mapping[str, int], rounding: Rounding) -> Iterator[str]:
    """The open projects, and those of the lowest totals."""
    waiting = [project for project in projects if project["total"] is None]
    closed = sorted((project for project in projects if project["total"] is not None), key=lambda one: one["total"])
    for title, some in (
        (f"待定的{len(waiting)}个", waiting[: 2 * _WORST]),
        (f"得分最低的{min(_WORST, len(closed))}个", closed[:_WORST]),
    ):
        if some:
            yield f"\n{title}"
            yield from (f"  {line}" for line in _table(some, numbers, rounding))
    if len(waiting) > 2 * _WORST:
        yield f"  ……另有{len(waiting) - 2 * _WORST}个待定"


def _by_code(problems: Sequence[Problem], names: Mapping[str, str], numbers: Mapping[str, int]) -> Iterator[str]:
    """How many problems there are of each code, the worst and most frequent first, with one. Our own faults all."""
    from selfeval.domain.catalogue.document import ENTRIES
    from selfeval.domain.catalogue.outputs import OWN_FAULT

    yield from problem_lines(found for found in problems if found.code == OWN_FAULT)
    problems = [found for found in problems if found.code != OWN_FAULT]
    counts = Counter(found.code for found in problems)
    examples = {found.code: found for found in reversed(problems)}
    for code in sorted(counts, key=lambda code: (code[0], -counts[code], code)):
        one = examples[code]
        who = names.get(one.place.project, "")
        where = f"{numbers.get(one.place.project, '')} {who}".strip() if who else one.place.file
        yield f"{one.severity} {code}  {ENTRIES[code].title}：{counts[code]}条"
        yield f"    {'如 ' if counts[code] > 1 else ''}{where}　{one.message}"
    yield "各条问题的位置和修改办法：加 -v 列出，或见 problems.csv"
    yield ""


def _sums(projects: Sequence[Record], rulebook: Rulebook) -> Iterator[str]:
    from selfeval.domain.rounding import sheet_round

    sums = summary(projects, rulebook)
    budget, executed = (f"{sheet_round(sums[name], 2):,.2f}" for name in ("full_year", "executed"))
    rate = "" if sums["rate"] is None else f"，执行率{sheet_round(sums['rate'], 4):.2%}"
    missing = len(projects) - len(_with_funds(projects))
    left_out = f"（{missing}个项目的资金没有填报齐全，未计入）" if missing else ""
    yield f"全年预算数{budget}万元，全年执行数{executed}万元{rate}{left_out}。"
    grades = "，".join(f"{grade}{count}个" for grade, count in sums["grades"].items())
    average = "" if sums["average"] is None else f"平均得分{sums['average']:.2f}分（已评定项目）；"
    yield f"{average}{grades}。"


def _with_funds(projects: Sequence[Record]) -> list[Record]:
    """The projects whose budget and spending are known."""
    return [one for one in projects if one["full_year"] == one["full_year"] and one["executed"] == one["executed"]]


def summary(projects: Sequence[Record], rulebook: Rulebook) -> dict[str, Any]:
    """The sums of a year: 万元 of projects whose budget and spending are known, their rate; average, grades."""
    from selfeval.domain.rounding import MONEY_PLACES, half_up

    known = _with_funds(projects)
    budget, executed = (round(sum(one[name] for one in known), MONEY_PLACES) for name in ("full_year", "executed"))
    totals = [int(one["total"]) for one in projects if one["total"] is not None]
    counts = Counter(project["grade"] for project in projects)
    own = [grade.label for grade in rulebook.grades]
    return {
        "projects": len(projects),
        "full_year": budget,
        "executed": executed,
        "rate": executed / budget if budget else None,
        "average": json_points(half_up(Fraction(sum(totals), len(totals)))) if totals else None,
        "grades": {grade: counts[grade] for grade in [*own, *(grade for grade in counts if grade not in own)]},
    }
