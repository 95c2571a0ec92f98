"""The values of a form, and what is missing, doubled, unknown or printed otherwise than it was sent out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from selfeval.domain.fund_layouts import SOURCE_ITEMS
from selfeval.domain.fund_sources import with_totals
from selfeval.domain.funds import MONTHS
from selfeval.domain.problems import MOST_TOLD, Problem, more_of_the_same, problem
from selfeval.domain.reported import ACTUAL_ITEMS, FUND_ITEMS, NARRATIVE_ITEMS, Cell, Reports
from selfeval.domain.targets import Indicator
from selfeval.forms.identity import (
    ACTUAL,
    FINGERPRINT,
    META,
    OPTIONAL_ITEMS,
    TARGET,
    CellPlace,
    fund_row,
    narrative_row,
    payment_row,
)
from selfeval.forms.reading.answer_units import unit_of_target
from selfeval.forms.reading.cells import as_answer, as_remark, dropped, with_unit
from selfeval.forms.reading.expected import PAYMENT_ROWS, Expected, expected_rows
from selfeval.forms.reading.form import Form, form_command
from selfeval.forms.reading.grid import address
from selfeval.forms.reading.printed import printed_otherwise

_NO_COLUMN = "（无法识别这一列）"
_ADDED_UP = "自动合计"
_ADDS_UP = re.compile(r"|=(?:of:=)?(?:IF\(COUNTIF\(.*|SUM\([\[\].$A-Z\d:;,]+\))", re.DOTALL)
"""What a sum without a value says: nothing, or how it adds up, as forms are written or as people do it."""
IN_DOUBT = frozenset({"E311", "E340", "E341"})
"""The codes that tell of values of which it is in doubt what they answer."""


def read_values(
    form: Form, indicators: Sequence[Indicator], *, as_written: bool = False
) -> tuple[Reports, list[Problem]]:
    """Every value that a form must hold, and what is missing, doubled, unknown, or was made for an older target.

    A bare number beside an older target gets the unit printed there when today's differs, unless ``as_written``.
    """
    here, command = form.place, form_command(form.year, form.project)
    problems = [
        problem("E309", here, what=name, command=command)
        for column, name in ACTUAL_ITEMS.items()
        if column not in form.ids.columns and column not in OPTIONAL_ITEMS
    ]
    found: dict[CellPlace, Cell] = {}
    expected = expected_rows(indicators)
    printed = printed_otherwise(form, expected)
    problems += printed.problems
    for row in expected:
        if row.row not in form.ids.rows and not row.optional and not (form.is_whole and row.row in PAYMENT_ROWS):
            place = here.at(indicator=row.indicator)
            problems.append(problem("E308", place, what=row.level3 or row.name, command=command))
        for column in row.columns:
            cell = _one_of(form, row, column, problems)
            if row.scored(column) and _is_lost(form, row, column):
                found[row.row, column] = replace(cell, text=_NO_COLUMN, data_type="dropped")
            elif row.scored(column):
                found[row.row, column] = dropped(cell) if printed.doubts(row, column) else as_answer(cell)
            else:
                found[row.row, column] = as_remark(cell)
        older = row.indicator and form.said(row.row, FINGERPRINT) not in {"", row.fingerprint}
        if older and row.row not in printed.rows:
            old = form.said(row.row, TARGET)
            if not as_written:
                found[row.row, ACTUAL] = _in_printed_unit(found[row.row, ACTUAL], old, row.target)
            facts = {"what": row.name, "old": old, "new": row.target, "command": command}
            place = here.at(indicator=row.indicator, cell=form.address(row.row, TARGET))
            problems.append(problem("W303", place, **facts))
    known = {row.row for row in expected} | set(META)
    unknown = [(row, name) for name, rows in form.ids.rows.items() if name not in known for row in rows]
    for at, name in unknown[:MOST_TOLD]:
        problems.append(problem("E310", here.at(cell=address(at, form.ids.left)), row=at + 1, found=name))
    problems += more_of_the_same(here, len(unknown), "E310")
    sources = [item for item in SOURCE_ITEMS if fund_row(item) in form.ids.rows]
    found |= _sums_without_value(form, sources, found)
    reports = Reports(
        {item: found[fund_row(item), ACTUAL] for item in (*FUND_ITEMS, *sources)},
        {month: found[payment_row(month), ACTUAL] for month in MONTHS},
        {(row.row, column): found[row.row, column] for row in expected if row.indicator for column in row.columns},
        {item: found[narrative_row(item), ACTUAL] for item in NARRATIVE_ITEMS},
    )
    return with_totals(reports), problems


def _sums_without_value(form: Form, sources: Sequence[str], found: Mapping[CellPlace, Cell]) -> dict[CellPlace, Cell]:
    """The amounts that add up from sources and are blank: they are asked for where the first of these is typed.

    In .xls a sum that says nothing is 0; who means 0 has typed it. A sum that is in doubt stays so, and so does a
    formula that somebody typed, of which it is not known what it gives.
    """
    first = {source.partition(".")[0]: source for source in reversed(sources)}
    said = {source.partition(".")[0] for source in sources if found[fund_row(source), ACTUAL].text}
    sums: dict[CellPlace, Cell] = {}
    for item, source in first.items():
        place = fund_row(item), ACTUAL
        text, dropped_one = found[place].text, found[place].data_type == "dropped"
        if dropped_one and text.startswith("="):
            sums[place] = replace(found[place], text=_ADDED_UP)
        elif not dropped_one and (_ADDS_UP.fullmatch(text) or (text == "0" and item not in said)):
            sums[place] = form.grid.blank(form.address(fund_row(source), ACTUAL))
    return sums


def _is_lost(form: Form, row: Expected, column: str) -> bool:
    """Whether a percentage that makes a level worth less may have stood in a column that is not known any more."""
    lost = column == "percentage" and column not in form.ids.columns
    return lost and form.at(row.row, "level").data_type != "blank"


def _one_of(form: Form, row: Expected, column: str, problems: list[Problem]) -> Cell:
    """The cell of a row in a column; one that is dropped where it was copied and then filled in differently."""
    copies = form.copies(row.row, column)
    if len(copies) == 1 or len({(copy.text, copy.data_type) for copy in copies}) <= 1:
        return copies[0] if copies else form.grid.blank()
    place = form.place.at(indicator=row.indicator, cell=copies[0].cell)
    problems.append(problem("E311", place, what=row.called(column), cells="、".join(copy.cell for copy in copies)))
    filled = next(copy for copy in copies if copy.data_type != "blank")
    return dropped(filled) if row.scored(column) else form.grid.blank(copies[0].cell)


def _in_printed_unit(cell: Cell, printed: str, today: str) -> Cell:
    """The value with the unit of the printed target where today's has another one: 20 beside ≤20万元 is 20万元.

    So it converts (200000元) or is asked about (E404); values that say their unit themselves stay as they are.
    """
    unit, now = unit_of_target(printed), unit_of_target(today)
    return cell if not unit or now is None or unit == now else with_unit(cell, unit)
