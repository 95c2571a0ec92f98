"""The checks that a finance bureau makes of a self-evaluation: they point at doubts and never change a score.

Each module of this folder but ``model`` is one check with all that is said of it: ``CHECK`` holds its texts, what its
limit means, where it comes from, its function from the scored year to what it found, and cases in which it says
something and stays silent. The module's name is the check's id in a rulebook, whose ``checks:`` turn it on and draw its
line.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from selfeval.domain.checks.model import Check, Facts
from selfeval.domain.faults import own_fault
from selfeval.domain.problems import Place, Problem
from selfeval.domain.rulebook import CheckRule


def _by_code() -> dict[str, Check]:
    names = [module.name for module in iter_modules(__path__) if module.name != "model"]
    found: list[tuple[str, Check]] = [(name, import_module(f"{__name__}.{name}").CHECK) for name in names]
    return dict(sorted(found, key=lambda item: ("WI".index(item[1].code[0]), item[1].code)))


CHECKS = _by_code()
"""Every check by its id, in the order of the codes: warnings, then remarks."""


def run_checks(facts: Facts, rules: Mapping[str, CheckRule], *, over_year: bool = False) -> list[Problem]:
    """The problems of the checks that the rulebook has turned on. None of them changes a score or a state.

    Those of single projects, whose facts may be of any part of the year; ``over_year``: those that compare projects.
    """
    found: list[Problem] = []
    replaced: set[tuple[str, str]] = set()
    for name, check in CHECKS.items():
        rule = rules.get(name)
        if rule is not None and rule.enabled and check.over_year is over_year:
            try:
                problems = list(check.run(facts, rule))
            except Exception as error:  # noqa: BLE001 - a fault of ours; a check changes no score
                problems = [own_fault(error, Place(), f"检查“{name}”没有做完")]
            found += problems
            replaced |= {(check.replaces, problem.place.project) for problem in problems}
    return [problem for problem in found if (problem.code, problem.place.project) not in replaced]
