"""The blocks of a 部门预算绩效文本 to Targets: by the labels of the form, never by positions in a certain file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from selfeval.domain.problems import Place
from selfeval.domain.targets import CHECKPOINTS, DEPARTMENT, INDICATORS, PLAN, PROJECTS, Targets
from selfeval.sources import magnitude
from selfeval.sources.beside import with_money
from selfeval.sources.blocks import Document, Paragraph
from selfeval.sources.codes import alike_by
from selfeval.sources.form import any_table, department_goals, indicator_rows, project_table
from selfeval.sources.form.department_goals import Candidate
from selfeval.sources.form.indicator_rows import Record
from selfeval.sources.form.labels import filled, indicator_header, plain_label
from selfeval.sources.form.of_year import of_the_year
from selfeval.sources.form.outline import Outline, TableSection, outline, plain
from selfeval.sources.form.project_table import ProjectTable
from selfeval.sources.form.titles import read_title
from selfeval.sources.form.torn import with_whole_labels
from selfeval.sources.imported import Account, Imported, target_cell
from selfeval.sources.layout import squeeze, tidy

_QUOTED = 60


def read_document(document: Document, year: int, source: str = "", *, whole_file: bool = True) -> Imported:
    """Read a target document from the blocks that a reader made of it; ``source`` is the file's name, for messages.

    Where these are not all of the file (``whole_file``), the year of a table says nothing of the file's.
    A table without a 项目编码, or with one that came before, is left out, and its problem says so.
    """
    place = Place(file=source)
    left_out, whole, inside = Account(place), Account(place), Account(place)
    parts = outline(of_the_year(document.blocks, year, whole))
    tables: dict[str, ProjectTable] = {}
    indicators: list[Record] = []
    candidates: list[Candidate] = []
    titles: set[str] = set()
    title = _title(parts, year, whole_file=whole_file)
    for order, printed in enumerate(parts.sections, start=1):
        section, account = with_money(printed, document.beside), Account(place)
        section = replace(section, rows=with_whole_labels(section.rows))
        of_year = section.year or _year_within(section)
        if of_year not in {0, year} and str(of_year) not in title:
            facts = {"title": section.title or f"{of_year}年度", "printed": of_year, "year": year}
            left_out.report("E172", section.spot, **facts)
            continue
        published = project_table.is_published(section)
        table = project_table.read(section, account) if published else any_table.read(section, year, account)
        if not table.code:
            left_out.report("E108", table.spot, name=table.name or section.heading or "（无名称）")
            continue
        called = replace(section, heading=str(table.fields["name"] or section.heading))
        records = indicator_rows.read(called, year, account.about(project=table.code))
        before = [record for record in indicators if record["project"] == table.code] if table.code in tables else []
        if not _is_new(table, records, tables, before, left_out.about(project=table.code)):
            continue
        table.fields["seq"] = section.seq or order
        if (other := _other_in_title(section, table)) and section.title not in titles:
            said = f"标题写的是“{other}”，与表内的不同，按表内的识别"
            account.about(project=table.code).infer("标题", section.title, said, section.spot)
        titles.add(section.title)
        tables[table.code] = table
        for spot in section.joined:
            account.about(project=table.code).infer(
                "换页", section.title, "表头重复，后面的指标接在同一张表里读取", spot
            )
        indicators += records
        who = table.code, table.name
        candidates += [
            Candidate(str(row["indicator"]), *who, str(row["level3"]), str(row["target"])) for row in records
        ]
        inside.readings += account.readings
        inside.problems += account.problems
        inside.spots |= {**account.spots, table.code: table.spot}
    fields = [table.fields for table in tables.values()]
    budgets = {code: table.budget for code, table in tables.items() if table.budget}
    for block in document.blocks if whole_file else ():
        for amount, total in magnitude.totals_in(block.text) if isinstance(block, Paragraph) else ():
            budgets |= magnitude.against_total(amount, total, budgets, inside)
    budgets = magnitude.check(budgets, fields, indicators, inside)
    _check(parts, whole, found=bool(tables or left_out.problems))
    goals = parts.partial.text or any(map(project_table.is_published, parts.sections))
    department = department_goals.read(parts.partial, candidates, whole) if goals else []
    plans = ({f"month_{month}": table.plan.get(month) for month in CHECKPOINTS} for table in tables.values())
    targets = Targets(
        year,
        PROJECTS.rows(fields),
        INDICATORS.rows({**record, "cell": target_cell(row)} for row, record in enumerate(indicators)),
        PLAN.rows({"project": code, **plan} for code, plan in zip(tables, plans, strict=True)),
        DEPARTMENT.rows(department),
        source,
    )
    readings = (*whole.readings, *inside.readings, *left_out.readings)
    problems = (*document.problems, *left_out.problems, *inside.problems, *whole.problems)
    return Imported(
        targets, readings, problems, title, tidy(parts.overall), source, budgets=budgets, spots=inside.spots
    )


def _other_in_title(section: TableSection, table: ProjectTable) -> str:
    """The unit or the project that a title names, where the table itself names others; blank where it does not."""
    title = read_title(section.title)
    fields = [plain(str(table.fields.get(key) or "")) for key in ("unit_name", "department", "name")]
    named, own = (title.unit, fields) if title.unit else (_KIND.sub("", title.project), fields[-1:])
    bare, least = plain(named), 1 if title.unit else _ALIKE
    same = not bare or not all(own[-1:]) or any(_is_alike(bare, one, least) for one in own if one)
    return "" if same else named


_KIND = re.compile("(?:项目)?(?:支出)?$")
_ALIKE = 0.6


def _is_alike(one: str, other: str, least: float) -> bool:
    """Whether two names may be of the same: one is short for the other, or a slip of the pen apart."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(sign in rest for sign in short) or SequenceMatcher(None, one, other).ratio() >= least


