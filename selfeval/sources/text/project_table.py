"""The upper half of a project's table: who, what, how much, what for, and the goal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selfeval.domain.problems import Place, Problem, problem
from selfeval.sources.imported import Reading
from selfeval.sources.text import amounts, labels, sections, spending_plan
from selfeval.sources.text.labels import Found
from selfeval.sources.text.layout import squeeze, tidy, tidy_cells
from selfeval.sources.text.sections import Section
from selfeval.sources.text.spending_plan import Plan

_LABELS: dict[str, tuple[str, ...]] = {
    "code": sections.CODE,
    "name": ("项目名称",),
    "scope": ("预算规模及资金用途", "预算规模及"),
    "budget": ("预算数",),
    "fiscal": ("其中：财政资金", "财政资金"),
    "other": ("其他资金",),
    "plan": ("资金支出计划（%）", "资金支出计划", "资金支出计", "资金支出"),
    "goal": ("绩效目标",),
}
_PRINTED = {
    "name": "项目名称",
    "budget": "预算数",
    "fiscal": "其中：财政资金",
    "other": "其他资金",
    "plan": "资金支出计划",
}
_MONEY = ("budget", "fiscal", "other")
_UNIT_OF_MONEY = re.compile(r"[（(]?(?:金额)?单位[:：](亿元|万元|元)[）)]?")
_UNIT = re.compile(r"(?<!\d)(\d{6})([^\d:：（）()][^\d:：]*?)(?=[（(]?(?:金额)?单位[:：]|$)")
_BROKEN_NUMBER = re.compile(r"[\t ]*([\d,.]+(?:\n[\d,.]+)*)(?=[\t\n ]|$)")
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
    line: int
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]


@dataclass
class _Reader:
    """What is known while one table is read."""

    section: Section
    place: Place
    upper: str
    found: dict[str, Found]
    readings: list[Reading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def at(self, offset: int) -> Place:
        return self.place.at(cell=f"第{self.section.line_at(offset)}行")

    def after(self, name: str) -> str:
        """The text from a label to the next one; blank without the label."""
        here = self.found.get(name)
        if here is None:
            return ""
        end = min((one.start for one in self.found.values() if one.start > here.start), default=len(self.upper))
        return self.upper[here.end : end]


def read(section: Section, place: Place) -> ProjectTable:
    """Read the part of a project's table above its indicator rows. ``place`` names the file."""
    rows = labels.find(section.text, "rows", sections.LEVEL1)
    upper = section.text[: rows.start] if rows else section.text
    found = _find_labels(upper)
    code = squeeze(_Reader(section, place, upper, found).after("code"))
    reader = _Reader(section, place.at(project=code), upper, found)
    reader.problems += [
        problem("E106", reader.at(0), what=label, name=section.heading or code or "（无标题）")
        for key, label in _PRINTED.items()
        if key not in found
    ]
    unit_code, unit_name, unit = _preamble(reader)
    money = _money(reader, unit)
    purpose = _purpose(reader)
    plan, goal = _plan_and_goal(reader)
    name = tidy_cells(reader.after("name"))
    for what, text in (("项目名称", name), ("绩效目标", goal)):
        if not text and (what != "项目名称" or "name" in found):
            reader.problems.append(problem("W107", reader.at(0), what=what, name=name or section.heading))
    return ProjectTable(
        code,
        name,
        unit_code,
        unit_name,
        *money,
        purpose,
        goal,
        plan,
        section.line_at(found["code"].start) if "code" in found else section.line,
        (*reader.readings, *plan.readings),
        (*reader.problems, *plan.problems),
    )


def _find_labels(upper: str) -> dict[str, Found]:
    """The labels of the form, each looked for after the one before it."""
    found: dict[str, Found] = {}
    start = 0
    for name, spellings in _LABELS.items():
        hit = labels.find(upper, name, spellings, start)
        if hit:
            found[name] = hit
            start = hit.end
    return found


