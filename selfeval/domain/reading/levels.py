"""Qualitative answers: which level a department picked, or what its words come to where it picked none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from selfeval.domain.reading.nothing_happened import nothing_happened
from selfeval.domain.reading.quantity import SAYS_NOTHING, normalise
from selfeval.domain.reading.vocabulary import NO_WORDS, Vocabulary
from selfeval.domain.rulebook import Level

_DENIES = re.compile(r"[否无不未没零]|杜绝|禁止|避免|防止")
YES = frozenset({"是", "有"})
_WHOLLY = r"(?:实现|达到)?全(?:部|面)?(?:【done】)"
_NONE = ("0", *(f"0{counter}" for counter in "起次例件宗人%"), "未发生", "没有发生")
"""What says of 无投诉 and 不发生安全事故 that nothing was."""
_NO = re.compile("^(?:(?:[不未无零]|没有?)(?:发生|出现|有)?)")
_BEFORE = ("", "已", "已经", "均", "均已", "得到", "已得到", "实现", "已实现")
_LONGEST = 20
ENDINGS = "。"
"""What a text may end with, and mean the same without."""


@dataclass(frozen=True)
class Worded:
    """The level that a text comes to, and why: ``repeated`` when it is the text of the target."""

    level: Level
    repeated: bool = False


def plain(text: str) -> str:
    """A text as it is compared."""
    return normalise(text).replace(ENDINGS, "")


def denies(target: str) -> bool:
    """Whether a target asks for what must not be, so that a plain 是 does not tell."""
    return _DENIES.search(plain(target)) is not None


def named_level(text: str, levels: tuple[Level, ...]) -> Level | None:
    """The level of a text, by its label or one of its words."""
    wanted = plain(text)
    return next((level for level in levels if wanted in {plain(word) for word in (level.label, *level.words)}), None)


def worded_level(
    text: str, target: str, levels: tuple[Level, ...], name: str = "", words: Vocabulary = NO_WORDS
) -> Worded | None:
    """The level that a text in 实际完成值 comes to: by the levels' words, or the best where it repeats the target."""
    wanted = plain(text)
    if not wanted or wanted in SAYS_NOTHING:
        return None
    level = named_level(text, levels)
    if level is not None and not (wanted in YES and denies(target)):
        return Worded(level)
    return Worded(levels[0], repeated=True) if levels and wanted in repeats(target, name, words) else None


@lru_cache(maxsize=4096)
def repeats(target: str, name: str = "", known: Vocabulary = NO_WORDS) -> tuple[str, ...]:
    """What says no more and no less than a qualitative target: its words, alone or after 已, 得到 and the like.

    ``name`` is that of the indicator, whose end may stand before them: 人居环境持续改善.
    """
    words = plain(target)
    if not words or words in SAYS_NOTHING:
        return ()
    # a form compares what is typed, Ⅲ类, with what is printed: it folds no characters
    printed = tuple(dict.fromkeys((words, "".join(target.split()).replace(ENDINGS, ""))))
    if len(words) > _LONGEST or any(character.isdigit() for character in words):
        return printed
    said = [f"{before}{words}{after}" for after in ("", "完成") for before in _BEFORE]
    label = "" if denies(f"{name}{words}") else plain(name)
    for end in (label[at:] for at in range(max(0, len(label) - _LONGEST), len(label) - 1)):
        said += [f"{end}{before}{words}" for before in ("", "已", "得到")]
    said += [f"{word}{words[3:]}" for word in ("未发生", "没有发生") if words.startswith("不发生")]
    if known.pattern(_WHOLLY).fullmatch(words):
        said += ["100%", "100"]
    if nothing_happened(known.pattern("【grave】").sub("", words), known):
        said += [*_NONE, *(f"{none}{_NO.sub('', words)}" for none in ("未发生", "未出现", "没有", "无", "零"))]
    return tuple(dict.fromkeys((*printed, *said)))
