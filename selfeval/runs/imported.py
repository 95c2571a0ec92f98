"""What an import read, project by project, for a person to look over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from selfeval.domain.case import cases
from selfeval.domain.faults import unless_faulty
from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Place, Problem
from selfeval.domain.promise import promises
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.rulebook.homes import has_home
from selfeval.domain.targets import Indicator, Targets
from selfeval.runs.inputs import Choice, load_rulebook
from selfeval.runs.workspace import Workspace

UNREAD = "未识别"


@dataclass(frozen=True)
class ReadProject:
    """A project as it was read: indicators and how many of each kind (by label; None: no rules yet); budget in 万元.

    ``unread``: the indicators of which the rulebook recognises no kind, each as people write it; ``homeless``: the
    first-level names that belong to none of its sections, one an indicator.
    """

    unit_code: str
    unit_name: str
    project: str
    name: str
    indicators: int
    kinds: dict[str, int] | None
    budget: float | None
    unread: tuple[str, ...] = ()
    homeless: tuple[str, ...] = ()


def read_projects(targets: Targets, workspace: Workspace) -> tuple[ReadProject, ...]:
    """The projects in their order, with the kinds that the year's rulebook recognises, if there is one."""
    rulebook = rulebook_of(workspace, targets.year)
    found = []
    for case in cases(targets):
        own, budget = case.project, case.project.budget
        kinds, unread, homeless = None, list[str](), list[str]()
        if rulebook is not None:
            read = [(KINDS.get(one.reading.kind), one.indicator) for one in promises(case, rulebook)[0]]
            counts = Counter(UNREAD if kind is None else kind.label for kind, _ in read)
            unread = [_unread(one) for kind, one in read if kind is None]
            levels1 = (one.level1 for one in case.indicators if one.level1)
            homeless = [level1 for level1 in levels1 if not has_home(level1, rulebook.sections)]
            order = [*(kind.label for kind in KINDS.values()), UNREAD]
            kinds = {label: counts[label] for label in order if counts[label]}
        known = None if budget != budget else budget  # noqa: PLR0124 - NaN
        count = len(case.indicators)
        told = (kinds, known, tuple(unread), tuple(homeless))
        found.append(ReadProject(own.unit_code, own.unit_name, own.project, own.name, count, *told))
    return tuple(found)


def _unread(indicator: Indicator) -> str:
    return f"{indicator.level3}{f'“{indicator.target}”' if indicator.target else '（指标值空白）'}"


def rulebook_of(workspace: Workspace, year: int) -> Rulebook | None:
    """The rulebook of a year; None where there is none that can be used."""
    path = workspace.rules / f"{year}.yaml"
    if not path.is_file():
        return None
    found = unless_faulty(Place(file=workspace.name(path)), load_rulebook, workspace, Choice(year))
    return None if isinstance(found, Problem) else found[0]
