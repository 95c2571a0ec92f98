"""An XlsxWriter workbook that is put together quickly: parts that many workbooks have are made and compressed once.

What stands in most parts of a package follows from little: the names of its sheets, how many there are, its links. Each
of these parts is kept, compressed, by what it follows from; XlsxWriter makes it when it is needed for the first time.
Sheets, their texts, styles, charts and properties are made for each workbook.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import lru_cache
from html import escape
from io import StringIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager

from selfeval.packages.deflated import Deflating, Part, deflated, packed
from selfeval.sheets.looks import Numbers
from selfeval.sheets.stylesheet import stylesheet
from selfeval.sheets.text import SPACE, TO_ESCAPE, escaped, has_outer_space

_MOST = 1_000
"""Parts that are kept: a few dozen of all workbooks, and those of other shapes that come by."""

_UNUSUAL = re.compile(rf"{TO_ESCAPE.pattern}|^\s|\s$")

_MOST_TEXTS = 4_096
"""Texts that are kept as elements; those of headings stand in all workbooks."""

_AT_ONCE = 1 << 20
"""Characters of a part that are compressed together; those of all but the largest."""

_kept: dict[Hashable, list[tuple[str, Part]]] = {}


class QuickWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter ships no types
    """A workbook whose cells number their styles and texts themselves (``numbers``, ``texts``).

    ``one_by_one``: as XlsxWriter writes one row after the other, so that no more than a row is ever in memory.
    """

    numbers: Numbers

    def __init__(self, options: Mapping[str, Any], *, one_by_one: bool) -> None:
        super().__init__(None, dict(options))
        self.one_by_one = one_by_one
        self.texts: Texts | InCells = InCells() if one_by_one else Texts()
        self.fileclosed = True  # there is no file

    def content(self) -> bytes:
        """The workbook as a file, once all its sheets are written."""
        first = self.worksheets_objs[0]
        first.selected = first.active = True
        self.str_table.count = self.texts.count
        self._prepare_vml()
        self._prepare_defined_names()
        self._prepare_drawings()
        self._add_chart_data()
        packager = _Packager()
        packager._set_in_memory(True)  # noqa: SLF001, FBT003
        packager._add_workbook(self)  # noqa: SLF001
        return packed(packager.parts())


class Texts:
    """The texts of a workbook, each written once; cells name them by their numbers, from 0."""

    def __init__(self) -> None:
        self.count = 0
        """How many cells hold one."""
        self._numbers: dict[str, int] = {}

    def cell(self, text: str) -> str:
        """What stands in the element of a cell behind the number of its style."""
        self.count += 1
        return f' t="s"><v>{self._numbers.setdefault(text, len(self._numbers))}</v></c>'

    def __str__(self) -> str:
        """As the part of the package holds them."""
        items = "".join([f"<si>{_item(text)}</si>" for text in self._numbers])
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
            f' count="{self.count}" uniqueCount="{len(self._numbers)}">{items}</sst>'
        )


class InCells:
    """The texts of a workbook, each in its cell."""

    count = 0

    def cell(self, text: str) -> str:
        """What stands in the element of a cell behind the number of its style."""
        return f' t="inlineStr"><is>{_item(text)}</is></c>'


@lru_cache(_MOST_TEXTS)
def _item(text: str) -> str:
    """A text as an element; one in pieces is XML already."""
    if not _UNUSUAL.search(text):
        return f"<t>{text}</t>"
    shown = escaped(text)
    if shown.startswith("<r>") and shown.endswith("</r>"):
        return shown
    return f"<t{SPACE if has_outer_space(shown) else ''}>{escape(shown, quote=False)}</t>"


class _Whole(StringIO):
    """A part that is compressed once it is written."""

    def part(self) -> Part:
        """All of it, compressed."""
        return deflated(self.getvalue().encode())


class _Growing(_Whole):
    """One that is compressed while it is written, so that a part of any length takes little memory."""

    def __init__(self) -> None:
        super().__init__()
        self._begun = Deflating()

    def write(self, text: str) -> int:
        """The next of its text."""
        written = super().write(text)
        if self.tell() > _AT_ONCE:
            self._begun.add(self.getvalue().encode())
            self.seek(0)
            self.truncate()
        return written

    def part(self) -> Part:
        """All of it, compressed."""
        self._begun.add(self.getvalue().encode())
        return self._begun.part()


class _Packager(Packager):  # type: ignore[misc]
    """XlsxWriter's order of the parts, each compressed."""

    def parts(self) -> Iterator[tuple[str, Part]]:
        """The parts by name."""
        made = self.workbook
        texts, stated = bool(made.texts.count), bool(made.custom_properties)
        names = tuple(sheet.name for sheet in made.worksheets_objs)
        counts = len(made.charts), len(made.drawings), made.num_vml_files, made.num_comment_files
        yield from self._once(self._write_content_types_file, len(names), *counts, texts, stated)
        yield from self._once(self._write_root_rels_file, stated)
        yield from self._once(self._write_workbook_rels_file, len(names), texts)
        yield from self._made(self._write_worksheet_files)
        yield from self._once(self._write_workbook_file, names, *map(tuple, made.defined_names))
        yield from self._made(self._write_chart_files)
        yield from self._made(self._write_drawing_files)
        yield from self._made(self._write_vml_files)
        yield from self._made(self._write_comment_files)
        yield from self._made(self._write_shared_strings_file)
        yield from self._made(self._write_styles_file)
        yield from self._made(self._write_custom_file)
        yield from self._once(self._write_theme_file)
        yield from self._once(self._write_worksheet_rels_files, *map(_links, made.worksheets_objs))
        yield from self._once(self._write_drawing_rels_files, *map(_drawn, made.worksheets_objs))
        yield from self._made(self._write_core_file)
        yield from self._once(self._write_app_file, names, *made.named_ranges)

    def _made(self, write: Callable[[], None]) -> list[tuple[str, Part]]:
        """The parts that XlsxWriter writes."""
        self.filenames.clear()
        write()
        return [(name, file.part()) for file, name, _ in self.filenames]

    def _filename(self, name: str) -> StringIO:
        file = _Growing() if self.workbook.one_by_one else _Whole()
        self.filenames.append((file, name, False))
        return file

    def _once(self, write: Callable[[], None], *follows_from: Hashable) -> list[tuple[str, Part]]:
        """The same where they follow from this alone."""
        key = write.__name__, *follows_from
        found = _kept.get(key)
        if found is None:
            if len(_kept) >= _MOST:
                _kept.clear()
            found = _kept[key] = self._made(write)
        return found

    def _write_shared_strings_file(self) -> None:
        if self.workbook.texts.count:
            self._filename("xl/sharedStrings.xml").write(str(self.workbook.texts))

    def _write_styles_file(self) -> None:
        made = self.workbook
        self._filename("xl/styles.xml").write(stylesheet(made.numbers, comments=made.has_comments))


def _links(sheet: Any) -> Hashable:  # noqa: ANN401 (XlsxWriter's)
    """What a sheet links to, known once it is written."""
    of_cells, drawn = sheet.external_hyper_links, sheet.external_drawing_links
    return tuple(map(tuple, [*of_cells, *drawn, *sheet.external_vml_links, *sheet.external_comment_links]))


def _drawn(sheet: Any) -> Hashable:  # noqa: ANN401
    return bool(sheet.drawing), tuple(map(tuple, sheet.drawing_links))
