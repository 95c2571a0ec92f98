"""Rewording: a target as printed to the plain text that entries match, with what was done to it.

Only what every reader would do: a sign written twice is one sign, （含） says nothing new, 完成率100% under the name
完成率 is 100%. Whatever is done is said; what a reader could only guess at is refused with what is wanted instead.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from selfeval.domain.reading.bounds import read_range
from selfeval.domain.reading.labels import LABELS
from selfeval.domain.reading.numerals import in_digits
from selfeval.domain.reading.quantity import RATE, normalise
from selfeval.domain.reading.remarks import DIRECTIONS, FALLING, RISING
from selfeval.domain.reading.reworded import SIGNS, Reworded, Step, Under, Written
from selfeval.domain.reading.unwritten_unit import unwritten_unit
from selfeval.domain.reading.vocabulary import Vocabulary

ONE_WAY = "一个方向"
"""What is wanted instead of a target that wants opposite things."""
LONGEST = 120
"""Characters of a target that is reworded: a longer one is a story, which nobody reads a number out of."""
_REMARK = re.compile(r"\(([^()]*)\)")
_INCLUDED, _EXCLUDED = re.compile(r"(?:包?含|包括)(?:本数)?[^,;]*"), re.compile(r"不(?:包?含|包括)(?:本数|[\d.]+%?)?")
_BARE = 4  # 含, 包含本数
_OPEN = re.compile(r"约|左右|暂|预计|实际|为准|另行|待|每|各|均|倍|上年|去年|同比|环比|或|/")
_RATE_WORDS = {RATE, "百分比", "百分点"}
_ENDINGS = ("以上", "以下", "以内", "之内", "及以上", "及以下")
_MONEY_SIGN = re.compile(r"(?:人民币|¥|RMB)(?=\d)", re.IGNORECASE)
_WHOLE = re.compile(r"(?<=元)[整正]")
_NUMERAL = r"[〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億]+"
_WRITTEN = (
    rf"^(?P<before>[{SIGNS}]*|\D*?)(?P<number>百分之{_NUMERAL}(?:点{_NUMERAL})?|{_NUMERAL}(?:点{_NUMERAL})?"
    r"(?=(?:【counter】|[%‰]))|[一二两三四五六七八九十百千]+[万亿](?!一))(?P<unit>【counter】|[%‰]|)"
    r"(?P<after>(?:及|或)?以[上下内]|之内|内|左右|上下|)$"
)
_TENTHS = re.compile(
    r"(?P<sign>[^\d成]{0,8}?)(?P<number>(?:[一二两三四五六七八九]|\d)成(?:[一二三四五六七八九]|\d?))(?P<after>(?:及|或)?以[上下]|)"
)
_BETWEEN = re.compile(r"^(?:控制在|保持在|稳定在|介于|在)?(?P<span>\d.*?)(?:之间|以内|内)?$")
_EVERY = r"每个?(?:月|季度?|周|星期|日|天|旬|半年)(?!(?:不[超高低][过于]|≤)?[\d.]*[百千万]?元)|[逐按分][月季周]|逐日"
_AGAINST = "上年|去年|同期|往年|基期|上一年|前[一两三]年|历年"
_YEARS = (
    r"(?<!\d)(?:[二两三四五六七八九十几多]|[2-9]|10)年(?:来|累计|合计|总计|共|总|(?:之?内|间|期间?)(?=.*[\d十百千万])(?!.*[%‰]))"
    r"|[/(近](?:[二两三四五六七八九十几]|[2-9])年(?!级)|十[一二三四五六]五|规划期|建设期内|20\d\d年[-至~—到]20\d\d年?(?![-\d])"
    r"|20\d\d[-至~—到]20\d\d(?:年|累计|合计|共)(?![-\d])"
)
_FOR_EACH = re.compile(r"(?:每[人户个次家村套亩件名场期年天日月]|[人户村班校车床亩生]均)+")
_FOR_EACH_AMOUNT = re.compile(
    rf"(?P<lead>[^\d每均{SIGNS}]{{0,6}}){_FOR_EACH.pattern}(?P<before>[^\d每均]{{0,8}}?)(?P<amount>\d[\d,.]*[^\d/%‰()]{{1,4}}?)(?P<after>(?:及|或)?以[上下内]|之内|)"
)
_FOR_EACH_PART = re.compile("[^每均]")
_UNITLESS = re.compile(r"(?P<before>\D*)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<after>(?:及|或)?以[上下内]|之内|)")


@lru_cache(maxsize=65536)
def reword(target: str, name: str, words: Vocabulary) -> Reworded:
    """The plain text of a target under an indicator's name (三级指标), by the words of a rulebook."""
    plain = normalise(target).replace("═", "=").rstrip("。.;,、")
    found, under = Reworded(plain), Under(normalise(name), words)
    for step in _STEPS if len(plain) <= LONGEST else ():
        found = step(found, under)
        if found.wanted:
            break
    return found


