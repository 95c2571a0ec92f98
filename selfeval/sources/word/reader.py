"""The reader of .docx: paragraphs and tables in document order, as a person sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from selfeval.domain.problems import Place, problem
from selfeval.packages.beside_cells import COMMENT, FOOT, HEAD
from selfeval.packages.container import RefusedError, unpack
from selfeval.packages.elements import Found
from selfeval.sources.blocks import Beside, Block, Document, Grid, GridCell, GridRow, Paragraph, Spot
from selfeval.sources.text import reader as tabbed
from selfeval.sources.word.body import Body, Para, Piece, Tbl, Tc, Tr
from selfeval.sources.word.numbering import Numbering, said

_USUAL = "word/document.xml"
_MAIN = "/officeDocument"
"""How the kind of relation ends that leads to the document itself."""
_AROUND = {"header": HEAD, "footer": FOOT, "comments": COMMENT, "footnotes": "脚注", "endnotes": "尾注"}
"""What stands around the text, by how the kind of relation ends that leads to it."""
_MAX_PART = 4_000_000
_QUOTED, _MOST_TOLD = 60, 10
_TABBED = 3
"""Lines with tabs that make a table where there is none of cells."""


def read(data: bytes, place: Place) -> Document:
    """The document in the bytes of a .docx; deleted, hidden and placeholder text is none, the first two are told.

    Heads, feet, comments and notes stand beside it.

    A table in a cell stands for itself, after the cells of the rows above it. Nothing is raised.
    """
    try:
        parts = unpack(data)
        main = _main(parts)
        body = _body(parts, main)
    except RefusedError as refused:
        reason = str(refused).replace("工作簿", "文档")
        return Document((), (problem("E153", place, reason=reason),))
    blocks = _blocks(body.pieces, Spot())
    if not any(isinstance(block, Grid) or block.text.strip() for block in blocks):
        return Document((), (problem("E151" if body.pictures else "E103", place),))
    told = [
        problem(code, place, found=texts[0][:_QUOTED], count=len(texts), cell="文档")
        for code, some in (("W153", body.struck), ("W157", body.hidden), ("W178", body.deleted))
        if (texts := [text for text in some if text.strip()])
    ]
    if rows := [text[:_QUOTED] for text in body.hidden_rows if text.strip()]:
        told.append(problem("W142", place, what="行", found="、".join(rows[:_MOST_TOLD])))
    struck = [
        problem("E140", place.at(cell=str(spot)), what="单元格", found=text) for spot, text in _struck(body.pieces)
    ]
    return Document(_with_tabs(blocks, place), (*told, *struck), tuple(_beside(parts, main)))


def _struck(pieces: Iterable[Piece]) -> Iterator[tuple[Spot, str]]:
    """The cells of tables through which a line goes, or through a part."""
    for table in pieces:
        for number, row in enumerate(table.rows if isinstance(table, Tbl) else (), start=1):
            for cell in row.cells:
                if any(isinstance(piece, Para) and piece.struck for piece in cell.pieces):
                    yield Spot(number, table=table.at), _inside(cell)
                yield from _struck(cell.pieces)


def _main(parts: dict[str, bytes]) -> str:
    """The name of the part that holds the text."""
    main = next(
        (
            said(attributes, "Target").lstrip("/")
            for _, _, attributes in Found(parts.get("_rels/.rels", b"<none/>"), "Relationship").elements
            if said(attributes, "Type").endswith(_MAIN)
        ),
        _USUAL,
    )
    if main not in parts:
        raise RefusedError("里面没有 Word 文档的正文")
    return main


def _beside(parts: dict[str, bytes], main: str) -> Iterator[Beside]:
    """What stands around the text; a part that is damaged says nothing."""
    at = PurePosixPath(main)
    relations = parts.get(str(at.parent / "_rels" / f"{at.name}.rels"), b"<none/>")
    with suppress(RefusedError):
        for _, _, attributes in Found(relations, "Relationship").elements:
            what = _AROUND.get(said(attributes, "Type").rpartition("/")[2], "")
            part = parts.get(str(at.parent / said(attributes, "Target")) if what else "")
            if part is not None and len(part) <= _MAX_PART:
                with suppress(RefusedError):
                    yield from (Beside(what, text, Spot()) for text in _texts(Body(part, Numbering(None, None)).pieces))


def _texts(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Para):
            if text := _text(piece).strip():
                yield text
        else:
            yield from (text for row in piece.rows for cell in row.cells for text in _texts(cell.pieces))


def _body(parts: dict[str, bytes], main: str) -> Body:
    folder = PurePosixPath(main).parent
    numbering, styles = (parts.get(str(folder / name)) for name in ("numbering.xml", "styles.xml"))
    return Body(parts[main], Numbering(numbering, styles))


def _blocks(pieces: Sequence[Piece], spot: Spot) -> list[Block]:
    """The blocks of the body, or of a cell that stands at a spot."""
    blocks: list[Block] = []
    for piece in pieces:
        if isinstance(piece, Tbl):
            blocks += _table(piece)
        else:
            at = Spot(paragraph=piece.at) if piece.at else spot
            blocks += [Paragraph(line, at) for line in _text(piece).split("\n")]
    return blocks


def _text(para: Para) -> str:
    return "".join(para.text)


def _table(table: Tbl) -> list[Block]:
    """The rows as a grid. A row with a table inside is layout: what its cells hold stands for itself."""
    blocks: list[Block] = []
    grid = _Grid(table.at)
    for number, row in enumerate(table.rows, start=1):
        spot = Spot(number, table=table.at)
        if any(isinstance(piece, Tbl) for cell in row.cells for piece in cell.pieces):
            blocks += grid.block()
            for cell in row.cells:
                blocks += _blocks(cell.pieces, spot)
        else:
            grid.add(row, spot)
    return [*blocks, *grid.block()]


@dataclass
class _Open:
    """A cell that cells below may go on with."""

    row: int
    place: int
    cell: GridCell


class _Grid:
    """Puts rows together, each merged cell once."""

    def __init__(self, table: int) -> None:
        self._table = table
        self._rows: list[list[GridCell]] = []
        self._first = 0
        self._open: dict[int, _Open] = {}

    def add(self, row: Tr, spot: Spot) -> None:
        self._first = self._first or spot.line
        cells: list[GridCell] = []
        above, self._open = self._open, {}
        for cell in row.cells:
            if cell.covered:
                continue
            held = above.get(cell.column) if cell.below else None
            if held:
                held.cell = replace(held.cell, rows=held.cell.rows + 1)
                self._rows[held.row][held.place] = held.cell
                self._open[cell.column] = held
                continue
            made = GridCell(_inside(cell), spot, cell.column, cell.columns)
            self._open[cell.column] = _Open(len(self._rows), len(cells), made)
            cells.append(made)
        self._rows.append(cells)

    def block(self) -> list[Block]:
        """The rows so far as a grid, if there are any; the next ones make another."""
        rows = tuple(GridRow(tuple(cells)) for cells in self._rows if cells)
        spot = Spot(self._first, table=self._table)
        self._rows, self._open, self._first = [], {}, 0
        return [Grid(rows, spot)] if rows else []


def _inside(cell: Tc) -> str:
    return "\n".join(_text(piece) for piece in cell.pieces if isinstance(piece, Para))


def _with_tabs(blocks: list[Block], place: Place) -> tuple[Block, ...]:
    """The blocks; where no table has cells, those of the text, of which tabs may make cells."""
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    if len(lines) < len(blocks) or sum("\t" in line.text.strip() for line in lines) < _TABBED:
        return tuple(blocks)
    made = tabbed.read("\n".join(line.text for line in lines).encode(), place)
    if made.problems:
        return tuple(blocks)

    def seen(spot: Spot) -> Spot:
        return lines[spot.line - 1].spot

    found: list[Block] = []
    for block in made.blocks:
        if isinstance(block, Paragraph):
            found.append(replace(block, spot=seen(block.spot)))
        else:
            rows = (
                replace(row, cells=tuple(replace(cell, spot=seen(cell.spot)) for cell in row.cells))
                for row in block.rows
            )
            found.append(Grid(tuple(rows), seen(block.spot)))
    return tuple(found)
