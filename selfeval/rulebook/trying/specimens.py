"""Specimens: targets that a rulebook reads by one of its entries, or scores by one of its rules, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from selfeval.domain.case import Case, cases
from selfeval.domain.promise import Promise, promises
from selfeval.domain.reading.addressed import parted
from selfeval.domain.reading.headings import is_heading
from selfeval.domain.reading.quantity import UnitClass
from selfeval.domain.reading.recognise import recogniser
from selfeval.domain.rulebook import Entry, KindRule, Rulebook, Variant
from selfeval.domain.targets import INDICATORS, PROJECTS, Targets
from selfeval.rulebook.trying.cases import RuleCase

_NUMBERS: dict[UnitClass, tuple[str, ...]] = {
    "count": ("100件", "10件"),
    "rate": ("95%", "50%"),
    "money": ("100万元",),
    "time": ("100天", "6个月"),
}
_SPANS: dict[UnitClass, str] = {"count": "50-100件", "rate": "50%-100%", "money": "50-100万元", "time": "50-100天"}
_BARE, _LOW, _ZEROS, _DAYS, _TEXTS = (
    ("100",),
    ("20%",),
    ("0起", "0%"),
    ("11月底前", "12月31日"),
    ("专款专用", "工作落实到位"),
)
_MOST_NAMES, _MOST = 8, 6

Reads = Sequence[tuple[RuleCase, Promise]]


class Specimens:
    """The specimens of one rulebook for a year; the rows of the year's ``targets`` serve for indicators by name."""

    def __init__(self, rulebook: Rulebook, year: int, targets: Targets | None) -> None:
        self._rulebook, self._recogniser = rulebook, recogniser(rulebook, year)
        row = INDICATORS.rows([{"indicator": "CASE0001-01", "project": "CASE0001"}])
        (self._case,) = cases(Targets(year, PROJECTS.rows([{"project": "CASE0001"}]), row))
        rows = () if targets is None else targets.indicators.records
        self._printed = {row["indicator"]: row for row in rows}

    def of_entry(self, entry: Entry) -> Reads:
        """Targets that the entry reads, all written in the same of its ways: by another unit each."""
        for level2 in entry.level2[:_MOST_NAMES] or ("",):
            for level3 in entry.names[:_MOST_NAMES] or ("", *self._left_to(entry)):
                for way in _ways(entry):
                    read = [text for text in way if self._reads(entry, text, level2, level3)]
                    if read:
                        return self._promised(
                            RuleCase(name="", target=text, level2=level2, level3=level3) for text in read
                        )
        printed = (
            RuleCase(name="", target=row["target"], level2=row["level2"], level3=row["level3"])
            for row in self._printed.values()
            if self._reads(entry, row["target"], row["level2"], row["level3"])
        )
        return self._promised(islice(printed, 1))

    def _left_to(self, entry: Entry) -> Iterator[str]:
        """Names that other entries of its kind leave to it."""
        others = (other.unless_names for other in self._rulebook.recognise if other.kind == entry.kind)
        return (names[0] for names in others if names)

    def _promised(self, given: Iterable[RuleCase]) -> Reads:
        return [(case, promise) for case in given if (promise := self.promise(case)).rule is not None]

    def _reads(self, entry: Entry, text: str, level2: str, level3: str) -> bool:
        reading = self._recogniser.read("", text, level2, "", level3)
        return reading.rule == entry.id and bool(reading.kind)

    def of_rule(self, rule: KindRule) -> Iterator[tuple[RuleCase, Promise]]:
        """Targets that the rule scores, at most a few: by way of the entries of its kind, else of the column 类型."""
        tried, found = set[tuple[str, str]](), 0
        entries = (entry for entry in self._rulebook.recognise if entry.kind == rule.kind)
        by_entry = (case for entry in entries for case, _ in self.of_entry(entry))
        texts = (*chain(*_NUMBERS.values()), *_SPANS.values(), *_DAYS, *_TEXTS)
        by_type = (RuleCase(name="", target=text, type=rule.kind) for text in texts)
        for given in chain(by_entry, by_type):
            for case in self._standing(given, rule):
                promise = self.promise(case)
                same = (case.target, case.type)
                if promise.rule is not None and promise.rule.name == rule.name and same not in tried:
                    tried.add(same)
                    found += 1
                    yield case, promise
            if found >= _MOST:
                return

    def of_override(self, indicator: str) -> Iterator[tuple[RuleCase, Promise]]:
        """The indicator as the year's targets print it, else with the text of its override."""
        override = self._rulebook.overrides[indicator]
        level3, printed = parted(override.printed)
        target = printed or override.target or "（照绩效目标表填写）"
        given = RuleCase(name="", indicator=indicator, target=target, level3=level3)
        for case in (self._as_printed(given), given):
            promise = self.promise(case)
            if promise.rule is not None and promise.reading.rule == f"override:{indicator}":
                yield case, promise

    def _standing(self, given: RuleCase, rule: KindRule) -> Iterator[RuleCase]:
        """A case where the rule holds: under its headings and names; without conditions under any section."""
        if not rule.variant:
            levels1 = (level1 for section in self._rulebook.sections for level1 in section.levels1)
            yield from (replace(given, level1=level1) for level1 in ("", *levels1))
            return
        variants = self._rulebook.kinds[rule.kind].variants
        variant = next(variant for variant in variants if variant.id == rule.variant)
        indicator, names = next(iter(variant.indicators), ""), (*variant.level3, *variant.names)
        case = replace(
            given,
            level1=self._level1(variant),
            level2=next(iter(variant.level2), given.level2),
            level3=next(iter(names), given.level3),
            indicator=indicator,
        )
        if indicator in self._printed:
            yield self._as_printed(case)
        yield case

    def _level1(self, variant: Variant) -> str:
        """The first 一级指标 of the sections that the variant is for; blank where any will do."""
        levels1 = (level1 for section in self._rulebook.sections for level1 in section.levels1)
        fitting = (level1 for level1 in levels1 if is_heading(level1, variant.level1))
        return next(fitting, "") if variant.level1 else ""

    def _as_printed(self, case: RuleCase) -> RuleCase:
        row = self._printed.get(case.indicator)
        if row is None:
            return case
        names = {name: row[name] for name in ("target", "level1", "level2", "level3")}
        known = any(row["level1"] in section.levels1 for section in self._rulebook.sections)
        return replace(case, type=row["kind"], **{**names, "level1": row["level1"] if known else ""})

    def promise(self, case: RuleCase) -> Promise:
        """What a case promises."""
        level1 = case.level1 or next((part.levels1[0] for part in self._rulebook.sections if part.levels1), "")
        (row,) = self._case.indicators
        indicator = replace(
            row,
            indicator=case.indicator or row.indicator,
            target=case.target,
            kind=case.type,
            level1=level1,
            level2=case.level2,
            level3=case.level3,
        )
        asked: Case = replace(self._case, indicators=(indicator,))
        (promise,), _ = promises(asked, self._rulebook)
        return promise


def _ways(entry: Entry) -> Iterator[list[str]]:
    """The ways in which an entry can be met, each with a text for every unit."""
    units = entry.unit or tuple(_NUMBERS)
    numbers = [number for unit in units for number in _NUMBERS[unit]]
    bodies = [""] if entry.number == "absent" else [*numbers, *_BARE]
    yield from ([f"{symbol}{body}" for body in bodies] for symbol in entry.symbols)
    yield from ([f"{word}{body}" for body in bodies] for word in entry.words)
    yield from ([f"{body}{suffix}" for body in bodies] for suffix in entry.suffixes)
    yield from ([text] for text in entry.exact)
    if entry.number == "any":
        yield from ([word] for word in (*entry.words, *entry.symbols, *entry.suffixes))
    if entry.shape or entry.patterns:
        yield [*numbers, *(_SPANS[unit] for unit in units), *_DAYS, *_ZEROS, *_TEXTS, *_BARE, *_LOW]
