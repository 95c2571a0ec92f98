"""The kinds of single value that a rule file holds: how each is read from the text as written, and its JSON Schema."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from selfeval.domain.checks import CHECKS
from selfeval.domain.kinds import KINDS
from selfeval.domain.options import Mark, Proof, Written
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rounding import DECIMALS, UNIT, WHOLE
from selfeval.rulebook.text.nodes import Node, Scalar

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{1,12})?")
_PERCENT = re.compile(rf"({_NUMBER.pattern})[%％]")
_BEFORE, _BEHIND = (
    re.compile("^[≥≤=<>+约]+|^(?<!-)0+(?=\\d)"),
    re.compile("(?:分|天|日|个|元|万元|倍|次|以上|以下|以内|\\.)+$"),
)
_MOST_SHARE = 10  # 1000%: whatever is more was meant as a percentage
_PART = re.compile(r"\d{1,4}/[1-9]\d{0,3}")  # 2/3, which no decimal is
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"((?:19|20)\d\d)[-./年](\d{1,2})[-./月](\d{1,2})", re.ASCII)
_HIGHEST = 10 * WHOLE  # no score is beyond, capped or not
_LONGEST_PATTERN = 200  # nobody reads a longer one


NO_TITLES: Mapping[str, str] = {}


@dataclass(frozen=True, eq=False)
class Value:
    """A kind of value. ``make`` makes it of a text, or raises ValueError, with a text where ``expected`` is not it.

    Where only certain words will do, ``titles`` are these, each with what it is in Chinese, and ``called`` says what
    they name. ``narrowed`` gives the words that fit at a place of the file; None where all do.
    """

    make: Callable[[Scalar], object]
    expected: str
    schema: Mapping[str, Any]
    titles: Mapping[str, str] = field(default_factory=dict)
    called: str = ""
    narrowed: Callable[[tuple[str | int, ...]], Iterable[str] | None] = lambda _path: None

    def read(self, node: Node) -> object:
        """The value of a node. Raises ValueError with what was expected, in Chinese."""
        expected = self.expected
        if isinstance(node, Scalar):
            try:
                return self.make(node)
            except ValueError as fault:
                expected = str(fault) or expected
        raise ValueError(expected)

    def within(self, path: tuple[str | int, ...]) -> Value:
        """The same value where it stands: what is offered are the words that fit there."""
        words = self.narrowed(path)
        if words is None:
            return self
        titles = {word: self.titles.get(word, "") for word in words}
        return replace(self, titles=titles, expected="、".join(titles), narrowed=lambda _path: None)

    def titled(self, titles: Mapping[str, str]) -> Mapping[str, str]:
        """The words with their Chinese; ``titles`` are those of the option that takes them."""
        return {word: titles.get(word) or title for word, title in self.titles.items()}


def choice(words: Iterable[str], called: str = "") -> Value:
    """One of ``words``, which may come with what they are in Chinese, and nothing else."""
    titles = dict(words) if isinstance(words, Mapping) else dict.fromkeys(words, "")
    known = {word: word for word in titles}
    return Value(picked(known), "、".join(known), {"type": "string", "enum": list(known)}, titles, called)


def picked(meanings: Mapping[str, object]) -> Callable[[Scalar], object]:
    """What makes the meaning of a word."""

    def make(written: Scalar) -> object:
        if written.text not in meanings:
            raise ValueError
        return meanings[written.text]

    return make


def _number(written: Scalar, expected: str = "一个数，如12或0.5（不加引号、单位和千分号{}）") -> Fraction:
    if not written.plain or not _NUMBER.fullmatch(written.text):
        raise ValueError(expected.format(_bare(written.text)))
    return Fraction(written.text)


def _bare(text: str) -> str:
    """The number that a text with a unit, quotes or separators was meant to be, as a hint."""
    plain = _plain(text).rstrip("%")
    return f"，这里写{plain}" if _NUMBER.fullmatch(plain) else ""


def _plain(text: str) -> str:
    """A text without what people dress a number in: full-width signs, quotes, blanks, separators, units, ≥."""
    narrow = re.sub("[\\s,\"'“”]", "", unicodedata.normalize("NFKC", text))
    return re.sub(_BEHIND, "", re.sub(_BEFORE, "", re.sub(_BEFORE, "", narrow)))


def _share(written: Scalar) -> Fraction:
    percent = _PERCENT.fullmatch(written.text)
    if _PART.fullmatch(written.text):
        return Fraction(written.text)
    if not percent and (plain := _undressed(written.text)):
        raise ValueError(f"一个数或比例（不用全角、空格和单位），这里写{plain}")
    return Fraction(percent[1]) / 100 if percent else _number(written, "")


def _undressed(text: str) -> str:
    """The share that a text in full-width signs, with blanks or with a unit was meant to be; blank for none."""
    plain = _plain(text)
    return plain if plain != text and (_PERCENT.fullmatch(plain) or _NUMBER.fullmatch(plain)) else ""


def _share_in_reach(written: Scalar) -> Fraction:
    """A share; one of more than 1000% is a percentage that was typed as a number."""
    plain = _undressed(written.text)
    if _NUMBER.fullmatch(plain) and Fraction(plain) > 1:
        raise ValueError(f"一个比例（不用全角、空格和单位），这里写{plain}%")
    share = _share(written)
    if abs(share) > _MOST_SHARE:
        raise ValueError(_meant(written.text, share))
    return share


def _meant(text: str, share: Fraction) -> str:
    """What to write where a percentage was typed as a number."""
    meant = "" if text.endswith(("%", "％")) else f"；是{text}%的，要写出百分号：{text}%"
    return f"一个比例，如60%或0.6（{text}就是{share.numerator * 100 // share.denominator}%{meant}）"


def _mark(written: Scalar) -> Mark:
    percent = _PERCENT.fullmatch(written.text)
    if not percent and (plain := _undressed(written.text)):
        raise ValueError(f"一个数（按指标值的计量单位）或百分比，这里写{plain}")
    return Mark(Fraction(percent[1]), percent=True) if percent else Mark(_number(written, ""))


_PROOFS = {"ask": Proof(None), "zero": Proof(Fraction(0))}


def _proof(written: Scalar) -> Proof:
    if written.text in _PROOFS:
        return _PROOFS[written.text]
    share = _share(written)
    if not 0 <= share < 1:
        meant = f"；是{written.text}%的，写{written.text}%" if 1 < share <= 100 and "%" not in written.text else ""  # noqa: PLR2004 - percent
        raise ValueError(f"不到1的比例，如50%{meant}；全部得分的不用写")
    return Proof(share)


def _share_of_points(written: Scalar) -> Fraction | None:
    share = None if written.text == "measure" else _share(written)
    if share is not None and not 0 <= share <= 1:
        meant = share > 1 and _NUMBER.fullmatch(written.text)
        raise ValueError(_SHARE_OF_POINTS + (f"；是{written.text}%的，写{written.text}%" if meant else ""))
    return share


def _points(written: Scalar) -> int:
    if written.plain and (percent := _PERCENT.fullmatch(written.text)):
        raise ValueError(f"分数，不是比例：100分中的{percent[1]}分，这里写{percent[1]}")
    hundredths: Fraction = _number(written) * UNIT
    if hundredths.denominator != 1 or not 0 <= hundredths <= WHOLE:
        raise ValueError(f"0到100之间的分数，最多{DECIMALS}")
    return hundredths.numerator


def _places(written: Scalar) -> int:
    places = {Fraction(1, 100): 2, Fraction(1, 10): 1, Fraction(1): 0}
    if not _NUMBER.fullmatch(written.text) or Fraction(written.text) not in places:
        raise ValueError
    return places[Fraction(written.text)]


def _score(written: Scalar) -> int:
    hundredths: Fraction = _number(written) * UNIT
    if hundredths.denominator != 1 or abs(hundredths) > _HIGHEST:
        raise ValueError(f"-1000到1000之间的得分，最多{DECIMALS}")
    return hundredths.numerator


def _year(written: Scalar) -> int:
    if not _YEAR.fullmatch(written.text):
        plain = unicodedata.normalize("NFKC", written.text).strip("年度 ")[:4]
        raise ValueError(f"四位年份，如2024，这里写{plain}" if _YEAR.fullmatch(plain) else "")
    return int(written.text)


def _day(written: Scalar) -> dt.date:
    """A day, also as people write it: 2025/1/20, 2025年1月20日."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", written.text).strip("日号 "))
    try:
        return dt.date(*map(int, found.groups() if found else ()))
    except (TypeError, ValueError):
        raise ValueError(f"一个日期，如 2025-01-20{'（没有这一天）' if found else ''}") from None


