"""How the sheets look: one place for fonts, colours and number formats."""

from __future__ import annotations

from typing import Any

from selfeval.domain.scored import State

SONG, FANGSONG, TITLE_FONT = "宋体", "仿宋", "方正小标宋简体"
INK, BLUE, GREY, RED, INPUT_INK = "#1F1F1F", "#1F4E79", "#6B6B6B", "#C00000", "#0033A0"
HEAD_FILL, LABEL_FILL, INPUT_FILL, TOTAL_FILL = "#DCE6F1", "#F2F2F2", "#FFFBE6", "#EAF1F8"
STATE_FILL: dict[State, str] = {
    State.ATTENTION: "#FFE9A8",
    State.ASK: "#CFE2F3",
    State.NOT_APPLICABLE: "#E7E6E6",
    State.ERROR: "#F4B6B0",
}

MONEY_FORMAT = "#,##0.00####"
PERCENT_FORMAT = "0.00%"
SCORE_FORMAT = "0.00"
DATE_FORMAT = "yyyy-mm-dd"
LOST_FORMAT = '"−"0.00;;"—"'
"""Points lost: a minus before them, a dash for none."""

LONGEST_UNIT = 8
"""Characters of a unit that are shown behind a number."""

Style = dict[str, Any]  # the values of XlsxWriter's properties: texts, numbers and flags

_CHINESE = {"font_charset": 134, "font_family": 3}
"""As Excel writes them for these fonts: a machine without the font picks another Chinese one with serifs."""

_BASE: Style = {
    "font_name": SONG, "font_size": 10, "font_color": INK, "valign": "vcenter", "text_wrap": True, **_CHINESE,
}  # fmt: skip
_RULED: Style = {**_BASE, "border": 1, "border_color": "#404040"}
_CENTRED: Style = {**_RULED, "align": "center"}
_FIGURE: Style = {**_CENTRED, "text_wrap": False, "shrink": True}
"""Figures: a very long one is shown smaller, never as ####."""

_INPUT: Style = {**_CENTRED, "font_color": INPUT_INK, "bg_color": INPUT_FILL}

STYLES: dict[str, Style] = {
    "form_title": {
        **_BASE, "font_name": TITLE_FONT, "font_size": 22, "align": "center", "text_wrap": False,
    },
    "title": {**_BASE, "font_size": 16, "bold": True, "font_color": BLUE},
    "section": {**_BASE, "font_size": 12, "bold": True, "font_color": BLUE},
    "subtitle": {**_BASE, "font_size": 11, "align": "center"},
    "mark": {**_BASE, "font_size": 11, "bold": True, "font_color": RED},
    "plain": {**_BASE},
    "note": {**_BASE, "font_size": 9, "font_color": GREY},
    "sign": {**_BASE, "font_size": 10.5, "text_wrap": False},
    "label": {**_CENTRED, "bold": True},
    "head": {**_CENTRED, "bold": True, "bg_color": HEAD_FILL},
    "form_text": {**_RULED, "font_name": FANGSONG, "align": "left"},
    "form_top": {**_RULED, "font_name": FANGSONG, "align": "left", "valign": "top"},
    "form_small": {**_RULED, "font_name": FANGSONG, "align": "left", "font_size": 9},
    "form_centre": {**_CENTRED, "font_name": FANGSONG},
    "group": {**_CENTRED, "bold": True, "bg_color": LABEL_FILL},
    "text": {**_RULED, "align": "left"},
    "text_top": {**_RULED, "align": "left", "valign": "top"},
    "small": {**_RULED, "align": "left", "font_size": 9},
    "centre": {**_CENTRED},
    "money": {**_FIGURE, "num_format": MONEY_FORMAT},
    "percent": {**_FIGURE, "num_format": PERCENT_FORMAT},
    "score": {**_FIGURE, "num_format": SCORE_FORMAT},
    "lost": {**_FIGURE, "num_format": LOST_FORMAT},
    "count": {**_FIGURE, "num_format": "0"},
    "date": {**_FIGURE, "num_format": DATE_FORMAT},
    "number": {**_FIGURE},
    "total_label": {**_CENTRED, "bold": True, "bg_color": TOTAL_FILL},
    "total": {**_CENTRED, "bold": True, "bg_color": TOTAL_FILL, "num_format": SCORE_FORMAT},
    "total_score": {**_FIGURE, "bold": True, "bg_color": TOTAL_FILL, "num_format": SCORE_FORMAT},
    "total_lost": {**_FIGURE, "bold": True, "bg_color": TOTAL_FILL, "num_format": LOST_FORMAT},
    "total_money": {**_FIGURE, "bold": True, "bg_color": TOTAL_FILL, "num_format": MONEY_FORMAT},
    "total_percent": {**_FIGURE, "bold": True, "bg_color": TOTAL_FILL, "num_format": PERCENT_FORMAT},
    "total_count": {**_FIGURE, "bold": True, "bg_color": TOTAL_FILL, "num_format": "0"},
    "input_number": {**_INPUT, "text_wrap": False, "shrink": True},
    "input_money": {**_INPUT, "text_wrap": False, "shrink": True, "num_format": MONEY_FORMAT},
    "input_percent": {**_INPUT, "text_wrap": False, "shrink": True, "num_format": PERCENT_FORMAT},
    "input_date": {**_INPUT, "text_wrap": False, "shrink": True, "num_format": DATE_FORMAT},
    "input_text": {**_INPUT},
    "link": {**_CENTRED, "font_color": "#0563C1", "underline": 1},
}  # fmt: skip
"""Properties in XlsxWriter's words, by style name. ``input_*`` (blue on light yellow) may be typed over."""

LOST: Style = {"font_color": RED, "bold": True, "bg_color": "#FDECEA"}
"""What a conditional format adds to a score below its points."""


def unit_format(unit: str) -> str:
    """The number format that shows a unit behind a number: 7000次, 95%; the usual one without a unit."""
    plain = "".join(one for one in unit if one.isprintable() and one not in '"\\')[:LONGEST_UNIT].strip()
    return f'General"{plain}"' if plain else "General"


def state_look(state: State) -> Style:
    """What a conditional format adds to the word of a state."""
    return {"bg_color": STATE_FILL[state]}
