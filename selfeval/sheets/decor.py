"""What is laid over and around the cells of a sheet, in XlsxWriter's words.

Entries, colour rules, widths and heights, the printed page, what may be done with the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from xlsxwriter.worksheet import Worksheet

from selfeval.domain.expression.worksheet import quoted
from selfeval.sheets.colours import Holds
from selfeval.sheets.entries import Entry
from selfeval.sheets.layout import Area, LaidSheet, Layout
from selfeval.sheets.model import Column
from selfeval.sheets.page import Footer, Page
from selfeval.sheets.text import clean

_A4 = 9
_LONGEST_HEADER, _LONGEST_FOOTER = 100, 220  # of 255 with what is in the middle and at the right
_ALLOWED = ("format_rows", "format_columns", "select_locked_cells", "select_unlocked_cells", "autofilter", "objects")
_COMMENT_WIDTH, _COMMENT_LINE = 260, 19


def limits(entry: Entry, layout: Layout, own: str) -> tuple[object, object, object]:
    """The bounds and the test of an entry: numbers, days, and formulas as texts."""
    return layout.rule(entry.least, own), layout.rule(entry.most, own), layout.rule(entry.test, own)


def validation(entry: Entry, least: object, most: object, test: object) -> dict[str, Any]:
    """The data validation of an entry with its ``limits``; nothing where any text may stand."""
    rule: dict[str, Any]
    if entry.kind == "text":
        return {}
    if entry.kind == "choice":
        rule = {"validate": "list", "source": list(entry.choices), "error_type": "warning" if entry.free else "stop"}
    elif entry.kind == "test":
        rule = {"validate": "custom", "value": test}
    else:
        ends = {"minimum": least, "maximum": most}
        rule = {"validate": "date" if entry.kind == "day" else "decimal", "criteria": "between", **ends}
    for name, (title, message) in (("input", entry.prompt), ("error", entry.refusal)):
        if message:
            rule |= {f"{name}_title": title, f"{name}_message": message}
    return rule


def colour_rule(test: Holds | str) -> dict[str, object]:
    """A conditional format; ``test`` is a formula, or what the cell holds."""
    match test:
        case Holds(word, "=="):
            return {"type": "cell", "criteria": "==", "value": quoted(word)}
        case Holds(word, how):
            return {"type": "text", "criteria": how, "value": word}
    return {"type": "formula", "criteria": test}


def colours(laid: LaidSheet, layout: Layout) -> Iterator[tuple[Area, Holds | str, str]]:
    """The colour rules of a sheet in order: where, what is tested (an expression as a formula), and the look."""
    own = laid.sheet.name
    for colour in laid.sheet.colours:
        test = colour.test if isinstance(colour.test, Holds) else str(layout.rule(colour.test, own))
        yield layout.area(colour.area, own), test, colour.look


def set_columns(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """The widths of columns."""
    for at, column in enumerate(columns):
        if column.width is not None:
            sheet.set_column(at, at, column.width, None, {"hidden": True} if column.hidden else {})


def set_rows(sheet: Worksheet, laid: LaidSheet) -> None:
    """The heights of rows."""
    for at, (row, height) in enumerate(zip(laid.rows, laid.heights, strict=True)):
        if row.hidden or height is not None:
            sheet.set_row(at, height, None, {"hidden": True} if row.hidden else {})


class Settings(NamedTuple):
    """What is set of a sheet besides its cells, rows and columns."""

    page: Page
    pages_tall: int
    gridlines: bool
    protection: str
    frozen: tuple[int, int]
    selected: tuple[int, int] | None
    zoom: int


def settings_of(laid: LaidSheet) -> Settings:
    """The settings of a sheet."""
    said = laid.sheet
    at = said.selected and (laid.row_at[said.selected[0]], laid.column_at[said.selected[1]])
    return Settings(said.page, laid.pages_tall, said.gridlines, said.protection, laid.frozen, at, said.zoom)


def set_up(sheet: Worksheet, said: Settings) -> None:
    """A4, one page wide; what stays in sight and can be changed, and where the cursor stands."""
    page = said.page
    sheet.set_paper(_A4)
    if page.landscape:
        sheet.set_landscape()
    if page.margins is not None:
        sheet.set_margins(*page.margins)
    if page.centred:
        sheet.center_horizontally()
    sheet.fit_to_pages(1, said.pages_tall)
    if page.header:
        sheet.set_header("&R" + _escaped(page.header)[:_LONGEST_HEADER])
    if page.footer is not None:
        sheet.set_footer(_footer(page.footer))
    if not said.gridlines:
        sheet.hide_gridlines(2)
    if any(said.frozen):
        sheet.freeze_panes(*said.frozen)
    if said.protection:
        sheet.protect("", dict.fromkeys(_ALLOWED, True) if said.protection == "entries" else {})
    if said.selected is not None:
        sheet.set_selection(*said.selected, *said.selected)
    sheet.set_zoom(said.zoom)


def set_ranges(sheet: Worksheet, laid: LaidSheet) -> None:
    """Which rows and columns are printed, where pages begin, and what can be filtered."""
    if laid.repeated is not None:
        sheet.repeat_rows(*laid.repeated)
    if laid.printed is not None:
        sheet.print_area(*laid.printed[1:])
    if laid.page_starts:
        sheet.set_h_pagebreaks(list(laid.page_starts))
    if laid.sheet.filter is not None:
        head, last = (laid.row_at[row] for row in laid.sheet.filter)
        sheet.autofilter(head, 0, last, len(laid.columns) - 1)


def _footer(footer: Footer) -> str:
    size, numbers = f"&{footer.size}" if footer.size else "", footer.numbers.format(page="&P", pages="&N")
    # a digit behind the size would be taken for a part of it
    left = f"&L{size} {_escaped(footer.text)[:_LONGEST_FOOTER].rstrip('&')}" if footer.text else ""
    return f"{left}{'&C' if footer.at == 'centre' else '&R'}{size}{numbers}"


def _escaped(text: str) -> str:
    return clean(text).replace("&", "&&")


def comment_size(comment: str) -> dict[str, Any]:
    """How large a comment is shown, so that it is seen whole."""
    lines = sum(1 + len(part) // _COMMENT_LINE for part in comment.split("\n"))
    return {"width": _COMMENT_WIDTH, "height": 18 * lines + 10, "font_size": 9, "author": ""}
