"""Proposals: the line that tells a rulebook how to read a target that no rule can read, ready to be pasted."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from fractions import Fraction

from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.deadline import read_deadline_text
from selfeval.domain.reading.period import last_day
from selfeval.domain.reading.quantity import RATE, Quantity, read_quantity, show_number, unit_class
from selfeval.domain.reading.rewording import reword
from selfeval.domain.reading.vocabulary import Vocabulary

WHY = "（写明这样识别的依据）"
"""What stands in a proposal for the reason, which only a person can give."""
WHICH_DAY = "（写明是哪一天）"
"""What stands in a proposal for a day that the text does not tell."""

_NUMBER = re.compile(r"(?P<sign>[≥≤=<>≧≦]?)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d\s,.;:、,()≥≤=<>-]{0,6})")
_DAY = re.compile(
    r"(?:(?P<year>\d{4})年(?:度的?)?|(?P<other>[次明翌来下去上前]一?年(?:度的?)?))?(?P<month>1[0-2]|0?[1-9])月份?"
    r"(?:(?P<day>\d{1,2})[日号]|(?P<part>[上中下]旬|[初中]))?"
)
_NEXT = frozenset("次明翌来下")
_TURNS = {"上旬": "10", "中旬": "20"}
_SAFE = re.compile(r"[\w.-]+")
_UNSAFE = re.compile(r"[\"'$`\\!&|^*?~#{}\[\]]")  # a unit with one of these is none, and some shell would take it
_UNPRINTABLE = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_BY_CLASS = {"rate": "≥", "money": "≤", "time": "≤", "count": "="}
_TAIL = re.compile(r"(?:及|或)?以[上下内前]|之内|前|内$")
_WITHIN = re.compile("±|上下浮动|偏差|误差|[以之]内")
"""Words of a target that sets how far off something may be, or where it ends: never to be reached."""
_MONTH = re.compile(r"(?P<year>20\d\d)[-/.](?P<month>0?[1-9]|1[0-2])")
_BROKEN = re.compile(r"-\d|[A-Za-z]\.?\d|(?<!\d)\.\d")
_EVERY = re.compile(r"每个?(月|季度?|半年)")
_TIMES = {"月": 12, "季": 4, "季度": 4, "半年": 2}
_SIGNS = {"≥>≧": "≥", "≤<≦": "≤", "=": "="}  # a sign printed, and the label of the kind it means
_OPPOSITE = ("≥", "≤")
_JUDGED = next(kind for kind in KINDS if not KINDS[kind].compared and KINDS[kind].need.reasoned)


def quoted(text: str) -> str:
    """A text between double quotes as YAML reads it, on one line: a string of JSON, unprintable letters escaped."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


@dataclass(frozen=True)
class Proposal:
    """How a target may have been meant: a kind, and the text to read instead; blank where a person must say all.

    ``wrong`` is what the text says that cannot be; ``because`` the reason, which a person gives.
    """

    kind: str
    target: str = ""
    wrong: str = ""
    because: str = WHY

    @property
    def _reason(self) -> str:
        return f"{self.wrong}{self.because}"

    def line(self, indicator: str, printed: str) -> str:
        """The item of ``overrides`` as it stands in a rule file; ``printed`` is the indicator it is written for."""
        target = f"target: {quoted(self.target)}, " if self.target else ""
        target += f"printed: {quoted(printed)}, "
        head = f"- {{indicator: {quoted(indicator)}, kind: {self.kind}"
        return f"{head}, {target}because: {quoted(self._reason)}}}"

    def command(self, indicator: str, year: int) -> str:
        """The command that writes it."""
        named = indicator if _SAFE.fullmatch(indicator) else _in_a_shell(indicator)
        read = f"--as {_in_a_shell(self.target)}" if self.target else f"--kind {self.kind}"
        return f"selfeval rules override {named} --year {year} {read} --because {_in_a_shell(self._reason)}"


