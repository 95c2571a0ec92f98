"""Allocation: the 100 points of a project, shared out over its sections and indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isnan

from selfeval.domain.case import Case
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.headings import plain_heading
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import UNIT, WHOLE, fraction
from selfeval.domain.rulebook import ExtraKind, Rulebook, Section
from selfeval.domain.rulebook.homes import adoption


@dataclass(frozen=True)
class Share:
    """The points of an indicator in hundredths and the id of its section; a ``faulty`` one cannot be scored.

    Outside the 100 it has no points, but may add or take as many as ``most``.
    """

    points: int
    section: str
    faulty: bool
    most: int = 0
    extra: ExtraKind = ""

    @property
    def worth(self) -> int:
        """The points that a share of 1 stands for."""
        return self.most if self.extra else self.points


def share_out(total: int, weights: Sequence[Fraction], step: int = 1) -> list[int]:
    """``total`` hundredths in proportion to ``weights``, adding up exactly.

    Each part is cut to a whole ``step`` (a hundredth); the missing ones go one each to the largest remainders, and
    among equal remainders to the first rows. Even weights therefore give 50/6 as 8.34, 8.34, 8.33 … = 50.00.
    Steps that do not add up to the total, or would leave a row of weight without points, become hundredths.
    Raises ValueError when the weights are negative or add up to nothing.
    """
    whole = sum(weights, Fraction(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError(f"weights must be positive: {weights}")
    if total % step:
        step = 1
    exact = [total * weight / whole / step for weight in weights]
    parts = [int(part // 1) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: total // step - sum(parts)]:
        parts[i] += 1
    if step > 1 and any(weight and not part for weight, part in zip(weights, parts, strict=True)):
        return share_out(total, weights)
    return [part * step for part in parts]


def allocate(
    case: Case, applies: Sequence[bool], rulebook: Rulebook, *, execution: bool = True
) -> tuple[list[Share], list[Problem]]:
    """Share out the points of a project; ``applies`` says of each indicator whether it is scored (not 不涉及).

    ``execution``: whether the execution rate is; else its points are those of a section without rows.

    Inside a section the target table's own 分值 are the weights when given (all of them, adding up), else all rows
    weigh the same. By ``within_section`` 不涉及 gives its points to the rest of the section; a section that is wholly
    不涉及 (or has no rows) gives them to the other sections in proportion. By ``whole_form`` they are left out, so that
    the points add up to less than 100 and the total is converted. The execution rate keeps its points.

    Outside the 100 the 分值 given need not add up (the section counts for no more than its points); without any, all
    rows of a section may add or take the same.
    """
    sharing = _Sharing(case, applies, rulebook, execution=execution)
    points, faulty = sharing.out()
    shares = [
        Share(0, owner.id, i in faulty, points[i], owner.extra)
        if owner is not None and owner.extra
        else Share(points[i], "" if owner is None else owner.id, owner is None or i in faulty)
        for i, owner in enumerate(sharing.owners)
    ]
    return shares, sharing.problems


class _Sharing:
    """The sharing out of one project's points; indicators are named by their positions."""

    def __init__(self, case: Case, applies: Sequence[bool], rulebook: Rulebook, *, execution: bool) -> None:
        self._case, self._rulebook, self._execution = case, rulebook, execution
        self._place = case.promised_in("指标")
        self.problems: list[Problem] = []
        by_level = {plain_heading(level): section for section in rulebook.sections for level in section.levels1}
        self.owners = [by_level.get(plain_heading(indicator.level1)) for indicator in case.indicators]
        self._members: dict[str, list[int]] = {}
        for i, (indicator, owner) in enumerate(zip(case.indicators, self.owners, strict=True)):
            if owner is None and (indicator.level1 or not case.is_faulty("")):  # a blank one of a table is told (E127)
                place = self._place.at(indicator=indicator.indicator, cell=indicator.cell.rpartition("!")[2])
                facts = adoption(indicator.level1, rulebook.sections)
                facts |= {"name": case.project.name, "level3": indicator.level3, "rules": rulebook.id}
                self.problems.append(problem("E507", place, level1=indicator.level1, **facts))
            if owner is not None:
                self._members.setdefault(owner.id, []).append(i)
        scored = {section: [i for i in members if applies[i]] for section, members in self._members.items()}
        self._scored = {section: rows for section, rows in scored.items() if rows}
        self._inside = [section for section in rulebook.sections if not section.extra]
        self._any = any(section.id in self._scored for section in self._inside)

    def out(self) -> tuple[list[int], set[int]]:
        """The points of every indicator, and those whose section could not be shared out."""
        points, faulty = [0] * len(self.owners), set[int]()
        whole_form = self._rulebook.not_applicable == "whole_form"
        totals = {section.id: section.points for section in self._inside}
        if not (whole_form and self._any):  # without any row to score nothing can be converted
            totals = self._section_totals()
        for section in self._inside:
            if section.id not in self._scored:
                continue
            scored, total = self._scored[section.id], totals[section.id]
            # 不涉及 keeps its part of the section for now, and loses it below
            kept = self._members[section.id] if whole_form else scored
            weights = self._weights(section, kept, total)
            if weights is None:
                faulty.update(scored)
                weights = [Fraction(1)] * len(kept)
            for i, part in zip(kept, share_out(total, weights, self._step(section)), strict=True):
                points[i] = part if i in scored else 0
        counted = (self._rulebook.execution_points if self._execution else 0) + sum(points)
        if whole_form and self._any and counted < WHOLE:
            self._report("W506", points=self._rulebook.rounding.show(counted))
        for section in self._rulebook.sections:
            if section.extra and section.id in self._scored:
                faulty.update(self._outside(section, points))
        return points, faulty

    def _step(self, section: Section) -> int:
        """The smallest part of its points: that of a printed score, or a hundredth where the 分值 given are finer."""
        step, given = self._rulebook.rounding.step, (self._case.indicators[i].points for i in self._members[section.id])
        return step if all(isnan(points) or fraction(points) * UNIT % step == 0 for points in given) else 1

    def _outside(self, section: Section, points: list[int]) -> list[int]:
        """Fills in what each row of a section outside the 100 may add or take; gives the rows where that is unknown."""
        scored = self._scored[section.id]
        given = {i: self._case.indicators[i].points for i in scored if not isnan(self._case.indicators[i].points)}
        if not given:
            even = share_out(section.points, [Fraction(1)] * len(scored), self._step(section))
            points_of = dict(zip(scored, even, strict=True))
        else:
            points_of = {i: int(fraction(found) * UNIT) for i, found in given.items()}
        for i, part in points_of.items():
            points[i] = max(0, part)
        if given and (len(given) < len(scored) or any(found < 0 for found in given.values())):
            self._report("E509", section=section.label)
            return scored
        return []

    def _report(self, code: str, **facts: object) -> None:
        self.problems.append(problem(code, self._place, **facts))

    def _section_totals(self) -> dict[str, int]:
        """The points of each section that has rows to score; empty ones give theirs to the others."""
        own = self._rulebook.execution.section
        sections = [section for section in self._inside if section.id != own or not self._execution]
        taken = {section.id: section.points for section in sections if section.id in self._scored}
        total = sum(section.points for section in sections)
        if not taken:
            self._report("E513", name=self._case.project.name, points=self._rulebook.rounding.show(total))
            return {}
        for section in sections:
            if section.id not in self._scored and section.points:
                self._give_away(section, taken)
        parts = share_out(total, list(map(Fraction, taken.values())), self._rulebook.rounding.step)
        return dict(zip(taken, parts, strict=True))

    def _give_away(self, empty: Section, taken: dict[str, int]) -> None:
        """What becomes of the points of a section without rows to score; ``taken`` has the others'."""
        facts = {"section": empty.label, "points": self._rulebook.rounding.show(empty.points)}
        if not empty.if_empty or any(name not in taken for name, _ in empty.if_empty):
            self._report("W501", **facts)
            return
        labels = {section.id: section.label for section in self._rulebook.sections}
        shares = "、".join(f"“{labels[name]}”{self._rulebook.rounding.show(part)}分" for name, part in empty.if_empty)
        self._report("W507", shares=shares, **facts)
        for name, part in empty.if_empty:
            taken[name] += part

    def _weights(self, section: Section, kept: list[int], now: int) -> list[Fraction] | None:
        """The weights of the kept rows; None when the given 分值 cannot be used, which is reported.

        They add up to the section's own points, or to what it holds ``now`` that another is empty.
        """
        given = {i: self._case.indicators[i].points for i in self._members[section.id]}
        weights = {i: fraction(points) for i, points in given.items() if not isnan(points)}
        if not weights:
            return [Fraction(1)] * len(kept)
        if any(i not in weights for i in self._scored[section.id]):
            self._report("E509", section=section.label)
            return None
        total = sum(weights.values(), Fraction(0)) * UNIT
        fits = total in {section.points, now} and all(weight >= 0 for weight in weights.values())
        if not fits or not any(weights.get(i) for i in kept):
            found = f"{float(total / UNIT):.12g}"
            rows = (self._case.indicators[i] for i in weights)
            facts = {"points": "、".join(f"{one.indicator[-2:]} {show_number(one.points)}" for one in rows)}
            facts |= {"name": self._case.project.name, "expected": self._rulebook.rounding.show(section.points)}
            self._report("E508", section=section.label, found=found, **facts)
            return None
        return [weights.get(i, Fraction(0)) for i in kept]
