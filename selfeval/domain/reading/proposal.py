"""Proposals: the line that tells a rulebook how to read a target that no rule can read, ready to be pasted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.quantity import RATE, normalise, unit_class
from selfeval.domain.reading.rewording import reword

_NUMBER = re.compile(r"(?P<sign>[≥≤=<>≧≦]?)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d\s,.;:、,()≥≤=<>-]{0,6})")
_DAY = re.compile(r"(?:\d{4}年)?(?P<month>1[0-2]|[1-9])月(?:(?P<day>3[01]|[12]\d|[1-9])[日号])?")
_BY_CLASS = {"rate": "≥", "money": "≤", "time": "≤", "count": "="}
_TAIL = re.compile(r"(?:及|或)?以[上下内前]|之内|前|内$")
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
        return f'- {{indicator: "{indicator}", kind: {self.kind}, {target}because: "（写明凭什么这样读）"}}'

    def command(self, indicator: str, year: int) -> str:
        """The command that writes it."""
        read = f'--as "{self.target}"' if self.target else f"--kind {self.kind}"
        return f'selfeval rules override {indicator} --year {year} {read} --because "（写明凭什么这样读）"'


def propose(target: str, name: str) -> Proposal:
    """What a target may have meant: a guess that a person confirms, never a reading."""
    text = reword(target, name).text
    days, numbers = list(_DAY.finditer(text)), list(_NUMBER.finditer(text))
    if len(days) == 1 and len(numbers) <= len(re.findall(r"\d+", days[0][0])):
        return Proposal(_kind_of_days(), normalise(days[0][0]))
    if len(numbers) != 1:
        return Proposal(_JUDGED)
    found = numbers[0]
    unit = _TAIL.sub("", found["unit"])
    of = "rate" if unit in {RATE, "百分比"} else unit_class(unit)
    sign = found["sign"] or _BY_CLASS[of]
    label = next(label for signs, label in _SIGNS.items() if sign in signs)
    kind = next(kind.id for kind in KINDS.values() if kind.label == label)
    return Proposal(kind, f"{'' if sign == '=' else sign}{found['number']}{unit}")


def _kind_of_days() -> str:
    return next(kind.id for kind in KINDS.values() if any(measure.in_days for measure in kind.measures.values()))
