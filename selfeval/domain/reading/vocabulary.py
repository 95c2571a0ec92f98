"""Vocabulary: the words of the field that readings know, by their use. Which they are, a rulebook says (``words``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Use = Literal[
    "counter",
    "verb",
    "done",
    "dated",
    "begun",
    "happen",
    "event",
    "grave",
    "undone",
    "rate",
    "not_rate",
    "per_mille",
    "time",
    "lasting",
]
_SLOT = re.compile(r"【(\w+)】")
_NEVER = r"(?!)"


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of each use, normalised; ``sign`` are those that say which way a number holds.

    A rulebook has one, by which readings remember what they have read.
    """

    words: Mapping[Use | Literal["sign"], tuple[str, ...]]

    def pattern(self, text: str) -> re.Pattern[str]:
        """A pattern in which 【verb】 stands for one of the words of that use, the longest first."""
        return _compiled(self, text)

    def holds(self, use: Use, text: str) -> bool:
        """Whether a text holds one of the words of a use."""
        return any(word in text for word in self.words.get(use, ()))

    def rate(self, name: str) -> bool:
        """Whether a name ends as that of a rate does: 合格率, but not 频率."""
        return name.endswith(self.words.get("rate", ())) and not name.endswith(self.words.get("not_rate", ()))


NO_WORDS = Vocabulary({})
"""What a rulebook without words knows: what then cannot be read is asked about."""


@lru_cache(maxsize=512)
def _compiled(known: Vocabulary, text: str) -> re.Pattern[str]:
    words = {str(use): sorted(found, key=len, reverse=True) for use, found in known.words.items()}
    return re.compile(_SLOT.sub(lambda slot: "|".join(map(re.escape, words.get(slot[1], ()))) or _NEVER, text))
