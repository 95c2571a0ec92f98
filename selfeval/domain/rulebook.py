"""Rulebook: how to score, as plain values with the place and source of each.

The YAML reader builds it; the scoring only reads it. All thresholds are exact fractions, all points hundredths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from selfeval.domain.curves import Curve

NumberPresence = Literal["present", "absent", "any"]
Shape = Literal["", "bare_number", "number_range", "period"]
WhenAction = Literal["ask", "full", "zero", "not_applicable"]


@dataclass(frozen=True)
class Origin:
    """The line of a rule file: ``rules/2024.yaml:31``."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Source:
    """A regulation or document a rule rests on. ``verified`` is False when the primary text was not seen.

    ``convention``: not a document but an agreement of the unit that wrote the rulebook, and printed as such.
    """

    id: str
    title: str
    number: str
    verified: bool
    note: str
    convention: bool = False

    def __str__(self) -> str:
        if self.convention:
            return f"约定：{self.title}"
        name = f"《{self.title}》" + (f"（{self.number}）" if self.number else "")
        return name if self.verified else f"{name}〔原文未核对〕"


@dataclass(frozen=True)
class Section:
    """A part of the 100 points. ``levels1`` are the 一级指标 that belong to it; blank for the execution rate."""

    id: str
    label: str
    points: int
    levels1: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True)
class Level:
    """A qualitative level and the share of points it allows.

    ``low`` and ``high`` bound the percentage as shares; ``low`` always belongs to the level, ``high`` only when
    ``high_included``. ``default`` is used, and named, when no percentage was given. ``words`` are what a
    department may write for it; ``label`` is one of them.
    """

    id: str
    label: str
    words: tuple[str, ...]
    low: Fraction
    high: Fraction
    high_included: bool
    default: Fraction
    origin: Origin

    def allows(self, share: Fraction) -> bool:
        """Whether the share lies inside the level's band."""
        return self.low <= share and (share < self.high or (self.high_included and share == self.high))

    @property
    def band(self) -> str:
        """The band as printed: 80%（含）–100%（含）."""
        ends = "（含）" if self.high_included else "（不含）"
        return f"{show_percent(self.low)}（含）–{show_percent(self.high)}{ends}"


@dataclass(frozen=True)
class Attention:
    """Thresholds that flag and may demand a reason, but never change a score.

    ``flag_from`` and ``reason_from`` are completions (actual / target) as shares; ``unequal`` flags any difference.
    """

    flag_from: Fraction | None
    reason_from: Fraction | None
    unequal: bool


@dataclass(frozen=True)
class KindRule:
    """How one kind scores: the measure, the curve from measure to share of points, and what to do when stuck.

    ``when`` maps a case (``target_zero``, ``actual_missing``, ``actual_unreadable``, ``unit_differs``,
    ``no_level``) to an action.
    """

    kind: str
    label: str
    measure: str
    curve: Curve
    attention: Attention
    when: Mapping[str, WhenAction]
    sources: tuple[str, ...]
    note: str
    origin: Origin


@dataclass(frozen=True)
class Entry:
    """One way to recognise a target: what to look for, under which conditions, and the kind it means.

    ``symbols`` stand at the start; ``words`` anywhere; ``suffixes`` at the end; ``exact`` is the whole text;
    ``patterns`` are regular expressions over the whole text; ``shape`` asks for a bare number with its unit, a
    range, or a period of time. ``unit`` lists classes of unit (rate, money, time, count), ``level2`` second-level
    indicators. ``strict`` marks a strict sign, for which equality is met but flagged.
    """

    id: str
    kind: str
    symbols: tuple[str, ...]
    words: tuple[str, ...]
    suffixes: tuple[str, ...]
    exact: tuple[str, ...]
    patterns: tuple[str, ...]
    shape: Shape
    number: NumberPresence
    unit: tuple[str, ...]
    level2: tuple[str, ...]
    strict: bool
    sources: tuple[str, ...]
    note: str
    origin: Origin


@dataclass(frozen=True)
class Override:
    """The reading of one indicator whose target no rule can read. ``because`` is printed wherever it is used.

    ``target`` is a text that the ordinary reading understands (``≥2360.46平方米``, ``2024年12月31日``); blank when
    the kind needs none.
    """

    indicator: str
    kind: str
    target: str
    because: str
    origin: Origin


@dataclass(frozen=True)
class Grade:
    """A grade and the lowest total, in hundredths, that earns it."""

    label: str
    lowest: int


@dataclass(frozen=True)
class Execution:
    """How the budget execution rate scores: its section, curve, and the flags."""

    section: str
    curve: Curve
    sources: tuple[str, ...]
    note: str
    origin: Origin


@dataclass(frozen=True)
class RuleFile:
    """A file the rulebook was read from, and its SHA-256."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Rulebook:
    """Everything ``score`` needs to know, resolved: no parents, no defaults left to apply.

    ``first_year`` and ``last_year`` bound the years it is in force (None: open). ``not_applicable`` says where the
    points of 不涉及 go: ``within_section``. Grades are listed from the highest.
    """

    id: str
    title: str
    first_year: int
    last_year: int | None
    sources: Mapping[str, Source]
    sections: tuple[Section, ...]
    execution: Execution
    kinds: Mapping[str, KindRule]
    recognise: tuple[Entry, ...]
    overrides: Mapping[str, Override]
    levels: tuple[Level, ...]
    grades: tuple[Grade, ...]
    not_applicable: Literal["within_section"]
    files: tuple[RuleFile, ...]

    def cite(self, ids: tuple[str, ...]) -> str:
        """The named sources as printed, joined by ；."""
        return "；".join(str(self.sources[one]) for one in ids)

    def grade(self, total: int) -> str:
        """The grade of a printed total in hundredths."""
        return next(grade.label for grade in self.grades if total >= grade.lowest)


def show_percent(share: Fraction) -> str:
    """A share as a percentage without needless zeros: 4/5 is 80%."""
    percent = share * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else f"{float(percent):.12g}%"
