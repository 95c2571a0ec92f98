"""How the indicators of a kind score, and which of them score otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from selfeval.domain.curves import NO_CURVE, Curve
from selfeval.domain.expression.tree import Expression
from selfeval.domain.options import Evidence, FixedMark, Folded, Key, Mark, MeasureId, Option, Share
from selfeval.domain.reading.headings import is_heading, is_named
from selfeval.domain.reading.quantity import RATE, UnitClass, normalise, show_number, unit_class
from selfeval.domain.rulebook.parts import CITED, Level, Origin
from selfeval.domain.rulebook.points import CAP, Cap
from selfeval.domain.shares import CategoryCurve, share_by

WhenAction = Literal["ask", "full", "zero", "not_applicable"]
CLOSE: WhenAction = "not_applicable"
"""What closes a row: it has no points, and nobody asks for it."""
PartUnit = Literal["proportional", "whole", "ignored"]

ACTION_WORDS: dict[str, str] = {
    "ask": "待补充",
    "full": "按满分计",
    "zero": "按零分计",
    "not_applicable": "按不涉及处理",
}
GIVEN_SHARES: dict[str, int] = {"full": 1, "zero": 0}
"""The share of the points that an action gives instead of a measure; the others give none."""


def gives_away(action: str) -> bool:
    """Whether an action lets the points go to what else is scored."""
    return action != "ask" and action not in GIVEN_SHARES


UNIT_WORDS: dict[UnitClass, str] = {"rate": "百分比", "money": "金额", "time": "时间", "count": "数量"}

_PART_WORDS: dict[PartUnit, str] = {"proportional": "按比例扣", "whole": "按一个扣", "ignored": "不扣"}

PER_UNIT = "per_unit"
"""The measure that reads ``deduct``."""


@dataclass(frozen=True)
class Attention:
    """Thresholds, as shares of the target completed, that flag and may demand a reason, but never change a score."""

    flag_from: Annotated[
        Share | None, Option("提示线", "完成率达到多少起标为“需关注”，如1.2", "完成率达到{}标为需关注")
    ] = None
    reason_from: Annotated[Share | None, Option("说明线", "完成率达到多少起必须写原因，如1.3", "达到{}必须写原因")] = (
        None
    )
    unequal: Annotated[
        bool,
        Option("不等即标注", "实际完成值与指标值不相等就标为“需关注”", "与指标值不等标为需关注"),
    ] = False


_ALSO = "同上；默认 ask"


def _case(title: str, hint: str, sentence: str = "") -> Option:
    return Option(title, hint, f"{sentence or title}的{{}}", ACTION_WORDS)


@dataclass(frozen=True, kw_only=True)
class When:
    """What to do in each case in which an indicator cannot be scored in the usual way."""

    target_zero: Annotated[
        WhenAction | None,
        _case("指标值为0", "不写则照常计算；写 ask、full、zero、not_applicable 则不计算，按所写的处理"),
    ] = None
    actual_missing: Annotated[
        WhenAction, _case("没有填实际完成值", "ask 待补充（默认）、full 满分、zero 零分、not_applicable 不涉及")
    ] = "ask"
    actual_unreadable: Annotated[WhenAction, _case("实际完成值无法识别", _ALSO)] = "ask"
    unit_differs: Annotated[WhenAction, _case("单位不同且无法换算", _ALSO, "单位无法换算")] = "ask"
    budget_zero: Annotated[WhenAction, _case("全年预算数为0", "只用于按月支付的指标，已取消的项目用得到；" + _ALSO)] = (
        "ask"
    )
    no_level: Annotated[WhenAction, _case("定性指标没有选档次", _ALSO, "没有选档次")] = "ask"

    evidence_missing: Annotated[
        Evidence | None,
        Option(
            "没有佐证材料",
            "填了实际完成值而“佐证材料”空白（或写“无”）时：ask 待补充、zero 零分，或按应得分的几成计，如50%；"
            "不写的，不核对",
            "没有佐证材料的{}",
        ),
    ] = None

    def get(self, case: str, default: str = "") -> str:
        """What to do in a case; ``default`` where the rules do not say or know no such case."""
        said: str | None = getattr(self, case, None)
        return said or default

    def __contains__(self, case: str) -> bool:
        """Whether the rules say what to do in a case."""
        return bool(self.get(case))


@dataclass(frozen=True)
class Deduction:
    """少一场扣1分: ``points`` (in points) off for ``every`` units by which an actual misses the target.

    ``below`` (the more the better) or ``above`` (the less the better) is a fixed mark that it misses instead.
    """

    points: Annotated[Fraction, Option("扣几分", "差一个单位扣几分，如1或0.1")]
    every: Annotated[Fraction, Option("每多少", "多少算一个单位，按指标值的计量单位；不写为1")] = Fraction(1)
    part: Annotated[
        PartUnit,
        Option("不足一个单位的", "proportional 按比例扣（默认）、whole 按一个单位扣、ignored 不扣", words=_PART_WORDS),
    ] = "proportional"
    below: Annotated[
        FixedMark | None,
        Option("低于多少起扣", "从这个数（如90%）往下数，不从指标值数；用于 ≥ 和 =（多于的不扣）"),
    ] = None
    above: Annotated[
        FixedMark | None,
        Option("高于多少起扣", "从这个数（如100%）往上数，不从指标值数；用于 ≤ 和 =（少于的不扣）"),
    ] = None
    most: Annotated[Fraction | None, Option("最多扣几分", "最多扣多少分，如3；不写则扣完为止")] = None

    @property
    def takes(self) -> bool:
        """Whether it takes anything off."""
        return min(self.points, self.every) > 0 and (self.most is None or self.most > 0)

    @property
    def mark(self) -> Mark | None:
        """The fixed mark that is counted from; None: the target."""
        return self.below or self.above

    @property
    def side(self) -> str:
        """Where a fixed mark counts: 低于 or 高于 it; blank without one."""
        return "低于" if self.below else "高于" if self.above else ""

    def fits(self, unit: str) -> bool:
        """Whether it can be counted for a target in this unit: a mark in percent only for one in percent."""
        return self.mark is None or not self.mark.percent or unit_class(unit) == "rate"

    def counted_from(self, unit: str = "") -> str:
        """The fixed mark as printed, 90%; blank where it is the target."""
        if self.mark is None:
            return ""
        return f"{show_number(self.mark.number)}{RATE if self.mark.percent else unit}"

    def to_the_end(self, unit: str) -> str:
        """The same with where it ends: 每 1场扣1分……，扣完为止."""
        return f"{self.describe(unit)}{'' if self.most else '，扣完为止'}"

    def describe(self, unit: str = "", *, perhaps_rate: bool = False) -> str:
        """In words: 每 1场扣0.5分，不足 1场的按比例扣. ``perhaps_rate``: any unit, percent too."""
        in_percent = unit == RATE or (self.mark is not None and self.mark.percent)
        step = f"{show_number(self.every)}{'个百分点' if in_percent else unit or '个单位'}"
        rate = f"（指标值为百分比的，{show_number(self.every)}个百分点）" if perhaps_rate and not in_percent else ""
        lead = f"{self.side}{self.counted_from(unit)}的部分，" if self.mark else ""
        limit = "" if self.most is None else f"，最多扣{show_number(self.most)}分"
        return f"{lead}每{step}{rate}扣{show_number(self.points)}分，不足{step}的{_PART_WORDS[self.part]}{limit}"


@dataclass(frozen=True, kw_only=True)
class OwnLevel:
    """A qualitative level of a variant: the ``share`` it earns, and from ``low`` to ``high`` what may be given instead.

    Without ``low`` and ``high`` it earns its share and nothing else.
    """

    label: Annotated[str, Option("档次名称", "填报表下拉列表中的文字，如 优")]
    share: Annotated[Share, Option("得分率", "选这一档得几成，如80%或2/3；另写了 low、high 的，没填比例时按它")]
    words: Annotated[tuple[str, ...], Option("同义写法", "填报时也识别为本档的文字")] = ()
    low: Annotated[Share | None, Option("下限", "可以另填的完成比例的下限（含）；不写则不能另填")] = None
    high: Annotated[Share | None, Option("上限", "可以另填的完成比例的上限；100%含，其余不含")] = None

    def as_level(self, number: int, sources: tuple[str, ...], origin: Origin) -> Level:
        """The level, as those of the rulebook are."""
        low, high = (self.share if end is None else end for end in (self.low, self.high))
        return Level(
            id=str(number),
            label=self.label,
            words=self.words,
            low=low,
            high=high,
            high_included=high in {1, low},
            default=self.share,
            sources=sources,
            origin=origin,
        )


@dataclass(frozen=True, kw_only=True)
class Variant:
    """Another way for a kind to score, for the indicators that meet every condition given (``CONDITIONS``).

    The names are normalised texts. What is left out is as for the kind.
    """

    id: Annotated[str, Option("编号", "短名，如 satisfaction；继承它的规则文件用它来改动或删去（remove）")]
    level1: Annotated[tuple[Folded, ...], Option("一级指标", "条件：只用于这些一级指标", "一级指标为{}")] = ()
    level2: Annotated[tuple[Folded, ...], Option("二级指标", "条件：只用于这些二级指标", "二级指标为{}")] = ()
    level3: Annotated[tuple[Folded, ...], Option("三级指标", "条件：只用于这些名称的三级指标", "三级指标为{}")] = ()
    names: Annotated[
        tuple[Folded, ...], Option("名称含", "条件：三级指标的名称含这些词之一", "三级指标的名称含“{}”")
    ] = ()
    indicators: Annotated[
        tuple[str, ...], Option("指标编号", "条件：只用于这几个指标；优先于按级别写的", "指标编号为{}")
    ] = ()
    printed: Annotated[
        tuple[str, ...],
        Option(
            "写给",
            "写了 indicators 的，写的时候绩效目标表里这几个指标的“三级指标：指标值”；"
            "现在的不在其中就报错，不按这一条计分；不写则无从核对",
        ),
    ] = ()
    unit: Annotated[
        tuple[UnitClass, ...],
        Option(
            "单位类别", "条件：指标值的单位，rate 百分比、money 金额、time 时间、count 数量", "指标值为{}", UNIT_WORDS
        ),
    ] = ()
    measure: Annotated[MeasureId, Option("计算方法", "不写则同本类；换了计算方法的，计分标准（curve）也要写")] = ""
    deduct: Annotated[Deduction | None, Option("扣分", "计算方法为 per_unit 时写：差一个单位扣几分")] = None
    curve: Annotated[Curve, Option("计分标准", "不写则同本类")] = NO_CURVE
    cap: Annotated[Cap | None, Option("封顶", "不写则同本类", words=CAP.words)] = None
    levels: Annotated[
        tuple[OwnLevel, ...], Option("档次", "定性指标另用的档次，由高到低，如 优良中低差；不写则用规则文件的 levels")
    ] = ()
    when_category: Annotated[tuple[CategoryCurve, ...], Option("按偏差类别", "不写则同本类")] = ()
    attention: Annotated[Attention | None, Option("关注", "不写则同本类")] = None
    when: Annotated[When | None, Option("特殊情形", "不写则同本类")] = None
    sources: Annotated[tuple[str, ...], CITED]
    note: Annotated[str, Option("说明", "为什么单独计分；打印在评分依据中")] = ""
    origin: Origin

    def holds(self, indicator: str, level1: str, level2: str, level3: str, unit: str) -> bool:
        """Whether an indicator with these names, and a target in this unit, is meant."""
        return (
            (not self.indicators or indicator in self.indicators)
            and (not self.level1 or is_heading(level1, self.level1))
            and (not self.level2 or is_heading(level2, self.level2))
            and (not self.level3 or normalise(level3) in self.level3)
            and is_named(level3, self.names)
            and (not self.unit or unit_class(unit) in self.unit)
        )


CONDITIONS = ("indicators", "level1", "level2", "level3", "names", "unit")
"""The fields of a variant that say which indicators it is for, in the order in which people read them."""


@dataclass(frozen=True, kw_only=True)
class KindRule:
    """How a kind (or its ``variant``) scores: the measure, the curve from it to a share, and what to do when stuck.

    ``units`` are the classes of unit that a variant is for (none: any), ``own_levels`` its levels (none: the usual),
    ``indicators`` those that it names, ``printed`` what they were when it was written.
    """

    kind: Key
    label: Annotated[str, Option("名称", "打印用的类型名称，如 ≥")]
    measure: Annotated[MeasureId, Option("计算方法", "怎样由实际完成值和指标值算出完成程度；不涉及没有计算方法")] = ""
    deduct: Annotated[Deduction | None, Option("扣分", "计算方法为 per_unit 时写：差一个单位扣几分")] = None
    curve: Annotated[
        Curve,
        Option("计分标准", "由完成程度得出得分率：一组{from, share}为分档，一组{at, share}为按区间线性计分；不能混用"),
    ] = NO_CURVE
    cap: Annotated[Cap, CAP] = "points"
    when_category: Annotated[
        tuple[CategoryCurve, ...],
        Option("按偏差类别", "填报的偏差类别是某几种时另用一种计分标准，如只在“指标值偏低或偏高”时调减超额完成的得分"),
    ] = ()
    attention: Annotated[Attention, Option("关注", "只标注、不改变得分的标准")] = Attention()
    when: Annotated[When, Option("特殊情形", "不能照常计分时怎样处理")] = When()
    sources: Annotated[tuple[str, ...], CITED]
    note: Annotated[str, Option("说明", "文件留有选择余地时，写明选了什么；打印在评分依据中")] = ""
    variants: Annotated[
        tuple[Variant, ...], Option("单独计分办法", "这一类中的某些指标另用一种计分办法，如满意度指标分档")
    ] = ()
    origin: Origin
    variant: str = ""
    own_levels: tuple[Level, ...] = ()
    indicators: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    units: tuple[UnitClass, ...] = ()

    @property
    def deducted(self) -> str:
        """What a unit missed costs, for targets of any unit that the rule is for; blank where nothing is deducted."""
        if self.deduct is None:
            return ""
        unit = RATE if self.units == ("rate",) else ""
        return self.deduct.describe(unit, perhaps_rate=not self.units or "rate" in self.units)

    @cached_property
    def share(self) -> Expression:
        """The share of the points over the names of ``domain.shares`` and ``MEASURE``."""
        return share_by(self.curve, self.when_category, self.when.evidence_missing, uncapped=self.uncapped)

    @property
    def evidence_asked(self) -> bool:
        """Whether nothing is scored without evidence."""
        proof = self.when.evidence_missing
        return proof is not None and proof.kept is None

    @property
    def name(self) -> str:
        """The kind, for a variant at_least.satisfaction."""
        return f"{self.kind}.{self.variant}" if self.variant else self.kind

    @property
    def uncapped(self) -> bool:
        """Whether a score may be above its points."""
        return self.cap == "none"

    @cached_property
    def varied(self) -> Mapping[str, KindRule]:
        """The rule of each variant by its id, filled up with what it takes over."""
        return {variant.id: self._with(variant) for variant in self.variants}

    def _with(self, variant: Variant) -> KindRule:
        measure = variant.measure or self.measure
        return replace(
            self,
            measure=measure,
            deduct=(variant.deduct or self.deduct) if measure == PER_UNIT else None,
            curve=self.curve if variant.curve == NO_CURVE else variant.curve,
            cap=variant.cap or self.cap,
            when_category=variant.when_category or self.when_category,
            attention=variant.attention or self.attention,
            when=variant.when or self.when,
            sources=variant.sources,
            note=variant.note,
            variants=(),
            origin=variant.origin,
            variant=variant.id,
            units=variant.unit,
            indicators=variant.indicators,
            printed=variant.printed,
            own_levels=tuple(
                level.as_level(i, variant.sources, variant.origin) for i, level in enumerate(variant.levels, start=1)
            ),
        )
