"""What is laid over the cells of a form: colours of the self-check, the chart of payments, print set-up."""

from __future__ import annotations

from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from selfeval.forms.identity import RESULT, narrative_row, payment_row
from selfeval.forms.making.content.cover import About
from selfeval.forms.making.layout import COLUMNS, INDEX, Line
from selfeval.forms.making.live.summary import READY, SUMMARY_ROW
from selfeval.forms.making.live.words import BLANK, FILLED, NO_REASON, WRONG
from selfeval.forms.making.sheet import FormSheet
from selfeval.forms.making.styles import BAD, BLUE, GOOD, GREY, MISSING, PALE

_PIXELS_A_CHARACTER = 7
_POINTS_A_PIXEL = 0.75


def colour(book: xlsxwriter.Workbook, sheet: Worksheet, form: FormSheet) -> None:
    """The colours of the self-check, in every row and in the line at the top."""
    good, missing, bad = (book.add_format(one) for one in (GOOD, MISSING, BAD))
    column = INDEX["status"]
    whole = (form.row(RESULT), column, form.row(narrative_row("date")), column)
    words = [(FILLED, good), (BLANK, missing), *((word, bad) for word in (*WRONG, NO_REASON))]
    for word, shade in words:
        sheet.conditional_format(*whole, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": shade})
    at, verdict = form.row(SUMMARY_ROW), INDEX["percentage"]
    cell = (at, verdict, at, verdict)
    for criteria, shade in (("begins with", good), ("not containing", missing)):
        sheet.conditional_format(*cell, {"type": "text", "criteria": criteria, "value": READY, "format": shade})


def draw_payments(book: xlsxwriter.Workbook, sheet: Worksheet, form: FormSheet) -> None:
    """The share of the budget paid so far and the plan, month by month, beside the payments."""
    first, last = form.row(payment_row(1)), form.row(payment_row(12))
    chart = book.add_chart({"type": "line"})
    names = [sheet.name, first, INDEX["level1"], last, INDEX["level1"]]
    series = (
        ("累计支付", "measure", BLUE, "circle", "solid"),
        ("资金支出计划", "target", "#C77700", "diamond", "dash"),
    )
    for name, column, ink, marker, dash in series:
        chart.add_series(
            {
                "name": name,
                "categories": names,
                "values": [sheet.name, first, INDEX[column], last, INDEX[column]],
                "line": {"color": ink, "width": 2, "dash_type": dash},
                "marker": {"type": marker, "size": 5, "fill": {"color": ink}, "border": {"color": ink}},
            }
        )
    font = {"size": 8, "color": GREY}
    chart.set_x_axis({"num_font": font})
    chart.set_y_axis(
        {
            "num_format": "0%",
            "min": 0,
            "num_font": font,
            "major_gridlines": {"visible": True, "line": {"color": PALE}},
        }
    )
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    chart.show_blanks_as("span")
    chart.show_hidden_data()
    shown = ("category", "reason", "remedy", "evidence")
    width = sum(one.width * _PIXELS_A_CHARACTER + 5 for one in COLUMNS if one.id in shown)
    height = (last - first + 1) * 21 / _POINTS_A_PIXEL
    chart.set_size({"width": int(width) - 12, "height": int(height) - 6})
    place = {"x_offset": 6, "y_offset": 3, "object_position": 1, "description": "累计支付与资金支出计划的对比"}
    sheet.insert_chart(first, INDEX["category"], chart, place)


def print_setup(sheet: Worksheet, about: About, lines: Sequence[Line], first_visible: int) -> None:
    """A4 landscape, one page wide, with project and page numbers at the foot."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.print_area(first_visible, INDEX["level1"], len(lines), INDEX["evidence"])
    told = f"{about.mark}　{about.case.code}".strip().replace("&", "&&")
    # a digit behind the size would be taken for a part of it
    sheet.set_footer(f"&L&8 {told}&R&8第 &P 页 共 &N 页")
    sheet.set_zoom(85)  # the whole width on a laptop of 1366 pixels
