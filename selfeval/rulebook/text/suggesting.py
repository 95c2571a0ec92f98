"""Suggesting: which key or value was meant by one that is not known, in Chinese words too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from selfeval.domain.problems import near_word

_HINT = "，是否应为“{}”？"
_NEAR = 0.65
_OTHERWISE_CALLED = {"percent": "rate", "percentage": "rate", "曲线": "curve", "得分曲线": "curve"}
"""Words that mean a key which they are not like."""
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+|\d+)、")
_SAME_START = 0.9
"""What one word being the start of another counts for: ``execution_lo``, ``level1s``."""


def nearest(word: str, known: Iterable[str]) -> str:
    """``，是否应为“…”？`` with the nearest known word, or the only kin that holds it; blank when none is near."""
    words = [*known]
    return near_word(word, words, _HINT, _NEAR) or _contained(word, words)


def nearest_of(word: str, titles: Mapping[str, str]) -> str:
    """The same for keys or values with their Chinese titles: a title, or part of one, means its key."""
    found = best_of(word, titles)
    return spoilt(word) or (hint_of((found, titles[found])) if found else "")


def best_of(word: str, titles: Mapping[str, str]) -> str:
    """The key that a word, or a Chinese title, comes nearest to; blank when none is near."""
    if word.lower() in _OTHERWISE_CALLED and _OTHERWISE_CALLED[word.lower()] in titles:
        return _OTHERWISE_CALLED[word.lower()]
    ascii_key = word.isascii() and not word.isdecimal()
    said = {
        key: alike(word, key) if ascii_key else max(_shared(word, title), _shared(word, key))
        for key, title in titles.items()
    }
    found = max(said, key=lambda key: said[key], default="")
    if found and said[found] >= _NEAR:
        return found
    kin = [key for key in titles if {*word.split("_")} & {*key.split("_")}] if ascii_key else []
    return kin[0] if len(kin) == 1 else ""


def spoilt(word: str) -> str:
    """What a key shows that was meant to be a key with its value, or an item of a list; blank: nothing of the kind."""
    if word.startswith("-"):
        return "，短横“-”后面要空一格"
    if sign := glued(word):
        return f"，中间用了“{sign}”，改用英文逗号“,”，后面空一格"
    if "：" in word:
        return "，用了全角冒号“：”，改用英文冒号“:”，后面空一格"
    if "=" in word:
        return "，用了等号，改用英文冒号“:”，后面空一格"
    return "，英文冒号“:”后面要空一格" if ":" in word else ""


def glued(text: str) -> str:
    """The full-width comma that makes one item out of several; blank when there is none."""
    numbered = _NUMBERED.match(text)  # 四、成本指标 is one heading
    return next((sign for sign in "，、；" if sign in text[numbered.end() if numbered else 0 :]), "")


def hint_of(named: tuple[str, str]) -> str:
    """The hint that a key, with its title, was meant."""
    key, title = named
    return _HINT.format(key) if title in {"", key} else f"，是否应为“{key}”（{title}）？"


def alike(word: str, key: str) -> float:
    """How near a word comes to a key, from 0 to 1."""
    word, key = word.lower().replace("-", "_"), key.lower()
    if word == key:
        return 1.0
    ratio = SequenceMatcher(None, word, key).ratio()
    return max(ratio, _SAME_START) if key.startswith(word) and len(word) > 1 else ratio


def _shared(word: str, title: str) -> float:
    """How far a Chinese word says a title: 标准 is the end of 计分标准."""
    if not title:
        return 0.0
    word, title = (re.sub("[零\\s]", lambda found: "0" if found[0] == "零" else "", text) for text in (word, title))
    if word == title:
        return 2.0
    if title.endswith(word):
        return 1.0 + len(word) / len(title) / 2
    if title in word or word in title:
        return 0.8 + min(len(word), len(title)) / max(len(word), len(title)) / 5
    return SequenceMatcher(None, word, title).ratio()


def _contained(word: str, known: Iterable[str]) -> str:
    """The known word of nearest length that holds the other, or is held by it: 满意度指标 of 满意度."""
    holding = [name for name in known if len(word) > 1 and (word in name or (len(name) > 1 and name in word))]
    return _HINT.format(min(holding, key=lambda name: abs(len(name) - len(word)))) if holding else ""
