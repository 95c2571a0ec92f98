"""How cells of an OpenDocument file are shown: number formats, lines through, digits above or below the line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from selfeval.packages.container import RefusedError
from selfeval.packages.opendocument.formats import UNSEEN, NumberFormats
from selfeval.packages.opendocument.part import DocumentPart

_MOST = 100_000
_DEPTH = 10
"""Styles that are made of one another."""
_OWN_FORMATS = {"float": "", "string": "", "": "", "boolean": "", "currency": ""}
_OWN_FORMATS |= {"percentage": "0%", "date": "yyyy-mm-dd", "time": "h:mm"}
"""How a value is shown to which no format is given."""
_SUITED = {
    "float": {"number", "text", "boolean", "currency"},
    "currency": {"number", "currency"},
    "percentage": {"percentage"},
    "date": {"date", "time"},
    "time": {"date", "time"},
}
"""Formats that show a value of a kind; with another one, programs differ in what they show."""


@dataclass(frozen=True)
class Style:
    """What a style says; None: nothing, so that what it is made of counts. A format is known by its part and name."""

    parent: str = ""
    format: tuple[int, str] | None = None
    struck: bool | None = None
    raised: bool | None = None
    hidden: bool = False


class Styles(DocumentPart):
    """The styles of the parts of a file, those of cells, of texts and of sheets."""

    def __init__(self, *parts: bytes) -> None:
        self._formats: list[NumberFormats] = []
        self._styles: dict[tuple[str, str], Style] = {}
        self._open: tuple[str, str] | None = None
        for part in parts:
            super().__init__()
            self._formats.append(NumberFormats())
            self.parser.CharacterDataHandler = self._formats[-1].text
            self.read(part)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A style begins, or what it says."""
        self._formats[-1].start(name, attributes)
        if name in {"style:style", "style:default-style"}:
            key = attributes.get("style:family", ""), attributes.get("style:name", "")
            self._open = key
            shown = attributes.get("style:data-style-name")
            known = None if shown is None else (len(self._formats) - 1, shown)
            self._styles[key] = Style(attributes.get("style:parent-style-name", ""), known)
            if len(self._styles) > _MOST:
                raise RefusedError("样式过多，不是一般的工作簿")
        elif self._open is not None and name == "style:text-properties":
            own = self._styles[self._open]
            self._styles[self._open] = replace(own, struck=_is_struck(attributes), raised=_is_raised(attributes))
        elif self._open is not None and name == "style:table-properties":
            hidden = attributes.get("table:display") == "false"
            self._styles[self._open] = replace(self._styles[self._open], hidden=hidden)

    def end(self, name: str) -> None:
        """A style ends."""
        self._formats[-1].end(name)
        if name in {"style:style", "style:default-style"}:
            self._open = None

    def of(self, family: str, name: str) -> Style:
        """What a style says, with all that it is made of."""
        key = (family, name) if (family, name) in self._styles else (family, "")
        if key not in self._known:
            self._known[key] = self._whole(*key, 0)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, str], Style]:
        return {}

    def _whole(self, family: str, name: str, depth: int) -> Style:
        own = self._styles.get((family, name), Style())
        if depth > _DEPTH or not name:
            return own
        made_of = self._whole(family, own.parent, depth + 1)
        return Style(
            format=made_of.format if own.format is None else own.format,
            struck=made_of.struck if own.struck is None else own.struck,
            raised=made_of.raised if own.raised is None else own.raised,
            hidden=own.hidden,
        )

    def shows_flags(self, style: Style) -> bool:
        """Whether a cell of a style shows TRUE for a number."""
        return "boolean" in self._format(style.format)[1]

    def code(self, style: Style, kind: str) -> str:
        """The code of the number format under which a cell of a style shows a value of a kind (``percentage``)."""
        code, kinds = self._format(style.format)
        if not kinds:
            return _OWN_FORMATS.get(kind, "")
        return code if kinds & _SUITED.get(kind, kinds) else UNSEEN

    def _format(self, format_: tuple[int, str] | None) -> tuple[str, frozenset[str]]:
        """The code of the format of a style, and of what it is: that of its own part, or of those before."""
        if format_ not in self._codes:
            at, name = format_ or (-1, "")
            found = (one for one in reversed(self._formats[: at + 1]) if one.kinds(name))
            formats = next(found, None)
            self._codes[format_] = ("", frozenset()) if formats is None else (formats.code(name), formats.kinds(name))
        return self._codes[format_]

    @cached_property
    def _codes(self) -> dict[tuple[int, str] | None, tuple[str, frozenset[str]]]:
        return {}


def _is_struck(attributes: Mapping[str, str]) -> bool | None:
    said = {attributes.get(f"style:text-line-through-{what}", "") for what in ("style", "type")} - {""}
    return None if not said else said != {"none"} and "none" not in said


def _is_raised(attributes: Mapping[str, str]) -> bool | None:
    position = attributes.get("style:text-position")
    return None if position is None else position.split(maxsplit=1)[:1] not in (["0%"], [])
