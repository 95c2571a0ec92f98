"""What stands below the rows of a table and belongs to none: who filled it in, notes, opinions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selfeval.domain.reading.asides import SUM
from selfeval.sources.layout import squeeze, unified

_WHO = (
    "填表人|填报人|经办人|制表人|联系人|联系电话|电话|单位负责人|项目负责人|财务负责人|部门负责人|主要负责人|负责人|审核人|"
    "填报日期|填表日期|填报时间|打印日期|日期|填报单位|单位盖章|公章"
)
_NOTES = "注|说明|填表说明|填报说明|评价结论|自评结论|绩效结论|存在问题|存在的问题|改进措施|自评等级"
_REMARKS = "备注|其他需要说明的问题|其他说明|主管部门意见|主管部门审核意见|财政部门意见|财政部门审核意见|审核意见"
_BRACKETED = "(?:[（(][^）)]*[)）])*"
_FOOT = re.compile(rf"(?:{_WHO}|{_NOTES}|{_REMARKS}){_BRACKETED}(?:[:：].*|\d*[、.．].*)?")
_REMARK = re.compile(rf"(?:{_REMARKS}){_BRACKETED}[:：]?")
_SUM = re.compile(rf"(?:.{{0,30}}[^\w]?)?{SUM}(?:数|金额)?(?:[（(].{{0,10}}[）)])?[:：]?")
_PAGE = re.compile(r"[-—–·]*第?\d{1,4}页?(?:[,，/]?共?\d{1,4}页)?[-—–·]*|[（(【]?[接续]上?[页表][)）】]?")


def is_foot(text: str) -> bool:
    """Whether a text begins as what stands below a table does, such as 填表人：张三."""
    return _FOOT.fullmatch(squeeze(text)) is not None


def remark_of(texts: Iterable[str]) -> str:
    """What a row below a table says of the project itself, as 财政部门意见：核减5万元; blank for nothing."""
    plain = [squeeze(unified(text)) for text in texts if text.strip()]
    label = _REMARK.match(plain[0]) if plain else None
    says = "".join([plain[0][label.end() :], *plain[1:]]) if label else ""
    return " ".join(plain) if re.search(r"\w", says) and says not in {"无", "无。"} else ""


def is_page_number(text: str) -> bool:
    """Whether a text is nothing but the number of a page, or says that a table goes on (续表)."""
    return _PAGE.fullmatch(squeeze(text)) is not None


def is_sum(text: str) -> bool:
    """Whether a text names a sum of what stands above it, such as 产出指标小计."""
    return _SUM.fullmatch(squeeze(text)) is not None
