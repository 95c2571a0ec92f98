"""What a check is, with all that is said of it; what it looks at; and what its examples are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from selfeval.domain.catalogue.entry import ProblemText
from selfeval.domain.expression.columns import Flags, Floats
from selfeval.domain.kind import Kind
from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Place, Problem, filled
from selfeval.domain.promised_at import promised_at
from selfeval.domain.reading.quantity import SAYS_NOTHING, Quantity, normalise, show_number, unit_class
from selfeval.domain.reading.units import convert
from selfeval.domain.reported import Cell
from selfeval.domain.rulebook import USUAL, CheckRule, Rounding, show_percent
from selfeval.domain.scored import EXECUTION
from selfeval.domain.tables import Rows
from selfeval.domain.targets import Targets

_NAMED = 5


def as_floats(values: Iterable[float | None]) -> Floats:
    """Numbers as an array, NaN where there is none. shape (values,)"""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


@dataclass(frozen=True)
class Facts:
    """A scored year, or a part of it. ``scores`` is INDICATOR_SCORES, ``projects`` PROJECT_SCORES, in document order.

    ``results`` are the 年度目标完成情况 by 项目编码. A mask has a flag a row of ``scores``, or a project where so said.
    """

    targets: Targets
    results: Mapping[str, Cell]
    scores: Rows
    projects: Rows
    rounding: Rounding = USUAL

    def column(self, name: str) -> Floats:
        """A column of ``scores`` as floats, NaN where there is nothing. shape (rows,)"""
        return as_floats(self.scores.column(name))

    def project_column(self, name: str) -> Floats:
        """A column of ``projects`` as floats, NaN where there is nothing. shape (projects,)"""
        return as_floats(self.projects.column(name))

    @cached_property
    def owners(self) -> npt.NDArray[np.intp]:
        """The position in ``projects`` of the project of each row. shape (rows,)"""
        places = {project: at for at, project in enumerate(self.projects.column("project"))}
        return np.array([places.get(project, -1) for project in self.scores.column("project")], dtype=np.intp)

    @cached_property
    def execution(self) -> Flags:
        """The rows of the execution rate, one a project."""
        return self.is_one_of("indicator", (EXECUTION,))

    @cached_property
    def scored(self) -> Flags:
        """The rows of indicators that have a score; the execution rows are not among them."""
        return np.asarray(~np.isnan(self.column("score")) & ~self.execution)

    @cached_property
    def full(self) -> Flags:
        """The rows of indicators that have all their points."""
        return np.asarray(self.scored & (self.column("score") == self.column("points")))

    def is_kind(self, holds: Callable[[Kind], bool]) -> Flags:
        """The rows of the kinds of which something holds."""
        return self.is_one_of("kind", [kind.id for kind in KINDS.values() if holds(kind)])

    def is_unit(self, *units: str) -> Flags:
        """The rows whose target has one of the units."""
        return self.is_one_of("target_unit", units)

    def is_one_of(self, column: str, texts: Iterable[str]) -> Flags:
        """The rows whose text is one of some."""
        wanted = frozenset(texts)
        return np.array([text in wanted for text in self.scores.column(column)], dtype=np.bool_)

    @cached_property
    def money(self) -> dict[str, Fraction]:
        """The units of the targets that are money, and what one of each is in 万元."""
        units = [unit for unit in dict.fromkeys(self.scores.column("target_unit")) if unit_class(unit) == "money"]
        return {unit: convert(Quantity(Fraction(1), unit), "万元") or Fraction() for unit in units}

    def _where(self, column: str, holds: Callable[[str], bool]) -> Flags:
        """The rows of whose text, normalised, something holds. A distinct text is looked at once."""
        texts = self.scores.column(column)
        held = {text: holds(normalise(text)) for text in {*texts}}
        return np.array([held[text] for text in texts], dtype=np.bool_)

    def contains(self, column: str, words: Iterable[str]) -> Flags:
        """The rows whose text holds one of the words."""
        wanted = [normalise(word) for word in words]
        return self._where(column, lambda text: any(word in text for word in wanted))

    def matches(self, column: str, pattern: re.Pattern[str]) -> Flags:
        """The rows whose whole text matches."""
        return self._where(column, lambda text: pattern.fullmatch(text) is not None)

    def blank(self, column: str) -> Flags:
        """The rows whose text is blank, or says that there is nothing to say (无, 不涉及)."""
        return self._where(column, lambda text: not text or text in SAYS_NOTHING)

    def level_contains(self, *words: str) -> Flags:
        """The rows whose first or second level holds one of the words (成本, 满意)."""
        return np.asarray(self.contains("level1", words) | self.contains("level2", words))

    def sum_by_project(self, name: str, mask: Flags) -> npt.NDArray[np.int64]:
        """The sum of a column of whole numbers over the rows of a mask, by project. shape (projects,)"""
        sums = np.bincount(self.owners[mask], self.column(name)[mask], minlength=len(self.projects))
        return sums.astype(np.int64)

    def all_by_project(self, mask: Flags, among: Flags, least: int = 1) -> Flags:
        """The projects all of whose rows ``among`` lie in ``mask``, and that have at least ``least`` of them."""
        counts = np.bincount(self.owners[among], minlength=len(self.projects))
        hits = np.bincount(self.owners[among & mask], minlength=len(self.projects))
        return np.asarray((counts >= least) & (counts == hits))

    def _places(self, at: npt.NDArray[np.intp]) -> Iterator[Place]:
        columns = [self.scores.table.place(name) for name in ("project", "indicator", "file", "sheet", "cell")]
        for row in map(self.scores.__getitem__, at.tolist()):
            yield Place(*(row[column] for column in columns))

    def actual_places(self, mask: Flags) -> Iterator[tuple[int, Place]]:
        """Position and place of the reported value of each row of a mask."""
        at = np.flatnonzero(mask)
        return zip(at.tolist(), self._places(at), strict=True)

    def by_project(self, mask: Flags) -> Iterator[list[tuple[int, Place]]]:
        """The same project by project, in the order of ``projects``; those without any such row are left out."""
        found: dict[int, list[tuple[int, Place]]] = {}
        for owner, (at, place) in zip(self.owners[mask].tolist(), self.actual_places(mask), strict=True):
            found.setdefault(owner, []).append((at, place))
        for _, places in sorted(found.items()):
            yield places

    def named(self, rows: Sequence[int]) -> str:
        """The indicators in some rows by name, the first few of many; a stop behind a name is no part of it."""
        level3 = self.scores.table.place("level3")
        names = [self.scores[i][level3].rstrip("。；") for i in rows[:_NAMED]]
        return "、".join(names) + (f"等{len(rows)}项" if len(rows) > _NAMED else "")

    def target_places(self, mask: Flags) -> Iterator[tuple[int, Place]]:
        """Position and place of the target of each row of a mask."""
        cells = self.scores.column("target_cell")
        for i, place in self.actual_places(mask):
            yield i, promised_at(self.targets.file, cells[i], place.project, place.indicator)

    def executed_places(self, projects: Flags) -> Iterator[tuple[int, Place]]:
        """Position in ``projects``, and the place of the executed amount, of each project of a mask of projects."""
        executed = np.flatnonzero(self.execution)[projects]
        return zip(np.flatnonzero(projects).tolist(), self._places(executed), strict=True)


Value = str | float | date | None
"""What was reported; None: the cell is blank."""


@dataclass(frozen=True)
class Answered:
    """One indicator: its target, and what was reported for it."""

    target: str
    actual: Value = None
    level: Value = None
    percentage: Value = None
    reason: Value = None
    evidence: Value = None
    remedy: Value = None
    level1: str = "产出指标"
    level2: str = "数量指标"
    level3: str = ""


DONE = Answered("≥3次", 4.0, reason="活动增加")
MET = Answered("持续提升", level="达成年度指标", level1="效益指标", level2="社会效益指标")
CONTENT = Answered("持续提升", level="达成年度指标", level1="满意度指标", level2="服务对象满意度指标")


@dataclass(frozen=True)
class Sample:
    """A project in which all is well but for what an example names: money in 万元, ``budget`` that of the targets."""

    rows: Sequence[Answered] = (DONE, MET, CONTENT)
    code: str = "P1"
    initial: float = 100.0
    full_year: float | str = 100.0
    executed: float | str = 100.0
    budget: float | None = None
    result: Value = None


@dataclass(frozen=True)
class Example:
    """The projects of a year; ``message`` is what a check that says something of them says, in part or whole."""

    projects: Sequence[Sample]
    message: str = ""


_COUNTED = frozenset("个")
_WHOLE = frozenset("个倍分")
_ALL_POINTS = 100

Limit = Fraction
"""The line that a rulebook draws for a check, exactly."""

Findings = Iterator[tuple[Place, dict[str, object]]]
"""Where something was found, and the facts that the message of the check names."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check. Its severity is W or I: it never is an error.

    ``find`` takes the facts, then the limit (Fraction) and the words (tuple of texts) if the check has them: it has a
    limit when ``limit`` says what that means (in ``unit``: % of a share, 万元, 分 …), and words when ``words`` does.
    ``docs/checks.md`` shows what it ``looks_for`` (blank: the title says it all), the mark of its ``source``,
    and the ``note``. ``replaces`` is a code that says less of the same project, which then is not said of it.
    One that compares projects looks ``over_year``; all others over some projects at a time.
    """

    code: str
    find: Callable[..., Findings]  # the arguments differ as said above; the first case of a check would show a slip
    title: str
    message: str
    remedy: str
    source: str
    says: tuple[Example, ...]
    silent: tuple[Example, ...]
    limit: str = ""
    unit: str = ""
    words: str = ""
    looks_for: str = ""
    note: str = ""
    replaces: str = ""
    over_year: bool = False

    @property
    def entry(self) -> ProblemText:
        """What the catalogue says of the code."""
        return ProblemText(self.title, self.message, self.remedy)

    def run(self, facts: Facts, rule: CheckRule) -> Iterator[Problem]:
        """The problems of a year, by the limit and words of the rulebook."""
        given = [rule.limit] * bool(self.limit) + [rule.words] * bool(self.words)
        for place, found in self.find(facts, *given):
            yield filled(self.code, self.entry, place, found)

    def limit_fault(self, limit: Fraction, *, percent: bool) -> str:
        """Why a limit cannot be meant in the unit of the check; blank when it can. ``percent``: written with a %."""
        shown = show_number(limit)
        if self.unit == "%":
            meant = f"limit 是比例（{self.limit}），{shown}就是{show_percent(limit)}；是{shown}%的，写{shown}%"
            return meant if limit > 1 and not percent else f"limit 是比例，不能超过100%（{self.limit}）" * (limit > 1)
        if percent:
            return f"limit 的单位是{self.unit}（{self.limit}），不写百分号"
        if self.unit in _WHOLE and (limit < 1 or (self.unit in _COUNTED and limit.denominator != 1)):
            return f"limit 的单位是{self.unit}（{self.limit}），不能是{shown}"
        return f"limit 的单位是分（{self.limit}），不能超过100" if self.unit == "分" and limit > _ALL_POINTS else ""

    def show_limit(self, limit: Fraction) -> str:
        """A limit with its unit: 90%, 0.01万元."""
        return show_percent(limit) if self.unit == "%" else f"{show_number(limit)}{self.unit}"
