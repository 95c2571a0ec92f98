"""The kinds of single value that a rulebook holds, from the text as written.

Each is a type for the models: it turns a scalar into an exact value, or says in Chinese what was expected.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from selfeval.rulebook.text.nodes import Scalar

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{1,12})?")
_WHOLE = re.compile(r"0|[1-9]\d{0,11}")
_PERCENT = re.compile(r"(-?(?:0|[1-9]\d{0,11})(?:\.\d{1,12})?)[%％]")
_FLAGS = {"true": True, "是": True, "false": False, "否": False}


def _fault(expected: str) -> PydanticCustomError:
    return PydanticCustomError("value", "{expected}", {"expected": expected})


def _scalar(value: object, expected: str) -> Scalar:
    if not isinstance(value, Scalar):
        raise _fault(expected)
    return value


def _text(value: object) -> str:
    return _scalar(value, "一段文字").text


def _number(value: object) -> Fraction:
    one = _scalar(value, "一个数，如 12 或 0.5")
    if not one.plain or not _NUMBER.fullmatch(one.text):
        raise _fault("一个数，如 12 或 0.5（不加引号、单位和千分号）")
    return Fraction(one.text)


def _share(value: object) -> Fraction:
    one = _scalar(value, "一个比例，如 0.8 或 80%")
    percent = _PERCENT.fullmatch(one.text)
    if percent:
        return Fraction(percent[1]) / 100
    if not one.plain or not _NUMBER.fullmatch(one.text):
        raise _fault("一个比例，如 0.8 或 80%")
    return Fraction(one.text)


def _measured(value: object) -> Fraction:
    try:
        return _share(value)
    except PydanticCustomError:
        raise _fault("一个数或比例，如 31（天）、0.8 或 80%") from None


def _share_of_points(value: object) -> Fraction | None:
    if isinstance(value, Scalar) and value.text == "measure":
        return None
    expected = "0 到 1 之间的比例（如 0.8 或 80%），或 measure（按计量值得分）"
    try:
        share = _share(value)
    except PydanticCustomError:
        raise _fault(expected) from None
    if not 0 <= share <= 1:
        raise _fault(expected)
    return share


def _points(value: object) -> int:
    hundredths = _number(value) * 100
    if hundredths.denominator != 1 or not 0 <= hundredths <= 10_000:  # noqa: PLR2004 - a form has 100 points
        raise _fault("0 到 100 之间的分数，最多两位小数")
    return hundredths.numerator


def _whole(value: object) -> int:
    one = _scalar(value, "一个整数")
    if not _WHOLE.fullmatch(one.text):
        raise _fault("一个整数")
    return int(one.text)


def _year(value: object) -> int:
    one = _scalar(value, "四位年份，如 2024")
    if not re.fullmatch(r"(?:19|20)\d\d", one.text):
        raise _fault("四位年份，如 2024")
    return int(one.text)


def _flag(value: object) -> bool:
    one = _scalar(value, "true 或 false")
    if one.text not in _FLAGS:
        raise _fault("true 或 false")
    return _FLAGS[one.text]


def _pattern(value: object) -> str:
    text = _scalar(value, "一个匹配式").text
    wrong = _fault("一个正确的匹配式（正则表达式，200 字以内）")
    if len(text) > 200:  # noqa: PLR2004 - nobody reads a longer one
        raise wrong
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError):
        raise wrong from None
    return text


_NUMBER_SCHEMA = {"type": "number"}
_SHARE_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d+(\.\d+)?[%％]$"}]}

Text = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": ["string", "number"]})]
"""Any text, as written; ``2024`` and ``0.10`` are texts too."""
Number = Annotated[Fraction, PlainValidator(_number), WithJsonSchema(_NUMBER_SCHEMA)]
"""An exact number."""
Share = Annotated[Fraction, PlainValidator(_share), WithJsonSchema(_SHARE_SCHEMA)]
"""An exact share, written 0.8 or 80%."""
Measured = Annotated[Fraction, PlainValidator(_measured), WithJsonSchema(_SHARE_SCHEMA)]
"""A measure that a curve starts from: a share (0.8 or 80%), or a number of days."""
ShareOfPoints = Annotated[
    Fraction | None,
    PlainValidator(_share_of_points),
    WithJsonSchema({"anyOf": [{"const": "measure"}, *_SHARE_SCHEMA["anyOf"]]}),
]
"""A share between 0 and 1, or ``measure`` (None): as many of the points as the measure says."""
Points = Annotated[int, PlainValidator(_points), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})]
"""Points in hundredths, written as points."""
Year = Annotated[int, PlainValidator(_year), WithJsonSchema({"type": "integer"})]
"""A year."""
Whole = Annotated[int, PlainValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
"""A whole number from 0."""
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
"""Yes or no."""
Pattern = Annotated[str, PlainValidator(_pattern), WithJsonSchema({"type": "string", "format": "regex"})]
"""A regular expression over a whole text."""


def choice(*words: str) -> PlainValidator:
    """Takes one of ``words`` and nothing else; stands beside a Literal in an ``Annotated``."""

    def check(value: object) -> str:
        text = _scalar(value, "、".join(words)).text
        if text not in words:
            known = {"expected": "、".join(words), "words": list(words)}
            raise PydanticCustomError("choice", "{expected}", known)
        return text

    return PlainValidator(check, json_schema_input_type=Literal[words])
