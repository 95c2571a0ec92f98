"""Number formats of OpenDocument, each as the code that spreadsheets show for it, such as yyyy-mm-dd."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from selfeval.packages.container import RefusedError
from selfeval.packages.looks import MAX_FORMAT, MAX_FORMATS

UNSEEN = ";;;"
"""The code of a format that shows nothing, or of which it is not known what it shows."""
_STYLES = {
    "number:number-style": "number",
    "number:percentage-style": "percentage",
    "number:currency-style": "currency",
    "number:date-style": "date",
    "number:time-style": "time",
    "number:boolean-style": "boolean",
    "number:text-style": "text",
}
TOO_MANY = "数字格式过长或过多，不是一般的工作簿"
_LONG = "number:style"
_PARTS = {
    "number:year": ("yy", "yyyy"),
    "number:day": ("d", "dd"),
    "number:hours": ("h", "hh"),
    "number:minutes": ("m", "mm"),
    "number:seconds": ("s", "ss"),
    "number:am-pm": ("AM/PM", "AM/PM"),
    "number:day-of-week": ("aaa", "aaaa"),
    "number:quarter": ("q", "qq"),
    "number:era": ("g", "ggg"),
    "number:boolean": ("General", "General"),
    "number:text-content": ("@", "@"),
    "number:scientific-number": ("0E+0", "0E+0"),
    "number:fraction": ("# ?/?", "# ?/?"),
}
_SCALES = {"1": "", "1000": ",", "1000000": ",,"}
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<>|[<>=])\s*([+-]?\d+(?:\.\d+)?)")
_MOST_SECTIONS = 4
MAX_FORMATS_OF_PART = 10_000
"""Formats of a part; a workbook has some dozens."""


_MOST_DIGITS = 30
"""Of a number before its point, and behind it: it has 15."""


def _digits(attributes: Mapping[str, str], scale: str) -> str:
    """How a number is written: 000, 0.00, 0.00## or, where it says nothing of decimals, as many as there are."""
    if "number:decimal-places" not in attributes and not scale:
        return "General"
    whole = "0" * max(_count(attributes, "number:min-integer-digits", 1), 1)
    most = _count(attributes, "number:decimal-places", 0)
    least = min(_count(attributes, "number:min-decimal-places", most), most)
    behind = f".{'0' * least}{'#' * (most - least)}" if most else ""
    return f"{whole}{behind}{scale}"


def _count(attributes: Mapping[str, str], name: str, usual: int) -> int:
    text = attributes.get(name, "")
    return min(int(text[:3]), _MOST_DIGITS) if text.isascii() and text.isdigit() else usual


@dataclass
class _Style:
    kind: str
    code: str = ""
    maps: list[tuple[str, str]] = field(default_factory=list)


class NumberFormats:
    """The formats of a file, told element by element, and then asked for by name."""

    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}
        self._open: _Style | None = None
        self._text: list[str] | None = None
        self._at = 0  # where digits begin among which texts may stand
        self._length = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element of a format begins."""
        if name in _STYLES:
            self._open = self._styles[attributes.get("style:name", "")] = _Style(_STYLES[name])
            if len(self._styles) > MAX_FORMATS_OF_PART:
                raise RefusedError(TOO_MANY)
            return
        style = self._open
        if style is None:
            return
        if name in {"number:text", "number:currency-symbol", "number:embedded-text"}:
            self._text = []
        elif name == "number:number":
            scale = _SCALES.get(attributes.get("number:display-factor", "1"))
            self._at = len(style.code)
            self._add(style, UNSEEN if scale is None else _digits(attributes, scale))
        elif name == "number:month":
            self._add(style, "mmm" if attributes.get("number:textual") == "true" else "mm")
        elif name in _PARTS:
            self._add(style, _PARTS[name][attributes.get(_LONG) == "long"])
        elif name == "style:map" and len(style.maps) < _MOST_SECTIONS:
            style.maps.append((attributes.get("style:condition", ""), attributes.get("style:apply-style-name", "")))

    def end(self, name: str) -> None:
        """An element of a format ends."""
        if name in _STYLES:
            self._open = None
        elif name in {"number:text", "number:currency-symbol", "number:embedded-text"} and self._text is not None:
            text, self._text = "".join(self._text), None
            if self._open is not None:
                self._say(self._open, text, embedded=name == "number:embedded-text")

    def text(self, text: str) -> None:
        """Characters."""
        if self._text is not None:
            self._text.append(text)

    def _say(self, style: _Style, text: str, *, embedded: bool) -> None:
        percent = style.kind == "percentage"
        said = "".join(one if percent and one == "%" else f"\\{one}" for one in text)
        # between digits it parts what is one number
        self._add(style, f"{said}0" if embedded else said)

    def _add(self, style: _Style, code: str) -> None:
        style.code += code
        self._length += len(code)
        if len(style.code) > MAX_FORMAT or self._length > MAX_FORMATS:
            raise RefusedError(TOO_MANY)

    def kinds(self, name: str) -> frozenset[str]:
        """Of what a format and its sections are: number, percentage, date; nothing where there is none of the name."""
        style = self._styles.get(name)
        others = () if style is None else (self._styles.get(other) for _, other in style.maps)
        return frozenset(one.kind for one in (style, *others) if one is not None)

    def code(self, name: str) -> str:
        """The code of a format, blank where there is none of the name."""
        style = self._styles.get(name)
        if style is None:
            return ""
        sections: list[str] = []
        for condition, other in style.maps:
            found, mapped = _CONDITION.fullmatch(condition.strip()), self._styles.get(other)
            if found is None or mapped is None or mapped.maps or mapped.kind == "text":
                return UNSEEN
            compared = "<>" if found[1] == "!=" else found[1]
            sections.append(f"[{compared}{found[2]}]{mapped.code}")
        if len(sections) == _MOST_SECTIONS or UNSEEN in style.code:
            return UNSEEN
        return ";".join([*sections, style.code])
