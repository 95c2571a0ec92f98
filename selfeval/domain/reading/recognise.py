"""Recognise: a target as printed to its kind and numbers, by a named entry of the rulebook.

The explicit 类型 of the target table comes first, an override by indicator second, then the entry with the longest
match. Two equally long matches that mean different kinds are an error: nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import pandas as pd

from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.period import excel_day, read_period
from selfeval.domain.reading.quantity import Quantity, normalise, read_quantity, unit_class
from selfeval.domain.rulebook import Entry, Rulebook
from selfeval.domain.tables import Column, Table
from selfeval.domain.targets import Targets

READINGS = Table(
    "readings",
    (
        Column("indicator", "text", "指标编号"),
        Column("kind", "text", "kind id; blank when not recognised"),
        Column("rule", "text", "id of the entry, override:<指标编号>, or 类型 for an explicit one"),
        Column("because", "text", "why an override was needed"),
        Column("target_value", "number", "target, lower bound, or deadline as an Excel day; NaN where none"),
        Column("target_upper", "number", "upper bound of a range; NaN elsewhere"),
        Column("target_unit", "text", "unit of target_value; 日期 for a deadline"),
        Column("strict", "flag", "a strict sign or word: equality counts as met and is flagged"),
    ),
)

BY_TABLE = "类型"
"""What stands as the rule when the target table itself names the kind."""

_LONGEST_UNIT = 5
"""Characters of the unit of a bare number: in 12348法律服务热线 the number belongs to a name."""

_NUMERIC = {"at_least", "at_most", "exactly"}
_RANGE = re.compile(r"(?P<low>[\d.,]+)(?P<unit1>\D{0,8}?)(?:-|~|—|–|至|到)(?P<high>[\d.,]+)(?P<unit2>\D{0,8})")


@dataclass(frozen=True)
class Match:
    """An entry that fits a text: how many characters it matched, and what is left without them."""

    entry: Entry
    length: int
    rest: str


def recognise_targets(targets: Targets, rulebook: Rulebook) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The kind and numbers of every indicator (READINGS, in the order of ``targets.indicators``), and problems.

    Each distinct text is read once.
    """
    entries = _Recogniser(rulebook, targets.year)
    rows: list[dict[str, object]] = []
    problems: list[Problem] = []
    columns = ["project", "indicator", "target", "level2", "kind", "cell"]
    for record in targets.indicators[columns].itertuples(index=False, name=None):
        project, indicator, target, level2, kind, cell = (str(one) for one in record)
        sheet, _, address = cell.rpartition("!")
        place = Place(project, indicator, targets.file, sheet, address)
        row, code, facts = entries.read(indicator, target, level2, kind)
        rows.append({"indicator": indicator, **row})
        if code:
            problems.append(problem(code, place, target=target, indicator=indicator, year=targets.year, **facts))
    return READINGS.frame(rows), tuple(problems)


Reading = tuple[dict[str, object], str, dict[str, str]]
"""The columns of a reading, a problem code (blank: none), and the facts of the problem."""


class _Recogniser:
    """The entries of one rulebook, made ready to match many texts."""

    def __init__(self, rulebook: Rulebook, year: int) -> None:
        self._rulebook = rulebook
        self._year = year
        self._entries = [_Prepared(entry) for entry in rulebook.recognise]
        self._by_text = lru_cache(maxsize=None)(self._by_entry)

    def read(self, indicator: str, target: str, level2: str, explicit: str) -> Reading:
        if explicit:
            kind = _kind_of(explicit)
            if kind is None:
                return (
                    {},
                    "E506",
                    {"found": explicit, "known": "、".join(one.label for one in KINDS.values())},
                )
            return self._as_kind(kind, target, {"rule": BY_TABLE})
        override = self._rulebook.overrides.get(indicator)
        if override is not None:
            named: dict[str, object] = {"rule": f"override:{indicator}", "because": override.because}
            return self._as_kind(override.kind, override.target or target, named)
        return self._by_text(target, normalise(level2))

    def _by_entry(self, target: str, level2: str) -> Reading:
        text = normalise(target)
        if not text:
            return {}, "E505", {}
        matches = [match for one in self._entries if (match := one.match(text, level2, self._year))]
        if not matches:
            return {}, "E501", {}
        longest = max(match.length for match in matches)
        best = [match for match in matches if match.length == longest]
        if len({match.entry.kind for match in best}) > 1:
            return {}, "E502", {"rules": "、".join(match.entry.id for match in best)}
        # 低于5%以下: a strict word and a loose ending mean one kind; the strict one has the reviewer look at equality
        best.sort(key=lambda match: not match.entry.strict)
        entry = best[0].entry
        named: dict[str, object] = {"rule": entry.id, "strict": entry.strict}
        return self._numbers(entry.kind, self._bare(entry.kind, best[0].rest), named)

    def _bare(self, kind: str, rest: str) -> str:
        """What is left of a text without further signs and endings of the same kind (不低于95%以上)."""
        if kind not in _NUMERIC:
            return rest
        same = [one for one in self._entries if one.entry.kind == kind]
        while (shorter := next((text for one in same if (text := one.without_ends(rest)) != rest), rest)) != rest:
            rest = shorter
        return rest

    def _as_kind(self, kind: str, target: str, named: dict[str, object]) -> Reading:
        """Read a text as a kind that is already known: its sign or word is taken off when an entry names one."""
        text = normalise(target)
        if kind in _NUMERIC:
            matches = [one.match(text, "", self._year) for one in self._entries if one.entry.kind in _NUMERIC]
            found = [match for match in matches if match is not None]
            if found:
                best = max(found, key=lambda match: match.length)
                if best.entry.kind == kind:
                    named = {**named, "strict": best.entry.strict}
                text = self._bare(best.entry.kind, best.rest)
        return self._numbers(kind, text, named)

    def _numbers(self, kind: str, text: str, named: dict[str, object]) -> Reading:
        """The numbers that a kind needs, out of the text without its sign."""
        row = {**named, "kind": kind}
        if kind == "deadline":
            day = read_period(text, self._year)
            if day is None:
                return (
                    {"rule": named["rule"]},
                    "E503",
                    {"label": KINDS[kind].label, "wanted": "日期，如 12月底"},
                )
            return {**row, "target_value": float(excel_day(day)), "target_unit": "日期"}, "", {}
        if kind == "range":
            bounds = read_range(text)
            if bounds is None:
                return (
                    {"rule": named["rule"]},
                    "E503",
                    {"label": KINDS[kind].label, "wanted": "区间，如 90%-95%"},
                )
            low, high, unit = bounds
            numbers = {"target_value": float(low), "target_upper": float(high), "target_unit": unit}
            return {**row, **numbers}, "", {}
        if kind in _NUMERIC:
            quantity = read_quantity(text, label=True)
            if not isinstance(quantity, Quantity):
                wanted = _WANTED[quantity]
                return {"rule": named["rule"]}, "E503", {"label": KINDS[kind].label, "wanted": wanted}
            if quantity.value < 0:
                return {"rule": named["rule"]}, "E504", {}
            return {**row, "target_value": float(quantity.value), "target_unit": quantity.unit}, "", {}
        return row, "", {}


