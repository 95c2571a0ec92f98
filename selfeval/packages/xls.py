"""Workbooks of the old binary kind (.xls), as programs save that know nothing newer."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import xlrd

from selfeval.packages.beside_cells import COMMENT, MOST, Text
from selfeval.packages.columns import letters
from selfeval.packages.container import DAMAGED, RefusedError
from selfeval.packages.files import Unreadable, digest
from selfeval.packages.looks import Look
from selfeval.packages.merged import cover
from selfeval.packages.raised import Run, run_together
from selfeval.packages.workbook import MAX_CELLS, OLE, PASSWORD, Raw, Sheet, Workbook
from selfeval.packages.xls_margins import margins

MAX_FILE = 4 * 1024 * 1024
"""Bytes; a form has a quarter of a megabyte. The reader takes two bytes of a file to a blank cell."""


def is_xls(data: bytes) -> bool:
    """Whether a file is of the old binary kind, by its first bytes and not by its name, and not a locked new one."""
    return data.startswith(OLE) and PASSWORD not in data


def read_xls(data: bytes) -> Workbook | Unreadable:
    """The workbook in the bytes of an .xls file, or why it cannot be read; nothing is raised."""
    proof = digest(data)
    if len(data) > MAX_FILE:
        return Unreadable(proof, f"文件超过{MAX_FILE // 1024 // 1024} MB")
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints what puzzles it
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
        if sum(sheet.row_len(row) for sheet in book.sheets() for row in range(sheet.nrows)) > MAX_CELLS:
            return Unreadable(proof, f"工作表的区域超过{MAX_CELLS // 10_000}万个单元格")
        around = margins(data)
        sheets = [_sheet(sheet, book, around.get(sheet.name, ())) for sheet in book.sheets()]
        if len({sheet.name for sheet in sheets}) < len(sheets):
            return Unreadable(proof, f"{DAMAGED}（有同名的工作表）")
        return Workbook(proof, {sheet.name: sheet for sheet in sheets})
    except RefusedError as refused:
        return Unreadable(proof, str(refused))
    except xlrd.XLRDError as fault:
        return Unreadable(proof, "文件加了打开密码" if "encrypted" in str(fault) else DAMAGED)
    except Exception:  # noqa: BLE001 - whatever a malformed file makes it meet
        return Unreadable(proof, DAMAGED)


def _sheet(sheet: xlrd.sheet.Sheet, book: xlrd.Book, around: Sequence[Text]) -> Sheet:
    rows: list[list[Raw]] = []
    looks: dict[tuple[int, int], Look] = {}
    for at in range(sheet.nrows):
        cells = sheet.row(at)
        rows.append([_value(cell, book) for cell in cells])
        for column, cell in enumerate(cells):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                looks[at, column] = Look(fault=str(xlrd.error_text_from_code.get(cell.value, "#?")))
            elif cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE, xlrd.XL_CELL_TEXT}:
                looks[at, column] = Look(str(book.format_map[book.xf_list[cell.xf_index].format_key].format_str))
            if cell.ctype not in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK} and _is_struck(sheet, book, at, column):
                looks[at, column] = replace(looks.get((at, column), Look()), struck=True)
            if cell.ctype == xlrd.XL_CELL_TEXT and run_together(_runs(sheet, book, at, column)):
                looks[at, column] = replace(looks.get((at, column), Look()), raised=True)
    merged = [(top, left, below - 1, behind - 1) for top, below, left, behind in sheet.merged_cells]
    cover(rows, looks, merged)
    lines, columns = ({at for at, one in of.items() if one.hidden} for of in (sheet.rowinfo_map, sheet.colinfo_map))
    beside = [
        Text(COMMENT, f"{letters(at[1])}{at[0] + 1}", str(note.text).strip())
        for at, note in sorted(sheet.cell_note_map.items())[:MOST]
    ]
    return Sheet(sheet.name, rows, looks, sheet.visibility != 0, merged, lines, columns, [*beside, *around])


def _is_struck(sheet: xlrd.sheet.Sheet, book: xlrd.Book, row: int, column: int) -> bool:
    """Whether a line goes through a cell, or through a part of its text."""
    runs = sheet.rich_text_runlist_map.get((row, column), ())
    fonts = [book.xf_list[sheet.cell(row, column).xf_index].font_index, *(font for _, font in runs)]
    return any(book.font_list[font].struck_out for font in fonts)


def _runs(sheet: xlrd.sheet.Sheet, book: xlrd.Book, row: int, column: int) -> Iterator[Run]:
    """The pieces of a text, and whether their fonts stand above or below the line."""
    runs = sheet.rich_text_runlist_map.get((row, column), ())
    text, own = sheet.cell(row, column).value, book.xf_list[sheet.cell(row, column).xf_index].font_index
    starts = [(0, own), *runs, (len(text), own)]
    for (start, font), (end, _) in pairwise(starts):
        yield text[start:end], book.font_list[font].escapement != 0


def _value(cell: xlrd.sheet.Cell, book: xlrd.Book) -> Raw:
    value: Raw = "" if cell.ctype == xlrd.XL_CELL_ERROR else cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        with contextlib.suppress(OverflowError, ValueError):
            value = xlrd.xldate_as_datetime(value, book.datemode)
    return value
