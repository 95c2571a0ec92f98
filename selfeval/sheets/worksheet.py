"""XlsxWriter's worksheet with what a workbook of ours needs besides: rows that grow, and cells that are quick to write.

A cell becomes its XML when it is given. XlsxWriter keeps it as an object and makes the same XML of it at the end, which
takes several times as long: it looks at each attribute of each cell for characters that none of ours has.
"""

from __future__ import annotations

from math import isfinite
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.worksheet import Worksheet

from selfeval.domain.expression.values import Value
from selfeval.packages.columns import letters

_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


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

    def put_text(self, row: int, column: int, text: str, look: Any) -> None:  # noqa: ANN401
        """A text."""
        self._write_string(row, column, text, look)

    def put_number(self, row: int, column: int, number: float, look: Any) -> None:  # noqa: ANN401
        """A number."""
        self._write_number(row, column, number, look)

    def put_formula(self, row: int, column: int, formula: str, look: Any, value: Value) -> None:  # noqa: ANN401
        """A formula, with its leading =, and what it gives."""
        self._write_formula(row, column, formula, look, value)

    def put_blank(self, row: int, column: int, look: Any) -> None:  # noqa: ANN401
        """A blank cell that has a look."""
        self._write_blank(row, column, None, look)

    def put_link(self, row: int, column: int, target: Any, look: Any, text: str | None = None) -> None:  # noqa: ANN401
        """A link, and what is shown of it (None: what the target says itself)."""
        self.write_url(row, column, target, look, text)

    def merge_cells(self, ends: tuple[int, int, int, int], look: Any) -> None:  # noqa: ANN401
        """Cells that are one: first row and column, last row and column."""
        self.merge_range(*ends, "", look)


class String(str):
    """The XML of a cell with a text: of one under a link, XlsxWriter asks whether its class is called so."""

    __slots__ = ()


class QuickWorksheet(GrowingWorksheet):
    """The same, where every cell is kept until the end: each as its XML."""

    def put_text(self, row: int, column: int, text: str, look: Any) -> None:  # noqa: ANN401
        """A text."""
        self._write_string(row, column, text, look)

    def put_number(self, row: int, column: int, number: float, look: Any) -> None:  # noqa: ANN401
        """A number. Raises ValueError for one without end, or none at all (NaN)."""
        if not isfinite(number):
            raise ValueError(f"{number} is no number of a sheet")
        self._put(row, column, look, "", f"<v>{number:.16G}</v>")

    def put_formula(self, row: int, column: int, formula: str, look: Any, value: Value) -> None:  # noqa: ANN401
        """A formula, with its leading =, and what it gives."""
        kind = ""
        if isinstance(value, bool):
            kind, value = ' t="b"', int(value)
        elif isinstance(value, str) and value:
            kind = ' t="e"' if value in _ERRORS else ' t="str"'
            value = escape(value)
        self._put(row, column, look, kind, f"<f>{escape(formula[1:])}</f><v>{value}</v>")

    def put_blank(self, row: int, column: int, look: Any) -> None:  # noqa: ANN401
        """A blank cell that has a look."""
        self._put(row, column, look, "", "")

    def merge_cells(self, ends: tuple[int, int, int, int], look: Any) -> None:  # noqa: ANN401
        """Cells that are one: first row and column, last row and column. Raises ValueError where one is of others."""
        top, left, bottom, right = ends
        self.merge.append([*ends])
        for row in range(top, bottom + 1):
            taken = self.table[row]
            for column in range(left, right + 1):
                if column in taken:
                    raise ValueError(f"{letters(column)}{row + 1} of {self.name} is of two cells")
                self._put(row, column, look, "", "")

    def put_link(self, row: int, column: int, target: Any, look: Any, text: str | None = None) -> None:  # noqa: ANN401
        """A link, and what is shown of it."""
        super().put_link(row, column, target, look, text)
        self.table[row][column] = String(self.table[row][column])

    def _write_string(self, row: int, column: int, text: str, look: Any) -> int:  # noqa: ANN401
        """A text no longer than a cell holds, which XlsxWriter too asks for: it shows a link."""
        self._put(row, column, look, ' t="s"', f"<v>{self.str_table._get_shared_string_index(text)}</v>")  # noqa: SLF001
        return 0

    def _put(self, row: int, column: int, look: Any, kind: str, inner: str) -> None:  # noqa: ANN401
        self._check_dimensions(row, column)
        begun = f'<c r="{letters(column)}{row + 1}" s="{look._get_xf_index()}"{kind}'  # noqa: SLF001 (as XlsxWriter does)
        self.table[row][column] = f"{begun}>{inner}</c>" if inner else f"{begun}/>"

    def _write_cell(self, row: int, col: int, cell: Any) -> None:  # noqa: ANN401
        if isinstance(cell, str):
            self.fh.write(cell)
        else:
            super()._write_cell(row, col, cell)
