"""The share that an indicator earns: by its curve, another where 偏差类别 says so, and less without evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from selfeval.domain.curves import Curve, share_formula
from selfeval.domain.expression.tree import NEVER, Expression, Name, any_of, is_error, trimmed, when
from selfeval.domain.needs.selfcheck import no_reason
from selfeval.domain.options import Option, Proof

CATEGORY, EVIDENCE = Name("category"), Name("evidence")
"""The 偏差类别 picked and the 佐证材料 written, as texts."""

_NOTHING_SHOWN = ("没有", "暂无", "未提供", "无资料", "无佐证", "无佐证材料", "没有资料", "／")
UNPROVEN = any_of(
    no_reason(EVIDENCE),
    when(is_error(EVIDENCE), NEVER, any_of(*(trimmed(EVIDENCE).equals(word) for word in _NOTHING_SHOWN))),
)
"""Whether the evidence says nothing: blank, 无, / and the like."""


@dataclass(frozen=True, kw_only=True)
class CategoryCurve:
    """Another curve for the indicators whose 偏差类别 is one of ``categories``."""

    categories: Annotated[tuple[str, ...], Option("偏差类别", "填报表“偏差类别”中的哪几种，如 [指标值偏低或偏高]")]
    curve: Annotated[Curve, Option("计分标准", "偏差类别是这几种时的计分标准，写法同 curve")]

    @property
    def chosen(self) -> Expression:
        """Whether one of its categories was picked."""
        same = any_of(*(trimmed(CATEGORY).equals(word) for word in self.categories))
        return when(is_error(CATEGORY), NEVER, same)


def share_by(
    curve: Curve, others: Sequence[CategoryCurve], proof: Proof | None, *, uncapped: bool = False
) -> Expression:
    """The share over ``MEASURE``, ``CATEGORY`` and ``EVIDENCE``; of ``others`` the first that was chosen applies."""
    share = share_formula(curve, uncapped=uncapped)
    for other in reversed(others):
        share = when(other.chosen, share_formula(other.curve, uncapped=uncapped), share)
    if proof is None or proof.kept is None:
        return share
    return when(UNPROVEN, share * proof.kept if proof.kept else Fraction(0), share)
