"""What both peers on openpyxl do alike: styles, paper, panes, protection, colours, entries and the chart."""

from __future__ import annotations

from functools import cache
from typing import Any

from openpyxl.chart import LineChart, Reference
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from benchmarks.peers.layout import LOOKS, RED, SEEN_IN_RED, Colour, Entry, Sheet, style

_THIN = Side(style="thin", color="404040")
_RULED, _BARE = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN), Border()
_RED = Font(color=RED, bold=True)


def dress(cell: Any, name: str) -> None:  # noqa: ANN401 - cells of two classes
    """Give a cell the six parts of a style."""
    cell.font, cell.border, cell.alignment, cell.fill, cell.protection, cell.number_format = _parts(name)


@cache
def _parts(name: str) -> tuple[Font, Border, Alignment, PatternFill, Protection, str]:
    look = style(name)
    font = Font(name=look.font, sz=look.size, b=look.bold, color=look.ink)
    across = look.across or None
    placed = Alignment(horizontal=across, vertical=look.down, wrap_text=look.wrap, shrink_to_fit=look.shrink)
    fill = PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill()
    return font, _RULED if look.ruled else _BARE, placed, fill, Protection(locked=look.locked), look.pattern


def around(made: Any, sheet: Sheet) -> None:  # noqa: ANN401 - worksheets of two classes
    """Widths and heights, paper, printing, panes and protection."""
    for at, width in enumerate(sheet.widths, 1):
        made.column_dimensions[get_column_letter(at)].width = width
    for column in sheet.hidden:
        made.column_dimensions[get_column_letter(column)].hidden = True
    for row, height in sheet.heights.items():
        made.row_dimensions[row].height = height
    for row in sheet.hidden_rows:
        made.row_dimensions[row].hidden = True
    made.page_setup.paperSize = made.PAPERSIZE_A4 if hasattr(made, "PAPERSIZE_A4") else "9"
    made.page_setup.orientation = "portrait" if sheet.upright else "landscape"
    made.page_setup.fitToHeight = sheet.tall
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.print_options.horizontalCentered = True
    made.page_margins.left = made.page_margins.right = 0.5
    made.page_margins.top = made.page_margins.bottom = 0.6
    made.oddFooter.center.text = "第&P页 共&N页"
    made.sheet_view.showGridLines = False
    made.print_area = f"A1:{get_column_letter(sheet.printed)}{sheet.last}"
    if sheet.heads:
        made.print_title_rows = f"{sheet.heads}:{sheet.heads}"
    if sheet.frozen:
        made.freeze_panes = f"{get_column_letter(sheet.frozen[1])}{sheet.frozen[0]}"
    if sheet.filtered:
        made.auto_filter.ref = sheet.filtered
    if sheet.locked:
        made.protection.sheet = True
        made.protection.formatColumns = made.protection.formatRows = made.protection.autoFilter = False


def beside(made: Any, sheet: Sheet) -> None:  # noqa: ANN401 - worksheets of two classes
    """Conditional colours, entries and the chart."""
    for colour in sheet.colours:
        made.conditional_formatting.add(colour.cells, _rule(colour))
    for entry in sheet.entries:
        made.data_validations.append(_validation(entry))
    if sheet.chart:
        made.add_chart(_chart(made), sheet.chart)


def _rule(colour: Colour) -> Any:  # noqa: ANN401 - openpyxl's rules
    fill = PatternFill(bgColor=LOOKS[colour.look])
    ink = _RED if colour.look in SEEN_IN_RED else None
    if colour.text:
        return CellIsRule(operator="equal", formula=[f'"{colour.text}"'], fill=fill, font=ink)  # type: ignore[no-untyped-call]
    return FormulaRule(formula=[colour.formula], fill=fill, font=ink)  # type: ignore[no-untyped-call]


def _validation(entry: Entry) -> DataValidation:
    kind: Any = None if entry.kind == "any" else entry.kind
    found = DataValidation(type=kind, allow_blank=True, showInputMessage=True, showErrorMessage=True)
    found.promptTitle, found.prompt = entry.title, entry.hint
    found.errorTitle, found.error = entry.title, "请按提示填写"
    if entry.kind == "list":
        found.formula1 = f'"{",".join(entry.choices)}"'
    elif entry.kind == "date":
        found.operator, found.formula1 = "greaterThanOrEqual", "36526"
    elif entry.kind == "decimal":
        found.operator = "between" if entry.most else "greaterThanOrEqual"
        found.formula1 = "0"
        found.formula2 = entry.most.lstrip("=") or None
    found.add(entry.cell)
    return found


def _chart(made: Any) -> Any:  # noqa: ANN401 - worksheets of two classes
    chart: Any = LineChart()
    for column in (4, 5):
        chart.add_data(Reference(made, min_col=column, min_row=6, max_row=18), titles_from_data=True)
    chart.set_categories(Reference(made, min_col=1, min_row=7, max_row=18))
    chart.title = "累计支付与计划"
    chart.y_axis.number_format = "0%"
    chart.display_blanks = "span"
    chart.width, chart.height = 18.9, 8.7
    return chart
