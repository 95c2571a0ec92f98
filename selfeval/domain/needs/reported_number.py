"""A reported number in the unit of its target, however people write it, and how it was read."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from selfeval.domain.needs.asked import Asked
from selfeval.domain.needs.doubts import OFTEN, How, doubt_about
from selfeval.domain.reading.actuals import NUMBER_CODES, UNREADABLE, Answer, refused_at_once
from selfeval.domain.reading.bounds import read_range
from selfeval.domain.reading.nothing_happened import nothing_happened
from selfeval.domain.reading.numerals import in_digits
from selfeval.domain.reading.quantity import (
    RATE,
    RATES,
    Quantity,
    normalise,
    read_quantity,
    show_number,
    unit_class,
    without_noise,
)
from selfeval.domain.reading.remarks import Remarks, without_remarks
from selfeval.domain.reading.units import Converted, alike, converted, each_of
from selfeval.domain.rounding import fraction

_SAME_ORDER = 10
"""180元 beside 400元/人·天 is meant for each where one is up to so many times the other, 30分钟 by 25分钟/期 twice.
"""
_MUCH, _MORE = 1000, 2
"""Ends for what is only known to be more: of ≥90% so many times as much, of 200余人 twice."""
_PER = r"(?:每个?(?:人|户|生|村|亩|台|辆|次|天|日|周|星期|月|季度|季|半年|年|学年|平方米|公里|㎡|m²))+"
_EACH = re.compile(
    rf"(?P<before>{_PER})?(?P<amount>(?:\d[\d,.]*|[一二两三四五六七八九十百]+)[^\d/每]{{1,4}})(?(before)|(?P<behind>{_PER}))"
)
_ZERO_FIRST = re.compile(r"^0[^\d,;]{0,3}[,;、]")


def read_number(text: str, data_type: str, number: float, asked: Asked, *, explained: bool = False) -> Answer:
    """A reported number in the unit of the target. ``explained``: a 偏差原因 came with it."""
    if data_type == "text":
        return _text(text, asked, explained)
    if refused := refused_at_once(NUMBER_CODES, text, data_type, number):
        return refused
    if data_type == "percent":
        quantity = Quantity(without_noise(fraction(number) * 100), RATE)
        return _in_unit(quantity, f"{show_number(quantity.value)}%", asked, "percent")
    return _in_unit(Quantity(without_noise(fraction(number)), ""), text, asked, "bare")


@lru_cache(maxsize=65536)
def _text(text: str, asked: Asked, explained: bool) -> Answer:  # noqa: FBT001 (lru_cache wants it by place)
    if asked.value == 0 and nothing_happened(_ZERO_FIRST.sub("", normalise(text)), asked.words, asked.name):
        return Answer(0.0, f"0{asked.unit}", said=(f"实际完成值“{normalise(text)}”按0计",), look=True)
    if refused := refused_at_once(NUMBER_CODES, text, "text"):
        return refused
    repeated = _repeated_range(text, asked)
    if repeated is not None:
        return repeated
    base = asked.unit.partition("/")[0]
    written, text = text, _each_behind(text, base)
    found = read_quantity(in_digits(text, asked.unit, asked.same))
    remarks = Remarks(text)
    if not isinstance(found, Quantity) or _verbal(found.unit):
        remarks = without_remarks(text, asked.words, f"{asked.name}{asked.target}")
        if remarks.about:
            return Answer(code="E403", facts={"found": text})
        if remarks.rest == normalise(text) and not isinstance(found, Quantity):
            return Answer(code=UNREADABLE.get(found, "E402"), facts={"found": text})
        found = read_quantity(in_digits(_each_behind(remarks.rest, base), asked.unit, asked.same))
        if not isinstance(found, Quantity):
            return Answer(code=UNREADABLE.get(found, "E402"), facts={"found": text})
    how: How = "bare" if not found.unit else "explained" if explained else "written"
    answer = _in_unit(found, text, asked, how)
    answer = answer if answer.code else _with_remarks(answer, remarks, text, asked)
    if answer.code or answer.said or any(character in "0123456789" for character in normalise(written)):
        return answer
    return replace(answer, said=(f"实际完成值“{normalise(written)}”按{answer.shown}计",))  # 一百万份


def _each_behind(text: str, unit: str) -> str:
    """每人每天550元 and 550元每人每天 as 550元/人·天; other texts as they are."""
    match = _EACH.fullmatch(normalise(text))
    if match is None:
        return text
    each = [part for part in re.split("每个?", match["before"] or match["behind"] or "") if part]
    return f"{in_digits(match['amount'], unit)}/{'·'.join(each)}"


def _verbal(unit: str) -> bool:
    return "已" in unit or "均" in unit


def _repeated_range(text: str, asked: Asked) -> Answer | None:
    """A range beside a range: 90%-95% reported for 90%-95%."""
    bounds = read_range(text)
    if bounds is None:
        return None
    ends = [converted(Quantity(end, bounds[2]), asked.unit, asked.same) for end in bounds[:2]]
    if None in ends:
        return None
    low, high = (end.value for end in ends if end is not None)
    shown = f"{show_number(low)}{asked.unit}至{show_number(high)}{asked.unit}"
    said = f"实际完成值“{normalise(text)}”是一个范围，按上限计"
    return Answer(
        float(high),
        f"{show_number(high)}{asked.unit}",
        facts={"found": text, "shown": shown},
        said=(said,),
        look=True,
        between=(float(low), float(high)),
    )


def _in_unit(found: Quantity, text: str, asked: Asked, how: How) -> Answer:
    """The quantity in the unit of the target, unless it cannot be compared or is in doubt."""
    counted, look = _counted(found, asked), False
    value = converted(counted, asked.unit, asked.same)
    if value is not None and counted is not found and not value.said:
        value = Converted(value.value, f"“{normalise(text)}”按{show_number(value.value)}{asked.unit}计")
    if value is None:
        value, look = _for_each(found, asked), True
    if value is None:
        shown = text or show_number(found.value)
        return Answer(code="E404", facts={"found": shown, "unit": asked.unit or "（无单位）"})
    if how == "percent" and asked.unit not in RATES:
        how = "bare"
    if (doubt := doubt_about(value.value, asked, how)) is not None:
        code, facts = doubt
        return Answer(code=code, facts={**facts, "found": facts.get("found", text)})
    said = (f"实际完成值{value.said}",) if value.said else ()
    return Answer(float(value.value), f"{show_number(value.value)}{asked.unit}", said=said, look=look)


def _counted(found: Quantity, asked: Asked) -> Quantity:
    """Without the name of what is counted behind the unit (1200名学生); none of one thing is none of another."""
    if found.value == asked.value == 0 and unit_class(found.unit) == unit_class(asked.unit) == "count":
        return Quantity(found.value, asked.unit)
    # nothing of what it counts, whatever that is counted in; but 100% of no accident says something else
    if asked.value == 0 and not asked.unit and (found.value == 0 or found.unit not in RATES or "率" in asked.name):
        return Quantity(found.value, "")
    if not found.unit or alike(found.unit, asked.unit, asked.same):
        return found
    if alike(bare := found.unit.removeprefix("个"), asked.unit, asked.same):  # 9个班 are 9班
        return Quantity(found.value, bare)
    heads = (found.unit[:at] for at in range(len(found.unit) - 1, 0, -1) if found.unit[at:] in normalise(asked.name))
    behind = next((head for head in heads if alike(head, asked.unit, asked.same)), "")
    return Quantity(found.value, behind) if behind else found


def _for_each(found: Quantity, asked: Asked) -> Converted | None:
    """An amount without its 每: 12次 for 12次/年, 180元 for 400元/人·天; None where it may mean the whole."""
    each, own = each_of(asked.unit), each_of(found.unit)
    if bool(each) == bool(own):
        return None
    base, _, behind = asked.unit.partition("/")
    per_year = each == {"年"} or own == {"年"}
    if own:
        if not per_year or unit_class(found.unit.partition("/")[0]) == "money":
            return None  # 每年10万元, of how many years?
        bare = Quantity(found.value, found.unit.partition("/")[0])
        value = converted(bare, asked.unit, asked.same)
    else:
        value = converted(found, base, asked.same)
    counted = unit_class(base) == "count"
    if value is None or (not per_year and counted and not each.isdisjoint(OFTEN)):
        return None
    target = fraction(asked.value)
    most = target * (_SAME_ORDER if unit_class(base) == "money" else _MORE)
    if not per_year and not (target <= value.value * _SAME_ORDER and value.value <= most):
        return None
    told = f"没有写“每{behind}”，按{show_number(value.value)}{asked.unit}计" if not own else "按全年计"
    if per_year and not own:
        told = f"按{asked.year}年全年的数，即{show_number(value.value)}{asked.unit}"
    return Converted(value.value, f"“{show_number(found.value)}{found.unit}”{told}")


def _with_remarks(answer: Answer, remarks: Remarks, text: str, asked: Asked) -> Answer:
    """The answer with what stood beside the number."""
    if not remarks.beside and not remarks.bound:
        return answer
    assert answer.value is not None
    plain = normalise(text)
    said = (*answer.said, f"实际完成值“{plain}”按{answer.shown}计")
    look = answer.look or remarks.partly
    answer = replace(answer, said=said, verdict=remarks.verdict, facts={"found": text}, look=look)
    if not remarks.bound:
        return answer
    value = fraction(answer.value)
    far = abs(value) * (_MORE if remarks.beside and remarks.beside[-1] in {"余", "多"} else _MUCH) or Fraction(_MUCH)
    ends = (value, value + far) if remarks.bound > 0 else (min(value, Fraction(0)), value)
    if asked.highest is not None and asked.unit in RATES and remarks.bound > 0:
        ends = (value, max(value, asked.highest * {RATE: 100, "‰": 1000}.get(asked.unit, 10000)))
    return replace(answer, look=True, between=(float(ends[0]), float(ends[1])))
