"""The kinds of single value that a rule file holds: how each is read from the text as written, and its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from selfeval.domain.checks import CHECKS
from selfeval.domain.kinds import KINDS
from selfeval.domain.options import Written
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rounding import UNIT, WHOLE
from selfeval.rulebook.text.nodes import Node, Scalar

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{1,12})?")
_PERCENT = re.compile(r"(-?(?:0|[1-9]\d{0,11})(?:\.\d{1,12})?)[%％]")
_FLAGS = {"true": True, "是": True, "false": False, "否": False}


class UnfitError(Exception):
    """A value is not of the wanted kind: what was expected, in Chinese, and the words of a choice."""

    def __init__(self, expected: str, words: tuple[str, ...] = ()) -> None:
        super().__init__(expected)
        self.expected = expected
        self.words = words


@dataclass(frozen=True, eq=False)
class Value:
    """A kind of value: its reader, which raises ``UnfitError``, and its JSON Schema. Each is itself and no other."""

    read: Callable[[Node], object]
    schema: Mapping[str, Any]


def scalar(node: Node, expected: str) -> Scalar:
    """The node as a single value."""
    if not isinstance(node, Scalar):
        raise UnfitError(expected)
    return node


def choice(*words: str) -> Value:
    """One of ``words`` and nothing else."""

    def read(node: Node) -> str:
        text = scalar(node, "、".join(words)).text
        if text not in words:
            raise UnfitError("、".join(words), words)
        return text

    return Value(read, {"type": "string", "enum": list(words)})


def _text(node: Node) -> str:
    return scalar(node, "一段文字").text


def _number(node: Node) -> Fraction:
    one = scalar(node, "一个数，如 12 或 0.5")
    if not one.plain or not _NUMBER.fullmatch(one.text):
        raise UnfitError("一个数，如 12 或 0.5（不加引号、单位和千分号）")
    return Fraction(one.text)


def _share(node: Node, expected: str = "一个比例，如 0.8 或 80%") -> Fraction:
    one = scalar(node, expected)
    percent = _PERCENT.fullmatch(one.text)
    if percent:
        return Fraction(percent[1]) / 100
    if not one.plain or not _NUMBER.fullmatch(one.text):
        raise UnfitError(expected)
    return Fraction(one.text)


def _measured(node: Node) -> Fraction:
    return _share(node, "一个数或比例，如 31（天）、0.8 或 80%")


def _share_of_points(node: Node) -> Fraction | None:
    if isinstance(node, Scalar) and node.text == "measure":
        return None
    expected = "0 到 1 之间的比例（如 0.8 或 80%），或 measure（按计量值得分）"
    share = _share(node, expected)
    if not 0 <= share <= 1:
        raise UnfitError(expected)
    return share


def _points(node: Node) -> int:
    hundredths: Fraction = _number(node) * UNIT
    if hundredths.denominator != 1 or not 0 <= hundredths <= WHOLE:
        raise UnfitError("0 到 100 之间的分数，最多两位小数")
    return hundredths.numerator


def _year(node: Node) -> int:
    one = scalar(node, "四位年份，如 2024")
    if not re.fullmatch(r"(?:19|20)\d\d", one.text):
        raise UnfitError("四位年份，如 2024")
    return int(one.text)


def _flag(node: Node) -> bool:
    one = scalar(node, "true 或 false")
    if one.text not in _FLAGS:
        raise UnfitError("true 或 false")
    return _FLAGS[one.text]


def _pattern(node: Node) -> str:
    text = scalar(node, "一个匹配式").text
    expected = "一个正确的匹配式（正则表达式，200 字以内）"
    if len(text) > 200:  # noqa: PLR2004 - nobody reads a longer one
        raise UnfitError(expected)
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError):
        raise UnfitError(expected) from None
    return text


_TEXT_SCHEMA = {"type": ["string", "number"]}
_SHARE_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d+(\.\d+)?[%％]$"}]}
_MEASURES = dict.fromkeys(measure for kind in KINDS.values() for measure in kind.measures)

VALUES: Mapping[object, Value] = {
    str: Value(_text, _TEXT_SCHEMA),
    bool: Value(_flag, {"type": "boolean"}),
    Fraction: Value(_number, {"type": "number"}),
    Written.SHARE: Value(_share, _SHARE_SCHEMA),
    Written.MEASURED: Value(_measured, _SHARE_SCHEMA),
    Written.SHARE_OF_POINTS: Value(_share_of_points, {"anyOf": [{"const": "measure"}, *_SHARE_SCHEMA["anyOf"]]}),
    Written.POINTS: Value(_points, {"type": "number", "minimum": 0, "maximum": 100}),
    Written.YEAR: Value(_year, {"type": "integer"}),
    Written.PATTERN: Value(_pattern, {"type": "string", "format": "regex"}),
    Written.FOLDED: Value(lambda node: normalise(_text(node)), _TEXT_SCHEMA),
    Written.KIND: choice(*KINDS),
    Written.MEASURE: choice(*_MEASURES),
    Written.CHECK: choice(*CHECKS),
}
"""The values of the types and markers that the rulebook's fields are declared with."""
