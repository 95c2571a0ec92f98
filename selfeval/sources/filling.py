"""A project in two files: what is blank in one is filled from the other; what really differs, by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selfeval.domain.scored import EXECUTION
from selfeval.domain.tables import Table
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, SPENDING_PLAN
from selfeval.sources.differences import NOT_COMPARED, Difference, Record, Whole, paired, same, written

_OF_BUDGET = {PROJECTS[name].header for name in ("budget", "fiscal", "other")}
_OF_PLAN = {column.header for column in PLAN.published}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SHARED_OUT = {INDICATORS[name].header for name in ("level1", "points")}
"""Columns of an indicator on which the points of others hang."""


def is_blank(found: Difference) -> bool:
    """Whether one of the two says nothing there: no contradiction."""
    return bool(found.column) and not (found.old and found.new)


def is_one_target(found: Difference) -> bool:
    """Whether two targets are one that is written in two ways: ≥1,536份 and ≥1536份."""
    texts = (_THOUSANDS.sub("", same(text)) for text in (found.old, found.new))
    return found.column == INDICATORS["target"].header and len({*texts}) == 1


def filled(one: Whole, other: Whole) -> Whole:
    """A project with its blanks taken from the other, where that has the same row."""
    theirs = {id(own): row for own, row in paired(one.indicators, other.indicators) if own is not None and row}
    plan = _row(PLAN, one.plan or {"project": one.project["project"]}, other.plan) if one.plan or other.plan else {}
    rows = tuple(_row(INDICATORS, row, theirs.get(id(row), {})) for row in one.indicators)
    return Whole(_row(PROJECTS, one.project, other.project), plan, rows)


def _row(table: Table, own: Record, other: Record) -> Record:
    blank = (one for one in table.published if one.header not in NOT_COMPARED and not written(one, own.get(one.name)))
    return {**own, **{one.name: other[one.name] for one in blank if written(one, other.get(one.name))}}


def by_row(differing: Sequence[Difference]) -> Iterator[tuple[str, list[Difference]]]:
    """Real differences by what they hold back: an indicator, 预算执行率, what hangs on the plan, or (blank) all."""
    found: dict[str, list[Difference]] = {}
    for one in differing:
        found.setdefault(_holds_back(one), []).append(one)
    yield from [("", list(differing))] if "" in found else found.items()


def _holds_back(found: Difference) -> str:
    if found.indicator:
        return "" if not found.column or found.column in _SHARED_OUT else found.indicator
    if found.column in _OF_BUDGET:
        return EXECUTION
    return SPENDING_PLAN if found.column in _OF_PLAN else ""
