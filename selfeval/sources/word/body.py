"""The text of a Word document in its order: paragraphs, and tables of cells that hold paragraphs and tables again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from selfeval.packages.container import RefusedError
from selfeval.packages.elements import PartReader
from selfeval.sources.layout import RAISED
from selfeval.sources.word.fields import BOX, LIST, Field
from selfeval.sources.word.numbering import Numbering, said, whole

MAX_CELLS, MAX_PARAGRAPHS, MAX_CHARACTERS = 100_000, 200_000, 5_000_000
"""28 projects have 2,400 cells and 17,000 characters."""
MOST_COLUMNS = 1000
"""Columns of a table, of which Word allows 63."""

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATHS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_DELETED = {"del", "moveFrom", "delText"}
_CHANGED = {"pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "numberingChange"}
_LEFT_OUT = {*_DELETED, *_CHANGED, "instrText", "rt", "Fallback", "sectPr", "tblGrid", "tblPrEx"}
"""Elements of which nothing is text: ``Fallback`` says once more what stands before it."""
_OFF = {"0", "false", "off"}
_BREAKS = {"br", "cr"}
# Signs of Microsoft's Symbol font.
_SYMBOLS = {"A3": "≤", "B3": "≥", "B9": "≠", "BB": "≈", "B4": "×", "B8": "÷", "B1": "±", "B0": "°", "25": "%"}
_MOST_PARTS, _LONGEST_PART = 4, 6
UNKNOWN = "\ufffd"


@dataclass
class Para:
    """A paragraph; ``tail`` are text boxes that hang on it, ``at`` is its number among those of the body (0: none).

    ``struck``: a line goes through a part of it, in a table.
    """

    text: list[str] = field(default_factory=list)
    tail: list[Piece] = field(default_factory=list)
    at: int = 0
    style: str = ""
    number: str | None = None
    level: int | None = None
    struck: bool = False
    goes_on: bool = False
    """Whether its end was deleted, so that the next paragraph belongs to it."""


@dataclass
class Tc:
    """A cell: its column from 0, how many it covers, whether it goes on with the one above, or is not shown at all."""

    column: int
    columns: int = 1
    below: bool = False
    covered: bool = False
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class Tr:
    """A row; ``behind`` is the column after its last cell."""

    cells: list[Tc] = field(default_factory=list)
    behind: int = 0
    deleted: bool = False
    hidden: bool = False


@dataclass
class Tbl:
    """A table, by its number in the document from 1."""

    at: int
    rows: list[Tr] = field(default_factory=list)


Piece = Para | Tbl


class Body(PartReader):
    """Reads ``document.xml``; ``pieces`` are what the body holds. Raises RefusedError for more than a document has."""

    prefixed = True
    separator = " "
    deepest = 250

    def __init__(self, part: bytes, numbering: Numbering) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self.pictures = 0
        self.struck: list[str] = []
        """Texts with a line through them, but those in tables."""
        self.hidden: list[str] = []
        self.hidden_rows: list[str] = []
        self.deleted: list[str] = []
        """Texts, and those of rows, of which a revision that nobody has accepted says that they are deleted."""
        self._numbering = numbering
        self._inside: list[str] = []
        self._left_out = 0
        self._of_deleted = False
        self._holders: list[list[Piece]] = [self.pieces]
        self._paras: list[Para] = []
        self._tables: list[Tbl] = []
        self._hidden = self._struck = self._raised = False
        self._counts = {"tbl": 0, "tc": 0, "p": 0, "body p": 0}
        self._characters = 0
        self._taken = False
        self._field: Field | None = None
        self._begin: Mapping[str, Callable[[], None]] = {
            "p": self._begin_p,
            "txbxContent": self._begin_box,
            "tbl": self._begin_tbl,
            "tr": self._begin_tr,
            "tc": self._begin_tc,
            "r": self._begin_r,
            "ffData": self._begin_field,
        }
        self._finish: Mapping[str, Callable[[], None]] = {
            "p": self._finish_p,
            "txbxContent": self._finish_box,
            "tbl": self._finish_tbl,
            "tc": self._finish_tc,
            "sdtContent": self._finish_sdt,
            "ffData": self._finish_field,
            "m:num": lambda: self._add("/"),
        }
        self.parser.CharacterDataHandler = self._text
        self.read(part)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; its name stands behind its namespace."""
        space, _, local = name.rpartition(" ")
        is_word = space in _WORD
        if self._left_out or (local in _LEFT_OUT and not self._is_mark(local)):
            if not self._left_out and local == "del":
                self.deleted.append("")
            self._of_deleted |= local == "del"
            self._left_out += 1
            return
        self._inside.append(local if is_word else f"m:{local}" if space in _MATHS else "")
        if local in {"blip", "imagedata"}:
            self.pictures += 1
        if is_word:
            begin = self._begin.get(local)
            if begin:
                begin()
            else:
                self._property(local, attributes)

    def end(self, name: str) -> None:  # noqa: ARG002 - as whoever is told of it
        """An element ends."""
        if self._left_out:
            self._left_out -= 1
            self._of_deleted &= bool(self._left_out)
            return
        local = self._inside.pop()
        finish = self._finish.get(local)
        if finish:
            finish()

    def _is_mark(self, local: str) -> bool:
        """Whether ``del`` only says of a paragraph's end or of a row that it was deleted."""
        return local in _DELETED and self._in() in {"rPr", "trPr"}

    def _in(self, up: int = 1) -> str:
        return self._inside[-up] if len(self._inside) >= up else ""

    def _count(self, what: str, most: int, said_of: str) -> int:
        self._counts[what] += 1
        if self._counts[what] > most:
            raise RefusedError(f"{said_of}超过{most // 10_000}万个")
        return self._counts[what]

    def _begin_p(self) -> None:
        self._count("p", MAX_PARAGRAPHS, "段落")
        at = 0
        if len(self._holders) == 1:
            self._counts["body p"] += 1
            at = self._counts["body p"]
        pieces = self._holders[-1]
        last = pieces[-1] if pieces else None
        if isinstance(last, Para) and last.goes_on:
            pieces.pop()
            self._paras.append(Para(last.text, last.tail, last.at))
            return
        self._paras.append(Para(at=at))

    def _finish_p(self) -> None:
        self._begin_r()
        para = self._paras.pop()
        pieces = self._holders[-1]
        pieces.append(para)
        if not para.goes_on:
            para.text.insert(0, self._numbering.label(para.style, para.number, para.level))
            pieces += para.tail

    def _begin_box(self) -> None:
        self._holders.append([])

    def _finish_box(self) -> None:
        pieces = self._holders.pop()
        holder = self._paras[-1].tail if self._paras else self._holders[-1]
        holder += pieces

    def _begin_tbl(self) -> None:
        self._tables.append(Tbl(self._count("tbl", MAX_CELLS, "表格")))

    def _finish_tbl(self) -> None:
        table = self._tables.pop()
        self.deleted += ["".join(_texts(row)) for row in table.rows if row.deleted]
        table.rows = [row for row in table.rows if not row.deleted]
        self.hidden_rows += ["".join(_texts(row)) for row in table.rows if row.hidden]
        parts = _parts_of_text(table) if self._tables else None
        self._holders[-1].append(Para(parts) if parts else table)

    def _begin_tr(self) -> None:
        if self._tables:
            self._tables[-1].rows.append(Tr())

    def _begin_tc(self) -> None:
        self._count("tc", MAX_CELLS, "单元格")
        self._holders.append([])
        row = self._row()
        if row is not None:
            row.cells.append(Tc(row.behind))
            row.behind += 1

    def _finish_tc(self) -> None:
        pieces = self._holders.pop()
        row = self._row()
        if row is not None and row.cells:
            row.cells[-1].pieces += pieces

    def _begin_r(self) -> None:
        self._hidden = self._struck = self._raised = False

    def _row(self) -> Tr | None:
        return self._tables[-1].rows[-1] if self._tables and self._tables[-1].rows else None

    def _property(self, local: str, attributes: Mapping[str, str]) -> None:
        """What is said of a run, a paragraph, a cell or a row, or stands in a run for a sign."""
        inside = self._in(2)
        row = self._row()
        if inside == "r":
            self._sign(local, attributes)
        elif inside == "rPr" and self._in(3) == "r":
            self._of_run(local, said(attributes, "val"))
        elif self._field and inside in {BOX, LIST}:
            self._field.say(inside, local, said(attributes, "val"))
        elif self._field and local in {BOX, LIST}:
            self._field.kind = local
        elif local == "showingPlcHdr":
            self._taken = said(attributes, "val") not in _OFF
        elif self._paras and inside in {"pPr", "numPr", "rPr"}:
            self._of_paragraph(local, attributes)
        elif row is not None and inside in {"tcPr", "trPr"}:
            self._of_cell(row, local, attributes)

    def _of_run(self, local: str, value: str) -> None:
        if local == "vanish":
            self._hidden = value not in _OFF
        elif local in {"strike", "dstrike"}:
            self._struck = value not in _OFF
        elif local == "vertAlign":
            self._raised = value == "superscript"

    def _of_paragraph(self, local: str, attributes: Mapping[str, str]) -> None:
        para, value = self._paras[-1], said(attributes, "val")
        if local == "pStyle":
            para.style = value
        elif local == "numId":
            para.number = value
        elif local == "ilvl":
            para.level = whole(value)
        elif local in _DELETED and self._in(3) == "pPr":
            para.goes_on = True

    def _of_cell(self, row: Tr, local: str, attributes: Mapping[str, str]) -> None:
        value = said(attributes, "val")
        if local == "gridBefore":
            row.behind = whole(value)
        elif local in _DELETED:
            row.deleted = True
        elif local == "hidden":
            row.hidden = value not in _OFF
        elif row.cells and local == "gridSpan":
            row.cells[-1].columns = max(1, whole(value))
            row.behind = row.cells[-1].column + row.cells[-1].columns
        elif row.cells and local == "vMerge":
            row.cells[-1].below = value != "restart"
        elif len(row.cells) > 1 and local == "hMerge" and value != "restart":
            cell = row.cells.pop()
            row.cells[-1].columns = cell.column + cell.columns - row.cells[-1].column
            row.cells.append(Tc(cell.column, covered=True))
        if row.behind > MOST_COLUMNS:
            raise RefusedError(f"表格超过{MOST_COLUMNS}列")

    def _sign(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "tab":
            self._add("\t")
        elif local in _BREAKS:
            self._add("\n")
        elif local == "noBreakHyphen":
            self._add("-")
        elif local == "sym":
            code = said(attributes, "char").upper()[-2:]
            self._add(_SYMBOLS.get(code, UNKNOWN) if said(attributes, "font") == "Symbol" else UNKNOWN)

    def _text(self, text: str) -> None:
        if self._of_deleted:
            self.deleted[-1] += text
        elif not self._left_out and self._in() in {"t", "m:t"}:
            self._add(text.translate(RAISED) if "m:sup" in self._inside else text)

    def _add(self, text: str) -> None:
        if self._hidden and text.strip():
            self.hidden.append(text)
        if self._hidden or self._taken or not self._paras:
            return
        self._characters += len(text)
        if self._characters > MAX_CHARACTERS:
            raise RefusedError(f"文字超过{MAX_CHARACTERS // 10_000}万字")
        if self._struck and text.strip():
            if self._tables:
                self._paras[-1].struck = True
            else:
                self.struck.append(text)
        self._paras[-1].text.append(text.translate(RAISED) if self._raised else text)

    def _begin_field(self) -> None:
        self._field = Field()

    def _finish_field(self) -> None:
        shown, self._field = self._field.shown() if self._field else "", None
        self._add(shown)

    def _finish_sdt(self) -> None:
        self._taken = False


def _texts(row: Tr) -> Iterator[str]:
    """The texts of a row's own paragraphs."""
    for piece in (piece for cell in row.cells for piece in cell.pieces):
        if isinstance(piece, Para):
            yield from piece.text


def _parts_of_text(table: Tbl) -> list[str] | None:
    """The texts of a table in a cell that are parts of the cell's own, as ≥ | 95 | %; None of any other table."""
    cells = table.rows[0].cells if len(table.rows) == 1 else []
    pieces = [piece for cell in cells for piece in cell.pieces]
    texts = ["".join(piece.text).strip() for piece in pieces if isinstance(piece, Para)]
    if len(pieces) != len(texts) or not 1 < len(texts) <= _MOST_PARTS or max(map(len, texts)) > _LONGEST_PART:
        return None
    return texts if any(text and not _WORDS.search(text) for text in texts) else None


_WORDS = re.compile("[\u4e00-\u9fff]")
