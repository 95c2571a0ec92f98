"""Parts that a number is said to be made of: 6场，其中线上3场、线下3场."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_WHOLE = re.compile(
    r"(?P<whole>\D{0,8}\d[\d,.]*(?P<unit>[^\d,;(]{0,8}))[,;(]?"
    r"(?:其中|(?<=\()(?:包?含|包括)(?=[^()]*\d)):?(?P<parts>.*?)\)?"
)
UNSURE = r"[未不没约估预非除缺差拟每余多近]|左右|上下"
"""That a number may be another."""
NOT_OF_IT = (
    rf"{UNSURE}|取消|计划|待|延|离|退|流失|超|虚|[无有失]效|重复|作废|空号|骚扰|[错误欠死伤逃]"
    r"|占线|漏接|拒接|挂断|忙音|中断|失败|放弃|外单位|其[他它]单位|兄弟单位"
    r"|上年|去年|往年|历年|以前|往期|上期|前期|结转|(?:19|20)\d\d年|接通|合格|成功|真实"
)
"""What is said of parts that may not belong to the whole, or may alone belong to it, as a pattern."""
_DOUBTFUL = re.compile(NOT_OF_IT)
_KINDS = re.compile(
    r"(?:男|女)(?:性|生|士|童|职工|教师|学员|干部)?|(?:城镇|农村|城市|乡村|城区|乡镇|县城)(?:居民|人口|地区|学校|户)?"
    r"|第?[一二三四1-4]季度?|[上下]半年|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?|线[上下]|室[内外]|电话|现场|网络"
    r"|(?:省|市|县|区|乡|镇|村)级|中央|地方|[东南西北中]部|[大中小]型|[新改扩]建|小学|初中|高中|幼儿园|[一二三四五]期|(?:增值)?税费?"
)
"""What divides a thing into kinds, all of which are that thing."""
_LABEL = re.compile(r"第?[1-4]季度?|\d{1,2}月份?")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_BETWEEN = re.compile(r"[,;、。:()+/]|[和及与为]")


@dataclass(frozen=True)
class Whole:
    """The number as it stood before its parts, with its unit.

    ``doubtful``: a part may not belong to it, or is more. ``plain``: the parts are kinds of it and make it exactly.
    """

    text: str
    doubtful: bool
    plain: bool


def whole_of(text: str) -> Whole | None:
    """A normalised text that names a number and then its parts; None for any other."""
    match = _WHOLE.fullmatch(text)
    if match is None:
        return None
    (whole,) = _numbers(match["whole"])[:1]
    parts, said = _LABEL.sub("", match["parts"]), match["parts"]
    numbers = _numbers(parts)
    unlike = _DOUBTFUL.search(said) is not None
    doubtful = unlike or max(numbers, default=Fraction(0)) > whole
    plain = bool(numbers) and sum(numbers) == whole and are_kinds(said, match["unit"])
    return Whole(match["whole"], doubtful, plain)


def are_kinds(said: str, unit: str = "") -> bool:
    """Whether nothing but kinds of a thing, and their numbers in its unit, is named."""
    bare = _LABEL.sub("、一季、", said)
    named = _BETWEEN.split(re.sub(rf"{_NUMBER.pattern}(?:{re.escape(unit)})?", "、", bare))
    return all(_KINDS.fullmatch(name) for name in named if name)


def _numbers(text: str) -> list[Fraction]:
    return [Fraction(number.replace(",", "")) for number in _NUMBER.findall(text)]