def _in_a_shell(text: str) -> str:
    """An argument between double quotes, which POSIX shells and Windows take alike."""
    return '"' + re.sub(r"[\"$`\\]", r"\\\g<0>", " ".join(text.split())) + '"'


def propose(target: str, name: str, words: Vocabulary, year: int, *, opposite: bool = False) -> Proposal:
    """What a target of a ``year`` may have meant: a guess that a person confirms, never a reading.

    Of one that wants ``opposite`` things a person must say which.
    """
    text = reword(target, name, words).text
    if month := _MONTH.fullmatch(text):
        return _by(month["year"], month["month"], year)
    days, numbers = list(_DAY.finditer(text)), list(_NUMBER.finditer(text))
    if len(days) == 1 and len(numbers) <= len(re.findall(r"\d+", days[0][0])):
        return _of_day(days[0], year)
    every_day = _EVERY.search(text) and numbers and numbers[0]["unit"][:1] in {"日", "号"}  # 每月10日前
    if len(numbers) != 1 or _BROKEN.search(text) or every_day:
        return Proposal(_JUDGED)
    found = numbers[0]
    number, unit = _of_the_year(text, found["number"]), _TAIL.sub("", found["unit"])
    quantity = read_quantity(f"{number}{unit}")
    if not isinstance(quantity, Quantity) or _UNSAFE.search(unit):
        return Proposal(_JUDGED)
    if not unit and 0 < quantity.value <= 1 and (words.rate(name) or name.endswith("度")):
        number, unit = show_number(quantity.value * 100), RATE
    sign = (
        found["sign"]
        or ("≤" if _WITHIN.search(text) else "")
        or _BY_CLASS[unit_class(RATE if unit == "百分比" else unit)]
    )
    label = next(label for signs, label in _SIGNS.items() if sign in signs)
    kind = next(kind.id for kind in KINDS.values() if kind.label == label)
    meant = f"{'' if sign == '=' else sign}{number}{unit}"
    if opposite:
        ways = "或".join(kind.id for kind in KINDS.values() if kind.label in _OPPOSITE)
        return Proposal(ways, f"（写明是{'还是'.join(f'{way}{number}{unit}' for way in _OPPOSITE)}）")
    return Proposal(_JUDGED) if reword(meant, name, words).wanted else Proposal(kind, meant)


def _of_day(found: re.Match[str], year: int) -> Proposal:
    """A day with its year: written, none, or told by its distance from the year evaluated (次年3月底前)."""
    other, part = found["other"] or "", found["part"] or ""
    written = found["year"] or (str(year + 1) if other[:1] in _NEXT else "")
    if (other and not written) or part in {"初", "中"}:
        return Proposal(_kind_of_days(), WHICH_DAY)
    day = found["day"] or _TURNS.get(part, "")
    if other and not day:
        day = str(last_day(year + 1, int(found["month"])).day)
    return _by(written, found["month"], year, day)


def _by(written: str, month: str, year: int, day: str = "") -> Proposal:
    """A deadline, once there is such a day and it is one of the ``year`` evaluated or later."""
    of_day = f"{int(month)}月{f'{int(day)}日' if day else ''}"
    meant = f"{f'{written}年' if written else ''}{of_day}"
    if written and int(written) < year:
        return Proposal(_kind_of_days(), WHICH_DAY, f"{meant}在{year}年以前")
    if read_deadline_text(meant, year) is None:
        wrong = f"没有{of_day}这一天" if day else f"{meant}离{year}年太远"
        return Proposal(_kind_of_days(), WHICH_DAY, wrong)
    return Proposal(_kind_of_days(), meant)


def _of_the_year(text: str, number: str) -> str:
    """The number of a whole year, where the text names that of a month or a quarter."""
    often = _EVERY.search(text)
    return number if often is None else show_number(Fraction(number.replace(",", "")) * _TIMES[often[1]])


def _kind_of_days() -> str:
    return next(kind.id for kind in KINDS.values() if any(measure.in_days for measure in kind.measures.values()))
