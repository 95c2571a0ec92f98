"""The invented example of a new workspace: two projects with an indicator of every kind, and what one would report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from selfeval.domain.funds import MONTHS
from selfeval.domain.targets import CHECKPOINTS, INDICATORS, PLAN, PROJECTS, Targets
from selfeval.forms.reading.table_parts import PARTS, TablePart
from selfeval.forms.writing.columns import BY_HAND
from selfeval.runs.results import csv_bytes
from selfeval.sources.imported import Imported
from selfeval.sources.targets_workbook import targets_workbook

MARK = "示例数据（虚构，仅供演示）"
ANSWERS = "示例填报数据"
"""The folder of a year's inputs with what was reported for the example."""
_SOURCE = "selfeval init"
_CHECKPOINT_SHARES = (0.25, 0.5, 0.9, 1.0)


class _Row(NamedTuple):
    """An indicator: its levels, its target, what was reported for it by ACTUAL_ITEMS, and its 类型."""

    level1: str
    level2: str
    level3: str
    target: str
    answers: Mapping[str, str]
    kind: str = ""


class _Project(NamedTuple):
    """A project: money in 万元; ``paid`` is what was paid in each month, ``result`` what was reached."""

    name: str
    budget: int
    goal: str
    paid: tuple[int, ...]
    result: str
    rows: tuple[_Row, ...]


_OUTPUT, _BENEFIT, _CONTENT = "产出指标", "效益指标", "满意度指标"
_TRAINING = _Project(
    "示例（虚构）业务培训经费",
    20,
    "全年举办业务培训12场，教材15套，参训人员考核合格率95%以上，11月底前完成，总成本不超过20万元，业务能力有所提升。",
    (0, 2, 3, 2, 2, 1, 2, 2, 2, 2, 1, 1),
    "全年举办业务培训13场，参训人员考核合格率97%，11月20日全部完成。",
    (
        _Row(_OUTPUT, "数量指标", "培训场次", "≥12场", {"actual": "13", "evidence": "签到表13份"}),
        _Row(_OUTPUT, "数量指标", "编印教材套数", "15套", {"actual": "15", "evidence": "教材验收单1份"}),
        _Row(_OUTPUT, "质量指标", "每场培训课时", "4-8课时", {"actual": "6", "evidence": "课程表13份"}),
        _Row(_OUTPUT, "质量指标", "参训人员考核合格率", "≥95%", {"actual": "97%", "evidence": "考核成绩表13份"}),
        _Row(_OUTPUT, "时效指标", "培训完成时间", "11月底前", {"actual": "{year}-11-20", "evidence": "总结报告1份"}),
        _Row(_OUTPUT, "时效指标", "资金支付进度", "按月度时序", {"evidence": "支付明细表1份"}),
        _Row(_OUTPUT, "成本指标", "培训总成本", "≤20万元", {"actual": "20", "evidence": "支付凭证"}),
        _Row(_BENEFIT, "经济效益指标", "经济效益", "不涉及", {}),
        _Row(
            _BENEFIT,
            "社会效益指标",
            "业务能力",
            "有所提升",
            {"level": "达成年度指标", "percentage": "100%", "evidence": "总结报告1份"},
        ),
        _Row(
            *(_BENEFIT, "可持续影响指标", "培训制度", "建立健全"),
            {
                "actual": "已印发培训管理办法",
                BY_HAND: "13.5",
                "category": "工作安排",
                "reason": "办法已印发，培训台账还不完整",
                "remedy": "3月底前补齐培训台账",
                "evidence": "管理办法1份",
            },
            "人工",
        ),
        _Row(
            *(_CONTENT, "服务对象满意度指标", "参训人员满意度", "≥90%"),
            {
                "actual": "85.5%",
                "category": "工作安排",
                "reason": "部分课程安排在工作日，参训人员请假较多",
                "remedy": "下年度集中安排在淡季，提前一个月通知",
                "evidence": "调查问卷60份",
            },
        ),
    ),
)
_EQUIPMENT = _Project(
    "示例（虚构）办公设备购置经费",
    12,
    "购置办公设备30台，验收合格率100%，9月底前投入使用，总成本不超过12万元，使用人员满意。",
    (0, 0, 0, 3, 0, 5, 0, 4, 0, 0, 0, 0),
    "购置办公设备30台，全部验收合格，8月底投入使用。",
    (
        _Row(_OUTPUT, "数量指标", "购置设备数量", "30台", {"actual": "30", "evidence": "验收单1份"}),
        _Row(_OUTPUT, "质量指标", "验收合格率", "100%", {"actual": "100%", "evidence": "验收单1份"}),
        _Row(_OUTPUT, "时效指标", "投入使用时间", "9月底前", {"actual": "{year}-08-28", "evidence": "验收单1份"}),
        _Row(_OUTPUT, "成本指标", "购置总成本", "≤12万元", {"actual": "12", "evidence": "采购合同1份"}),
        _Row(
            _BENEFIT,
            "社会效益指标",
            "办公效率",
            "明显提高",
            {"level": "达成年度指标", "percentage": "100%", "evidence": "使用情况说明1份"},
        ),
        _Row(_CONTENT, "服务对象满意度指标", "使用人员满意度", "≥90%", {"actual": "93%", "evidence": "调查问卷30份"}),
    ),
)
_PROJECTS = (_TRAINING, _EQUIPMENT)


