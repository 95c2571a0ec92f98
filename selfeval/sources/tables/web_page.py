"""The reader of web pages: their tables, and the text around them; also of the .xls that are web pages inside.

Python's own parser is enough: it never raises and needs no correct page. It is fed in pieces, and given up where it
waits for the end of something for too long, since it would look through what it holds again and again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from selfeval.domain.problems import Place, problem
from selfeval.sources.blocks import MAX_ROWS, Block, Document, GridCell, Paragraph, Spot
from selfeval.sources.decoding import decoded
from selfeval.sources.tables.pieces import blocks_of
from selfeval.sources.tables.spans import misfits
from selfeval.sources.tables.web_shown import Choices, Elements, Formulas, classes_of, typed

MAX_CELLS, MAX_COLUMNS, MAX_DEPTH = 300_000, 702, 30
"""Cells of a page with those that merged ones cover in their first row, columns of a table, tables in each other."""
MAX_PIECES = 800_000
"""Opening tags and pieces of text between tags."""
_MOST_TOLD, _QUOTED = 10, 40
_PIECE, _MAX_HELD = 64 * 1024, 256 * 1024
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_KNOWN = {"utf-8", "utf8", "gb2312", "gbk", "gb18030", "x-gbk", "utf-16", "us-ascii", "unicode"}
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol", "dd", "dt"})
_SILENT = frozenset({"script", "style", "title", "noscript", "template"})
_LAYOUT = re.compile(r"[ \t\r\n\f]+")
_CELLS = frozenset({"td", "th"})


def looks_like_page(data: bytes) -> bool:
    """Whether a file, whatever it is called, is a web page with a table."""
    start = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith(b"<") and any(tag in data.replace(b"\0", b"").lower() for tag in (b"<table", b"<html"))


def read(data: bytes, place: Place) -> Document:
    """The document in a web page, which is UTF-8, UTF-16 with its mark, or GB18030."""
    said = _CHARSET.search(data[:4096])
    text = decoded(data)
    if text is None or (said and said[1].decode().lower() not in _KNOWN and not data.isascii()):
        return Document((), (problem("E102", place),))
    page = _Page(text)
    page.read(text)
    if page.refused:
        return Document((), (problem("E145", place, found=page.refused),))
    if not page.blocks:
        return Document((), (problem("E103", place),))
    told = [problem("E140", place.at(cell=str(spot)), what="单元格", found=text) for spot, text in page.doubtful]
    unseen = [problem("W142", place, what="行或单元格", found=f"第{at}个表里")] if (at := page.unseen) else []
    if page.hidden:
        unseen.append(problem("W142", place, what="文字", found=page.hidden[:_QUOTED]))
    if page.left_out:
        at, text = page.left_out[0]
        facts = {"cell": f"第{at}个表", "found": text[:_QUOTED], "count": len(page.left_out)}
        unseen.append(problem("W157", place.at(cell=f"第{at}个表"), **facts))
    spans = [
        problem("E156", place.at(cell=str(spot)), cell=spot, found=text[:_QUOTED], why=why)
        for spot, text, why in page.spans[:_MOST_TOLD]
    ]
    return Document(tuple(page.blocks), (*told, *spans, *unseen))


@dataclass
class _Cell:
    """``first``: how many elements that do something to their text began before it, ``depth``: with itself.

    ``left_out``: its hidden text.
    """

    columns: int
    rows: int
    first: int
    depth: int = 0
    text: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    doubtful: bool = False


@dataclass
class _Table:
    """A table that is open, with its blank cells; ``taken``: up to which row each column is covered from above."""

    number: int
    depth: int
    rows: list[list[GridCell]] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    column: int = 0
    cell: _Cell | None = None


class _Page(HTMLParser):
    """The blocks of a page in order (a table in a table comes before it), or why it is ``refused``."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.refused = ""
        self.doubtful: list[tuple[Spot, str]] = []
        self.unseen = 0
        self.hidden = ""
        self.left_out: list[tuple[int, str]] = []
        self.spans: list[tuple[Spot, str, str]] = []
        """The cells whose columns or rows cannot be right, and why."""
        self._tables: list[_Table] = []
        self._line: list[str] = []
        self._elements = Elements(classes_of(text))
        self._formulas = Formulas()
        self._choices: Choices | None = None
        self._silent = 0
        self._count = self._paragraphs = self._number = self._cells = self._rows = 0

    def read(self, text: str) -> None:
        """Go through a page; what is open at its end ends there."""
        for start in range(0, len(text), _PIECE):
            self.feed(text[start : start + _PIECE])
            if len(self.rawdata) > _MAX_HELD:
                self.refused = self.refused or "有一个标签或注释没有结束"
            if self.refused:
                return
        if "<" not in self.rawdata:
            self.handle_data(self.rawdata)
        while self._tables:
            self._end_table()
        self._end_line()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row, a cell, or a line break."""
        if self.refused or self._is_endless():
            return
        said = dict(attrs)
        self._start(tag, said)
        looks = self._elements.start(tag, said)
        self._say_beside(tag, added=looks.added)
        if max(len(self._elements), len(self._formulas)) > MAX_DEPTH:
            self.refused = f"标签套标签超过{MAX_DEPTH}层"
        if tag == "input" and not looks.hidden and not self._silent:
            self._say(typed(said))
        table = self._tables[-1] if self._tables else None
        if table is not None and table.cell is not None and tag in _CELLS:
            table.cell.depth = len(self._elements)
        elif table is not None and tag == "col" and looks.hidden:
            self.unseen = self.unseen or table.number

    def _say_beside(self, tag: str, *, added: bool) -> None:
        """Say what is seen in a formula and is no text of it; what a style sheet adds to a cell is not read."""
        if self._silent:
            return
        if sign := self._formulas.start(tag):
            self._say(sign)
        if added and self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.doubtful = True

    def _start(self, tag: str, said: dict[str, str | None]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._start_table()
        elif tag == "tr" and self._tables:
            self._start_row()
        elif tag in _CELLS and self._tables:
            self._start_cell(said)
        elif tag == "select":
            self._choices = Choices.of(said)
        elif tag == "option" and self._choices:
            self._choices.option(said)
        elif tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        """The end of the same."""
        if self.refused:
            return
        if tag == "select":
            self._end_choices()
        self._elements.end(tag)
        self._formulas.end(tag)
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag == "table" and self._tables:
            self._end_table()
        elif tag in _CELLS | {"tr"} and self._tables:
            self._end_cell()
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """Text, of a cell or around tables."""
        if self._silent or self.refused or self._is_endless():
            return
        if self._choices:
            self._choices.say(data)
        else:
            self._say(_LAYOUT.sub(" ", data))

    def _say(self, plain: str) -> None:
        cell, all_looks = self._tables[-1].cell if self._tables else None, self._elements.within()
        if all_looks.aside:
            return
        if cell is None:
            if not self._tables or plain.strip():  # text between the cells of a table stands above it
                self._line.append(plain)
                if all_looks.hidden and not self._tables:
                    self.hidden = self.hidden or plain.strip()
            return
        looks = self._elements.within(cell.depth)
        if looks.hidden:
            cell.left_out.append(plain)
            return
        if all_looks.hidden and plain.strip():
            self.unseen = self.unseen or self._tables[-1].number
        cell.text.append(plain)
        before = cell.text[-2][-1:] if len(cell.text) > 1 else ""
        raised = looks.raised and before.isdigit() and any(map(str.isdigit, plain))  # 10⁴ is no 104
        cell.doubtful |= bool(plain.strip() and (all_looks.struck or raised))

    def _end_choices(self) -> None:
        choices, self._choices = self._choices, None
        if choices is None or self._silent:
            return
        text, doubtful = choices.shown()
        self._say(text)
        if doubtful and self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.doubtful = True

    def _is_endless(self) -> bool:
        """Count a tag or a piece of text: there may be too many of them."""
        self._count += 1
        if self._count > MAX_PIECES:
            self.refused = "标签过多"
        return bool(self.refused)

    def _break(self) -> None:
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.text.append("\n")
        elif not self._tables:
            self._end_line()

    def _end_line(self) -> None:
        text = _lines("".join(self._line))
        self._line = []
        if text:
            self._paragraphs += 1
            self.blocks.append(Paragraph(text, Spot(paragraph=self._paragraphs)))

    def _start_table(self) -> None:
        if not self._tables:
            self._end_line()
        self._number += 1
        self._tables.append(_Table(self._number, len(self._elements)))
        if len(self._tables) > MAX_DEPTH:
            self.refused = f"表格套表格超过{MAX_DEPTH}层"

    def _start_row(self) -> None:
        self._end_cell()
        table = self._tables[-1]
        self._elements.end("tr", table.depth)
        table.rows.append([])
        table.column = 0
        self._rows += 1
        if self._rows > MAX_ROWS:
            self.refused = f"超过{MAX_ROWS}行"

    def _start_cell(self, said: dict[str, str | None]) -> None:
        self._end_cell()
        table = self._tables[-1]
        if not table.rows:
            self._start_row()
        table.cell = _Cell(
            _count(said.get("colspan"), MAX_COLUMNS),
            _count(said.get("rowspan"), MAX_ROWS, zero=MAX_ROWS),
            len(self._elements),
        )

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if table.cell is None:
            return
        self._end_choices()
        cell, table.cell = table.cell, None
        self._elements.leave(cell.first)
        row = len(table.rows)
        while table.taken.get(table.column, 0) >= row:
            table.column += 1
        first, last = table.column, table.column + cell.columns
        self._cells += cell.columns
        if last > MAX_COLUMNS or self._cells > MAX_CELLS:
            self.refused = f"超过{MAX_COLUMNS}列或{MAX_CELLS // 10_000}万格"
            return
        text = _lines("".join(cell.text))
        spot = Spot(row, table=table.number)
        if any(table.taken.get(column, 0) >= row for column in range(first + 1, last)):
            self.spans.append((spot, text, "与上面合并下来的单元格重叠"))
        if cell.rows > 1:
            table.taken.update(dict.fromkeys(range(first, last), row + cell.rows - 1))
        table.column = last
        table.rows[-1].append(GridCell(text, spot, first, cell.columns, cell.rows))
        if cell.doubtful:
            self.doubtful.append((spot, text))
        if left_out := _lines("".join(cell.left_out)):
            self.left_out.append((table.number, left_out))

    def _end_table(self) -> None:
        self._end_cell()
        table = self._tables.pop()
        self._elements.leave(table.depth)
        height = len(table.rows)
        self.spans += misfits(table.rows)
        if not self._tables:
            self._end_line()  # what stands in the table and in none of its cells is its title
        rows = [[_clipped(cell, at, height) for cell in row if cell.text] for at, row in enumerate(table.rows)]
        self.blocks += blocks_of(rows)


def _clipped(cell: GridCell, row: int, height: int) -> GridCell:
    """A cell that covers no more rows than there are."""
    return GridCell(cell.text, cell.spot, cell.column, cell.columns, min(cell.rows, height - row))


def _lines(text: str) -> str:
    return "\n".join(line for piece in text.split("\n") if (line := _LAYOUT.sub(" ", piece).strip()))


def _count(said: str | None, most: int, *, zero: int = 1) -> int:
    """A number of columns or rows; ``zero``: what 0 means, which of rows are all that follow."""
    digits = (said or "").strip()
    if not digits.isascii() or not digits.isdecimal():
        return 1
    if len(digits) > len(str(most)):
        return most
    return min(int(digits), most) or zero
