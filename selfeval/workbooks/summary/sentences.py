"""Three sentences on the year, ready for a report: live texts on the page of the leader."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.expression.tree import (
    Expression,
    Operand,
    count_numbers,
    count_of,
    count_where,
    is_number,
    item_at,
    joined,
    largest,
    position_of,
    shown,
    total,
    when,
)
from selfeval.domain.problems import Severity
from selfeval.domain.rounding import points_format
from selfeval.domain.scored import PENDING_GRADE
from selfeval.sheets.model import cell
from selfeval.workbooks.summary.analysis import LOST, Analysis
from selfeval.workbooks.summary.indicators import down_rows
from selfeval.workbooks.summary.overview import AVERAGE, PROJECTS, WEIGHTED, Year, down_projects
from selfeval.workbooks.summary.tables import ANALYSIS

_DECIMALS = points_format()
"""Of money and points alike; without commas, which not every calculator's TEXT knows."""


def sentences(year: Year, analysis: Analysis, labels: Sequence[str]) -> tuple[Expression, Expression, Expression]:
    """On the money, on the scores with the number of each grade of ``labels``, on the losses and what is open."""
    return _money(year), _scores(year, labels), _losses(year, analysis)


def _percent(share: Expression) -> Expression:
    return joined(shown(share * 100, _DECIMALS), "%")


def _known(figure: Expression, text: Expression, otherwise: str) -> Expression:
    return when(is_number(figure), text, otherwise)


def _money(year: Year) -> Expression:
    budget, executed, rate = (cell("sums", column, PROJECTS) for column in ("full_year", "executed", "rate"))
    return joined(
        f"{year.year}年度，共对",
        count_numbers(down_projects("seq", len(year.projects))),
        "个项目开展绩效自评，全年预算数",
        shown(budget, _DECIMALS),
        "万元，全年执行数",
        shown(executed, _DECIMALS),
        "万元，",
        _known(rate, joined("预算执行率", _percent(rate)), "部分项目的资金数待补充"),
        "。",
    )


def _scores(year: Year, labels: Sequence[str]) -> Expression:
    average, weighted = (cell(row, "total", PROJECTS) for row in (AVERAGE, WEIGHTED))
    count = len(year.projects)
    grades: list[Operand] = []
    for label in (one for one in labels if one != PENDING_GRADE):
        grades += ["、" if grades else "", label, count_of(down_projects("grade", count), label), "个"]
    pending = count_of(down_projects("grade", count), PENDING_GRADE)
    parts: tuple[Operand, ...] = (
        "已评定",
        count_numbers(down_projects("total", count)),
        "个项目，平均得分",
        shown(average, _DECIMALS),
        "分",
        _known(weighted, joined("（按全年预算数加权", shown(weighted, _DECIMALS), "分）"), ""),
        "，其中",
        *grades,
        when(pending > 0, joined("；另有", pending, "个项目资料不全，暂未定级"), ""),
        "。",
    )
    return _known(average, joined(*parts), "各项目资料不全，均暂未定级。")


def _losses(year: Year, analysis: Analysis) -> Expression:
    lost, count = down_rows("lost", year.rows), len(year.projects)
    warned = down_projects(Severity.WARNING.name, count)
    warnings = total(warned)
    parts = (
        when(
            count_where(lost, ">0") > 0,
            joined(
                "共", count_where(lost, ">0"), "项指标失分，合计", shown(total(lost), _DECIMALS), "分", _most(analysis)
            ),
            "各项指标均未失分",
        ),
        when(
            warnings > 0, joined("；尚有警告", warnings, "条，涉及", count_where(warned, ">0"), "个项目，需要核实"), ""
        ),
        "。",
    )
    return joined(*parts)


def _most(analysis: Analysis) -> Expression | str:
    """Which level lost most."""
    levels = analysis.levels
    if not levels.lines:
        return ""
    lost = levels.all(LOST, ANALYSIS)
    at = position_of(largest(lost), lost)
    first, second = (item_at(names, at) for names in levels.names(ANALYSIS))
    name = joined(first, when(first.equals(second), "", joined("—", second)))
    share = largest(lost) / total(lost)
    return joined("，其中失分最多的是“", name, "”（", shown(largest(lost), _DECIMALS), "分，占", _percent(share), "）")
