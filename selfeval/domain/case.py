"""One project of a year: what it promised, and what was reported for it. The unit of everything that is scored."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selfeval.domain.problems import Place, Problem, by_project
from selfeval.domain.promised_at import promised_at, sheet_beside
from selfeval.domain.reading.quantity import SAYS_NOTHING, normalise
from selfeval.domain.reported import NOTHING, Cell, Reported, Reports
from selfeval.domain.targets import CHECKPOINTS, Indicator, Project, Targets

NO_PLAN = (math.nan,) * len(CHECKPOINTS)
_HEAD_OFFICE, _DEPARTMENT_DIGITS = "本级", 3

WHOLE = "部门整体"
"""What the code of a department's own part ends in, and what it is called."""


def is_whole(code: str) -> bool:
    """Whether a 项目编码 is that of a department's own part."""
    return code.endswith(f"-{WHOLE}")


def category_before(category: str) -> str:
    """How a 偏差类别 stands before its reason: 〔工作安排〕."""
    return f"〔{category}〕"


@dataclass(frozen=True)
class Case:
    """A project with its plan (cumulative shares for CHECKPOINTS, NaN: blank) and reports.

    ``problems`` are what its readers said; ``targets_file`` is the table of the targets, or the folder of several.
    ``department`` is the 主管部门, as the targets name it, else by the units (``departments_of``). ``faulty`` names the
    indicators whose targets cannot be scored as they were read (预算执行率 among them; a blank: all). ``taken`` names
    those whose values are taken over from other indicators, and which a form does not ask for.
    """

    year: int
    project: Project
    indicators: tuple[Indicator, ...]
    plan: tuple[float, ...] = NO_PLAN
    reports: Reports = field(default_factory=Reports)
    problems: tuple[Problem, ...] = ()
    targets_file: str = ""
    department: str = ""
    faulty: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether it is no project, but a department's own part (部门整体)."""
        return is_whole(self.code)

    @property
    def subject(self) -> str:
        """What is evaluated, as titles have it: 项目支出, 部门整体支出."""
        return f"{WHOLE}支出" if self.is_whole else "项目支出"

    @property
    def code(self) -> str:
        """项目编码."""
        return self.project.project

    def promised_in(self, sheet: str, indicator: str = "") -> Place:
        """The sheet of its targets, beside its first indicator where its year has several tables."""
        first = self.indicators[0].cell if self.indicators else ""
        return promised_at(self.targets_file, sheet_beside(first, sheet), self.code, indicator)

    def is_faulty(self, indicator: str) -> bool:
        """Whether the targets of an indicator cannot be scored as they were read."""
        return not self.faulty.isdisjoint(("", indicator))

    @property
    def sent(self) -> bool:
        """Whether anything at all was looked at for it: a form, or rows of a table."""
        return any(cell.data_type for cell in self.reports.cells())

    def fund(self, item: str) -> Cell:
        """The cell of an item of FUND_ITEMS; an empty one when nothing was found."""
        return self.reports.funds.get(item, NOTHING)

    def payment(self, month: int) -> Cell:
        """The cell of the payment of a month; an empty one when nothing was found."""
        return self.reports.payments.get(month, NOTHING)

    def answer(self, indicator: str, item: str) -> Cell:
        """The cell of an item of an indicator; an empty one when nothing was found."""
        return self.reports.answers.get((indicator, item), NOTHING)

    def said(self, indicator: str, item: str) -> str:
        """The text of an item of an indicator, stripped."""
        return self.answer(indicator, item).text.strip()

    def reason(self, indicator: str) -> str:
        """The 偏差原因 when it says something: blank for 无, / and the like."""
        text = self.said(indicator, "reason")
        return "" if normalise(text) in SAYS_NOTHING else text

    def full_reason(self, indicator: str) -> str:
        """The 偏差原因 as written, with its category before it when one was picked."""
        category, text = self.said(indicator, "category"), self.said(indicator, "reason")
        return f"{category_before(category)}{text}" if category and text else text

    def narrative(self, item: str) -> str:
        """The text of an item of NARRATIVE_ITEMS, stripped."""
        return self.reports.narrative.get(item, NOTHING).text.strip()

    @property
    def mark(self) -> str:
        """What must be printed wherever its figures are, such as 示例数据; blank for real data."""
        return self.narrative("mark")


def cases(targets: Targets, reported: Reported | None = None) -> Iterator[Case]:
    """The projects of a year, in document order, with what each reported and what its readers said of it."""
    return iter(Cases(targets, reported).values())


class Cases(Mapping[str, Case]):
    """The same by 项目编码. Each is made when it is asked for, and not kept."""

    def __init__(self, targets: Targets, reported: Reported | None = None) -> None:
        self._targets, self._reported = targets, Reported() if reported is None else reported
        self._problems = by_project(self._reported.problems)
        self._departments = departments_of(targets)
        self._faulty: dict[str, set[str]] = {}
        for project, indicator in targets.faulty:
            self._faulty.setdefault(project, set()).add(indicator)

    def __getitem__(self, code: str) -> Case:
        (record,) = self._targets.projects.of(code) or ({},)
        if not record:
            raise KeyError(code)
        targets, department = self._targets, self._departments.get(department_code(record["unit_code"]), "")
        return Case(
            targets.year,
            Project(**record),
            tuple(Indicator(**row) for row in targets.indicators.of(code)),
            next((tuple(row[f"month_{month}"] for month in CHECKPOINTS) for row in targets.plan.of(code)), NO_PLAN),
            self._reported.projects.get(code) or Reports(),
            tuple(self._problems.get(code, ())),
            targets.file,
            record["department"] or department,
            frozenset(self._faulty.get(code, ())),
            targets.taken,
        )

    def __contains__(self, code: object) -> bool:
        return code in self._targets.projects.places

    def __iter__(self) -> Iterator[str]:
        return iter(self._targets.projects.column("project"))

    def __len__(self) -> int:
        return len(self._targets.projects)


def department_code(unit_code: str) -> str:
    """The digits of a 单位编码 that stand for its department."""
    return unit_code[:_DEPARTMENT_DIGITS]


def departments_of(targets: Targets) -> dict[str, str]:
    """The name of each department by the digits that the codes of its units begin with.

    324001 承德市司法局本级 is of 324 承德市司法局; a department without a 本级 is left out: a name is never guessed.
    """
    heads: dict[str, str] = {}
    for code, name in targets.projects.columns("unit_code", "unit_name"):
        if code and name.endswith(_HEAD_OFFICE):
            heads.setdefault(department_code(code), name.removesuffix(_HEAD_OFFICE))
    return heads
