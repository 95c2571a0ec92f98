"""How the cells of a form look: one place for fonts, colours and number formats."""

from __future__ import annotations

from selfeval.forms.identity import RATE_FORMAT

FONT = "微软雅黑"
INK, BLUE, GREY = "#1F2933", "#1F4E79", "#808080"
INPUT_FILL, UNUSED_FILL, HEAD_FILL, LABEL_FILL = "#FFF8D6", "#EDEDED", "#D9E5F2", "#F5F8FC"
LINE, AMBER, PALE = "#B7C4D1", "#C77700", "#E4E7EB"

Style = dict[str, object]

_BASE: Style = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter", "text_wrap": True}
_RULED: Style = {**_BASE, "border": 1, "border_color": LINE}
_INPUT: Style = {**_RULED, "bg_color": INPUT_FILL, "locked": False, "align": "center"}

PERCENT_FORMAT = "0.00%"
SCORE_FORMAT = "0.00"
AHEAD_FORMAT = "+0.00%;-0.00%;0.00%"
DATE_FORMAT = "yyyy-mm-dd"
MONEY_FORMAT = "#,##0.00####"

STYLES: dict[str, Style] = {
    "hidden": {"font_size": 8, "font_color": GREY},
    "title": {**_BASE, "font_size": 18, "bold": True, "font_color": BLUE, "align": "center"},
    "mark": {**_BASE, "font_size": 12, "bold": True, "font_color": "#B42318", "align": "center", "bg_color": "#FDE8E6"},
    "note": {**_BASE, "indent": 1, "font_size": 9, "font_color": "#52606D"},
    "section": {**_RULED, "font_size": 12, "bold": True, "font_color": "#FFFFFF", "bg_color": BLUE, "indent": 1},
    "heading": {**_RULED, "bold": True, "font_color": BLUE, "bg_color": HEAD_FILL, "align": "center"},
    "group": {**_RULED, "bold": True, "bg_color": LABEL_FILL, "align": "center"},
    "label": {**_RULED, "bg_color": LABEL_FILL, "align": "left", "indent": 1},
    "label_center": {**_RULED, "bg_color": LABEL_FILL, "align": "center"},
    "text": {**_RULED, "align": "left", "indent": 1},
    "target": {**_RULED, "bold": True, "align": "center"},
    "hint": {**_RULED, "font_size": 9, "font_color": "#52606D", "align": "center"},
    "hint_left": {**_RULED, "font_size": 9, "font_color": "#52606D", "align": "left", "indent": 1},
    "unused": {**_RULED, "bg_color": UNUSED_FILL},
    "status": {**_RULED, "font_size": 9, "align": "center"},
    "points": {**_RULED, "align": "center", "num_format": SCORE_FORMAT},
    "score": {**_RULED, "align": "center", "num_format": SCORE_FORMAT, "font_color": BLUE},
    "ahead": {**_RULED, "font_size": 9, "align": "center", "num_format": AHEAD_FORMAT},
    "summary_label": {**_RULED, "bold": True, "bg_color": LABEL_FILL, "align": "center"},
    "summary_score": {**_RULED, "bold": True, "font_size": 12, "align": "center", "num_format": SCORE_FORMAT},
    "summary": {**_RULED, "bold": True, "font_size": 11, "align": "left", "indent": 1},
    "computed_money": {**_RULED, "align": "center", "num_format": MONEY_FORMAT},
    "computed_percent": {**_RULED, "align": "center", "num_format": PERCENT_FORMAT},
    "input_number": {**_INPUT},
    "input_money": {**_INPUT, "num_format": MONEY_FORMAT},
    "input_percent": {**_INPUT, "num_format": RATE_FORMAT},
    "input_date": {**_INPUT, "num_format": DATE_FORMAT},
    "input_choice": {**_INPUT},
    "input_text": {**_INPUT, "align": "left", "indent": 1},
}
"""Properties in XlsxWriter's words, by style name. Every ``input_*`` is unlocked and light yellow."""


def plain_number(style: Style) -> Style:
    """The style for a number that must not be shown as a percentage or an amount."""
    return {key: value for key, value in style.items() if key != "num_format"}


GOOD, MISSING, BAD = (
    {"font_color": "#1E7B34", "bg_color": "#E3F4E6"},
    {"font_color": "#8A5A00", "bg_color": "#FFE9B8"},
    {"font_color": "#B42318", "bg_color": "#FDE8E6"},
)
"""Colours of the self-check: in order, not filled in, to be changed. The words say the same."""
