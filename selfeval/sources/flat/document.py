"""The blocks of a file to Targets where a table has one row an indicator and its project in a column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from selfeval.domain.problems import Place
from selfeval.domain.targets import INDICATORS, PROJECTS, Targets
from selfeval.sources import magnitude
from selfeval.sources.beside import below
from selfeval.sources.blocks import Beside, Block, Document, Grid, GridCell, GridRow, Paragraph, Spot
from selfeval.sources.flat import amounts, broken, indicators, onward
from selfeval.sources.flat.head import Head, head_at, of_the_year
from selfeval.sources.flat.lines import OF_UNITS, Line, group_rows, lines_of, unread, what_else
from selfeval.sources.flat.projects import Project, Register, Unit, tell_blanks
from selfeval.sources.flat.titles import Above, read_above, unit_alone, with_money, with_unit
from selfeval.sources.flat.told_of_heads import is_of_other_years, tell_unit_above, tell_unread, units_of_money
from selfeval.sources.flat.twice import settled
from selfeval.sources.form.labels import COLUMNS, HOLD_A_TABLE, NEEDED, indicator_header, is_label
from selfeval.sources.form.other_rows import is_other_head
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

_MOST_TITLES = 20
"""Rows of a grid above its head."""
_OF_UNITS = frozenset({"unit_code", *OF_UNITS})
_QUOTED = 60
_MOST_NAMED = 10


def is_flat(document: Document) -> bool:
    """Whether a file has a table of this kind."""
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return any(_begins(grid) is not None or onward.is_turned(grid) for grid in grids)


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
    notes: Sequence[str] = ()
    rest: list[Block] = field(default_factory=list)
    title: str = ""
    totals: list[amounts.Total] = field(default_factory=list)
    _table: _Table | None = None
    _ended: _Table | None = None  # the last one, as long as none of another kind comes behind it
    _group: dict[str, str] = field(default_factory=dict)  # what the rows before say of those below, 产出指标 alone
    _last: Project | None = None  # of the row of an indicator before
    _between: list[Paragraph] = field(default_factory=list)
    _other_years: dict[str, tuple[Spot, int]] = field(default_factory=dict)

    def paragraph(self, block: Paragraph) -> None:
        """A line: below the table that is open, or above the next one."""
        self._leave(block.spot.sheet)
        self._between.append(block)

    def grid(self, block: Grid) -> None:
        """A table, or two side by side: of its own, going on with the one before, or of another kind."""
        parts = onward.side_by_side(block)
        if len(parts) > 1:
            said = f"左右并排的{len(parts)}张表，表头相同，分开识别"
            self.account.infer("表格", block.spot.sheet or str(block.spot), said, block.spot)
        above = [*self._between]
        for number, part in enumerate(parts):
            self._between = self._between if not number else [*above]
            self._grid(part)

    def _grid(self, block: Grid) -> None:
        self._leave(block.spot.sheet)
        block = replace(block, rows=of_the_year(block.rows, self.year, self.account))
        at = _begins(block)
        if at is None and self._table is None and self._ended and self._is_continued(block, self._ended):
            self._table = replace(self._ended, sheet=block.spot.sheet, lines=[], open_cells=[], after_note=False)
        if at is None and self._table and self._goes_on(block, self._table):
            groups: list[GridRow] = []
            if not self._begins_unit(self._table, block.rows[0]):
                groups, self._between = group_rows(self._between, self._table.head)
                self._tell_lines()
            self._rows((*groups, *block.rows), self._table)
            return
        if at is None and (turned := onward.is_turned(block)):
            self.account.report("E180", block.spot, columns="、".join(turned))
            return
        if at is None:
            self.rest += self._between
            self._between = []
            self.rest.append(block)
            self._finish()
            self._ended = None
            return
        above = [(line.text, line.spot) for line in self._between]
        above += [(cell.text, cell.spot) for row in block.rows[:at] for cell in row.cells if cell.text.strip()]
        self._between = []
        self._finish()
        notes = (*below(block.rows[at:]), *self.notes)
        self._start(block.rows, at, with_money(read_above(above), self.beside, notes, block.spot.sheet))

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

    def _begins_unit(self, table: _Table, first: GridRow) -> bool:
        """Whether the lines between two parts of a table name whose the rows below are (单位：某局); then they are."""
        above = read_above((line.text, line.spot) for line in self._between)
        now, own = self.register.unit, bool(_OF_UNITS & table.head.names)
        names = {*table.head.places("code"), *table.head.places("name")}
        if not own and not above.unit.key and names & {cell.column for cell in first.cells} and above.rest:
            text, spot = above.rest[-1]
            if (unit := self._of_section(text, spot)).key:
                above = replace(above, unit=unit, named=spot, rest=above.rest[:-1])
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

    def _of_section(self, text: str, spot: Spot) -> Unit:
        """The unit that heads the rows below it (一、某馆), which is said."""
        unit = unit_alone(text)
        if unit.key:
            self.account.infer(PROJECTS["unit_name"].header, tidy(unified(text)), "按下面各行的单位识别", spot)
        return unit

    def _goes_on(self, grid: Grid, table: _Table) -> bool:
        cells = [cell for row in grid.rows for cell in row.cells]
        form = any(is_label(cell.text, HOLD_A_TABLE) for cell in cells)
        form = form or any(self._is_of_another_table(row, table) for row in grid.rows[:1])
        return not form and all(cell.column in table.head.headings for cell in cells)

    def _tell_lines(self) -> None:
        """The lines below a table, or between its parts."""
        after_note = False
        for line in self._between:
            after_note = tell_unread(line.text, line.spot, self.account, after_note=after_note)
        self._between = []

    def _start(self, rows: Sequence[GridRow], at: int, above: Above) -> None:
        """A table begins in a row of a grid."""
        head = head_at(rows, at)
        assert head
        spot = rows[at].cells[0].spot
        for text, where in above.rest:
            self.account.report("I140", where, what="标题", found=text[:_QUOTED])
        before, last, self._last = self._ended, self._last, None
        if self._names_another_year(above.title, spot):
            return
        if is_of_other_years(head, spot, self.year, self.account):
            return
        if not _OF_UNITS & head.names:
            above = with_unit(above, spot, self.account)
        rows_below = rows[at + head.rows :]
        further = before is not None and (before.sheet != spot.sheet or onward.is_said([above.title]))
        same = above.unit.key in {"", self.register.unit.key}
        if before and self.register.project and further and same and onward.goes_on(head, rows_below, before.head):
            said = f"表头与前一张表相同，第一行没有项目，接在“{self.register.project.name}”后面识别"
            self.account.infer("续表", above.title or spot.sheet, said, spot)
            self._last = last
        else:
            self.register.begin(above.unit)
        missing = "、".join(COLUMNS[name][0] for name in NEEDED if name not in head.names)
        if missing:
            name, unknown = above.title or spot.sheet or self.account.place.file, head.unknown
            where = unknown[0][1] if unknown else spot
            in_one = "；一级、二级、三级指标写在同一列的，请分成三列" if not {"level1", "level2"} & head.names else ""
            self.account.report("E106", where, what=missing, name=name, how=how_to_mend(unknown, where) + in_one)
        if head.guessed:
            self.account.infer("计量单位", "单位", "“单位”一列紧跟指标值，按计量单位识别", head.guessed)
        self._table = _Table(head, above, spot.sheet, units_of_money(head, above, spot, self.account))
        self._rows(rows_below, self._table)

    def _is_continued(self, grid: Grid, table: _Table) -> bool:
        """Whether a table without a head goes on with that of the sheet before, as the name or a line above it says."""
        said = onward.is_said((grid.spot.sheet, *(line.text for line in self._between)))
        dated = printed_years(grid.spot.sheet) - {self.year}
        if said and not dated and grid.spot.sheet != table.sheet and self._goes_on(grid, table):
            self._between = [line for line in self._between if not onward.is_said([line.text])]
            self.account.infer("续表", grid.spot.sheet, f"没有表头，按工作表“{table.sheet}”的表头识别", grid.spot)
            return True
        return False

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
        tell_unit_above(table.above, table.lines, self.register, self.account)
        self._ended = table
        left, passed = unread(table.head, table.lines, self.year)
        spot = next(iter(table.head.headings.values())).spot
        if passed:
            self.account.infer(LEFT_ASIDE, "、".join(passed), "这几栏不是绩效目标，没有导入", spot)
        if left:
            more = f"等{len(left)}列" if len(left) > _MOST_NAMED else ""
            self.account.report("W139", spot, columns="、".join(left[:_MOST_NAMED]) + more)

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
        if self._names_a_unit(line, after, table):
            return
        if self._heads_a_group(line, after):
            return
        group, self._group = self._group, {}
        if not line.is_indicator and not self._is_of_project(line, after):
            tell_unread(found, line.spot, self.account)
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

    def _names_a_unit(self, line: Line, after: Line | None, table: _Table) -> bool:
        """Whether a row is that of a unit, as 单位：某局, above the rows of each; then it begins."""
        if len(line.plain) != 1 or line.is_indicator:
            return False
        above, own = read_above([(line.plain[0][:_QUOTED], line.spot)]), bool(_OF_UNITS & table.head.names)
        if above.department:
            table.above = replace(table.above, department=above.department, named=above.named)
        if not (own or above.unit.key) and after and after.is_indicator and (after.text("code") or after.text("name")):
            above = replace(above, unit=self._of_section(line.plain[0], line.spot))
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
    for at, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            reader.paragraph(block)
        else:
            reader.notes = onward.lines_behind(document.blocks[at + 1 :])
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
