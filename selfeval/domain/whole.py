"""A department's own part (部门整体): its partial goals as one project more, with values taken over from projects.

Everything that scores, prints and explains a project then does so for the department.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

from selfeval.domain.case import WHOLE, Case, cases, department_code, departments_of
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.promise import Promise, promises
from selfeval.domain.promised_at import promised_at, sheet_beside
from selfeval.domain.reading.headings import is_heading
from selfeval.domain.reading.quantity import normalise, show_number
from selfeval.domain.reported import ACTUAL_ITEMS, NOTHING, SCORED_ITEMS, Cell, Reported, Reports, says_something
from selfeval.domain.rounding import UNIT
from selfeval.domain.rulebook import Rulebook, Section, Shape
from selfeval.domain.scoring.allocation import share_out
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Indicator, Targets

_BARE: tuple[Shape, ...] = ("bare_number", "time_limit", "low_rate")
"""The shapes of targets without a sign."""

_BETWEEN = re.compile(r"[、，,；;\s]+")
_TOLD = 5
"""Unknown 指标编号 that a message names."""

_END = "。；;.，, "
"""What ends the titles and clauses of a document, and is none of them."""


Row: TypeAlias = Mapping[str, Any]  # Any: a value of a declared column
"""A clause as the target table has it."""


@dataclass(frozen=True)
class Linked:
    """An indicator of a project that a clause speaks of, with the project and its name."""

    project: str
    project_name: str
    promise: Promise
    faulty: bool = False
    """Whether its own target cannot be relied on, so that nothing of it is taken over."""

    @property
    def id(self) -> str:
        """指标编号."""
        return self.promise.indicator.indicator

    @property
    def said(self) -> str:
        """For people: 法律援助“咨询人次”."""
        return f"{self.project_name}“{self.promise.indicator.level3}”"


@dataclass(frozen=True)
class Whole:
    """The department's own part: ``targets`` with one project, and the ``rulebook`` that has its sections.

    ``linked`` are, by 指标编号 of a clause, the indicators whose values may be taken over. ``problems`` are those of
    the links.
    """

    targets: Targets
    rulebook: Rulebook
    linked: Mapping[str, tuple[Linked, ...]]
    problems: tuple[Problem, ...] = ()

    @property
    def case(self) -> Case:
        """It as a project, without reports."""
        (case,) = cases(self.targets)
        return case

    @property
    def code(self) -> str:
        """Its 项目编码."""
        return self.case.code

    @property
    def unit(self) -> str:
        """Its 单位编码: that of the department."""
        return self.case.project.unit_code

    def beside(self, year: Targets) -> Targets:
        """The targets of a year with the department's part as one project more: what forms are sent out for."""
        own = self.targets
        projects = PROJECTS.rows([*year.projects.records, *own.projects.records])
        indicators = INDICATORS.rows([*year.indicators.records, *own.indicators.records])
        return replace(year, projects=projects, indicators=indicators, taken=own.taken)

    def reports(self, read: Reported) -> tuple[Reports, tuple[Problem, ...]]:
        """What stands in its own form, and for the clauses that it leaves blank what their projects reported.

        Of several indicators that a clause speaks of, only what they all say alike counts. The problems tell where the
        form says otherwise than the project.
        """
        own = read.projects.get(self.code) or Reports()
        answers, narrative, told = dict(own.answers), dict(own.narrative), list[Problem]()
        for clause, linked in self.linked.items():
            theirs = [_answers(read, one) for one in linked]
            if not _alike(theirs):
                continue
            mine = {item: own.answers.get((clause, item), NOTHING) for item in ACTUAL_ITEMS}
            if any(says_something(mine[item]) for item in SCORED_ITEMS):
                told += self._otherwise(clause, mine, linked[0], theirs[0])
                continue
            answers |= {
                (clause, item): cell
                for item, cell in theirs[0].items()
                if says_something(cell) and not says_something(mine[item])
            }
            mark = (read.projects.get(linked[0].project) or own).narrative.get("mark", NOTHING)
            if says_something(mark) and not narrative.get("mark", NOTHING).text:
                narrative["mark"] = mark
        return replace(own, answers=answers, narrative=narrative), tuple(told)

    def _otherwise(
        self, clause: str, mine: Mapping[str, Cell], linked: Linked, theirs: Mapping[str, Cell]
    ) -> Iterator[Problem]:
        found, other = ([_plain(cells[item]) for item in SCORED_IN_ORDER] for cells in (mine, theirs))
        if found != other:
            cell = next(mine[item] for item in SCORED_IN_ORDER if says_something(mine[item]))
            name = next(one.level3 for one in self.case.indicators if one.indicator == clause)
            facts = {"name": name, "linked": linked.said}
            facts |= {"found": " ".join(filter(None, found)), "other": " ".join(filter(None, other))}
            yield problem("W261", cell.place(self.code, clause), **facts)


