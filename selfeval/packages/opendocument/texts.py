"""The text of one cell of an OpenDocument file: its paragraphs, and which parts of it are struck or raised."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selfeval.packages.container import RefusedError
from selfeval.packages.opendocument.part import count_of
from selfeval.packages.opendocument.styles import Style, Styles
from selfeval.packages.raised import run_together
from selfeval.packages.workbook import MAX_TEXT

_WHITE = re.compile(r"[ \t\r\n]+")
_PARAGRAPHS = frozenset({"text:p", "text:h"})
MAX_IN_CELL = 1_000_000
"""Characters of one cell."""
TOO_LONG = f"单元格里的文字合计超过 {MAX_TEXT // 10_000} 万字"
_BESIDE = ("office:annotation", "draw:", "text:note", "text:ruby-text", "table:", "office:event", "svg:", "form:")
"""What stands in a cell and is none of its text: a note, a picture, another table."""


class CellText:
    """The text of a cell, told element by element."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._all = 0  # characters of all cells, whatever becomes of them
        self.begin(Style())

    def begin(self, cell: Style) -> None:
        """A cell of a style begins."""
        self._runs: list[tuple[str, bool, bool]] = []  # text, struck, raised
        self._spans = [(bool(cell.struck), bool(cell.raised))]
        self._path: list[str] = []
        self._beside = 0  # how deep in what is none of its text
        self._in_paragraph = 0  # how deep in a paragraph
        self.written = False  # there is a paragraph, if a blank one
        self._blank = True  # the last character is white space that another one adds nothing to
        self._size = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element inside the cell begins."""
        if self._beside or name.startswith(_BESIDE):
            self._beside += 1
            return
        if name in _PARAGRAPHS:
            if not self._in_paragraph and self._runs:
                self._add("\n")
            self._in_paragraph += 1
            self.written = True
            self._blank = True
        elif name == "text:s":
            self._add(" " * min(count_of(attributes, "text:c"), MAX_IN_CELL))
        elif name in {"text:tab", "text:line-break"}:
            self._add("\t" if name == "text:tab" else "\n")
        struck, raised = self._spans[-1]
        if name == "text:span":
            own = self._styles.of("text", attributes.get("text:style-name", ""))
            struck = struck if own.struck is None else own.struck
            raised = raised if own.raised is None else own.raised
        self._spans.append((struck, raised))
        self._path.append(name)

    def end(self, name: str) -> None:
        """An element inside the cell ends."""
        if self._beside:
            self._beside -= 1
            return
        self._spans.pop()
        self._path.pop()
        self._in_paragraph -= name in _PARAGRAPHS

    def text(self, text: str) -> None:
        """Characters; white space of any length is one blank, and none at the beginning."""
        if self._beside or not self._in_paragraph:
            return
        said = _WHITE.sub(" ", text)
        if self._blank and said.startswith(" "):
            said = said[1:]
        if said:
            self._add(said)
            self._blank = said.endswith(" ")

    def _add(self, text: str) -> None:
        self._blank = False
        self._size += len(text)
        self._all += len(text)
        if self._size > MAX_IN_CELL:
            raise RefusedError("单元格里的文字过长，不是一般的工作簿")
        if self._all > MAX_TEXT:
            raise RefusedError(TOO_LONG)
        self._runs.append((text, *self._spans[-1]))

    def done(self) -> tuple[str, bool, bool]:
        """The text, whether a line goes through a part of it, and whether digits may run together."""
        text = "".join(said for said, _, _ in self._runs)
        struck = self._spans[0][0] or any(line for said, line, _ in self._runs if said.strip())
        return text, struck, run_together((said, raised) for said, _, raised in self._runs)
