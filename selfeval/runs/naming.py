"""Naming: what a user means by a name, a part of one, a number of the list, a short code or a whole one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.scored import EXECUTION
from selfeval.domain.targets import Targets

_PASSED_OVER = re.compile(r"[\s\"'“”‘’「」《》]")
_BETWEEN = re.compile(r"[-－—/\s]+")
"""What one writes between a project and an indicator of it: 3-02, 法律援助/咨询人次."""

_SHORTEST_CODE = 3
"""Characters of a part of a code: fewer are met everywhere."""
_TOLD = 10
_NEAR = 3


@dataclass(frozen=True)
class Named:
    """A project, by its code, and an indicator of it (EXECUTION: its execution rate); blank: the project itself."""

    project: str
    indicator: str = ""


@dataclass(frozen=True)
class _Known:
    """What can be named: ``code`` whole and ``short``, ``name``, the words for a list of candidates, and what it is."""

    code: str
    short: str
    name: str
    shown: str
    named: Named


def numbers(targets: Targets) -> dict[str, int]:
    """The number of each project in the list, by its code: 1 is the first of the document."""
    return {code: number for number, code in enumerate(targets.projects.column("project"), start=1)}


def short_number(indicator: str) -> str:
    """The number of an indicator within its project: 02 of …-02."""
    return indicator.rpartition("-")[2]


def named(targets: Targets, text: str) -> Named | Problem:
    """The project or indicator meant; E654 with the candidates when there are several, E605 with the nearest for none.

    The first of these that anything answers to counts: a whole code or number, a whole name, the end of a code, a part
    of a project's name, a project and its indicator (3-02), a part of an indicator's name.
    """
    projects, indicators = list(_projects(targets)), list(_indicators(targets))
    ways: tuple[Callable[[], list[_Known]], ...] = (
        lambda: _whole([*projects, *indicators], text),
        lambda: _part(projects, text),
        lambda: list(_of_one(projects, indicators, text)),
        lambda: _part(indicators, text),
    )
    found = next((hits for way in ways if (hits := way())), [])
    if len(found) == 1:
        return found[0].named
    if found:
        return _several(text, found, targets.year)
    owner = _owner(projects, text)
    if owner is None:
        facts = {"hint": _nearest(text, [*projects, *indicators]), "what": "全部项目", "project": ""}
    else:
        facts = {"hint": f"项目“{owner.name}”里没有这个指标，", "what": "它的指标", "project": f" {owner.short}"}
    return problem("E605", Place(), year=targets.year, found=text, **facts)


def named_indicator(targets: Targets, text: str) -> str | Problem:
    """The id of the indicator meant; for a project, E654 with its indicators."""
    meant = named(targets, text)
    if isinstance(meant, Problem):
        return meant
    if meant.indicator not in {"", EXECUTION}:
        return meant.indicator
    own = [one for one in _indicators(targets) if one.named.project == meant.project]
    return _several(text, own, targets.year)


def chosen_projects(targets: Targets, texts: Iterable[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The codes of the projects that texts name, each once, and E604 or E654 for every text that names none or more."""
    projects = list(_projects(targets))
    codes, wrong = dict[str, None](), list[Problem]()
    for text in texts:
        found = _whole(projects, text) or _part(projects, text)
        if len(found) == 1:
            codes[found[0].code] = None
        elif found:
            wrong.append(_several(text, found, targets.year))
        else:
            facts = {"year": targets.year, "found": text, "hint": _nearest(text, projects)}
            wrong.append(problem("E604", Place(), **facts))
    return tuple(codes), tuple(wrong)


def _projects(targets: Targets) -> Iterator[_Known]:
    names = targets.names
    for code, number in numbers(targets).items():
        yield _Known(code, str(number), names[code], f"{number} {names[code]}（{code}）", Named(code))


def _indicators(targets: Targets) -> Iterator[_Known]:
    own, names = numbers(targets), targets.names
    columns = (targets.indicators.column(name) for name in ("indicator", "project", "level3"))
    for indicator, project, name in zip(*columns, strict=True):
        short = f"{own[project]}-{short_number(indicator)}"
        yield _Known(indicator, short, name, f"{short} {name}（{names[project]}）", Named(project, indicator))


def _whole(known: Iterable[_Known], text: str) -> list[_Known]:
    """Those whose code or number it is; else those of that very name."""
    listed, key = list(known), _plain(text)
    ways: tuple[Callable[[_Known], bool], ...] = (
        lambda one: key in {_plain(one.code), one.short},
        lambda one: key == _plain(one.name),
    )
    return next((hits for way in ways if (hits := [one for one in listed if way(one)])), [])


def _part(known: Iterable[_Known], text: str) -> list[_Known]:
    """Those whose code ends so; else those with it in the name; else in the code."""
    listed, key = list(known), _plain(text)
    if not key:
        return []
    long = len(key) >= _SHORTEST_CODE
    ways: tuple[Callable[[_Known], bool], ...] = (
        lambda one: long and _plain(one.code).endswith(key),
        lambda one: key in _plain(one.name),
        lambda one: long and key in _plain(one.code),
    )
    return next((hits for way in ways if (hits := [one for one in listed if way(one)])), [])


def _of_one(projects: list[_Known], indicators: list[_Known], text: str) -> Iterator[_Known]:
    """Indicators named after their project: its number, its name or a part of it."""
    for between in _BETWEEN.finditer(text.strip()):
        first, second = text.strip()[: between.start()], text.strip()[between.end() :]
        owners = _whole(projects, first) or _part(projects, first)
        for owner in owners:
            execution = _Known(EXECUTION, EXECUTION, EXECUTION, f"{owner.short}-{EXECUTION}", owner.named)
            own = [one for one in indicators if one.named.project == owner.code] if second else []
            numbered = [one for one in own if second.isdecimal() and int(short_number(one.code)) == int(second)]
            if numbered or not second:
                yield from numbered
            elif _plain(second) in EXECUTION:
                yield _Known(EXECUTION, EXECUTION, EXECUTION, execution.shown, Named(owner.code, EXECUTION))
            else:
                yield from _whole(own, second) or _part(own, second)


def _owner(projects: list[_Known], text: str) -> _Known | None:
    """The one project that is named before an indicator which it has not."""
    for between in _BETWEEN.finditer(text.strip()):
        first = text.strip()[: between.start()]
        found = _whole(projects, first) or _part(projects, first)
        if len(found) == 1:
            return found[0]
    return None


def _several(text: str, found: list[_Known], year: int) -> Problem:
    shown = "；".join(one.shown for one in found[:_TOLD]) + ("；……" if len(found) > _TOLD else "")
    return problem("E654", Place(), found=text, count=len(found), known=shown, year=year)


def _nearest(text: str, known: list[_Known]) -> str:
    """A hint at the nearest names and codes, or at the list of them."""
    shown = {word: one.shown for one in reversed(known) for word in (one.code, one.name)}
    near = dict.fromkeys(shown[word] for word in get_close_matches(text, [*shown], 2 * _NEAR))
    return f"是否应为 {' 或 '.join([*near][:_NEAR])}？" if near else "请核对序号、名称或编码。"


def _plain(text: str) -> str:
    return _PASSED_OVER.sub("", unicodedata.normalize("NFKC", text)).casefold()
