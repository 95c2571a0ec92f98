"""How inputs/<year>/targets.xlsx looks: a plain table to be read and mended by hand."""

from __future__ import annotations

from selfeval.sheets.heights import LISTED
from selfeval.sheets.styles import Style, Theme, family

_BASE = Style(font="宋体", size=11, down="vcenter", line="#BFBFBF")

TARGETS = Theme(
    styles=family(
        _BASE,
        header={"bold": True, "across": "center", "fill": "#DDEBF7", "wrap": True},
        text={"pattern": "text", "wrap": True},
        code={"pattern": "text", "wrap": True},
        money={"pattern": "money"},
        number={"pattern": "general"},
        integer={"pattern": "count", "across": "center"},
        share={"pattern": "share"},
        repeated={"pattern": "text", "ink": "#A6A6A6"},
    ),
    traits={},
    looks={},
    heights=LISTED,
)