def _pattern(written: Scalar) -> str:
    try:
        sound = len(written.text) <= _LONGEST_PATTERN and bool(re.compile(written.text))
    except (re.error, RecursionError, OverflowError):
        sound = False
    if not sound:
        raise ValueError("一个正确的匹配式（正则表达式，200字以内）")
    return written.text


def _measures_at(path: tuple[str | int, ...]) -> Iterable[str] | None:
    """The measures of the kind that a place of the file belongs to."""
    kind = KINDS.get(str(path[1])) if len(path) > 1 and path[0] == "kinds" else None
    return kind.measures if kind and kind.measures else None


_TEXT = {"type": ["string", "number"]}
_SHARE = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^(-?\d+(\.\d+)?[%％]|\d+/\d+)$"}]}
_NUMBER_LIKE = "一个数，如12或0.5"
_SHARE_OF_POINTS = "0到1之间的比例（如0.8、80%或 2/3），或 measure（按完成程度得分）"
_FLAGS = {"true": True, "是": True, "false": False, "否": False}

VALUES: Mapping[object, Value] = {
    str: Value(lambda written: written.text, "一段文字，不是列表；文字以 [ 开头的要加双引号", _TEXT),
    bool: Value(picked(_FLAGS), "true 或 false", {"type": "boolean"}, {"true": "是", "false": "否"}),
    Fraction: Value(_number, _NUMBER_LIKE, {"type": "number"}),
    Written.SHARE: Value(_share_in_reach, "一个比例，如0.8或80%", _SHARE),
    Written.LIMIT: Value(_share, "一个数或比例，如30或90%", _SHARE),
    Written.MEASURED: Value(_share, "一个数或比例，如31（天）、0.8或80%", _SHARE),
    Written.SHARE_OF_POINTS: Value(
        _share_of_points, _SHARE_OF_POINTS, {"anyOf": [{"const": "measure"}, *_SHARE["anyOf"]]}
    ),
    Written.MARK: Value(_mark, "一个数（按指标值的计量单位）或百分比，如90%", _SHARE),
    Written.PROOF: Value(
        _proof,
        "ask（待补充）、zero（零分）或不到1的比例（如50%，按应得分的一半计）",
        {"anyOf": [{"enum": list(_PROOFS)}, *_SHARE["anyOf"]]},
        {"ask": "待补充", "zero": "零分"},
    ),
    Written.POINTS: Value(_points, _NUMBER_LIKE, {"type": "number", "minimum": 0, "maximum": 100}),
    Written.SCORE: Value(_score, _NUMBER_LIKE, {"type": "number"}),
    Written.PLACES: Value(_places, "0.01、0.1或1", {"enum": [0.01, 0.1, 1]}),
    Written.YEAR: Value(_year, "四位年份，如2024", {"type": "integer"}),
    Written.DAY: Value(_day, "一个日期，如 2025-01-20", {"type": "string", "format": "date"}),
    Written.PATTERN: Value(_pattern, "一个匹配式", {"type": "string", "format": "regex"}),
    Written.FOLDED: Value(lambda written: normalise(written.text), "一段文字", _TEXT),
    Written.KIND: choice({kind.id: kind.label for kind in KINDS.values()}, "类型"),
    Written.MEASURE: replace(
        choice(measure for kind in KINDS.values() for measure in kind.measures), narrowed=_measures_at
    ),
    Written.CHECK: choice({name: check.title for name, check in CHECKS.items()}, "核对"),
}
"""The values of the types and markers that the rulebook's fields are declared with."""
