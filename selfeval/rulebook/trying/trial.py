"""Trial: the cases of a rulebook scored by the real pipeline, and what it writes itself that no case exercises."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, repeat
from math import isnan
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import Rounding, Rulebook, show_percent
from selfeval.domain.scored import EXECUTION, EXECUTION_KIND, State
from selfeval.domain.totals import grade_of
from selfeval.rulebook.loading import in_order, load_all
from selfeval.rulebook.shelf import rule_name
from selfeval.rulebook.trying.cases import RuleCase, cases_path, score_small, small_project, why_open
from selfeval.rulebook.trying.casting import fitting_cases
from selfeval.rulebook.trying.coverage import Covered, Key, covered, percentage, rule_of, seen_in, uncovered

Differences = tuple[int, list[Problem]]


class CaseResult(NamedTuple):
    """What came out of a case: ``problems`` are the differences from what it says."""

    name: str
    problems: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as the case says."""
        return not self.problems


class CasesRun(NamedTuple):
    """All cases of a rulebook: their results, what has no case, and what kept them from running."""

    results: tuple[CaseResult, ...]
    uncovered: tuple[Problem, ...]
    faults: tuple[Problem, ...]
    coverage: tuple[Covered, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong, from the top of the file down."""
        return in_order(
            (*self.faults, *(found for result in self.results for found in result.problems), *self.uncovered)
        )

    @property
    def percent(self) -> float:
        """How much of the rulebook's own file the cases go through, in percent; 0 where none ran."""
        return percentage(self.coverage) if self.results else 0.0

    @property
    def passed(self) -> bool:
        """Whether every case ran and came out right; rules without a case do not count against it."""
        return not self.faults and all(result.passed for result in self.results)


def run_cases(path: Path, root: Path) -> CasesRun:
    """Run the cases beside a rule file (``rules/2024.yaml``); ``root`` is the workspace."""
    tree, rulebook, faults, _ = load_all(path, root)
    if tree is None or rulebook is None:
        return CasesRun((), (), faults)
    beside = cases_path(path)
    if not beside.is_file():
        place = Place(file=rulebook.files[-1].path)
        return CasesRun((), (problem("W205", place, rulebook=rulebook.id, file=beside.name),), ())
    file = rule_name(beside, root)
    cases, year, faults = fitting_cases(path, root, rulebook)
    if faults:
        return CasesRun((), (), in_order(faults))
    seen = set[Key]()
    found = sorted(_ran(cases, year, rulebook, seen), key=itemgetter(0))
    results = tuple(CaseResult(cases[i].name, tuple(differences)) for i, differences in found)
    coverage = tuple(covered(rulebook, tree, seen))
    return CasesRun(results, in_order(uncovered(coverage, file)), (), coverage)


def _ran(cases: Sequence[RuleCase], year: int, rulebook: Rulebook, seen: set[Key]) -> Iterator[Differences]:
    """What differs in each case, with its position; ``seen`` takes note of what they come across."""
    for i, made in scored_cases(cases, year, rulebook):
        case = cases[i]
        if made.row is None:
            yield i, [problem("E236", case.place, name=case.name, what=made.fault)]
            continue
        seen |= seen_in(made.row, rulebook)
        pairs = _compared(case, made.row, made.codes, rulebook.rounding)
        yield i, _differences(case, pairs, _trace(made.row, rulebook, made.why))
    for i, case in enumerate(cases):
        if case.total is not None:
            grade = grade_of(case.total, rulebook)
            seen.add(("grades", grade))
            yield i, _differences(case, [("等级", case.grade, grade)])


class ScoredOne(NamedTuple):
    """What came out of a case: its row and the codes of the problems about it; no row where a ``fault`` forbids it.

    ``why``: what keeps the row from having a score.
    """

    row: dict[str, Any] | None
    codes: tuple[str, ...] = ()
    fault: str = ""
    why: str = ""


def scored_cases(cases: Sequence[RuleCase], year: int, rulebook: Rulebook) -> Iterator[tuple[int, ScoredOne]]:
    """Each case that is not about a grade alone, with its position, scored by the real pipeline."""
    for batch in _batches(cases):
        small = {i: small_project(i, case, rulebook) for i, case in batch}
        rows, problems = score_small(list(small.values()), rulebook, year)
        codes: dict[tuple[str, str], set[str]] = defaultdict(set)
        for found in problems:
            codes[found.place.project, found.place.indicator].add(found.code)
        for i, case in batch:
            about = small[i].id, EXECUTION if case.kind == EXECUTION_KIND else small[i].indicator
            fault = small[i].fault
            row = None if fault else rows[about]
            why = "" if row is None else why_open(row, problems)
            yield i, ScoredOne(row, tuple(sorted(codes[about])), fault, why)


def _batches(cases: Sequence[RuleCase]) -> Iterable[list[tuple[int, RuleCase]]]:
    """Cases that can share one run: no two about indicators of the same real project."""
    batches: dict[int, list[tuple[int, RuleCase]]] = defaultdict(list)
    used: Counter[str] = Counter()
    for i, case in enumerate(cases):
        if case.total is None:
            project = case.project(i)
            batches[used[project]].append((i, case))
            used[project] += 1
    return batches.values()


def _compared(
    case: RuleCase, row: dict[str, Any], codes: Sequence[str], rounding: Rounding
) -> Iterator[tuple[str, str, str]]:
    """What is compared: its name, what the case says, what came out."""
    yield "类型", case.kind or "", row["kind"]
    yield "状态", case.status.label if case.status else "", State(row["state"]).label
    yield "得分", _shown(case.score, rounding), _shown(row["score"], rounding)
    if case.rule:
        yield "规则", case.rule, row["rule"]
    if case.problem:
        yield "问题", case.problem, case.problem if case.problem in codes else "、".join(codes) or "没有问题"


def _differences(case: RuleCase, pairs: Iterable[tuple[str, str, str]], trace: str = "") -> list[Problem]:
    """A problem for each difference; the first tells how it came about."""
    different = sorted(facts for facts in pairs if facts[1] != facts[2])  # as they are printed
    traces = chain([trace], repeat(""))
    return [
        problem("E235", case.place, name=case.name, what=what, expected=expected, found=found, trace=how)
        for (what, expected, found), how in zip(different, traces, strict=False)
    ]


def _trace(row: dict[str, Any], rulebook: Rulebook, why: str) -> str:
    """How a row came about, as ``explain`` says it: what read it, the rule and its line, the measure, the sentence.

    ``why``: what keeps it from having a score.
    """
    rule = rule_of(row, rulebook)
    where = rule or (rulebook.execution if row["kind"] == EXECUTION_KIND else None)
    parts = [f"由 {row['rule']} 识别" if rule and row["rule"] else ""]
    if where is not None:
        variant = f"（单独计分办法 {rule.variant}）" if rule and rule.variant else ""
        parts.append(f"按 {where.origin}{variant} 计分")
    if not isnan(row["measure"]):
        parts.append(f"完成程度{row['measure']:.6g}，得分率{show_percent(Fraction(str(round(row['share'], 6))))}")
    said = "，".join(filter(None, parts))
    how = f"。计算过程：{said}；{row['sentence']}" if said else ""
    return f"{how or '。'}原因：{why}" if why else how


def _shown(hundredths: int | None, rounding: Rounding) -> str:
    return "暂不计分" if hundredths is None else rounding.show(hundredths)
