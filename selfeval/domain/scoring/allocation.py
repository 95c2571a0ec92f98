"""Allocation: the 100 points of a project, shared out over its sections and indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isnan

from selfeval.domain.case import Case
from selfeval.domain.points import share_out
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rounding import UNIT, WHOLE, fraction, show_points
from selfeval.domain.rulebook import Rulebook, Section


@dataclass(frozen=True)
class Share:
    """The points of an indicator in hundredths and the id of its section; a ``faulty`` one cannot be scored."""

    points: int
    section: str
    faulty: bool = False


def allocate(case: Case, applies: Sequence[bool], rulebook: Rulebook) -> tuple[list[Share], list[Problem]]:
    """Share out the points of a project; ``applies`` says of each indicator whether it is scored (not 不涉及).

    Inside a section the target table's own 分值 are the weights when given (all of them, adding up), else all rows
    weigh the same. By ``within_section`` 不涉及 gives its points to the rest of the section; a section that is wholly
    不涉及 (or has no rows) gives them to the other sections in proportion. By ``whole_form`` they are left out, so that
    the points add up to less than 100 and the total is converted. The execution rate keeps its points.
    """
    by_level = {normalise(level): section for section in rulebook.sections for level in section.levels1}
    owners = [by_level.get(normalise(indicator.level1)) for indicator in case.indicators]
    place = Place(case.code, "", case.targets_file, "指标")
    problems = [
        problem("E507", place.at(indicator=indicator.indicator), level1=indicator.level1)
        for indicator, owner in zip(case.indicators, owners, strict=True)
        if owner is None
    ]
    sharing = _Sharing(case, applies, owners, rulebook, place)
    points, faulty = sharing.out()
    shares = [
        Share(points[i], "" if owner is None else owner.id, owner is None or i in faulty)
        for i, owner in enumerate(owners)
    ]
    return shares, [*problems, *sharing.problems]


class _Sharing:
    """The sharing out of one project's points; indicators are named by their positions."""

    def __init__(
        self, case: Case, applies: Sequence[bool], owners: Sequence[Section | None], rulebook: Rulebook, place: Place
    ) -> None:
        self._name = case.code
        self._given = [indicator.points for indicator in case.indicators]
        self._applies = applies
        self._execution = rulebook.execution.section
        self._rulebook = rulebook
        self._place = place
        self._members: dict[str, list[int]] = {}
        for i, owner in enumerate(owners):
            if owner is not None:
                self._members.setdefault(owner.id, []).append(i)
        self.problems: list[Problem] = []

    def out(self) -> tuple[list[int], set[int]]:
        """The points of every indicator, and those whose section could not be shared out."""
        points, faulty = [0] * len(self._given), set[int]()
        live = {
            section: kept
            for section, members in self._members.items()
            if (kept := [i for i in members if self._applies[i]])
        }
        whole_form = self._rulebook.not_applicable == "whole_form"
        totals = self._own_totals(live) if whole_form else self._section_totals(live)
        for section in self._rulebook.sections:
            if section.id not in live:
                continue
            # 不涉及 keeps its part of the section for now, and loses it below
            kept = self._members[section.id] if whole_form else live[section.id]
            weights = self._weights(section, self._members[section.id], kept, totals[section.id])
            if weights is None:
                faulty.update(live[section.id])
                weights = [Fraction(1)] * len(kept)
            for i, part in zip(kept, share_out(totals[section.id], weights), strict=True):
                points[i] = part if i in live[section.id] else 0
        if whole_form and live:
            self._say_converted(points)
        return points, faulty

    def _own_totals(self, live: dict[str, list[int]]) -> dict[str, int]:
        """The sections' own points; without any row to score nothing can be converted."""
        if not live:
            self._section_totals(live)
        return {section.id: section.points for section in self._rulebook.sections}

    def _say_converted(self, points: list[int]) -> None:
        counted = self._rulebook.execution_points + sum(points[i] for rows in self._members.values() for i in rows)
        if counted < WHOLE:
            self.problems.append(problem("W506", self._place, points=show_points(counted)))

    def _section_totals(self, live: dict[str, list[int]]) -> dict[str, int]:
        """The points of each section that has rows to score; empty ones give theirs to the others."""
        sections = [section for section in self._rulebook.sections if section.id != self._execution]
        kept = [section for section in sections if section.id in live]
        total = sum(section.points for section in sections)
        if not kept:
            self.problems.append(problem("E513", self._place, name=self._name, points=show_points(total)))
            return {}
        taken = {section.id: section.points for section in kept}
        for empty in sections:
            if empty.id not in live:
                self._give_away(empty, taken)
        parts = share_out(total, [Fraction(taken[section.id]) for section in kept])
        return {section.id: part for section, part in zip(kept, parts, strict=True)}

    def _give_away(self, empty: Section, taken: dict[str, int]) -> None:
        """What becomes of the points of a section without rows to score; ``taken`` has the others'."""
        facts = {"section": empty.label, "points": show_points(empty.points)}
        if not empty.if_empty or any(name not in taken for name, _ in empty.if_empty):
            self.problems.append(problem("W501", self._place, **facts))
            return
        labels = {section.id: section.label for section in self._rulebook.sections}
        shares = "、".join(f"{labels[name]} {show_points(part)} 分" for name, part in empty.if_empty)
        self.problems.append(problem("W507", self._place, shares=shares, **facts))
        for name, part in empty.if_empty:
            taken[name] += part

    def _weights(self, section: Section, members: list[int], kept: list[int], now: int) -> list[Fraction] | None:
        """The weights of the kept rows; None when the given 分值 cannot be used, which is reported.

        They add up to the section's own points, or to what it holds ``now`` that another is empty.
        """
        given = [i for i in members if not isnan(self._given[i])]
        if not given:
            return [Fraction(1)] * len(kept)
        if any(isnan(self._given[i]) for i in kept if self._applies[i]):
            self.problems.append(problem("E509", self._place, section=section.label))
            return None
        weights = {i: fraction(self._given[i]) for i in given}
        total = sum(weights.values(), Fraction(0)) * UNIT
        if (
            total not in {section.points, now}
            or any(weight < 0 for weight in weights.values())
            or not any(weights.get(i) for i in kept)
        ):
            facts = {"section": section.label, "found": f"{float(total / UNIT):.12g}"}
            self.problems.append(problem("E508", self._place, expected=show_points(section.points), **facts))
            return None
        return [weights.get(i, Fraction(0)) for i in kept]
