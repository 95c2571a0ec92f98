"""Rulebook: how to score, as plain values with the place and source of each.

The YAML reader builds it; the scoring only reads it. All thresholds are exact fractions, all points hundredths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from selfeval.domain.curves import Curve
from selfeval.domain.reading.quantity import UnitClass, normalise, unit_class

NumberPresence = Literal["present", "absent", "any"]
Shape = Literal["", "bare_number", "number_range", "period"]
WhenAction = Literal["ask", "full", "zero", "not_applicable"]
PartUnit = Literal["proportional", "whole", "ignored"]
NotApplicable = Literal["within_section", "whole_form"]


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
        printed = f"约定：{self.title}" if self.convention else f"《{self.title}》"
        name = printed + (f"（{self.number}）" if self.number else "")
        return name if self.verified else f"{name}〔原文未核对〕"


@dataclass(frozen=True)
class Section:
    """A part of the 100 points. ``levels1`` are the 一级指标 that belong to it; blank for the execution rate.

    ``if_empty`` names the sections, with hundredths, that take its points when it has no indicator to score; without
    it, or when one of those is empty too, all others take them in proportion.
    """

    id: str
    label: str
    points: int
    levels1: tuple[str, ...]
    origin: Origin
    sources: tuple[str, ...] = ()
    note: str = ""
    if_empty: tuple[tuple[str, int], ...] = ()


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
    sources: tuple[str, ...] = ()
    note: str = ""

    def __hash__(self) -> int:
        return hash(self.id)

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
class Deduction:
    """少一场扣1分: ``points`` (in points) off for ``every`` units of the target missed.

    ``part`` says what a part of a unit costs: its part of the points, a whole unit's, or nothing.
    """

    points: Fraction
    every: Fraction
    part: PartUnit

    def describe(self, unit: str = "") -> str:
        """In words: 每 1场扣 0.5 分，不足 1场的按比例扣."""
        one = f"{show_plain(self.every)}{unit or '个单位'}"
        return f"每 {one}扣 {show_plain(self.points)} 分，不足 {one}的{_PART_WORDS[self.part]}"


_PART_WORDS: dict[PartUnit, str] = {"proportional": "按比例扣", "whole": "按一个扣", "ignored": "不扣"}


@dataclass(frozen=True)
class KindRule:
    """How one kind scores: the measure, the curve from measure to share of points, and what to do when stuck.

    ``when`` maps a case (``target_zero``, ``actual_missing``, ``actual_unreadable``, ``unit_differs``,
    ``no_level``) to an action. ``variant`` is the id of the variant of the kind, blank for the kind itself;
    ``deduct`` belongs to the measure ``per_unit``.
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
    variant: str = ""
    deduct: Deduction | None = None


@dataclass(frozen=True)
class Scope:
    """The indicators that a variant of a kind is for: every condition that is not empty must hold.

    The names are normalised texts; ``indicators`` are 指标编号, ``unit`` classes of the target's unit.
    """

    level1: tuple[str, ...] = ()
    level2: tuple[str, ...] = ()
    level3: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    unit: tuple[UnitClass, ...] = ()

    def holds(self, indicator: str, level1: str, level2: str, level3: str, unit: str) -> bool:
        """Whether an indicator with these names, and a target in this unit, is meant."""
        return (
            (not self.indicators or indicator in self.indicators)
            and (not self.level1 or normalise(level1) in self.level1)
            and (not self.level2 or normalise(level2) in self.level2)
            and (not self.level3 or normalise(level3) in self.level3)
            and (not self.unit or unit_class(unit) in self.unit)
        )


@dataclass(frozen=True)
class Variant:
    """Another way for a kind to score, for the indicators in its scope."""

    scope: Scope
    rule: KindRule


@dataclass(frozen=True)
class Basis:
    """What a part of the rules without an id rests on, and where it stands."""

    sources: tuple[str, ...] = ()
    note: str = ""
    origin: Origin = Origin("", 0)


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
    """How the budget execution rate scores: its section and curve.

    ``rate_first``: the rate is rounded to 0.01% before it is scored.
    """

    section: str
    curve: Curve
    sources: tuple[str, ...]
    note: str
    origin: Origin
    rate_first: bool = False


@dataclass(frozen=True)
class Check:
    """One of the checks that a finance bureau makes (``selfeval.domain.checks``), and where it draws the line.

    ``limit`` is in the unit that the check names (a share, points, 万元, a count); None where it needs none.
    ``words`` are what it looks for in texts. A check never changes a score.
    """

    id: str
    enabled: bool
    limit: Fraction | None
    words: tuple[str, ...]
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

    ``first_year`` and ``last_year`` bound the years it is in force (None: open). ``not_applicable`` says what becomes
    of the points of 不涉及: the rest of the section takes them (``within_section``), or they are left out and the
    total is converted to 100 (``whole_form``). Grades are listed from the highest. ``variants`` are by kind;
    ``grading`` is what the grades rest on. ``checks`` are by their ids.
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
    not_applicable: NotApplicable
    files: tuple[RuleFile, ...]
    variants: Mapping[str, tuple[Variant, ...]] = field(default_factory=dict)
    grading: Basis = Basis()
    checks: Mapping[str, Check] = field(default_factory=dict)

    def rule_for(
        self, kind: str, *, indicator: str = "", level1: str = "", level2: str = "", level3: str = "", unit: str = ""
    ) -> KindRule | None:
        """How one indicator of a kind scores: by the variant it falls under, else by the kind; None: no such kind.

        A variant that names the indicator comes before one that names levels. ``unit`` is that of the target.
        """
        fitting = [
            one for one in self.variants.get(kind, ()) if one.scope.holds(indicator, level1, level2, level3, unit)
        ]
        if fitting:
            return max(fitting, key=lambda one: bool(one.scope.indicators)).rule
        return self.kinds.get(kind)

    @property
    def execution_points(self) -> int:
        """The points of the execution rate, in hundredths."""
        return sum(section.points for section in self.sections if section.id == self.execution.section)

    def cite(self, ids: tuple[str, ...]) -> str:
        """The named sources as printed, joined by ；."""
        return "；".join(str(self.sources[one]) for one in ids)

    def grade(self, total: int) -> str:
        """The grade of a printed total in hundredths."""
        return next(grade.label for grade in self.grades if total >= grade.lowest)


def show_plain(number: Fraction) -> str:
    """A number without needless zeros."""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.12g}"


def show_percent(share: Fraction) -> str:
    """A share as a percentage without needless zeros: 4/5 is 80%."""
    percent = share * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else f"{float(percent):.12g}%"
