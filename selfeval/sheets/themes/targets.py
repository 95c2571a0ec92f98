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
        # rows to be filled in, as many as there may be: no lines, or blank pages would be printed
        free_text={"pattern": "text", "wrap": True, "line": ""},
        free_code={"pattern": "text", "wrap": True, "line": ""},
        free_money={"pattern": "money", "line": ""},
        free_number={"pattern": "general", "line": ""},
        free_integer={"pattern": "count", "across": "center", "line": ""},
        free_share={"pattern": "share", "line": ""},
        example={"pattern": "text", "wrap": True, "ink": "#7F7F7F", "fill": "#F2F2F2"},
        example_money={"pattern": "money", "ink": "#7F7F7F", "fill": "#F2F2F2"},
        example_share={"pattern": "share", "ink": "#7F7F7F", "fill": "#F2F2F2"},
        title={"bold": True, "size": 14, "line": ""},
        repeated={"pattern": "text", "ink": "#A6A6A6"},
    ),
    traits={},
    looks={},
    heights=LISTED,
)
