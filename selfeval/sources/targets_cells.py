"""The cells of ``targets.xlsx``: a value as a person sees it, and as what its column holds."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from decimal import Decimal

from selfeval.domain.reading.period import in_chinese
from selfeval.domain.targets import CHECKPOINTS
from selfeval.packages.looks import Look
from selfeval.packages.number_formats import Shown
from selfeval.packages.workbook import Raw
from selfeval.sources.codes import LOST
from selfeval.sources.layout import squeeze, unified

DATA_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("unit_code", "project", "indicator", "indicators"), "code"),
    **dict.fromkeys(("budget", "fiscal", "other"), "money"),
    **dict.fromkeys((f"month_{month}" for month in CHECKPOINTS), "share"),
    "seq": "integer",
    "points": "number",
}
"""What a cell of a column holds, by the column's name; text where nothing is said."""

Value = Raw | None

ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"})
"""What a cell shows whose formula is in error."""
_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
_TYPED = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,30})(?:\.\d{0,30})?|[+-]?\.\d{1,30}) *(?P<unit>万元|分|%|)", re.ASCII
)
"""A number as a person types it; with white space inside nobody knows where it ends."""
_UNITS = {"money": "万元", "number": "分", "share": "%"}
_OWN_UNITS = {"money": Shown(after="万元"), "number": Shown(after="分")}
"""What numbers of a data type are in anyway."""
EXPLAINS = frozenset({"seq", "purpose", "goal", "description", "basis", "title"})
"""Columns that no score hangs on."""


def shown(value: Value) -> str:
    """A value as a person would write it: 324001.0 as 324001, a date as 2024年12月31日."""
    if isinstance(value, str) or value is None:
        return value or ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        # 15 digits, as a spreadsheet shows: 22.590000000000003, a sum of floats, is 22.59
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(float(f"{value:.15g}"))
    return in_chinese(value) if isinstance(value, dt.date) else str(value)


def seen(name: str, value: Value, look: Look | None) -> Value:
    """A value as a person sees it; python-calamine gives a formula without a result as a blank, and 95% as 0.95."""
    if look and look.fault:
        return look.fault
    if not look or not look.format or isinstance(value, bool) or not isinstance(value, int | float | str):
        return value
    beside = _beside(value, look)
    if beside is None or beside == _OWN_UNITS.get(DATA_TYPES.get(name, "")):
        return value
    if beside.percent and (name == "target" or beside.after):
        return f"{beside.before}{shown(float(Decimal(shown(float(value))) * 100))}%{beside.after}"
    return f"{beside.before}{shown(value)}{beside.after}" if beside.before or beside.after else value


def _beside(value: str | float, look: Look) -> Shown | None:
    """What is seen beside a value; None where the value itself is not."""
    if isinstance(value, str):
        return look.beside_text() if value else Shown()
    return look.shown(value)


def is_hidden(name: str, value: Value, look: Look | None) -> bool:
    """Whether a value that a score may hang on is struck out, has raised digits, or is not shown as it is."""
    if look is None or name in EXPLAINS or value == "" or isinstance(value, bool):
        return False
    return look.struck or look.raised or (isinstance(value, int | float | str) and _beside(value, look) is None)


def read_cell(data_type: str, value: Value) -> tuple[str | float | None, str]:
    """A cell of a data type (None: no number, or unreadable), and the code of the problem in its way."""
    text = shown(value)
    if text.strip() in ERRORS:
        return None, "E130"
    if data_type == "text":
        return text.strip(), ""
    if data_type == "code":
        lost = abs(value) >= _EXACT if isinstance(value, int | float) else LOST.fullmatch(text.strip())
        return (None, "E129") if lost else (squeeze(text), "")
    if not text.strip():
        return None, ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _ranged(data_type, Decimal(repr(value)))
    return _typed(data_type, unified(text).strip())


def _typed(data_type: str, text: str) -> tuple[float | None, str]:
    """A number that was typed as text: plain, or with the unit that its column has anyway."""
    found = _TYPED.fullmatch(text)
    if found is None or found["unit"] not in {"", _UNITS.get(data_type, "")}:
        return None, "E125"
    number = Decimal(found["number"].replace(",", ""))
    return _ranged(data_type, number / 100 if found["unit"] == "%" else number)


def _ranged(data_type: str, exact: Decimal) -> tuple[float | None, str]:
    """A number of a column: amounts and points from 0, shares from 0 to 1, integers."""
    number = float(f"{float(exact):.15g}")  # as a spreadsheet shows it
    if not math.isfinite(number):
        return None, "E125"
    if data_type in {"money", "number"} and number < 0:
        return None, "E132"
    if data_type == "share" and not 0 <= number <= 1:
        return None, "E126"
    if data_type == "integer":
        return (int(number), "") if number.is_integer() else (None, "E125")
    return number, ""
