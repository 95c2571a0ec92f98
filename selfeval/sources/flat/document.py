"""The blocks of a file to Targets where a table has one row an indicator and its project in a column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from selfeval.domain.problems import Place
from selfeval.domain.targets import INDICATORS, PROJECTS, Targets
from selfeval.sources import magnitude, years
from selfeval.sources.blocks import Beside, Block, Document, Grid, GridCell, GridRow, Paragraph, Spot
from selfeval.sources.flat import amounts, broken, indicators
from selfeval.sources.flat.columns import MONEY, name_of, unit_of_money
from selfeval.sources.flat.head import Head, head_at, of_the_year
from selfeval.sources.flat.lines import OF_UNITS, Line, group_rows, lines_of, unread, what_else
from selfeval.sources.flat.projects import Project, Register, tell_blanks
from selfeval.sources.flat.titles import Above, read_above, with_money
from selfeval.sources.flat.twice import settled
from selfeval.sources.form.foot import is_foot, is_page_number
from selfeval.sources.form.labels import COLUMNS, HOLD_A_TABLE, NEEDED, indicator_header, is_label
from selfeval.sources.form.other_rows import is_other_head
from selfeval.sources.form.outline import plain
from selfeval.sources.imported import (
    LEFT_ASIDE,
    Account,
    Imported,
    how_to_mend,
    printed_years,
    target_cell,
    year_of_sheet,
)
from selfeval.sources.layout import tidy, unified
from selfeval.sources.targets_rows import passed_over

_MOST_TITLES = 20
"""Rows of a grid above its head."""
_OF_UNITS = frozenset({"unit_code", *OF_UNITS})
_QUOTED = 60
_MOST_NAMED = 10


def is_flat(document: Document) -> bool:
    """Whether a file has a table of this kind."""
    return any(isinstance(block, Grid) and _begins(block) is not None for block in document.blocks)


def _begins(grid: Grid) -> int | None:
    """The row in which the first head of a grid begins; None where it has none."""
    return next((at for at in range(min(len(grid.rows), _MOST_TITLES)) if head_at(grid.rows, at)), None)


@dataclass
class _Table:
    """The table that is open: its head, the lines above it, the sheet, the units of its money, what goes on in it."""

    head: Head
    above: Above
    sheet: str
    units: dict[str, str]
    department: tuple[str, Spot] | None = None
    open_cells: list[GridCell] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    after_note: bool = False


@dataclass
class _Reader:
    """The state of a reading, block by block; ``rest``: the blocks that belong to no flat table."""

    year: int
    account: Account
    register: Register
    beside: Sequence[Beside]
    rest: list[Block] = field(default_factory=list)
    title: str = ""
    totals: list[amounts.Total] = field(default_factory=list)
    _table: _Table | None = None
    _group: dict[str, str] = field(default_factory=dict)  # what the rows before say of those below, 产出指标 alone
    _last: Project | None = None  # of the row of an indicator before
    _between: list[Paragraph] = field(default_factory=list)
    _other_years: dict[str, tuple[Spot, int]] = field(default_factory=dict)

    def paragraph(self, block: Paragraph) -> None:
        """A line: below the table that is open, or above the next one."""
        self._leave(block.spot.sheet)
        self._between.append(block)

    def grid(self, block: Grid) -> None:
        """A table: of its own, going on with the one before, or of another kind."""
        self._leave(block.spot.sheet)
        block = replace(block, rows=of_the_year(block.rows, self.year, self.account))
        at = _begins(block)
        if at is None and self._table and self._goes_on(block, self._table):
            groups: list[GridRow] = []
            if not self._begins_unit(self._table):
                groups, self._between = group_rows(self._between, self._table.head)
                self._tell_lines()
            self._rows((*groups, *block.rows), self._table)
            return
        if at is None:
            self.rest += self._between
            self._between = []
            self.rest.append(block)
            self._finish()
            return
        above = [(line.text, line.spot) for line in self._between]
        above += [(cell.text, cell.spot) for row in block.rows[:at] for cell in row.cells]
        self._between = []
        self._finish()
        self._start(block.rows, at, with_money(read_above(above), self.beside, block.spot.sheet))

    def finish(self) -> None:
        """The file ends."""
        self._leave(None)
        for found, (spot, count) in self._other_years.items():
            self.account.report("E147", spot, found=found, count=count, year=self.year)
        self.register.report()

    def _leave(self, sheet: str | None) -> None:
        """Another sheet begins: what stood on the one before ends there."""
        if self._table and sheet != self._table.sheet:
            self._tell_lines()
            self._finish()
        elif self._between and sheet != self._between[-1].spot.sheet:
            self.rest += self._between
            self._between = []

    def _begins_unit(self, table: _Table) -> bool:
        """Whether the lines between two parts of a table name whose the rows below are (单位：某局); then they are."""
        above = read_above((line.text, line.spot) for line in self._between)
        now, own = self.register.unit, bool(_OF_UNITS & table.head.names)
        if not above.unit.key or above.unit.key in {now.key, now.code} or (own and not above.department):
            return False
        self._between = [line for line in self._between if (line.text, line.spot) in above.rest]
        self._tell_lines()
        self._finish()
        if not own:
            self.register.begin(above.unit)
        above = replace(table.above, department=above.department, named=above.named) if own else above
        self._table = _Table(table.head, above, table.sheet, table.units)
        return True

    def _goes_on(self, grid: Grid, table: _Table) -> bool:
        cells = [cell for row in grid.rows for cell in row.cells]
        form = any(is_label(cell.text, HOLD_A_TABLE) for cell in cells)
        form = form or any(self._is_of_another_table(row, table) for row in grid.rows[:1])
        return not form and all(cell.column in table.head.headings for cell in cells)

    def _tell_lines(self) -> None:
        """The lines below a table, or between its parts."""
        after_note = False
        for line in self._between:
            after_note = self._tell_unread(line.text, line.spot, after_note=after_note)
        self._between = []

    def _tell_unread(self, text: str, spot: Spot, *, after_note: bool = False) -> bool:
        """Report a line that is no row, and whether it is a note, which may go on."""
        plain = tidy(unified(text))
        note = passed_over([plain], (), after_note=after_note) or ("注" if is_foot(plain) else "")
        if note or is_page_number(plain):
            note = note or "页码"
            self.account.report("I140", spot, what=note, found=plain[:_QUOTED])
        elif plain:
            self.account.report("W105", spot, found=plain)
        return note == "注"

    def _start(self, rows: Sequence[GridRow], at: int, above: Above) -> None:
        """A table begins in a row of a grid."""
        head = head_at(rows, at)
        assert head
        spot = rows[at].cells[0].spot
        for text, where in above.rest:
            self.account.report("I140", where, what="标题", found=text[:_QUOTED])
        self._last = None
        if self._names_another_year(above.title, spot):
            return
        if self._is_of_other_years(head, spot):
            return
        self.register.begin(above.unit)
        missing = "、".join(COLUMNS[name][0] for name in NEEDED if name not in head.names)
        if missing:
            name, unknown = above.title or spot.sheet or self.account.place.file, head.unknown
            where = unknown[0][1] if unknown else spot
            self.account.report("E106", where, what=missing, name=name, how=how_to_mend(unknown, where))
        if head.guessed:
            self.account.infer("计量单位", "单位", "“单位”一列紧跟指标值，按计量单位识别", head.guessed)
        self._table = _Table(head, above, spot.sheet, self._units(head, above, spot))
        self._rows(rows[at + head.rows :], self._table)

    def _is_of_other_years(self, head: Head, spot: Spot) -> bool:
        """Whether all columns of targets are of years that were not asked for; then, and of budgets, that is told."""
        for name, what in (("budget", PROJECTS["budget"].header), ("target", INDICATORS["target"].header)):
            if name in head.names:
                continue
            titles = [text for at, one in head.headings.items() for text in (one.title, one.above) if head.of_years(at)]
            if of_years := [
                text for text in titles if years.meaning_of(years.dated(text)[1] or "指标", name_of) == name
            ]:
                facts = {"what": what, "years": years.years_said(of_years), "year": self.year}
                self.account.report("E176", spot, **facts)
                if name == "target":
                    return True
        return False

    def _units(self, head: Head, above: Above, spot: Spot) -> dict[str, str]:
        units = {}
        for name in MONEY:
            if places := head.places(name):
                heading = head.headings[places[0]]
                own = unit_of_money(heading.title, heading.above)
                if own and above.money and own != above.money:
                    facts = {"where": f"“{heading.title or heading.above}”一列", "elsewhere": above.money_in}
                    facts |= {"unit": own, "other": above.money, "taken": own}
                    self.account.report("W176", heading.spot, **facts)
                units[name] = own or above.money
        units = {name: unit or units.get("budget", "") for name, unit in units.items()}  # of which the others are parts
        if any(not unit for unit in units.values()) and "money_unit" not in head.names:
            self.account.infer("金额单位", "", "表上没有写金额单位，按万元识别", spot)
        for name, unit in units.items():
            if unit not in {"万元", ""}:
                heading = head.headings[head.places(name)[0]]
                self.account.infer(MONEY[name], heading.title, f"单位是{unit}，换算为万元", heading.spot)
        return units

    def _names_another_year(self, title: str, spot: Spot) -> bool:
        """Whether the title of a table names other years alone; then that is told, and the table left out."""
        years = printed_years(title)
        if not years and year_of_sheet(spot.sheet) not in {0, self.year}:
            title, years = f"工作表 {spot.sheet}", frozenset({year_of_sheet(spot.sheet)})
        if not years or self.year in years:
            self.title = title if self.year not in printed_years(self.title) else self.title
            return False
        self.title = self.title or title
        self.account.report("E172", spot, title=title, printed=max(years), year=self.year)
        return True

    def _rows(self, rows: Sequence[GridRow], table: _Table) -> None:
        for at, row in enumerate(rows):
            if row.cells and at and head_at(rows, at) and not self._repeats(row, table):
                self._finish()
                unit = table.above.unit if _OF_UNITS & table.head.names else self.register.unit
                self._start(rows, at, replace(table.above, title="", unit=unit, rest=()))
                return
            if table.lines and self._is_of_another_table(row, table):
                self._finish()
                self._other(rows[at:])
                return
            for line in lines_of([row], table.head, table.open_cells):
                table.lines.append(line)

    def _other(self, rows: Sequence[GridRow]) -> None:
        """Another table below: one that may be of a project, or of what nobody reads, which is told."""
        spot, texts = rows[0].cells[0].spot, [tidy(cell.text) for cell in rows[0].cells]
        if indicator_header(rows) < len(rows):
            self.grid(Grid(tuple(rows), spot))
        else:
            self.account.report("W141", spot, found=" ".join(filter(None, texts))[:_QUOTED])

    def _is_of_another_table(self, row: GridRow, table: _Table) -> bool:
        return is_other_head((cell.text for cell in row.cells), table.head.titles)

    def _repeats(self, row: GridRow, table: _Table) -> bool:
        heads = table.head.headings
        return all(cell.column in heads and cell.text == heads[cell.column].title for cell in row.cells)

    def _finish(self) -> None:
        """The table that is open ends: its rows are known."""
        table, self._table = self._table, None
        if table is None:
            return
        table.head, table.lines = settled(table.head, table.lines, self.account)
        table.lines = broken.put_together(table.head, table.lines)
        for line, after in zip_longest(table.lines, table.lines[1:]):
            self._line(line, after, table)
        self._tell_unit_above(table.above)
        left, passed = unread(table.head, table.lines, self.year)
        spot = next(iter(table.head.headings.values())).spot
        if passed:
            self.account.infer(LEFT_ASIDE, "、".join(passed), "这几栏不是绩效目标，没有导入", spot)
        if left:
            more = f"等{len(left)}列" if len(left) > _MOST_NAMED else ""
            self.account.report("W139", spot, columns="、".join(left[:_MOST_NAMED]) + more)

    def _tell_unit_above(self, above: Above) -> None:
        """Say that the unit named above a table is that of none of its projects, as each names its own."""
        units = [one.unit for one in self.register.projects.values()]
        same = any(above.unit.key in {unit.key, unit.code, plain(unit.name)} for unit in units)
        if above.named and above.unit.name and above.unit.name != above.department and units and not same:
            said = "表里各行写有自己的单位，未采用"
            self.account.infer("表上方的单位", above.unit.name, said, above.named)

    def _line(self, line: Line, after: Line | None, table: _Table) -> None:
        found = " ".join(line.plain)[:_QUOTED]
        if what := what_else(line, table.head, after_note=table.after_note):
            table.after_note = what == "注"
            value = amounts.value_of(line.text("budget"), table.units.get("budget", ""))
            if what == "合计" and value is not None:
                self.totals.append(amounts.Total(found, value, len(self.register.projects)))
            self.account.report("I140", line.spot, what=what, found=found)
            return
        table.after_note = False
        if self._is_of_another_year(line):
            return
        if self._names_a_unit(line, table):
            return
        if self._heads_a_group(line, after):
            return
        group, self._group = self._group, {}
        if not line.is_indicator and not self._is_of_project(line, after):
            self._tell_unread(found, line.spot)
            return
        project = self.register.of(line)
        if project is None:
            return
        amounts.tell_codes(project, line, self.account)
        amounts.tell_shared(project, line, self._last, table.units)
        amounts.note(project, line, table.units, self.account)
        table.department = amounts.carried_department(project, line, table.department, self.account)
        amounts.note_department(project, table.above.department, table.above.named)
        if line.is_indicator:
            self._add(project, line, group)
        elif unknown := {"level1", "level2", "target"}.intersection(line.texts):
            text = " ".join(line.text(name) for name in sorted(unknown))
            self.account.about(project=project.code).report("W105", line.spot, found=text)

    def _heads_a_group(self, line: Line, after: Line | None) -> bool:
        """Whether a row names the level of those below it and nothing else; then they are of it."""
        goes_on = bool(line.group and after and (after.is_indicator or after.group))
        self._group |= line.group if goes_on else {}
        return goes_on

    def _add(self, project: Project, line: Line, group: Mapping[str, str]) -> None:
        """Add a row of an indicator, of the group that the rows above it name, if any does."""
        goes_on = self._last is project
        if group:
            project.upper = {"level1": project.upper.get("level1", "") if goes_on else "", **group}
        project.add(*indicators.levels(project, line, goes_on=goes_on or bool(group)))
        self._last = project

    def _names_a_unit(self, line: Line, table: _Table) -> bool:
        """Whether a row is that of a unit, as 单位：某局, above the rows of each; then it begins."""
        if len(line.plain) != 1 or line.is_indicator:
            return False
        above, own = read_above([(line.plain[0][:_QUOTED], line.spot)]), bool(_OF_UNITS & table.head.names)
        if above.department:
            table.above = replace(table.above, department=above.department, named=above.named)
        if above.unit.key and not own:
            self.register.begin(above.unit)
        return bool(above.department if own else above.unit.key)

    def _is_of_project(self, line: Line, after: Line | None) -> bool:
        """Whether a row without an indicator says something of a project, and is no line of text among the others."""
        if not line.is_of_project:
            return False
        alone = {"code", "name"} >= line.texts.keys() and line.wide
        return not alone or bool(after and after.is_indicator and not (after.text("code") or after.text("name")))

    def _is_of_another_year(self, line: Line) -> bool:
        said = printed_years(line.text("year"))
        if not said or self.year in said:
            return False
        found = re.sub("年度?$", "", line.text("year"))
        spot, count = self._other_years.get(found, (line.at("year"), 0))
        self._other_years[found] = spot, count + 1
        return True


def read_document(document: Document, year: int, source: str = "") -> tuple[Imported, tuple[Block, ...]]:
    """Read the flat tables of a file from its blocks; with them come the blocks that belong to none."""
    account = Account(Place(file=source))
    reader = _Reader(year, account, Register(account), document.beside)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            reader.paragraph(block)
        else:
            reader.grid(block)
    reader.finish()
    projects, records = [], []
    for order, project in enumerate(reader.register.projects.values(), start=1):
        here = account.about(project=project.code)
        here.spots[project.code] = project.spot
        fields = {"seq": order, "project": project.code, "name": project.name, **reader.register.unit_fields(project)}
        projects.append({**fields, **amounts.fields_of(project, here)})
        records += list(indicators.records(project, here))
    tell_blanks(projects, account)
    printed = {project.code: amounts.budget_of(project) for project in reader.register.projects.values()}
    budgets = {code: one for code, one in printed.items() if one}
    budgets = amounts.checked(reader.totals, budgets, account)
    budgets = magnitude.check(budgets, projects, records, account)
    frames = (
        PROJECTS.rows(projects),
        INDICATORS.rows({**one, "cell": target_cell(row)} for row, one in enumerate(records)),
    )
    targets = Targets(year, *frames, file=source)
    readings, problems = tuple(account.readings), (*document.problems, *account.problems)
    found = Imported(targets, readings, problems, reader.title, source=source, budgets=budgets, spots=account.spots)
    return found, tuple(reader.rest)
