"""Reported: what the departments say happened, every value with the file, sheet and cell it came from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from selfeval.domain.problems import Place, Problem
from selfeval.domain.reading.quantity import SAYS_NOTHING
from selfeval.domain.sameness import blanks_alike

DataType = Literal[
    "blank", "text", "number", "percent", "date", "flag", "error", "long", "unseen", "struck", "raised", "dropped"
]
"""How a cell holds its value. ``percent``: a number shown as a percentage; 0.95 is 95 there, and doubtful elsewhere.

``long``: more text than any answer has, of which only the beginning is kept. ``unseen``: a number that its cell shows
as another one, or not at all. ``struck``: a line goes through it or through a part. ``raised``: some of its
digits stand above or below the line beside others, as 15¹. ``dropped``: it is in doubt what it answers, which is told
where that shows.
"""

FUND_ITEMS: dict[str, str] = {"initial": "年初预算数", "full_year": "全年预算数", "executed": "全年执行数"}
ACTUAL_ITEMS: dict[str, str] = {
    "actual": "实际完成值",
    "level": "完成档次",
    "percentage": "完成比例",
    "judged": "人工得分",
    "category": "偏差类别",
    "reason": "偏差原因",
    "remedy": "改进措施",
    "evidence": "佐证材料",
}
SCORED_ITEMS = frozenset({"actual", "level", "percentage", "judged"})
"""Those that a score is made of; the others explain it."""
CATEGORIES = ("工作安排", "政策或任务调整", "资金未到位", "采购或施工进度", "指标值偏低或偏高", "不可抗力", "其他")
"""What a deviation is mostly down to, to pick from; the reason itself is written beside it."""

NARRATIVE_ITEMS: dict[str, str] = {
    "result": "年度目标完成情况",
    "filler": "填报人",
    "phone": "联系电话",
    "head": "负责人",
    "date": "填报日期",
    "adjusted": "年中是否调整预算",
    "mark": "标记",
}


@blanks_alike
@dataclass(frozen=True, slots=True)
class Cell:
    """One reported value and where it stands.

    ``text`` is as written: a number in its shortest decimal form, a date as 2024-12-20; ``number`` the stored number
    when ``data_type`` is number or percent (0.95 for 95%), else NaN. It is blank when nothing was found. ``file`` is
    workspace-relative, ``sheet`` blank for CSV.
    """

    text: str = ""
    number: float = math.nan
    data_type: DataType | Literal[""] = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""

    def place(self, project: str, indicator: str = "") -> Place:
        """Where a problem with it stands."""
        return Place(project, indicator, self.file, self.sheet, self.cell)

    def __reduce__(self) -> tuple[object, ...]:
        number = None if math.isnan(self.number) else self.number
        return _restored, (self.text, number, self.data_type, self.file, self.sheet, self.cell)


def says_something(cell: Cell) -> bool:
    """Whether a cell holds more than a blank or one of the words for nothing."""
    return cell.data_type not in {"", "blank"} and cell.text.strip() not in SAYS_NOTHING


def _restored(text: str, number: float | None, data_type: DataType | Literal[""], *place: str) -> Cell:
    """A cell set aside and taken out again. It has the one NaN of math, by which texts read before are found again."""
    return Cell(text, math.nan if number is None else number, data_type, *place)


NOTHING = Cell()


@dataclass(frozen=True)
class Reports:
    """What one project reported, in 万元 where nothing else is said.

    A value that was looked for and found blank has a cell of data type ``blank``, for messages to name. ``funds`` are
    by FUND_ITEMS, ``payments`` by month, ``answers`` by (指标编号, ACTUAL_ITEMS), ``narrative`` by NARRATIVE_ITEMS.
    """

    funds: dict[str, Cell] = field(default_factory=dict)
    payments: dict[int, Cell] = field(default_factory=dict)
    answers: dict[tuple[str, str], Cell] = field(default_factory=dict)
    narrative: dict[str, Cell] = field(default_factory=dict)

    def cells(self) -> Iterator[Cell]:
        """Every cell."""
        for part in (self.funds, self.payments, self.answers, self.narrative):
            yield from part.values()

    @property
    def filled(self) -> bool:
        """Whether anything is filled in but the mark and the initial budget, which forms are sent out with."""
        initial = (cell for item, cell in self.funds.items() if item.startswith("initial"))
        sent_with = [self.narrative.get("mark"), *initial]
        return any(
            cell.data_type not in {"", "blank"} and not any(cell is one for one in sent_with) for cell in self.cells()
        )


@dataclass(frozen=True)
class Reported:
    """What was sent for a year, by 项目编码; the problems of reading it; (shown path, SHA-256) of each file read."""

    projects: Mapping[str, Reports] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
