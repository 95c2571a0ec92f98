"""What is seen in the cell of a workbook, as text: 95% and not 0.95, 2024年12月 and not a day of it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from selfeval.packages.looks import Look
from selfeval.packages.workbook import Raw
from selfeval.sources.codes import LOST

_DIGITS = 12
"""Of a number without a format of its own: what is beyond is what sums of floats leave behind."""
_EXACT = 10**15
"""From here on a spreadsheet has lost digits."""
_DATE_TOKEN = re.compile(
    r"""[Dd]{3,4}|[Aa]{3,4}|(?P<part>[Yy]+|[Mm]+|[Dd]+)|"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|\[[^\]]*\]?|[_*].?
    |(?P<literal>.)""",
    re.DOTALL | re.VERBOSE,
)
_OF_YEARS, _OF_TIMES = frozenset("geb"), frozenset("hs")


class Text(NamedTuple):
    """What is seen; ``doubt``: the code of a problem with it, blank for none; ``stored``: what the cell holds then."""

    text: str
    doubt: str = ""
    stored: str = ""


def as_shown(value: Raw, look: Look | None) -> Text:
    """A cell's text as it is seen."""
    look = look or Look()
    if look.fault.startswith("#"):
        return Text("", "E130", look.fault)
    if look.fault and value == "":
        return Text("", "E142", look.fault)
    text = _text(value, look)
    return Text(text.text, "E140", text.text) if (look.struck or look.raised) and not text.doubt else text


def _text(value: Raw, look: Look) -> Text:
    if isinstance(value, bool):
        return Text("是" if value else "否")
    if isinstance(value, str):
        if LOST.fullmatch(value.strip()):
            return Text(value, "E141", value.strip())
        beside = look.beside_text() if value and look.format else None
        if beside is None:
            return Text(value, "E140", value) if value and look.format and look.beside_text() is None else Text(value)
        return Text(f"{beside.before}{value}{beside.after}")
    if isinstance(value, dt.date | dt.datetime):
        return _day(value, look.format)
    if isinstance(value, int | float):
        return _number(value, look)
    return Text(str(value))


def _number(value: float, look: Look) -> Text:
    if abs(value) >= _EXACT:
        return Text(f"{value:.15g}", "E141", f"{value:.15g}")
    seen = look.shown(value)
    stored = _plain(Decimal(f"{value:.15g}"))
    if seen is None:
        return Text(stored, "E140", stored)
    exact = Decimal(f"{value:.15g}") * (100 if seen.percent else 1)
    noiseless = Decimal(f"{exact:.{_DIGITS}g}") if exact != exact.to_integral_value() else exact
    width, places = look.digits(value)
    rounded = noiseless if places is None else _rounded(exact, places)
    digits = _plain(rounded)
    if digits.isdecimal():
        digits = digits.zfill(width)  # a code that begins with zeros
    text = f"{seen.before}{digits}{'%' if seen.percent else ''}{seen.after}"
    return Text(text, "W140", stored) if rounded != noiseless else Text(text)


def _rounded(number: Decimal, places: int) -> Decimal:
    try:
        return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:  # more digits than can be kept
        return number


def _plain(number: Decimal) -> str:
    """A number without an exponent and without zeros behind its last decimal."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(value: dt.date | dt.datetime, code: str) -> Text:
    """A day as its format shows it: 2024-12-31 where that says nothing of days."""
    at = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
    found = [*_DATE_TOKEN.finditer(code.partition(";")[0])]
    parts = {hit["part"][0].lower() for hit in found if hit["part"]}
    others = {(hit["literal"] or "").lower() for hit in found}
    whole = f"{at:%Y-%m-%d}" + (f" {at:%H:%M}" if (at.hour or at.minute) else "")
    if code and not (parts - {"m"} or others & _OF_YEARS or (parts and not others & _OF_TIMES)):
        return Text(whole, "E140", whole)  # only a time of it, or nothing at all
    known = parts and not others & (_OF_YEARS | _OF_TIMES)
    if not known or "m" not in parts or any(hit["part"] and hit["part"].lower().startswith("mmm") for hit in found):
        return Text(whole)
    return Text("".join(_piece(hit, at) for hit in found).strip())


def _piece(hit: re.Match[str], at: dt.datetime) -> str:
    part = (hit["part"] or "").lower()
    match part[:1]:
        case "y":
            return f"{at.year:04d}"
        case "m" | "d":
            return f"{at.month if part[0] == 'm' else at.day:0{min(len(part), 2)}d}"
    return hit["quoted"] or hit["escaped"] or hit["literal"] or ""
