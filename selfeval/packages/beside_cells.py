"""What a workbook shows beside its cells: comments, text boxes, and the heads and feet of the pages it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from selfeval.packages.columns import letters
from selfeval.packages.container import RefusedError
from selfeval.packages.elements import PartReader

COMMENT, BOX, HEAD, FOOT = "批注", "文本框", "页眉", "页脚"
MOST = 2000
"""Texts that are kept of a sheet."""
MAX_PART = 4_000_000
"""Bytes of a part of comments or drawings that is read."""
_LONGEST = 2000
_MARGIN = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(Header|Footer)\b[^>]*>([^<]*)</")
_NUMBER = re.compile("&[PN]")
_SECTION = re.compile("&[LCR]")
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Z])')
_THREAD = re.compile(r"\[[^\]]{2,20}\].*?\n\s*(?:Comment|注释|批注|评论)[:：]\s*", re.DOTALL)


class Text(NamedTuple):
    """A text: what it stands in, the cell that it belongs to (blank: none), and what it says."""

    what: str
    cell: str
    text: str


def texts_beside(sheet: bytes, parts: Mapping[str, bytes]) -> list[Text]:
    """The texts of a sheet's part, and of the parts that it leads to, by their kinds; what is damaged has none."""
    found = [*_margins(sheet)]
    for kind, reader in READERS.items():
        with suppress(RefusedError):
            part = parts.get(kind, b"")
            found += reader(part).found if 0 < len(part) <= MAX_PART else ()
    return found[:MOST]


def _margins(sheet: bytes) -> Iterator[Text]:
    end = sheet[max(sheet.rfind(b"</sheetData"), sheet.rfind(b":sheetData"), 0) :]
    for hit in _MARGIN.finditer(end):
        what = HEAD if hit[1] == b"Header" else FOOT
        yield from texts_of_margin(what, unescape(hit[2].decode("utf-8", "replace")))


def texts_of_margin(what: str, said: str) -> Iterator[Text]:
    """The texts of a head or a foot as files hold it: three parts, with codes for fonts, numbers and names."""
    for part in _SECTION.split(said.replace("&&", "\0")):
        if text := _CODE.sub("", _NUMBER.sub("1", part)).replace("\0", "&").strip():
            yield Text(what, "", text[:_LONGEST])


@dataclass
class _Open:
    """A text that is being read."""

    cell: str = ""
    parts: list[str] = field(default_factory=list)

    def text(self) -> str:
        return "".join(self.parts).strip()[:_LONGEST]


class _Texts(PartReader):
    """Follows elements that hold a text each; ``found``: those with one."""

    what = COMMENT
    holder = "comment"

    def __init__(self, part: bytes) -> None:
        super().__init__()
        self.found: list[Text] = []
        self._open: _Open | None = None
        self._in = ""
        self.parser.CharacterDataHandler = self._said
        self.read(part)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._in = name
        if name == self.holder:
            self._open = _Open(attributes.get("ref", "").replace("$", ""))

    def end(self, name: str) -> None:
        """An element ends."""
        self._in = ""
        if name == self.holder and self._open:
            if text := self._open.text():
                self.found.append(Text(self.what, self._open.cell, text))
            self._open = None

    def _said(self, text: str) -> None:
        if self._open and self._in == "t":
            self._open.parts.append(text)


class _Comments(_Texts):
    """The part of comments; of one that may be answered, what an older program would show first is left out."""

    def end(self, name: str) -> None:
        """An element ends."""
        super().end(name)
        if name == self.holder and self.found:
            last = self.found[-1]
            self.found[-1] = last._replace(text=_THREAD.sub("", last.text, count=1))


class _Boxes(_Texts):
    """The part of drawings: text boxes and other shapes, each with the cell that it is fixed to."""

    what = BOX
    holder = "sp"

    def __init__(self, part: bytes) -> None:
        self._at = {"row": 0, "col": 0}
        self._from = False
        super().__init__(part)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        super().start(name, attributes)
        self._from = name == "from" or (self._from and name not in {"to", "ext", self.holder})
        if name == self.holder:
            self._open = _Open(f"{letters(self._at['col'])}{self._at['row'] + 1}")

    def end(self, name: str) -> None:
        """An element ends."""
        super().end(name)
        if self._open and name == "p":
            self._open.parts.append("\n")

    def _said(self, text: str) -> None:
        super()._said(text)
        if self._from and self._in in self._at and text.strip().isdecimal():
            self._at[self._in] = min(int(text), 100_000)


READERS: Mapping[str, type[_Texts]] = {"comments": _Comments, "drawing": _Boxes}
"""What reads the parts that a sheet leads to, by the kind of relation."""