SCORED_IN_ORDER = tuple(item for item in ACTUAL_ITEMS if item in SCORED_ITEMS)


def _answers(read: Reported, linked: Linked) -> dict[str, Cell]:
    reports = read.projects.get(linked.project) or Reports()
    return {item: reports.answers.get((linked.id, item), NOTHING) for item in ACTUAL_ITEMS}


def _alike(answers: Sequence[Mapping[str, Cell]]) -> bool:
    """Whether there is something to take over, and all of it is the same."""
    said = {tuple(_plain(cells[item]) for item in SCORED_IN_ORDER) for cells in answers}
    return len(said) == 1 and any(next(iter(said)))


def _plain(cell: Cell) -> str:
    """What a cell says, as it is compared: 95% is 95 where both answer one target."""
    if not says_something(cell):
        return ""
    number = cell.number * UNIT if cell.data_type == "percent" else cell.number
    return show_number(round(number, 9)) if math.isfinite(number) else normalise(cell.text).rstrip("%")


def whole_rules(rulebook: Rulebook) -> Rulebook:
    """The rulebook by which the department's own part is scored: its sections stand in place of those of projects."""
    return replace(rulebook, sections=tuple(_own(part, rulebook) for part in rulebook.whole_sections))


def whole_of(targets: Targets, rulebook: Rulebook, department: str = "") -> Whole | None:
    """The department's own part of the targets of a year; None where there is none, or the rulebook scores none.

    ``department`` is its name where the units do not tell it (``departments_of``).
    """
    rows = [row for row in targets.department.records if row["title"] or row["indicator_text"]]
    if not rows or not rulebook.whole_sections:
        return None
    own = whole_rules(rulebook)
    project = _project(targets, department)
    linked = _linked(targets, rulebook, rows)
    sound = {key: one for key, one in linked.items() if not one.faulty}
    links = [[sound[key] for key in _keys(row) if key in sound] for row in rows]
    indicators = _clauses(rows, links, own, project["project"])
    made = replace(
        targets,
        projects=PROJECTS.rows([project]),
        indicators=INDICATORS.rows(map(vars, indicators)),
        plan=PLAN.rows(),
        faulty=frozenset(),
    )
    (case,) = cases(made)
    promised, _ = promises(case, own)
    usable = {
        one.indicator.indicator: tuple(theirs)
        for one, theirs in zip(promised, links, strict=True)
        if theirs and all(_answers_alike(one, other.promise) for other in theirs)
    }
    taken = frozenset(clause for clause, theirs in usable.items() if len(theirs) == 1)
    described = [
        replace(
            one,
            description=_said(row, theirs, taken=one.indicator in taken),
            kind=_kind(promise, usable.get(one.indicator, ()), own),
        )
        for one, promise, row, theirs in zip(indicators, promised, rows, links, strict=True)
    ]
    made = replace(made, indicators=INDICATORS.rows(map(vars, described)), taken=taken)
    told = [found for one in promised for found in _different(one, usable.get(one.indicator.indicator, ()), case)]
    clauses = zip(indicators, rows, links, strict=True)
    told += [found for one, row, theirs in clauses for found in _by_its_words(one, row, theirs, case)]
    told += _unknown(rows, linked, promised_at(targets.file, sheet_beside(rows[0]["cell"], "部门目标"), case.code))
    return Whole(made, own, usable, tuple(told))


