"""Entries: whether a way to recognise targets, a group of units, or a plausible range can ever do what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, islice

from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.quantity import Quantity, normalise, unit_class
from selfeval.domain.reading.units import convert
from selfeval.domain.rulebook import Entry, Plausible, Rulebook, SameUnits, show_percent
from selfeval.rulebook.text.nodes import Block, at, at_value

_MORE, _LESS = frozenset("≥≧⩾>≮"), frozenset("≤≦⩽<≯")
_NOT = "不未无没非"
_FAR = 3
_ANY_YEAR = 2024
_MAY_BE_DIGIT = re.compile(r"\\[dwSD]|\.|\[|\d|[零〇一二三四五六七八九十百千万亿两半]")
_MUST_BE_DIGIT = re.compile(r"(?:\\d|\[0-9\])(?![*?]|\{0)")
_DIGIT = re.compile(r"\d")


def check_groups(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Units taken for one that are not of one size; ranges that hold for every name or for nothing; blank words."""
    for i, group in enumerate(rulebook.units):
        if fault := _apart(group):
            yield problem("E264", at(root, "units", i, "same"), where=f"units.{group.id}", fault=fault)
    for i, one in enumerate(rulebook.plausible):
        place, where = at(root, "plausible", i, "names"), f"plausible.{one.id}"
        if not one.names or not all(one.names):
            yield problem("E264", place, where=where, fault="没有写名称用词（names），或者写了空的词")
        if one.highest is not None and one.highest <= 0:
            fault = f"最高{show_percent(one.highest)}，所有比率都会超过"
            yield problem("E264", at(root, "plausible", i, "highest"), where=where, fault=fault)
    for i, known in enumerate(rulebook.words):
        if not known.words or not all(known.words):
            place, fault = at(root, "words", i, "words"), "没有写词（words），或者写了空的词"
            yield problem("E264", place, where=f"words.{known.id}", fault=fault)


