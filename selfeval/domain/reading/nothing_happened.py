"""Nothing happened: 未发生, 零投诉, 无安全事故 or a bare 无 beside a target of zero mean 0."""

from __future__ import annotations

import re
from functools import lru_cache

from selfeval.domain.reading.quantity import normalise

_NONE = re.compile(
    r"(?:全年|本年|年内|本年度|年度内)?(?:均|从|从未|尚)?(?:[未不无零]|没有?)(?:发生|出现|发现|收到|接到|产生|发)?(?:过|有|任何)?"
    r"(?P<what>[^\d]{0,12})"
)
_THINGS = re.compile(
    r"(?:安全|生产|群众|质量|网络|信息|泄密|系统|人员|服务|工作|现象|"
    r"投诉|举报|事故|案件|事件|问题|差错|违规|违纪|违法|伤亡|死亡|受伤|脱管|漏管|重新犯罪|犯罪|纠纷|上访|信访|中断|故障|"
    r"情况|隐患|火灾|拖欠|浪费|发生|出现|及|和|、|或|类|此)*"
)
_NARROW = re.compile(r"特大|重特大|重大|较大|一般|责任|有效|群体性|越级|进京|死亡|伤亡")
_NOT_THAT = re.compile(r"完成|达|填|统计|数据|法|资料|支付|开展|实施|提供")


@lru_cache(maxsize=65536)
def nothing_happened(text: str, name: str = "") -> bool:
    """Whether a text says that the thing counted did not happen. ``name`` is that of the indicator."""
    plain = normalise(text).strip("。.!！")
    match = _NONE.fullmatch(plain)
    if match is None or _NOT_THAT.search(plain):
        return False
    what, named = match["what"], normalise(name)
    # 无重大事故 leaves the small ones open, unless the indicator counts the great ones alone
    bare = _NARROW.sub(lambda narrow: "" if narrow[0] in named else narrow[0], what)
    return not what or what in named or _THINGS.fullmatch(bare) is not None
