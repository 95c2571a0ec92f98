"""Cases: what must come out for a target and a report (``rules/2024.cases.yaml``), and projects made to score them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

from selfeval.domain.funds import MONTHS
from selfeval.domain.kinds import KINDS
from selfeval.domain.options import Option, Points, ScorePoints, Share, Year
from selfeval.domain.problems import Place, Problem, Severity, problem
from selfeval.domain.reported import Cell, Reported, Reports
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, EXECUTION_KIND, State
from selfeval.domain.scoring.score import score
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Targets
from selfeval.rulebook.shelf import rule_name
from selfeval.rulebook.text.nodes import Scalar
from selfeval.rulebook.text.reading import read
from selfeval.rulebook.text.shape import shaped
from selfeval.rulebook.text.values import Value, choice, picked

_STATES = {text: state for state in State for text in (state.value, state.label)}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_FILLER, _FILLED = "≥1", Cell("1", 1.0, "number")  # a target, and an actual that meets it

_KINDS = {kind.id: kind.label for kind in KINDS.values()} | {EXECUTION_KIND: EXECUTION}
_STATE_WORDS = "、".join(f"{state.value}（{state.label}）" for state in State)
_STATUS = Value(picked(_STATES), _STATE_WORDS, {}, dict.fromkeys(_STATES, ""))
Typed = Annotated[
    Scalar, Value(lambda written: written, "单元格里填的一个值", {"type": ["string", "number", "boolean"]})
]
"""What a department typed: without quotes as a spreadsheet takes it (12, 95%, 2024-12-20), in quotes as text."""


@dataclass(frozen=True)
class Plan:
    """The spending plan of a project: cumulative shares; None: blank."""

    month_3: Annotated[Share | None, Option("3月底", "累计计划比例，如25%", key="3月底")] = None
    month_6: Annotated[Share | None, Option("6月底", "同上", key="6月底")] = None
    month_10: Annotated[Share | None, Option("10月底", "同上", key="10月底")] = None
    month_12: Annotated[Share | None, Option("12月底", "同上；不写的，为空白", key="12月底")] = None


@dataclass(frozen=True, kw_only=True)
class RuleCase:
    """What one case gives, what it expects, and where it stands."""

    name: Annotated[str, Option("用例名称", "一句话说明这个用例核对什么")]
    target: Annotated[
        str, Option("指标值", "按文本原样写；以 > < = * - 等开头的加双引号；只核对等级或预算执行率的用例不写")
    ] = ""
    indicator: Annotated[str, Option("指标编号", "核对单独指定的指标（overrides）时写它的编号")] = ""
    type: Annotated[str, Option("绩效目标表的类型", "绩效目标表“类型”一栏写明的类型；一般不写")] = ""
    level1: Annotated[str, Option("一级指标", "不写的，按第一个有一级指标的部分（产出指标）")] = ""
    level2: Annotated[str, Option("二级指标", "识别规则以二级指标为条件时写，如 成本指标")] = ""
    level3: Annotated[str, Option("三级指标", "单独计分办法以三级指标为条件时写；用例名称不作三级指标")] = ""
    actual: Annotated[Typed | None, Option("实际完成值", "不加引号的，与在表格中输入相同；加引号的为文字")] = None
    level: Annotated[str, Option("完成档次", "定性指标选的档次")] = ""
    percentage: Annotated[Typed | None, Option("完成比例", "定性指标填的比例，如85%")] = None
    judged: Annotated[Typed | None, Option("人工得分", "人工评定的分数")] = None
    reason: Annotated[str, Option("偏差原因", "不写的，自动填写")] = "用例"
    category: Annotated[str, Option("偏差类别", "填报的偏差类别，如 指标值偏低或偏高；一般不写")] = ""
    evidence: Annotated[str, Option("佐证材料", "填报的佐证材料；规则文件写了 evidence_missing 的才要写")] = ""
    payments: Annotated[tuple[Fraction, ...], Option("各月支付", "12个月的支付金额（万元）")] = ()
    plan: Annotated[Plan | None, Option("资金支出计划", "各计划节点的累计计划比例")] = None
    budget: Annotated[Fraction | None, Option("全年预算数", "万元；不写的，为100")] = None
    executed: Annotated[Fraction | None, Option("全年执行数", "万元；不写的，与预算数相同")] = None
    points: Annotated[Points, Option("分值", "这个指标的分值；不写的，为10；预算执行率的不写")] = 1000
    total: Annotated[ScorePoints | None, Option("总分", "只核对等级的用例：写一个总分")] = None
    grade: Annotated[str, Option("应得等级", "这个总分应得的等级")] = ""
    kind: Annotated[
        Annotated[str, choice(_KINDS, "类型")] | None,
        Option("应为类型", "应识别为哪一类；预算执行率写 execution；除只核对等级（total）的用例外必写"),
    ] = None
    rule: Annotated[str, Option("应用规则", "应由哪一条识别规则识别")] = ""
    score: Annotated[
        ScorePoints | None, Option("应得分", "已评分、需关注的必写；待补充、不涉及的不写；扣分项扣几分写负数，如 -2")
    ] = None
    status: Annotated[
        Annotated[State, _STATUS] | None,
        Option("应为状态", "已评分、需关注、待补充、不涉及、错误（或 scored 等）；除只核对等级（total）的用例外必写"),
    ] = None
    problem: Annotated[str, Option("应报问题", "应报出的问题代码，如 E402")] = ""
    place: Place = field(default_factory=Place)

    def project(self, i: int) -> str:
        """The 项目编码 of the project made for it as the i-th case: that of a real indicator when it names one."""
        return self.indicator.rpartition("-")[0] if self.indicator else f"CASE{i + 1:04d}"


@dataclass(frozen=True, kw_only=True)
class CaseList:
    """A file of cases as it is written."""

    rulebook: Annotated[str, Option("规则文件", "这些用例检验哪一份规则文件，如2024；文件夹里的也可以写 hunan/2025")]
    year: Annotated[Year | None, Option("年度", "按哪一年评分；不写的，为规则文件适用的第一年")] = None
    cases: Annotated[tuple[RuleCase, ...], Option("用例", "每个用例写明：给出的内容和应得的结果")]


def cases_path(rulebook: Path) -> Path:
    """Where the cases of a rulebook stand: ``2024.cases.yaml`` beside ``2024.yaml``."""
    return rulebook.with_name(f"{rulebook.stem}.cases.yaml")


def read_cases(path: Path, root: Path) -> tuple[CaseList | None, tuple[Problem, ...]]:
    """Read a file of cases, and what is wrong with it; ``root`` is the workspace that printed paths are relative to."""
    document = read(path, rule_name(path, root))
    if document.root is None:
        return None, document.problems
    written, problems = shaped(CaseList, document.root)
    incomplete = [(case, what) for case in (written.cases if written else ()) if (what := _missing(case))]
    return written, problems or tuple(
        problem("E236", case.place, name=case.name, what=what) for case, what in incomplete
    )


def _missing(case: RuleCase) -> str:
    """What a case lacks: something to score, or something to expect."""
    if case.total is not None:
        return "" if case.grade else "写了总分（total），要写应得等级（grade）"
    if case.kind is None or case.status is None:
        return "要写应为类型（kind）和应为状态（status）"
    if case.kind != EXECUTION_KIND and not case.target:
        return "要写指标值（target）"
    if case.status in {State.SCORED, State.ATTENTION} and case.score is None:
        return "能评分的，要写应得分（score）"
    if case.payments and len(case.payments) != len(MONTHS):
        return f"各月支付（payments）要写{len(MONTHS)}个数，现在是{len(case.payments)}个"
    return ""


def as_cell(value: Scalar | None) -> Cell:
    """The value as a reported cell: plain values as a spreadsheet takes them."""
    if value is None or value.blank:
        return Cell(data_type="blank")
    text = value.text
    if value.plain and text.endswith("%") and _NUMBER.fullmatch(text[:-1]):
        share = float(f"{text[:-1]}e-2")
        return Cell(repr(share), share, "percent")
    if value.plain and _NUMBER.fullmatch(text):
        return Cell(text, float(text), "number")
    return Cell(text, data_type="date" if value.plain and DATE.fullmatch(text) else "text")


@dataclass(frozen=True)
class SmallProject:
    """A project made for one case, its indicator first; ``fault`` says in Chinese why it cannot be made."""

    id: str
    indicator: str
    indicators: list[dict[str, object]]
    plan: dict[str, object]
    reports: Reports
    fault: str


def small_project(i: int, case: RuleCase, rulebook: Rulebook) -> SmallProject:
    """One project around a case: the rest of its section, and the other sections, are filled with met targets."""
    project = case.project(i)
    indicator = case.indicator or f"{project}-01"
    sections = [section for section in rulebook.sections if section.levels1]
    own = next((section for section in sections if not case.level1 or case.level1 in section.levels1), None)
    fault = ""
    given: list[dict[str, Any]] = []
    if own is None:
        fault = f"一级指标“{case.level1}”不属于任何一个部分"
    elif case.kind == EXECUTION_KIND:
        own, full = None, rulebook.execution_points
        if case.points not in {RuleCase.points, full}:
            shown = (rulebook.rounding.show(points) for points in (full, case.points))
            fault = "预算执行率的分值由规则文件规定，是{}，不是{}；请删去 points".format(*shown)
    elif case.points > own.points:
        fault = f"分值{rulebook.rounding.show(case.points)}超过“{own.label}”的{rulebook.rounding.show(own.points)}"
    else:
        names = {"level1": case.level1 or own.levels1[0], "level2": case.level2, "level3": case.level3}
        given = [{"indicator": indicator, "target": case.target, "kind": case.type, "points": case.points, **names}]
    fillers: list[dict[str, Any]] = [
        {"indicator": f"{project}-F{k}", "level1": section.levels1[0], "target": _FILLER, "points": rest}
        for k, section in enumerate(sections)
        if not section.extra and (rest := section.points - (case.points if section is own else 0)) > 0
    ]
    rows = [{**row, "project": project, "points": float(in_points(row["points"]))} for row in (*given, *fillers)]
    answers = {(str(row["indicator"]), "actual"): _FILLED for row in fillers}
    answers |= {(indicator, item): as_cell(getattr(case, item)) for item in ("actual", "percentage", "judged")}
    for item, text in [(item, getattr(case, item)) for item in ("level", "reason", "category", "evidence")]:
        answers[indicator, item] = Cell(text, data_type="text" if text else "blank")
    plan = {month: None if share is None else float(share) for month, share in vars(case.plan or Plan()).items()}
    budget = Fraction(100) if case.budget is None else case.budget
    amounts = {"initial": budget, "full_year": budget, "executed": budget if case.executed is None else case.executed}
    funds = {item: _amount(amount) for item, amount in amounts.items()}
    payments = {month: _amount(paid) for month, paid in enumerate(case.payments, start=1)}
    reports = Reports(funds, payments, answers)
    return SmallProject(project, indicator, rows, {"project": project, **plan}, reports, fault)


def _amount(amount: Fraction) -> Cell:
    return Cell(f"{float(amount):.15g}", float(amount), "number")


def score_small(
    projects: Sequence[SmallProject], rulebook: Rulebook, year: int
) -> tuple[dict[tuple[str, str], dict[str, Any]], tuple[Problem, ...]]:
    """Score small projects but those with a fault: the rows by project and indicator, as plain values, and problems."""
    ready = [project for project in projects if not project.fault]
    targets = Targets(
        year,
        PROJECTS.rows([{"seq": k, "project": made.id, "name": made.id} for k, made in enumerate(ready, start=1)]),
        INDICATORS.rows([row for made in ready for row in made.indicators]),
        PLAN.rows([made.plan for made in ready]),
    )
    scored = score(targets, Reported({made.id: made.reports for made in ready}), rulebook)
    return {(row["project"], row["indicator"]): row for row in scored.indicators.records}, scored.problems


def why_open(row: dict[str, Any], problems: Sequence[Problem]) -> str:
    """What keeps a row without a score from having one, with its code; blank where it has one or does not apply."""
    if row["score"] is not None or row["state"] == State.NOT_APPLICABLE:
        return ""
    about = (row["project"], row["indicator"])
    serious = (found for found in problems if (found.place.project, found.place.indicator) == about)
    return "；".join(f"{found.code} {found.message}" for found in serious if found.severity is Severity.ERROR)
