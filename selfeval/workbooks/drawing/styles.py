"""The looks of the theme for the sheets that are still drawn by the pen."""

from __future__ import annotations

from typing import Any

from selfeval.domain.scored import State
from selfeval.sheets.styles import MONEY, in_unit, number_format
from selfeval.sheets.themes.workbooks import RED, WORKBOOKS
from selfeval.sheets.writer import properties

__all__ = [
    "INPUT_FILL",
    "LOST",
    "MONEY_FORMAT",
    "RED",
    "STATE_FILL",
    "STYLES",
    "TOTAL_FILL",
    "state_look",
    "unit_format",
]

Style = dict[str, Any]  # the values of XlsxWriter's properties: texts, numbers and flags

STYLES: dict[str, Style] = {name: properties(style) for name, style in WORKBOOKS.styles.items()}
LOST = properties(WORKBOOKS.looks["lost"])
MONEY_FORMAT = MONEY
INPUT_FILL, TOTAL_FILL = WORKBOOKS.styles["input_text"].fill, WORKBOOKS.styles["total"].fill
STATE_FILL: dict[State, str] = {
    state: WORKBOOKS.looks[state.value].fill for state in State if state is not State.SCORED
}


def unit_format(unit: str) -> str:
    """The number format that shows a unit behind a number: 7000次, 95%; the usual one without a unit."""
    return number_format(in_unit(unit))


def state_look(state: State) -> Style:
    """What a conditional format adds to the word of a state."""
    return {"bg_color": STATE_FILL[state]}
