"""Heads of several years side by side, 2025年指标值 and 2026年指标值: that of the year asked for counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from selfeval.sources.blocks import GridCell, GridRow
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, tidy, unified
from selfeval.sources.magnitude import UNIT

_SPAN = re.compile(r"(20\d\d)年?[-—–~～至到](20\d\d)年?度?的?(.*)")
_BEFORE = re.compile(r"(20\d\d)(?:年度?|(?=\D|$))的?(.*)")
_IN_BRACKETS = re.compile(r"(.+?)[（(](20\d\d)(?:年度?)?(?:[,，、;；]([^（）()]*))?[)）](.*)")
_BEHIND = re.compile(r"(.+?)(20\d\d)(?:年度?)?")
ANOTHER = "其他年度"
"""What is put before a head without a year beside which one of the year is taken."""
_LONGEST = 40
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_OF_MONEY = re.compile(UNIT)
_WORDS = {
    "target": "目标 指标 计划 计划值 计划数 目标数 指标数 预期 任务 任务数 目标任务 预计 预计值",
    "passed": "实际 实际数 完成 完成数 完成值 完成情况 实际完成 实际完成值 执行 执行数 决算 决算数 支出",
    "budget": "预算 预算额 预算安排 预算金额 安排 安排数 资金 资金预算 安排资金 金额 预算资金",
}
_SHORT = {word: meaning for meaning, words in _WORDS.items() for word in words.split()}
"""What heads say that are understood only with a year before them."""
_USUAL = {"target": "指标值", "budget": "预算数"}
MONEY = frozenset({"budget", "fiscal", "other", "carried"})
"""Meanings of money that heads of several years may have."""

Known = Callable[[str], str]
"""From a head to what it means (target, budget …); blank for none."""


@lru_cache(maxsize=8192)
def dated(text: str) -> tuple[tuple[int, ...], str]:
    """The years that a head is of, and the head without them; none, and the head, where it names no year.

    >>> dated("2025年指标值"), dated("预算数（2025年）"), dated("2025-2027年目标"), dated("指标值")
    (((2025,), '指标值'), ((2025,), '预算数'), ((2025, 2026, 2027), '目标'), ((), '指标值'))
    >>> dated("其中：2025年")
    ((2025,), '')
    """
    plain = squeeze(unified(text)).rstrip(":：").removeprefix("其中").lstrip(":：")
    if len(plain) > _LONGEST:
        return (), plain
    if plain.startswith(ANOTHER):
        return (0,), plain.removeprefix(ANOTHER)
    if hit := _SPAN.fullmatch(plain):
        return tuple(range(int(hit[1]), int(hit[2]) + 1)) or (int(hit[1]),), hit[3]
    if hit := _BEFORE.fullmatch(plain):
        return (int(hit[1]),), hit[2]
    if hit := _IN_BRACKETS.fullmatch(plain):
        return (int(hit[2]),), hit[1] + (f"（{hit[3]}）" if hit[3] else "") + hit[4]
    if hit := _BEHIND.fullmatch(plain):
        return (int(hit[2]),), hit[1]
    return (), plain


def meaning_of(base: str, known: Known) -> str:
    """What a head says that had a year before it."""
    return known(base) or _SHORT.get(_BRACKETS.sub("", base), "")


def with_unit(text: str, others: Sequence[str]) -> str:
    """A head of money with the unit of money that another one names, where it names none itself.

    >>> with_unit("预算数", ["资金总额（元）"]), with_unit("预算数（万元）", ["资金总额（元）"])
    ('预算数（元）', '预算数（万元）')
    """
    own, *units = ("".join(_OF_MONEY.findall("".join(_BRACKETS.findall(one)))[:1]) for one in (text, *others))
    unit = next(filter(None, units), "")
    return text if own or not unit else f"{text}（{unit}）"


def years_said(texts: Sequence[str]) -> str:
    """The years that some heads name, for a message: 2024年、2026年."""
    named = sorted({found for text in texts if (found := dated(text)[0]) and found != (0,)})
    return "、".join(f"{years[0]}年" if len(years) == 1 else f"{years[0]}-{years[-1]}年" for years in named)


@dataclass(frozen=True)
class _Dated:
    """A head of a year: what it means, and how it is called without the year."""

    cell: GridCell
    years: tuple[int, ...]
    base: str
    meaning: str

    def of(self, year: int) -> bool:
        return self.years == (year,)

    @property
    def bare(self) -> str:
        """Its text, as if it were the only one."""
        return self.base if self.meaning == "" else self.base or _USUAL.get(self.meaning, "指标值")

    @property
    def marked(self) -> str:
        """Its text, as that of another year."""
        first, last = self.years[0], self.years[-1]
        return f"{first}年{self.bare}" if first == last else f"{first}-{last}年{self.bare}"


@dataclass(frozen=True)
class Heads:
    """The cells of a row of heads, or of two, and what each means as printed without a year."""

    upper: GridRow
    lower: GridRow | None
    known: Known

    def taken(self, year: int, account: Account) -> tuple[GridRow, ...]:
        """The rows, the heads of a year without it; those of other years with theirs, so that nothing takes them."""
        texts: dict[GridCell, str] = {}
        found = [*self._dated()]
        for meaning in dict.fromkeys(one.meaning for one in found):
            of_meaning = [one for one in found if one.meaning == meaning]
            asked = [one for one in of_meaning if one.of(year)]
            texts |= {one.cell: one.marked for one in of_meaning if not one.base}
            undated = [cell for cell in self._undated() if self.known(cell.text) == meaning]
            units = [cell.text for cell in undated] if meaning in MONEY else []
            texts |= {one.cell: with_unit(self._bare(one), units) for one in asked}
            texts |= {cell: f"{ANOTHER}{squeeze(cell.text)}" for cell in undated if asked}
            others = [one.cell for one in of_meaning if not one.of(year)]
            chosen = asked[0].cell if asked else next(iter(undated), None)
            others += undated if asked else []
            if chosen and others and meaning != "passed":
                say(chosen, others, year if asked else 0, account)
        return tuple(_with(row, texts) for row in (self.upper, self.lower) if row)

    def _bare(self, one: _Dated) -> str:
        if self.known(one.base) or one.meaning not in _USUAL:
            return one.bare
        return _USUAL[one.meaning] + "".join(_BRACKETS.findall(one.base))

    def _over(self, cell: GridCell) -> GridCell | None:
        """The head above a lower one: the last that begins at its column or left of it."""
        above = [one for one in self.upper.cells if one.text.strip() and one.column <= cell.column and one.rows == 1]
        return above[-1] if above else None

    def _below(self, cell: GridCell) -> list[GridCell]:
        return [one for one in (self.lower.cells if self.lower else ()) if one.text.strip() and self._over(one) == cell]

    def _undated(self) -> Iterator[GridCell]:
        """The heads that name no year, and stand under none."""
        for cell in self.upper.cells:
            if not dated(cell.text)[0]:
                below = self._below(cell)
                yield from [] if any(dated(one.text)[0] for one in below) else [cell]
                yield from (one for one in below if not dated(one.text)[0])

    def _dated(self) -> Iterator[_Dated]:
        bare = []
        for cell in self.upper.cells:
            years, base = dated(cell.text)
            if years and (base or self._below(cell)):
                meaning = meaning_of(base, self.known) if base else "target"
                yield from [_Dated(cell, years, base, meaning)] if meaning else []
            elif years and years != (0,):
                bare.append(_Dated(cell, years, "", "target"))
            for one in self._below(cell) if not years else ():
                inner, rest = dated(one.text)
                meaning = meaning_of(rest, self.known) if rest else self.known(cell.text)
                if inner and meaning:
                    yield _Dated(one, inner, rest, meaning)
        if not any(self.known(cell.text) == "target" for cell in self._undated()):
            yield from bare
        else:
            yield from (replace(one, meaning="budget") for one in bare if self._is_beside_money(one.cell))

    def _is_beside_money(self, cell: GridCell) -> bool:
        """Whether the nearest head left or right of one that is a year alone is that of a budget."""
        row = [one for one in self.upper.cells if one == cell or dated(one.text) != (dated(one.text)[0], "")]
        at = row.index(cell)
        return any(self.known(one.text) == "budget" for one in row[max(at - 1, 0) : at + 2])


def say(chosen: GridCell, others: Sequence[GridCell], year: int, account: Account) -> None:
    """Say which head of a year (0: of none) was taken where others stand beside it."""
    text, named = tidy(chosen.text), "”“".join(dict.fromkeys(tidy(cell.text) for cell in others))
    of_year = f"{year}年的" if year else "没有写年度的"
    said = f"有几个年度的栏目，按{of_year}“{text}”识别，“{named}”未采用"
    if all(one.reading != said for one in account.readings):  # the head of each page
        account.infer("年度", text, said, chosen.spot)


def _with(row: GridRow, texts: Mapping[GridCell, str]) -> GridRow:
    return replace(row, cells=tuple(replace(cell, text=texts.get(cell, cell.text)) for cell in row.cells))
