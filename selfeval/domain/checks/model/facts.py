"""What checks look at: the scored year with its targets and reports, and common ways to pick rows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from selfeval.domain.kind import Kind
from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Place
from selfeval.domain.reading.quantity import SAYS_NOTHING, Quantity, convert, normalise, show_number, unit_class
from selfeval.domain.reported import Cell
from selfeval.domain.scored import EXECUTION
from selfeval.domain.targets import Targets

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Facts:
    """A scored year. ``scores`` is INDICATOR_SCORES, ``projects`` is PROJECT_SCORES, both in document order.

    ``results`` are the 年度目标完成情况 by 项目编码. A mask has one flag a row of ``scores``, or one a project where that is said.
    """

    targets: Targets
    results: Mapping[str, Cell]
    scores: pd.DataFrame
    projects: pd.DataFrame

    def column(self, name: str) -> Floats:
        """A column of ``scores`` as floats, NaN where there is nothing. shape (rows,)"""
        return self.scores[name].to_numpy(dtype=np.float64, na_value=np.nan)

    def project_column(self, name: str) -> Floats:
        """A column of ``projects`` as floats, NaN where there is nothing. shape (projects,)"""
        return self.projects[name].to_numpy(dtype=np.float64, na_value=np.nan)

    @cached_property
    def owners(self) -> npt.NDArray[np.intp]:
        """The position in ``projects`` of the project of each row. shape (rows,)"""
        return np.asarray(pd.Index(self.projects["project"]).get_indexer(self.scores["project"]), dtype=np.intp)

    @cached_property
    def execution(self) -> Mask:
        """The rows of the execution rate, one a project."""
        return np.asarray((self.scores["indicator"] == EXECUTION).to_numpy())

    @cached_property
    def has_score(self) -> Mask:
        """The rows that have a score, the execution rows among them."""
        return ~np.isnan(self.column("score"))

    @cached_property
    def scored(self) -> Mask:
        """The rows of indicators that have a score; the execution rows are not among them."""
        return np.asarray(self.has_score & ~self.execution)

    @cached_property
    def full(self) -> Mask:
        """The rows of indicators that have all their points."""
        return np.asarray(self.scored & (self.column("score") == self.column("points")))

    def is_kind(self, holds: Callable[[Kind], bool]) -> Mask:
        """The rows of the kinds of which something holds."""
        return self.scores["kind"].isin([kind.id for kind in KINDS.values() if holds(kind)]).to_numpy()

    def is_unit(self, *units: str) -> Mask:
        """The rows whose target has one of the units."""
        return self.scores["target_unit"].isin(units).to_numpy()

    @cached_property
    def money(self) -> dict[str, Fraction]:
        """The units of the targets that are money, and what one of each is in 万元."""
        units = [unit for unit in self.scores["target_unit"].unique().tolist() if unit_class(unit) == "money"]
        return {unit: convert(Quantity(Fraction(1), unit), "万元") or Fraction() for unit in units}

    def contains(self, column: str, words: Iterable[str]) -> Mask:
        """The rows whose text holds one of the words. A distinct text is looked at once."""
        wanted = [normalise(word) for word in words]
        texts = self.scores[column]
        held = {text: any(word in normalise(text) for word in wanted) for text in texts.unique().tolist()}
        return texts.map(held).to_numpy(dtype=np.bool_)

    def blank(self, column: str) -> Mask:
        """The rows whose text is blank, or says that there is nothing to say (无, 不涉及)."""
        texts = self.scores[column]
        nothing = {text: normalise(text) in SAYS_NOTHING | {""} for text in texts.unique().tolist()}
        return texts.map(nothing).to_numpy(dtype=np.bool_)

    def level_contains(self, *words: str) -> Mask:
        """The rows whose first or second level holds one of the words (成本, 满意)."""
        return np.asarray(self.contains("level1", words) | self.contains("level2", words))

    def sum_by_project(self, name: str, mask: Mask) -> npt.NDArray[np.int64]:
        """The sum of a column of whole numbers over the rows of a mask, by project. shape (projects,)"""
        sums = np.bincount(self.owners[mask], self.column(name)[mask], minlength=len(self.projects))
        return sums.astype(np.int64)

    def all_by_project(self, mask: Mask, among: Mask, least: int = 1) -> Mask:
        """The projects all of whose rows ``among`` lie in ``mask``, and that have at least ``least`` of them."""
        counts = np.bincount(self.owners[among], minlength=len(self.projects))
        hits = np.bincount(self.owners[among & mask], minlength=len(self.projects))
        return np.asarray((counts >= least) & (counts == hits))

    def actual_places(self, mask: Mask) -> Iterator[tuple[int, Place]]:
        """Position and place of the reported value of each row of a mask."""
        columns = ["project", "indicator", "file", "sheet", "cell"]
        at = np.flatnonzero(mask)
        records = self.scores[columns].iloc[at].itertuples(index=False, name=None)
        for i, record in zip(at.tolist(), records, strict=True):
            yield i, Place(*map(str, record))

    def target_places(self, mask: Mask) -> Iterator[tuple[int, Place]]:
        """Position and place of the target of each row of a mask."""
        cells = self.scores["target_cell"]
        for i, place in self.actual_places(mask):
            sheet, _, cell = str(cells.iloc[i]).rpartition("!")
            yield i, place.at(file=self.targets.file, sheet=sheet, cell=cell)

    def executed_places(self, projects: Mask) -> Iterator[tuple[int, Place]]:
        """Position in ``projects``, and the place of the executed amount, of each project of a mask of projects."""
        rows = np.zeros(len(self.scores), dtype=np.bool_)
        rows[np.flatnonzero(self.execution)[projects]] = True
        for i, (_, place) in zip(np.flatnonzero(projects).tolist(), self.actual_places(rows), strict=True):
            yield i, place


def show_rounded(share: float) -> str:
    """A share as a percentage with at most two places: 88.14%."""
    return f"{show_number(round(share * 100, 2))}%"
