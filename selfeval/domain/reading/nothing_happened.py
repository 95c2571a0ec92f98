"""Nothing happened: 未发生, 零投诉, 无安全事故 or a bare 无 beside a target of zero mean 0."""

from __future__ import annotations

from functools import lru_cache

from selfeval.domain.reading.quantity import normalise
from selfeval.domain.reading.vocabulary import Vocabulary

_NONE = (
    r"(?:全年|本年|年内|本年度|年度内)?(?:均|从|从未|尚)?(?:[未不无零]|没有?)"
    r"(?:【happen】|发现|收到|接到|产生|发)?(?:过|有|任何)?(?P<what>[^\d]{0,12})"
)


@lru_cache(maxsize=65536)
def nothing_happened(text: str, words: Vocabulary, name: str = "") -> bool:
    """Whether a text says that the thing counted did not happen. ``name`` is that of the indicator."""
    plain = normalise(text).strip("。.!！")
    match = words.pattern(_NONE).fullmatch(plain)
    if match is None or words.holds("undone", plain):
        return False
    what, named = match["what"], normalise(name)
    # 无重大事故 leaves the small ones open, unless the indicator counts the great ones alone
    bare = words.pattern("【grave】").sub(lambda grave: "" if grave[0] in named else grave[0], what)
    return (
        not what or what in named or bool(words.pattern("(?:【event】|【happen】|及|和|、|或|类|此)*").fullmatch(bare))
    )
