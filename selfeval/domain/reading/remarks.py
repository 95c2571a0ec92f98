"""What people write beside a number: a sign, 以上, 余, a verdict, the name of the indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from selfeval.domain.reading.parts import NOT_OF_IT, UNSURE, are_kinds, whole_of
from selfeval.domain.reading.quantity import RATE, normalise
from selfeval.domain.reading.vocabulary import Vocabulary

RISING = "增长|增加|提高|提升|上升|增幅|增收|增产"
FALLING = "下降|降低|减少|降幅|压减|压缩|节约|缩短"
"""How a number is said to have changed, as patterns."""

_LOW_SIGNS: tuple[str, ...] = ("≥", "≧", "⩾", ">=", "=>", "≮", ">")
_HIGH_SIGNS = ("≤", "≦", "⩽", "<=", "=<", "≯", "<")
_LOW_WORDS = (
    *("大于等于", "大于或等于", "高于或等于", "不低于", "不少于", "不小于", "不下于", "至少", "最少"),
    *("高于", "超过", "大于", "多于", "超出", "突破", "逾", "超"),
)
_HIGH_WORDS = (
    *("小于等于", "小于或等于", "低于或等于", "不超过", "不超出", "不突破", "不高于", "不大于", "不多于"),
    *(
        "不得超过",
        "未超过",
        "未突破",
        "不超",
        "未超",
        "控制在",
        "最多",
        "至多",
        "低于",
        "少于",
        "小于",
        "不足",
        "不到",
        "不满",
        "将近",
        "接近",
        "近",
    ),
)
DIRECTIONS = dict.fromkeys(_LOW_WORDS, "≥>") | dict.fromkeys(_HIGH_WORDS, "≤<")
"""Words before a number that say on which side of it all is well, with the signs that say the same."""

_LOW_ENDS = ("以上", "及以上", "或以上", "以上(含)", "以上含", "+")
_HIGH_ENDS = ("以内", "之内", "以下", "及以下", "或以下", "以内(含)", "以下(含)", "内")
_EQUAL = ("等于", "=", "═")

_MET = (
    *("达标", "已达标", "全部达标", "达成", "已达成", "达到目标", "达到指标值", "达到预期", "达到预期目标", "达到要求"),
    *(
        "达成预期指标",
        "达成年度指标",
        "合格",
        "全部合格",
        "均合格",
        "均达标",
        "符合要求",
        "满足要求",
        "优秀",
        "良好",
        "较好",
    ),
)
_MISSED = (
    *("未达标", "不达标", "没达标", "没有达标", "未达成", "未达到", "未达到目标", "未达到指标值", "未达到预期"),
    *("未完成", "没完成", "没有完成", "不合格", "不符合要求", "未合格"),
)
_DONE = r"(?:已经?|均|全部|按[期时]|按计划|如期|超额|圆满|顺利|实际|共|累计)*(?:【done】)(?:了|完毕|值|任务)?"
_LEADS = (
    *("实际值", "实际为", "实际", "已经达到", "已达到", "已达", "达到了", "达到", "达", "实现", "实现了", "共计", "共"),
    *("仅有", "只有", "仅", "只", "累计", "总计", "合计", "总共", "全年共", "全年", "本年", "年度"),
    *("已", "均", "为", "是", "总", "新"),
)
_WITHIN = ("预算内", "未超预算", "未超支")
_JOINTS = ",，;；、。.:：()（）!！"
_OTHERS_TOO = re.compile(rf"\([^()]*(?:含[^()\d]*(?:{NOT_OF_IT})|重复|[无失]效|作废)[^()]*\)")
"""In brackets: that what does not belong to it is counted too."""
_EXTRA = re.compile(r"\((?P<inside>[^()\d]{1,12})\)$")
_UNSURE = re.compile(UNSURE)
_ABOUT = re.compile(
    r"(?<![节公制预契签合条特])约|大概|大约|左右|上下|几|±|~$|估计|预计|预期(?!目标|指标)|拟|计划(?!完成)"
)
_NUMERALS = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_MORE = re.compile(rf"(?P<number>\d[\d,.]*|[{_NUMERALS}]+)(?P<size>[百千]?万|[十百千亿])?(?P<more>余|多)(?P<unit>\D*)$")
_NUMBER_FIRST = re.compile(rf"[¥+-]?\d|[{_NUMERALS}]|百分之|千分之")
_FORMER = re.compile(
    r"(?P<now>.*\d.*?)[,;(](?:同比|环比|[较比]?(?:上年|去年|上一年|往年|同期)(?:同期)?)[^未不没\d]*\d[^未不没]*$"
)
_FROM_TO = re.compile(rf"(?:[由从][^至到为]*?)?(?:{RISING}|{FALLING}|[增降升减])(?:至|到|为)(?=\d)")
_BEHIND = re.compile(r"(?<=[%‰])[\u4e00-\u9fff]{2,6}$")
_UP, _DOWN = re.compile(RISING), re.compile(FALLING)
_CHANGED = re.compile(
    rf"(?:(?:同比|环比|[较比](?:上年|去年)(?:同期)?)*)(?:(?P<up>{RISING})|(?P<down>{FALLING}))了?(?=\d)"
)


@dataclass(frozen=True)
class Remarks:
    """A text taken apart: what is left for a number, and what stood beside it.

    ``bound`` is 1 when the number is the least that it was (≥, 以上, 余), -1 when it is the most (≤, 近);
    ``verdict`` is 1 for 达标 and -1 for 未达标; ``beside`` are the words taken away; ``about`` forbids any reading
    (约, 左右, 预计); ``partly``: parts were named that do not plainly make the whole.
    """

    rest: str
    bound: int = 0
    verdict: int = 0
    beside: tuple[str, ...] = ()
    about: bool = False
    partly: bool = False


@dataclass(frozen=True)
class _Under:
    """What is taken for a remark: the indicator's name, and words of the rulebook."""

    name: str
    words: Vocabulary

    @property
    def done(self) -> re.Pattern[str]:
        """That something was done: 已全部完成."""
        return self.words.pattern(_DONE)


