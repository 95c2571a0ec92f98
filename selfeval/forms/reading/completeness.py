"""What a form leaves blank that no score asks for, and whether its answers agree with each other."""

from __future__ import annotations

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reported import FUND_ITEMS, NARRATIVE_ITEMS
from selfeval.forms.identity import OPTIONAL_ITEMS
from selfeval.forms.reading.expected import Record, Records
from selfeval.forms.reading.one_form import Form


def completeness(form: Form, records: Records, name: str) -> list[Problem]:
    """One warning for all blanks among funds, months and narrative; one where 是否调整 belies the budgets.

    A form in which nothing at all is filled in is told by its indicators.
    """
    place = Place(form.project, file=form.file, sheet=form.grid.sheet)
    everything = (*records.funds, *records.payments, *records.actuals, *records.narrative)
    if all(one["form"] == "blank" or one.get("item") == "mark" for one in everything):
        return []
    blank = [_told(one) for one in _asked(records) if one["form"] == "blank" and one["cell"]]
    found = [problem("W306", place, name=name, what="、".join(blank))] if blank else []
    return [*found, *_adjusted(records, place)]


def _asked(records: Records) -> list[Record]:
    """Values that nothing is scored from, or not in every project. Budget and executed are asked for by the scoring."""
    initial = [one for one in records.funds if one["item"] == "initial"]
    narrative = [one for one in records.narrative if one["item"] not in OPTIONAL_ITEMS]
    return [*initial, *records.payments, *narrative]


def _told(record: Record) -> str:
    item = str(record.get("item", ""))
    what = {**FUND_ITEMS, **NARRATIVE_ITEMS}.get(item) or f"{record['month']}月支付金额"
    return f"{what}（{record['cell']}）"


def _adjusted(records: Records, place: Place) -> list[Problem]:
    said = next((one for one in records.narrative if one["item"] == "adjusted"), None)
    amounts = {str(one["item"]): one for one in records.funds}
    initial, full = amounts["initial"], amounts["full_year"]
    if said is None or initial["form"] != "number" or full["form"] != "number":
        return []
    same = initial["number"] == full["number"]
    if (said["text"], same) not in {("是", True), ("否", False)}:
        return []
    facts = {"found": said["text"], "initial": initial["text"], "full_year": full["text"]}
    return [problem("W307", place.at(cell=str(said["cell"])), **facts)]