def _remarks(found: Reworded, under: Under) -> Reworded:
    for match in _REMARK.finditer(found.text):
        remark, before = match[1], found.text[: match.start()]
        if under.words.pattern("【counter】|套|台|次|件").fullmatch(remark) and before[-1:].isalpha():
            continue  # 3册（套）
        if remark in _ENDINGS or (remark and not remark.strip(SIGNS)):
            found = replace(found, text=found.text.replace(match[0], remark, 1))
        elif remark in DIRECTIONS:  # 95%（不得超过）
            rest = found.text.replace(match[0], "", 1)
            if not before[:1].isdigit() and before[:1] not in DIRECTIONS[remark]:
                return replace(found, wanted=f"{ONE_WAY}（括号里写着“{remark}”）")
            found = replace(found, text=remark * before[:1].isdigit() + rest)
        elif _EXCLUDED.fullmatch(remark) and any(c.isdigit() for c in before):
            found = replace(found.to(found.text.replace(match[0], "", 1)), strict=True)
        elif (_INCLUDED.fullmatch(remark) and any(c.isdigit() for c in before)) or (
            remark in _RATE_WORDS and before.endswith(RATE)
        ):
            says_nothing = len(remark) <= _BARE or remark in _RATE_WORDS
            found = found.to(found.text.replace(match[0], "", 1), "" if says_nothing else f"括号中的“{remark}”未计")
        elif remark and not any(c.isdigit() for c in remark) and not _OPEN.search(remark) and _has_unit(before):
            found = found.to(found.text.replace(match[0], "", 1), f"括号中的“{remark}”未计")
    return found


def _has_unit(before: str) -> bool:
    """Whether a number and something behind it stand before a remark; right behind a number it would be the unit."""
    return any(character.isdigit() for character in before) and not before[-1].isdigit()


def _amount(found: Reworded, _: Under) -> Reworded:
    text = _WHOLE.sub("", found.text)
    bare = _MONEY_SIGN.sub("", text)
    if bare != text and bare[-1].isdigit():
        return found.to(f"{bare}元", "按人民币元识别")
    return found.to(bare)


def _numeral(found: Reworded, under: Under) -> Reworded:
    match = under.words.pattern(_WRITTEN).match(found.text)
    if match is None or any(character.isdigit() for character in found.text):
        return found
    before, unit = match["before"], match["unit"].removesuffix("整")
    if _numeral_in_word(before, match["number"], unit):
        return found
    digits = in_digits(f"{match['number']}{unit}", unit)
    if not any(character.isdigit() for character in digits):
        return found
    return found.to(f"{before}{digits}{match['after']}", f"“{match['number']}{unit}”识别为{digits}")


def _tenths(found: Reworded, _: Under) -> Reworded:
    match = _TENTHS.fullmatch(found.text)
    digits = "" if match is None else in_digits(match["number"])
    return (
        found.to(f"{match['sign']}{digits}{match['after']}", f"“{match['number']}”识别为{digits}") if match else found
    )


def _numeral_in_word(before: str, number: str, unit: str) -> bool:
    """Whether 一 belongs to a word (统一, 万一, 第一名) rather than counts."""
    return before.endswith(("第", "统", "唯", "同", "逐", "之", "万无", "专", "划")) or (
        not unit and "分之" not in number and number[-1] not in "万亿"
    )


def _between(found: Reworded, _: Under) -> Reworded:
    match = _BETWEEN.match(found.text)
    return found.to(match["span"]) if match and read_range(match["span"]) else found


def _for_each(found: Reworded, _: Under) -> Reworded:
    text = found.text
    each, amount = _FOR_EACH.search(text), _FOR_EACH_AMOUNT.fullmatch(text)
    if each is None or each[0] == "每年" or not any(character.isdigit() for character in text):
        return found
    if amount is None:
        return found.to(text, f"按“{each[0]}”的数识别")
    unit = "·".join(_FOR_EACH_PART.findall(each[0]))
    return found.to(
        f"{amount['lead']}{amount['before']}{amount['amount']}/{unit}{amount['after']}", f"“{each[0]}”写在单位里"
    )


def _unit_of_name(found: Reworded, under: Under) -> Reworded:
    """The text with the unit that its number has without saying so."""
    match = _UNITLESS.fullmatch(found.text)
    if match is None:
        return found
    unit, said, wanted = unwritten_unit(match["number"], under.name, found.label, under.words)
    if wanted:
        return replace(found, wanted=wanted)
    return found.to(f"{match['before']}{match['number']}{unit}{match['after']}", said) if unit else found


