"""Suggesting: which key or value was meant by one that is not known, in Chinese words too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from selfeval.domain.problems import near_word

_HINT = "，是不是想写“{}”？"
_NEAR = 0.65
_SAME_START = 0.9
"""What one word being the start of another counts for: ``execution_lo``, ``level1s``."""


def nearest(word: str, known: Iterable[str]) -> str:
    """``，是不是想写“…”？`` with the nearest known word, or the only kin that holds it; blank when none is near."""
    words = [*known]
    return near_word(word, words, _HINT, _NEAR) or _contained(word, words)


def nearest_of(word: str, titles: Mapping[str, str]) -> str:
    """The same for keys or values with their Chinese titles: a title, or part of one, means its key."""
    if spoilt := _spoilt(word):
        return spoilt
    if word.isascii():
        best = max(titles, key=lambda key: _alike(word, key), default="")
        return hint_of((best, titles[best])) if best and _alike(word, best) >= _NEAR else ""
    said = {key: max(_shared(word, title), _shared(word, key)) for key, title in titles.items()}
    found = max(said, key=lambda key: said[key], default="")
    return hint_of((found, titles[found])) if found and said[found] >= _NEAR else ""


def _spoilt(word: str) -> str:
    """What a key shows that was meant to be a key with its value, or an item of a list; blank: nothing of the kind."""
    if word.startswith("-"):
        return "，短横“-”后面要空一格"
    if "：" in word:
        return "，用了全角冒号“：”，改用英文冒号“:”，后面空一格"
    if "=" in word:
        return "，用了等号，改用英文冒号“:”，后面空一格"
    return "，英文冒号“:”后面要空一格" if ":" in word else ""


def hint_of(named: tuple[str, str]) -> str:
    """The hint that a key, with its title, was meant."""
    key, title = named
    return _HINT.format(key) if title in {"", key} else f"，是不是想写“{key}”（{title}）？"


def _alike(word: str, key: str) -> float:
    word, key = word.lower().replace("-", "_"), key.lower()
    if word == key:
        return 1.0
    ratio = SequenceMatcher(None, word, key).ratio()
    return max(ratio, _SAME_START) if key.startswith(word) and len(word) > 1 else ratio


def _shared(word: str, title: str) -> float:
    """How far a Chinese word says a title: 曲线 is the end of 得分曲线."""
    if not title:
        return 0.0
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
