"""The year's rules as a careful person would write them down: targets and a form in, exact scores out."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Grid = Sequence[Sequence[Any]]
YEAR = 2024
EXECUTION, LEAST, MOST, EQUAL = "预算执行率", "≥", "≤", "="
DAY, MONTHS, LEVEL, JUDGED, NONE = "时限", "月度时序", "定性", "人工", "不涉及"
SECTIONS = {"产出指标": 5000, "效益指标": 3000, "满意度指标": 1000}
CHECKPOINTS = (3, 6, 10, 12)
ONE = Fraction(1)
LEVELS = {
    "达成年度指标": (Fraction(8, 10), ONE, ONE, "80%（含）—100%（含）"),
    "部分达成年度指标并具有一定效果": (Fraction(6, 10), Fraction(8, 10), Fraction(7, 10), "60%（含）—80%（不含）"),
    "未达成年度指标且效果较差": (Fraction(0), Fraction(6, 10), Fraction(3, 10), "0%（含）—60%（不含）"),
}
_SIGNED = re.compile(r"([≥≤])([\d.,]+)(.*)")
_BARE = re.compile(r"([\d.,]+)(\D.*)")
_PERIOD = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日|底)?.*")
_SIGNS = {LEAST: "at_least_sign", MOST: "at_most_sign"}


@dataclass(slots=True)
class Project:
    """What targets.xlsx promises for a project; ``plan``: the share to be paid by each checkpoint."""

    code: str
    name: str
    unit: str
    unit_name: str
    budget: Fraction | None
    sources: tuple[Fraction | None, Fraction | None]
    goal: str
    plan: dict[int, Fraction] = field(default_factory=dict)
    assumed: bool = False
    indicators: list[tuple[int, dict[str, Any]]] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """One scored line; ``share`` is what of the points is earned, ``measure`` what the workbook shows beside it."""

    id: str
    level1: str
    level2: str
    level3: str
    target: str
    kind: str
    rule: str
    said: str = ""
    wanted: Fraction | dt.date | None = None
    unit: str = ""
    value: Fraction | dt.date | None = None
    actual: str = ""
    level: str = ""
    given: Fraction | None = None
    points: Fraction = Fraction(0)
    share: Fraction = Fraction(0)
    measure: Fraction = Fraction(0)
    score: Fraction | None = None
    completion: Fraction | None = None
    attention: bool = False
    sentence: str = ""
    category: str = ""
    reason: str = ""
    remedy: str = ""
    evidence: str = ""
    at: int = 0
    target_at: int = 0

    @property
    def rate(self) -> bool:
        return self.unit == "%"

    @property
    def state(self) -> str:
        return NONE if self.kind == NONE else "需关注" if self.attention else "已评分"

    @property
    def lost(self) -> Fraction:
        return self.points - self.score if self.score is not None else Fraction(0)


@dataclass(slots=True)
class Form:
    """The sheet 自评填报: what a department typed, by the ids in its first row and column."""

    rows: dict[str, tuple[int, Sequence[Any]]]
    columns: dict[str, int]

    def get(self, key: str, column: str = "actual") -> Any:  # noqa: ANN401 - what a cell holds
        found = self.rows.get(key)
        value = None if found is None else found[1][self.columns[column]]
        return None if blank(value) else value

    def text(self, key: str, column: str = "actual") -> str:
        return str(self.get(key, column) or "").strip()

    def number(self, key: str, column: str = "actual") -> Fraction | None:
        return exact(self.get(key, column))

    def at(self, key: str) -> int:
        return self.rows[key][0]


@dataclass(slots=True)
class Scored:
    """A project with its form and its rows, the first of which is the execution of the budget."""

    project: Project
    form: Form
    rows: list[Row]
    paid: list[Fraction]
    file: str

    @property
    def total(self) -> Fraction:
        return sum((row.score for row in self.rows if row.score is not None), Fraction(0))


def blank(value: object) -> bool:
    return value is None or value == "" or value != value  # noqa: PLR0124 - NaN, as pandas has it


def exact(value: Any) -> Fraction | None:  # noqa: ANN401 - what a cell holds
    return None if blank(value) or isinstance(value, str) else Fraction(str(value))


def plain(value: Fraction) -> str:
    return f"{float(value):.10f}".rstrip("0").rstrip(".")


def percent(share: Fraction) -> str:
    return f"{plain(rounded(share * 100))}%"


def rounded(value: Fraction) -> Fraction:
    """Two places, half up."""
    return Fraction(math.floor(value * 100 + Fraction(1, 2)), 100)


def grade(total: Fraction) -> str:
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def read_targets(sheets: Mapping[str, Grid]) -> dict[str, Project]:
    """The projects of targets.xlsx by code, in their order; each indicator with its row in the sheet."""
    projects = {}
    for _, row in _records(sheets["项目"]):
        sources = exact(row["财政资金"]), exact(row["其他资金"])
        code = row["项目编码"]
        given = exact(row["预算数"])
        projects[code] = Project(
            code, row["项目名称"], str(row["单位编码"]), row["单位名称"], given, sources, row["绩效目标"]
        )
    for at, row in _records(sheets["指标"]):
        projects[row["项目编码"]].indicators.append((at, row))
    for _, row in _records(sheets["资金计划"]):
        project = projects[row["项目编码"]]
        found = {month: exact(row[f"{month}月底"]) for month in CHECKPOINTS}
        project.assumed = found[12] is None
        project.plan = {month: share for month, share in found.items() if share is not None} | {12: found[12] or ONE}
    return projects


def _records(grid: Grid) -> Iterator[tuple[int, dict[str, Any]]]:
    names = grid[0]
    for at, row in enumerate(grid[1:], start=2):
        yield at, dict(zip(names, row, strict=True))


def read_form(grid: Grid) -> Form:
    columns = {name: at for at, name in enumerate(grid[0]) if not blank(name)}
    rows = {row[0]: (at, row) for at, row in enumerate(grid, start=1) if not blank(row[0])}
    return Form(rows, columns)


def score_project(project: Project, form: Form, overrides: Mapping[str, Sequence[str]], file: str) -> Scored:
    """``overrides``: by id of an indicator the kind, target and sentence that the rulebook fixes for it."""
    paid = [form.number(f"payments.{month:02d}") or Fraction(0) for month in range(1, 13)]
    budget, executed = form.number("funds.full_year"), form.number("funds.executed")
    if budget is None or executed is None:
        raise SystemExit(f"{file}：没有填全年预算数或全年执行数")
    rows = [_execution(budget, executed, form.at("funds.executed"))]
    rows += [_recognised(at, given, overrides) for at, given in project.indicators]
    _share_points(rows[1:])
    for row in rows[1:]:
        _answer(row, form)
        _judge(row, project, paid, budget)
        _settle(row)
    return Scored(project, form, rows, paid, file)


def _execution(budget: Fraction, executed: Fraction, at: int) -> Row:
    row = Row(EXECUTION, EXECUTION, EXECUTION, EXECUTION, "", EXECUTION, "execution", wanted=budget, value=executed)
    row.unit, row.points, row.actual, row.at = "万元", Fraction(10), plain(executed), at
    row.completion = row.measure = executed / budget
    row.share = min(row.measure, ONE)
    row.said = f"全年执行数{plain(executed)}万元 ÷ 全年预算数{plain(budget)}万元 = {percent(row.measure)}。"
    _settle(row)
    return row


def _recognised(at: int, given: Mapping[str, Any], overrides: Mapping[str, Sequence[str]]) -> Row:
    code, target = given["指标编号"], str(given["指标值"])
    row = Row(code, given["一级指标"], given["二级指标"], given["三级指标"], target, LEVEL, "qualitative", target_at=at)
    if code in overrides:
        row.kind, target, row.said = overrides[code]
        row.rule = f"override{row.kind}"
        _measure_of(row, target.lstrip(LEAST + MOST + EQUAL))
    elif target == NONE:
        row.kind, row.rule = NONE, "not_applicable"
    elif target in {"月度时序", "按月支出"}:
        row.kind, row.rule = MONTHS, "monthly_schedule"
    elif signed := _SIGNED.fullmatch(target):
        row.kind, row.rule = signed[1], _SIGNS[signed[1]]
        _measure_of(row, signed[2] + signed[3])
    elif _PERIOD.fullmatch(target):
        row.kind, row.rule = DAY, "period"
        row.said = "" if "年" in target else f"指标值识别说明：没有写年份，按{YEAR}年识别。"
        _measure_of(row, target)
    elif _BARE.fullmatch(target):
        _bare(row, target)
    return row


def _bare(row: Row, target: str) -> None:
    """A number without a sign: a rate is to be reached, a cost to be kept, a count to be met."""
    _measure_of(row, target)
    row.kind, row.rule, how = EQUAL, "bare_count", "没有写符号，按“等于”处理"
    if row.rate:
        row.kind, row.rule, how = LEAST, "bare_rate", "没有写符号，按“不低于”处理"
    elif row.level2 == "成本指标":
        row.kind, row.rule, how = MOST, "bare_cost", "没有写符号，是成本，按“不超过”处理"
    row.said = f"指标值识别说明：{how}。"


def _measure_of(row: Row, target: str) -> None:
    """The number and unit, or the day, that a target names."""
    if row.kind == DAY and (period := _PERIOD.fullmatch(target)):
        year, month = int(period[1] or YEAR), int(period[2])
        row.wanted = dt.date(year, month, int(period[3] or calendar.monthrange(year, month)[1]))
    elif bare := _BARE.fullmatch(target):
        row.wanted, row.unit = Fraction(bare[1].replace(",", "")), bare[2]
        if row.unit in {"%", "百分比"}:
            row.wanted, row.unit = row.wanted / 100, "%"


def _share_points(rows: Sequence[Row]) -> None:
    """Hundredths of each section, as evenly as they go; what is not applicable gets none."""
    for section, hundredths in SECTIONS.items():
        counted = [row for row in rows if row.level1 == section and row.kind != NONE]
        for at, row in enumerate(counted):
            row.points = Fraction(hundredths // len(counted) + (at < hundredths % len(counted)), 100)


def _answer(row: Row, form: Form) -> None:
    """What the department reports for an indicator."""
    row.at = form.at(row.id)
    row.category, reason = form.text(row.id, "category"), form.text(row.id, "reason")
    row.reason = f"〔{row.category}〕{reason}" if row.category else reason
    row.remedy, row.evidence = form.text(row.id, "remedy"), form.text(row.id, "evidence")
    if row.kind == LEVEL:
        row.level, row.given = form.text(row.id, "level"), form.number(row.id, "percentage")
        row.actual = row.level if row.given is None else f"{row.level} {percent(row.given)}"
    elif row.kind == JUDGED:
        row.value = form.number(row.id, "judged")
        row.actual = f"{plain(row.value or Fraction(0))}分"
    elif row.kind == DAY:
        day = form.get(row.id)
        row.value = day.date() if isinstance(day, dt.datetime) else day
        row.actual = str(row.value)
    elif row.kind not in {NONE, MONTHS}:
        number = form.number(row.id)
        row.value = number / 100 if number is not None and row.rate and number >= 10 else number
        row.actual = shown(row, row.value)


def shown(row: Row, value: Fraction | dt.date | None) -> str:
    """A number as the workbook prints it, a day in words."""
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if value is None:
        return ""
    return percent(value) if row.rate else f"{plain(value)}{row.unit}"


def _judge(row: Row, project: Project, paid: Sequence[Fraction], budget: Fraction) -> None:
    """The share of the points that the answer earns, and the words for it."""
    if isinstance(row.wanted, Fraction) and isinstance(row.value, Fraction):
        _compare(row, row.wanted, row.value)
    elif isinstance(row.wanted, dt.date) and isinstance(row.value, dt.date):
        _late(row, (row.value - row.wanted).days)
    elif row.kind == LEVEL:
        _, _, default, band = LEVELS[row.level]
        row.share = row.measure = default if row.given is None else row.given
        row.said += f"完成档次为“{row.level}”" + (
            f"（该档{band}），未填比例，按该档默认比例{percent(default)}计。"
            if row.given is None
            else f"，填报比例{percent(row.given)}在该档{band}之内。"
        )
    elif row.kind == MONTHS:
        _kept(row, project, paid, budget)
    elif row.kind == JUDGED and isinstance(row.value, Fraction):
        row.share = row.measure = row.value / row.points
        row.said += f"由评分人员评定{row.actual}（满分{float(row.points):.2f}分）。"


def _compare(row: Row, wanted: Fraction, value: Fraction) -> None:
    target, ratio = shown(row, wanted), value / wanted
    row.completion = ratio
    if row.kind == MOST:
        kept = value <= wanted
        row.share = row.measure = ONE if kept else wanted / value
        over = f"，超过指标值{target}，得分率为{target} ÷ {row.actual} = {percent(row.share)}。"
        row.said += f"实际完成{row.actual}" + (f"，未超过指标值{target}。" if kept else over)
        return
    row.measure, row.share = ratio, min(ratio, ONE)
    row.attention = ratio != 1 if row.kind == EQUAL else ratio >= Fraction(12, 10)
    less = "少于" if row.kind == EQUAL else "未达到"
    missed = f"，{less}指标值{target}，完成率为{row.actual} ÷ {target} = {percent(ratio)}。"
    if row.kind == EQUAL:
        met = f"，与指标值{target}一致。" if ratio == 1 else f"，多于指标值{target}，不扣分，请核实。"
    else:
        met = f"，达到指标值{target}（完成率{percent(ratio)}）。"
    row.said += f"实际完成{row.actual}{missed if ratio < 1 else met}"


def _late(row: Row, days: int) -> None:
    row.measure = Fraction(max(0, days))
    row.share = Fraction(10 if days < 1 else 8 if days < 31 else 6 if days < 91 else 0, 10)
    when, limit = shown(row, row.value), shown(row, row.wanted)
    row.said += f"实际完成日期{when}，" + (f"比期限{limit}逾期{days}天。" if days > 0 else f"不晚于期限{limit}。")


def _kept(row: Row, project: Project, paid: Sequence[Fraction], budget: Fraction) -> None:
    so_far = {month: sum(paid[:month], Fraction(0)) / budget for month in CHECKPOINTS}
    kept = [min(ONE, so_far[month] / plan) for month, plan in project.plan.items()]
    row.share = row.measure = sum(kept, Fraction(0)) / len(kept)
    row.actual = "、".join(f"{month}月底{percent(share)}" for month, share in so_far.items())
    notes = {month: f"计划{percent(share)}" for month, share in project.plan.items()}
    if project.assumed:
        notes[12] += "，原文空白按100%"
    steps = "、".join(f"{month}月底{percent(so_far[month])}（{note}）" for month, note in notes.items())
    row.said += f"各计划节点支付进度：{steps}；逐个节点与计划比较（超过计划的按100%计），平均为{percent(row.share)}。"


def _settle(row: Row) -> None:
    if row.kind == NONE:
        row.sentence = "不涉及，不评分；分值已分给同一部分的其他指标。"
        return
    row.score, points = rounded(row.share * row.points), f"{float(row.points):.2f}"
    row.sentence = row.said + (
        f"得满分{points}分。"
        if row.share == 1
        else f"得分 = 分值{points} × {percent(row.share)} = {float(row.score):.2f}分（四舍五入到0.01）。"
    )
