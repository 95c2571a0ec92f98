"""How the forms of departments look, and what is sent back to them. Every ``input_*`` is unlocked and light yellow."""

from __future__ import annotations

from dataclasses import replace

from selfeval.sheets.heights import ON_SCREEN
from selfeval.sheets.styles import Style, Theme, family

BLUE, GREY, PALE, ORANGE = "#1F4E79", "#808080", "#E4E7EB", "#C77700"
_SOFT, _RED, _LABEL, _YELLOW = "#52606D", "#B42318", "#F5F8FC", "#FFF8D6"

_BASE = Style(font="微软雅黑", size=10, ink="#1F2933", down="vcenter", wrap=True)
_RULED = replace(_BASE, line="#B7C4D1")
_CENTRED = replace(_RULED, across="center")
_LEFT = replace(_RULED, across="left", indent=1)
_INPUT = replace(_CENTRED, fill=_YELLOW, locked=False)

FORMS = Theme(
    styles={
        "hidden": Style(size=8, ink=GREY),
        **family(
            _BASE,
            title={"size": 18, "bold": True, "ink": BLUE, "across": "center"},
            mark={"size": 12, "bold": True, "ink": _RED, "across": "center", "fill": "#FDE8E6"},
            note={"indent": 1, "size": 9, "ink": _SOFT},
        ),
        **family(
            _RULED,
            section={"size": 12, "bold": True, "ink": "#FFFFFF", "fill": BLUE, "indent": 1},
            unused={"fill": "#EDEDED"},
        ),
        **family(
            _CENTRED,
            heading={"bold": True, "ink": BLUE, "fill": "#D9E5F2"},
            group={"bold": True, "fill": _LABEL},
            group_again={"ink": "#A9B4C0", "fill": _LABEL},
            label_center={"fill": _LABEL},
            target={"bold": True},
            hint={"size": 9, "ink": _SOFT},
            status={"size": 9},
            points={"pattern": "score"},
            score={"pattern": "score", "ink": BLUE},
            ahead={"size": 9, "pattern": "ahead"},
            summary_label={"bold": True, "fill": _LABEL},
            jump={"bold": True, "ink": "#0563C1", "underline": True},
            sample_input={"fill": _YELLOW},
            summary_score={"bold": True, "size": 12, "pattern": "score"},
            computed_money={"pattern": "money"},
            computed_percent={"pattern": "percent"},
        ),
        **family(
            _LEFT,
            label={"fill": _LABEL},
            text={},
            hint_left={"size": 9, "ink": _SOFT},
            summary={"bold": True},
        ),
        **family(
            _INPUT,
            input_number={},
            input_choice={},
            input_money={"pattern": "money"},
            input_percent={"pattern": "rate"},
            # a day that is too wide is shown smaller, never as ####
            input_date={"pattern": "date", "wrap": False, "shrink": True},
            input_text={"across": "left", "down": "top", "indent": 1},
        ),
    },
    traits={"9pt": {"size": 9}},
    looks={
        "good": Style(ink="#1E7B34", fill="#E3F4E6"),
        "missing": Style(ink="#8A5A00", fill="#FFE9B8"),
        "bad": Style(ink=_RED, fill="#FDE8E6"),
        "waiting": Style(fill="#EDEDED"),
    },
    heights=ON_SCREEN,
    # as in the workbooks: where Calibri is missing, columns would be a third wider, and print a third smaller
    base=Style(font="Arial", size=10),
)
"""``looks`` are the colours of the self-check: in order, not filled in, to be changed; the words say the same. And of
cells that need not be filled in as long as nothing else asks for them (``waiting``)."""
