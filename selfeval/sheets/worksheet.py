"""XlsxWriter's worksheet with what a workbook of ours needs besides: rows that grow, and parts that are XML already.

XlsxWriter keeps each cell, column and rule as an object and makes XML of it at the end, which takes several times as
long as writing the XML itself: it looks at each attribute of each element for characters that none of ours has.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from tempfile import TemporaryFile
from typing import Any

from xlsxwriter.worksheet import Worksheet

_AT_ONCE = 1 << 16
"""Characters of rows that are copied together."""


class GrowingWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet with rows that grow.

    It does not look through each formula for functions that came after 2007: expressions have none.
    """

    growing: frozenset[int] = frozenset()

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:  # noqa: ANN401
        if tag == "row" and self.growing and int(attributes[0][1]) - 1 in self.growing:
            # XlsxWriter takes any height for one that is never to change
            attributes = [attribute for attribute in attributes if attribute[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002
        return formula.removeprefix("=")


class QuickWorksheet(GrowingWorksheet):
    """The same, given as XML: its columns, rows, merged cells, colour rules and entries."""

    def __init__(self) -> None:
        super().__init__()
        self.ignore_write_string = True  # of a link, the text is given like any other
        self.cols = self.merged = self.rules = self.entries = ""
        self._rows: list[str] = []

    def take(self, settings: Mapping[str, Any]) -> None:
        """The settings that another worksheet was given."""
        self.__dict__.update(settings)

    def add(self, rows: str) -> None:
        """The next rows."""
        self._rows.append(rows)

    def _write_cols(self) -> None:
        self.fh.write(self.cols)

    def _write_sheet_data(self) -> None:
        data = "".join(self._rows)
        self.fh.write(f"<sheetData>{data}</sheetData>" if data else "<sheetData/>")

    def _write_merge_cells(self) -> None:
        self.fh.write(self.merged)

    def _write_conditional_formats(self) -> None:
        self.fh.write(self.rules)

    def _write_data_validations(self) -> None:
        self.fh.write(self.entries)


class LongWorksheet(QuickWorksheet):
    """The same with any number of rows, which wait in a file."""

    def __init__(self) -> None:
        super().__init__()
        self._file = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - closed once it was read

    def add(self, rows: str) -> None:
        """The next rows."""
        self._file.write(rows)

    def _write_sheet_data(self) -> None:
        with self._file as file:
            if not file.tell():
                self.fh.write("<sheetData/>")
                return
            file.seek(0)
            self.fh.write("<sheetData>")
            while rows := file.read(_AT_ONCE):
                self.fh.write(rows)
            self.fh.write("</sheetData>")


class Sample(GrowingWorksheet):
    """A worksheet for the XML of one thing, that is written once and then kept."""

    def __init__(self) -> None:
        super().__init__()
        self.fh = StringIO()

    def written(self) -> str:
        """What was written into it."""
        return str(self.fh.getvalue())
