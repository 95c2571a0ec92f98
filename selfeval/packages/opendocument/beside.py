"""What an .ods workbook shows beside its cells: annotations, text boxes, and the heads and feet of its pages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from selfeval.packages.beside_cells import BOX, COMMENT, FOOT, HEAD, MOST, Text
from selfeval.packages.columns import letters
from selfeval.packages.container import RefusedError
from selfeval.packages.elements import PartReader

_CELLS = frozenset({"table-cell", "covered-table-cell"})
_HOLDERS = {"annotation": COMMENT, "text-box": BOX, "custom-shape": BOX}
_MARGINS = {"header": HEAD, "footer": FOOT}
_MARGINS |= {f"{name}-first": what for name, what in _MARGINS.items()}
_FIELDS = frozenset({"sheet-name", "file-name", "title", "date", "time", "page-count", "creator"})
"""What stands in a text for something else."""
_FAR = 100_000


class _Held(PartReader, ABC):
    """Follows elements that hold paragraphs: which begin one, and what becomes of it, a class of its own says."""

    def __init__(self) -> None:
        super().__init__()
        self._inside: list[str] = []
        self._parts: list[str] = []
        self._depth_of: int = 0
        self.parser.CharacterDataHandler = self._said

    @abstractmethod
    def begins(self, name: str, said: Mapping[str, str]) -> bool:
        """An element begins; whether a text does."""

    @abstractmethod
    def holds(self, text: str) -> None:
        """A text ended."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._inside.append(name)
        if not self._depth_of and self.begins(
            name, {key.rpartition(":")[2]: value for key, value in attributes.items()}
        ):
            self._depth_of, self._parts = len(self._inside), []

    def end(self, name: str) -> None:
        """An element ends."""
        if self._depth_of == len(self._inside):
            self._depth_of = 0
            if text := "".join(self._parts).strip():
                self.holds(text)
        elif self._depth_of and name == "p":
            self._parts.append("\n")
        self._inside.pop()

    def _said(self, text: str) -> None:
        own = self._inside[self._depth_of :]
        if self._depth_of and "p" in own and not _FIELDS & {*own}:
            self._parts.append(text)


class Beside(_Held):
    """Of ``content.xml``: the texts of each table by its name, and the style of its page."""

    def __init__(self, part: bytes) -> None:
        super().__init__()
        self.found: dict[str, list[Text]] = {}
        self.pages: dict[str, str] = {}
        self._styles: dict[str, str] = {}
        self._table, self._what = "", ""
        self._row = self._column = 0
        self._next_row = self._next_column = 0
        self.read(part)

    def begins(self, name: str, said: Mapping[str, str]) -> bool:
        """Keep count of rows and cells."""
        if name == "style" and said.get("family") == "table":
            self._styles[said.get("name", "")] = said.get("master-page-name", "")
        elif name == "table" and "shapes" not in self._inside:
            self._table = said.get("name", "")
            self.pages[self._table] = self._styles.get(said.get("style-name", ""), "")
            self._row = self._column = self._next_row = self._next_column = 0
        elif name == "table-row":
            self._row, self._next_column = self._next_row, 0
            self._next_row += _count(said, "number-rows-repeated")
        elif name in _CELLS:
            self._column = self._next_column
            self._next_column += _count(said, "number-columns-repeated")
        elif name in _HOLDERS:
            self._what = _HOLDERS[name]
            return True
        return False

    def holds(self, text: str) -> None:
        """A text of a cell, or of the sheet."""
        cell = f"{letters(self._column)}{self._row + 1}" if "table-cell" in self._inside else ""
        own = self.found.setdefault(self._table, [])
        if len(own) < MOST:
            own.append(Text(self._what, cell, text))


class Margins(_Held):
    """Of ``styles.xml``: the texts of heads and feet, by the name of the style of the page."""

    def __init__(self, part: bytes) -> None:
        super().__init__()
        self.found: dict[str, list[Text]] = {}
        self._page, self._what = "", ""
        self.read(part)

    def begins(self, name: str, said: Mapping[str, str]) -> bool:
        """Keep the name of the style."""
        if name == "master-page":
            self._page = said.get("name", "")
        self._what = _MARGINS.get(name, "")
        return bool(self._what) and said.get("display") != "false"

    def holds(self, text: str) -> None:
        """A text of a page."""
        self.found.setdefault(self._page, []).append(Text(self._what, "", text))


def beside(content: bytes, styles: bytes) -> dict[str, Sequence[Text]]:
    """What each table says beside its cells, by its name; nothing where that cannot be read."""
    try:
        read, margins = Beside(content), Margins(styles).found if styles else {}
    except RefusedError:
        return {}
    return {name: [*read.found.get(name, ()), *margins.get(page, ())] for name, page in read.pages.items()}


def _count(said: Mapping[str, str], name: str) -> int:
    text = said.get(name, "1")
    return min(int(text), _FAR) if text.isdecimal() else 1
