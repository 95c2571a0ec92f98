"""How the budget execution scores: the same keys as a kind, about a rate."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from selfeval.domain.curves import Curve, share_formula
from selfeval.domain.expression.tree import Expression
from selfeval.domain.options import Option, Share
from selfeval.domain.rulebook.kind_rules import ACTION_WORDS, Deduction, WhenAction
from selfeval.domain.rulebook.parts import CHOSEN, CITED, Origin, show_percent
from selfeval.domain.rulebook.points import CAP, Cap

ExecutionMeasure = Literal["rate", "per_unit"]

_MEASURE_WORDS: dict[ExecutionMeasure, str] = {"rate": "执行率", "per_unit": "按单位扣分"}


@dataclass(frozen=True)
class ExecutionWhen:
    """What to do where there is no rate."""

    budget_zero: Annotated[
        WhenAction,
        Option(
            "全年预算数为0",
            "预算数和执行数都是0（已取消的项目）：ask 待补充（默认）、full 满分、zero 零分、"
            "not_applicable 不涉及（分值分给其他部分）；有执行数的总是待补充",
            "全年预算数和执行数都是0的{}。",
            ACTION_WORDS,
        ),
    ] = "ask"
    executed_missing: Annotated[
        WhenAction,
        Option("没有填执行数", "有预算数而没有填执行数：同上；默认 ask", "没有填全年执行数的{}。", ACTION_WORDS),
    ] = "ask"


@dataclass(frozen=True)
class ExecutionAttention:
    """Rates that a reviewer should look at; the score stays as it is."""

    flag_below: Annotated[
        Share | None, Option("提示线", "执行率低于多少标为“需关注”，如90%", "执行率低于{}标为需关注。")
    ] = None
    unequal: Annotated[bool, Option("不是100%即标注", "执行率不是100%就标为“需关注”", "执行率不是100%标为需关注。")] = (
        False
    )

    def doubts(self, rate: Fraction) -> str:
        """Why a rate should be looked at; blank for no reason."""
        if self.flag_below is not None and rate < self.flag_below:
            return f"低于{show_percent(self.flag_below)}"
        return "不是100%" if self.unequal and rate != 1 else ""


@dataclass(frozen=True, kw_only=True)
class Execution:
    """How the budget execution rate scores: its section, measure and curve."""

    section: Annotated[str, Option("所在部分", "sections 中的编号；这一部分不能再有一级指标")]
    measure: Annotated[
        ExecutionMeasure,
        Option(
            "计算方法", "rate 执行率（默认）；per_unit 比100%每低多少个百分点扣几分（deduct）", words=_MEASURE_WORDS
        ),
    ] = "rate"
    deduct: Annotated[
        Deduction | None,
        Option("扣分", "计算方法为 per_unit 时写，如每低于5%扣2分：{points: 2, every: 5, part: whole}"),
    ] = None
    curve: Annotated[Curve, Option("计分标准", "由完成程度（执行率）得出得分率，写法同 kinds")]
    cap: Annotated[Cap, CAP] = "points"
    rate_first: Annotated[
        bool,
        Option(
            "先取整",
            "true：执行率先四舍五入到0.01%，再计分；默认 false，从原数计算",
            "执行率先四舍五入到0.01%，再计分。",
        ),
    ] = False
    attention: Annotated[ExecutionAttention, Option("关注", "只标注、不改变得分的标准")] = ExecutionAttention()
    when: Annotated[ExecutionWhen, Option("特殊情形", "无法计算执行率时怎样处理")] = ExecutionWhen()
    sources: Annotated[tuple[str, ...], CITED]
    note: Annotated[str, CHOSEN] = ""
    origin: Origin

    @property
    def deducts_from(self) -> Fraction:
        """The rate below which points are off, in percent."""
        return Fraction(100) if self.deduct is None or self.deduct.below is None else self.deduct.below.number

    @property
    def mark(self) -> str:
        """The same as printed: 100%."""
        return show_percent(self.deducts_from / 100)

    @property
    def uncapped(self) -> bool:
        """Whether its score may be above its points."""
        return self.cap == "none"

    @property
    def share(self) -> Expression:
        """The share of the points over ``MEASURE``."""
        return share_formula(self.curve, uncapped=self.uncapped)
