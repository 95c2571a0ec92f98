"""The lower half of a project's table: its indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from selfeval.domain.problems import Place, Problem, problem
from selfeval.sources.blocks import Cell, Row
from selfeval.sources.form.cells import indicator_header
from selfeval.sources.form.labels import COLUMNS, LEVEL1, NEEDED, is_label
from selfeval.sources.form.outline import Section
from selfeval.sources.imported import Reading
from selfeval.sources.layout import squeeze, tidy

_PRINTED = {name: spellings[0] for name, spellings in COLUMNS.items()}
_FROM_LEVEL3 = ("level3", "description", "target", "basis")
_MOST = 99
"""指标编号 ends in two digits."""


@dataclass(frozen=True)
class IndicatorTable:
    """Indicators in document order, each a record of the columns of ``targets.INDICATORS`` (without ``cell``)."""

    records: tuple[dict[str, object], ...]
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]


def read(section: Section, place: Place) -> IndicatorTable:
    """Read the indicator rows of one project's table. ``place`` names the file and the project."""
    at = indicator_header(section.rows)
    name = section.heading or place.project
    if at == len(section.rows):
        facts = {"what": "、".join(_PRINTED.values()), "name": name}
        return IndicatorTable((), (), (problem("E106", section.spot.of(place), **facts),))
    header = section.rows[at]
    columns, last = _columns(header)
    here = last.spot.of(place)
    missing = "、".join(_PRINTED[one] for one in NEEDED if one not in columns.values())
    if missing:
        return IndicatorTable((), (), (problem("E106", here, what=missing, name=name),))
    result = _records(_body(section.rows[at + 1 :], header, columns), columns, place)
    problems = list(result.problems)
    below = [(tidy(paragraph.text), paragraph.spot.of(place)) for paragraph in section.below]
    problems += [problem("W105", there, found=text) for text, there in below if text]
    if not result.records:
        problems.append(problem("E111", here, name=name))
    return IndicatorTable(result.records, result.readings, tuple(problems))


def _columns(header: Row) -> tuple[dict[int, str], Cell]:
    """The columns of the grid that each label covers, and the last label of the header."""
    columns: dict[int, str] = {}
    names = list(COLUMNS)
    last = header.cells[0]
    for cell in header.cells:
        if (not columns and not is_label(cell.text, LEVEL1)) or not cell.text.strip():
            continue
        name = next((one for one in names if is_label(cell.text, COLUMNS[one])), None)
        if name is None:
            break
        names = names[names.index(name) + 1 :]
        columns |= dict.fromkeys(range(cell.column, cell.column + cell.columns), name)
        last = cell
    return columns, last


def _body(rows: Sequence[Row], header: Row, columns: dict[int, str]) -> list[Row]:
    """The rows that hold something and do not repeat the header. What covers several rows stands in each."""
    title = _squeezed(header)
    covering: list[Cell] = []
    body = []
    for row in rows:
        if not _squeezed(row) or _squeezed(row) == title:
            continue
        cells = [*row.cells, *(replace(cell, spot=row.cells[0].spot) for cell in covering)]
        # Levels are carried down anyway, also where a cell below is only blank.
        covering = [
            replace(cell, rows=cell.rows - 1)
            for cell in cells
            if cell.rows > 1 and columns.get(cell.column) not in ("level1", "level2")
        ]
        body.append(replace(row, cells=tuple(sorted(cells, key=lambda cell: cell.column))))
    return body


def _squeezed(row: Row) -> str:
    return squeeze("".join(cell.text for cell in row.cells))


def _records(rows: Sequence[Row], columns: dict[int, str], place: Place) -> IndicatorTable:
    records: list[dict[str, object]] = []
    readings: list[Reading] = []
    problems: list[Problem] = []
    level1 = level2 = ""
    for number, row in enumerate(rows, start=1):
        indicator = f"{place.project}-{number:02d}"
        spot = row.cells[0].spot
        here = spot.of(place.at(indicator=indicator))
        values, said, unplaced = _values(row, columns)
        if values["level1"]:
            level2 = ""
        level1, level2 = values["level1"] or level1, values["level2"] or level2
        values |= {"level1": level1, "level2": level2}
        records.append({"indicator": indicator, "project": place.project, **values})
        if said:
            readings.append(Reading(place.project, indicator, " | ".join(filter(None, values.values())), said, spot))
        problems += _faults(values, columns, here)
        problems += [problem("W105", here, found=text) for text in unplaced]
    if len(rows) > _MOST:
        problems.append(problem("E113", rows[_MOST].cells[0].spot.of(place), count=len(rows)))
    return IndicatorTable(tuple(records), tuple(readings), tuple(problems))


def _values(row: Row, columns: dict[int, str]) -> tuple[dict[str, str], str, list[str]]:
    """The fields of a row, how they were inferred (blank: plainly), and text that stands in no labelled column."""
    values = dict.fromkeys(COLUMNS, "")
    stray, texts = [], []
    level2 = max(column for column, name in columns.items() if name == "level2")
    for cell in row.cells:
        text = tidy(cell.text)
        if cell.column in columns:
            values[columns[cell.column]] += text
        elif text:
            stray.append(text)
        if text and cell.column > level2:
            texts.append(text)
    if not stray:
        return values, row.how, []
    # Columns slipped against the header: as many texts as columns can only be read one way.
    names = [name for name in _FROM_LEVEL3 if name in columns.values()]
    if len(texts) == len(names):
        return values | dict(zip(names, texts, strict=True)), "内容和表头没有对齐，个数相同，按先后顺序读", []
    return values, row.how, stray


def _faults(values: dict[str, str], columns: dict[int, str], here: Place) -> list[Problem]:
    faults = [
        problem("E107", here, what=_PRINTED[name], level3=values["level3"] or "（无名称）")
        for name in NEEDED
        if not values[name]
    ]
    if "basis" in columns.values() and not values["basis"]:
        faults.append(problem("W108", here, level3=values["level3"]))
    return faults
