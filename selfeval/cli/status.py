"""``selfeval status``: who has sent what, who is late, and a reminder to paste."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, usable
from selfeval.cli.options import date_option, flag, option
from selfeval.cli.printing import by_unit, problem_lines, table
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.runs.standing import Standing
    from selfeval.runs.status import Board

HELP = "报送进度：按单位、科室列出已报送、未报送、不完整、待修改和逾期的项目，并拟好催报文字。"


def show_status(
    year: options.Year,
    root: options.Workspace = options.HERE,
    unit: Annotated[list[str] | None, option("--unit", "单位编码", "只列出这个单位，可以写多个")] = None,
    rules: options.Rules = None,
    day: Annotated[datetime | None, date_option("--as-of", "按这一天计算逾期，如 2025-01-22；默认为今天")] = None,
    *,
    remind: Annotated[bool, flag("--remind", "只显示催报文字，便于复制")] = False,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Show the board of a year."""
    from selfeval.runs.inputs import Choice
    from selfeval.runs.status import board_of

    workspace = opened(root)
    today = day.date() if day else date.today()  # noqa: DTZ011 - a due date is a day where people are
    board = usable(board_of(workspace, Choice(year, None, rules), today, tuple(unit or ())), format_)
    facts = {
        "year": board.year,
        "as_of": board.day.isoformat(),
        "due": board.due.isoformat() if board.due else None,
        "days_late": board.late,
        "standings": board.standings,
        "reminders": board.reminders,
        "problems": board.problems,
        **({"department": board.department} if board.department else {}),
    }
    lines = _reminders(board) if remind else _lines(board, workspace.name(workspace.settings))
    waiting = [one for one in board.standings if one.open]
    code = Exit.PROBLEMS if waiting or (board.department and board.department.waits) else Exit.DONE
    finish(format_, "status", facts, lines, code)


def to_do(one: Standing) -> str:
    """What is left to do for a project; blank for nothing."""
    if one.rivals:
        return f"收到{one.rivals}份不同的，待确认"
    counts = (("未填", one.missing), ("待修改", one.errors))
    return "，".join(f"{what}{count}处" for what, count in counts if count)


def _lines(board: Board, settings: str) -> Iterator[str]:
    from selfeval.domain.reading.period import in_chinese

    yield from problem_lines(board.problems)
    rows = [_row(one, board.late) for one in board.standings]
    said = [at for at, column in enumerate(zip(*rows, strict=True)) if any(column)]
    yield from by_unit((one.unit for one in board.standings), table([[row[at] for at in said] for row in rows]))
    yield ""
    yield from (f"{len(rows)}个项目：{_counted(board.standings)}。" for _ in rows[:1])
    yield from of_department(board.department)
    if board.due is None:
        yield f"未设报送期限：用 selfeval forms {board.year} --due 日期 设置，或写在 {settings} 里。"
    else:
        waiting = sum(one.open for one in board.standings)
        left = (board.due - board.day).days
        late = f"已过{board.late}天，逾期{waiting}个项目" if board.late else f"还有{left}天"
        yield f"报送期限{in_chinese(board.due)}：截至{in_chinese(board.day)}，{late}。"
    unmade = sum(not one.made for one in board.standings)
    if unmade:
        yield f"{unmade}个项目还没有填报表：用 selfeval forms {board.year} 生成。"
    if board.reminders:
        yield "\n催报文字"
        yield from _reminders(board)


def of_department(one: Standing | None) -> Iterator[str]:
    """How far the department's own part is, which is no project; nothing where there is none."""
    if one is not None:
        left = to_do(one)
        unmade = "" if one.made else "，还没有填报表"
        yield f"{one.name}：{one.state}{f'，{left}' if left else ''}{unmade}（不计入项目数）。"


def _row(one: Standing, late: int) -> list[str]:
    """The cells of a project: state, name, department, what to do, how late, whom to ask."""
    person = " ".join(part for part in (one.filler, one.phone) if part)
    return [one.state, one.name, one.department, to_do(one), f"逾期{late}天" if late and one.open else "", person]


def _counted(standings: tuple[Standing, ...]) -> str:
    from selfeval.runs.standing import STATES

    counts = Counter(one.state for one in standings)
    return "，".join(f"{state}{counts[state]}个" for state in STATES if counts[state])


def _reminders(board: Board) -> Iterator[str]:
    for one in board.reminders:
        yield from ("", *one.text.splitlines())
