"""The labels of the form: whole cells or lines, white space between any two characters, perhaps a colon after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from selfeval.sources.blocks import GridCell, GridRow
from selfeval.sources.layout import squeeze, tidy, unified
from selfeval.sources.years import dated, meaning_of

CODE = ("项目编码", "项目代码")
LEVEL1 = ("一级指标", "一级指标名称")
NAME = ("项目名称",)
HOLD_A_TABLE = (*CODE, *LEVEL1, "预算数")  # what no text but a project's table has as a label


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


UPPER: dict[str, tuple[str, ...]] = {
    "code": CODE,
    "name": NAME,
    "scope": ("预算规模及资金用途", "预算规模及"),
    "budget": ("预算数",),
    "fiscal": ("其中：财政资金", "财政资金"),
    "other": ("其他资金",),
    "plan": ("资金支出计划", "资金支出计划（%）", "资金支出计", "资金支出"),
    "goal": ("绩效目标",),
}
"""The labels above the indicator rows, each looked for after the one before it; the first spelling is the usual."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "level1": (*LEVEL1, "一级绩效指标"),
    "level2": _words("二级指标 二级指标名称 二级绩效指标"),
    "level3": _words("三级指标 三级指标名称 三级绩效指标 指标名称 绩效指标名称"),
    "description": _words("绩效指标描述 指标描述 绩效指标内容 指标内容 指标解释 指标说明 指标定义"),
    "sign": _words("指标性质 指标方向 计算符号 指标符号 运算符号 比较符号 符号 指标值符号 指标值性质 计算符"),
    "nature": ("指标属性", "指标类型", "指标类别"),
    "target": _words(
        "指标值 绩效指标值 年度指标值 年度绩效指标值 目标值 年度目标值 年初目标值 年初指标值 预期指标值 "
        "预期目标值 计划指标值 预期值 本年指标值 当年指标值 年度预期指标值 指标目标值 "
        "年度目标 本年目标 本年度目标 当年目标 全年指标值 全年目标值"
    ),
    "unit": _words("度量单位 计量单位 指标单位 指标值单位 单位"),
    "points": _words("分值 权重 指标权重 指标分值 权重分值 分值权重 标准分 标准分值 满分"),
    "standard": _words(
        "评分标准 评扣分标准 评（扣）分标准 扣分标准 评分规则 评分办法 评分方法 计分方法 计分标准 赋分规则 "
        "赋分标准 评价标准"
    ),
    "basis": _words(
        "指标值确定依据 确定依据 指标值依据 指标值设定依据 指标值来源 设定依据 指标值设定依据及数据来源 "
        "绩效指标设定依据及指标值数据来源 绩效指标值设定依据及数据来源 指标设定依据"
    ),
}
"""What the columns of the indicator rows hold, by meaning, in whatever order: the spellings of each head.

``nature`` (定量, 定性) stands for the sign where there is none. The first spelling is the usual one.
A head that is spelt otherwise is of ``PASSED_COLUMNS``, or unknown.
"""

PASSED_COLUMNS: tuple[str, ...] = _words(
    "备注 说明 序号 编号 指标编码 指标编号 是否核心指标 核心指标 佐证材料 数据来源 完成值 实际完成值 全年实际值 "
    "自评完成值 复核完成值 全年完成值 实际值 完成情况 实际完成情况 实际完成指标值 年度实际完成值 全年实际完成值 "
    "完成率 完成比例 指标完成率 得分 自评得分 评价得分 复核得分 实际得分 得分系数 折算得分 偏离度 偏差原因 "
    "偏差原因分析及改进措施 偏差原因分析 改进措施 未完成原因分析 未完成原因 原因分析 未完成原因分析及改进措施 "
    "未完成原因及改进措施 责任科室 责任单位 实施期指标值 中期指标值 实施期目标值 中期目标值 总体指标值 三年指标值 "
    "项目期指标值 实施期绩效指标值 上年指标值 上年度指标值 历史指标值 上年完成值 上年实际值 近三年指标值 历史值 "
    "实施期 上年 三年目标 三年目标值 中期目标 实施期目标 上年目标 上年目标值 上年度目标值 上年实际 上年完成 "
    "上年完成情况 上年实际完成值 上年度完成值 上年度实际值 上年度实际完成值 去年完成值 去年实际值 "
    "下年指标值 下年度指标值 下年目标 次年指标值"
)
"""Heads of columns that hold no target of the year: what was done, what it scored, and values of other years."""

UNDER_TARGET: Mapping[str, str] = {
    **dict.fromkeys(("符号", "性质", "方向", "运算符"), "sign"),
    **dict.fromkeys(("数值", "值", "内容", "指标值", "目标值", "数量"), "target"),
    **dict.fromkeys(("单位", "计量"), "unit"),
}
"""What heads mean that stand in a second row, under that of a target."""

SIDE_LABELS = _words("绩效指标 年度绩效指标 指标 绩效指标及指标值 年度绩效目标指标 绩效指标设置 项目绩效指标")
"""What stands, merged downwards, left of the indicator rows."""

NEEDED = ("level1", "level2", "level3", "target")  # the columns without which no indicator can be read

LEVEL = re.compile(
    "^.{0,16}(?:指标|目标|产出|效益|效果|满意度?|成本|管理|投入|过程|决策|影响|数量|质量|时效)等?(?:[（(].*[)）])?[:：]?$"
)
"""What the name of a level of indicators looks like, 产出指标 or 二、社会效益（20分）."""

_LOOSE = {"：": "[:：]?", "（": "[（(]", "）": "[）)]"}


@cache
def _body(spelling: str) -> str:
    return r"[ \n]*".join(_LOOSE.get(char, re.escape(char)) for char in spelling)


