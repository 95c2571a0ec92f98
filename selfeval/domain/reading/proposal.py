"""Proposals: the line that tells a rulebook how to read a target that no rule can read, ready to be pasted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.quantity import RATE, Quantity, normalise, read_quantity, show_number, unit_class
from selfeval.domain.reading.rewording import reword
from selfeval.domain.reading.vocabulary import Vocabulary

WHY = "（写明凭什么这样读）"
"""What stands in a proposal for the reason, which only a person can give."""

_NUMBER = re.compile(r"(?P<sign>[≥≤=<>≧≦]?)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d\s,.;:、,()≥≤=<>-]{0,6})")
_DAY = re.compile(r"(?:\d{4}年)?(?P<month>1[0-2]|[1-9])月(?:(?P<day>3[01]|[12]\d|[1-9])[日号])?")
_BY_CLASS = {"rate": "≥", "money": "≤", "time": "≤", "count": "="}
_TAIL = re.compile(r"(?:及|或)?以[上下内前]|之内|前|内$")
_MONTH = re.compile(r"(?P<year>20\d\d)[-/.](?P<month>0?[1-9]|1[0-2])")
_BROKEN = re.compile(r"-\d|[A-Za-z]\.?\d|(?<!\d)\.\d")
_NEXT_YEAR = re.compile("次年|翌年|明年|来年|下一?年度?")
_EVERY = re.compile(r"每个?(月|季度?|半年)")
_TIMES = {"月": 12, "季": 4, "季度": 4, "半年": 2}
_SIGNS = {"≥>≧": "≥", "≤<≦": "≤", "=": "="}  # a sign printed, and the label of the kind it means
_JUDGED = next(kind for kind in KINDS if not KINDS[kind].compared and KINDS[kind].need.reasoned)


@dataclass(frozen=True)
class Proposal:
    """How a target may have been meant: a kind, and the text to read instead; blank where a person must say all."""

    kind: str
    target: str = ""

    def line(self, indicator: str) -> str:
        """The item of ``overrides`` as it stands in a rule file."""
        target = f'target: "{self.target}", ' if self.target else ""
        return f'- {{indicator: "{indicator}", kind: {self.kind}, {target}because: "{WHY}"}}'

    def command(self, indicator: str, year: int) -> str:
        """The command that writes it."""
        read = f'--as "{self.target}"' if self.target else f"--kind {self.kind}"
        return f'selfeval rules override {indicator} --year {year} {read} --because "{WHY}"'


def propose(target: str, name: str, words: Vocabulary, year: int) -> Proposal:
    """What a target of a year may have meant: a guess that a person confirms, never a reading."""
    text = reword(target, name, words).text
    if month := _MONTH.fullmatch(text):
        return Proposal(_kind_of_days(), f"{month['year']}年{int(month['month'])}月")
    days, numbers = list(_DAY.finditer(text)), list(_NUMBER.finditer(text))
    if len(days) == 1 and len(numbers) <= len(re.findall(r"\d+", days[0][0])):
        later = f"{year + 1}年" if _NEXT_YEAR.search(text[: days[0].start()]) else ""
        return Proposal(_kind_of_days(), f"{later}{normalise(days[0][0])}")
    every_day = _EVERY.search(text) and numbers and numbers[0]["unit"][:1] in {"日", "号"}  # 每月10日前
    if len(numbers) != 1 or _BROKEN.search(text) or every_day:
        return Proposal(_JUDGED)
    found = numbers[0]
    number, unit = _of_the_year(text, found["number"]), _TAIL.sub("", found["unit"])
    quantity = read_quantity(f"{number}{unit}")
    if not isinstance(quantity, Quantity):
        return Proposal(_JUDGED)
    if not unit and 0 < quantity.value <= 1 and (words.rate(name) or name.endswith("度")):
        number, unit = show_number(quantity.value * 100), RATE
    sign = found["sign"] or _BY_CLASS[unit_class(RATE if unit == "百分比" else unit)]
    label = next(label for signs, label in _SIGNS.items() if sign in signs)
    kind = next(kind.id for kind in KINDS.values() if kind.label == label)
    meant = f"{'' if sign == '=' else sign}{number}{unit}"
    return Proposal(_JUDGED) if reword(meant, name, words).wanted else Proposal(kind, meant)


def _of_the_year(text: str, number: str) -> str:
    """The number of a whole year, where the text names that of a month or a quarter."""
    often = _EVERY.search(text)
    return number if often is None else show_number(Fraction(number.replace(",", "")) * _TIMES[often[1]])


def _kind_of_days() -> str:
    return next(kind.id for kind in KINDS.values() if any(measure.in_days for measure in kind.measures.values()))
