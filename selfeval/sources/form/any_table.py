"""The upper half of a project's table in the layouts of the state and the provinces: labels in whatever order."""

from __future__ import annotations

import re
from dataclasses import replace

from selfeval.domain.targets import PROJECTS
from selfeval.sources.form import spending_plan
from selfeval.sources.form.labels import Filled, indicator_header
from selfeval.sources.form.labels_above import dated_above
from selfeval.sources.form.money import OF_A_YEAR, read_money
from selfeval.sources.form.outline import TableSection, plain
from selfeval.sources.form.pieces import MONEY
from selfeval.sources.form.project_table import ProjectTable
from selfeval.sources.form.upper import BLANKS, Piece, Upper, upper
from selfeval.sources.form.whose import department_of, made_code, project_of, read_lines, unit_of
from selfeval.sources.imported import LEFT_ASIDE, Account
from selfeval.sources.layout import squeeze, tidy
from selfeval.sources.magnitude import IN_WAN
from selfeval.sources.years import ANOTHER, dated, years_said

_AMOUNTS = re.compile("[（(](?:单位[:：])?[百千万亿]*元[)）]")
_GOALS = ("goal", "goal_year", "goal_other")
_OWN_TEXT = frozenset({"scope", "purpose", "passed", *_GOALS})
"""Labels whose text may go on in rows that have no label."""


def read(section: TableSection, year: int, account: Account) -> ProjectTable:
    """Read the part of a project's table above its indicator rows."""
    above = upper(section.rows[: indicator_header(section.rows)], section.spot, account)
    of_cell = _unit_of_money(above)
    lines = read_lines(section.above)
    code, name, by_title = project_of(above, section.title or section.heading)
    in_title = MONEY.search(squeeze(section.title))
    money = lines.money or (in_title[1] if in_title else "")
    money = of_cell or money
    first = len(account.readings)
    unit = unit_of(above, lines, section.title, name or section.heading, account)
    if not code and name:
        code = made_code(unit, name, above.label_spot("name"), account)
    code = account.bounded(code, PROJECTS["project"], above.label_spot("code"))
    here = account.about(project=code)
    account.readings[first:] = [replace(one, project=code) for one in account.readings[first:]]
    if by_title and name:
        here.infer("项目名称", section.title, "表内没有项目名称，按标题识别", section.spot)
    _say_joined(above, here)
    amounts, budget = read_money(above, money, here)
    fields: dict[str, str | float | None] = {
        "unit_code": unit.code,
        "unit_name": unit.name,
        "project": code,
        "name": name,
        **amounts,
    }
    plan = _plan(above, here)
    fields["goal"] = _goal(above, here)
    fields["purpose"] = _purpose(above)
    fields["department"] = department_of(above, lines)
    if fields["budget"] is None and (of_years := _budgets_of_other_years(above)):
        facts = {"what": PROJECTS["budget"].header, "years": years_said(of_years), "year": year}
        here.report("E176", above.label_spot("passed"), **facts)
    _report_blank(fields, above, section, here)
    for key in ("unit_code", "unit_name", "name", "purpose", "goal", "department"):
        fields[key] = here.bounded(str(fields[key] or ""), PROJECTS[key], above.spot)
    _passed(above, here)
    for paragraph in lines.rest:
        if name and plain(name) in plain(paragraph.text):  # 2、图书购置
            continue
        here.report("W105", paragraph.spot, found=tidy(paragraph.text))
    for piece in above.unread():
        here.report("W105", piece.cell.spot, found=piece.text)
        if fields["budget"] is not None and OF_A_YEAR.fullmatch(squeeze(piece.text)):
            here.report("E177", piece.cell.spot, what=PROJECTS["budget"].header, found=piece.text)
            fields["budget"] = None
    return ProjectTable(code, str(fields["name"]), fields, plan, above.label_spot("code", "name"), budget)


def _unit_of_money(above: Upper) -> str:
    """The unit of money in a cell of its own behind 单位, which is no unit then; blank where there is none."""
    money = squeeze(above.of("unit"))
    above.used.clear()
    if money not in IN_WAN:
        return ""
    above.pieces = [piece for piece in above.pieces if piece.meaning != "unit" and squeeze(piece.text) not in IN_WAN]
    return money


def _say_joined(above: Upper, account: Account) -> None:
    """Say what stands in several cells beside one label, which are read as one."""
    for at in above.labels("name", "code", "unit", "executor", "department", "goal", "goal_year", "purpose"):
        texts = [*dict.fromkeys(above.pieces[place].text for place in above.named(at))]
        if len(texts) > 1:
            apart = set(texts) == {*above.coded(above.pieces[at].meaning)}
            said = "两格的内容，按编码和名称识别" if apart else "几格的内容合在一起识别"
            account.infer(above.pieces[at].text, " | ".join(texts), said, above.pieces[at].cell.spot)


def _budgets_of_other_years(above: Upper) -> list[str]:
    """The labels of budgets that are of years which were not asked for."""
    texts = [above.pieces[at].text for at in above.labels("passed")]
    return [
        text for text in texts if dated(text)[0] and dated_above(dated(text)[1]) in {"total", "initial", "adjusted"}
    ]


def _report_blank(fields: dict[str, str | float | None], above: Upper, section: TableSection, account: Account) -> None:
    """Report what a table should have and does not."""
    name = str(fields["name"] or section.heading or "（无名称）")
    blank = {"项目名称": not fields["name"], "绩效目标": not fields["goal"]}
    unreadable = any(one.code in {"E109", "E176", "E177"} for one in account.problems)
    blank["预算数（年度资金总额）"] = fields["budget"] is None and not unreadable
    for what, is_blank in blank.items():
        if is_blank:
            account.report("W107", above.spot, what=what, name=name)


