"""按单位: projects, money, rate, average total, points lost, and how many of each grade, live."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.expression.tree import Name, is_number, rounded, same_text, steady, sum_product, when
from selfeval.domain.formulas import BUDGET, EXECUTED
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.rounding import PLACES
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import PENDING_GRADE
from selfeval.domain.scored_case import Total
from selfeval.workbooks.conventions import MONEY_PLACES, unit_label
from selfeval.workbooks.summary import overview
from selfeval.workbooks.summary.indicators import seen
from selfeval.workbooks.summary.overview import listed, rate_where
from selfeval.workbooks.summary.tables import NAMES, Figure, Line, Table

_COUNT = Name("count")


def units(projects: Sequence[Total], rows: int, rulebook: Rulebook) -> Table:
    """The table; ``rows`` is how many rows the sheet 指标 has."""
    names = dict.fromkeys(unit_label(project.unit_code, project.unit_name) for project in projects)
    figures = (*_figures(len(projects), rows), *_grades(len(projects), rulebook))
    return Table("unit", "按单位", ("单位",), figures, tuple(Line((name,)) for name in names), len(names))


def _figures(count: int, rows: int) -> tuple[Figure, ...]:
    # not COUNTIF or SUMIF: those read a name such as ">5" or "*" as a condition
    here, theirs = same_text(listed("unit", count), NAMES[0]), same_text(seen("unit", rows), NAMES[0])
    budget, executed, totals = (listed(column, count) for column in ("full_year", "executed", "total"))
    all_known = sum_product(here * is_number(budget) * is_number(executed)).equals(_COUNT)
    final = sum_product(here * is_number(totals))
    average = rounded(sum_product(here * 1, totals) / final, PLACES)
    head = {column.id: column.heading for column in overview.COLUMNS}
    return (
        Figure(_COUNT, "项目数", sum_product(here * 1)),
        Figure(BUDGET, head["full_year"], steady(sum_product(here * 1, budget), MONEY_PLACES), "money"),
        Figure(EXECUTED, head["executed"], steady(sum_product(here * 1, executed), MONEY_PLACES), "money"),
        Figure(Name("rate"), head["rate"], rate_where(all_known), "percent"),
        Figure(Name("average"), "平均总分\n（已定的）", when(final.equals(0), PENDING, average), "score"),
        Figure(Name("lost"), "失分合计", steady(sum_product(theirs * 1, seen("lost", rows)), PLACES), "lost"),
    )


def _grades(count: int, rulebook: Rulebook) -> tuple[Figure, ...]:
    """How many projects have each grade."""
    here, grades = same_text(listed("unit", count), NAMES[0]), listed("grade", count)
    labels = (*(grade.label for grade in rulebook.grades), PENDING_GRADE)
    return tuple(
        Figure(Name(f"grade.{at}"), f"{label}\n（个）", sum_product(here * grades.equals(label)))
        for at, label in enumerate(labels)
    )