_WANTED = {
    "blank": "一个数",
    "no_number": "一个数",
    "approximate": "一个确定的数（现在写的是约数）",
    "several_numbers": "一个数（现在有不止一个）",
    "size": "一个大小合乎情理的数",
    "unit": "一个数和一个看得懂的计量单位",
}


class _Prepared:
    """One entry with its words folded the way texts are."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self._symbols = sorted((normalise(one) for one in entry.symbols), key=len, reverse=True)
        self._words = sorted((normalise(one) for one in entry.words), key=len, reverse=True)
        self._suffixes = sorted((normalise(one) for one in entry.suffixes), key=len, reverse=True)
        self._exact = {normalise(one) for one in entry.exact}
        self._patterns = [re.compile(one) for one in entry.patterns]
        self._level2 = {normalise(one) for one in entry.level2}

    def match(self, text: str, level2: str, year: int) -> Match | None:
        """How the entry fits a normalised text; None when it does not, or a condition fails."""
        found = self._longest(text, year)
        if found is None:
            return None
        length, rest = found
        entry = self.entry
        digits = any(character.isdigit() for character in text)
        if (entry.number == "present" and not digits) or (entry.number == "absent" and digits):
            return None
        if self._level2 and level2 not in self._level2:
            return None
        if entry.unit:
            quantity = read_quantity(rest, label=True)
            if not isinstance(quantity, Quantity) or unit_class(quantity.unit) not in entry.unit:
                return None
        return Match(entry, length, rest)

    def without_ends(self, text: str) -> str:
        """The text without one of the entry's symbols at its start or suffixes at its end."""
        for one in self._symbols:
            if text.startswith(one):
                return text[len(one) :]
        return next((text[: -len(one)] for one in self._suffixes if text.endswith(one)), text)

    def _longest(self, text: str, year: int) -> tuple[int, str] | None:
        whole = (
            text in self._exact
            or any(pattern.fullmatch(text) for pattern in self._patterns)
            or (self.entry.shape != "" and fits_shape(self.entry.shape, text, year))
        )
        if whole:
            return len(text), text
        found: list[tuple[int, str]] = []
        found += [(len(one), text[len(one) :]) for one in self._symbols if text.startswith(one)]
        found += [(len(one), text[: -len(one)]) for one in self._suffixes if text.endswith(one)]
        found += [(len(one), text.replace(one, "", 1)) for one in self._words if one in text]
        return max(found, key=lambda one: one[0], default=None)


def fits_shape(shape: str, text: str, year: int) -> bool:
    """Whether a whole normalised text is a bare number with its unit, a range, or a period."""
    if shape == "bare_number":
        # 12月底 is a day, though 12 could be a number and 月底 a unit
        quantity = read_quantity(text)
        short = isinstance(quantity, Quantity) and len(quantity.unit) <= _LONGEST_UNIT
        return short and read_period(text, year) is None
    if shape == "number_range":
        # 1-12月 is a period, though 1 and 12 could be months apart
        return read_range(text) is not None and read_period(text, year) is None
    return read_period(text, year) is not None


@lru_cache(maxsize=65536)
def read_range(text: str) -> tuple[Fraction, Fraction, str] | None:
    """Lower bound, upper bound and unit of ``90%-95%`` or ``5~8天``; None when the text is not a range."""
    match = _RANGE.fullmatch(normalise(text))
    if match is None:
        return None
    low = read_quantity(match["low"] + (match["unit1"] or match["unit2"]))
    high = read_quantity(match["high"] + match["unit2"])
    if not (isinstance(low, Quantity) and isinstance(high, Quantity)):
        return None
    return (low.value, high.value, high.unit) if low.unit == high.unit and low.value < high.value else None


def _kind_of(explicit: str) -> str | None:
    """The kind id of an explicit 类型: an id or a label."""
    text = normalise(explicit)
    for kind in KINDS.values():
        if text in {kind.id, normalise(kind.label)}:
            return kind.id
    return None
