"""Rewording: a target as printed to the plain text that entries match, with what was done to it.

Only what every reader would do: a sign written twice is one sign, （含） says nothing new, 完成率100% under the name
完成率 is 100%. Whatever is done is said; what a reader could only guess at is refused with what is wanted instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from selfeval.domain.reading.bounds import read_range
from selfeval.domain.reading.numerals import in_digits
from selfeval.domain.reading.quantity import RATE, Quantity, normalise, read_quantity


@dataclass(frozen=True)
class Reworded:
    """A target's plain text; ``label``: the words taken off before its number, which tell what it counts.

    ``said``: what was done, in short clauses; ``strict``: a remark says that the number itself does not count;
    ``wanted``: why no rule should read it, as what is wanted instead (blank: nothing is against it).
    """

    text: str
    label: str = ""
    said: tuple[str, ...] = ()
    strict: bool = False
    wanted: str = ""

    def to(self, text: str, said: str = "", *, label: str = "") -> Reworded:
        """The same with another text, and what was done to get it."""
        return replace(self, text=text, said=(*self.said, said) if said else self.said, label=f"{self.label}{label}")


LONGEST = 120
"""Characters of a target that is reworded: a longer one is a story, which nobody reads a number out of."""
_SIGNS = "≥≧⩾≤≦⩽<>=≮≯"
_REPEATED = (
    (re.compile(r"^(?=[^≥≧⩾]*[≥≧⩾])[=>≥≧⩾]{2,}"), "≥"),
    (re.compile(r"^(?=[^≤≦⩽]*[≤≦⩽])[=<≤≦⩽]{2,}"), "≤"),
    (re.compile(r"^={2,}"), "="),
    (re.compile(r"^>{2,}"), ">"),
    (re.compile(r"^<{2,}"), "<"),
)
_REMARK = re.compile(r"\(([^()]*)\)")
_INCLUDED, _EXCLUDED = re.compile(r"(?:包?含|包括)(?:本数)?[^,;]*"), re.compile(r"不(?:包?含|包括)(?:本数|[\d.]+%?)?")
_OPEN = re.compile(r"约|左右|暂|预计|实际|为准|另行|待|每|各|均|倍|上年|去年|同比|环比|或|/")
_RATE_WORDS = {RATE, "百分比", "百分点"}
_ENDINGS = ("以上", "以下", "以内", "之内", "及以上", "及以下")
_MONEY_SIGN = re.compile(r"(?:人民币|¥|RMB)(?=\d)", re.IGNORECASE)
_WHOLE = re.compile(r"(?<=元)[整正]")
_NUMERAL = r"[〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億]+"
_COUNTERS = (
    "人次|场次|个工作日|工作日|个月|小时|分钟|平方米|公里|公顷|万元|亿元|百分点|个|次|套|人|件|场|份|台|篇|期|户|家|项|批|"
    "名|起|宗|条|部|座|间|辆|处|本|册|块|所|村|亩|吨|米|天|日|周|年|元|例|门|种|班|轮|组|站|幅|张|页|户次|元整"
)
_WRITTEN = re.compile(
    rf"^(?P<before>[{_SIGNS}]*|\D*?)(?P<number>百分之{_NUMERAL}(?:点{_NUMERAL})?|{_NUMERAL}(?:点{_NUMERAL})?"
    rf"(?=(?:{_COUNTERS})))(?P<unit>{_COUNTERS}|)(?P<after>(?:及|或)?以[上下内]|之内|内|)$"
)
_NUMBER_NEXT = re.compile(rf"[:为是]?[{_SIGNS}]?\d")
_HEAD_WORDS = re.compile(r"(?:年度|全年)?(?:目标值?|指标值|预期值?|计划值?)")
_VERB = re.compile(
    "(?:完成|开展|举办|组织|组织开展|采购|购置|购买|发放|新增|新建|建成|建设|培训|覆盖|实现|确保|保证|保持|计划|目标|全年|年度|"
    "本年|当年|每年|一年|共|共计|合计|总计|达成|为|是|印制|印发|制作|编制|维护|补助|资助|救助|服务|检查|安装|维修|改造|标准)+"
)
_LABEL = re.compile(
    rf"^(?P<label>[^\d{_SIGNS}]{{1,20}}?)(?P<link>[:为是])?(?P<rest>[{_SIGNS}]?\d[\d,.]*[^\d{_SIGNS},;、]*)$"
)
_RATE_ENDING = re.compile(r"(?:率|度|比例|比重|占比|百分比)$")
# words that say which way a number holds stay with it
_SIGN_WORD = re.compile(
    r"(?:不(?:得|能|应)?[低高少多大小超突下]|[低高少多大小等]于|超过|超出|突破|控制|[增降减升提扩压缩节]|达|至少|至多|最[多少高低]|"
    r"以[上下内]|每(?!年)|各|均|约|近|第|分别|其中|前|后|比|较)[^率度比例]{0,3}$"
)
_BETWEEN = re.compile(r"^(?:控制在|保持在|稳定在|介于|在)?(?P<span>\d.*?)(?:之间|以内|内)?$")
_EVERY = re.compile(
    r"每(?:个)?(?:月|季度?|周|星期|日|天|旬|半年)(?!(?:不超过|不高于|不低于|≤)?[\d.]*[百千万]?元)|逐[月季周日]|(?:按|分)[月季周]"
)
_FOR_EACH = re.compile(r"(?:每[人户个次家村套亩件名场期年天日月])+")
_FOR_EACH_MONEY = re.compile(rf"{_FOR_EACH.pattern}(?P<money>\d[\d,.]*[千万]?元)")
_DONE = re.compile(r"(?P<rate>\d[\d.]*%)(?:全部|按时|按期)?(?:完成(?:任务|率)?|办结|达标|到位|覆盖|合格)")
_LONG_LABEL = re.compile(rf"(?P<label>.{{1,30}}(?:率|度|比例|数量?))(?P<rest>[{_SIGNS}]\d[^{_SIGNS}]*)")
_REACHES = re.compile(rf"(?P<label>[^\d{_SIGNS}]{{1,20}}(?:率|度|比例|比重))达(?P<rest>\d[\d,.]*[^\d{_SIGNS}]*)")
_AGAINST = re.compile(r"上年|去年|同期|往年|基期|上一年|前[一两三]年|历年")
_CHANGE = re.compile(r"增长|增加|提高|提升|上升|增幅|下降|降低|减少|降幅|压减|压缩|节约|变动")
_UNITLESS = re.compile(r"(?P<before>\D*)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<after>(?:及|或)?以[上下内]|之内|)")
_NAME_UNIT = re.compile(r"\(([^()\d]{1,8})\)[:：]?$")
_NOT_UNITS = re.compile(r"含|[一二三四五六七八九十]|[≥≤]|分$|率|指标|级$|新|续|试|类$|其他")
_RATE_NAMES = re.compile(r"(?:(?<![频功效汇倍速辨])率|满意度|比例|比重|占比)$")
_PER_MILLE_NAMES = re.compile(r"死亡率|发病率|患病率|出生率|自然增长率|生育率")
_UNLIKELY_RATE = 1000
_FULL = 100


_NOTHING = re.compile(r"(?!)")


def sign_words(words: Iterable[str]) -> re.Pattern[str]:
    """What finds one of the words at the end of what stands before a number."""
    known = "|".join(map(re.escape, filter(None, map(normalise, words))))
    return re.compile(rf"(?:{known})[^率度比例]{{0,3}}$") if known else _NOTHING


@lru_cache(maxsize=65536)
def reword(target: str, name: str, signs: re.Pattern[str] | None = None) -> Reworded:
    """The plain text of a target under an indicator's name (三级指标).

    ``signs`` finds the words of a rulebook that tell which way a number holds, so that they stay with it.
    """
    plain = normalise(target).replace("═", "=").rstrip("。.;,、")
    found = Reworded(plain)
    if len(plain) > LONGEST:
        return found
    for step in (_signs, _remarks, _amount, _numeral, _between, _refused):
        found = step(found)
    if not found.wanted:
        found = _unit_of_name(_unlabelled(found, normalise(name), signs or _NOTHING), normalise(name))
    return found


def _signs(found: Reworded) -> Reworded:
    for pattern, sign in _REPEATED:
        match = pattern.match(found.text)
        if match and match[0] not in {">=", "=>", "<=", "=<"}:
            return found.to(sign + found.text[match.end() :], f"“{match[0]}”按一个“{sign}”读")
    return found


def _remarks(found: Reworded) -> Reworded:
    for match in _REMARK.finditer(found.text):
        remark, before = match[1], found.text[: match.start()]
        if remark in _ENDINGS or (remark and not remark.strip(_SIGNS)):
            found = replace(found, text=found.text.replace(match[0], remark, 1))
        elif _EXCLUDED.fullmatch(remark) and any(c.isdigit() for c in before):
            found = replace(found.to(found.text.replace(match[0], "", 1)), strict=True)
        elif (_INCLUDED.fullmatch(remark) and any(c.isdigit() for c in before)) or (
            remark in _RATE_WORDS and before.endswith(RATE)
        ):
            found = found.to(found.text.replace(match[0], "", 1))
        elif remark and not any(c.isdigit() for c in remark) and not _OPEN.search(remark) and _has_unit(before):
            found = found.to(found.text.replace(match[0], "", 1), f"括号中的“{remark}”未计")
    return found


def _has_unit(before: str) -> bool:
    """Whether a number and something behind it stand before a remark; right behind a number it would be the unit."""
    return any(character.isdigit() for character in before) and not before[-1].isdigit()


def _amount(found: Reworded) -> Reworded:
    text = _WHOLE.sub("", found.text)
    bare = _MONEY_SIGN.sub("", text)
    if bare != text and bare[-1].isdigit():
        return found.to(f"{bare}元", "按人民币元读")
    return found.to(bare)


def _numeral(found: Reworded) -> Reworded:
    match = _WRITTEN.match(found.text)
    if match is None or any(character.isdigit() for character in found.text):
        return found
    before, unit = match["before"], match["unit"].removesuffix("整")
    if _numeral_in_word(before, match["number"], unit):
        return found
    digits = in_digits(f"{match['number']}{unit}", unit)
    if not any(character.isdigit() for character in digits):
        return found
    return found.to(f"{before}{digits}{match['after']}", f"“{match['number']}{unit}”读作 {digits}")


def _numeral_in_word(before: str, number: str, unit: str) -> bool:
    """Whether 一 belongs to a word (统一, 万一, 第一名) rather than counts."""
    return before.endswith(("第", "统", "唯", "同", "逐", "之", "万无", "专", "划")) or (
        not unit and "分之" not in number
    )


def _between(found: Reworded) -> Reworded:
    match = _BETWEEN.match(found.text)
    return found.to(match["span"]) if match and read_range(match["span"]) else found


def _refused(found: Reworded) -> Reworded:
    text = found.text
    if not any(character.isdigit() for character in text):
        return found
    if _EVERY.search(text):
        return replace(found, wanted="全年的数（现在写的是每月、每次一类的数）")
    if _AGAINST.search(text) and not _CHANGE.search(text):
        return replace(found, wanted="不靠别的年度就看得懂的数（现在写的是和以往相比）")
    each, amount = _FOR_EACH.search(text), _FOR_EACH_MONEY.fullmatch(text)
    if each is None or each[0] == "每年":
        return found
    if amount is None:
        return found.to(text, f"按“{each[0]}”的数读")
    return found.to(f"{amount['money']}/{'·'.join(each[0].split('每')[1:])}", f"“{each[0]}”写在单位里")


def _unlabelled(found: Reworded, name: str, signs: re.Pattern[str]) -> Reworded:
    """The text without the words before its number: the name itself, a rate, or a plain verb (举办12次)."""
    text = found.text
    if (
        name
        and not (_SIGN_WORD.search(name) or signs.search(name))
        and text.startswith(name)
        and re.match(rf"[:为是]?[{_SIGNS}]?\d", text[len(name) :])
    ):
        rest = text[len(name) :].lstrip(":为是")
        return found.to(rest, f"“{name}”是指标名称", label=name)
    if done := _DONE.fullmatch(text):
        return found.to(done["rate"], f"“{text}”按 {done['rate']} 读")
    if reaches := _REACHES.fullmatch(text):
        return found.to(f"达{reaches['rest']}", label=reaches["label"])
    if longer := _LONG_LABEL.fullmatch(text):
        return found.to(longer["rest"], f"数前的“{longer['label']}”是说明", label=longer["label"])
    match = _LABEL.match(text)
    if match is None:
        return found
    label, rest = match["label"], match["rest"]
    signed, known = rest[0] in _SIGNS, _HEAD_WORDS.fullmatch(label) is not None
    same = bool(name) and (label in name or name in label)
    plain = same or known or _RATE_ENDING.search(label) is not None or _VERB.fullmatch(label) is not None
    if not signed and (not plain or _SIGN_WORD.search(label) or signs.search(label)):
        return found
    return found.to(rest, "" if known else f"数前的“{label}”是说明", label=label)


def _unit_of_name(found: Reworded, name: str) -> Reworded:
    """The text with the unit that stands behind the name, 带动贫困户(人), or that a rate has, where it has none."""
    match = _UNITLESS.fullmatch(found.text)
    if match is None:
        return found
    before, number, after = match["before"], match["number"], match["after"]
    if not number.strip("0.,"):  # 0 of a rate is 0% whatever it is counted in; of anything else it needs no unit
        rate = _RATE_NAMES.search(_REMARK.sub("", found.label or name)) and not _PER_MILLE_NAMES.search(name)
        return found.to(f"{before}{number}{RATE}{after}", "没有写单位，按百分比读") if rate else found
    behind = _NAME_UNIT.search(name)
    unit = behind[1] if behind and not _NOT_UNITS.search(behind[1]) else ""
    quantity = read_quantity(f"{number}{unit}")
    if unit and isinstance(quantity, Quantity):
        if quantity.unit == RATE and quantity.value >= _UNLIKELY_RATE:
            return replace(found, wanted=f"写明单位的数（{number}% 不像是百分比）")
        return found.to(f"{before}{number}{unit}{after}", f"单位“{unit}”取自指标名称")
    label = f"{found.label or name}"
    if not _RATE_NAMES.search(_REMARK.sub("", label)) or not isinstance(quantity, Quantity):
        return found
    if quantity.value and (quantity.value <= 1 or quantity.value > _FULL or _PER_MILLE_NAMES.search(label)):
        return replace(found, wanted=f"写明单位的数（看不出是不是 {number}%）")
    return found.to(f"{before}{number}{RATE}{after}", "没有写单位，按百分比读")
