"""Where the money of a project comes from: the amounts by source that stand below each of FUND_ITEMS."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isnan

from selfeval.domain.fund_layouts import SOURCES, FundLayout, source_item, sources_of
from selfeval.domain.reading.actuals import read_amount
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reported import FUND_ITEMS, NOTHING, Cell, Reports
from selfeval.domain.rounding import fraction
from selfeval.domain.targets import Project


@dataclass(frozen=True)
class BySource:
    """What was reported of an amount by source, in 万元; what was left blank beside others is 0."""

    amounts: Mapping[str, Fraction]

    @property
    def total(self) -> Fraction:
        """Of all sources."""
        return sum(self.amounts.values(), Fraction(0))

    def of(self, sources: Sequence[str]) -> Fraction:
        """Of some sources."""
        return sum((self.amounts.get(source, Fraction(0)) for source in sources), Fraction(0))


def by_source(reports: Reports, item: str) -> BySource | None:
    """An item of FUND_ITEMS by source; None where no source is filled in, or one cannot be read (told elsewhere)."""
    cells = {source: reports.funds.get(source_item(item, source), NOTHING) for source in SOURCES}
    answers = {source: read_amount(cell.text, cell.data_type, cell.number) for source, cell in cells.items()}
    known = {source: fraction(answer.value) for source, answer in answers.items() if answer.value is not None}
    readable = all(answer.value is not None or answer.code == "E401" for answer in answers.values())
    return BySource(known) if known and readable else None


_CARRIED = re.compile(r"结转|上年|(?P<year>20\d\d)年")


def published(project: Project, layout: FundLayout, year: int) -> BySource | None:
    """The published budget by source; None where it is not known, or published by other sources than the layout's.

    What is published as 财政资金 may be carried over where the project's name speaks of it, or of an earlier year.
    """
    if any(not hit["year"] or int(hit["year"]) < year for hit in _CARRIED.finditer(project.name)):
        return None
    other = 0.0 if isnan(project.other) else project.other
    fiscal = project.budget - other if isnan(project.fiscal) else project.fiscal
    if isnan(project.budget) or fraction(fiscal) + fraction(other) != fraction(project.budget):
        return None
    amounts = {source: fraction(amount) for source, amount in (("granted", fiscal), ("other", other)) if amount}
    return BySource(amounts) if amounts and amounts.keys() <= {*sources_of(layout)} else None


def with_totals(reports: Reports) -> Reports:
    """The reports with the sum of its sources for each amount that is blank itself."""
    found: dict[str, Cell] = {}
    for item in FUND_ITEMS:
        cell, parts = reports.funds.get(item, NOTHING), by_source(reports, item)
        if parts is not None and cell.data_type in {"", "blank"}:
            first = next(cell for name, cell in reports.funds.items() if name.startswith(f"{item}.") and cell.text)
            at = cell if cell.file else first
            found[item] = replace(at, text=show_number(parts.total), number=float(parts.total), data_type="number")
    return replace(reports, funds={**reports.funds, **found}) if found else reports
