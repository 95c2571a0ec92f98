"""What the rows say of a project as a whole: its money in 万元, its purpose and its goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selfeval.domain.targets import PROJECTS
from selfeval.sources.amount import amount_of
from selfeval.sources.blocks import Spot
from selfeval.sources.flat.columns import MONEY
from selfeval.sources.flat.lines import Line
from selfeval.sources.flat.projects import Project, named_in_code, parted
from selfeval.sources.form.money import of_carried
from selfeval.sources.form.upper import BLANKS
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze
from selfeval.sources.magnitude import IN_WAN, Printed, against_total, tell_apart

_KEPT = ("budget", "fiscal", "other")
"""The money that targets have a place for."""
_TEXTS = ("purpose", "goal", "department")
_HEADERS = {**MONEY, **{name: PROJECTS[name].header for name in _TEXTS}}


def note(project: Project, line: Line, units: dict[str, str], account: Account) -> None:
    """Keep what a row says of its project; ``units``: those of the columns of money. The first row counts."""
    own = squeeze(line.text("money_unit"))
    units = {name: own if own in IN_WAN else unit for name, unit in units.items()}
    for name in (*MONEY, *_TEXTS):
        text = line.text(name)
        if not text or (name in MONEY and name in line.covered) or (name in MONEY and squeeze(text) in BLANKS):
            continue
        first = project.first.setdefault(name, (text, line.at(name), units.get(name, "")))
        if squeeze(first[0]) != squeeze(text) and (
            name in _TEXTS or value_of(first[0], first[2]) != value_of(text, first[2])
        ):
            what = _HEADERS[name]
            facts = {"where": first[1], "first": first[0], "found": text}
            account.about(project=project.code).report("W144", line.at(name), name=project.name, what=what, **facts)
            project.first[name] = first


def tell_codes(project: Project, line: Line, account: Account) -> None:
    """Report once that a unit, or a project, has one code or name in its own column and another one beside it."""
    for what, name, (own, beside) in (
        ("单位编码", "unit_code", (line.text("unit_code"), parted(line.unit).code)),
        ("项目名称", "name", (line.text("name"), named_in_code(line))),
    ):
        if own and beside and squeeze(own) != squeeze(beside) and f"{name} beside" not in project.first:
            project.first[f"{name} beside"] = beside, line.at(name), ""
            facts = {"what": what, "where": line.at(name), "first": own, "found": beside}
            account.about(project=project.code).report("W144", line.spot, name=project.name, **facts)


def tell_shared(project: Project, line: Line, before: Project | None, units: dict[str, str]) -> None:
    """Make an amount in one cell for several projects no amount of any: how much is whose, nobody can tell."""
    for name in {*MONEY} & line.covered - project.first.keys():
        if before and before is not project:
            text = f"{line.text(name)}（几个项目合在一个单元格）"
            for one in (before, project):
                one.first[name] = text, line.at(name), units.get(name, "")


def note_department(project: Project, name: str, spot: Spot | None, account: Account | None = None) -> None:
    """Keep the department that stands above a table, or a row, for a project whose rows name none; which is said."""
    if name and spot and "department" not in project.first:
        project.first["department"] = name, spot, ""
        if account is not None:
            said = "主管部门空白，按上面一行识别"
            account.about(project=project.code).infer(_HEADERS["department"], name, said, project.spot)


def carried_department(
    project: Project, line: Line, before: tuple[str, Spot] | None, account: Account
) -> tuple[str, Spot] | None:
    """The department that rows have named so far; where a project's rows name none, it is that of the row above."""
    if line.text("department"):
        return line.text("department"), line.at("department")
    if before:
        note_department(project, *before, account)
    return before


def fields_of(project: Project, account: Account) -> dict[str, str | float | None]:
    """The fields of PROJECTS beside codes and names; what cannot be read is reported, and blank."""
    fields: dict[str, str | float | None] = {}
    if "budget" not in project.first and (found := project.first.get("adjusted")):
        account.infer(_HEADERS["budget"], found[0], "没有年初预算数，按全年预算数识别", found[1])
        project.first["budget"] = project.first.pop("adjusted")
    for name in MONEY:
        text, spot, unit = project.first.get(name, ("", project.spot, ""))
        value = value_of(text, unit)
        fields[name] = value
        if text and value is None and name != "adjusted":  # which counts only where it stands for the budget
            account.report("E109", spot, what=_HEADERS[name], found=text)
    budget, fiscal, other = (fields[name] for name in _KEPT)
    carried, _ = fields.pop("carried"), fields.pop("adjusted")
    apart = False
    if isinstance(budget, float) and isinstance(fiscal, float):
        sources = {"财政资金": fiscal, "其他资金": other, "上年结转资金": carried}
        known = {what: value for what, value in sources.items() if isinstance(value, float)}
        apart = bool(round(budget - sum(known.values()), 6))
        if apart:
            tell_apart(budget, known, project.first["budget"][1], account)
    if isinstance(carried, float) and carried:
        text, spot, _ = project.first["carried"]
        account.infer("上年结转资金", text, of_carried(within=not apart and budget is not None), spot)
    for name in _TEXTS:
        text, spot, _ = project.first.get(name, ("", project.spot, ""))
        text = parted(text).name if name == "department" else text
        fields[name] = account.bounded(text, PROJECTS[name], spot)
    return fields


def budget_of(project: Project) -> Printed | None:
    """The budget of a project as its rows print it; None where they have none."""
    text, spot, unit = project.first.get("budget", ("", project.spot, ""))
    amount, unit = amount_of(text), unit or "万元"
    return Printed(text, amount.in_wan(unit), unit, spot, sure=bool(amount.unit)) if amount else None


@dataclass(frozen=True)
class Total:
    """A row 合计: the sum of money in it as printed, in 万元, and how many projects there were before it."""

    text: str
    value: float
    before: int


def checked(totals: Sequence[Total], budgets: Mapping[str, Printed], account: Account) -> dict[str, Printed]:
    """The budgets, told those that must be ten thousand times more, or less, for a sum of all or of those above it."""
    told = dict(budgets)
    codes, before = [*budgets], 0
    for one in totals:
        parts = codes[before : one.before], codes
        for part in parts[: 1 if parts[0] == codes else 2]:
            told |= against_total(one.text, one.value, {code: budgets[code] for code in part}, account)
        before = one.before
    return told


def value_of(text: str, unit: str) -> float | None:
    """An amount in 万元, exact; None where the text is none."""
    amount = amount_of(text)
    return amount.in_wan(unit or "万元") if amount else None
