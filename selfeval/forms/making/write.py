"""One form as a workbook: lines of boxes to cells, formats, drop-downs, protection and print set-up."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.forms.identity import ACTUAL, FINGERPRINT, MARKER, RESULT
from selfeval.forms.making.blocks import (
    Project,
    cover_lines,
    filled_by_lines,
    fund_lines,
    goal_lines,
    hidden_lines,
    payment_lines,
    project_of,
)
from selfeval.forms.making.entries import validation
from selfeval.forms.making.guide import write_guide
from selfeval.forms.making.indicator_block import Row, indicator_lines, rows_of
from selfeval.forms.making.layout import COLUMNS, INDEX, Box, Filled, Line, Values
from selfeval.forms.making.prefill import prefilled
from selfeval.forms.making.styles import DATE_FORMAT, PERCENT_FORMAT, STYLES, Style, plain_number

FORM_SHEET = "自评填报"
GUIDE_SHEET = "填写说明"


LONGEST_TEXT = 32767
"""Characters that a cell holds; XlsxWriter would leave a longer text out altogether."""

_REFERENCE = re.compile(r"\[([a-z_]+\.[a-z_0-9]+)(?:@([a-z0-9]+))?\]")


def write_form(
    project: pd.Series,
    indicators: pd.DataFrame,
    plan: pd.DataFrame,
    readings: pd.DataFrame,
    rulebook: Rulebook,
    *,
    year: int,
    prefill: Reported | None = None,
    mark: str = "",
) -> bytes:
    """The form of one project as the bytes of an .xlsx file; the same inputs give the same bytes.

    project: a row of PROJECTS; indicators: the rows of INDICATORS of this project; plan: PLAN; readings: READINGS.
    ``prefill`` fills in what was reported for the project. ``mark`` is printed as a banner; when blank, the mark
    reported for the project is.
    """
    code = str(project["project"])
    rows = rows_of(indicators, readings)
    values: dict[tuple[str, str], Filled] = {}
    if prefill is not None:
        values = prefilled(prefill, code, rows)
        mark = mark or _reported_mark(prefill, code)
    about = project_of(project, plan, year, mark)
    lines = form_lines(about, rows, rulebook, values)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{about.name} 自评填报表", "created": dt.datetime(year, 1, 1, tzinfo=dt.UTC)})
    sheet = book.add_worksheet(FORM_SHEET)
    hidden = frozenset() if any(row.needs in {"judgement", None} for row in rows) else frozenset({"judged"})
    _FormSheet(book, sheet, lines, values).write(hidden)
    _print_setup(sheet, about, first_visible=1 + len(hidden_lines(about)), last=len(lines))
    write_guide(book, book.add_worksheet(GUIDE_SHEET), rows, rulebook, about)
    book.close()
    return buffer.getvalue()


def form_lines(about: Project, rows: Sequence[Row], rulebook: Rulebook, values: Values) -> tuple[Line, ...]:
    """All lines below the hidden row of column ids, in order."""
    return (
        *hidden_lines(about),
        *cover_lines(about),
        *goal_lines(about, values),
        Line(height=8),
        *fund_lines(values),
        Line(height=8),
        *indicator_lines(rows, rulebook, values),
        Line(height=8),
        *payment_lines(about, values),
        *filled_by_lines(),
    )


class _FormSheet:
    """Writes lines to one worksheet; rows are numbered from 0, row 0 holds the column ids."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Worksheet, lines: Sequence[Line], values: Values) -> None:
        self._book = book
        self._sheet = sheet
        self._lines = lines
        self._values = values
        self._row_of = {line.id: at for at, line in enumerate(lines, start=1) if line.id}
        self._formats: dict[str, Format] = {}

    def write(self, hidden: frozenset[str]) -> None:
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
            if line.id:
                sheet.write_string(at, 0, line.id, self._style("hidden"))
            if line.fingerprint:
                sheet.write_string(at, INDEX[FINGERPRINT], line.fingerprint, self._style("hidden"))
            for box in line.boxes:
                self._box(at, line, box)
        allowed = ("format_rows", "format_columns", "select_locked_cells", "select_unlocked_cells", "objects")
        sheet.protect("", dict.fromkeys(allowed, True))
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
        self._content(at, left, box, filled, form)
        if box.entry is not None:
            rule = validation(box.entry)
            if rule is not None:
                self._sheet.data_validation(at, left, at, left, rule)

    def _content(self, at: int, left: int, box: Box, filled: Filled | None, form: Format) -> None:
        sheet = self._sheet
        if box.formula:
            sheet.write_formula(at, left, self._resolve(box.formula), form, box.stored)
        elif filled is None:
            if box.text:
                sheet.write_string(at, left, box.text, form)
            else:
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
        if filled.percent:
            return self._format(f"{box.style}:percent", {**style, "num_format": PERCENT_FORMAT})
        if box.style in {"input_percent", "input_date"}:
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
        return _REFERENCE.sub(
            lambda found: xl_rowcol_to_cell(self._row_of[found[1]], INDEX[found[2] or ACTUAL]), formula
        )


def _print_setup(sheet: Worksheet, about: Project, first_visible: int, last: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.print_area(first_visible, INDEX["level1"], last, INDEX["evidence"])
    told = f"{about.mark}　{about.code}".strip().replace("&", "&&")
    sheet.set_footer(f"&L&8{told}&R&8第 &P 页 共 &N 页")
    sheet.set_zoom(90)


def _reported_mark(reported: Reported, project: str) -> str:
    narrative = reported.narrative
    own = narrative[(narrative["project"] == project) & (narrative["item"] == "mark")]
    return str(own.iloc[0]["text"]) if len(own) else ""
