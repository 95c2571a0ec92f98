"""An amount of money as cells print it: 1,234.5万元, ¥15元整, 人民币叁拾万元整, 30万元（大写：叁拾万元整）."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from selfeval.domain.reading.numerals import in_digits
from selfeval.sources.layout import squeeze
from selfeval.sources.magnitude import IN_WAN

_UNITS = "|".join(sorted(IN_WAN, key=len, reverse=True))
_PLAIN = re.compile(rf"[¥￥]?(-?(?:\d{{1,3}}(?:,\d{{3}}){{1,5}}|\d{{1,18}})(?:\.\d{{1,18}})?)({_UNITS})?[整正]?")
_NUMERAL = "[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億]"
_DIGIT = "[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_WRITTEN = re.compile(
    rf"(?P<whole>{_NUMERAL}{{1,40}}(?:点{_NUMERAL}{{1,9}}万?)?)(?:(?P<unit>[元圆])(?:零?(?P<tenths>{_DIGIT})角)?"
    rf"(?:零?(?P<cents>{_DIGIT})分)?[整正]?)?"
)
_NUMBER = re.compile(r"(\d{1,18}(?:\.\d{1,18})?)(万?)")
_ASIDE = re.compile(r"(.{1,60})[（(](.{1,60})[)）]")
_SAID = re.compile(r"^(?:(?:大写|小写|人民币|金额)[:：]?)+")


@dataclass(frozen=True)
class Amount:
    """A number and its ``unit`` of money, blank where the cell names none."""

    number: Decimal
    unit: str

    def in_wan(self, unit: str) -> float:
        """The amount in 万元; ``unit``: that of the column or table."""
        return float(self.number * IN_WAN[self.unit or unit])


def amount_of(text: str) -> Amount | None:
    """The amount that a text is, exact; None where it is none, or may be two."""
    bare = _SAID.sub("", squeeze(text).replace("，", ","))
    if hit := _PLAIN.fullmatch(bare):
        return Amount(Decimal(hit[1].replace(",", "")), hit[2] or "")
    if hit := _WRITTEN.fullmatch(bare):
        return _written(hit)
    if hit := _ASIDE.fullmatch(bare):
        first, second = amount_of(hit[1]), amount_of(hit[2])
        same = first and second and first.in_wan("元") == second.in_wan("元")
        return first if same else None
    return None


def _written(hit: re.Match[str]) -> Amount | None:
    digits = _NUMBER.fullmatch(in_digits(hit["whole"]))
    if digits is None:
        return None
    number, times = Decimal(digits[1]), digits[2]
    if not hit["unit"]:
        return Amount(number, times) if times else None  # 六十 may be 元 or 万元, wherever it stands
    small = [int(in_digits(one)) if (one := hit[name]) else 0 for name in ("tenths", "cents")]
    if not any(small):
        return Amount(number, f"{times}元")
    return Amount(number * (10000 if times else 1) + Decimal(small[0] * 10 + small[1]) / 100, "元")
