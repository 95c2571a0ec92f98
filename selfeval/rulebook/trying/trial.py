"""Trial: the cases of a rulebook scored by the real pipeline, one small project a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, State
from selfeval.rulebook.loading import Loaded, in_order, load_all
from selfeval.rulebook.trying.cases import EXECUTION_KIND, Case, cases_path, read_cases
from selfeval.rulebook.trying.coverage import Seen, uncovered
from selfeval.rulebook.trying.small_projects import project_id, row_of, score_together, small_project


@dataclass(frozen=True)
class CaseResult:
    """What came out of a case. ``score`` is hundredths (None: not scored); ``problems`` are the differences."""

    name: str
    place: Place
    kind: str
    rule: str
    score: int | None
    status: str
    sentence: str
    problems: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as the case says."""
        return not self.problems


@dataclass(frozen=True)
class CasesRun:
    """All cases of a rulebook: their results, what has no case, and what kept them from running."""

    results: tuple[CaseResult, ...]
    uncovered: tuple[Problem, ...]
    faults: tuple[Problem, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong, from the top of the file down."""
        return in_order((*self.faults, *(one for result in self.results for one in result.problems), *self.uncovered))

    @property
    def passed(self) -> bool:
        """Whether every case ran and came out right; rules without a case do not count against it."""
        return not self.faults and all(one.passed for one in self.results)


def run_cases(path: Path, root: Path) -> CasesRun:
    """Run the cases beside a rule file (``rules/2024.yaml``); ``root`` is the workspace."""
    loaded = load_all(path, root)
    if loaded.rulebook is None:
        return CasesRun((), (), loaded.problems)
    beside = cases_path(path)
    if not beside.is_file():
        name = loaded.rulebook.files[-1].path
        missing = problem("W205", Place(file=name), rulebook=loaded.rulebook.id, file=beside.name)
        return CasesRun((), (missing,), ())
    file = read_cases(beside, root)
    faults = list(file.problems)
    if not faults and file.rulebook != loaded.rulebook.id:
        facts = {"found": file.rulebook, "expected": loaded.rulebook.id}
        faults.append(problem("E237", Place(file=file.name), **facts))
    if faults:
        return CasesRun((), (), in_order(tuple(faults)))
    return _run(loaded, file.cases, file.year, file.name)


def _run(loaded: Loaded, cases: Sequence[Case], year: int | None, file: str) -> CasesRun:
    rulebook = loaded.rulebook
    assert rulebook is not None
    seen = Seen()
    results: dict[int, CaseResult] = {}
    scored_cases = [(i, case) for i, case in enumerate(cases) if case.given.total is None]
    for batch in _batches(scored_cases):
        small = [small_project(i, case.given, rulebook) for i, case in batch]
        scored = score_together(small, rulebook, rulebook.first_year if year is None else year)
        for (i, case), project in zip(batch, small, strict=True):
            if project.fault:
                results[i] = _unrunnable(case, project.fault)
                continue
            row = row_of(scored, project.id, EXECUTION if case.given.kind == EXECUTION_KIND else project.indicator)
            results[i] = _compare(case, row, scored.problems)
            seen.row(row, rulebook)
    for i, case in enumerate(cases):
        if case.given.total is not None:
            results[i] = _graded(case, case.given.total, rulebook)
            seen.grades.add(rulebook.grade(case.given.total))
    ordered = tuple(results[i] for i in range(len(cases)))
    return CasesRun(ordered, uncovered(loaded, seen, file), ())


def _batches(cases: Iterable[tuple[int, Case]]) -> list[list[tuple[int, Case]]]:
    """Cases that can share one run: no two about indicators of the same real project."""
    batches: list[list[tuple[int, Case]]] = []
    used: list[set[str]] = []
    for i, case in cases:
        name = project_id(i, case.given)
        at = next((k for k, names in enumerate(used) if name not in names), len(used))
        if at == len(used):
            batches.append([])
            used.append(set())
        batches[at].append((i, case))
        used[at].add(name)
    return batches


def _unrunnable(case: Case, what: str) -> CaseResult:
    fault = problem("E236", case.mark.place, name=case.given.name, what=what)
    return CaseResult(case.given.name, case.mark.place, "", "", None, "", "", (fault,))


def _graded(case: Case, total: int, rulebook: Rulebook) -> CaseResult:
    grade = rulebook.grade(total)
    problems = _differences(case, [("等级", case.given.grade, grade)])
    return CaseResult(case.given.name, case.mark.place, "", "", total, grade, "", problems)


def _compare(case: Case, row: pd.Series, found: Sequence[Problem]) -> CaseResult:
    given = case.given
    points = None if pd.isna(row["score"]) else int(row["score"])
    kind, rule, status = str(row["kind"]), str(row["rule"]), str(row["state"])
    expected = [
        ("类型", str(given.kind or ""), kind),
        ("状态", _label(str(given.status or "")), _label(status)),
        ("得分", _shown(given.score), _shown(points)),
    ]
    if given.rule:
        expected.append(("规则", given.rule, rule))
    if given.problem:
        codes = sorted({one.code for one in found if one.place.indicator == row["indicator"]})
        shown = given.problem if given.problem in codes else "、".join(codes) or "没有问题"
        expected.append(("问题", given.problem, shown))
    problems = _differences(case, expected)
    return CaseResult(given.name, case.mark.place, kind, rule, points, status, str(row["sentence"]), problems)


def _differences(case: Case, pairs: Iterable[tuple[str, str, str]]) -> tuple[Problem, ...]:
    return tuple(
        problem("E235", case.mark.place, name=case.given.name, what=what, expected=expected, found=found)
        for what, expected, found in pairs
        if expected != found
    )


def _label(state: str) -> str:
    return State(state).label if state else ""


def _shown(hundredths: int | None) -> str:
    return "没有得分" if hundredths is None else show_points(hundredths)
