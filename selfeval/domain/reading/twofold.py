"""A target that fits entries of several kinds: two entries claim the same words, or it wants opposite things."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rulebook import Entry

_CORRECT = "请对照原文，在绩效目标表里改正指标值，只留一个方向；原文就是这样写的，请写明采用哪一个："


def twofold(text: str, entries: Sequence[Entry]) -> dict[str, str]:
    """What is said of it: how it ``clash``es, and the ``cure``; with ``opposite`` where it wants opposite things."""
    compared = [entry for entry in entries if KINDS[entry.kind].compared]
    ways = {(KINDS[entry.kind].better > 0) - (KINDS[entry.kind].better < 0) for entry in compared}
    words = sorted({_word_in(text, entry) for entry in entries}, key=text.find)
    if {1, -1} <= ways and len(words) > 1:  # of one word that two entries claim the target is not to blame
        named = "和".join(f"“{word}”" for word in words)
        return {"clash": f"里的{named}方向相反", "cure": _CORRECT, "opposite": "1"}
    rules = "、".join(entry.id for entry in entries)
    return {"clash": f"同时符合几条识别规则（{rules}）", "cure": "请指定采用哪一种："}


def _word_in(text: str, entry: Entry) -> str:
    found = (word for word in map(normalise, (*entry.symbols, *entry.words, *entry.suffixes)) if word in text)
    return max(found, key=len, default="")
