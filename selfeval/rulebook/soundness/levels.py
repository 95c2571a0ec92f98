"""Whether qualitative levels are sound: those of a rulebook, and those that a variant has of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rulebook import Rulebook, Variant, show_percent
from selfeval.rulebook.text.nodes import Block, at, at_value, spelled

_APPENDED = "；这一档排在基础规则的各档之后，要换一套档次的，请先用 remove: [levels.编号, …] 删去基础规则的，再全部写出"


def check_levels(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """The bands of a rulebook follow each other without a gap, each with a default inside, no word in two."""
    levels = rulebook.levels
    if not levels:
        yield problem("E225", at(root, "levels"), what="一档也没有写")
        return
    if levels[0].high != 1 or not levels[0].high_included:
        yield problem("E225", at(root, "levels", 0), what=f"第一档“{levels[0].label}”的上限应为100%（含）")
    if levels[-1].low != 0:
        what = f"最后一档“{levels[-1].label}”的下限应为0"
        yield problem("E225", at(root, "levels", len(levels) - 1), what=what)
    for i, (upper, lower) in enumerate(pairwise(levels), start=1):
        if lower.high != upper.low or lower.high_included:
            found = show_percent(lower.high) + ("（含）" if lower.high_included else "（不含）")
            wanted = f"“{upper.label}”的下限{show_percent(upper.low)}（不含）"
            appended = at(root, "levels", i).file != at(root, "levels", i - 1).file
            what = f"“{lower.label}”的上限是{found}，应为{wanted}{_APPENDED if appended else ''}"
            yield problem("E225", _joint(root, i), what=what)
    owners: dict[str, str] = {}
    for i, level in enumerate(levels):
        if not level.allows(level.default):
            shown = {name: show_percent(getattr(level, name)) for name in ("low", "high")}
            place = at(root, "levels", i, "default")
            yield problem("E226", place, level=level.label, found=show_percent(level.default), **shown)
        for word in dict.fromkeys([level.label, *level.words]):
            first = owners.setdefault(normalise(word), level.id)
            if first != level.id:
                what = f"“{word}”同时属于{first}和{level.id}"
                yield problem("E225", at(root, "levels", i, "words"), what=what)


def _joint(root: Block, i: int) -> Place:
    """Where the bands of two levels do not meet: in this file, if only one of the two ends is written in it."""
    high, low = at(root, "levels", i, "high"), at(root, "levels", i - 1, "low")
    return low if high.file != at_value(root, "id").file == low.file else high


def own_levels(variant: Variant, root: Block, *path: str | int) -> Iterator[Problem]:
    """From the best down, each with a name of its own and a share within what may be given."""
    unfit = [*_unfit(variant, root, *path)]
    yield from unfit[:1] or _bands(variant, root, *path)  # a band that is none does not follow another


def _unfit(variant: Variant, root: Block, *path: str | int) -> Iterator[Problem]:
    """Shares outside their bands, and those that do not fall."""
    for i, level in enumerate(variant.levels):
        place = at(root, *path, "levels", i)
        low, high = (level.share if end is None else end for end in (level.low, level.high))
        shown = {"low": show_percent(low), "high": show_percent(high)}
        if low > high and None not in {level.low, level.high}:
            what = f"“{level.label}”的下限 low 写的是{shown['low']}，高于上限 high 的{shown['high']}，顺序相反"
            yield problem("E225", place, what=what)
        elif not 0 <= low <= level.share <= high <= 1:
            yield problem("E226", place, level=level.label, found=show_percent(level.share), **shown)
        elif i and level.share >= (above := variant.levels[i - 1]).share:
            what = f"“{level.label}”得{show_percent(level.share)}，应低于前一档“{above.label}”的"
            yield problem("E225", place, what=f"{what} {show_percent(above.share)}")


def _bands(variant: Variant, root: Block, *path: str | int) -> Iterator[Problem]:
    """Words that two levels share, and bands that do not follow each other."""
    named: dict[str, int] = {}
    for i, level in enumerate(variant.levels):
        place = at(root, *path, "levels", i)
        for word in dict.fromkeys([level.label, *level.words]):
            first = named.setdefault(normalise(word), i)
            if first != i or not normalise(word):
                owner = variant.levels[first].label
                what = f"“{word}”同时属于第{first + 1}档“{owner}”和第{i + 1}档“{level.label}”"
                yield problem("E225", place, what=what)
        above = variant.levels[i - 1] if i else level
        upper = above.low if i else None
        if upper is not None and level.high is not None and level.high != upper:
            what = f"“{level.label}”的上限是{show_percent(level.high)}，应为前一档“{above.label}”的下限"
            yield problem("E225", at(root, *path, "levels", i, "high"), what=f"{what}{show_percent(upper)}（不含）")


def doubtful_levels(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Levels of a variant of which none earns all points."""
    for kind, rule in rulebook.kinds.items():
        for i, variant in enumerate(rule.variants):
            path = ("kinds", kind, "variants", i, "levels")
            best = max((level.share if level.high is None else level.high for level in variant.levels), default=None)
            if best is not None and best < 1:
                yield problem("W226", at(root, *path, 0), where=spelled(root, *path), most=show_percent(best))