def find(text: str, spellings: Iterable[str], start: int = 0) -> re.Match[str] | None:
    """The first label from ``start`` on that is spelt one of these ways; the longer one at a tie."""
    return next(iter(find_all(text, spellings, start)), None)


def find_all(text: str, spellings: Iterable[str], start: int = 0) -> list[re.Match[str]]:
    """Every label from ``start`` on that is spelt one of these ways, in order of place."""
    ways = [rf"(?:^|(?<=[\t\n])) *{_body(spelling)}(?:[ \n]*[:：])? *(?=[\t\n]|$)" for spelling in spellings]
    hits = [hit for way in ways for hit in re.compile(way).finditer(text, start)]
    return sorted(hits, key=lambda hit: (hit.start(), -hit.end()))


def find_in_order(text: str, labels: Mapping[str, Iterable[str]]) -> dict[str, re.Match[str]]:
    """The labels of a part, each looked for after the one before it."""
    found: dict[str, re.Match[str]] = {}
    last = 0
    for name, spellings in labels.items():
        if hit := find(text, spellings, last):
            found[name] = hit
            last = hit.end()
    return found


def find_header(text: str) -> dict[str, re.Match[str]]:
    """The heads of the indicator columns from 一级指标 on, in whatever order, with only white space between them.

    Those of ``PASSED_COLUMNS`` are called passed1, passed2 …
    """
    first = find(text, LEVEL1)
    found = {"level1": first} if first else {}
    while found:
        last = max(hit.end() for hit in found.values())
        near = text[: last + _LONGEST_HEAD]
        ways = {name: ways for name, ways in COLUMNS.items() if name not in found}
        hits = {name: find(near, some, last) for name, some in ({f"passed{len(found)}": PASSED_COLUMNS} | ways).items()}
        beside = {name: hit for name, hit in hits.items() if hit and not text[last : hit.start()].strip()}
        if not beside:
            break
        name = min(beside, key=lambda name: (beside[name].start(), -beside[name].end()))
        found[name] = beside[name]
    return found


_LONGEST_HEAD = 200  # characters to the end of the next head


def is_label(text: str, spellings: Iterable[str]) -> bool:
    """Whether the text of a cell is a label that is spelt one of these ways."""
    return _one_of(tuple(spellings)).fullmatch(squeeze(text)) is not None


@cache
def _one_of(spellings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(_body, spellings))})[:：]?")


_FRONT = re.compile(
    r"(?:其中[:：]?|[A-Za-z①-⑳][.、．]?|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]?[.、．)）])+"
)
_BEHIND = re.compile(r"(?:[（(][^（）()]*[)）]|[:：*]|(?<=[值数])[A-C])+$")


@lru_cache(maxsize=65536)
def plain_label(text: str) -> str:
    """A label for comparing: without white space, numbering before it, and what explains it in brackets behind it.

    >>> plain_label("A.年初目标值（包含数字 及文字描述）：")
    '年初目标值'
    """
    if len(text) > _LONGEST_LABEL:
        return ""
    bare = squeeze(unified(text))
    return (_BEHIND.sub("", bare[front.end() :] if (front := _FRONT.match(bare)) else bare) or bare).translate(
        _BRACKETS
    )


_BRACKETS = str.maketrans("()", "（）")
_LONGEST_LABEL = 120


def by_spelling(labels: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The meaning of each spelling, as ``plain_label`` compares them."""
    return {plain_label(spelling): meaning for meaning, ways in labels.items() for spelling in ways}


PASSED = "passed"
"""The meaning of a column of ``PASSED_COLUMNS``."""
_COLUMNS = by_spelling({PASSED: PASSED_COLUMNS, **COLUMNS})
_SIDE = frozenset(map(plain_label, SIDE_LABELS))


def column_of(text: str) -> str:
    """What a column holds by its head: a meaning of ``COLUMNS``, or ``PASSED``; blank where the head is unknown.

    One that has a year is of another one than asked for: the year's own has lost it by then.
    """
    years, base = dated(text)
    if years and base and meaning_of(base, lambda head: _COLUMNS.get(plain_label(head), "")):
        return PASSED
    return _COLUMNS.get(plain_label(text), "")


def is_side_label(text: str) -> bool:
    """Whether a text is one that stands left of the indicator rows."""
    return plain_label(text) in _SIDE


class Filled(NamedTuple):
    """A cell that is not blank, and the number of its row; rows without any such cell do not count."""

    row: int
    cell: GridCell


def filled(rows: Iterable[GridRow]) -> list[Filled]:
    """The cells that are not blank, row by row."""
    by_row = [[cell for cell in row.cells if cell.text.strip()] for row in rows]
    return [Filled(number, cell) for number, cells in enumerate(filter(None, by_row)) for cell in cells]


def joined(cells: Iterable[Filled]) -> str:
    """The text of cells run together, each without the white space of page layout."""
    return "".join(tidy(cell.text) for _, cell in cells)


def indicator_header(rows: Sequence[GridRow]) -> int:
    """Which row heads the indicators; the number of rows when none does."""
    heads = (i for i, row in enumerate(rows) if any(column_of(cell.text) == "level1" for cell in row.cells))
    return next(heads, len(rows))


def first_name(rows: Sequence[GridRow]) -> str:
    """The name of the first indicator below the head; blank where there is none."""
    at = indicator_header(rows)
    head, first = ([cell for row in rows[i : i + 1] for cell in row.cells] for i in (at, at + 1))
    column = next((cell.column for cell in head if column_of(cell.text) == "level3"), None)
    return next((squeeze(cell.text) for cell in first if cell.column == column), "")