def _clauses(rows: Sequence[Row], links: Sequence[Sequence[Linked]], rulebook: Rulebook, code: str) -> list[Indicator]:
    """One indicator a clause, under its section and partial goal, with its points and the value that it promises."""
    sections = [_section_of(row["title"].strip(_END), rulebook) for row in rows]
    shared = zip(rows, links, sections, _points(rows, sections, rulebook), strict=True)
    return [
        Indicator(
            indicator=f"{code}-{number:02d}",
            project=code,
            level1=section.label if section else "",
            level2=row["title"].strip(_END),
            level3=row["indicator_text"].strip(_END) or row["title"].strip(_END),
            description="",
            target=_target(row, theirs),
            basis="",
            kind="",
            points=points,
            cell=row["cell"],
        )
        for number, (row, theirs, section, points) in enumerate(shared, start=1)
    ]


def _unknown(rows: Sequence[Row], linked: Mapping[str, Linked], place: Place) -> Iterator[Problem]:
    """What clauses speak of that no project has."""
    unknown = dict.fromkeys(key for row in rows for key in _keys(row) if key not in linked)
    if unknown:
        more = f"等{len(unknown)}个" if len(unknown) > _TOLD else ""
        yield problem("W262", place, found=f"{'、'.join([*unknown][:_TOLD])}{more}")


def _own(part: Section, rulebook: Rulebook) -> Section:
    """A section as projects have them: its clauses stand under its own name."""
    return part if part.id == rulebook.execution.section else replace(part, levels1=(part.label,))


def _section_of(title: str, rulebook: Rulebook) -> Section | None:
    """The section that a partial goal belongs to: the one that names it, else the one that takes the rest."""
    others = [part for part in rulebook.whole_sections if part.id != rulebook.execution.section]
    named = next((part for part in others if is_heading(title, part.levels1)), None)
    return named or next((part for part in others if not part.levels1), None)


def _project(targets: Targets, department: str) -> dict[str, Any]:
    units = dict(zip(targets.projects.column("unit_code"), targets.projects.column("unit_name"), strict=True))
    codes = {department_code(code) for code in units if code}
    code = codes.pop() if len(codes) == 1 else next(iter(units), "")
    only = next(iter(units.values())) if len(units) == 1 else ""
    name = departments_of(targets).get(code, "") or department or only
    return {
        "seq": 1,
        "unit_code": code,
        "unit_name": name,
        "project": f"{code}-{WHOLE}",
        "name": f"{name}{WHOLE}支出",
        "goal": targets.overall_goal,
    }


def _linked(targets: Targets, rulebook: Rulebook, rows: Sequence[Row]) -> dict[str, Linked]:
    """The indicators of projects that clauses speak of."""
    wanted = {key for row in rows for key in _keys(row)}
    owners = {row["project"] for row in targets.indicators.records if row["indicator"] in wanted}
    return {
        one.indicator.indicator: Linked(case.code, case.project.name, one, one.held_back(case))
        for case in cases(targets.only(list(owners)))
        for one in promises(case, rulebook)[0]
        if one.indicator.indicator in wanted
    }


def _keys(row: Row) -> list[str]:
    """The 指标编号 that a clause names, however they are parted."""
    return [key for key in _BETWEEN.split(row["indicators"]) if key]


def _target(row: Row, linked: Sequence[Linked]) -> str:
    """The value that a clause names, else that of the indicators it speaks of, else its words."""
    if row["target"]:
        return str(row["target"])
    theirs = _targets(linked)
    if len({*map(normalise, theirs)}) == 1 and len(theirs) == len(linked):
        return theirs[-1]
    return str(row["indicator_text"] or row["title"]).strip(_END)


