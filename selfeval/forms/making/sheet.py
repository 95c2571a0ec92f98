"""Lines of boxes onto a worksheet: cells, formats, drop-downs, comments, results of formulas, protection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from selfeval.domain.reading.period import excel_day
from selfeval.forms.calculation.formulas import REFERENCE
from selfeval.forms.calculation.results import Calculator, ErrorValue, Result
from selfeval.forms.identity import ACTUAL, FINGERPRINT, MARKER, RESULT
from selfeval.forms.making.entries import validation
from selfeval.forms.making.layout import AUTO, COLUMNS, INDEX, Box, Filled, Line, Values
from selfeval.forms.making.styles import DATE_FORMAT, PERCENT_FORMAT, STYLES, Style, plain_number

LONGEST_TEXT = 32767
"""Characters that a cell holds; XlsxWriter would leave a longer text out altogether."""

_ALLOWED = ("format_rows", "format_columns", "select_locked_cells", "select_unlocked_cells", "objects")
_COMMENT_WIDTH = 260


def results(lines: Sequence[Line], values: Values) -> Calculator:
    """What every formula of the lines gives with these values filled in."""
    names = ["#0", *(line.id or f"#{at}" for at, line in enumerate(lines, start=1))]
    constants: dict[tuple[str, str], Result] = {}
    formulas: dict[tuple[str, str], str] = {}
    for name, line in zip(names[1:], lines, strict=True):
        for box in line.boxes:
            place = (name, box.first)
            filled = values.get(place)
            if box.formula:
                formulas[place] = box.formula
            elif filled is not None:
                constants[place] = _plain(filled)
            elif box.number is not None or box.text:
                constants[place] = box.text if box.number is None else box.number
    return Calculator(names, constants, formulas)


def _plain(filled: Filled) -> Result:
    if isinstance(filled.value, dt.date):
        return float(excel_day(filled.value))
    return filled.value


class FormSheet:
    """Writes lines to one worksheet; rows are numbered from 0, row 0 holds the column ids."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        sheet: Worksheet,
        lines: Sequence[Line],
        values: Values,
        notes: Mapping[str, str],
    ) -> None:
        self._book = book
        self._sheet = sheet
        self._lines = lines
        self._values = values
        self._notes = notes
        self._row_of = {line.id: at for at, line in enumerate(lines, start=1) if line.id}
        self._results = results(lines, values)
        self._formats: dict[str, Format] = {}

    def row(self, line: str) -> int:
        """Where the line with this id stands."""
        return self._row_of[line]

    def write(self, hidden: frozenset[str]) -> None:
        """Everything that the lines say; ``hidden`` names columns not needed in this form."""
        sheet = self._sheet
        sheet.hide_gridlines(2)
        for at, column in enumerate(COLUMNS):
            options = {"hidden": True} if column.hidden or column.id in hidden else {}
            sheet.set_column(at, at, column.width, None, options)
            sheet.write_string(0, at, MARKER if at == 0 else column.id, self._style("hidden"))
        sheet.set_row(0, 12, None, {"hidden": True})
        for at, line in enumerate(self._lines, start=1):
            out_of_sight = line.id.startswith("meta.")
            sheet.set_row(at, line.height, None, {"hidden": True} if out_of_sight else {})
            if line.id and not line.id.startswith(AUTO):
                sheet.write_string(at, 0, line.id, self._style("hidden"))
            if line.fingerprint:
                sheet.write_string(at, INDEX[FINGERPRINT], line.fingerprint, self._style("hidden"))
            for box in line.boxes:
                self._box(at, line, box)
            if line.frozen:
                sheet.freeze_panes(at + 1, 0)
        sheet.protect("", dict.fromkeys(_ALLOWED, True))
        sheet.set_h_pagebreaks([at for at, line in enumerate(self._lines, start=1) if line.new_page])
        first = self._row_of[RESULT]
        sheet.set_selection(first, INDEX[ACTUAL], first, INDEX[ACTUAL])
        sheet.activate()

    def _box(self, at: int, line: Line, box: Box) -> None:
        left, right = INDEX[box.first], INDEX[box.last or box.first]
        filled = self._values.get((line.id, box.first))
        form = self._cell_format(box, filled)
        if box.rows > 1 or right > left:
            self._sheet.merge_range(at, left, at + box.rows - 1, right, "", form)
        self._content(at, left, line, box, form)
        if box.entry is not None:
            rule = validation(box.entry)
            if rule is not None:
                self._sheet.data_validation(at, left, at, left, rule)
            self._comment(at, left, line, box)

    def _comment(self, at: int, left: int, line: Line, box: Box) -> None:
        note = self._notes.get(line.id, "") if box.first == ACTUAL else ""
        text = "\n".join(part for part in (box.comment, note) if part)
        if not text:
            return
        shown = sum(1 + len(part) // 19 for part in text.split("\n"))
        size = {"width": _COMMENT_WIDTH, "height": 18 * shown + 10, "font_size": 9, "author": ""}
        self._sheet.write_comment(at, left, text, size)

    def _content(self, at: int, left: int, line: Line, box: Box, form: Format) -> None:
        sheet, filled = self._sheet, self._values.get((line.id, box.first))
        if box.formula:
            result = self._results.result((line.id, box.first))
            value = result.text if isinstance(result, ErrorValue) else "" if result is None else result
            sheet.write_formula(at, left, self._resolve(box.formula), form, value)
        elif box.number is not None:
            sheet.write_number(at, left, box.number, form)
        elif filled is None and box.text:
            sheet.write_string(at, left, box.text, form)
        elif filled is None:
            sheet.write_blank(at, left, None, form)
        elif isinstance(filled.value, dt.date):
            sheet.write_datetime(at, left, filled.value, form)
        elif isinstance(filled.value, float):
            sheet.write_number(at, left, filled.value, form)
        else:
            sheet.write_string(at, left, filled.value[:LONGEST_TEXT], form)

    def _cell_format(self, box: Box, filled: Filled | None) -> Format:
        """The box's style; a value whose form differs from the box's usual one brings its own number format."""
        style = STYLES[box.style]
        if filled is None or isinstance(filled.value, str):
            return self._style(box.style)
        if isinstance(filled.value, dt.date):
            return self._format(f"{box.style}:date", {**style, "num_format": DATE_FORMAT})
        if filled.percent and box.style != "input_percent":
            return self._format(f"{box.style}:percent", {**style, "num_format": PERCENT_FORMAT})
        if not filled.percent and box.style in {"input_percent", "input_date"}:
            return self._format(f"{box.style}:number", plain_number(style))
        return self._style(box.style)

    def _style(self, name: str) -> Format:
        return self._format(name, STYLES[name])

    def _format(self, key: str, style: Style) -> Format:
        if key not in self._formats:
            self._formats[key] = self._book.add_format(style)
        return self._formats[key]

    def _resolve(self, formula: str) -> str:
        """The formula with ``[row id@column id]`` replaced by cell references."""
        return REFERENCE.sub(lambda found: xl_rowcol_to_cell(self._row_of[found[1]], INDEX[found[2]]), formula)
