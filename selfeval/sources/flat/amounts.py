"""What the rows say of a project as a whole: its money in 万元, its purpose and its goal."""

from __future__ import annotations

import re
from decimal import Decimal

from selfeval.domain.targets import PROJECTS
from selfeval.sources.flat.columns import MONEY
from selfeval.sources.flat.lines import Line
from selfeval.sources.flat.projects import Project
from selfeval.sources.form.money import IN_WAN, LARGE, of_carried
from selfeval.sources.form.upper import BLANKS
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze

_AMOUNT = re.compile(r"[¥￥]?(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(亿元|万元|元|亿|万)?")
_UNIT = re.compile("[亿万元]")
_KEPT = ("budget", "fiscal", "other")
"""The money that targets have a place for."""
_PASSAGES = ("purpose", "goal")
_HEADERS = {**MONEY, **{name: PROJECTS[name].header for name in _PASSAGES}}


def note(project: Project, line: Line, units: dict[str, str], account: Account) -> None:
    """Keep what a row says of its project; ``units``: those of the columns of money. The first row counts."""
    for name in (*MONEY, *_PASSAGES):
        text = line.text(name)
        if not text or (name in MONEY and squeeze(text) in BLANKS):
            continue
        first = project.first.setdefault(name, (text, line.at(name), units.get(name, "")))
        if squeeze(first[0]) != squeeze(text) and (
            name in _PASSAGES or _value(first[0], first[2]) != _value(text, first[2])
        ):
            what = _HEADERS[name]
            facts = {"where": first[1], "first": first[0], "found": text}
            account.about(project=project.code).report("W144", line.at(name), name=project.name, what=what, **facts)
            project.first[name] = first


def fields_of(project: Project, account: Account) -> dict[str, str | float | None]:
    """The fields of PROJECTS beside codes and names; what cannot be read is reported, and blank."""
    fields: dict[str, str | float | None] = {}
    if "budget" not in project.first and (found := project.first.get("adjusted")):
        account.infer(_HEADERS["budget"], found[0], "没有年初预算数，按全年预算数识别", found[1])
        project.first["budget"] = project.first.pop("adjusted")
    for name in MONEY:
        text, spot, unit = project.first.get(name, ("", project.spot, ""))
        value = _value(text, unit)
        fields[name] = value
        if text and value is None:
            account.report("E109", spot, what=_HEADERS[name], found=text)
        elif value is not None and value >= LARGE and unit in {"万元", ""} and not _UNIT.search(text):
            account.report("W170", spot, found=text)
    budget, fiscal, other = (fields[name] for name in _KEPT)
    carried, _ = fields.pop("carried"), fields.pop("adjusted")
    apart = False
    if isinstance(budget, float) and isinstance(fiscal, float):
        rest = sum(value for value in (other, carried) if isinstance(value, float))
        apart = bool(round(budget - fiscal - rest, 6))
        if apart:
            account.report("W103", project.first["budget"][1], budget=budget, fiscal=fiscal, other=rest)
    if isinstance(carried, float) and carried:
        text, spot, _ = project.first["carried"]
        account.infer("上年结转资金", text, of_carried(within=not apart and budget is not None), spot)
    for name in _PASSAGES:
        text, spot, _ = project.first.get(name, ("", project.spot, ""))
        fields[name] = account.bounded(text, PROJECTS[name], spot)
    return fields


def _value(text: str, unit: str) -> float | None:
    """An amount in 万元, exact; None where the text is none."""
    hit = _AMOUNT.fullmatch(squeeze(text).replace("，", ","))
    return float(Decimal(hit[1].replace(",", "")) * IN_WAN[hit[2] or unit or "万元"]) if hit else None
