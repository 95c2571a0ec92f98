"""Conventions of the reviewers' workbooks: a dash, places of live numbers, names of units, declared headings."""

from __future__ import annotations

from selfeval.domain.tables import Table
from selfeval.sheets.model import Column
from selfeval.sheets.text import clean

DASH = "—"
"""Stands where there is nothing to compare."""

SHARE_PLACES = 12
"""Places of a rate or share in a sheet: as many as all calculators agree on."""

MONEY_PLACES = 9
"""Places of 万元: far below 0.01元, and above the noise of floats."""


def unit_label(code: str, name: str) -> str:
    """A unit as the tables name it: 324001 承德市司法局本级."""
    return clean(f"{code} {name}".strip())


def published(
    table: Table, name: str, width: float, *, broken: int = 0, unit: str = "", frozen: bool = False
) -> Column:
    """A column headed as in the published table; its heading ``broken`` after so many letters, the unit below it."""
    heading = table[name].header
    lines = (heading[:broken], heading[broken:], f"（{unit}）" if unit else "")
    return Column(name, "\n".join(line for line in lines if line), width, frozen=frozen)
