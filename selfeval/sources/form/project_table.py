"""The upper half of a project's table: who, what, how much, what for, and the goal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from selfeval.domain.problems import Place, Problem, problem
from selfeval.sources.blocks import Spot
from selfeval.sources.form import spending_plan
from selfeval.sources.form.cells import Placed, indicator_header, joined, placed
from selfeval.sources.form.labels import UPPER, is_label
from selfeval.sources.form.outline import Section
from selfeval.sources.form.spending_plan import Plan
from selfeval.sources.imported import Reading
from selfeval.sources.layout import squeeze, tidy

_PRINTED = {name: UPPER[name][0] for name in ("name", "budget", "fiscal", "other", "plan")}
"""What a table must have, as printed; the code has its own problem, and the goal may stand without its label."""
_MONEY = ("budget", "fiscal", "other")
_UNIT_OF_MONEY = re.compile(r"[（(]?(?:金额)?单位[:：](亿元|万元|元)[）)]?")
_UNIT = re.compile(r"(?<!\d)(\d{6})([^\d:：（）()][^\d:：]*?)(?=[（(]?(?:金额)?单位[:：]|$)")
_AMOUNT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(亿元|万元|元)?")
_BLANKS = {"", "-", "—", "/", "无"}
_IN_WAN = {"亿元": Decimal(10000), "万元": Decimal(1), "元": Decimal("0.0001")}
_LEFT_OF_LABEL = {"资金用途", "预算规模及", "及资金用途"}


@dataclass(frozen=True)
class ProjectTable:
    """One project as its table states it. Money is 万元, None where blank; the code is blank where it is missing."""

    code: str
    name: str
    unit_code: str
    unit_name: str
    budget: float | None
    fiscal: float | None
    other: float | None
    purpose: str
    goal: str
    plan: Plan
    spot: Spot
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]


@dataclass
class _Reader:
    """What is known while one table is read: its cells above the indicator rows, and which of them are labels."""

    section: Section
    place: Place
    cells: list[Placed]
    found: dict[str, int]
    readings: list[Reading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def after(self, name: str) -> list[Placed]:
        """The cells from a label to the next one; none without the label."""
        here = self.found.get(name)
        if here is None:
            return []
        return self.cells[here + 1 : min((at for at in self.found.values() if at > here), default=None)]

    def spot(self, name: str) -> Spot:
        """Where a label stands."""
        return self.cells[self.found[name]].cell.spot

    def tell(self, code: str, spot: Spot, **facts: object) -> None:
        """Report a problem."""
        self.problems.append(problem(code, spot.of(self.place), **facts))

    def say(self, what: str, original: str, reading: str, spot: Spot) -> None:
        """Report an inferred reading."""
        self.readings.append(Reading(self.place.project, what, original, reading, spot))


def read(section: Section, place: Place) -> ProjectTable:
    """Read the part of a project's table above its indicator rows. ``place`` names the file."""
    cells = placed(section.rows[: indicator_header(section.rows)])
    reader = _Reader(section, place, cells, _find_labels(cells))
    code = squeeze(joined(reader.after("code")))
    reader.place = place.at(project=code)
    for key, label in _PRINTED.items():
        if key not in reader.found:
            reader.tell("E106", section.spot, what=label, name=section.heading or code or "（无标题）")
    unit_code, unit_name, unit = _preamble(reader)
    budget, fiscal, other = _money(reader, unit)
    plan, goal = _plan_and_goal(reader)
    name = joined(reader.after("name"))
    for what, text in (("项目名称", name), ("绩效目标", goal)):
        if not text and (what != "项目名称" or "name" in reader.found):
            reader.tell("W107", section.spot, what=what, name=name or section.heading)
    return ProjectTable(
        code,
        name,
        unit_code,
        unit_name,
        budget,
        fiscal,
        other,
        _purpose(reader),
        goal,
        plan,
        reader.spot("code") if "code" in reader.found else section.spot,
        (*reader.readings, *plan.readings),
        (*reader.problems, *plan.problems),
    )


def _find_labels(cells: list[Placed]) -> dict[str, int]:
    """The labels of the form, each looked for after the one before it."""
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
    above = tidy("\n".join([*(one.text for one in section.above), *(one.cell.text for one in cells)]))
    money, unit = _UNIT_OF_MONEY.search(above), _UNIT.search(above)
    left = above.replace(money[0], "") if money else above
    left = left.replace(unit[0], "") if unit else left
    if left:
        reader.tell("W105", section.spot, found=left)
    if not unit:
        reader.tell("W106", section.spot, name=section.heading)
    if not money:
        reader.say("金额单位", "", "表上没有写单位，按万元读", section.spot)
    return unit[1] if unit else "", unit[2] if unit else "", money[1] if money else "万元"


def _money(reader: _Reader, unit: str) -> tuple[float | None, float | None, float | None]:
    """预算数, 财政资金 and 其他资金 in 万元; what cannot be read is reported and blank."""
    values: list[float | None] = []
    for key in _MONEY:
        cells = _other_amount(reader) if key == "other" else reader.after(key)
        value, readable = _amount(squeeze(joined(cells)), unit)
        values.append(value)
        if key not in reader.found:
            continue
        if not readable or (key == "budget" and value is None):
            reader.tell("E109", reader.spot(key), what=_PRINTED[key], found=joined(cells) or "空白")
        elif unit != "万元" and value is not None:
            said = f"表上单位是{unit}，换算为 {value!r} 万元"
            reader.say(_PRINTED[key], joined(cells), said, reader.spot(key))
    budget, fiscal, other = values
    if budget is not None and fiscal is not None and round(budget - fiscal - (other or 0.0), 6):
        reader.tell("W103", reader.spot("budget"), budget=budget, fiscal=fiscal, other=other or 0)
    return budget, fiscal, other


def _amount(text: str, unit: str) -> tuple[float | None, bool]:
    """An amount in 万元 (None: blank), and whether it could be read. The text may name its own unit; exact."""
    bare = text.replace("，", ",")
    hit = _AMOUNT.fullmatch(bare)
    if not hit:
        return None, bare in _BLANKS
    return float(Decimal(hit[1].replace(",", "")) * _IN_WAN[hit[2] or unit]), True


def _other_amount(reader: _Reader) -> list[Placed]:
    """The cell with the amount of 其他资金: the first in the row of the label; below stands the purpose."""
    cells = reader.after("other")
    return [one for one in cells[:1] if one.row == reader.cells[reader.found["other"]].row]


def _purpose(reader: _Reader) -> str:
    """资金用途 has no label of its own: it is what stands under the row of amounts."""
    rest = reader.after("other")[len(_other_amount(reader)) :]
    return joined([one for one in rest if squeeze(one.cell.text) not in _LEFT_OF_LABEL])


def _plan_and_goal(reader: _Reader) -> tuple[Plan, str]:
    """The spending plan and 绩效目标. Without its label the goal is what the plan's rows leave over."""
    goal = joined(reader.after("goal"))
    if "plan" not in reader.found:
        return spending_plan.EMPTY, goal
    cells = reader.after("plan")
    end = spending_plan.extent(cells)
    plan = spending_plan.read(cells[:end], reader.place, reader.spot("plan"))
    left = joined(cells[end:])
    if not left:
        return plan, goal
    if "goal" in reader.found:
        reader.tell("W105", cells[end].cell.spot, found=left)
        return plan, goal
    said = "“绩效目标”一栏的标签是空白的，支出计划下面的文字按绩效目标读"
    reader.say("绩效目标", left[:30], said, cells[end].cell.spot)
    return plan, left