def example_targets(year: int, unit_code: str, unit: str) -> bytes:
    """The target table of the example, as ``inputs/<year>/targets.xlsx`` holds it."""
    numbered = [(_code(year, number), project) for number, project in enumerate(_PROJECTS, start=1)]
    projects = [
        {"seq": seq, "unit_code": unit_code, "unit_name": unit, "project": code, "name": project.name}
        | {"budget": float(project.budget), "fiscal": float(project.budget)}
        | {"purpose": MARK, "goal": f"{MARK}：{project.goal}"}
        for seq, (code, project) in enumerate(numbered, start=1)
    ]
    indicators = [
        {"indicator": _indicator(code, number), "project": code, "level1": row.level1, "level2": row.level2}
        | {"level3": row.level3, "description": MARK, "target": row.target, "basis": "示例", "kind": row.kind}
        for code, project in numbered
        for number, row in enumerate(project.rows, start=1)
    ]
    shares = {f"month_{month}": share for month, share in zip(CHECKPOINTS, _CHECKPOINT_SHARES, strict=True)}
    frames = (
        PROJECTS.rows(projects),
        INDICATORS.rows(indicators),
        PLAN.rows({"project": code, **shares} for code, _ in numbered),
    )
    return targets_workbook(Imported(Targets(year, *frames), title=MARK, source=_SOURCE))


def is_example(targets: Targets | None) -> bool:
    """Whether targets are those of the example, as their table says; a person may have changed them."""
    return targets is not None and targets.sources == ((_SOURCE, ""),)


def example_answers(year: int) -> dict[str, bytes]:
    """What was reported for the example, as a folder of tables that ``--reported`` and ``--prefill`` take."""
    answers, funds, said = (
        dict[str, Mapping[str, str]](),
        dict[str, Mapping[str, str]](),
        dict[str, Mapping[str, str]](),
    )
    for number, project in enumerate(_PROJECTS, start=1):
        code, budget = _code(year, number), f"{project.budget}"
        for at, row in enumerate(project.rows, start=1):
            answers[_indicator(code, at)] = {item: text.format(year=year) for item, text in row.answers.items()}
        paid = {f"{month:02d}": f"{amount}" for month, amount in zip(MONTHS, project.paid, strict=True)}
        funds[code] = {"initial": budget, "full_year": budget, "executed": f"{sum(project.paid)}", **paid}
        who = {"filler": "示例", "phone": "0000-0000000", "head": "示例"}
        said[code] = {"result": f"{MARK}：{project.result}", **who, "date": f"{year + 1}-01-10", "mark": MARK}
    return {f"{part.name}.csv": _table(part, rows) for part, rows in zip(PARTS, (answers, funds, said), strict=True)}


def _table(part: TablePart, rows: Mapping[str, Mapping[str, str]]) -> bytes:
    """A sheet of a reported table as CSV, without the columns in which nothing stands that may be left out."""
    items = [item for item in part.items if item in part.needed or any(item in row for row in rows.values())]
    header = [part.key, *(part.items[item] for item in items)]
    return csv_bytes(header, ([key, *(row.get(item, "") for item in items)] for key, row in rows.items()))


def _code(year: int, number: int) -> str:
    return f"示例{year}{number:03d}"


def _indicator(code: str, number: int) -> str:
    return f"{code}-{number:02d}"
