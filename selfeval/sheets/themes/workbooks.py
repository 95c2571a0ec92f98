"""How the reviewers' workbooks look. Every ``input_*`` (blue on light yellow) may be typed over."""

from __future__ import annotations

from dataclasses import replace

from selfeval.domain.scored import State
from selfeval.sheets.heights import PRINTED
from selfeval.sheets.styles import Style, Theme, family

SONG, FANGSONG, TITLE_FONT = "宋体", "仿宋", "方正小标宋简体"
BLUE, ORANGE, RED, GRID = "#1F4E79", "#C55A11", "#C00000", "#D9D9D9"
_GREY, _TOTAL, _INPUT_FILL = "#6B6B6B", "#EAF1F8", "#FFFBE6"
_GREEN, _YELLOW, _SALMON, _SILVER = "#D9EAD3", "#FFE9A8", "#F4B6B0", "#E7E6E6"

_BASE = Style(font=SONG, size=10, ink="#1F1F1F", down="vcenter", wrap=True, chinese=True)
_RULED = replace(_BASE, line="#404040")
_CENTRED = replace(_RULED, across="center")
_LEFT = replace(_RULED, across="left")
_FIGURE = replace(_CENTRED, wrap=False, shrink=True)
"""Figures: a very long one is shown smaller, never as ####."""

_INPUT = replace(_CENTRED, ink="#0033A0", fill=_INPUT_FILL, locked=False)
_TYPED = replace(_INPUT, wrap=False, shrink=True)
_SUM = replace(_FIGURE, bold=True, fill=_TOTAL)
_SUM_TEXT = replace(_CENTRED, bold=True, fill=_TOTAL)
_LARGE = replace(_FIGURE, bold=True, size=14, ink=BLUE)

WORKBOOKS = Theme(
    styles={
        **family(
            _BASE,
            form_title={"font": TITLE_FONT, "size": 22, "across": "center", "wrap": False},
            title={"size": 16, "bold": True, "ink": BLUE},
            section={"size": 12, "bold": True, "ink": BLUE},
            subtitle={"size": 11, "across": "center"},
            mark={"size": 11, "bold": True, "ink": RED},
            plain={},
            note={"size": 9, "ink": _GREY},
            sign={"size": 10.5, "wrap": False},
        ),
        **family(
            _LEFT,
            text={},
            text_top={"down": "top"},
            small={"size": 9},
            form_text={"font": FANGSONG},
            form_top={"font": FANGSONG, "down": "top"},
            form_small={"font": FANGSONG, "size": 9},
        ),
        **family(
            _CENTRED,
            centre={},
            label={"bold": True},
            head={"bold": True, "fill": "#DCE6F1"},
            group={"bold": True, "fill": "#F2F2F2"},
            form_centre={"font": FANGSONG},
            link={"ink": "#0563C1", "underline": True},
        ),
        "number": _FIGURE,
        **{
            name: replace(_FIGURE, pattern=name)
            for name in ("money", "amount", "percent", "score", "lost", "count", "date")
        },
        "sum": replace(_FIGURE, pattern="sum"),
        **{f"large_{name}": replace(_LARGE, pattern=name) for name in ("money", "percent", "score", "count")},
        **family(_SUM_TEXT, total_label={}, total={"pattern": "score"}),
        **{f"total_{name}": replace(_SUM, pattern=name) for name in ("score", "lost", "money", "percent", "count")},
        "input_text": _INPUT,
        "input_number": _TYPED,
        **{f"input_{name}": replace(_TYPED, pattern=name) for name in ("money", "percent", "date")},
    },
    traits={
        "checkpoint": {"bold": True, "fill": _TOTAL},
        "9pt": {"size": 9},
        "left": {"across": "left"},
        "line": {"wrap": False},
        "fitting": {"wrap": False, "shrink": True},
        "top": {"down": "top"},
        "red": {"ink": RED},
        "yellow": {"fill": _INPUT_FILL},
        "open": {"locked": False},
    },
    looks={
        "lost": Style(ink=RED, bold=True, fill="#FDECEA"),
        State.ATTENTION.value: Style(fill=_YELLOW),
        State.ASK.value: Style(fill="#CFE2F3"),
        State.NOT_APPLICABLE.value: Style(fill=_SILVER),
        State.ERROR.value: Style(fill=_SALMON),
        "green": Style(fill=_GREEN),
        "yellow": Style(fill=_YELLOW),
        "salmon": Style(fill=_SALMON),
        "silver": Style(fill=_SILVER),
    },
    heights=PRINTED,
    # widths count digits of this font: 7 pixels on every system, unlike those of Calibri, which is missing on many
    base=Style(font="Arial", size=10),
    author="selfeval",
)
"""``looks``: states by their ids, severities and verdicts by a colour, ``lost`` for a score below its points."""
