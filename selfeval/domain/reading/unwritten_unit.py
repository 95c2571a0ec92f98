"""Unwritten units: a bare number has the unit behind the indicator's name, 带动贫困户(人), or is the % of a rate."""

from __future__ import annotations

import re
from typing import NamedTuple

from selfeval.domain.reading.quantity import RATE, Quantity, read_quantity, show_number
from selfeval.domain.reading.vocabulary import Vocabulary
from selfeval.domain.rounding import fraction

_BEHIND = re.compile(r"\(([^()\d]{1,8})\)[:：]?$")
_NO_UNIT = re.compile(r"含|[一二三四五六七八九十]|[≥≤]|分$|率|指标|级$|新|续|试|类$|其他")
_REMARK = re.compile(r"\([^()]*\)")
_UNLIKELY_RATE = 1000
_FULL, _MARKS = 100, 10


class Unwritten(NamedTuple):
    """A unit (blank: none is meant) and what to say of it; or what is wanted instead, where nobody can tell."""

    unit: str = ""
    said: str = ""
    wanted: str = ""


def unwritten_unit(number: str, name: str, label: str, words: Vocabulary) -> Unwritten:
    """The unit of a bare number under a name; ``label`` are the words before the number, blank for none."""
    counted = label or name
    rate, per_mille = words.rate(_REMARK.sub("", counted)), words.holds("per_mille", f"{label}{name}")
    percent = Unwritten(RATE, "没有写单位，按百分比识别")
    if not number.strip("0.,"):  # 0 of a rate is 0% whatever it is counted in; of anything else it needs no unit
        return percent if rate and not per_mille else Unwritten()
    behind = _BEHIND.search(name)
    unit = behind[1] if behind and not _NO_UNIT.search(behind[1]) else ""
    quantity = read_quantity(f"{number}{unit}")
    if not isinstance(quantity, Quantity):
        return Unwritten()
    if unit:
        impossible = quantity.unit == RATE and quantity.value >= _UNLIKELY_RATE
        return (
            Unwritten(wanted=f"写明单位的数（{number}%不可能是百分比）")
            if impossible
            else Unwritten(unit, f"单位“{unit}”取自指标名称")
        )
    if not rate:
        return Unwritten()
    if counted.endswith("度") and 1 < quantity.value <= _MARKS:  # a 满意度 of 4.5 is none of 4.5%
        return Unwritten("分", "没有写单位，按分识别")
    doubtful = quantity.value <= 1 or quantity.value > _FULL or per_mille
    if not doubtful:
        return percent
    if 0 < quantity.value < 1 and not per_mille:  # of 99.5% in a cell, a table without formats keeps 0.995
        meant = show_number(fraction(quantity.value) * 100)
        return Unwritten(wanted=f"写明单位的数（不能确定是{meant}%还是{number}%）")
    return Unwritten(wanted=f"写明单位的数（不能确定是否为{number}%）")
