"""The upper half of a project's table: who, what, how much, what for, and the goal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selfeval.domain.targets import PROJECTS, SPENDING_PLAN
from selfeval.sources.amount import amount_of
from selfeval.sources.blocks import Spot
from selfeval.sources.codes import OF_UNIT
from selfeval.sources.form import spending_plan
from selfeval.sources.form.labels import CODE, UPPER, Filled, filled, indicator_header, is_label, joined
from selfeval.sources.form.outline import TableSection
from selfeval.sources.form.whose import Whose, made_code
from selfeval.sources.imported import Account, how_to_mend
from selfeval.sources.layout import squeeze, tidy
from selfeval.sources.magnitude import UNIT as UNIT_OF_MONEY
from selfeval.sources.magnitude import Printed, tell_apart

_PRINTED = {name: UPPER[name][0] for name in ("name", "budget", "fiscal", "other", "plan")}
"""What a table must have, as printed; the code has its own problem, and the goal may stand without its label."""
_UNIT_OF_MONEY = re.compile(rf"[（(]?(?:金额)?单位[:：]({UNIT_OF_MONEY})[）)]?")
_UNIT = re.compile(rf"(?<!\d)({OF_UNIT})([^\d:：（）()][^\d:：]*?)(?=[（(]?(?:金额)?单位[:：]|$)")
_BLANKS = {"", "-", "—", "/", "无"}
_LEFT_OF_LABEL = {"资金用途", "预算规模及", "及资金用途"}


@dataclass(frozen=True)
class ProjectTable:
    """One project as its table states it; ``fields`` are those of PROJECTS (money in 万元), ``plan`` are shares.

    ``budget``: 预算数 as printed.
    """

    code: str
    name: str
    fields: dict[str, str | float | None]
    plan: dict[int, float]
    spot: Spot
    budget: Printed | None = None


@dataclass
class _Reader:
    """What is known while one table is read: its cells above the indicator rows, and which of them are labels."""

    section: TableSection
    account: Account
    cells: list[Filled]
    found: dict[str, int]

    def after(self, name: str) -> list[Filled]:
        here = self.found.get(name)
        if here is None:
            return []
        return self.cells[here + 1 : min((at for at in self.found.values() if at > here), default=None)]

    def spot(self, name: str) -> Spot:
        return self.cells[self.found[name]].cell.spot if name in self.found else self.section.spot


def is_published(section: TableSection) -> bool:
    """Whether a table is of the published form (部门预算绩效文本), by the labels that it alone has."""
    cells = [cell for row in section.rows[: indicator_header(section.rows)] for cell in row.cells]
    coded = any(is_label(cell.text, CODE) for cell in cells)
    return coded and any(is_label(cell.text, (*UPPER["scope"], *UPPER["plan"])) for cell in cells)


def read(section: TableSection, account: Account) -> ProjectTable:
    """Read the part of a project's table above its indicator rows."""
    cells = filled(section.rows[: indicator_header(section.rows)])
    reader = _Reader(section, account, cells, _find_labels(cells))
    code = account.bounded(squeeze(joined(reader.after("code"))), PROJECTS["project"], reader.spot("code"))
    reader.account = account = account.about(project=code)
    for key, label in _PRINTED.items():
        if key not in reader.found:
            name, how = section.heading or code or "（无标题）", how_to_mend((), section.spot)
            # without a plan only what is measured against it has to wait
            here = account.about(indicator=SPENDING_PLAN) if key == "plan" else account
            here.report("E106", section.spot, what=label, name=name, how=how)
    unit_code, unit_name, unit = _preamble(reader)
    name = joined(reader.after("name"))
    if not code and name:
        code = made_code(Whose(unit_code, unit_name), name, reader.spot("name"), account)
        reader.account = account = account.about(project=code)
    money, budget = _money(reader, unit)
    fields = {"unit_code": unit_code, "unit_name": unit_name, "project": code, "name": name, **money}
    amount = _other_amount(reader)
    # 资金用途 has no label of its own: it is what stands under the row of amounts.
    under = (cell for cell in reader.after("other")[len(amount) :] if squeeze(cell.cell.text) not in _LEFT_OF_LABEL)
    fields["purpose"] = joined(under)
    plan = reader.after("plan")
    extent = spending_plan.extent(plan)
    fields["goal"] = _goal(reader, plan[extent:])
    if "name" in reader.found and not name:
        account.report("W107", section.spot, what="项目名称", name=section.heading)
    if not fields["goal"]:
        account.report("W107", section.spot, what="绩效目标", name=name or section.heading)
    for key in ("unit_code", "unit_name", "name", "purpose", "goal"):
        fields[key] = account.bounded(str(fields[key] or ""), PROJECTS[key], reader.spot(key))
    name = str(fields["name"])
    shares = spending_plan.read(plan[:extent], reader.spot("plan"), account)
    return ProjectTable(code, name, fields, shares, reader.spot("code"), budget)


