"""Allocation: the 100 points of a project, shared out over its sections and indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from selfeval.domain.points import share_out
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rounding import fraction, show_points
from selfeval.domain.rulebook import Rulebook, Section
from selfeval.domain.scored import State

WHOLE = 10_000
"""A form has 100.00 points."""


@dataclass(frozen=True)
class Allocation:
    """Points in hundredths and the section id of every row, in row order; ``faulty`` rows cannot be scored."""

    points: list[int]
    sections: list[str]
    faulty: list[bool]


def allocate(
    rows: pd.DataFrame, states: list[State], rulebook: Rulebook, projects: Sequence[str], file: str
) -> tuple[Allocation, list[Problem]]:
    """Share out the points of every one of ``projects`` (项目编码), also of those without any row.

    Inside a section the target table's own 分值 are the weights when given (all of them, adding up), else all rows
    weigh the same. By ``within_section`` 不涉及 gives its points to the rest of the section; a section that is wholly
    不涉及 (or has no rows) gives them to the other sections in proportion. By ``whole_form`` they are left out, so that
    the points add up to less than 100 and the total is converted. The execution rate keeps its points.
    """
    by_level = {normalise(level): section for section in rulebook.sections for level in section.levels1}
    levels = rows["level1"].tolist()
    owners = [by_level.get(normalise(level)) for level in levels]
    points = [0] * len(rows)
    faulty = [False] * len(rows)
    problems: list[Problem] = []
    positions_of = rows.groupby("project", sort=False).indices
    for name in projects:
        positions = positions_of.get(name, ())
        for i in positions:
            if owners[i] is None:
                faulty[i] = True
                place = Place(name, str(rows["indicator"].iloc[i]), file, "指标")
                problems.append(problem("E507", place, level1=levels[i]))
        known = [int(i) for i in positions if owners[i] is not None]
        shares = _Project(name, known, owners, states, rows["points"].to_numpy(), rulebook, file)
        shares.fill(points, faulty)
        problems.extend(shares.problems)
    sections = ["" if owner is None else owner.id for owner in owners]
    return Allocation(points, sections, faulty), problems


class _Project:
    """The sharing out of one project's points."""

    def __init__(
        self,
        project: str,
        positions: list[int],
        owners: list[Section | None],
        states: list[State],
        given: np.ndarray[tuple[int], np.dtype[np.float64]],
        rulebook: Rulebook,
        file: str,
    ) -> None:
        self._project = project
        self._given = given
        self._execution = rulebook.execution.section
        self._rulebook = rulebook
        self._place = Place(project, "", file, "指标")
        self._states = states
        self._members: dict[str, list[int]] = {}
        for i in positions:
            owner = owners[i]
            assert owner is not None
            self._members.setdefault(owner.id, []).append(i)
        self.problems: list[Problem] = []

    def fill(self, points: list[int], faulty: list[bool]) -> None:
        live = {
            section: kept
            for section, members in self._members.items()
            if (kept := [i for i in members if self._states[i] is not State.NOT_APPLICABLE])
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
                for i in live[section.id]:
                    faulty[i] = True
                weights = [Fraction(1)] * len(kept)
            for i, part in zip(kept, share_out(totals[section.id], weights), strict=True):
                points[i] = part if i in live[section.id] else 0
        if whole_form and live:
            self._say_converted(points)

    def _own_totals(self, live: dict[str, list[int]]) -> dict[str, int]:
        """The sections' own points; without any row to score nothing can be converted."""
        if not live:
            self._section_totals(live)
        return {one.id: one.points for one in self._rulebook.sections}

    def _say_converted(self, points: list[int]) -> None:
        execution = sum(one.points for one in self._rulebook.sections if one.id == self._execution)
        counted = execution + sum(points[i] for members in self._members.values() for i in members)
        if counted < WHOLE:
            self.problems.append(problem("W506", self._place, points=show_points(counted)))

    def _section_totals(self, live: dict[str, list[int]]) -> dict[str, int]:
        """The points of each section that has rows to score; empty ones give theirs to the others."""
        sections = [one for one in self._rulebook.sections if one.id != self._execution]
        kept = [one for one in sections if one.id in live]
        if not kept:
            total = sum(one.points for one in sections)
            self.problems.append(problem("E513", self._place, name=self._project, points=show_points(total)))
            return {}
        taken = {one.id: one.points for one in kept}
        for empty in sections:
            if empty.id in live:
                continue
            facts = {"section": empty.label, "points": show_points(empty.points)}
            if empty.if_empty and all(name in live for name, _ in empty.if_empty):
                labels = {one.id: one.label for one in sections}
                shares = "、".join(f"{labels[name]} {show_points(part)} 分" for name, part in empty.if_empty)
                self.problems.append(problem("W507", self._place, shares=shares, **facts))
                for name, part in empty.if_empty:
                    taken[name] += part
            else:
                self.problems.append(problem("W501", self._place, **facts))
        total = sum(one.points for one in sections)
        parts = share_out(total, [Fraction(taken[one.id]) for one in kept])
        return {one.id: part for one, part in zip(kept, parts, strict=True)}

    def _weights(self, section: Section, members: list[int], kept: list[int], now: int) -> list[Fraction] | None:
        """The weights of the kept rows; None when the given 分值 cannot be used, which is reported.

        They add up to the section's own points, or to what it holds ``now`` that another is empty.
        """
        given = [i for i in members if not np.isnan(self._given[i])]
        if not given:
            return [Fraction(1)] * len(kept)
        if any(np.isnan(self._given[i]) for i in kept if self._states[i] is not State.NOT_APPLICABLE):
            self.problems.append(problem("E509", self._place, section=section.label))
            return None
        weights = {i: fraction(self._given[i]) for i in given}
        total = sum(weights.values(), Fraction(0)) * 100
        if (
            total not in {section.points, now}
            or any(one < 0 for one in weights.values())
            or not any(weights.get(i) for i in kept)
        ):
            facts = {"section": section.label, "found": f"{float(total / 100):.12g}"}
            expected = show_points(section.points)
            self.problems.append(problem("E508", self._place, expected=expected, **facts))
            return None
        return [weights.get(i, Fraction(0)) for i in kept]