@lru_cache(maxsize=65536)
def without_remarks(text: str, words: Vocabulary, name: str = "") -> Remarks:
    """The remarks around a number. ``name`` is that of the indicator, which people put before it (合格率98%)."""
    found = Remarks(normalise(text))
    if _ABOUT.search(found.rest) or _OTHERS_TOO.search(found.rest):
        return replace(found, about=True)
    under = _Under(normalise(name), words)
    while (shorter := _step(found, under)) is not None:
        found = shorter
    return found


def _step(found: Remarks, under: _Under) -> Remarks | None:
    """The same with one remark less; None when there is none."""
    behind = "" if found.rest.endswith(")") else _JOINTS
    text = found.rest.rstrip(behind).lstrip(_JOINTS.replace(".", ""))
    if text != found.rest:
        return replace(found, rest=text)
    if (alone := _alone(found, text)) is not None:
        return alone
    match = _EXTRA.search(text)
    if match and _is_remark(match["inside"], under):
        judged = _judged(found, match["inside"], _verdict(match["inside"]))
        partly = found.partly or (match["inside"].startswith("含") and not are_kinds(match["inside"][1:]))
        return replace(judged, rest=text[: match.start()], partly=partly)
    if match and not _UNSURE.search(match["inside"]):
        return None  # a unit in brackets is no remark
    if match := _MORE.search(text):
        rest = f"{text[: match.start()]}{match['number']}{match['size'] or ''}{match['unit']}"
        return _bounded(found, rest, 1, match["more"])
    for sign, words in ((1, (*_LOW_SIGNS, *_LOW_WORDS)), (-1, (*_HIGH_SIGNS, *_HIGH_WORDS))):
        if (word := _start(text, words)) and _NUMBER_FIRST.match(text[len(word) :].lstrip("了至到约")):
            return _bounded(found, text[len(word) :].lstrip("了至到"), sign, word)
    for sign, ends in ((1, _LOW_ENDS), (-1, _HIGH_ENDS)):
        if word := _end(text, ends):
            return _bounded(found, text[: -len(word)], sign, word)
    return _worded(found, text, under)


def _alone(found: Remarks, text: str) -> Remarks | None:
    """The number without other numbers that say nothing against it: parts of the whole, and that of the year before."""
    if match := _FORMER.fullmatch(text):
        return replace(found, rest=match["now"], beside=(*found.beside, text[match.end("now") :]))
    whole = whole_of(text)
    if whole is None:
        return None
    beside, about = (*found.beside, "其中"), found.about or whole.doubtful
    return replace(found, rest=whole.text, beside=beside, about=about, partly=found.partly or not whole.plain)


