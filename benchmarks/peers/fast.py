"""A peer in a hurry: calamine reads, XlsxWriter writes, no pandas.

Tuned as its manual says: everything in memory, no guessing of types (``write_number``, ``write_string``,
``write_formula`` with the result), each format made once a workbook. ``--isal`` goes further than the manual: it
compresses with isal, and formulas go as they are, for none has a function that XlsxWriter must rename.
"""

from __future__ import annotations

import datetime as dt
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from benchmarks.peers.layout import LOOKS, RED, SEEN_IN_RED, Cell, Entry, Sheet, is_formula, style
from benchmarks.peers.scoring import Grid
from benchmarks.peers.year import run

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_REFUSED = "请按提示填写"
_PADDING = 5 / 7
"""What XlsxWriter adds to a width in characters."""


def read(path: Path, names: Sequence[str]) -> Mapping[str, Grid]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    book = Workbook(path, _OPTIONS)
    book.set_calc_mode("auto")
    formats: Callable[[str], Any] = cache(lambda name: book.add_format(_format(name)))
    looks = {name: book.add_format(_look(name, fill)) for name, fill in LOOKS.items()}
    for sheet in sheets:
        made = book.add_worksheet(sheet.name)
        for at, width in enumerate(sheet.widths):
            made.set_column(at, at, width - _PADDING, None, {"hidden": at + 1 in sheet.hidden})
        for row, height in sheet.heights.items():
            made.set_row(row - 1, height)
        for row in sheet.hidden_rows:
            made.set_row(row - 1, None, None, {"hidden": True})
        for top, left, bottom, right, name in sheet.merges:
            made.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", formats(name))
        for cell in sheet.cells:
            _put(made, cell, formats(cell.style))
        _around(made, sheet)
        _beside(book, made, sheet, looks, formats("link"))
    book.close()


def _format(name: str) -> dict[str, Any]:
    look = style(name)
    found: dict[str, Any] = {
        "font_name": look.font,
        "font_size": look.size,
        "bold": look.bold,
        "font_color": f"#{look.ink}",
        "valign": "top" if look.down == "top" else "vcenter",
        "text_wrap": look.wrap,
        "shrink": look.shrink,
        "locked": look.locked,
        "num_format": look.pattern,
    }
    found |= {"align": look.across} if look.across else {}
    found |= {"bg_color": f"#{look.fill}"} if look.fill else {}
    return found | ({"border": 1, "border_color": "#404040"} if look.ruled else {})


def _look(name: str, fill: str) -> dict[str, Any]:
    red = {"font_color": f"#{RED}", "bold": True} if name in SEEN_IN_RED else {}
    return {"bg_color": f"#{fill}", **red}


def _put(made: Any, cell: Cell, look: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
    row, column, value = cell.row - 1, cell.column - 1, cell.value
    if value is None:
        made.write_blank(row, column, None, look)
    elif is_formula(value):
        made.write_formula(row, column, value, look, "" if cell.result is None else cell.result)
    elif isinstance(value, str):
        made.write_string(row, column, value, look)
    elif isinstance(value, dt.date):
        made.write_datetime(row, column, value, look)
    else:
        made.write_number(row, column, value, look)


def _around(made: Any, sheet: Sheet) -> None:  # noqa: ANN401 - XlsxWriter has no types
    """Paper, printing, panes and protection."""
    made.set_paper(9)
    if not sheet.upright:
        made.set_landscape()
    made.fit_to_pages(1, sheet.tall)
    made.set_margins(0.5, 0.5, 0.6, 0.6)
    made.center_horizontally()
    made.hide_gridlines(2)
    made.set_footer("&C第&P页 共&N页")
    made.print_area(0, 0, sheet.last - 1, sheet.printed - 1)
    if sheet.heads:
        made.repeat_rows(sheet.heads - 1)
    if sheet.frozen:
        made.freeze_panes(sheet.frozen[0] - 1, sheet.frozen[1] - 1)
    if sheet.filtered:
        made.autofilter(sheet.filtered)
    if sheet.locked:
        made.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def _beside(book: Workbook, made: Any, sheet: Sheet, looks: Mapping[str, Any], link: Any) -> None:  # noqa: ANN401
    """Conditional colours, entries, links and the chart."""
    for colour in sheet.colours:
        rule = {"type": "formula", "criteria": f"={colour.formula}"}
        if colour.text:
            rule = {"type": "cell", "criteria": "==", "value": f'"{colour.text}"'}
        made.conditional_format(colour.cells, {**rule, "format": looks[colour.look]})
    for entry in sheet.entries:
        made.data_validation(entry.cell, _validation(entry))
    for row, column, target in sheet.links:
        text = "打开" if "xlsx" in target else "查看"
        made.write_url(
            row - 1, column - 1, f"internal:{target[1:]}" if target[0] == "#" else f"external:{target}", link, text
        )
    if sheet.chart:
        _chart(book, made, sheet)


def _validation(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {"validate": entry.kind, "input_title": entry.title, "input_message": entry.hint}
    found |= {"error_title": entry.title, "error_message": _REFUSED}
    if entry.kind == "list":
        return found | {"source": list(entry.choices)}
    if entry.kind == "date":
        return found | {"criteria": ">=", "value": dt.date(2000, 1, 1)}
    if entry.kind == "decimal" and entry.most:
        return found | {"criteria": "between", "minimum": 0, "maximum": entry.most}
    return found | ({"criteria": ">=", "value": 0} if entry.kind == "decimal" else {})


def _chart(book: Workbook, made: Any, sheet: Sheet) -> None:  # noqa: ANN401 - XlsxWriter has no types
    chart = book.add_chart({"type": "line"})
    for name, column in (("累计支付比例", "D"), ("计划比例", "E")):
        cells = f"='{sheet.name}'!${column}$7:${column}$18"
        line = {"name": name, "categories": f"='{sheet.name}'!$A$7:$A$18", "values": cells}
        chart.add_series({**line, "marker": {"type": "circle"}})
    chart.set_title({"name": "累计支付与计划"})
    chart.set_y_axis({"num_format": "0%", "min": 0})
    chart.show_blanks_as("span")
    chart.set_size({"width": 715, "height": 330})
    made.insert_chart(sheet.chart, chart)


def _as_it_is(_: object, formula: str, _expand: bool = False) -> str:  # noqa: FBT001, FBT002 - as XlsxWriter calls it
    return formula.removeprefix("=")


def main() -> None:
    """Run; with ``--isal`` tuned beyond the options of XlsxWriter."""
    if "--isal" in sys.argv:
        sys.argv.remove("--isal")
        from isal import isal_zlib  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - not always there

        zipfile.zlib = isal_zlib  # type: ignore[attr-defined]
        Worksheet._prepare_formula = _as_it_is  # noqa: SLF001 - a quarter of the run
    run(read, write)


if __name__ == "__main__":
    main()
