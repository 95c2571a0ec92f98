"""Recognise: a target as printed to its kind and numbers, by a named entry of the rulebook.

An explicit 类型 comes first, then an override, then the entry with the longest match; nothing is guessed between two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from math import isnan
from typing import NamedTuple

from selfeval.domain.kind import Kind
from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.addressed import addressed_to, is_for
from selfeval.domain.reading.bounds import read_range
from selfeval.domain.reading.deadline import read_deadline_text, year_and_month
from selfeval.domain.reading.directions import bears_out, is_direction
from selfeval.domain.reading.headings import is_heading, is_named
from selfeval.domain.reading.quantity import RATE, Quantity, normalise, read_quantity, unit_class
from selfeval.domain.reading.rewording import reword
from selfeval.domain.reading.targets import NO_NUMBERS, TargetNumbers
from selfeval.domain.reading.twofold import twofold
from selfeval.domain.reading.units import convert
from selfeval.domain.rulebook import Entry, Rulebook

OVERRIDE = "override:"
"""What the name of the rule begins with where an override of the indicator read it."""
BY_TABLE = "类型"
"""What stands as the rule when the target table itself names the kind."""

WRITTEN_FOR = "E517"
"""The code of a rule for one indicator that was written when another bore its number, or had another target."""

_SPLIT = re.compile(r"\d\s+\d")

_LONGEST_UNIT = 5
"""Characters of a part of the unit of a bare number: in 12348法律服务热线 the number belongs to a name."""


@dataclass(frozen=True)
class Reading:
    """What was read from a target.

    ``kind`` is a kind id, blank when not recognised; ``rule`` the id of the entry, ``override:<指标编号>`` (``because``
    says why), or 类型 for an explicit one. ``strict``: a strict sign or word. ``said`` tells in short clauses how what
    is not literal was read; ``look``: a reviewer should see it; ``unclear``: nothing says whether more is better.
    ``code`` is a problem code (blank: none).
    """

    kind: str = ""
    rule: str = ""
    because: str = ""
    numbers: TargetNumbers = NO_NUMBERS
    strict: bool = False
    said: tuple[str, ...] = ()
    look: bool = False
    unclear: bool = False
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


class _Match(NamedTuple):
    """An entry that fits a text: how many characters it matched, and what is left without them.

    ``printed``: it matched the text as printed, so that nothing of the rewording counts.
    """

    entry: Entry
    length: int
    rest: str
    printed: bool = False

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """The longest first; at equal length those that look at the name, then those that look at the heading."""
        return self.length, bool(self.entry.names), bool(self.entry.level2)


class _Text(NamedTuple):
    """A target as it is matched: as printed, and reworded; whether heading or name speak of a time.

    ``lasting``: the name speaks of one that should be long.
    """

    printed: str
    plain: str
    of_time: bool
    lasting: bool


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
        self._words = rulebook.vocabulary
        self._by_text = lru_cache(maxsize=None)(self._by_entry)
        # names are many and texts are few: what depends on the text alone is found once for all names
        self._fitting = lru_cache(maxsize=None)(self._fits)
        self._unsigned = lru_cache(maxsize=None)(self._without_signs)

    def read(self, indicator: str, target: str, level2: str, explicit: str, level3: str = "") -> Reading:
        """The reading of a target; ``explicit`` is the 类型 of the target table, usually blank: an id or a label.

        ``level2`` and ``level3`` are the heading and the name it stands under.
        """
        if explicit and not is_direction(explicit):
            named = normalise(explicit)
            for kind in KINDS.values():
                if named in {kind.id, normalise(kind.label)}:
                    return _unless_split(self._as_kind(kind, target, level3, Reading(rule=BY_TABLE)), target)
            known = "、".join(kind.label for kind in KINDS.values())
            return Reading(code="E506", facts={"found": explicit, "known": known})
        override = self._rulebook.overrides.get(indicator)
        if override is not None and override.printed and not is_for(override.printed, level3, target):
            facts = {"origin": str(override.origin), "was": override.printed, "now": addressed_to(level3, target)}
            return Reading(rule=f"{OVERRIDE}{indicator}", because=override.because, code=WRITTEN_FOR, facts=facts)
        if override is not None:
            said = (f"按“{override.target}”识别",) if override.target else ()
            reading = Reading(rule=f"{OVERRIDE}{indicator}", because=override.because, said=said)
            text = override.target or target
            return _facing(_unless_split(self._as_kind(KINDS[override.kind], text, level3, reading), text), explicit)
        return _facing(_unless_split(self._by_text(target, normalise(level2), normalise(level3)), target), explicit)

    def _by_entry(self, target: str, level2: str, level3: str) -> Reading:
        printed = normalise(target)
        if not printed:
            return Reading(code="E505")
        reworded = reword(target, level3, self._words)
        name, of_time = f"{level3}{reworded.label}", self._words.holds("time", f"{level2}|{level3}")
        text = _Text(printed, reworded.text, of_time, self._words.holds("lasting", name))
        best = _best([match for entry, match in self._fitting(text) if entry.holds(level2, name)])
        if reworded.wanted and not any(match.printed for match in best):
            return Reading(code="E503", facts={"label": "数值", "wanted": reworded.wanted})
        if year_and_month(printed) and not text.of_time:
            return Reading(code="E503", facts={"label": "数值", "wanted": "能区分数和年月的写法"})
        if not best:
            return Reading(code="E501")
        if len({match.entry.kind for match in best}) > 1:
            return Reading(code="E502", facts=twofold(text.plain, [match.entry for match in best]))
        # 低于5%以下: a strict word and a loose ending mean one kind; the strict one has the reviewer look at equality
        entry, _, rest, as_printed = min(best, key=lambda match: (not match.entry.strict, not match.entry.unclear))
        kind = KINDS[entry.kind]
        rest, other = (entry.target, None) if entry.target else self._unsigned(kind.id, rest)
        if other:
            return Reading(code="E502", facts=twofold(text.plain, [entry, other]))
        said = () if as_printed else reworded.said
        said = (*said, entry.said) if entry.said else said
        strict = entry.strict or reworded.strict
        return self._numbers(kind, rest, replace(_made_by(entry), strict=strict, said=said))

    def _fits(self, text: _Text) -> tuple[tuple[_Prepared, _Match], ...]:
        """The entries that fit a text, whatever it stands under."""
        return tuple((entry, match) for entry in self._entries if (match := entry.match(text)))

    def _without_signs(self, kind: str, rest: str) -> tuple[str, Entry | None]:
        """What is left of a text without further signs and endings of a kind that is compared (不低于95%以上).

        And the entry of another such kind whose sign, word or ending is still left (≤90%以上).
        """
        if not KINDS[kind].compared:
            return rest, None
        compared = [entry for entry in self._entries if entry.kind.compared]
        same = [entry for entry in compared if entry.kind.id == kind]
        while (shorter := next((text for entry in same if (text := entry.without_ends(rest)) != rest), rest)) != rest:
            rest = shorter
        others = (entry.entry for entry in compared if entry.kind.id != kind and entry.left_in(rest))
        return rest, next((other for other in others if not other.said), None)

    def _as_kind(self, kind: Kind, target: str, level3: str, reading: Reading) -> Reading:
        """Read a text as a kind that is already known: its sign or word is taken off when an entry names one."""
        text = normalise(target)
        if kind.compared:
            reworded = reword(target, level3, self._words)
            if reworded.wanted:
                facts = {"label": kind.label, "wanted": reworded.wanted}
                return Reading(rule=reading.rule, code="E503", facts=facts)
            text, reading = (
                reworded.text,
                replace(reading, said=(*reading.said, *reworded.said), strict=reworded.strict),
            )
        fitting = self._fitting(_Text(text, text, of_time=False, lasting=False)) if kind.compared else ()
        matches = [match for entry, match in fitting if entry.kind.compared and entry.holds("", level3)]
        if matches:
            entry, _, rest, _ = max(matches, key=lambda match: match.length)
            reading = replace(reading, strict=reading.strict or (entry.strict and entry.kind == kind.id))
            text = entry.target or self._unsigned(entry.kind, rest)[0]
        return self._numbers(kind, text, reading)

    def _numbers(self, kind: Kind, text: str, reading: Reading) -> Reading:
        """The numbers that a kind needs, out of the text without its sign."""
        numbers = kind.read_target(text, self._year)
        if numbers.code:
            wanted = {"label": kind.label, "wanted": numbers.wanted}
            return Reading(rule=reading.rule, code=numbers.code, facts=wanted)
        return replace(reading, kind=kind.id, numbers=numbers, said=(*reading.said, *numbers.said))


def _unless_split(reading: Reading, target: str) -> Reading:
    """The reading of a target, but where white space parts a number: 7000 000 may be one number or two."""
    if isnan(reading.numbers.value) or not _SPLIT.search(target):
        return reading
    facts = {"label": KINDS[reading.kind].label, "wanted": "中间没有空格的数"}
    return Reading(rule=reading.rule, code="E503", facts=facts)


def _facing(reading: Reading, explicit: str) -> Reading:
    """The reading of a target, but where the 类型 names a direction that it does not bear out."""
    kind = KINDS.get(reading.kind)
    if not explicit or kind is None or bears_out(explicit, kind.better, bare=isnan(reading.numbers.value)):
        return reading
    return Reading(rule=reading.rule, code="E518", facts={"found": explicit, "label": kind.name or kind.label})


def _made_by(entry: Entry) -> Reading:
    """What an entry says of every reading that it makes."""
    return Reading(rule=entry.id, look=entry.look, unclear=entry.unclear)


def _best(matches: Sequence[_Match]) -> list[_Match]:
    """The matches of the highest rank."""
    highest = max((match.rank for match in matches), default=None)
    return [match for match in matches if match.rank == highest]


class _Prepared:
    """One entry with its words folded the way texts are, for the targets of a year."""

    def __init__(self, entry: Entry, year: int) -> None:
        self.entry, self.kind, self._year = entry, KINDS[entry.kind], year
        self._symbols, self._words, self._suffixes = (
            sorted(map(normalise, texts), key=len, reverse=True)
            for texts in (entry.symbols, entry.words, entry.suffixes)
        )
        self._exact, self._unless = set(map(normalise, entry.exact)), tuple(map(normalise, entry.unless_words))
        self._patterns = [re.compile(pattern) for pattern in entry.patterns]

    def match(self, text: _Text) -> _Match | None:
        """How the entry fits a text; None when it does not, or a condition on the text fails."""
        entry, found = self.entry, self._longest(text)
        if found is None or any(word in text.printed for word in self._unless):
            return None
        if entry.number != "any" and (entry.number == "present") != _has_digit(text.plain):
            return None
        if entry.unit:
            quantity = read_quantity(found.rest, label=True)
            unit = quantity.unit if isinstance(quantity, Quantity) else _unit_of_range(found.rest)
            if unit is None or unit_class(unit) not in entry.unit:
                return None
        return found

    def holds(self, level2: str, name: str) -> bool:
        """Whether the conditions on the heading and the name hold."""
        entry = self.entry
        return (not entry.level2 or is_heading(level2, entry.level2)) and is_named(
            name, entry.names, entry.unless_names
        )

    def without_ends(self, text: str) -> str:
        """The text without one of the entry's symbols at its start or suffixes at its end."""
        starts = (text[len(symbol) :] for symbol in self._symbols if text.startswith(symbol))
        ends = (text[: -len(suffix)] for suffix in self._suffixes if text.endswith(suffix))
        return next(chain(starts, ends), text)

    def left_in(self, text: str) -> bool:
        """Whether one of the entry's symbols, words or suffixes stands in a text."""
        return self._of_parts(text) is not None

    def _longest(self, text: _Text) -> _Match | None:
        if text.printed in self._exact or any(pattern.fullmatch(text.printed) for pattern in self._patterns):
            return _Match(self.entry, len(text.printed), text.printed, printed=True)
        if text.plain in self._exact or any(pattern.fullmatch(text.plain) for pattern in self._patterns):
            return _Match(self.entry, len(text.plain), text.plain)
        if self.entry.shape and (found := _SHAPES[self.entry.shape](text, self._year)):
            return _Match(self.entry, found.length, found.rest, found.printed)
        return self._of_parts(text.plain)

    def _of_parts(self, text: str) -> _Match | None:
        found = [
            *((symbol, text[len(symbol) :]) for symbol in self._symbols if text.startswith(symbol)),
            *((suffix, text[: -len(suffix)]) for suffix in self._suffixes if text.endswith(suffix)),
            *((word, rest) for word in self._words for rest in _without_word(text, word)),
        ]
        matches = (_Match(self.entry, len(matched), rest) for matched, rest in found)
        return max(matches, key=lambda match: match.length, default=None)


