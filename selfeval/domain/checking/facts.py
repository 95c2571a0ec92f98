"""What checks look at: the scored year with its targets and reports, and common ways to pick rows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from selfeval.domain.problems import Place
from selfeval.domain.reading.quantity import normalise, show_number
from selfeval.domain.reported import Reported
from selfeval.domain.scored import EXECUTION
from selfeval.domain.targets import Targets

Mask = npt.NDArray[np.bool_]

COMPARED = ("at_least", "at_most", "exactly")
"""Kinds whose actual and target are two numbers of one unit."""

MONEY: dict[str, Fraction] = {
    "元": Fraction(1, 10_000),
    "千元": Fraction(1, 10),
    "万元": Fraction(1),
    "百万元": Fraction(100),
    "亿元": Fraction(10_000),
}
"""Units of money and what one of them is in 万元."""


def show_share(share: float) -> str:
    """A share as a percentage with at most two places: 88.14%."""
    return f"{show_number(round(share * 100, 2))}%"


@dataclass(frozen=True)
class Facts:
    """A scored year. ``indicators`` is INDICATOR_SCORES, ``projects`` is PROJECT_SCORES, both in document order."""

    targets: Targets
    reported: Reported
    indicators: pd.DataFrame
    projects: pd.DataFrame
    _columns: dict[str, npt.NDArray[np.float64]] = field(default_factory=dict, repr=False, compare=False)

    def column(self, name: str) -> npt.NDArray[np.float64]:
        """A column of ``indicators`` as floats, NaN where there is nothing. shape (rows,)"""
        if name not in self._columns:
            self._columns[name] = self.indicators[name].to_numpy(dtype=np.float64, na_value=np.nan)
        return self._columns[name]

    def of_project(self, name: str) -> npt.NDArray[np.float64]:
        """A column of ``projects`` as floats, NaN where there is nothing. shape (projects,)"""
        return self.projects[name].to_numpy(dtype=np.float64, na_value=np.nan)

    def kinds(self, *kinds: str) -> Mask:
        """The rows of some kinds."""
        return self.indicators["kind"].isin(kinds).to_numpy()

    @cached_property
    def execution(self) -> Mask:
        """The rows of the execution rate, one a project."""
        return np.asarray((self.indicators["indicator"] == EXECUTION).to_numpy())

    def scored(self) -> Mask:
        """The rows of indicators that have a score; the execution rows are not among them."""
        return np.asarray(self.has_score() & ~self.execution)

    def has_score(self) -> Mask:
        """The rows that have a score, the execution rows among them."""
        return ~np.isnan(self.column("score"))

    @cached_property
    def owners(self) -> npt.NDArray[np.intp]:
        """The position in ``projects`` of the project of each row."""
        return np.asarray(pd.Index(self.projects["project"]).get_indexer(self.indicators["project"]), dtype=np.intp)

    def sum_of(self, name: str, mask: Mask) -> npt.NDArray[np.int64]:
        """The sum of a column of whole numbers over the rows of a mask, by project. shape (projects,)"""
        sums = np.bincount(self.owners[mask], self.column(name)[mask], minlength=len(self.projects))
        return sums.astype(np.int64)

    def full(self) -> Mask:
        """The rows of indicators that have all their points."""
        return np.asarray(self.scored() & (self.column("score") == self.column("points")))

    def says(self, column: str, words: Iterable[str]) -> Mask:
        """The rows whose text holds one of the words. A distinct text is looked at once."""
        wanted = [normalise(one) for one in words]
        texts = self.indicators[column]
        held = {text: any(word in normalise(text) for word in wanted) for text in texts.unique().tolist()}
        return texts.map(held).to_numpy(dtype=np.bool_)

    def named(self, *words: str) -> Mask:
        """The rows whose first or second level holds one of the words (成本, 满意)."""
        return np.asarray(self.says("level1", words) | self.says("level2", words))

    def rows(self, mask: Mask) -> Iterator[tuple[int, Place]]:
        """Position and place (of the reported value) of each row of a mask."""
        columns = ["project", "indicator", "file", "sheet", "cell"]
        at = np.flatnonzero(mask)
        records = self.indicators[columns].iloc[at].itertuples(index=False, name=None)
        for i, record in zip(at.tolist(), records, strict=True):
            yield i, Place(*map(str, record))

    def targets_of(self, mask: Mask) -> Iterator[tuple[int, Place]]:
        """Position and place (of the target) of each row of a mask."""
        cells = self.indicators["target_cell"]
        for i, place in self.rows(mask):
            sheet, _, cell = str(cells.iloc[i]).rpartition("!")
            yield i, Place(place.project, place.indicator, self.targets.file, sheet, cell)

    def money_place(self, mask: Mask) -> Iterator[tuple[int, Place]]:
        """Position in ``projects``, and the place of the executed amount, of each project of a mask."""
        execution = np.flatnonzero(self.execution)
        columns = ["project", "file", "sheet", "cell"]
        records = self.indicators[columns].iloc[execution[mask]].itertuples(index=False, name=None)
        for i, (project, file, sheet, cell) in zip(np.flatnonzero(mask).tolist(), records, strict=True):
            yield i, Place(str(project), EXECUTION, str(file), str(sheet), str(cell))

    def every(self, mask: Mask, among: Mask, least: int = 1) -> Mask:
        """The projects all of whose rows ``among`` lie in ``mask``, and that have at least ``least`` of them."""
        codes = self.owners
        counts = np.bincount(codes[among], minlength=len(self.projects))
        hits = np.bincount(codes[among & mask], minlength=len(self.projects))
        return np.asarray((counts >= least) & (counts == hits))
