"""Headings: 一级指标 and 二级指标 as they are compared, without numbering, points and remarks behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from selfeval.domain.reading.quantity import normalise

_NUMBER = r"(?:[一二三四五六七八九十]+|\d+)"
_NUMBERING = re.compile(rf"(?:\({_NUMBER}\)|{_NUMBER}[、.,):]|[①-⑳]|指标\d+[:.、]?)")
_POINTS = re.compile(r"[(\[【〔]?[-—:]?(?:共|满分|分值|权重)?:?\d+(?:\.\d+)?(?:分|%)[)\]】〕]?$")
_REMARK = re.compile(r"\([^()]*\)$")
_PRINTED_POINTS = re.compile(r"\s*[(（](?:共|满分|分值)?\d+(?:\.\d+)?分[)）]\s*$")
LONGEST = 80
"""Characters of a heading; a longer text is compared as it stands."""
_ENDING, _MARKS = ("指标", "目标"), ":;,.、。"


@lru_cache(maxsize=65536)
def plain_heading(text: str) -> str:
    """A heading as it is compared: ``一、产出指标（50分）``, ``产出指标50分`` and ``产出`` are all 产出.

    What is nothing but numbering or points stays as it is.
    """
    plain = found = normalise(text)
    if len(plain) > LONGEST:
        return plain
    while (match := _NUMBERING.match(found)) is not None:
        found = found[match.end() :]
    before = ""
    while before != found:
        before, found = found, _REMARK.sub("", _POINTS.sub("", found)).removesuffix("等").rstrip(_MARKS)
    for ending in _ENDING:
        found = found.removesuffix(ending)
    return found or plain


def without_points(text: str) -> str:
    """A heading as printed, for where its points are printed behind it: 一、产出指标（50分） is 一、产出指标."""
    return _PRINTED_POINTS.sub("", text)


@lru_cache(maxsize=4096)
def _plain_headings(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(plain_heading, texts))


def is_heading(text: str, wanted: Iterable[str]) -> bool:
    """Whether a heading is one of those wanted, as headings are compared."""
    return plain_heading(text) in _plain_headings(tuple(wanted))


def is_named(name: str, names: tuple[str, ...], unless: tuple[str, ...] = ()) -> bool:
    """Whether an indicator's name contains one of ``names`` (none given: any name will do) and none of ``unless``.

    A word of ``unless`` that is denied does not count: 未整改率 is no 整改率.
    """
    plain = normalise(name)
    if names and not _any_of(names).search(plain):
        return False
    return not (unless and _any_of(unless, denied=False).search(plain))


@lru_cache(maxsize=4096)
def _any_of(words: tuple[str, ...], *, denied: bool = True) -> re.Pattern[str]:
    known = "|".join(map(re.escape, map(normalise, words)))
    return re.compile(known if denied else rf"(?<![不未])(?:{known})")