def _worded(found: Remarks, text: str, under: _Under) -> Remarks | None:
    """Without a verdict, a verb or a name at one of the ends."""
    if (named := _named(text, under)) is not None:
        return replace(found, rest=text[named.end() :], beside=(*found.beside, named[0]))
    if change := _change(text, under.name):
        return replace(found, rest=text[len(change) :], beside=(*found.beside, change))
    for words, said in ((_MISSED, -1), (_MET, 1)):
        if word := _end(text, words):
            rest = text[: -len(word)]
            # 3场未完成 may be three that were not done
            left = said < 0 and "完成" in word and rest[-1] not in _JOINTS
            return replace(_judged(found, word, said), rest=rest, about=found.about or left)
        # 未完成3场 may be three that were not done
        word = _start(text, words)
        apart = text[len(word) : len(word) + 1] in _JOINTS and ("完成" not in word or text.endswith(RATE))
        if word and (said >= 0 or apart):  # but 未完成，85% says what was reached
            return replace(_judged(found, word, said), rest=text[len(word) :])
    for done in under.done.finditer(text):
        first, last = done.start() == 0, done.end() == len(text)
        # 超额完成20% may be 20% more than was wanted
        if first != last and not (first and "超额" in done[0]):
            rest = text[done.end() :] if first else text[: done.start()]
            return replace(found, rest=rest, beside=(*found.beside, done[0]))
    named = _BEHIND.search(text)  # 98%满意, under 满意度
    if named and named[0] in under.name and not _UNSURE.search(named[0]):
        return replace(found, rest=text[: named.start()], beside=(*found.beside, named[0]))
    known = under.words.words
    if word := _start(text, (*_EQUAL, *_LEADS, *known.get("verb", ()), *known.get("happen", ()))):
        return replace(found, rest=text[len(word) :], beside=(*found.beside, word))
    return None


def _change(text: str, name: str) -> str:
    """The words of a change before its number: 增长 under 增长率, and 由95%提升至 where no change is counted."""
    up, down = _UP.search(name), _DOWN.search(name)
    if not up and not down:
        match = _FROM_TO.match(text)
        return match[0] if match else ""
    match = _CHANGED.match(text)
    own = match is not None and ((match["up"] and not down) or (match["down"] and not up))
    return match[0] if match and own else ""


def _named(text: str, under: _Under) -> re.Match[str] | None:
    """The name of the indicator, or a part of it, before the number."""
    lead = re.match(r"(?P<label>[^\d¥+≥≤<>=-]{2,}?)(?:为|是|达到|达|:)*(?=[\d¥])", text)
    if (
        lead is None
        or lead["label"] in {*_MET, *_MISSED}
        or under.done.fullmatch(lead["label"])
        or _UNSURE.search(lead["label"])
    ):
        return None
    return lead if lead["label"] in under.name else None


def _verdict(text: str) -> int:
    return -1 if text in _MISSED else 1 if text in _MET else 0


def _is_remark(text: str, under: _Under) -> bool:
    known = (*_MISSED, *_MET, "已验收", "验收合格", "截至年底", *_WITHIN)
    sure = not _UNSURE.search(text)
    return text in known or (sure and (text.startswith("含") or under.done.fullmatch(text) is not None))


def _judged(found: Remarks, word: str, verdict: int) -> Remarks:
    clash = found.verdict and verdict and found.verdict != verdict
    about = found.about or bool(clash)
    return replace(found, verdict=verdict or found.verdict, beside=(*found.beside, word), about=about)


def _bounded(found: Remarks, rest: str, bound: int, word: str) -> Remarks:
    clash = found.bound and found.bound != bound
    return replace(found, rest=rest, bound=bound, beside=(*found.beside, word), about=found.about or bool(clash))


def _start(text: str, words: tuple[str, ...]) -> str:
    return max((word for word in words if text.startswith(word) and text != word), key=len, default="")


def _end(text: str, words: tuple[str, ...]) -> str:
    return max((word for word in words if text.endswith(word) and text != word), key=len, default="")
