"""Recognise: a target as printed to its kind and numbers, by a named entry of the rulebook.

An explicit 类型 comes first, then an override, then the entry with the longest match; nothing is guessed between two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from selfeval.domain.kind import Kind
from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.period import read_period
from selfeval.domain.reading.quantity import Quantity, normalise, read_quantity, unit_class
from selfeval.domain.reading.targets import NO_NUMBERS, TargetNumbers, read_range
from selfeval.domain.rulebook import Entry, Rulebook

BY_TABLE = "类型"
"""What stands as the rule when the target table itself names the kind."""

_LONGEST_UNIT = 5
"""Characters of the unit of a bare number: in 12348法律服务热线 the number belongs to a name."""


@dataclass(frozen=True)
class Reading:
    """What was read from a target.

    ``kind`` is a kind id, blank when not recognised; ``rule`` the id of the entry, ``override:<指标编号>`` (``because``
    says why), or 类型 for an explicit one. ``strict``: a strict sign or word. ``code`` is a problem code (blank: none).
    """

    kind: str = ""
    rule: str = ""
    because: str = ""
    numbers: TargetNumbers = NO_NUMBERS
    strict: bool = False
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


class _Match(NamedTuple):
    """An entry that fits a text: how many characters it matched, and what is left without them."""

    entry: Entry
    length: int
    rest: str


_KEPT: dict[tuple[int, int], Recogniser] = {}
_MOST_KEPT = 8


def recogniser(rulebook: Rulebook, year: int) -> Recogniser:
    """The recogniser of a rulebook, made ready once for all projects of a year."""
    key = (id(rulebook), year)
    if key not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        _KEPT[key] = Recogniser(rulebook, year)  # holds the rulebook, whose id no other can get meanwhile
    return _KEPT[key]


class Recogniser:
    """The entries of one rulebook, made ready to match many texts. Each distinct text is read once."""

    def __init__(self, rulebook: Rulebook, year: int) -> None:
        self._rulebook = rulebook
        self._year = year
        self._entries = [_Prepared(entry, year) for entry in rulebook.recognise]
        self._by_text = lru_cache(maxsize=None)(self._by_entry)

    def read(self, indicator: str, target: str, level2: str, explicit: str) -> Reading:
        """The reading of a target; ``explicit`` is the 类型 of the target table, usually blank: an id or a label."""
        if explicit:
            named = normalise(explicit)
            for kind in KINDS.values():
                if named in {kind.id, normalise(kind.label)}:
                    return self._as_kind(kind, target, Reading(rule=BY_TABLE))
            known = "、".join(kind.label for kind in KINDS.values())
            return Reading(code="E506", facts={"found": explicit, "known": known})
        override = self._rulebook.overrides.get(indicator)
        if override is not None:
            reading = Reading(rule=f"override:{indicator}", because=override.because)
            return self._as_kind(KINDS[override.kind], override.target or target, reading)
        return self._by_text(target, normalise(level2))

    def _by_entry(self, target: str, level2: str) -> Reading:
        text = normalise(target)
        if not text:
            return Reading(code="E505")
        matches = [match for entry in self._entries if (match := entry.match(text, level2))]
        if not matches:
            return Reading(code="E501")
        longest = max(match.length for match in matches)
        best = [match for match in matches if match.length == longest]
        if len({match.entry.kind for match in best}) > 1:
            return Reading(code="E502", facts={"rules": "、".join(match.entry.id for match in best)})
        # 低于5%以下: a strict word and a loose ending mean one kind; the strict one has the reviewer look at equality
        entry, _, rest = min(best, key=lambda match: not match.entry.strict)
        kind = KINDS[entry.kind]
        return self._numbers(kind, self._bare(kind, rest), Reading(rule=entry.id, strict=entry.strict))

    def _bare(self, kind: Kind, rest: str) -> str:
        """What is left of a text without further signs and endings of the same kind (不低于95%以上)."""
        same = [entry for entry in self._entries if entry.kind == kind and kind.compared]
        while (shorter := next((text for entry in same if (text := entry.without_ends(rest)) != rest), rest)) != rest:
            rest = shorter
        return rest

    def _as_kind(self, kind: Kind, target: str, reading: Reading) -> Reading:
        """Read a text as a kind that is already known: its sign or word is taken off when an entry names one."""
        text = normalise(target)
        signed = [entry for entry in self._entries if entry.kind.compared and kind.compared]
        matches = [match for entry in signed if (match := entry.match(text, ""))]
        if matches:
            entry, _, rest = max(matches, key=lambda match: match.length)
            reading = replace(reading, strict=entry.strict and entry.kind == kind.id)
            text = self._bare(KINDS[entry.kind], rest)
        return self._numbers(kind, text, reading)

    def _numbers(self, kind: Kind, text: str, reading: Reading) -> Reading:
        """The numbers that a kind needs, out of the text without its sign."""
        numbers = kind.read_target(text, self._year)
        if numbers.code:
            wanted = {"label": kind.label, "wanted": numbers.wanted}
            return Reading(rule=reading.rule, code=numbers.code, facts=wanted)
        return replace(reading, kind=kind.id, numbers=numbers)


class _Prepared:
    """One entry with its words folded the way texts are, for the targets of a year."""

    def __init__(self, entry: Entry, year: int) -> None:
        self.entry, self.kind, self._year = entry, KINDS[entry.kind], year
        self._symbols, self._words, self._suffixes = (
            sorted(map(normalise, texts), key=len, reverse=True)
            for texts in (entry.symbols, entry.words, entry.suffixes)
        )
        self._exact, self._level2 = set(map(normalise, entry.exact)), set(map(normalise, entry.level2))
        self._patterns = [re.compile(pattern) for pattern in entry.patterns]

    def match(self, text: str, level2: str) -> _Match | None:
        """How the entry fits a normalised text; None when it does not, or a condition fails."""
        entry, found = self.entry, self._longest(text)
        digits = any(character.isdigit() for character in text)
        if (
            found is None
            or entry.number == ("absent" if digits else "present")
            or (self._level2 and level2 not in self._level2)
        ):
            return None
        if entry.unit:
            quantity = read_quantity(found.rest, label=True)
            if not isinstance(quantity, Quantity) or unit_class(quantity.unit) not in entry.unit:
                return None
        return found

    def without_ends(self, text: str) -> str:
        """The text without one of the entry's symbols at its start or suffixes at its end."""
        starts = (text[len(symbol) :] for symbol in self._symbols if text.startswith(symbol))
        ends = (text[: -len(suffix)] for suffix in self._suffixes if text.endswith(suffix))
        return next(chain(starts, ends), text)

    def _longest(self, text: str) -> _Match | None:
        if (
            text in self._exact
            or any(pattern.fullmatch(text) for pattern in self._patterns)
            or (self.entry.shape and _fits_shape(self.entry.shape, text, self._year))
        ):
            return _Match(self.entry, len(text), text)
        found = [
            *((symbol, text[len(symbol) :]) for symbol in self._symbols if text.startswith(symbol)),
            *((suffix, text[: -len(suffix)]) for suffix in self._suffixes if text.endswith(suffix)),
            *((word, text.replace(word, "", 1)) for word in self._words if word in text),
        ]
        matches = (_Match(self.entry, len(matched), rest) for matched, rest in found)
        return max(matches, key=lambda match: match.length, default=None)


def _fits_shape(shape: str, text: str, year: int) -> bool:
    """Whether a whole normalised text is a bare number with its unit, a range, or a period."""
    period = read_period(text, year) is not None
    if shape == "bare_number":
        # 12月底 is a day, though 12 could be a number and 月底 a unit
        quantity = read_quantity(text)
        return isinstance(quantity, Quantity) and len(quantity.unit) <= _LONGEST_UNIT and not period
    # 1-12月 is a period, though 1 and 12 could be months apart
    return read_range(text) is not None and not period if shape == "number_range" else period