def _plan(above: Upper, account: Account) -> dict[int, float]:
    """资金支出计划, where a form has it: what follows its label up to the next."""
    label = next(iter(above.labels("plan")), None)
    if label is None:
        return {}
    end = next((at for at in range(label + 1, len(above.pieces)) if above.pieces[at].meaning), len(above.pieces))
    if _AMOUNTS.search(squeeze(above.pieces[label].text)):  # no shares: told as not taken
        return {}
    cells = [Filled(piece.row, piece.cell) for piece in above.pieces[label + 1 : end]]
    extent = spending_plan.extent(cells)
    above.used.update(range(label + 1, label + 1 + extent))
    return spending_plan.read(cells[:extent], above.pieces[label].cell.spot, account)


def _goal(above: Upper, account: Account) -> str:
    """The year's goal: under 年度目标 where that of a longer period, or what was done, stands beside or around it."""
    labels = above.labels(*_GOALS)
    if not labels:
        return ""
    pieces = above.pieces
    values = [at for at in range(labels[0] + 1, len(pieces)) if not pieces[at].meaning and at not in above.used]
    owners = {at: _owner(above, at) for at in values}
    own = {at for at in values if (owner := owners[at]) is not None and pieces[owner].meaning in _GOALS}
    others = [at for at in labels if pieces[at].meaning == "goal_other"]
    above.used.update(own)
    if others:
        passed = {at for at in own if pieces[owners[at] or 0].meaning == "goal_other"}
        own -= passed
        _say_passed("绩效目标", [pieces[at] for at in others], [pieces[at] for at in sorted(passed)], account)
    years = {at for at in own if pieces[owners[at] or 0].meaning == "goal_year"}
    if years and (beside := sorted(own - years)):
        _say_passed("绩效目标", [pieces[owners[at] or 0] for at in beside], [pieces[at] for at in beside], account)
    return above.take(sorted(years or own))


def _say_passed(what: str, heads: list[Piece], values: list[Piece], account: Account) -> None:
    """Say which text was left aside, as it is not the year's."""
    if text := "".join(value.text for value in values if squeeze(value.text) not in BLANKS):
        said = f"“{'、'.join(dict.fromkeys(head.text for head in heads))}”不是年度目标，没有导入"
        account.infer(what, text, said, heads[0].cell.spot)


def _owner(above: Upper, value: int) -> int | None:
    """The label that a value belongs to: the one left of it in its row, the head of its column, or the one before."""
    pieces, piece = above.pieces, above.pieces[value]
    row = [at for at, one in enumerate(pieces) if one.meaning and one.row == piece.row and at < value]
    # heads of two goals, side by side in the row above
    heads = [at for at, one in enumerate(pieces) if one.meaning in _GOALS and one.row < piece.row]
    side_by_side = [at for at in heads if any(pieces[at].row == pieces[other].row and at != other for other in heads)]
    over = [at for at in side_by_side if pieces[at].cell.column <= piece.cell.column]
    bare = not row or pieces[row[-1]].meaning == "goal"
    if bare and over and pieces[max(over)].row == max(pieces[at].row for at in heads):
        return max(over, key=lambda at: (pieces[at].row, pieces[at].cell.column))
    if row:
        return row[-1]
    before = [at for at in range(value) if pieces[at].meaning]
    if not before:
        return None
    last_row = pieces[before[-1]].row
    first = next(at for at in before if pieces[at].row == last_row)
    # right of the label, as where it is merged downwards, or the only text of a row
    row_cells = [one.cell.column for one in pieces if one.row == piece.row]
    goes_on = len(row_cells) == 1 or row_cells[0] > pieces[first].cell.column
    return first if goes_on and pieces[first].meaning in _OWN_TEXT else None


def _purpose(above: Upper) -> str:
    """资金用途: by its label, or under the money where that has a label of both (预算规模及资金用途)."""
    labelled, pieces = above.of("purpose"), above.pieces
    both = [at for at in above.labels("scope") if "用途" in pieces[at].text]
    if labelled or not both:
        return labelled
    first = pieces[both[0]]
    rows = {first.row + step for step in range(1, max(2, first.cell.rows))}
    below = [at for at, piece in enumerate(pieces) if piece.row in rows and not piece.meaning and at not in above.used]
    return above.take(at for at in below if not _labelled(above, at))


def _labelled(above: Upper, value: int) -> bool:
    """Whether the row of a value has a label, but for that of the money, which may be filled in again."""
    piece = above.pieces[value]
    return any(one.meaning not in {"", "scope"} and one.row == piece.row for one in above.pieces)


def _passed(above: Upper, account: Account) -> None:
    """Say what a table has that targets have no place for; it counts as read."""
    heads = above.labels("adjusted", "done")
    alone = [at for at in heads if not above.beside(at)]
    said, spots = (
        [above.pieces[at].text.removeprefix(ANOTHER) for at in alone],
        [above.pieces[at].cell.spot for at in alone],
    )
    for at in above.labels("passed", "done", "adjusted", "initial", "scope", "unit_code"):
        text = above.take([place for place in above.beside(at) if place not in above.used])
        if squeeze(text) not in BLANKS:
            said.append(f"{above.pieces[at].text.removeprefix(ANOTHER)}：{text}")
            spots.append(above.pieces[at].cell.spot)
    for at, piece in enumerate(above.pieces):
        owner = None if piece.meaning or at in above.used else _owner(above, at)
        if owner is not None and above.pieces[owner].meaning == "passed":
            said.append(above.take([at]))
            spots.append(piece.cell.spot)
    if said:
        account.infer(LEFT_ASIDE, "；".join(said), "绩效目标表工作簿没有这些栏目，没有导入", spots[0])
