"""The lower half of a project's table: its indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selfeval.sources.blocks import Cell, Row
from selfeval.sources.form.labels import COLUMNS, LEVEL1, NEEDED, indicator_header, is_label
from selfeval.sources.form.outline import Section
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, tidy

_PRINTED = {name: spellings[0] for name, spellings in COLUMNS.items()}
_FROM_LEVEL3 = ("level3", "description", "target", "basis")
_MOST = 99  # 指标编号 ends in two digits


def read(section: Section, account: Account) -> list[dict[str, str]]:
    """The indicators of a project's table, in order, as records of ``targets.INDICATORS`` (without ``cell``)."""
    at = indicator_header(section.rows)
    name = section.heading or account.place.project
    if at == len(section.rows):
        account.report("E106", section.spot, what="、".join(_PRINTED.values()), name=name)
        return []
    header = section.rows[at]
    columns, last = _columns(header)
    missing = "、".join(_PRINTED[one] for one in NEEDED if one not in columns.values())
    if missing:
        account.report("E106", last.spot, what=missing, name=name)
        return []
    records = _records(_body(section.rows[at + 1 :], header, columns), columns, account)
    for paragraph in section.below:
        if paragraph.text.strip():
            account.report("W105", paragraph.spot, found=tidy(paragraph.text))
    if not records:
        account.report("E111", last.spot, name=name)
    return records


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


def _records(rows: Sequence[Row], columns: dict[int, str], account: Account) -> list[dict[str, str]]:
    records: list[dict[str, str]] = []
    project = account.place.project
    above = {"level1": "", "level2": ""}
    for number, row in enumerate(rows, start=1):
        indicator, spot = f"{project}-{number:02d}", row.cells[0].spot
        values, said, unplaced = _values(row, columns)
        values["level2"] = values["level2"] or ("" if values["level1"] else above["level2"])
        values["level1"] = values["level1"] or above["level1"]
        above = values
        records.append({"indicator": indicator, "project": project, **values})
        if said:
            account.infer(indicator, " | ".join(filter(None, values.values())), said, spot)
        here = account.about(indicator=indicator)
        for name in NEEDED:
            if not values[name]:
                here.report("E107", spot, what=_PRINTED[name], level3=values["level3"] or "（无名称）")
        if "basis" in columns.values() and not values["basis"]:
            here.report("W108", spot, level3=values["level3"])
        for text in unplaced:
            here.report("W105", spot, found=text)
    if len(rows) > _MOST:
        account.report("E113", rows[_MOST].cells[0].spot, count=len(rows))
    return records


def _values(row: Row, columns: dict[int, str]) -> tuple[dict[str, str], str, list[str]]:
    """The fields of a row, how they were inferred (blank: plainly), and text that stands in no labelled column."""
    values = dict.fromkeys(COLUMNS, "")
    cells = [(cell.column, text) for cell in row.cells if (text := tidy(cell.text))]
    for column, text in cells:
        if column in columns:
            values[columns[column]] += text
    stray = [text for column, text in cells if column not in columns]
    if not stray:
        return values, row.how, []
    # Columns slipped against the header: as many texts as columns can only be read one way.
    level2 = max(column for column, name in columns.items() if name == "level2")
    texts = [text for column, text in cells if column > level2]
    names = [name for name in _FROM_LEVEL3 if name in columns.values()]
    if len(texts) == len(names):
        return values | dict(zip(names, texts, strict=True)), "内容和表头没有对齐，个数相同，按先后顺序读", []
    return values, row.how, stray