_STEPS: tuple[Step, ...] = (
    Written(  # 不得低于, 不应当低于, 不再超过, 未超过, 严禁突破
        r"(?P<before>.*?)(?:不(?:应当|能够|允许|[得能可应许准宜会该要])再?|不再|没有|未|无一|严禁|禁止|避免|防止|杜绝|切?勿)"
        r"(?P<word>[低少小高大多]于|超过|超出|突破)(?P<rest>.*)",
        r"\g<before>不\g<word>\g<rest>",
    ),
    Written(  # 不得比标准低于95%: what stands between may turn the direction round
        r".*(?:不[得能可应许准宜会该要]|不允许|没有|未|严禁|禁止|避免|防止|杜绝|勿)[^\d,;、。]{1,8}"
        r"(?:[低少小高大多]于|超过|超出|突破)\D{0,4}\d.*",
        wanted="一个明确的方向（写成“不低于”或“不超过”）",
    ),
    Written(r"(?P<was>(?=[=>]*[≥≧⩾])[=>≥≧⩾]{2,})(?P<rest>.*)", r"≥\g<rest>", r"“\g<was>”按一个“≥”识别"),
    Written(r"(?P<was>(?=[=<]*[≤≦⩽])[=<≤≦⩽]{2,})(?P<rest>.*)", r"≤\g<rest>", r"“\g<was>”按一个“≤”识别"),
    Written(r"(?P<was>(?P<one>[=<>])(?P=one)+)(?P<rest>.*)", r"\g<one>\g<rest>", r"“\g<was>”按一个“\g<one>”识别"),
    Written(
        rf"(?=.*\d|.*[计共间内][一二两三四五六七八九十百千万]+[^年]).*(?:{_YEARS}).*",
        wanted="本年度的数（现在写的是几年的合计）",
    ),
    Written(
        r"(?=.*\d).*每个?(?:月|季度?|周|星期|半年).*?(?:\d{1,2}[日号].*|前(?:【done】)*)",
        wanted="写明年月日的期限（现在写的是每月、每季都有的期限；由评分人员评定的写明类型）",
    ),
    Written(
        r"\D{1,8}[\u4e00-\u9fff](?<![目以此提空当眼事超日靠居])前(?:全?部?【done】)*", wanted="写明年月日的期限"
    ),  # 春节前
    _remarks,  # 90%（含）
    _amount,  # 人民币30万元整
    _numeral,  # 十二次
    _tenths,  # 九成以上
    Written(
        r"(?P<sign>不低于|不少于|至少|达到?|超过|)(?P<was>半数|一半)(?P<after>及?以[上下]|)",
        r"\g<sign>50%\g<after>",
        r"“\g<was>”识别为50%",
    ),
    Written(r"(?P<was>过半数?|超半数)", ">50%", r"“\g<was>”识别为超过50%"),
    Written(  # =95%以上: the ending says which way, and the sign no more than that the number counts
        r"(?P<was>=|等于)(?P<rest>\d[^=<>≥≤]*?(?P<end>(?:及|或)?以[上下内]|之内))",
        r"\g<rest>",
        r"“\g<was>”和“\g<end>”连用，按“\g<end>”识别",
    ),
    _between,  # 控制在90%-95%之间
    Written(r"(?P<number>\d[\d,.]*[^\d+]{0,4})\+(?P<unit>[^\d+]{0,4})", r"≥\g<number>\g<unit>", "“+”按“以上”识别"),
    Written(r"(?P<sign>[≥>])(?P<number>\d[\d,.]*)[余多](?P<unit>\D{0,5})", r"\g<sign>\g<number>\g<unit>", "“余”未计"),
    Written(
        r"每个?(?P<each>[天日周月]|星期|季度?|半年)(?P<sign>[≥≤]|不少于|不低于|至少|不超过|)(?P<number>\d[\d,.]*)"
        r"(?P<unit>[^\d/元以]{1,3})(?P<after>以上|)",
        r"\g<sign>\g<number>\g<unit>/\g<each>\g<after>",
        r"“每\g<each>”写在单位里",
    ),
    Written(rf"(?=.*\d).*(?:{_EVERY}).*", wanted="全年的数（现在写的是每月、每次一类的数）"),
    Written(
        rf"(?=.*\d)(?!.*(?:{RISING}|{FALLING}|变动)).*(?:{_AGAINST}).*",
        wanted="不依赖其他年度的数（现在写的是与以往相比）",
    ),
    _for_each,  # 每人每天550元
    *LABELS,  # 完成率100%
    _unit_of_name,  # 90, of a rate
)
"""What is done to a target, one after the other, until one says what is wanted instead."""
