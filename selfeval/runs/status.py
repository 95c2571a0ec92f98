"""The board of a year: how far every project is, who is late, and what to write to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfeval.domain.case import WHOLE, is_whole
from selfeval.domain.problems import Problem
from selfeval.domain.reading.period import in_chinese
from selfeval.domain.settings import Settings
from selfeval.packages.grouping import grouped
from selfeval.packages.printable import printable
from selfeval.runs.inputs import Choice, Unusable, load_promised, unknown_units
from selfeval.runs.settings import load_settings
from selfeval.runs.standing import INCOMPLETE, NOT_SENT, Standing, days_late
from selfeval.runs.whole import asked_for, read_year, standings_of
from selfeval.runs.workspace import Workspace


@dataclass(frozen=True)
class Reminder:
    """A text to paste, for one unit that owes something."""

    unit: str
    text: str


@dataclass(frozen=True)
class Board:
    """How far every project is on a day, in document order; ``late``: days after the due date, for what is open.

    ``department`` is the standing of the department's own part, which is no project.
    """

    year: int
    day: dt.date
    due: dt.date | None
    late: int
    standings: tuple[Standing, ...]
    reminders: tuple[Reminder, ...]
    problems: tuple[Problem, ...]
    department: Standing | None = None


def board_of(workspace: Workspace, choice: Choice, day: dt.date, units: Sequence[str]) -> Board | Unusable:
    """The board of a year as of a day; ``units``: 单位编码, all where there are none."""
    promised = load_promised(workspace, choice)
    if isinstance(promised, Unusable):
        return promised
    targets, rulebook, _ = promised
    read = read_year(workspace, targets, rulebook)
    if wrong := unknown_units(asked_for(targets, read.whole), units):
        return Unusable(wrong)
    settings, faulty = load_settings(workspace)
    own = settings.of(choice.year)
    projects, department = standings_of(workspace, targets, rulebook, read, {})
    found = tuple(one for one in projects if not units or one.unit.split()[0] in units)
    if department is not None and units and department.unit.split()[0] not in units:
        department = None
    late = days_late(own.due, day)
    # nobody is reminded of a form of the department that was never made: it need not be evaluated
    reminded = found if department is None or not department.made else (*found, department)
    reminders = tuple(_reminders(reminded, settings, choice.year, day))
    return Board(choice.year, day, own.due, late, found, reminders, faulty, department)


def _reminders(found: Sequence[Standing], settings: Settings, year: int, day: dt.date) -> Iterator[Reminder]:
    """One for every unit of which something is open."""
    for unit, group in grouped(found, lambda one: one.unit).items():
        waiting = [one for one in group if one.open]
        if waiting:
            yield Reminder(unit, "\n".join(_letter(unit, waiting, settings, year, day)))


def _letter(unit: str, waiting: Sequence[Standing], settings: Settings, year: int, day: dt.date) -> Iterator[str]:
    due = settings.of(year).due
    late = days_late(due, day)
    until = f"报送期限为{in_chinese(due)}" if due else ""
    until += f"，已逾期{late}天" if late else ""
    yield f"{unit.partition(' ')[2] or unit}："
    projects = [one for one in waiting if not is_whole(one.project)]
    for one in waiting:
        if is_whole(one.project):
            yield f"{year}年度{WHOLE}支出绩效自评填报表{until and f'{until}。'}截至{in_chinese(day)}，{_asked(one)}。"
    if projects:
        said = f"以下{len(projects)}个项目尚未完成报送："
        yield f"{year}年度项目支出绩效自评填报表{until}。截至{in_chinese(day)}，{said}"
    for number, one in enumerate(projects, start=1):
        department = f"（{one.department}）" if one.department else ""
        yield f"{number}. {printable(one.name)}{department}：{_asked(one)}。"
    whom = f"，有疑问请与{settings.contact}联系" if settings.contact else ""
    yield f"请{'尽快' if late or due is None else '按期'}填好报送{whom}。"
    if settings.unit:
        yield settings.unit


def _asked(one: Standing) -> str:
    if one.state == NOT_SENT:
        return "未报送"
    if one.rivals:
        return f"已收到{one.rivals}份不同的填报表，都未采用，请确认以哪一份为准"
    parts = [f"{one.missing}处没有填写"] if one.missing else []
    parts += [f"{one.errors}处需要修改"] if one.errors else []
    return f"{'已报送，' if one.state != INCOMPLETE else '不完整，'}{'、'.join(parts)}，见退回修改清单"
