"""One scored project: its rows, its months, its total, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from selfeval.domain.case import Case
from selfeval.domain.funds import Funds
from selfeval.domain.problems import Problem
from selfeval.domain.promise import Promise
from selfeval.domain.reading.actuals import as_seen
from selfeval.domain.reading.period import day_words
from selfeval.domain.reported import ACTUAL_ITEMS
from selfeval.domain.sameness import blanks_alike
from selfeval.domain.scored import EXECUTION, State
from selfeval.domain.tables import Made, Rows, Table, column, table
from selfeval.domain.totals import PLAIN, Way

_NAN = float("nan")


@blanks_alike
@dataclass(frozen=True, kw_only=True)
class ScoredRow:
    """A scored row: an indicator, or the execution rate of a project, which has no ``promise``."""

    project: str = column("code of the project", "项目编码")
    indicator: str = column("id, or 预算执行率", "指标编号")
    level1: str = column("as published", "一级指标")
    level2: str = column("as published", "二级指标")
    level3: str = column("as published", "三级指标")
    section: str = column("id of the section of the rulebook; blank when none fits")
    kind: str = column("kind id; `execution` for the execution row; blank when not recognised", "类型", "kind")
    measure_id: str = column("id of the measure used; blank when nothing was measured", default="")
    target: str = column("as printed", "指标值", default="")
    target_cell: str = column("where the target stands, 指标!G2", default="")
    target_value: float = column("in target_unit; lower bound of a range; deadline as an Excel day", default=_NAN)
    target_upper: float = column("upper bound of a range, else NaN", default=_NAN)
    target_unit: str = column("unit of target_value: %, 次, 万元, 日期 …", default="")
    actual: str = column("as reported, for people", "实际完成值", default="")
    actual_value: float = column("in target_unit (percent as 95, deadline as an Excel day)", default=_NAN)
    actual_level: str = column("label of the qualitative level", default="")
    actual_percentage: float = column("share given with a level; NaN when the default was used", default=_NAN)
    completion: float = column("actual / target; NaN: it has no meaning", "完成率", "percent", default=_NAN)
    measure: float = column("the measure: a share, or days late", default=_NAN)
    share: float = column("share of the points earned, 0 to 1; NaN when not scored", default=_NAN)
    points: int = column("in hundredths", "分值", "points")
    score: int | None = column("in hundredths; <NA> when not scored", "得分", "points", default=None)
    state: State = column("State id", "状态", "state")  # noqa: RUF009 (a field)
    rule: str = column("id of the entry or override that read the target", "规则", default="")
    sentence: str = column("how the score came about, for a layman", "说明")
    most: int = column(
        "what a row outside the 100 may add or take at most, in hundredths", "100分外最多加减", "points", default=0
    )
    category: str = column("as chosen", ACTUAL_ITEMS["category"], default="")
    reason: str = column("as written", ACTUAL_ITEMS["reason"], default="")
    remedy: str = column("as written", ACTUAL_ITEMS["remedy"], default="")
    evidence: str = column("as written", ACTUAL_ITEMS["evidence"], default="")
    file: str = column("where the actual came from; blank when nothing was found", default="")
    sheet: str = column("the same", default="")
    cell: str = column("the same", default="")
    promise: Promise | None = None

    @property
    def is_execution(self) -> bool:
        """Whether this is the row of the budget execution rate."""
        return self.indicator == EXECUTION

    @property
    def uncapped(self) -> bool:
        """Whether its score may be above its points."""
        return self.promise is not None and self.promise.rule is not None and self.promise.rule.uncapped

    @property
    def worth(self) -> int:
        """The points that a share of 1 stands for, in hundredths."""
        return self.most or self.points

    @property
    def actual_words(self) -> str:
        """The actual as people read it, a day as 2024年12月20日; ``actual`` is for programs."""
        return day_words(self.actual)

    @property
    def origin(self) -> str:
        """Where the actual came from, for people; blank when nothing was found."""
        return where(self.file, self.sheet, self.cell)


def where(file: str, sheet: str, cell: str) -> str:
    """A place for people: forms/….xlsx [自评填报!K12]; blank without a file."""
    return f"{file} [{f'{sheet}!{cell}' if sheet else cell}]" if file else ""


@blanks_alike
@dataclass(frozen=True)
class Month:
    """One month of a project: 万元 paid in it and up to its end (NaN: unknown), and its planned cumulative share.

    ``plan`` is NaN where no checkpoint is, or a blank one; ``assumed`` says that a blank one counts as 100%.
    """

    project: str
    month: int
    paid: float
    cumulative: float
    plan: float
    assumed: bool


@blanks_alike
@dataclass(frozen=True)
class Total:
    """What a project came to. Money in 万元, scores in hundredths."""

    project: str = column("code of the project", "项目编码")
    name: str = column("as published", "项目名称")
    unit_code: str = column("code of the unit", "单位编码")
    unit_name: str = column("单位名称")
    initial: float = column("年初预算数, 万元")
    full_year: float = column("万元", "全年预算数", "amount")
    executed: float = column("万元", "全年执行数", "amount")
    rate: float = column("as a share, not capped; NaN when unknown", "执行率", "percent")
    execution_score: int | None = column("in hundredths; <NA> when not scored", "执行得分", "points")
    indicator_score: int = column("sum of the printed scores so far, in hundredths", "指标得分", "points")
    total: int | None = column("in hundredths; <NA> while anything is missing", "总分", "points")
    lowest: int = column("the points secured, in hundredths", "最低", "points")
    highest: int = column("the most that can be reached, in hundredths", "最高", "points")
    grade: str = column("as printed, or 待定", "等级")
    state: State = column("the worst of its rows: error, ask, attention, scored", "状态", "state")  # noqa: RUF009
    execution_state: State = column("of its row 预算执行率")  # noqa: RUF009
    missing: int = column("rows that are ask or error")
    flagged: int = column("rows that are attention")


INDICATOR_SCORES, PROJECT_SCORES = table("indicators", ScoredRow), table("projects", Total)

# What is published: a column with a header is written in this order. A run from before a column came lacks it, and it
# reads as blank (selfeval.runs.past).
_OF_A_ROW = INDICATOR_SCORES.published

RESULTS_FILE = Table("results.csv", (_OF_A_ROW[0], PROJECT_SCORES["name"], *_OF_A_ROW[1:]))
"""One row an indicator, and one row 预算执行率 a project, in document order."""

PROJECTS_FILE = Table("projects.csv", PROJECT_SCORES.published)
"""One row a project, in document order."""


@dataclass(frozen=True)
class ScoredCase:
    """A project with the execution row first, then its indicators in document order.

    ``way`` is how its scores make its total. ``months`` are twelve, or none when no payment was reported.
    ``problems`` are those of its readers and of its scoring, worst first.
    """

    case: Case
    funds: Funds
    rows: tuple[ScoredRow, ...]
    months: tuple[Month, ...]
    total: Total
    problems: tuple[Problem, ...]
    way: Way = PLAIN

    @property
    def converted(self) -> bool:
        """Whether its total is converted to 100 from the points of the rows that apply."""
        return self.way.converted

    def written(self, row: ScoredRow) -> str:
        """What stands in the cell of an actual that was not taken as it stands; blank where it was."""
        cells = (self.case.answer(row.indicator, item) for item in ACTUAL_ITEMS)
        place = row.file, row.sheet, row.cell
        texts = (as_seen(cell) for cell in cells if (cell.file, cell.sheet, cell.cell) == place)
        text = next(filter(None, texts), "")
        return "" if row.actual.startswith(text) or text == row.actual_words else text


Declared = TypeVar("Declared")


def rows_of(declared: Callable[..., Declared], rows: Rows) -> Sequence[Declared]:
    """The rows of a table of the year as the dataclass that declares its columns: Total, or ScoredRow."""
    found = rows.records

    def row(at: int) -> Declared:
        record = found[at]
        return declared(**{**record, "state": State(record["state"])})

    return Made(len(found), row)