def _year_within(section: TableSection) -> int:
    """The year that a table is of by a label of its own, as 预算年度 | 2024; 0 where it says none."""
    cells = filled(section.rows[: indicator_header(section.rows)])
    values = (squeeze(two.cell.text) for one, two in pairwise(cells) if plain_label(one.cell.text) in _OF_YEAR)
    return next((int(hit[1]) for text in values if (hit := _YEAR.fullmatch(text))), 0)


_OF_YEAR = frozenset({"年度", "预算年度", "申报年度", "填报年度", "目标年度", "绩效目标年度"})
_YEAR = re.compile(r"(20\d\d)(?:年度?)?")


def _title(parts: Outline, year: int, *, whole_file: bool) -> str:
    """The title of a document: its own, else that of its tables, of the year asked for where any is."""
    of_any = [section for section in parts.sections if section.year and (whole_file or section.year == year)]
    dated = sorted(of_any, key=lambda section: section.year != year)
    return parts.title or next((section.title for section in dated), "")


def _is_new(
    table: ProjectTable,
    rows: list[Record],
    tables: dict[str, ProjectTable],
    rows_before: list[Record],
    account: Account,
) -> bool:
    """Whether a table has a code of its own; if not, that is reported. One that says the same again is said so."""
    before = tables.get(table.code)
    if before is None:
        return True
    same = {**before.fields, "seq": None} == {**table.fields, "seq": None} and before.plan == table.plan
    if same and rows == rows_before:
        account.infer("重复的项目", table.name, f"{before.spot}已有内容相同的一张表，只读入一次", table.spot)
    else:
        facts = {"name": table.name, "first": before.name, "where": before.spot}
        account.report("E110", table.spot, **facts, **alike_by(table.code))
    return False


def _check(parts: Outline, account: Account, *, found: bool) -> None:
    """Report what is wrong with the document as a whole; ``found``: whether any table was read."""
    if not found and not parts.nameless:
        account.report("E105")
    for name, spot in parts.departments:
        account.report("W172", spot, title=name)
    for text, spot in parts.strays:
        account.report("W141", spot, found=text[:_QUOTED])
    for spot in parts.others:
        account.report("W173", spot)
    for spot in parts.nameless:
        account.report("E179", spot)
    for spot in parts.sheets:
        if spot.sheet not in {one.sheet for one in parts.nameless}:
            account.report("W174", spot, sheet=spot.sheet)
    for name, spot in parts.bare:
        account.report("W111", spot, name=name)
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
