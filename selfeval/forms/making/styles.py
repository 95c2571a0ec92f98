"""The looks of the theme for the sheets that are still written by ``making.sheet``."""

from __future__ import annotations

from selfeval.sheets.styles import number_format
from selfeval.sheets.themes.forms import BLUE, FORMS, GREY, PALE
from selfeval.sheets.writer import properties

__all__ = ["BAD", "BLUE", "DATE_FORMAT", "GOOD", "GREY", "MISSING", "PALE", "PERCENT_FORMAT", "STYLES", "plain_number"]

Style = dict[str, object]

PERCENT_FORMAT, DATE_FORMAT = number_format("percent"), number_format("date")
STYLES: dict[str, Style] = {name: properties(style) for name, style in FORMS.styles.items()}
GOOD, MISSING, BAD = (properties(FORMS.looks[name]) for name in ("good", "missing", "bad"))


def plain_number(style: Style) -> Style:
    """The style for a number that must not be shown as a percentage or an amount."""
    return {key: value for key, value in style.items() if key != "num_format"}
