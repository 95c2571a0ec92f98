"""Which units are one thing, and which values can be: what a unit may see otherwise, so that a rulebook says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from selfeval.domain.options import Folded, Option, Share
from selfeval.domain.rulebook.parts import CITED, Origin


@dataclass(frozen=True, kw_only=True)
class SameUnits:
    """Counters that are one: a target in 台 may be answered in 套."""

    id: Annotated[str, Option("编号", "短名，如 devices；继承它的规则文件用它来改动或删去（remove）")]
    same: Annotated[tuple[Folded, ...], Option("同一计量单位", "视为同一计量单位的几种写法，如 [台, 套]")]
    sources: Annotated[tuple[str, ...], CITED]
    note: Annotated[str, Option("说明", "为什么视为同一单位；不同时结果中会说明")] = ""
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Plausible:
    """What can be reported for the indicators whose names hold one of some words; whatever else is asked about."""

    id: Annotated[str, Option("编号", "短名，如 never_above_whole")]
    names: Annotated[tuple[Folded, ...], Option("名称用词", "指标名称（二、三级指标或指标值）中有这些词之一的")]
    unless: Annotated[tuple[Folded, ...], Option("除外用词", "名称中有这些词之一的不算，如 增长")] = ()
    highest: Annotated[Share | None, Option("最高", "比率不会超过多少，如100%；超过的不计分，先询问", "最高{}")] = None
    negative: Annotated[
        bool, Option("可为负数", "true：实际完成值可以是负数，如增长率；其他指标的负数先询问", "可为负数")
    ] = False
    from_budget: Annotated[
        bool,
        Option("出自预算", "true：金额出自项目预算，如成本；达到预算数一千倍的不计分，先询问", "金额出自预算"),
    ] = False
    sources: Annotated[tuple[str, ...], CITED]
    note: Annotated[str, Option("说明", "为什么")] = ""
    origin: Origin

    def holds(self, names: str) -> bool:
        """Whether an indicator is meant; ``names`` are its names, normalised and joined."""
        return any(word in names for word in self.names) and not any(word in names for word in self.unless)