def _without_word(text: str, word: str) -> Iterator[str]:
    """A text without a word that stands in it; behind a negation it says the opposite, and is not it."""
    at = text.find(word)
    while at >= 0 and _DENIED.search(text[:at]):
        at = text.find(word, at + 1)
    if at >= 0:
        yield text[:at] + text[at + len(word) :]


class _Fit(NamedTuple):
    """How much of a text a shape takes, and what its numbers are read from."""

    length: int
    rest: str
    printed: bool = False


def _period(text: _Text, year: int) -> _Fit | None:
    if read_deadline_text(text.printed, year, of_time=text.of_time) is None:
        return None
    return _Fit(len(text.printed), text.printed, printed=True)


def _bare_number(text: _Text, year: int) -> _Fit | None:
    # 12月底 is a day, though 12 could be a number and 月底 a unit
    quantity = read_quantity(text.plain)
    fits = isinstance(quantity, Quantity) and quantity.value != 0 and _is_unit(quantity.unit)
    fits = fits and not _MONTH.fullmatch(text.plain)  # 13月 is no month, and no number of months either
    return _Fit(len(text.plain), text.plain) if fits and not _period(text, year) else None


def _time_limit(text: _Text, year: int) -> _Fit | None:
    return None if text.lasting else _bare_number(text, year)


