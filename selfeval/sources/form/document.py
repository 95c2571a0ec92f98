"""The blocks of a 部门预算绩效文本 to Targets: by the labels of the form, never by positions in a certain file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from selfeval.domain.problems import Place
from selfeval.domain.targets import CHECKPOINTS, DEPARTMENT, INDICATORS, MOST_INDICATORS, PLAN, PROJECTS, Targets
from selfeval.packages.columns import letters
from selfeval.sources.blocks import Document, GridCell, GridRow
from selfeval.sources.form import department_goals, project_table
from selfeval.sources.form.department_goals import Candidate
from selfeval.sources.form.labels import COLUMNS, LEVEL1, NEEDED, indicator_header, is_label
from selfeval.sources.form.outline import Outline, TableSection, outline, plain
from selfeval.sources.form.project_table import ProjectTable
from selfeval.sources.imported import Account, Imported
from selfeval.sources.layout import squeeze, tidy

_TARGET = letters([column.name for column in INDICATORS.published].index("target"))  # the column of targets.xlsx


def read_document(document: Document, year: int, source: str = "") -> Imported:
    """Read a target document from the blocks that a reader made of it; ``source`` is the file's name, for messages.

    A table without a 项目编码, or with one that came before, is left out, and its problem says so.
    """
    parts = outline(document.blocks)
    place = Place(file=source)
    left_out, whole, inside = Account(place), Account(place), Account(place)
    tables: dict[str, ProjectTable] = {}
    indicators: list[dict[str, str]] = []
    candidates: list[Candidate] = []
    for order, section in enumerate(parts.sections, start=1):
        account = Account(place)
        table = project_table.read(section, account)
        if not _is_new(table, section, tables, left_out.about(project=table.code)):
            continue
        table.fields["seq"] = section.seq or order
        tables[table.code] = table
        records = _indicators(section, account.about(project=table.code))
        indicators += records
        who = table.code, table.name
        candidates += [Candidate(row["indicator"], *who, row["level3"], row["target"]) for row in records]
        inside.readings += account.readings
        inside.problems += account.problems
    _check(parts, whole, found=bool(tables))
    department = department_goals.read(parts.partial, candidates, whole)
    plans = ({f"month_{month}": table.plan.get(month) for month in CHECKPOINTS} for table in tables.values())
    targets = Targets(
        year,
        PROJECTS.frame(table.fields for table in tables.values()),
        INDICATORS.frame({**record, "cell": f"指标!{_TARGET}{row}"} for row, record in enumerate(indicators, start=2)),
        PLAN.frame({"project": code, **plan} for code, plan in zip(tables, plans, strict=True)),
        DEPARTMENT.frame(department),
        source,
    )
    readings = (*whole.readings, *inside.readings)
    problems = (*document.problems, *left_out.problems, *inside.problems, *whole.problems)
    return Imported(targets, readings, problems, parts.title, tidy(parts.overall), source)


def _is_new(table: ProjectTable, section: TableSection, tables: dict[str, ProjectTable], account: Account) -> bool:
    """Whether a table has a code of its own; if not, that is reported."""
    before = tables.get(table.code)
    if not table.code:
        account.report("E108", table.spot, name=table.name or section.heading or "（无名称）")
    elif before:
        account.report("E110", table.spot, key=table.code, name=table.name, first=before.name, where=before.spot)
    return bool(table.code) and before is None


def _check(parts: Outline, account: Account, *, found: bool) -> None:
    """Report what is wrong with the document as a whole; ``found``: whether any table was read."""
    if not found:
        account.report("E105")
    for heading, spot in parts.bare:
        account.report("W111", spot, name=heading)
    count = len(parts.sections)
    if parts.listed and parts.listed != count:
        account.report("W101", listed=parts.listed, found=count, differing=_differing(parts))


def _differing(parts: Outline) -> str:
    """Which names the contents and the tables do not share, as far as the contents' lines can be read."""
    listed = Counter(plain(name) for name in parts.listed_names)
    there = Counter(plain(section.heading or f"{section.spot}的表") for section in parts.sections)
    missing, extra = listed - there, there - listed
    sides = (("只在目录里", missing), ("目录里没有", extra))
    said = "；".join(f"{where}：{'、'.join(names)}" for where, names in sides if names)
    return f"（{said}）" if said else ""


