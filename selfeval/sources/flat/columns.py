"""What the columns of a flat table are called: many names each, in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from selfeval.sources.form.labels import COLUMNS, PASSED, SIDE_LABELS, UPPER, column_of
from selfeval.sources.form.labels_above import ABOVE
from selfeval.sources.layout import squeeze, unified
from selfeval.sources.magnitude import UNIT as UNIT_OF_MONEY
from selfeval.sources.years import dated, meaning_of

_OWN: Mapping[str, str] = {
    "year": "年度 预算年度 年份 预算年份 项目年度",
    "unit_code": "单位编码 单位代码 预算单位编码 预算单位代码 预算单位编号 单位编号 填报单位编码",
    "unit_name": "单位名称 预算单位 预算单位名称 填报单位 填报单位名称 申报单位",
    "executor_code": "实施单位编码 项目单位编码",
    "executor": "实施单位 实施单位名称 项目实施单位 项目单位 项目单位名称 使用单位 资金使用单位",
    "office": "部门 部门/单位 单位/部门 部门单位 部门/单位名称 单位/部门名称",
    "department": "部门名称 主管部门 主管部门名称 预算部门 预算部门名称 一级预算单位",
    "code": "项目编号 项目唯一编码 二级项目编码 二级项目代码 预算项目编码 预算项目代码",
    "name": "项目 二级项目 二级项目名称 预算项目 预算项目名称 项目全称",
    "level1": "指标一级",
    "level2": "指标二级",
    "level3": "指标三级 绩效指标",
    "sign": "运算符 比较符 关系符 目标值符号 指标值方向",
    "target": "绩效目标值 计划值 指标标准值 本年度指标值 指标值内容",
    "unit": "目标值单位 指标计量单位",
    "points": "权重分 分数 满分值",
    "description": "绩效指标解释 绩效指标说明 指标释义 指标含义 三级指标解释 三级指标说明",
    "basis": "目标值确定依据 目标值设定依据 指标值设置依据 取值依据 指标确定依据",
    "standard": "评扣分规则 评分细则 评价细则",
    "budget": "项目金额 预算金额 项目预算 项目预算数 项目预算金额 预算总额 资金总额 年度资金总额 "
    "项目总金额 项目资金 批复数 预算批复数 年初预算数 年度预算数 年度预算 预算资金 金额 资金合计 资金小计 "
    "预算 资金",
    "money_unit": "金额单位 货币单位 资金单位 计价单位",
    "adjusted": "全年预算数 全年预算 调整后预算数 调整后预算 调整预算数",
    "fiscal": "财政拨款 当年财政拨款 本年财政拨款",
    "other": "单位资金",
    "carried": "上年结转 上年结转资金 结转资金 上年结转数",
    "purpose": "资金用途 项目用途 用途 资金使用用途",
    "goal": "年度绩效目标 年度目标 总体目标 年度总体目标 项目绩效目标 项目年度目标 项目年度绩效目标 "
    "年度总体绩效目标 总体绩效目标 项目总体目标 绩效总目标 目标内容 绩效目标内容",
}
"""Names beyond those of the form; of each column the first that is of the form is the usual one."""
_OF_FORM: Mapping[str, tuple[str, ...]] = {
    **{key: UPPER[key] for key in ("code", "name", "fiscal", "other", "goal")},
    "budget": (*UPPER["budget"], *(word for word in (*ABOVE["total"], *ABOVE["initial"]) if "预算" in word)),
    "carried": ABOVE["carried"],
}
NUMBERINGS = frozenset({"序号", "行号", "编号"})
NOTES = frozenset({"备注", "说明", "填报说明", *NUMBERINGS})
"""Headings of what is nobody's business but the writer's."""
GOALS_OF_THE_YEAR = frozenset({"年度目标", "本年目标", "本年度目标", "当年目标", "年度绩效目标"})
"""What may stand over the goal of a project, or over the target of an indicator."""
_OF_A_YEAR = frozenset({"target", "goal"})
"""What may be told for a longer period beside the year, in a second row of headings."""
OTHER_YEAR = "other_year"
"""What a column holds that is of a year, which is not known to be the one asked for: 2026年指标值."""
MONEY: Mapping[str, str] = {
    "budget": "预算数",
    "adjusted": "全年预算数",
    "fiscal": "财政资金",
    "other": "其他资金",
    "carried": "上年结转资金",
}
"""The columns of money, and what they are called."""

_BRACKETED = re.compile(r"[（(\[【]([^（）()\[\]【】]*)[）)\]】]")
_PART = re.compile("其中[:：]?(.+)")
_MARKS = re.compile(r"^[*※]+|[*※:：]+$")
_UNIT_OF_MONEY = re.compile(UNIT_OF_MONEY)
_UNIT_BEHIND = re.compile(rf"(.*?)[/／,，:：]?({UNIT_OF_MONEY})")
"""预算数/万元; or the unit alone, as in a second row of headings."""
_UNDER_TARGET: Mapping[str, str] = {
    **dict.fromkeys(("符号", "性质", "方向", "运算符"), "sign"),
    **dict.fromkeys(("数值", "值", "内容", "指标值", "目标值", "数量"), "target"),
    **dict.fromkeys(("单位", "计量"), "unit"),
}
"""What stands in the second row of headings under 指标值."""
_UNDER_INDICATOR: Mapping[str, str] = {"一级": "level1", "二级": "level2", "三级": "level3"}
"""What stands in it under 绩效指标."""
_SUMS = "总额 小计 合计 总计 总数 金额 总金额 资金总额 年度资金总额"
_PARTS: Mapping[str, Mapping[str, str]] = {
    "budget": {
        "budget": _SUMS,
        "fiscal": "拨款 财政 财政拨款 财政资金",
        "other": "自有 自有资金 其他 其它 其他资金 单位资金",
        "carried": "结转 结转资金 上年结转",
    },
    "fiscal": {"fiscal": _SUMS},
    "other": {"other": _SUMS},
}
_UNDER_MONEY = {
    over: {word: name for name, words in parts.items() for word in words.split()} for over, parts in _PARTS.items()
}
"""What stands in it under a sum of money."""
UNIT = "单位"
"""A heading that means two things: the unit that a project belongs to, or that of a target's number."""


