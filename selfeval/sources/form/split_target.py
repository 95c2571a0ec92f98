"""A target that a table prints in two to four cells: sign, value and unit, joined as they would stand in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from selfeval.domain.reading.units import KNOWN
from selfeval.sources.layout import squeeze, tidy, unified

SIGNS: dict[str, tuple[str, ...]] = {
    "≥": (
        *(
            "≥",
            "≧",
            ">=",
            "=>",
            "≥=",
            "⩾",
            "大于等于",
            "大于或等于",
            "大于（等于）",
            "不小于",
            "不低于",
            "不少于",
            "至少",
        ),
        *("正向", "正向指标", "正指标", "越大越好"),
    ),
    "≤": (
        *("≤", "≦", "<=", "=<", "⩽", "小于等于", "小于或等于", "小于（等于）", "不大于", "不高于", "不超过", "不多于"),
        *("反向", "反向指标", "逆向", "逆向指标", "负向", "负向指标", "逆指标", "越小越好"),
    ),
    ">": (">", "大于", "高于", "超过", "多于"),
    "<": ("<", "小于", "低于", "少于"),
    "=": ("=", "==", "═", "＝", "等于"),
}
"""What a cell beside the value may say of its direction, by the sign that it stands for."""

TEXT, NOTHING = (
    "定性",
    frozenset(
        {"", "-", "—", "——", "/", "\\", "无", "定量", "定量指标", "定量（其他）", "其他", "文字描述", "区间", "范围"}
    ),
)
"""A target that is words; and what says nothing of the direction."""
AS_TEXT = "指标性质是定性，指标值里的数只是文字的一部分，类型按定性"
_TEXTS = frozenset({"定性", "定性指标", "定性描述"})
_BRACKETS = str.maketrans("()", "（）")
_OF = {squeeze(unified(word)).translate(_BRACKETS): sign for sign, words in SIGNS.items() for word in words}
_BLANK = frozenset({"", "-", "—", "——", "/", "\\", "无", "*", "无单位", "文字", "定性"})
_LEADING = re.compile(r"^(?:>=|=>|<=|=<|[≥≧⩾≤≦⩽><═=]|大于等于|小于等于|不低于|不少于|不小于|不高于|不超过|不大于)")
_ENDING = re.compile(r"(?:[及或]?以[上下]|[以之]内)$")
_GLOSS = re.compile(r"^(%|‰)[（(].*[)）]$")
_NUMBER = re.compile(r"[\d,.]*\d\s*(?:[-~—至～]\s*[\d,.]*\d)?")
_DAY = re.compile(r"\d{1,2}月|\d年|年底|季度|[上下]半年|20\d\d([-/.])\d{1,2}\1\d{1,2}(?!\d)")
_DAY_BY_UNIT = re.compile("(?:月份?|日|年)?(?:[底末](?:之?前)?|之?前)")
_TENS = re.compile(r"\d[十百千万亿]+$")
_FRACTION = re.compile(r"0?\.\d{1,9}")
_COUNTERS = (
    "% ‰ 个 件 次 人 户 家 台 套 项 场 期 份 本 册 篇 条 名 批 处 座 辆 头 只 眼 株 所 间 宗 例 起 "
    "人次 场次 批次 户次 台套 台次 万人次 万元 亿元 万亩 万人 个百分点"
)
_IN_BRACKETS = re.compile(r"[（(\[【]([^（）()\[\]【】]{1,12})[）)\]】]")
_HEADED = re.compile(r"(?P<sign>[≥≤≧≦<>]=?)?(?:(?:计量|度量)?单位[:：](?P<named>.{1,6})|(?P<unit>.{1,6}))?")
_OF_TIME = re.compile("[年月季日]")
_UNITS = KNOWN | frozenset(_COUNTERS.split())
_PERCENT = frozenset({"%", "百分比", "百分之", "百分数"})
_DATE_UNITS = frozenset({"年", "月", "日", "年月日", "时间", "日期", "月份", "年月", "月日"})


@dataclass(frozen=True)
class JoinedTarget:
    """The target as one text; ``said``: what of the cells is not in it; ``clash``: how they contradict each other.

    ``qualitative``: the table calls it 定性, though there are numbers among its words.
    """

    text: str
    said: str = ""
    clash: str = ""
    qualitative: bool = False


def joined_target(sign: str, value: str, unit: str) -> str:
    """The text of a target whose sign, value and unit stand in cells of their own; any may be blank.

    >>> joined_target("≥", "95", "%"), joined_target("反向", "0.5", "‰"), joined_target("定性", "有所提升", "")
    ('≥95%', '≤0.5‰', '有所提升')
    """
    return join(sign, value, unit).text


def parts_of(cells: Sequence[str]) -> tuple[str, str, str]:
    """Sign, value and unit out of cells that stand under one heading, which says of none what it is; any may be blank.

    >>> parts_of(["≥", "95", "%"]), parts_of(["定性", "有所", "提升"])
    (('≥', '95', '%'), ('定性', '有所提升', ''))
    """
    sign, unit, values = "", "", [*cells]
    if len(values) > 1 and _SIGN.fullmatch(squeeze(values[0])):
        sign, *values = values
    while len(values) > 1 and _AMOUNT.match(values[0]) and not _AMOUNT.match(values[-1]):
        *values, more = values
        unit = more + unit
    return sign, "".join(values), unit


def as_headed(sign: str, value: str, unit: str, headings: Iterable[str]) -> tuple[str, str, str, str]:
    """The cells of a target with what its headings say of all below them, and that, where it was wanted.

    >>> as_headed("", "95", "", ["指标值（≥%）"]), as_headed("", "95人", "", ["指标值（%）"])
    (('≥', '95', '%', '≥%'), ('', '95人', '', ''))
    """
    inside = (squeeze(unified(text)) for title in headings for text in _IN_BRACKETS.findall(title))
    said = next((hit for text in inside if (hit := _HEADED.fullmatch(text)) and hit[0] and _is_headed(hit)), None)
    bare = squeeze(unified(value))
    own = _LEADING.match(bare)
    number = bare[own.end() :] if own else bare
    if not said or not number[:1].isdigit() or _DAY.search(number):
        return sign, value, unit, ""
    counted = said["named"] or said["unit"] or ""
    more = counted if unit in _BLANK and _NUMBER.fullmatch(number) else ""
    way = (said["sign"] or "") if sign in NOTHING and not own and not _ENDING.search(number) else ""
    return way or sign, value, more or unit, f"{way}{more}"


def _is_headed(hit: re.Match[str]) -> bool:
    unit = hit["unit"] or ""
    return not unit or (unit in _UNITS and not _OF_TIME.search(unit))


def goes_on(cell: str, after: str) -> bool:
    """Whether a target is not whole without what stands right of it, in a column that nobody named.

    >>> goes_on("≥", "20"), goes_on("12", "月"), goes_on("90%", "～"), goes_on("≥20场", "已批复")
    (True, True, True, False)
    """
    one, other = squeeze(unified(cell)), squeeze(unified(after))
    if _SIGN.fullmatch(one):
        return one in _TEXTS or _AMOUNT.match(other) is not None
    of_number = other in _UNITS | _DATE_UNITS or _DAY_BY_UNIT.fullmatch(other) or other in _BETWEEN
    return bool((one[-1:].isdigit() or one[-1:] == "%") and of_number) or bool(_YEAR_AND_DAY.fullmatch(one + other))


MOST_PARTS = 3
"""Cells of a target right of its heading."""
_BETWEEN = frozenset("-~—～–至到")
_YEAR_AND_DAY = re.compile(r"20\d\d年?\d{1,2}月.*")


def are_several(cells: Iterable[str]) -> bool:
    """Whether cells under one heading are targets each, and not the parts of one.

    >>> are_several(["≥10场", "≥20场"]), are_several(["≥", "95", "%"]), are_several(["2025年", "12月底"])
    (True, False, False)
    """
    plain = [squeeze(unified(cell)) for cell in cells]
    pairs = [pair for pair in pairwise(plain) if all(re.search(r"\d", text) for text in pair)]
    signs = [text for text in plain if _SIGN.fullmatch(text) and text in _OF]
    return len(signs) > 1 or any(not _GOES_ON.fullmatch(f"{one}|{other}") for one, other in pairs)


_GOES_ON = re.compile(r"(?:.*\d年|.*\d月)\|\d{1,2}[月日季].*|.*[-~—～至到]\|.*|.*\|[-~—～至到].*")
"""The parts of a day, or of a range, in two cells."""
_SIGN = re.compile(r"[≥≤≧≦<>=]{1,2}|[大小]于(?:或?等于)?|等于|定性|定量|[正反逆负]向|不[低高少多]于")
_AMOUNT = re.compile(r".*\d")


def are_opposite(signs: Iterable[str]) -> bool:
    """Whether of some cells one wants more and another less: ≤ and 正向."""
    known = {_OF.get(squeeze(unified(sign)).translate(_BRACKETS), "") for sign in signs}
    return bool(known & {"≥", ">"}) and bool(known & {"≤", "<"})


def join(sign: str, value: str, unit: str) -> JoinedTarget:
    """The same, with what is to be said of it."""
    sign, value, unit = squeeze(unified(sign)).translate(_BRACKETS), tidy(unified(value)), squeeze(unified(unit))
    if not value or (not unit and value in _UNITS):  # 个 alone is the unit of a value that is blank
        return JoinedTarget("")
    with_unit, direction, own = _with_unit(value, unit), _OF.get(sign, ""), _LEADING.match(value)
    if sign in _TEXTS:
        return _words(value, with_unit)
    way = direction or (_OF.get(own[0], "") if own else "")
    with_unit = replace(with_unit, said=with_unit.said or _share(way, value[own.end() :] if own else value, unit))
    text = with_unit.text
    if not direction:
        unknown = "" if sign in NOTHING else f"“{sign}”不是能识别的符号"
        return replace(with_unit, clash=with_unit.clash or unknown)
    if own:
        same = _OF.get(own[0]) == direction
        # as both are printed, so that scoring asks: neither is more likely
        both = JoinedTarget(f"{direction}{text}", clash=f"一格是“{sign}”，指标值自己写着“{own[0]}”")
        return with_unit if same else both
    if not _counts(value):
        return JoinedTarget(text, f"指标值是文字，未采用“{sign}”")
    if ending := _ENDING.search(value):
        return _with_ending(direction, sign, ending[0], with_unit)
    if _DAY.search(value) or _DAY_BY_UNIT.fullmatch(unit):  # 12月底, or 12 and 月底前
        return _day(direction, sign, text)
    months = f"“{text}”按月数识别；指月份的，请改为“{text}底前”" if direction == "=" and unit == "月" else ""
    return JoinedTarget(f"{direction}{text}", with_unit.said or months, with_unit.clash)


def _with_ending(direction: str, sign: str, ending: str, with_unit: JoinedTarget) -> JoinedTarget:
    """A target that says itself which way, as 95%以上: a sign may repeat that, or want the opposite."""
    if direction == "=":
        return JoinedTarget(with_unit.text, f"未采用“{sign}”，按“{ending}”识别", with_unit.clash)
    text = f"{direction}{with_unit.text}"
    if (ending[-1] == "上") != (direction in {"≥", ">"}):
        return JoinedTarget(text, clash=f"一格是“{sign}”，指标值自己写着“{ending}”")
    return JoinedTarget(text, with_unit.said, with_unit.clash)


def _share(direction: str, value: str, unit: str) -> str:
    """What is said of 0.95 beside %: a spreadsheet may hold 95% so. Less than one percent at most is usual."""
    if direction in {"≤", "<"} or unit not in _PERCENT or not _FRACTION.fullmatch(value):
        return ""
    return f"“{value}”与“{unit}”按{value}%识别；应为{format((Decimal(value) * 100).normalize(), 'f')}%的，请改正"


def _day(direction: str, sign: str, text: str) -> JoinedTarget:
    """A day, with which a sign says no more than the day itself; one that wants it later contradicts that."""
    if direction in {"≥", ">"} and sign not in {"正向", "正向指标", "正指标"}:
        return JoinedTarget(text, clash=f"一格是“{sign}”，指标值是日期“{text}”")
    return JoinedTarget(text, f"指标值是日期，未采用“{sign}”")


def _words(value: str, with_unit: JoinedTarget) -> JoinedTarget:
    """What the table calls 定性: its words; a bare quantity is none."""
    if not re.search(r"\d", value):
        return JoinedTarget(value)
    if _LEADING.match(value) or _NUMBER.fullmatch(value) or (with_unit.text != value):
        return JoinedTarget(with_unit.text, clash=f"一格是“定性”，指标值是数“{with_unit.text}”")
    return JoinedTarget(value, qualitative=True)


def _with_unit(value: str, unit: str) -> JoinedTarget:
    """The value with its unit behind it, unless it has one."""
    gloss = _GLOSS.match(unit)
    unit = gloss[1] if gloss else unit
    if unit in _BLANK:
        return JoinedTarget(value)
    if not _counts(value):
        return JoinedTarget(value, "" if value.endswith(unit) else f"指标值是文字，未采用单位“{unit}”")
    ending = _ENDING.search(value)
    if ending and value[: ending.start()][-1:].isdigit():
        return JoinedTarget(f"{value[: ending.start()]}{unit}{ending[0]}")
    if value.endswith((unit, f"{unit}以上", f"{unit}以内", *(("%", "百分比") if unit in _PERCENT else ()))):
        return JoinedTarget(value)
    if unit in _DATE_UNITS and _DAY.search(value):
        return JoinedTarget(value)
    if value[-1].isdigit() or _SPOKEN.fullmatch(value) or _TENS.search(value) or unit.startswith("/"):
        return JoinedTarget(value + unit)
    own = re.sub(r"^.*\d", "", value)
    alike = own.startswith(unit) or unit.startswith(own)
    if len(own) <= len(unit) + _SHORT and not alike and not _DAY.search(value):
        return JoinedTarget(value, clash=f"指标值“{value}”里的单位与单位一格“{unit}”不同")
    return JoinedTarget(value, f"指标值里已有文字，未采用单位“{unit}”")


def _counts(value: str) -> bool:
    return re.search(r"\d", value) is not None or _SPOKEN.fullmatch(value) is not None


_SPOKEN = re.compile("[〇零一二两三四五六七八九十百千万]+")
_SHORT = 3  # characters: 100元 beside 万元 has a unit of its own; 100次以上群众活动 is a sentence