def doubtful_entries(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Entries of this file that never read anything, say the opposite of their sign, or do not say their pattern."""
    own = at_value(root, "id").file
    for i, entry in enumerate(rulebook.recognise):
        place = at(root, "recognise", i)
        if place.file != own:
            continue
        if why := _never(entry):
            yield problem("W238", place, where=f"recognise.{entry.id}", why=why)
        if entry.patterns and not entry.means:
            yield problem("W249", at(root, "recognise", i, "patterns"), entry=entry.id)
        for look, found, kind in islice(_opposite(entry, rulebook), 1):  # one of its ways of writing tells of all
            facts = {"look": look, "found": found, "meant": kind, "kind": entry.kind}
            yield problem("W237", at(root, "recognise", i, "kind"), entry=entry.id, **facts)


def idle_groups(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Units of one spelling, and plausible ranges that change nothing."""
    for i, group in enumerate(rulebook.units):
        if len(set(group.same)) < 2:  # noqa: PLR2004 - one unit is no group
            facts = {"where": f"units.{group.id}", "why": "至少要写两个单位，如 [台, 套]"}
            yield problem("W238", at(root, "units", i, "same"), **facts)
    for i, one in enumerate(rulebook.plausible):
        if why := _idle(one):
            yield problem("W238", at(root, "plausible", i), where=f"plausible.{one.id}", why=why)


def _idle(one: Plausible) -> str:
    """Why a range changes nothing; blank when it does."""
    if one.highest is None and not one.negative and not one.from_budget:
        return "没有写 highest、negative: true 或 from_budget: true，不起任何作用"
    if one.names and all(any(word in name for word in one.unless) for name in one.names):
        return "名称用词都被 unless 除外"
    if one.highest is not None and one.highest > _FAR:
        return f"最高{show_percent(one.highest)}，几乎不会超过；是否少写了百分号"
    return ""


def _apart(group: SameUnits) -> str:
    """Two units of a group that are not one thing; blank when there are none. A yuan is no person, a month no day."""
    for one, other in combinations(group.same, 2):
        classes = {unit_class(one), unit_class(other)}
        exact = convert(Quantity(Fraction(1), one), other)
        otherwise = exact is None and (classes == {"time"} or bool(classes & {"rate", "money"}))
        if otherwise or exact not in {None, 1}:
            return f"{one}和{other}含义不同，按同一单位会算错；能换算的不用写"
    return ""


def _never(entry: Entry) -> str:
    """Why an entry can read no target; blank when it can."""
    looks = [*entry.symbols, *entry.words, *entry.suffixes, *entry.exact]
    shaped = bool(entry.shape or entry.patterns)
    if looks and not shaped and all(any(word in look for word in entry.unless_words) for look in looks):
        return "识别用词都在 unless_words 之内"
    if entry.names and all(any(word in name for word in entry.unless_names) for name in entry.names):
        return "名称用词（names）都在 unless_names 之内"
    only_exact = bool(entry.exact) and len(looks) == len(entry.exact) and not shaped
    if only_exact and entry.number == "present" and not any(map(_DIGIT.search, entry.exact)):
        return "全文（exact）里没有数字，而 number 要求有数字"
    without = (f"匹配式“{pattern}”{why}" for pattern in entry.patterns if (why := _matches_none(pattern, entry.number)))
    return _without_number(entry) or next(without, "")


def _without_number(entry: Entry) -> str:
    """Why there is no number where one is needed; blank where there is, or none is needed."""
    kind = KINDS[entry.kind]
    if entry.number == "absent" and (entry.unit or entry.shape not in {"", "text"}):
        return "number: absent 是没有数字，不会有单位，也不会是只有数的格式"
    if entry.number == "absent" and kind.compared and not entry.target:
        return f"number: absent 是没有数字，而 {kind.id} 要有一个数才能计分；这些写法识别为多少，请写在 target"
    if entry.target:
        read = kind.read_target(entry.target, _ANY_YEAR)
        if read.code:
            return f"识别为（target）的“{entry.target}”中没有可识别的数"
        if kind.compared and read.value < 0:
            return f"识别为（target）的“{entry.target}”是负数，按比例计分没有意义"
    return ""


def _matches_none(pattern: str, number: str) -> str:
    """Why a pattern matches no target, or none that meets its condition on numbers; blank where it can."""
    if (plain := normalise(pattern)) != pattern:
        return f"不会与任何指标值相符：比对时指标值已去掉空格、全角改为半角，这里应写 '{plain}'"
    if number == "present" and not _MAY_BE_DIGIT.search(pattern):
        return "能识别的文字里没有数字，而 number 要求有数字"
    if number == "absent" and "|" not in pattern and _MUST_BE_DIGIT.search(pattern):
        return "要有数字，而 number: absent 要求没有数字"
    return ""


def _denied(word: str, look: str) -> bool:
    """Whether a word stands behind a negation: 超过 in 不超过, 不得超过."""
    return not {*_NOT}.isdisjoint(look[: look.index(word)][-2:])


def _opposite(entry: Entry, rulebook: Rulebook) -> Iterator[tuple[str, str, str]]:
    """What an entry looks for that says the other direction: itself, the sign or word in it, and what that means."""
    better = KINDS[entry.kind].better
    if not better:
        return
    wrong = _LESS if better > 0 else _MORE
    others = [other for other in rulebook.recognise if KINDS[other.kind].better * better < 0]
    for look in (*entry.symbols, *entry.words, *entry.suffixes):
        sign = next((sign for sign in look if sign in wrong), "")
        if sign:
            yield look, sign, next((other.kind for other in others), "")
            continue
        for other in others:
            # where one of the two holds only under some headings or names, both may look for the same word
            apart = entry.level2 or entry.names or other.level2 or other.names
            words = [word for word in (*other.words, *other.suffixes) if not (apart and word == look)]
            within = [word for word in words if word in look and not _denied(word, look)]
            held_back = any(word in look for word in other.unless_words)
            if within and not held_back:
                yield look, max(within, key=len), other.kind
                break
