"""A row's own 评分标准, as printed, to what it says: points off by the unit, bands, all or nothing, or in proportion.

Nothing is guessed: whatever is left over, a gap or an overlap of bands, or an end that belongs to two of them, is why a
text cannot be read, in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from selfeval.domain.reading.numerals import in_digits
from selfeval.domain.reading.quantity import RATE, normalise, show_number

Side = Literal["short", "over", "late", "apart"]
Rest = Literal["proportional", "whole", "ignored"]


@dataclass(frozen=True)
class PointsOff:
    """``points`` off for ``every`` so many of ``unit`` (blank: that of the target) on a side of the target.

    ``mark`` is a fixed number (in ``mark_unit``) that is counted from instead, ``full`` the points it earns if printed,
    ``most`` what is taken off at the most (None: all there is).
    """

    points: Fraction
    every: Fraction
    unit: str
    side: Side
    part: Rest = "proportional"
    mark: Fraction | None = None
    mark_unit: str = ""
    full: Fraction | None = None
    most: Fraction | None = None


@dataclass(frozen=True)
class Band:
    """From ``low`` to ``high`` (None: open) so many points (None: all). Whether an end is inside; None: not said."""

    low: Fraction | None
    high: Fraction | None
    low_inside: bool | None
    high_inside: bool | None
    points: Fraction | None


@dataclass(frozen=True)
class Bands:
    """Bands without gap or overlap, from the lowest, in ``unit``. ``begins``: where each starts, and whether above it.

    The first may start nowhere (None).
    """

    unit: str
    begins: tuple[tuple[Fraction | None, bool], ...]
    points: tuple[Fraction | None, ...]


@dataclass(frozen=True)
class AllOrNothing:
    """All points where the target is met, else none; ``points`` as printed (None: 满分).

    ``side`` is the one on which nothing is earned, where that alone is said: 超过预算不得分.
    """

    points: Fraction | None
    side: Side | Literal[""] = ""


@dataclass(frozen=True)
class InProportion:
    """As many of the points as of the target was reached."""


Standard = PointsOff | Bands | AllOrNothing | InProportion

_N = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十半]+)"
_UNIT = r"(?:个百分点|百分点|%|个工作日|[^\d,;:。、()扣得计记打以及的内至到~-]{0,4}?)"
_EARN = r"(?:的?[,:]?)?(?:可?得|计|记|打|给|赋)?"
_POINTS = rf"{_EARN}(?P<points>满分(?:\(?\d+(?:\.\d+)?分\)?)?|\d+(?:\.\d+)?分|不得分|不计分|不给分|零分)"
_SIDES: dict[Side, str] = {
    "late": "晚于?|逾期|延迟|延期|延误|推迟|迟|拖延|滞后|超期",
    "short": "减?少于?|缺少?|降低?|下降|低于?|不足|欠|未完成|少",
    "over": "超过?|超出|超支|增加|多于?|多出|高于?|高出|发生|出现|发现|查出|查实|存在|上升",
    "apart": "相差|偏差|偏离|差",
}
_WAYS = "|".join(f"(?P<{side}>{words})" for side, words in _SIDES.items())
_DONE = r"(?:完成|做|办|开展|举办|建设|目标值?|指标值?|计划|规定时间|时限)?"
_OFF = re.compile(
    rf"(?P<each>每|每有)?(?:{_WAYS}){_DONE}(?P<every>{_N})?(?P<unit>{_UNIT})[,]?扣(?:减|除)?(?P<off>{_N})分"
)
_PART = re.compile(
    rf"不足(?:{_N})?{_UNIT}的?[,]?(?:按(?:{_N})?{_UNIT}(?P<whole>计算?|扣(?:分|减)?|算)|(?P<ignored>不扣分?|不计))"
)
_FULL = re.compile(
    rf"(?:达到?|完成|不低于|不少于|≥|>=|不超过|不高于|≤|<=|控制在)?(?P<mark>\d+(?:\.\d+)?)(?P<unit>{_UNIT})"
    rf"(?:\(含\))?(?:及?以[上下内])?(?:\(含\))?{_POINTS}"
)
_DO = r"(?:完成|达到|达标|实现|符合|满足)"
_WHAT = r"(?:年度|年初|预期|绩效|全部|既定)*(?:目标值?|指标值?|标准|要求|任务|计划|工作)?"
_MET = rf"(?:按[时期要求计划]*|全部)?{_DO}{_WHAT}[的了]?"
_SO_FAR = r"[^,;。得计扣]{0,6}?"
_MISSED = rf"(?:否则|反之|未(?:按[时期要求计划]*)?{_DO}?标?{_SO_FAR}|不达标|没有完成|达不到{_SO_FAR})的?"
_NOTHING = r"[,:]?(?:不得分|得0分|计0分|记0分|不计分|0分|得零分|零分)"
_ALL = re.compile(rf"{_MET}{_POINTS}[,;。、]?{_MISSED}{_NOTHING}")
_ALL_TURNED = re.compile(rf"{_MISSED}{_NOTHING}[,;。、]?{_MET}{_POINTS}")
_SAME_WORD = re.compile(rf"(?P<word>[\u4e00-\u9fff]{{1,6}}?)的?{_POINTS}[,;。、]?(?:不|未|没有?)(?P=word)的?{_NOTHING}")
_AIM = (
    r"(?:年初|年度|全年|批复|项目|规定|合同|计划)*(?:预算|概算|目标|指标|计划|任务|标准|限额|期限|时限|工期|合同价)?"
    r"(?:金额|总额|数|值|时间|量)?"
)
_NONE = re.compile(
    rf"(?:(?:[不未]|没有){_AIM}(?:超过?|超出|超支|突破|逾期|延期){_AIM}的?{_POINTS}[,;。、]?)?"
    rf"(?:{_AIM}(?:(?P<over>超过|超出|超支|超|高于|大于|突破)|(?P<late>逾期|延期|迟于|晚于|延误)|"
    rf"(?P<short>低于|少于|小于|不足|未完成|未达到?)){_AIM})的?{_NOTHING}"
)
_HAPPENED = frozenset({"发生", "出现", "发现", "查出", "查实", "存在"})
_PRODUCT = re.compile(
    r"(?:得分=)?(?:实际)?(?:完成率|完成比例|(?:完成)?[值数量][/÷](?:年度|全年)?(?:目标|指标|计划)[值数量])[×*xX](?:该?项?指标?)?(?:分值|权重|满分)"
)
_RATIO = re.compile(
    rf"(?:{_MET}{_POINTS}[,;。、]?)?(?:{_MISSED})?[,:]?"
    r"(?:的)?按(?:照)?(?:实际)?(?:完成|达到|达成)?(?:值与(?:目标|指标)值的?)?(?:情况)?(?:的)?(?:比例|完成率|比率)(?:得分|计分|记分|赋分|扣分|扣减|给分|酌情扣分)"
)
_MOST = re.compile(r"[,;。]?最高(?:不超过|得)?(?:满分|\d+(?:\.\d+)?分|该项分值)")
_FILLER = re.compile(
    r"[,;。、:.!]|时间(?=[,;。])|扣完(?:\d+(?:\.\d+)?分)?(?:为止|该项分值为止)?|直至扣完|扣至0分(?:为止)?|最低0分|其中"
)

_EDGE = r"(?P<{0}>\d+(?:\.\d+)?)(?P<{0}_unit>{1})(?P<{0}_in>\(不?含\))?"
_UNIT_OF_BAND = r"(?:%|个百分点|[^\d,;:。、()得计记不以及低高大小至到~≤≥<>=的-]{0,3}?)"
_LOW, _HIGH = _EDGE.format("low", _UNIT_OF_BAND), _EDGE.format("high", _UNIT_OF_BAND)
_BETWEEN = re.compile(rf"{_LOW}(?:-|~|—|–|至|到){_HIGH}(?:之间)?{_POINTS}")
_INTERVAL = re.compile(rf"(?P<open>[\[(]){_LOW},{_HIGH}(?P<close>[\])]){_POINTS}")
_SIGNED = re.compile(
    rf"(?P<low>\d+(?:\.\d+)?)(?P<low_unit>%?)(?P<low_sign>≤|<=|<)[^\d≤<]{{0,6}}(?P<high_sign>≤|<=|<)"
    rf"(?P<high>\d+(?:\.\d+)?)(?P<high_unit>{_UNIT_OF_BAND}){_POINTS}"
)
_ONE = re.compile(
    rf"(?P<sign>≥|>=|>|≤|<=|<|=|不低于|不少于|不小于|达到?|大于等于|大于|高于|超过|多于|不超过|不高于|不大于|小于等于|小于|低于|不足|不到|少于)?"
    rf"(?P<n>\d+(?:\.\d+)?)(?P<unit>{_UNIT_OF_BAND})(?P<in>\(不?含\))?(?P<behind>及?以上|及?以下|以内)?(?P<in2>\(不?含\))?{_POINTS}"
)
_OTHERWISE = re.compile(rf"(?:否则|其余|其他|其它|反之)(?:情况)?的?{_NOTHING}")
_SUBJECT = re.compile(
    r"(?:^|(?<=[,;。]))[\u4e00-\u9fff]{0,10}?[率度](?:[在为](?=\d)|(?=[≥>≤<=\d达不大小高低超]))"
    r"|[①-⑳]|(?<![\d%])\(\d\)(?=\D|\d+%)|[XxYy](?=[≥>≤<])|(?<=[≥>≤<=])[XxYy]"
)
"""What a band is of: 完成率, 满意度, X. It is that of the row."""

_SIGNS = str.maketrans("≦≧⩽⩾", "≤≥≤≥")
_LIMIT = re.compile(rf"(?:累计)?(?:最多|至多|最高)扣(?:减|除)?(?P<most>{_N})分(?:为止)?")
_BEYOND = re.compile(r"累计扣[^,;。]{0,8}|酌情[^,;。]{0,6}|视情况[^,;。]{0,6}")
_FROM = {
    "≥": True,
    ">=": True,
    "不低于": True,
    "不少于": True,
    "不小于": True,
    "达到": True,
    "达": True,
    "大于等于": True,
}
_FROM |= dict.fromkeys((">", "大于", "高于", "超过", "多于"), False)
_TO = dict.fromkeys(("≤", "<=", "不超过", "不高于", "不大于", "小于等于"), True)
_TO |= dict.fromkeys(("<", "小于", "低于", "不足", "不到", "少于"), False)


def read_standard(text: str) -> Standard | str:
    """What the text says, or in Chinese why it cannot be read."""
    plain = _SUBJECT.sub("", normalise(text).translate(_SIGNS))
    bare = _MOST.sub("", plain).strip("。;,")
    if _RATIO.fullmatch(bare) or _PRODUCT.fullmatch(bare):
        return InProportion()
    for pattern in (_ALL, _ALL_TURNED, _SAME_WORD):
        if found := pattern.fullmatch(plain.strip("。;,")):
            return AllOrNothing(_earned(found["points"]))
    if found := _NONE.fullmatch(plain.strip("。;,")):
        side = next(side for side in _SIDES if found.groupdict().get(side))
        return AllOrNothing(_earned(found["points"]) if found["points"] else None, side)
    if more := _BEYOND.search(plain):
        return f"“{more[0]}”不能写成规则"
    if "扣" in plain:
        return _points_off(plain)
    return _bands(plain)


def _number(text: str | None) -> Fraction:
    if text == "半":
        return Fraction(1, 2)
    return Fraction(in_digits(text)) if text else Fraction(1)


def _earned(words: str) -> Fraction | None:
    """The points of 计2分, 不得分; None for 满分."""
    if words.startswith("满分"):
        digits = re.search(r"\d+(?:\.\d+)?", words)
        return Fraction(digits[0]) if digits else None
    return Fraction(words[:-1]) if words[0].isdigit() else Fraction(0)


def _unit(text: str) -> str:
    return RATE if text in {"%", "个百分点", "百分点"} else text.removeprefix("个") or text


def _points_off(plain: str) -> Standard | str:
    limit = _LIMIT.search(plain)
    plain = _LIMIT.sub("。", plain, 1)
    found = [*_OFF.finditer(plain)]
    if len(found) != 1:
        return "未识别扣分办法（写法如 每少1场扣1分）" if not found else "有不止一种扣分办法，一行只能用一种"
    match = found[0]
    side = next(side for side in _SIDES if match[side])
    rest = f"{plain[: match.start()]}。{plain[match.end() :]}"
    part: Rest = "proportional"
    if said := _PART.search(rest):
        part = "whole" if said["whole"] else "ignored"
        rest = rest.replace(said[0], "。", 1)
    every, off = _number(match["every"]), _number(match["off"])
    if not every or not off:
        return "扣分和每多少都应大于0"
    most = _number(limit["most"]) if limit else None
    standard = PointsOff(off, every, _unit(match["unit"]), side, part, most=most)
    if match["over"] in _HAPPENED:  # each one counts, whatever number was promised
        standard = replace(standard, mark=Fraction(0))
    if full := _FULL.search(rest):
        rest = rest.replace(full[0], "。", 1)
        mark, unit = Fraction(full["mark"]), _unit(full["unit"])
        standard = replace(standard, mark=mark, mark_unit=unit, full=_earned(full["points"]))
    elif met := re.search(rf"{_MET}{_POINTS}", rest):
        rest = rest.replace(met[0], "。", 1)
        standard = replace(standard, mark=None, full=_earned(met["points"]))
    left = _FILLER.sub("", rest)
    return f"“{left}”无法识别" if left else standard


_EITHER_WAY = "上下浮动（±）的档不能识别：指标值写作“=100%”的，用 measure: symmetric，±10%以内就是 from: 90%"


def _bands(plain: str) -> Standard | str:
    if "±" in plain:
        return _EITHER_WAY
    bands: list[Band] = []
    units: set[str] = set()
    rest = _OTHERWISE.sub("。", plain)
    otherwise = rest != plain
    for pattern, read in ((_INTERVAL, _interval), (_SIGNED, _signed), (_BETWEEN, _between), (_ONE, _one)):
        for match in pattern.finditer(rest):
            band, unit = read(match)
            bands.append(band)
            units |= unit
        rest = pattern.sub("。", rest)
    left = _FILLER.sub("", rest)
    if left or not bands:
        return f"“{left}”无法识别" if left else "未识别得分办法"
    units.discard("")
    if len(units) > 1:
        return f"各档的单位不同：{'、'.join(sorted(units))}"
    if otherwise:
        bands += _beyond(bands)
    return _joined(bands, "".join(units))


def _beyond(bands: list[Band]) -> Iterator[Band]:
    """What lies below the lowest and above the highest, which earns nothing: 否则不得分."""
    ordered = sorted(bands, key=_place)
    low, high = ordered[0], ordered[-1]
    if low.low is not None:
        inside = None if low.low_inside is None else not low.low_inside
        yield Band(None, low.low, None, inside, Fraction(0))
    if high.high is not None:
        inside = None if high.high_inside is None else not high.high_inside
        yield Band(high.high, None, inside, None, Fraction(0))


def _inside(*said: str | None) -> bool | None:
    words = [word for word in said if word]
    return None if not words else "不" not in words[0]


def _between(match: re.Match[str]) -> tuple[Band, set[str]]:
    low, high = Fraction(match["low"]), Fraction(match["high"])
    low, high = min(low, high), max(low, high)
    ends = _inside(match["low_in"]), _inside(match["high_in"])
    turned = Fraction(match["low"]) > Fraction(match["high"])
    low_in, high_in = ends[::-1] if turned else ends
    return Band(low, high, low_in, high_in, _earned(match["points"])), {
        _unit(match["low_unit"]),
        _unit(match["high_unit"]),
    }


def _interval(match: re.Match[str]) -> tuple[Band, set[str]]:
    ends = match["open"] == "[", match["close"] == "]"
    band = Band(Fraction(match["low"]), Fraction(match["high"]), *ends, _earned(match["points"]))
    return band, {_unit(match["low_unit"]), _unit(match["high_unit"])}


def _signed(match: re.Match[str]) -> tuple[Band, set[str]]:
    ends = match["low_sign"] != "<", match["high_sign"] != "<"
    band = Band(Fraction(match["low"]), Fraction(match["high"]), *ends, _earned(match["points"]))
    return band, {_unit(match["low_unit"]), _unit(match["high_unit"])}


def _one(match: re.Match[str]) -> tuple[Band, set[str]]:
    sign, behind, n = match["sign"] or "", match["behind"] or "", Fraction(match["n"])
    points, unit = _earned(match["points"]), {_unit(match["unit"])}
    said = _inside(match["in"], match["in2"])
    if sign in _TO or behind.endswith(("下", "内")):
        inside = _TO.get(sign, said)
        if inside is None and behind in {"及以下", "以内"}:
            inside = True
        return Band(None, n, None, inside, points), unit
    if sign in _FROM or behind:
        inside = _FROM.get(sign, said is not False)
        return Band(n, None, inside, None, points), unit
    return Band(n, n, low_inside=True, high_inside=True, points=points), unit


def _joined(bands: list[Band], unit: str) -> Standard | str:
    """The bands in order, once each joint has been seen to be whole."""
    ordered = sorted(bands, key=_place)
    if len(ordered) == 1 and ordered[0].points != 0 and ordered[0].low is None is ordered[0].high:
        return "未识别分档"
    begins: list[tuple[Fraction | None, bool]] = [(ordered[0].low, ordered[0].low_inside is False)]
    for lower, upper in pairwise(ordered):
        where = f"{show_number(upper.low)}{unit}" if upper.low is not None else ""
        if lower.high is None or upper.low is None:
            return "有两档都没有写上限或下限，重叠了"
        if unit != RATE and upper.low - lower.high == 1 and upper.low.denominator == 1:
            begins.append((upper.low, False))  # 5-9次, 10次以上: nothing lies between
            continue
        if lower.high != upper.low:
            gap = lower.high < upper.low
            ends = [f"{show_number(end)}{unit}" for end in sorted((lower.high, upper.low))]
            return f"{ends[0]}至{ends[1]}{'没有写得几分' if gap else '两档重叠'}"
        inside = {lower.high_inside, not upper.low_inside if upper.low_inside is not None else None} - {None}
        if lower.low == lower.high:
            inside = {True}  # a single number stands for itself; what follows begins above it
        if upper.low == upper.high:
            inside = {False}
        if len(inside) != 1:
            return f"{where}属于哪一档{'没有写明（含）' if not inside else '写得矛盾'}"
        begins.append((upper.low, True in inside))
    last = ordered[-1]
    if last.high is not None and last.low != last.high:
        return _with_top(ordered, begins, unit)
    return Bands(unit, tuple(begins), tuple(band.points for band in ordered))


def _with_top(ordered: list[Band], begins: list[tuple[Fraction | None, bool]], unit: str) -> Standard | str:
    """Bands of which the highest ends: at 100% nothing can lie above it; elsewhere that is not said."""
    top = ordered[-1].high
    if unit == RATE and top == 100:  # noqa: PLR2004
        return Bands(unit, tuple(begins), tuple(band.points for band in ordered))
    return f"超过{show_number(top or 0)}{unit}没有写得几分"


def _place(band: Band) -> tuple[Fraction, Fraction]:
    far = Fraction(10**15)
    return (-far if band.low is None else band.low, far if band.high is None else band.high)


def points_of(standard: Standard) -> Iterator[Fraction | None]:
    """The points that a standard names for what is met best; None for 满分."""
    match standard:
        case PointsOff(full=full):
            yield full
        case Bands(points=points):
            yield from points
        case AllOrNothing(points=earned):
            yield earned
