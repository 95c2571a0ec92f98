"""What other extractions do to the text of the same document. Each accident leaves its meaning as it was."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable

_WIDE = {ord(char): ord(char) + 0xFEE0 for char in string.ascii_letters + string.digits + "%/*=+-."}
_CHINESE = r"[\u4e00-\u9fff]"
_WHITE = set("\t \u00a0\u3000\u200b\r")
_CONTENTS = re.compile(r"\.{3,}\s*\d+\s*$")


def full_width(text: str, chance: random.Random) -> str:
    return "".join(char.translate(_WIDE) if chance.random() < 0.5 else char for char in text)


def spaces(text: str, chance: random.Random) -> str:
    """Blanks of several kinds between Chinese characters, in labels too."""

    def gap(hit: re.Match[str]) -> str:
        return hit[0] + chance.choice([" ", "\u00a0", "\u3000", "\u200b", "  "]) if chance.random() < 0.1 else hit[0]

    return re.sub(rf"{_CHINESE}(?={_CHINESE})", gap, text)


def radicals(text: str, chance: random.Random) -> str:
    del chance
    return text.translate(str.maketrans("一人工目行用车长民页", "⼀⼈⼯⽬⾏⽤⻋⻓⺠⻚"))


def lost_trailing_tabs(text: str, chance: random.Random) -> str:
    return "\n".join(line.rstrip("\t") if chance.random() < 0.7 else line for line in text.split("\n"))


def windows_line_ends(text: str, chance: random.Random) -> str:
    del chance
    return "\ufeff" + text.replace("\n", "\r\n")


def page_numbers(text: str, chance: random.Random) -> str:
    """Page breaks between any two lines of the tables, in one style throughout."""
    style = chance.choice(["- {} -", "— {} —", "第 {} 页", "{}", "\n{}\n", "{}\f", "\n{}\n\f"])
    lines = []
    number = 1
    for line in text.split("\n"):
        if chance.random() < 0.05:
            lines.append(style.format(number))
            number += 1
        lines.append(line)
    return "\n".join(lines)


def blank_lines(text: str, chance: random.Random) -> str:
    return re.sub("\n", lambda _: "\n" * chance.choice([1, 1, 1, 2, 3]), text)


def every_line_spaced(text: str, chance: random.Random) -> str:
    del chance
    return text.replace("\n", "\n\n")


def broken_cells(text: str, chance: random.Random) -> str:
    """Lines broken inside cells, labels, headings and sentences."""

    def broken(line: str) -> str:
        if _CONTENTS.search(line):
            return line
        pieces = []
        for i, char in enumerate(line):
            inside = 0 < i < len(line) and not {line[i - 1], char} & _WHITE
            pieces.append(("\n" if inside and chance.random() < 0.04 else "") + char)
        return "".join(pieces)

    return "\n".join(broken(line) for line in text.split("\n"))


ACCIDENTS: tuple[Callable[[str, random.Random], str], ...] = (
    full_width,
    spaces,
    radicals,
    lost_trailing_tabs,
    page_numbers,
    blank_lines,
    every_line_spaced,
    broken_cells,
    windows_line_ends,
)