_PRINTED = {name: spellings[0] for name, spellings in COLUMNS.items()}
_FROM_LEVEL3 = ("level3", "description", "target", "basis")


def _indicators(section: TableSection, account: Account) -> list[dict[str, str]]:
    """The lower half of a project's table, in order, as records of ``targets.INDICATORS`` (without ``cell``)."""
    at = indicator_header(section.rows)
    name = section.heading or account.place.project
    if at == len(section.rows):
        account.report("E106", section.spot, what="、".join(_PRINTED.values()), name=name)
        return []
    header = section.rows[at]
    columns, last = _columns(header)
    missing = "、".join(_PRINTED[needed] for needed in NEEDED if needed not in columns.values())
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


def _columns(header: GridRow) -> tuple[dict[int, str], GridCell]:
    """The columns of the grid that each label covers, and the last label of the header."""
    columns: dict[int, str] = {}
    names = list(COLUMNS)
    last = header.cells[0]
    for cell in header.cells:
        if (not columns and not is_label(cell.text, LEVEL1)) or not cell.text.strip():
            continue
        name = next((name for name in names if is_label(cell.text, COLUMNS[name])), None)
        if name is None:
            break
        names = names[names.index(name) + 1 :]
        columns |= dict.fromkeys(range(cell.column, cell.column + cell.columns), name)
        last = cell
    return columns, last


def _body(rows: Sequence[GridRow], header: GridRow, columns: dict[int, str]) -> list[GridRow]:
    """The rows that hold something and do not repeat the header. What covers several rows stands in each."""
    title = _squeezed(header)
    covering: list[GridCell] = []
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


def _squeezed(row: GridRow) -> str:
    return squeeze("".join(cell.text for cell in row.cells))


def _records(rows: Sequence[GridRow], columns: dict[int, str], account: Account) -> list[dict[str, str]]:
    records: list[dict[str, str]] = []
    project = account.place.project
    above = {"level1": "", "level2": ""}
    if len(rows) > MOST_INDICATORS:
        account.report("E113", rows[MOST_INDICATORS].cells[0].spot, count=len(rows), limit=MOST_INDICATORS)
        rows = rows[:MOST_INDICATORS]
    for number, row in enumerate(rows, start=1):
        indicator, spot = f"{project}-{number:02d}", row.cells[0].spot
        values, said, unplaced = _values(row, columns)
        values["level2"] = values["level2"] or ("" if values["level1"] else above["level2"])
        values["level1"] = values["level1"] or above["level1"]
        above = values
        here = account.about(indicator=indicator)
        too_long = {name for name, text in values.items() if text != here.bounded(text, INDICATORS[name], spot)}
        values |= dict.fromkeys(too_long, "")
        records.append({"indicator": indicator, "project": project, **values})
        if said:
            account.infer(indicator, " | ".join(filter(None, values.values())), said, spot)
        for name in NEEDED:
            if not values[name] and name not in too_long:
                here.report("E107", spot, what=_PRINTED[name], level3=values["level3"] or "（无名称）")
        if "basis" in columns.values() and not values["basis"]:
            here.report("W108", spot, level3=values["level3"])
        for text in unplaced:
            here.report("W105", spot, found=text)
    return records


def _values(row: GridRow, columns: dict[int, str]) -> tuple[dict[str, str], str, list[str]]:
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
        return values | dict(zip(names, texts, strict=True)), "内容与表头未对齐，个数相同，按先后顺序读取", []
    return values, row.how, stray
