"""Number formats under a condition: a cell that one would show otherwise is told, any other is read."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from selfeval.domain.problems import Place
from selfeval.sources.tables import workbook

_PLACE = Place(file="表.xlsx")


def _codes(value: str | float, own: str, under: str, area: str = "B2") -> list[str]:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("目标")
        sheet.write("A1", "指标")
        sheet.write("B2", value, book.add_format({"num_format": own}))
        look = book.add_format({"num_format": under} if under else {"bold": True})
        sheet.conditional_format(area, {"type": "cell", "criteria": ">", "value": 0, "format": look})
    document = workbook.read(written.getvalue(), _PLACE)
    assert document.blocks
    return [one.code for one in document.problems]


@pytest.mark.parametrize("area", ["B2", "A1:C9", "B1:B1048576"])
def test_a_condition_that_changes_what_is_shown_is_told(area: str) -> None:
    assert _codes(50, "General", '"≥"0"场"', area) == ["E140"]
    assert _codes(0.95, "0%", "0.0", area) == ["E140"]


@pytest.mark.parametrize(
    ("value", "own", "under", "area"),
    [
        (50, '0"场"', '0"场"', "B2"),
        ("≥50场", "General", '"≥"0"场"', "B2"),
        (50, "General", '"≥"0"场"', "C3:C9"),
        (50, "General", "", "B2"),
    ],
)
def test_a_condition_that_changes_nothing_is_none(value: str | float, own: str, under: str, area: str) -> None:
    assert _codes(value, own, under, area) == []