def _find_labels(cells: list[Filled]) -> dict[str, int]:
    found: dict[str, int] = {}
    start = 0
    for name, spellings in UPPER.items():
        hit = next((at for at in range(start, len(cells)) if is_label(cells[at].cell.text, spellings)), None)
        if hit is not None:
            found[name] = hit
            start = hit + 1
    return found


def _preamble(reader: _Reader) -> tuple[str, str, str]:
    """Unit code, unit name and the unit of money, from the lines above the table, or its cells above any label."""
    section = reader.section
    cells = reader.cells[: min(reader.found.values(), default=0)]
    above = tidy("\n".join([*(line.text for line in section.above), *(cell.text for _, cell in cells)]))
    money, unit = _UNIT_OF_MONEY.search(above) or _UNIT_OF_MONEY.search(squeeze(section.title)), _UNIT.search(above)
    for hit in filter(None, (money, unit)):
        above = above.replace(hit[0], "")
    if above:
        reader.account.report("W105", section.spot, found=above)
    if not unit:
        reader.account.report("W106", section.spot, name=section.heading)
    if not money:
        reader.account.infer("金额单位", "", "表上没有写金额单位，按万元识别", section.spot)
    code, name = unit.groups() if unit else ("", "")
    return code, name, money[1] if money else "万元"


def _money(reader: _Reader, unit: str) -> tuple[dict[str, float | None], Printed | None]:
    """预算数, 财政资金 and 其他资金 in 万元, exact, whatever unit was named; the unreadable is reported, and blank.

    With them the budget as it is printed.
    """
    values: dict[str, float | None] = {}
    whole: Printed | None = None
    for key in ("budget", "fiscal", "other"):
        text = joined(_other_amount(reader) if key == "other" else reader.after(key))
        bare = squeeze(text).replace("，", ",")
        amount = amount_of(bare)
        value = amount.in_wan(unit) if amount else None
        values[key] = value
        if key == "budget" and amount and value is not None:
            whole = Printed(text, value, amount.unit or unit, reader.after(key)[0].cell.spot, sure=bool(amount.unit))
        if key in reader.found and value is None and (key == "budget" or bare not in _BLANKS):
            reader.account.report("E109", reader.spot(key), what=_PRINTED[key], found=text or "空白")
        elif unit != "万元" and value is not None:
            reader.account.infer(_PRINTED[key], text, f"表上单位是{unit}，换算为{value!r}万元", reader.spot(key))
    budget, fiscal, other = values.values()
    if budget is not None and fiscal is not None and round(budget - fiscal - (other or 0.0), 6):
        tell_apart(budget, {"财政资金": fiscal, "其他资金": other}, reader.spot("budget"), reader.account)
    return values, whole


def _other_amount(reader: _Reader) -> list[Filled]:
    """The cell with the amount of 其他资金: the first in the row of the label; below stands the purpose."""
    return [cell for cell in reader.after("other")[:1] if cell.row == reader.cells[reader.found["other"]].row]


def _goal(reader: _Reader, left: list[Filled]) -> str:
    """绩效目标. Without its label it is what the plan's rows leave over."""
    text = joined(left)
    if text and "goal" in reader.found:
        reader.account.report("W105", left[0].cell.spot, found=text)
    elif text:
        said = "“绩效目标”一栏的标签空白，资金支出计划下面的文字按绩效目标识别"
        reader.account.infer("绩效目标", text[:30], said, left[0].cell.spot)
        return text
    return joined(reader.after("goal"))
