"""Carrying over: how the texts of a year are read stays that year's, whichever rulebook scores it.

An override, or a word that a year's rulebook adds, says what a text of that year's targets means; it is not a way to
score. A rulebook that is tried on the year therefore takes them over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from selfeval.domain.rulebook.parts import Source
from selfeval.domain.rulebook.rulebook import Entry, Override, Rulebook


@dataclass(frozen=True)
class Carried:
    """A rulebook with the readings of a year's own; ``overrides`` and ``entries`` are those that came over."""

    rulebook: Rulebook
    year_file: str
    overrides: tuple[str, ...]
    entries: tuple[str, ...]

    @property
    def said(self) -> str:
        """What came over, for people; blank for nothing."""
        parts = (
            (self.overrides, f"{len(self.overrides)} 个个别指标（overrides）"),
            (self.entries, f"{len(self.entries)} 条识别规则（{'、'.join(self.entries)}）"),
        )
        return "和".join(words for found, words in parts if found)


def carried(tried: Rulebook, year_book: Rulebook) -> Carried:
    """``tried`` with the overrides of the year's rulebook, and with the entries of its own file.

    The overrides of the year go before those of the tried one. An entry that both have keeps the tried one's conditions
    and takes the year's texts too; where the two mean different kinds, the tried one's stays.
    """
    known = {file.path for file in tried.files}
    own = [entry for entry in year_book.recognise if entry.origin.file not in known and _of_a_year(entry.origin.file)]
    entries = {entry.id: entry for entry in tried.recognise}
    sources = _Sources(tried.sources, year_book.sources)
    came: list[str] = []
    for entry in own:
        merged = _merged(entries.get(entry.id), replace(entry, sources=sources.taken(entry.sources)))
        if merged != entries.get(entry.id):
            entries[entry.id] = merged
            came.append(entry.id)
    overrides: Mapping[str, Override] = {**tried.overrides, **year_book.overrides}
    moved = tuple(name for name in year_book.overrides if tried.overrides.get(name) != year_book.overrides[name])
    files = tuple(file for file in year_book.files if file.path not in known)
    made = replace(
        tried,
        recognise=tuple(entries.values()),
        overrides=overrides,
        sources=sources.all,
        files=(*files, *tried.files) if moved or came else tried.files,
    )
    return Carried(made, year_book.files[-1].path if year_book.files else "", moved, tuple(came))


def _of_a_year(file: str) -> bool:
    """Whether a rule file is that of a year: rules/2024.yaml."""
    return file.rpartition("/")[2].removesuffix(".yaml").isdigit()


def _merged(tried: Entry | None, own: Entry) -> Entry:
    if tried is None:
        return own
    if tried.kind != own.kind:
        return tried
    return replace(
        tried,
        symbols=_both(tried.symbols, own.symbols),
        words=_both(tried.words, own.words),
        suffixes=_both(tried.suffixes, own.suffixes),
        exact=_both(tried.exact, own.exact),
        patterns=_both(tried.patterns, own.patterns),
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
