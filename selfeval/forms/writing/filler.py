"""The last block of a form: who filled it in, and when."""

from __future__ import annotations

from selfeval.domain.expression.tree import Expression, Name, any_of, cases
from selfeval.domain.needs.need import Entry
from selfeval.domain.needs.selfcheck import DOUBTFUL, FILLED, NOT_DATE, no_number
from selfeval.domain.reading.period import excel_day
from selfeval.domain.reported import NARRATIVE_ITEMS
from selfeval.forms.identity import ACTUAL, FILLED_BY, narrative_row
from selfeval.forms.writing.columns import FIRST, entered, section, status
from selfeval.forms.writing.funds import text_status
from selfeval.sheets.entries import EARLIEST, LATEST
from selfeval.sheets.model import Cell, Row, cell

_HINTS = {"filler": "姓名", "phone": "座机或手机", "head": "项目负责人姓名", "date": "如 2025-01-15"}


def filled_by_rows() -> tuple[Row, ...]:
    """Name, phone, head of the project, date."""
    return (section("五、填报信息"), *(_row(item) for item in FILLED_BY))


def _row(item: str) -> Row:
    given = cell(narrative_row(item), ACTUAL)
    said, entry, comment = text_status(given), Entry("text"), ""
    if item == "date":
        said, entry, comment = _date_said(given), Entry("date"), "以填报日期最近的一份为准，每次修改后请更新。"
    cells = (
        Cell(FIRST, NARRATIVE_ITEMS[item], "label_center", "target"),
        Cell("points", _HINTS[item], "hint", "hint"),
        status(said),
        entered(ACTUAL, entry, comment, "level"),
    )
    return Row(cells, narrative_row(item), 22.0)


def _date_said(given: Name) -> Expression:
    odd = any_of(given < excel_day(EARLIEST), given > excel_day(LATEST))
    return cases(*no_number(given, NOT_DATE), (odd, DOUBTFUL), otherwise=FILLED)