def _preamble(reader: _Reader) -> tuple[str, str, str]:
    """Unit code, unit name and the unit of money, from the lines above the table."""
    end = min((one.start for one in reader.found.values()), default=0)
    above = tidy(reader.upper[:end])
    money, unit = _UNIT_OF_MONEY.search(above), _UNIT.search(above)
    left = above.replace(money[0], "") if money else above
    left = left.replace(unit[0], "") if unit else left
    if left:
        reader.problems.append(problem("W105", reader.at(0), found=left))
    if not unit:
        reader.problems.append(problem("W106", reader.at(0), name=reader.section.heading))
    if not money:
        reader.readings.append(_reading(reader, 0, "金额单位", "", "表上没有写单位，按万元读"))
    return unit[1] if unit else "", unit[2] if unit else "", money[1] if money else "万元"


def _money(reader: _Reader, unit: str) -> tuple[float | None, float | None, float | None]:
    """预算数, 财政资金 and 其他资金 in 万元; what cannot be read is reported and blank."""
    values: list[float | None] = []
    for key in _MONEY:
        text = reader.after(key)
        text = _amount_cell(text) if key == "other" else text
        amount = amounts.read(text, unit)
        values.append(amount.value)
        if key not in reader.found:
            continue
        offset = reader.found[key].start
        if not amount.readable or (key == "budget" and amount.value is None):
            shown = tidy_cells(text) or "空白"
            reader.problems.append(problem("E109", reader.at(offset), what=_PRINTED[key], found=shown))
        elif unit != "万元" and amount.value is not None:
            said = f"表上单位是{unit}，换算为 {amount.value!r} 万元"
            reader.readings.append(_reading(reader, offset, _PRINTED[key], tidy_cells(text), said))
    budget, fiscal, other = values
    if budget is not None and fiscal is not None and round(budget - fiscal - (other or 0.0), 6):
        facts = {"budget": budget, "fiscal": fiscal, "other": other or 0}
        reader.problems.append(problem("W103", reader.at(reader.found["budget"].start), **facts))
    return budget, fiscal, other


def _amount_cell(text: str) -> str:
    """The amount after 其他资金, on the line of the label; what follows on other lines is the purpose.

    A number may be broken over lines, with nothing before its lower piece.
    """
    number = _BROKEN_NUMBER.match(text)
    if number:
        return number[1]
    return next((cell for cell in text.partition("\n")[0].split("\t") if cell.strip()), "")


def _purpose(reader: _Reader) -> str:
    """资金用途 has no label of its own: it is what stands under the row of amounts."""
    text = reader.after("other")
    first = _amount_cell(text)
    rest = text.replace(first, "", 1) if first else text
    return "".join(tidy(cell) for cell in rest.split("\t") if squeeze(cell) not in _LEFT_OF_LABEL)


def _plan_and_goal(reader: _Reader) -> tuple[Plan, str]:
    """The spending plan and 绩效目标. Without its label the goal is what the plan's rows leave over."""
    start = reader.found.get("plan")
    if start is None:
        return spending_plan.EMPTY, tidy_cells(reader.after("goal"))
    text = reader.after("plan")
    line = reader.section.line_at(start.end)
    end = spending_plan.extent(text)
    plan = spending_plan.read(text[:end], labels.column(reader.upper, start), reader.place, line)
    left = tidy_cells(text[end:])
    if "goal" not in reader.found:
        if left:
            said = "“绩效目标”一栏的标签是空白的，支出计划下面的文字按绩效目标读"
            reader.readings.append(_reading(reader, start.end + end, "绩效目标", left[:30], said))
        return plan, left
    if left:
        reader.problems.append(problem("W105", reader.at(start.end + end), found=left))
    return plan, tidy_cells(reader.after("goal"))


def _reading(reader: _Reader, offset: int, what: str, original: str, said: str) -> Reading:
    return Reading(reader.place.project, what, original, said, reader.section.line_at(offset))
