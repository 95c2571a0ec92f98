"""Problems: what is wrong with a user's file, where, and how to mend it, as data and never as an exception."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from sys import intern

from selfeval.domain.catalogue import CATALOGUE
from selfeval.domain.catalogue.entry import ProblemText
from selfeval.domain.tables import Table, column, table


class Severity(StrEnum):
    """How bad a problem is, worst first; the first letter of its code says the same."""

    ERROR = "错误"
    WARNING = "警告"
    INFO = "提示"


_SEVERITY = {severity.name[0]: severity for severity in Severity}
_WORST = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands; any part may be blank. ``file`` is workspace-relative with forward slashes."""

    project: str = column("blank for a problem of the whole year", "项目编码", default="")
    indicator: str = column("blank for a problem of the whole project", "指标编号", default="")
    file: str = column("workspace-relative", "文件", default="")
    sheet: str = column("name of the sheet", "工作表", default="")
    cell: str = column("such as F12", "单元格", default="")

    def at(self, **changes: str) -> Place:
        """The same place with some parts changed."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. ``message`` says what was found and expected; ``remedy`` how to mend it."""

    place: Place
    code: str = column("code of the catalogue", "代码")
    severity: Severity = column("错误, 警告 or 提示", "级别")  # noqa: RUF009 (a field)
    message: str = column("what was found and expected", "问题")
    remedy: str = column("how to mend it", "建议")


_OF_A_PROBLEM = table("problems", Problem).columns

PROBLEMS_FILE = Table("problems.csv", (*_OF_A_PROBLEM[:2], *table("places", Place).columns, *_OF_A_PROBLEM[2:]))
"""One row a problem, worst first."""


def problem(code: str, place: Place, **facts: object) -> Problem:
    """A problem of the catalogue, filled in from ``facts``. Raises KeyError for an unknown code or a missing fact."""
    return filled(code, CATALOGUE[code], place, facts)


def filled(code: str, entry: ProblemText, place: Place, facts: Mapping[str, object]) -> Problem:
    """A problem with the templates of an entry filled in from ``facts``. Raises KeyError for a missing fact, a bug."""
    facts = {name: _in_short(fact, _QUOTED if name in _AS_WRITTEN else _LONGEST) for name, fact in facts.items()}
    message, remedy = (template.format_map(facts) for template in (entry.message, entry.remedy))
    return Problem(place, code, _SEVERITY[code[0]], message, intern(remedy))  # of few words each, and many alike


_AS_WRITTEN, _QUOTED, _LONGEST = {"target", "text"}, 60, 2000
"""Facts that quote what somebody wrote, and how many characters a message has room for; and for any other fact."""


def _in_short(fact: object, room: int) -> object:
    return f"{fact[:room]}…" if isinstance(fact, str) and len(fact) > room else fact


MOST_TOLD = 100
"""Rows that are told one by one for the same reason; of the others how many they are."""


def more_of_the_same(place: Place, count: int, code: str) -> Iterator[Problem]:
    """One problem for all but the first MOST_TOLD of the ``count`` rows of a sheet that have the same one."""
    if count > MOST_TOLD:
        facts = {"file": place.file, "count": count - MOST_TOLD, "what": CATALOGUE[code].title}
        yield problem("E339", place, **facts)


def near_word(found: str, known: Iterable[str], hint: str, cutoff: float = 0.6) -> str:
    """``hint`` with the known word nearest to what was found; blank when none is near."""
    return "".join(map(hint.format, get_close_matches(found, [*known], 1, cutoff)))


_NUMBER = re.compile(r"\d+")
_DIGITS = 8


def worst_first(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without repeats, worst first, then by place: never in the order of discovery."""

    def key(problem: Problem) -> tuple[int, str, str, str, str, str, str]:
        p, rank = problem.place, _WORST.index(problem.severity)
        cell = _NUMBER.sub(lambda found: found[0].zfill(_DIGITS), p.cell)  # A2 before A10
        return rank, p.project, p.indicator, p.file, p.sheet, cell, problem.code + problem.message

    return tuple(sorted(set(problems), key=key))


def in_order(problems: Iterable[Problem], projects: Iterable[str]) -> tuple[Problem, ...]:
    """The problems by project, in the order of ``projects``, worst first in each; what is of none of them is last."""
    places = {project: at for at, project in enumerate(projects)}
    return tuple(sorted(worst_first(problems), key=lambda found: places.get(found.place.project, len(places))))


def by_project(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """The problems of each project, in their order; blank for those of none."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.place.project, []).append(problem)
    return found
