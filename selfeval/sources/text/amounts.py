"""Amounts of money as a form states them, in 万元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from selfeval.sources.text.layout import squeeze

_AMOUNT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(亿元|万元|元)?")
_BLANKS = {"", "-", "—", "/", "无"}
_IN_WAN = {"亿元": Decimal(10000), "万元": Decimal(1), "元": Decimal("0.0001")}


@dataclass(frozen=True)
class Amount:
    """An amount: ``value`` in 万元 (None: blank), and whether the text could be read at all."""

    value: float | None
    readable: bool = True


def read(text: str, unit: str) -> Amount:
    """An amount written in ``unit`` (亿元, 万元 or 元), unless the text names its own unit. The conversion is exact."""
    bare = squeeze(text).replace("，", ",")
    if bare in _BLANKS:
        return Amount(None)
    hit = _AMOUNT.fullmatch(bare)
    if not hit:
        return Amount(None, readable=False)
    return Amount(float(Decimal(hit[1].replace(",", "")) * _IN_WAN[hit[2] or unit]))
