"""What one cell holds, without losing what was written: text, number and data type, as ``Cell`` has them."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from selfeval.domain.reading.numerals import in_digits
from selfeval.domain.reading.quantity import RATE, Quantity, read_quantity, show_number
from selfeval.domain.reported import Cell, DataType
from selfeval.domain.rounding import fraction
from selfeval.packages.looks import Look
from selfeval.packages.printable import BLANKS
from selfeval.packages.workbook import Raw

Held: TypeAlias = tuple[str, float, DataType]
EMPTY: Held = ("", math.nan, "blank")
_PLAIN = Look()

LONGEST_ANSWER, _SHOWN = 500, 30
"""Characters of an answer that is read, and of a longer one that is shown."""

_UNNAMED = re.compile(
    r"\d+(?:,\d{3})*(?:\.\d+)?(?![\d.]|,\d)(?:余|多)?"
    r"(?=\s*(?:$|[，,。；;、：:（()）!！~～—–-]|至|到|以[上下内]|及以|左右|达标|已?完成))"
)
"""A number in a text that has no unit."""
_DAY = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d")
_NUMERAL = re.compile(r"[+-]?\d+(?:\.\d+)?")


def cell_value(raw: Raw, look: Look = _PLAIN) -> Held:
    """What a worksheet cell holds and shows."""
    match raw:
        case str():
            return _text_as_shown(raw.strip(BLANKS), look)
        case bool():
            return "是" if raw else "否", math.nan, "flag"
        case int() | float():
            number = float(raw)
            return _as_shown(number, look) if math.isfinite(number) else (str(raw), math.nan, "error")
        case dt.date():
            return _day_as_shown(raw, look)
        case _:
            return str(raw), math.nan, "date"


def _text_as_shown(text: str, look: Look) -> Held:
    """A text with what its format shows beside it; an error value or a formula without a result where there is none."""
    if not text:
        return (look.fault, math.nan, "error") if look.fault else EMPTY
    if not look.format:
        return text, math.nan, "text"
    beside = look.beside_text()
    return (text, math.nan, "unseen") if beside is None else (f"{beside.before}{text}{beside.after}", math.nan, "text")


def _as_shown(number: float, look: Look) -> Held:
    """A number with what its format shows beside it: 15 as 15千元, and 95 under 0"%" as 95%."""
    if not look.format:
        return _number(number, percent=False)
    shown = look.shown(number)
    if shown is None:
        return _number(number, percent=False)[0], math.nan, "unseen"
    before, after, percent = shown
    if not before and after == RATE and not percent:
        return _number(float(fraction(number) / 100), percent=True)
    text, number, kind = _number(number, percent=percent)
    return (f"{before}{text}{after}", math.nan, "text") if before or after else (text, number, kind)


def _day_as_shown(raw: dt.date, look: Look) -> Held:
    """A day, also one with a time, with what its format shows beside it; a year that is written out is its own."""
    timed = isinstance(raw, dt.datetime) and raw.time() != dt.time()
    day = raw.isoformat(sep=" ") if isinstance(raw, dt.datetime) and timed else raw.isoformat()[:10]
    beside = look.beside_day()
    if beside is None:
        return day, math.nan, "unseen"
    before, after = ("" if word == f"{raw.year}" else word for word in beside[:2])
    return (f"{before}{day}{after}", math.nan, "text") if before or after else (day, math.nan, "date")


def csv_value(raw: str, *, numeric: bool) -> Held:
    """What a CSV field holds, where everything is text: plain numerals become numbers in ``numeric`` columns.

    A numeral that a float cannot hold exactly stays text, and is read exactly later.
    """
    text = raw.strip(BLANKS)
    if numeric and _NUMERAL.fullmatch(text) and text.isascii() and Decimal(repr(float(text))) == Decimal(text):
        return _number(float(text), percent=False)
    return (text, math.nan, "text") if text else EMPTY


def seen_value(raw: Raw, look: Look) -> Held:
    """What a worksheet cell holds, unless a line goes through it, or its digits do not stand in one line."""
    text, number, kind = cell_value(raw, look)
    if kind == "blank" or not (look.struck or look.raised):
        return text, number, kind
    return text, math.nan, "struck" if look.struck else "raised"


def dropped(cell: Cell) -> Cell:
    """A cell of which it is in doubt what it answers; a blank one answers nothing anyway."""
    shown = as_answer(cell)
    return cell if cell.data_type in {"", "blank"} else replace(shown, number=math.nan, data_type="dropped")


def as_remark(cell: Cell) -> Cell:
    """A cell that explains a score: its text counts, whatever goes through it or is raised."""
    return replace(cell, data_type="text") if cell.data_type in {"struck", "raised"} else cell


def as_answer(cell: Cell) -> Cell:
    """A cell that a score is made of: a text that is longer than any answer is not looked through."""
    if len(cell.text) <= LONGEST_ANSWER:
        return cell
    shown = f"{cell.text[:_SHOWN]}…（共{len(cell.text)}字）"
    return replace(cell, text=shown, data_type="long")


def with_unit(cell: Cell, unit: str) -> Cell:
    """A number of a column whose header names a unit, as a text that carries it (200000 under （元）).

    So do the numbers of a text that have no unit: ≥20 and 二十 are 20元 there.
    """
    if not unit or cell.data_type not in {"number", "text"}:
        return cell
    text = in_digits(cell.text, unit)
    quantity = read_quantity(text)
    if cell.data_type == "number" or (isinstance(quantity, Quantity) and not quantity.unit):
        text = f"{text}{unit}"
    elif _DAY.search(cell.text):
        return cell
    else:
        text = _UNNAMED.sub(lambda number: f"{number[0]}{unit}", cell.text)
    return replace(cell, text=text, number=math.nan, data_type="text")


def _number(number: float, *, percent: bool) -> Held:
    number = float(f"{number:.15g}")  # what a spreadsheet shows: 22.590000000000003, a sum of floats, is 22.59
    exact = fraction(number)
    return (show_number(exact * 100) + RATE, number, "percent") if percent else (show_number(exact), number, "number")