def _targets(linked: Sequence[Linked]) -> list[str]:
    """The values that indicators promise, of those that promise one."""
    return [one.promise.indicator.target for one in linked if one.promise.need.item]


def _by_its_words(indicator: Indicator, row: Row, linked: Sequence[Linked], case: Case) -> Iterator[Problem]:
    """That a clause names no value, and the indicators that it speaks of name several, numbers among them."""
    theirs = _targets(linked)
    numbers = any(not math.isnan(one.promise.reading.numbers.value) for one in linked)
    if numbers and not row["target"] and indicator.target not in theirs:
        place = promised_at(case.targets_file, indicator.cell, case.code, indicator.indicator)
        yield problem("W264", place, name=indicator.level3, found="、".join(dict.fromkeys(theirs)))


def _said(row: Row, linked: Sequence[Linked], *, taken: bool) -> str:
    """What a clause says beside its name: whose values it takes over, or whose it may."""
    if not linked:
        return ""
    named = "、".join(one.said for one in linked)
    borrowed = "" if row["target"] or _target(row, linked) == row["indicator_text"].strip(_END) else "，指标值同项目"
    if taken:
        return f"取自{named}{borrowed}"
    return f"对应{named}{borrowed}；请填写"


def _points(rows: Sequence[Row], sections: Sequence[Section | None], rulebook: Rulebook) -> list[float]:
    """The points of each clause: those of a section evenly over its partial goals, then over the clauses of each."""
    found, step = [math.nan] * len(rows), rulebook.rounding.step
    for section in rulebook.sections:
        goals: dict[Any, list[int]] = {}
        for at, (row, owner) in enumerate(zip(rows, sections, strict=True)):
            if owner is not None and owner.id == section.id:
                goals.setdefault(row["title"].strip(_END) or row["seq"], []).append(at)
        shares = share_out(section.points, [Fraction(1)] * len(goals), step) if goals else []
        for share, clauses in zip(shares, goals.values(), strict=True):
            for at, points in zip(clauses, share_out(share, [Fraction(1)] * len(clauses), step), strict=True):
                found[at] = points / UNIT
    return found


def _answers_alike(clause: Promise, other: Promise) -> bool:
    """Whether what answers an indicator of a project answers a clause too: the same need, in the same unit."""
    unit, theirs = clause.asked.unit, other.asked.unit
    same = unit == theirs or any({unit, theirs} <= {*group} for group in clause.asked.same)
    return clause.kind is not None and clause.need is other.need and bool(clause.need.item) and same


def _kind(clause: Promise, linked: Sequence[Linked], rulebook: Rulebook) -> str:
    """The kind that the projects' own sign tells of a clause with the same number and no sign; blank for its own."""
    kinds = {one.promise.reading.kind for one in linked}
    entry = next((entry for entry in rulebook.recognise if entry.id == clause.reading.rule), None)
    same = all(one.promise.reading.numbers.value == clause.reading.numbers.value for one in linked)
    return kinds.pop() if len(kinds) == 1 and same and entry is not None and entry.shape in _BARE else ""


def _different(clause: Promise, linked: Sequence[Linked], case: Case) -> Iterator[Problem]:
    """What a clause promises otherwise than the project that its value comes from."""
    for one in linked:
        mine, theirs = clause.reading.numbers.value, one.promise.reading.numbers.value
        ways = [0 if kind is None else kind.better for kind in (clause.kind, one.promise.kind)]
        against = ways[0] * ways[1] < 0
        if against or (not (math.isnan(mine) and math.isnan(theirs)) and mine != theirs):
            indicator = clause.indicator
            place = promised_at(case.targets_file, indicator.cell, case.code, indicator.indicator)
            facts = {"name": indicator.level3, "target": indicator.target, "linked": one.said}
            yield problem("W260", place, **facts, other=one.promise.indicator.target)
