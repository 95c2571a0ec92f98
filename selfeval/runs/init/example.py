"""The invented example of a new workspace: two projects with an indicator of every kind, and what one would report."""

from __future__ import annotations

from typing import NamedTuple

from selfeval.domain.targets import CHECKPOINTS, INDICATORS, PLAN, PROJECTS, Targets
from selfeval.sources.imported import Imported
from selfeval.sources.targets_workbook import targets_workbook

MARK = "示例数据（虚构，仅供演示）"
_CHECKPOINT_SHARES = (0.25, 0.5, 0.9, 1.0)


class _Row(NamedTuple):
    """An indicator: its levels, its target (``kind``: 类型), and the cells of a reported table from 实际完成值 on."""

    level1: str
    level2: str
    level3: str
    target: str
    answers: str
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
        _Row(_OUTPUT, "数量指标", "培训场次", "≥12场", "13,,,,,,,签到表13份"),
        _Row(_OUTPUT, "数量指标", "编印教材套数", "15套", "15,,,,,,,教材验收单1份"),
        _Row(_OUTPUT, "质量指标", "每场培训课时", "4-8课时", "6,,,,,,,课程表13份"),
        _Row(_OUTPUT, "质量指标", "参训人员考核合格率", "≥95%", "97%,,,,,,,考核成绩表13份"),
        _Row(_OUTPUT, "时效指标", "培训完成时间", "11月底前", "{year}-11-20,,,,,,,总结报告1份"),
        _Row(_OUTPUT, "时效指标", "资金支付进度", "按月度时序", ",,,,,,,支付明细表1份"),
        _Row(_OUTPUT, "成本指标", "培训总成本", "≤20万元", "20,,,,,,,支付凭证"),
        _Row(_BENEFIT, "经济效益指标", "经济效益", "不涉及", ",,,,,,,"),
        _Row(_BENEFIT, "社会效益指标", "业务能力", "有所提升", ",达成年度指标,100%,,,,,总结报告1份"),
        _Row(
            *(_BENEFIT, "可持续影响指标", "培训制度", "建立健全"),
            "已印发培训管理办法,,,13.5,工作安排,办法已印发，培训台账还不完整,3月底前补齐培训台账,管理办法1份",
            "人工",
        ),
        _Row(
            *(_CONTENT, "服务对象满意度指标", "参训人员满意度", "≥90%"),
            "85.5%,,,,工作安排,部分课程安排在工作日，参训人员请假较多,下年度集中安排在淡季，提前一个月通知,调查问卷60份",
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
        _Row(_OUTPUT, "数量指标", "购置设备数量", "30台", "30,,,,,,,验收单1份"),
        _Row(_OUTPUT, "质量指标", "验收合格率", "100%", "100%,,,,,,,验收单1份"),
        _Row(_OUTPUT, "时效指标", "投入使用时间", "9月底前", "{year}-08-28,,,,,,,验收单1份"),
        _Row(_OUTPUT, "成本指标", "购置总成本", "≤12万元", "12,,,,,,,采购合同1份"),
        _Row(_BENEFIT, "社会效益指标", "办公效率", "明显提高", ",达成年度指标,100%,,,,,使用情况说明1份"),
        _Row(_CONTENT, "服务对象满意度指标", "使用人员满意度", "≥90%", "93%,,,,,,,调查问卷30份"),
    ),
)
_PROJECTS = (_TRAINING, _EQUIPMENT)

_ANSWERS = "指标编号,实际完成值,完成档次,完成比例,人工得分,偏差类别,偏差原因,改进措施,佐证材料"
_FUNDS = "项目编码,年初预算数,全年预算数,全年执行数," + ",".join(f"{month}月" for month in range(1, 13))
_SAID = "项目编码,年度目标完成情况,填报人,联系电话,负责人,填报日期,标记"


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
        {"indicator": f"{code}-{number:02d}", "project": code, "level1": row.level1, "level2": row.level2}
        | {"level3": row.level3, "description": MARK, "target": row.target, "basis": "示例", "kind": row.kind}
        for code, project in numbered
        for number, row in enumerate(project.rows, start=1)
    ]
    shares = {f"month_{month}": share for month, share in zip(CHECKPOINTS, _CHECKPOINT_SHARES, strict=True)}
    frames = (
        PROJECTS.frame(projects),
        INDICATORS.frame(indicators),
        PLAN.frame({"project": code, **shares} for code, _ in numbered),
    )
    return targets_workbook(Imported(Targets(year, *frames), title=MARK, source="selfeval init"))


def example_answers(year: int) -> dict[str, bytes]:
    """What was reported for the example, as a folder of tables that ``--reported`` and ``--prefill`` take."""
    answers, funds, said = [_ANSWERS], [_FUNDS], [_SAID]
    for number, project in enumerate(_PROJECTS, start=1):
        code = _code(year, number)
        answers += [f"{code}-{at:02d},{row.answers.format(year=year)}" for at, row in enumerate(project.rows, start=1)]
        budget, paid = project.budget, ",".join(map(str, project.paid))
        funds.append(f"{code},{budget},{budget},{sum(project.paid)},{paid}")
        said.append(f"{code},{MARK}：{project.result},示例,0000-0000000,示例,{year + 1}-01-10,{MARK}")
    tables = {"指标.csv": answers, "资金.csv": funds, "项目.csv": said}
    return {name: "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig") for name, lines in tables.items()}


def _code(year: int, number: int) -> str:
    return f"示例{year}{number:03d}"