def _plain(text: str) -> str:
    return _MARKS.sub("", squeeze(unified(text)))


_NAMES: Mapping[str, str] = {
    _plain(word): name
    for table in (_OF_FORM, COLUMNS, {name: tuple(words.split()) for name, words in _OWN.items()})
    for name, words in table.items()
    for word in words
    if word != UNIT
}


_OVER_LEVELS = frozenset(
    {*map(_plain, SIDE_LABELS), "指标体系", "指标级次", "指标名称", "指标类别", "指标类型", "指标级别", "指标层级"}
)
_OVER_MONEY = frozenset(map(_plain, ABOVE["scope"]))
_LONGEST = 60
"""Characters of a heading, with what explains it."""


@lru_cache(maxsize=8192)
def name_of(title: str, above: str = "") -> str:
    """The column that a heading names; blank for none. ``above``: the heading over several columns, this one below."""
    if len(title) > _LONGEST or len(above) > _LONGEST:
        return ""
    lower, upper = _plain(title), _plain(above)
    if (of_year := dated(upper))[0] or (of_year := dated(lower))[0]:
        return OTHER_YEAR if "target" in {_known(lower), meaning_of(of_year[1], _known) or _known(upper)} else ""
    if not lower or column_of(upper) == PASSED:
        return "" if lower else _known(upper)
    if (_known(upper) == "target" or upper in GOALS_OF_THE_YEAR) and (
        under := _UNDER_TARGET.get(_BRACKETED.sub("", lower))
    ):
        return under
    if (not upper or upper in _OVER_LEVELS) and lower in _UNDER_INDICATOR:
        return _UNDER_INDICATOR[lower]
    over = "budget" if _BRACKETED.sub("", upper) in _OVER_MONEY else _known(upper)
    if under := _UNDER_MONEY.get(over, {}).get(_BRACKETED.sub("", lower)):
        return under
    if _known(upper) in _OF_A_YEAR:
        lower = "" if is_passed(lower, upper) else lower + upper if _known(lower + upper) else lower
    return (upper and lower and _known(upper + lower)) or _known(lower)


def is_passed(title: str, above: str) -> bool:
    """Whether a heading, below another one, is of what is no target of the year: 实施期 below 指标值."""
    return PASSED in {column_of(title), column_of(_plain(title) + _plain(above))}


def _known(title: str) -> str:
    """By the whole heading, the words in its brackets taken into it, or without its brackets."""
    if found := _NAMES.get(title, ""):
        return found
    if part := _PART.fullmatch(title):
        name = _known(part[1])
        return name if name in MONEY else ""
    if (behind := _UNIT_BEHIND.fullmatch(title)) and (name := _known(behind[1])) in MONEY:
        return name
    bare = _BRACKETED.sub("", title)
    return "" if bare == title else _NAMES.get(_BRACKETED.sub(r"\1", title), "") or _NAMES.get(bare, "")


def unit_of_money(*titles: str) -> str:
    """The unit of money that headings name in brackets, or behind all else; blank for none."""
    plain = [squeeze(unified(title)) for title in titles]
    inside = (text for title in plain for text in _BRACKETED.findall(title))
    behind = (hit[2] for title in plain if (hit := _UNIT_BEHIND.fullmatch(title)))
    return next((hit[0] for text in inside if (hit := _UNIT_OF_MONEY.search(text))), next(behind, ""))
