"""The lower half of a project's table: its indicators."""

from __future__ import annotations

from dataclasses import dataclass

from selfeval.domain.problems import Place, Problem, problem
from selfeval.sources.imported import Reading
from selfeval.sources.text import labels, table_rows
from selfeval.sources.text.layout import squeeze, tidy
from selfeval.sources.text.sections import LEVEL1, Section
from selfeval.sources.text.table_rows import Row, Shape

_COLUMNS: dict[str, tuple[str, ...]] = {
    "level1": LEVEL1,
    "level2": ("二级指标",),
    "level3": ("三级指标",),
    "description": ("绩效指标描述", "指标描述", "绩效指标内容", "指标内容"),
    "target": ("指标值", "绩效指标值", "年度指标值", "目标值"),
    "basis": ("指标值确定依据", "确定依据", "指标值依据"),
}
_PRINTED = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "description": "绩效指标描述",
    "target": "指标值",
    "basis": "指标值确定依据",
}
_NEEDED = ("level1", "level2", "level3", "target")
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
    start = labels.find(section.text, "level1", LEVEL1)
    if start is None:
        facts = {"what": "、".join(_PRINTED.values()), "name": section.heading or place.project}
        return IndicatorTable((), (), (problem("E106", place.at(cell=f"第{section.line}行"), **facts),))
    columns, end = _header(section.text, start)
    first_line = section.line_at(end) + 1
    missing = [_PRINTED[name] for name in _NEEDED if name not in columns]
    if missing:
        facts = {"what": "、".join(missing), "name": section.heading or place.project}
        return IndicatorTable((), (), (problem("E106", place.at(cell=f"第{first_line - 1}行"), **facts),))
    body = section.text[end + 1 :]
    shape = Shape(columns["level2"], columns["level3"], columns["target"], max(columns.values()))
    header = squeeze(section.text[start.start : end])
    found = table_rows.read(body.split("\n"), first_line, shape, header)
    result = _records(found.rows, columns, place)
    loose = [
        problem("W105", place.at(cell=f"第{line}行"), found=tidy(text.replace("\t", ""))) for line, text in found.unread
    ]
    if not result.records:
        facts = {"name": section.heading or place.project}
        loose.append(problem("E111", place.at(cell=f"第{first_line - 1}行"), **facts))
    return IndicatorTable(result.records, result.readings, (*result.problems, *loose))


def _header(text: str, start: labels.Found) -> tuple[dict[str, int], int]:
    """Each label's column, and where the header row ends (the offset of its line break)."""
    left = labels.column(text, start)
    columns = {"level1": left}
    last = start.end
    position = start.end
    for name, spellings in _COLUMNS.items():
        found = labels.find(text, name, spellings, position) if name != "level1" else None
        # A header label stands within the header row: nothing but tabs and line breaks before it.
        if found is None or text[position : found.start].strip():
            continue
        columns[name] = left + text.count("\t", start.start, found.start)
        position = last = found.end
    line_end = text.find("\n", last)
    end = len(text) if line_end < 0 else line_end
    return columns, end


def _records(rows: tuple[Row, ...], columns: dict[str, int], place: Place) -> IndicatorTable:
    records: list[dict[str, object]] = []
    readings: list[Reading] = []
    problems: list[Problem] = []
    level1 = level2 = ""
    for number, row in enumerate(rows, start=1):
        indicator = f"{place.project}-{number:02d}"
        here = place.at(indicator=indicator, cell=f"第{row.line}行")
        values, said, unplaced = _values(row, columns)
        if values["level1"]:
            level2 = ""
        level1, level2 = values["level1"] or level1, values["level2"] or level2
        values |= {"level1": level1, "level2": level2}
        records.append({"indicator": indicator, "project": place.project, **values})
        readings += [
            Reading(place.project, indicator, " | ".join(filter(None, values.values())), said, row.line)
        ] * bool(said)
        problems += _faults(values, columns, here)
        problems += [problem("W105", here, found=text) for text in unplaced]
    if len(rows) > _MOST:
        problems.append(problem("E113", place.at(cell=f"第{rows[_MOST].line}行"), count=len(rows)))
    return IndicatorTable(tuple(records), tuple(readings), tuple(problems))


def _values(row: Row, columns: dict[str, int]) -> tuple[dict[str, str], str, list[str]]:
    """The fields of a row, how they were inferred (blank: plainly), and text that stands in no labelled column."""
    cells = [tidy(cell) for cell in row.cells]
    cells += [""] * (max(columns.values()) + 1 - len(cells))
    values = {name: cells[columns[name]] if name in columns else "" for name in _COLUMNS}
    said = "单元格分成了几行，按所在的列拼接" if row.by_columns else ""
    stray = [cell for index, cell in enumerate(cells) if cell and index not in columns.values()]
    if not stray:
        return values, said, []
    # Columns slipped against the header: as many texts as columns can only be read one way.
    names = [name for name in _FROM_LEVEL3 if name in columns]
    texts = [cell for cell in cells[columns["level2"] + 1 :] if cell]
    if len(texts) == len(names):
        return values | dict(zip(names, texts, strict=True)), "内容和表头没有对齐，个数相同，按先后顺序读", []
    return values, said, stray


def _faults(values: dict[str, str], columns: dict[str, int], here: Place) -> list[Problem]:
    faults = [
        problem("E107", here, what=_PRINTED[name], level3=values["level3"] or "（无名称）")
        for name in _NEEDED
        if not values[name]
    ]
    if "basis" in columns and not values["basis"]:
        faults.append(problem("W108", here, level3=values["level3"]))
    return faults
