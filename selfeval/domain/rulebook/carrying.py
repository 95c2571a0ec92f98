"""Carrying over: how the texts of a year are read stays that year's, whichever rulebook scores it.

An override, or a word that a year's rulebook adds (to what is recognised, to the units that are one, to the names that
may be negative, to the levels), says what a text of that year's targets and reports means; it is not a way to score. A
rulebook that is tried on the year therefore takes them over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from selfeval.domain.rulebook.parts import Level, Source
from selfeval.domain.rulebook.plausible import Plausible, SameUnits
from selfeval.domain.rulebook.rulebook import Entry, Override, Rulebook

_Part = TypeVar("_Part", Entry, SameUnits, Plausible, Level)
_SAID = {
    "overrides": "{count}个单独指定的指标（overrides）",
    "recognise": "{count}条识别规则（{names}）",
    "units": "{count}组同一单位（{names}）",
    "plausible": "{count}条合理范围（{names}）",
    "levels": "{count}个档次的同义写法（{names}）",
}


@dataclass(frozen=True)
class Carried:
    """A rulebook with the readings of a year's own; ``came`` are the names of those that came over, by their list."""

    rulebook: Rulebook
    year_file: str
    came: Mapping[str, tuple[str, ...]]

    @property
    def said(self) -> str:
        """What came over, for people; blank for nothing."""
        *others, last = [
            words.format(count=len(names), names="、".join(names))
            for part, words in _SAID.items()
            if (names := self.came[part])
        ] or [""]
        return f"{'、'.join(others)}和{last}" if others else last


def carried(tried: Rulebook, year_book: Rulebook) -> Carried:
    """``tried`` with the overrides of the year's rulebook, and with the readings of its own file.

    The overrides of the year go before those of the tried one, and so does what it says of a name. An entry that both
    have keeps the tried one's conditions and takes the year's texts too; where the two mean different kinds, the tried
    one's stays. An entry that the year's file removed from what both build on is not read either.
    """
    known, years = ({file.path for file in book.files} for book in (tried, year_book))
    sources = _Sources(tried.sources, year_book.sources)

    def own(parts: Iterable[_Part]) -> Iterator[_Part]:
        return (part for part in parts if part.origin.file not in known and _of_a_year(part.origin.file))

    def merged(
        theirs: Iterable[_Part], ours: Iterable[_Part], both: Callable[[_Part, _Part], _Part]
    ) -> tuple[_Part, ...]:
        parts = {part.id: part for part in theirs}
        for part in own(ours):
            mine = replace(part, sources=sources.taken(part.sources))
            parts[part.id] = both(parts[part.id], mine) if part.id in parts else mine
        return tuple(parts.values())

    kept = {entry.id for entry in year_book.recognise}
    entries = [one for one in tried.recognise if one.origin.file not in years or one.id in kept]
    taken = {word for level in tried.levels for word in (level.label, *level.words)}
    words = {level.id: tuple(word for word in level.words if word not in taken) for level in own(year_book.levels)}
    overrides: Mapping[str, Override] = {**tried.overrides, **year_book.overrides}
    made = replace(
        tried,
        recognise=merged(entries, year_book.recognise, _either),
        units=merged(tried.units, year_book.units, lambda one, two: replace(one, same=_both(one.same, two.same))),
        plausible=merged(tried.plausible, year_book.plausible, lambda _, mine: mine),
        levels=tuple(replace(level, words=level.words + words.get(level.id, ())) for level in tried.levels),
        overrides=overrides,
    )
    came = {part: _changed(part, tried, made) for part in _SAID}
    if any(came.values()):
        files = tuple(file for file in year_book.files if file.path not in known)
        made = replace(made, sources=sources.all, files=(*files, *tried.files))
    return Carried(made, year_book.files[-1].path if year_book.files else "", came)


def _changed(part: str, *books: Rulebook) -> tuple[str, ...]:
    """The names of what is not the same in two rulebooks, of what is gone too."""
    lists = (getattr(book, part) for book in books)
    old, new = (dict(found) if isinstance(found, Mapping) else {one.id: one for one in found} for found in lists)
    return tuple(name for name in {**new, **old} if old.get(name) != new.get(name))


def _of_a_year(file: str) -> bool:
    """Whether a rule file is that of a year: rules/2024.yaml."""
    return file.rpartition("/")[2].removesuffix(".yaml").isdigit()


def _either(tried: Entry, own: Entry) -> Entry:
    if tried.kind != own.kind:
        return tried
    return replace(
        tried,
        symbols=_both(tried.symbols, own.symbols),
        words=_both(tried.words, own.words),
        suffixes=_both(tried.suffixes, own.suffixes),
        exact=_both(tried.exact, own.exact),
        patterns=_both(tried.patterns, own.patterns),
        means="；或".join(dict.fromkeys(filter(None, (tried.means, own.means)))),
        names=tried.names and _both(tried.names, own.names),
        unless_names=_both(tried.unless_names, own.unless_names),
        unless_words=_both(tried.unless_words, own.unless_words),
    )


def _both(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


class _Sources:
    """The sources of a rulebook, and those of another under names that do not clash."""

    def __init__(self, tried: Mapping[str, Source], year: Mapping[str, Source]) -> None:
        self.all, self._year = dict(tried), year

    def taken(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names under which the year's sources stand among the others."""
        return tuple(self._take(names))

    def _take(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            source, new = self._year[name], name
            while self.all.get(new, source) != source:
                new = f"{new}'"
            self.all[new] = source
            yield new
