"""Recognise: a target as printed to its kind and numbers, by a named entry of the rulebook.

The explicit 类型 of the target table comes first, an override by indicator second, then the entry with the longest
match. Two equally long matches that mean different kinds are an error: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from selfeval.domain.kind import Kind
from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.period import read_period
from selfeval.domain.reading.quantity import Quantity, normalise, read_quantity, unit_class
from selfeval.domain.reading.targets import NO_NUMBERS, Misread, TargetNumbers, read_range
from selfeval.domain.rulebook import Entry, Rulebook

BY_TABLE = "类型"
"""What stands as the rule when the target table itself names the kind."""

_LONGEST_UNIT = 5
"""Characters of the unit of a bare number: in 12348法律服务热线 the number belongs to a name."""


@dataclass(frozen=True)
class Reading:
    """What was read from a target.

    ``kind`` is a kind id, blank when not recognised; ``rule`` the id of the entry, ``override:<指标编号>``, or 类型 for
    an explicit one; ``because`` says why an override was needed. ``strict``: a strict sign or word, for which equality
    counts as met and is flagged. ``code`` is a problem code (blank: none), ``facts`` its facts.
    """

    kind: str = ""
    rule: str = ""
    because: str = ""
    numbers: TargetNumbers = NO_NUMBERS
    strict: bool = False
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """An entry that fits a text: how many characters it matched, and what is left without them."""

    entry: Entry
    length: int
    rest: str


_KEPT: dict[tuple[int, int], Recogniser] = {}
_MOST_KEPT = 8


def recogniser(rulebook: Rulebook, year: int) -> Recogniser:
    """The recogniser of a rulebook, made ready once for all projects of a year."""
    key = (id(rulebook), year)
    kept = _KEPT.get(key)
    if kept is None:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        kept = _KEPT[key] = Recogniser(rulebook, year)  # holds the rulebook, whose id no other can get meanwhile
    return kept


class Recogniser:
    """The entries of one rulebook, made ready to match many texts. Each distinct text is read once."""

    def __init__(self, rulebook: Rulebook, year: int) -> None:
        self._rulebook = rulebook
        self._year = year
        self._entries = [_Prepared(entry) for entry in rulebook.recognise]
        self._by_text = lru_cache(maxsize=None)(self._by_entry)

    def read(self, indicator: str, target: str, level2: str, explicit: str) -> Reading:
        """The reading of a target; ``explicit`` is the 类型 of the target table, usually blank."""
        if explicit:
            kind = _kind_of(explicit)
            if kind is None:
                known = "、".join(kind.label for kind in KINDS.values())
                return Reading(code="E506", facts={"found": explicit, "known": known})
            return self._as_kind(kind, target, Reading(rule=BY_TABLE))
        override = self._rulebook.overrides.get(indicator)
        if override is not None:
            named = Reading(rule=f"override:{indicator}", because=override.because)
            return self._as_kind(KINDS[override.kind], override.target or target, named)
        return self._by_text(target, normalise(level2))

    def _by_entry(self, target: str, level2: str) -> Reading:
        text = normalise(target)
        if not text:
            return Reading(code="E505")
        matches = [match for entry in self._entries if (match := entry.match(text, level2, self._year))]
        if not matches:
            return Reading(code="E501")
        longest = max(match.length for match in matches)
        best = [match for match in matches if match.length == longest]
        if len({match.entry.kind for match in best}) > 1:
            return Reading(code="E502", facts={"rules": "、".join(match.entry.id for match in best)})
        # 低于5%以下: a strict word and a loose ending mean one kind; the strict one has the reviewer look at equality
        best.sort(key=lambda match: not match.entry.strict)
        entry = best[0].entry
        kind = KINDS[entry.kind]
        return self._numbers(kind, self._bare(kind, best[0].rest), Reading(rule=entry.id, strict=entry.strict))

    def _bare(self, kind: Kind, rest: str) -> str:
        """What is left of a text without further signs and endings of the same kind (不低于95%以上)."""
        if not kind.signed:
            return rest
        same = [entry for entry in self._entries if entry.kind == kind]
        while (shorter := next((text for entry in same if (text := entry.without_ends(rest)) != rest), rest)) != rest:
            rest = shorter
        return rest

    def _as_kind(self, kind: Kind, target: str, named: Reading) -> Reading:
        """Read a text as a kind that is already known: its sign or word is taken off when an entry names one."""
        text = normalise(target)
        if kind.signed:
            matches = [entry.match(text, "", self._year) for entry in self._entries if entry.kind.signed]
            found = [match for match in matches if match is not None]
            if found:
                best = max(found, key=lambda match: match.length)
                if best.entry.kind == kind.id:
                    named = replace(named, strict=best.entry.strict)
                text = self._bare(KINDS[best.entry.kind], best.rest)
        return self._numbers(kind, text, named)

    def _numbers(self, kind: Kind, text: str, named: Reading) -> Reading:
        """The numbers that a kind needs, out of the text without its sign."""
        numbers = kind.read_target(text, self._year)
        if isinstance(numbers, Misread):
            wanted = {"label": kind.label, "wanted": numbers.wanted}
            return Reading(rule=named.rule, code=numbers.code, facts=wanted)
        return replace(named, kind=kind.id, numbers=numbers)


class _Prepared:
    """One entry with its words folded the way texts are."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.kind = KINDS[entry.kind]
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


def _kind_of(explicit: str) -> Kind | None:
    """The kind of an explicit 类型: an id or a label."""
    text = normalise(explicit)
    return next((kind for kind in KINDS.values() if text in {kind.id, normalise(kind.label)}), None)
