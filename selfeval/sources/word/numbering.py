"""The numbers that Word puts before paragraphs by itself: they stand in no text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from selfeval.packages.elements import Found

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_TENS = "零一二三四五六七八九"
_CHINESE = 100  # from here on in digits: no document has as many headings


def _chinese(number: int) -> str:
    if not 0 < number < _CHINESE:
        return str(number)
    tens, ones = divmod(number, 10)
    return (_TENS[tens] if tens > 1 else "") + ("十" if tens else "") + (_TENS[ones] if ones or not tens else "")


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)  # noqa: PLR2004 - ① to ⑳


def _roman(number: int) -> str:
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        text += sign * min(count, _LEVELS)
    return text


_WAYS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), _chinese),
    **dict.fromkeys(("taiwaneseCountingThousand", "ideographDigital", "chineseLegalSimplified"), _chinese),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02d}",
}
_NO_NUMBER = {"bullet", "none"}


@dataclass
class _Level:
    start: int = 1
    way: str = "decimal"
    text: str = ""

    def say(self, name: str, value: str) -> None:
        """Take what an element says of the level."""
        if name == "start":
            self.start = whole(value)
        elif name == "numFmt":
            self.way = value
        elif name == "lvlText":
            self.text = value


@dataclass
class _List:
    """A ``w:num``: the list whose numbers it goes on with, and levels that begin anew."""

    abstract: str = ""
    anew: dict[int, int] = field(default_factory=dict)


@dataclass
class _Style:
    based_on: str = ""
    list: str = ""
    level: int = 0


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, numbering: bytes | None, styles: bytes | None) -> None:
        """From the parts ``numbering.xml`` and ``styles.xml``. Raises RefusedError."""
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, _Style] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        if numbering:
            self._read_lists(numbering)
        if styles:
            self._read_styles(styles)

    def label(self, style: str, number: str | None, level: int | None) -> str:
        """What stands before a paragraph of a style that names a list and a level itself (or not: None)."""
        of_style = self._of_style(style)
        number = of_style.list if number is None else number
        level = of_style.level if level is None else level
        found = self._lists.get(number)
        levels = self._abstract.get(found.abstract, {}) if found else {}
        if found is None or level not in levels:
            return ""
        counts = self._counts.setdefault(found.abstract, [None] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for anew in found.anew:
                counts[anew] = None
        last = counts[level]
        counts[level] = found.anew.get(level, levels[level].start) if last is None else last + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        if levels[level].way in _NO_NUMBER:
            return ""

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of_level, count = levels.get(at, _Level()), counts[at]
            return _WAYS.get(of_level.way, str)(of_level.start if count is None else count)

        return _PLACE.sub(shown, levels[level].text)

    def _of_style(self, style: str) -> _Style:
        for _ in range(_LEVELS):  # styles may be based on each other in a ring
            found = self._styles.get(style, _Style())
            if found.list or not found.based_on:
                return found
            style = found.based_on
        return _Style()

    def _read_lists(self, part: bytes) -> None:
        levels: dict[int, _Level] = {}
        found, level, at = _List(), _Level(), 0
        wanted = ("abstractNum", "lvl", "start", "numFmt", "lvlText", "num", "abstractNumId", "lvlOverride")
        for inside, name, attributes in Found(part, *wanted, "startOverride").elements:
            value = said(attributes, "val")
            if name == "abstractNum":
                levels = self._abstract.setdefault(said(attributes, "abstractNumId"), {})
            elif name == "lvl":
                level, at = _Level(), whole(said(attributes, "ilvl"))
                if inside == "abstractNum" and at < _LEVELS:  # else it is of one list alone
                    level = levels.setdefault(at, level)
            elif name == "num":
                found = self._lists.setdefault(said(attributes, "numId"), _List())
            elif name == "abstractNumId":
                found.abstract = value
            elif name == "lvlOverride":
                at = whole(said(attributes, "ilvl"))
            elif name == "startOverride" and at < _LEVELS:
                found.anew[at] = whole(value)
            else:
                level.say(name, value)

    def _read_styles(self, part: bytes) -> None:
        style = _Style()
        for inside, name, attributes in Found(part, "style", "basedOn", "numId", "ilvl").elements:
            value = said(attributes, "val")
            if name == "style":
                style = self._styles.setdefault(said(attributes, "styleId"), _Style())
            elif name == "basedOn":
                style.based_on = value
            elif name == "numId" and inside == "numPr":
                style.list = value
            elif name == "ilvl" and inside == "numPr":
                style.level = whole(value)


def said(attributes: Mapping[str, str], name: str) -> str:
    """An attribute by its name without prefix or namespace; blank where it is not there."""
    return next((value for key, value in attributes.items() if re.split("[: ]", key)[-1] == name), "")


def whole(text: str, most: int = 100_000) -> int:
    """A count as it is written in a file, at most ``most``; 0 for what is none."""
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < len(str(most)) + 2 else 0