def _low_rate(text: _Text, year: int) -> _Fit | None:
    quantity = read_quantity(text.plain)
    if not isinstance(quantity, Quantity) or unit_class(quantity.unit) != "rate":
        return None
    share = convert(quantity, RATE)
    return _bare_number(text, year) if share is not None and share < _HALF else None


def _number_range(text: _Text, year: int) -> _Fit | None:
    # 1-12月 is a period, though 1 and 12 could be months apart
    return _Fit(len(text.plain), text.plain) if read_range(text.plain) and not _period(text, year) else None


def _is_unit(text: str) -> bool:
    return all(len(part) <= _LONGEST_UNIT for part in _PARTS.split(text))


def _zero(text: _Text, _year: int) -> _Fit | None:
    rest = _EQUAL.sub("", text.plain)
    quantity = read_quantity(rest)
    fits = isinstance(quantity, Quantity) and quantity.value == 0 and _is_unit(quantity.unit)
    return _Fit(len(text.plain), rest) if fits else None


def _words(text: _Text, _year: int) -> _Fit | None:
    # shorter than any other match, so that it always loses
    fits = len(_CHINESE.findall(text.plain)) >= _FEWEST_WORDS and not _DAMAGED.search(text.plain)
    return _Fit(0, text.plain) if fits and not _has_digit(text.plain) else None


_SHAPES: dict[str, Callable[[_Text, int], _Fit | None]] = {
    "bare_number": _bare_number,
    "time_limit": _time_limit,
    "number_range": _number_range,
    "period": _period,
    "low_rate": _low_rate,
    "zero": _zero,
    "text": _words,
}
_PARTS = re.compile(r"[/·*]")
_BETWEEN = "(?:[允得能可应许准宜会当该要够再曾需必致有一]|至于|出现|存在|发生)*"
_DENIED = re.compile(rf"(?:[不未没无非勿莫]|[禁防]止|严禁|避免|杜绝|难以){_BETWEEN}$")
_MONTH = re.compile(r"\d+月")
_EQUAL = re.compile(r"^(?:=|等于|为)+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_DAMAGED = re.compile(r"(?<=[\u4e00-\u9fff])[OoIlZSQ](?=[\u4e00-\u9fff])|[\ufffd?]|口{2}|_{2}|[xX×*]{2}")
_FEWEST_WORDS = 2
_HALF = 50
"""A bare rate below so many percent may be one that should be low."""


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _unit_of_range(text: str) -> str | None:
    """The unit of a range; None when it is none."""
    return found[2] if (found := read_range(text)) else None
