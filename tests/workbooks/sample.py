"""A year made by hand: every kind and every state, in a few projects, scored by a small rulebook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from selfeval.domain.case import cases
from selfeval.domain.reported import Cell, Reported, Reports
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.domain.scored_case import ScoredCase
from selfeval.domain.scoring.score import score, score_case
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Targets
from selfeval.workbooks.books import project_workbook, summary_workbook
from tests.domain.rules import rulebook_2024

YEAR = 2024
DATE = dt.date(2025, 1, 31)
FULL, OPEN, SILENT, BROKEN = "A0001", "A0002", "A0003", "A0004"
FORM = "inputs/2024/forms/324001_承德市司法局本级/A0001.xlsx"

MET = "达成年度指标"
PARTLY = "部分达成年度指标并具有一定效果"

Answer = Mapping[str, object]
"""The items of one indicator: a number, a text, or ``("percent", 0.85)`` for a cell that shows a percentage."""


@dataclass(frozen=True)
class Indicator:
    """One line of the target table with what was reported for it."""

    level1: str
    level2: str
    level3: str
    target: str
    answer: Answer
    kind: str = ""


OUTPUT, BENEFIT, SATISFACTION = "产出指标", "效益指标", "满意度指标"

EVERY_KIND: tuple[Indicator, ...] = (
    Indicator(OUTPUT, "数量指标", "解答来电次数", "≥7000次", {"actual": 7450}),
    Indicator(
        OUTPUT, "数量指标", "审理案件数", "≥900件", {"actual": "860件", "reason": "案件减少", "remedy": "加强宣传"}
    ),
    Indicator(OUTPUT, "数量指标", "购置设备", "15套", {"actual": 16}),
    Indicator(OUTPUT, "数量指标", "远远超过", "≥9次", {"actual": 26, "reason": "年初指标值定低了"}),
    Indicator(OUTPUT, "质量指标", "验收合格率", "≥98百分比", {"actual": ("percent", 0.9315), "reason": "返工"}),
    Indicator(OUTPUT, "质量指标", "区间之外", "90%-95%", {"actual": "97%", "reason": "口径不同"}),
    Indicator(OUTPUT, "时效指标", "按月支付", "月度时序", {"reason": "合同签订较晚"}),
    Indicator(OUTPUT, "时效指标", "完成时间", "12月底", {"actual": "2025-01-20", "reason": "雨季停工"}),
    Indicator(OUTPUT, "成本指标", "总成本", "≤22.59万元", {"actual": 25.1, "reason": "材料涨价"}),
    Indicator(OUTPUT, "成本指标", "超过一倍", "≤0.5%", {"actual": "1.2%", "reason": "基数小"}),
    Indicator(OUTPUT, "成本指标", "不考核的一项", "不涉及", {}),
    Indicator(BENEFIT, "社会效益指标", "提升社会知晓程度", "有所提升", {"level": MET}),
    Indicator(
        BENEFIT,
        "社会效益指标",
        "持续维护稳定",
        "持续维护",
        {"level": PARTLY, "percentage": ("percent", 0.725), "reason": "效果一般"},
    ),
    Indicator(BENEFIT, "可持续影响指标", "默认档次", "可持续", {"level": PARTLY, "reason": "时间较短"}),
    Indicator(
        BENEFIT, "经济效益指标", "人工评定", "实际金额", {"judged": 4.5, "reason": "按结算评审金额评定"}, "judged"
    ),
    Indicator(SATISFACTION, "服务对象满意度指标", "受援群众满意度", "≥95%", {"actual": 93, "reason": "排队较长"}),
)

STILL_OPEN: tuple[Indicator, ...] = (
    Indicator(OUTPUT, "数量指标", "没有填", "≥60份", {"actual": ""}),
    Indicator(OUTPUT, "质量指标", "像是小数", "≥95%", {"actual": 0.95}),
    Indicator(OUTPUT, "时效指标", "没有日期", "12月底", {"actual": "已完成"}),
    Indicator(OUTPUT, "时效指标", "月份不全", "月度时序", {}),
    Indicator(BENEFIT, "社会效益指标", "没有选档次", "有所提升", {"level": ""}),
    Indicator(BENEFIT, "社会效益指标", "比例不在档内", "有所提升", {"level": PARTLY, "percentage": ("percent", 0.9)}),
    Indicator(BENEFIT, "经济效益指标", "没有理由", "实际金额", {"judged": 4.5}, "judged"),
    Indicator(SATISFACTION, "服务对象满意度指标", "满意度", "≥95%", {"actual": 96}),
)

UNREADABLE: tuple[Indicator, ...] = (
    Indicator(OUTPUT, "数量指标", "无法识别的指标值", "甲乙丙丁", {"actual": 5}),
    Indicator(OUTPUT, "数量指标", "正常的一项", "≥10次", {"actual": 10}),
    Indicator("其他指标", "数量指标", "没有这个一级指标", "≥10次", {"actual": 10}),
    Indicator(BENEFIT, "社会效益指标", "提升", "有所提升", {"level": MET}),
)


@dataclass(frozen=True)
class Project:
    """One project with its money in 万元; ``paid`` are the months from January on, blank where missing."""

    code: str
    name: str
    indicators: Sequence[Indicator]
    initial: object = 20.0
    full_year: object = 22.59
    executed: object = 19.5
    paid: Sequence[object] = (1.1, 1.2, 1.3, 2.0, 2.0, 2.0, 1.5, 1.5, 1.5, 2.0, 1.4, 2.0)
    plan: tuple[float | None, ...] = (0.2, 0.5, 0.9, None)
    other: float | None = None
    narrative: Mapping[str, str] | None = None
    sent: bool = True


NARRATED: Mapping[str, str] = {
    "result": "全年接听来电7450次，代写法律文书60份，群众满意度93%。",
    "filler": "张三",
    "phone": "0314-2020000",
    "head": "李四",
    "date": "2025-01-15",
    "mark": "示例数据，不是真实情况",
}

PROJECTS_OF_THE_YEAR: tuple[Project, ...] = (
    Project(FULL, "12348法律服务热线", EVERY_KIND, narrative=NARRATED),
    Project(
        OPEN, "法律援助服务经费", STILL_OPEN, executed="", paid=(1, 2, "", 4), plan=(None, 0.5, None, 1.0), other=5.0
    ),
    Project(SILENT, "没有报送的项目", EVERY_KIND[:4], sent=False),
    Project(BROKEN, "指标值有错的项目", UNREADABLE, full_year=0, other=0.0),
)


HOSTILE: tuple[str, ...] = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3",
    "<b>粗</b>&amp;",
    "http://example.com/x",
    "_x0041_",
    "1e5",
    "TRUE",
    "#DIV/0!",
    '甲"乙"丙',
    "😀表情\x00\x08控制\x1f",
    " 前后空格 ",
    "长" * 40_000,
)
"""Texts that a spreadsheet, a browser or a file might take for something else."""


def hostile_project(code: str, evil: str) -> Project:
    """A project with one text in every field that a person can fill in."""
    rows = (
        Indicator(OUTPUT, evil, evil, "≥10次", {"actual": 9, "reason": evil, "remedy": evil, "evidence": evil}),
        Indicator(OUTPUT, "数量指标", "单位", f"≥10{evil[:6]}", {"actual": evil, "reason": evil}),
        Indicator(OUTPUT, "数量指标", "不是数", "≥10个", {"actual": evil, "reason": evil}),
        Indicator(BENEFIT, "社会效益指标", evil, "提升", {"level": evil}),
        Indicator(SATISFACTION, "满意度指标", "满意", evil, {"actual": evil}),
    )
    return Project(code, evil, rows, narrative=dict.fromkeys(NARRATED, evil))


def value(answer: object, cell: str) -> Cell:
    """A reported value as readers give it."""
    if isinstance(answer, tuple):
        form, number = answer
        return Cell(repr(number), number, form, FORM, "填报表", cell)
    if isinstance(answer, int | float):
        return Cell(repr(answer), float(answer), "number", FORM, "填报表", cell)
    return Cell(str(answer), data_type="text" if answer else "blank", file=FORM, sheet="填报表", cell=cell)


def targets(projects: Sequence[Project]) -> Targets:
    """The target tables of some projects."""
    heads: list[dict[str, object]] = []
    rows: list[dict[str, object]] = []
    plans: list[dict[str, object]] = []
    for seq, one in enumerate(projects, start=1):
        heads.append(
            {
                "seq": seq,
                "unit_code": "324001",
                "unit_name": "承德市司法局本级",
                "project": one.code,
                "name": one.name,
                "budget": 20.0,
                "fiscal": None if one.other is None else 20.0 - one.other,
                "other": one.other,
                "goal": "通过聘请律师值班，免费为群众解答来电咨询；受援群众满意度达95%。",
            }
        )
        plans.append(
            {"project": one.code, **dict(zip(["month_3", "month_6", "month_10", "month_12"], one.plan, strict=True))}
        )
        rows.extend(
            {
                "indicator": f"{one.code}-{i:02}",
                "project": one.code,
                "level1": row.level1,
                "level2": row.level2,
                "level3": row.level3,
                "target": row.target,
                "kind": row.kind,
                "cell": f"指标!G{i + 1}",
            }
            for i, row in enumerate(one.indicators, start=1)
        )
    return Targets(YEAR, PROJECTS.rows(heads), INDICATORS.rows(rows), PLAN.rows(plans), file="inputs/2024/targets.xlsx")


def reported(projects: Sequence[Project]) -> Reported:
    """What some projects reported."""
    return Reported({project.code: reports(project) for project in projects if project.sent})


def reports(project: Project) -> Reports:
    """What one project reported."""
    money = {"initial": project.initial, "full_year": project.full_year, "executed": project.executed}
    return Reports(
        {item: value(amount, "C9") for item, amount in money.items()},
        {month: value(paid, f"D{month + 10}") for month, paid in enumerate(project.paid, start=1)},
        {
            (f"{project.code}-{i:02}", item): value(answer, f"F{i + 30}")
            for i, row in enumerate(project.indicators, start=1)
            for item, answer in row.answer.items()
        },
        {item: value(text, "C70") for item, text in (project.narrative or {}).items()},
    )


@dataclass(frozen=True)
class Year:
    """A scored year with all that it was scored from."""

    targets: Targets
    reported: Reported
    rulebook: Rulebook
    scored: Scored

    def project(self, code: str) -> ScoredCase:
        """A project, with what was found wrong over the whole year."""
        case = next(case for case in cases(self.targets, self.reported) if case.code == code)
        problems = tuple(found for found in self.scored.problems if found.place.project == code)
        return replace(score_case(case, self.rulebook), problems=problems)

    def workbook(self, code: str) -> bytes:
        """Its workbook."""
        return project_workbook(self.project(code), self.rulebook, DATE)

    def summary(self, links: Mapping[str, str] | None = None, mark: str = "") -> bytes:
        """汇总.xlsx."""
        return summary_workbook(self.scored, self.targets, self.rulebook, links or {}, DATE, mark)


def score_year(projects: Sequence[Project] = PROJECTS_OF_THE_YEAR, rules: Rulebook | None = None) -> Year:
    """Score some projects."""
    book = rules or rulebook_2024()
    promised, happened = targets(projects), reported(projects)
    return Year(promised, happened, book, score(promised, happened, book))
