"""What a form leaves blank that no score asks for, and whether its answers agree with each other."""

from __future__ import annotations

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reported import FUND_ITEMS, NARRATIVE_ITEMS, Cell, Reports
from selfeval.forms.identity import OPTIONAL_ITEMS
from selfeval.forms.reading.one_form import Form


def completeness(form: Form, reports: Reports, name: str) -> list[Problem]:
    """One warning for all blanks among funds, months and narrative; one where 是否调整 belies the budgets.

    A form in which nothing at all is filled in is told by its indicators.
    """
    if not reports.filled:
        return []
    place = Place(form.project, file=form.file, sheet=form.grid.sheet)
    blank = [f"{what}（{cell.cell}）" for what, cell in _asked(reports) if cell.form == "blank" and cell.cell]
    found = [problem("W306", place, name=name, what="、".join(blank))] if blank else []
    return [*found, *_adjusted(reports, place)]


def _asked(reports: Reports) -> list[tuple[str, Cell]]:
    """Values that nothing is scored from, or not in every project. Budget and executed are asked for by the scoring."""
    return [
        (FUND_ITEMS["initial"], reports.funds["initial"]),
        *((f"{month}月支付金额", cell) for month, cell in reports.payments.items()),
        *((NARRATIVE_ITEMS[item], cell) for item, cell in reports.narrative.items() if item not in OPTIONAL_ITEMS),
    ]


def _adjusted(reports: Reports, place: Place) -> list[Problem]:
    said = reports.narrative.get("adjusted")
    initial, full = reports.funds["initial"], reports.funds["full_year"]
    if said is None or initial.form != "number" or full.form != "number":
        return []
    if (said.text, initial.number == full.number) not in {("是", True), ("否", False)}:
        return []
    facts = {"found": said.text, "initial": initial.text, "full_year": full.text}
    return [problem("W307", place.at(cell=said.cell), **facts)]
