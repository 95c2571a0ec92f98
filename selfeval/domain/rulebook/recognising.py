"""How a target is recognised: by the way it is written, or one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from selfeval.domain.options import Folded, KindId, Option, Pattern
from selfeval.domain.reading.quantity import UnitClass
from selfeval.domain.rulebook.kind_rules import UNIT_WORDS
from selfeval.domain.rulebook.parts import Origin

NumberPresence = Literal["present", "absent", "any"]
Shape = Literal["", "bare_number", "number_range", "period"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One way to recognise a target: what to look for, under which conditions, and the kind it means.

    ``symbols`` stand at the start; ``words`` anywhere; ``suffixes`` at the end; ``exact`` is the whole text;
    ``patterns`` are regular expressions over the whole text; ``shape`` asks for a bare number with its unit, a
    range, or a period of time. ``unit`` lists classes of unit, ``level2`` second-level indicators. ``strict`` marks a
    strict sign, for which equality is met but flagged.
    """

    id: Annotated[str, Option("规则编号", "结果和说明中引用的短名")]
    kind: Annotated[KindId, Option("类型", "认作哪一类指标")]
    symbols: Annotated[tuple[Folded, ...], Option("符号", "出现在指标值开头，如 ≥", "以 {} 开头")] = ()
    words: Annotated[tuple[Folded, ...], Option("词", "出现在指标值任何位置，如 不低于", "含“{}”")] = ()
    suffixes: Annotated[tuple[Folded, ...], Option("词尾", "出现在指标值末尾，如 以上", "以“{}”结尾")] = ()
    exact: Annotated[tuple[Folded, ...], Option("全文", "指标值就是这几个字，如 不涉及", "全文为“{}”")] = ()
    patterns: Annotated[
        tuple[Pattern, ...], Option("匹配式", "与整个指标值相符的正则表达式；一般用不到，请用单引号", "符合匹配式 {}")
    ] = ()
    shape: Annotated[
        Shape,
        Option(
            "样子",
            "bare_number 只有数和单位；number_range 区间；period 期限（如 12月底前）",
            "{}",
            {"bare_number": "只有数和单位", "number_range": "区间（如 90%-95%）", "period": "期限（如 12月底前）"},
        ),
    ] = ""
    number: Annotated[
        NumberPresence,
        Option(
            "有没有数字",
            "条件：present 必须有数字，absent 必须没有，any 不论",
            "{}",
            {"present": "有数字", "absent": "没有数字"},
        ),
    ] = "any"
    unit: Annotated[
        tuple[UnitClass, ...],
        Option("单位类别", "条件：rate 百分比、money 金额、time 时间、count 数量", "单位为{}", UNIT_WORDS),
    ] = ()
    level2: Annotated[tuple[Folded, ...], Option("二级指标", "条件：只用于这些二级指标", "二级指标为{}")] = ()
    strict: Annotated[bool, Option("严格符号", "＞、＜、超过、低于之类；相等视为达到并标注")] = False
    sources: Annotated[tuple[str, ...], Option("依据", "sources 中的编号")] = ()
    note: Annotated[str, Option("说明", "为什么这样认")] = ""
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Override:
    """The reading of one indicator whose target no rule can read. ``because`` is printed wherever it is used.

    ``target`` is a text that the ordinary reading understands (``≥2360.46平方米``, ``2024年12月31日``); blank when
    the kind needs none.
    """

    indicator: Annotated[str, Option("指标编号", "项目编码-两位序号")]
    kind: Annotated[KindId, Option("类型", "认作哪一类指标")]
    target: Annotated[str, Option("指标值", "改写成能看懂的写法，如 12月31日；人工、定性、不涉及可不写")] = ""
    because: Annotated[str, Option("原因", "为什么要改写，凭什么；凡用到的地方都会打印")]
    origin: Origin
