"""Cases: what a rulebook must answer, written beside it for people (``rules/2024.cases.yaml``).

A case gives a target and a report, and says the kind, the score and the state that must come out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reported import Cell
from selfeval.domain.scored import State
from selfeval.rulebook.loading import printed_name
from selfeval.rulebook.models import Whole
from selfeval.rulebook.text.nodes import Mark, Scalar, find
from selfeval.rulebook.text.reading import read
from selfeval.rulebook.text.shape import shaped
from selfeval.rulebook.text.values import Number, Points, Share, Text, Year, choice

EXECUTION_KIND = "execution"
"""The kind of a case about the budget execution rate."""

_KINDS = (*KINDS, EXECUTION_KIND)
_STATES = {**{state.value: state.value for state in State}, **{state.label: state.value for state in State}}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)%")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


def _cell(value: object) -> Scalar:
    if not isinstance(value, Scalar):
        raise PydanticCustomError("value", "{expected}", {"expected": "单元格里填的一个值"})
    return value


def _state(value: object) -> str:
    text = value.text if isinstance(value, Scalar) else ""
    if text not in _STATES:
        known = "、".join(f"{state.value}（{state.label}）" for state in State)
        raise PydanticCustomError("choice", "{expected}", {"expected": known, "words": list(_STATES)})
    return _STATES[text]


Typed = Annotated[
    Scalar,
    PlainValidator(_cell),
    WithJsonSchema({"type": ["string", "number", "boolean"]}),
]
"""What a department typed: without quotes as a spreadsheet takes it (12, 95%, 2024-12-20), in quotes as text."""


class PlanModel(Whole):
    """The spending plan of a project."""

    month_3: Share | None = Field(None, alias="3月底", title="3月底", description="累计计划比例，如 25%")
    month_6: Share | None = Field(None, alias="6月底", title="6月底", description="同上")
    month_10: Share | None = Field(None, alias="10月底", title="10月底", description="同上")
    month_12: Share | None = Field(None, alias="12月底", title="12月底", description="同上；不写表示空白")


class CaseModel(Whole):
    """One case."""

    name: Text = Field(title="用例名称", description="一句话说明这个用例看什么")
    target: Text = Field("", title="指标值", description="按文本原样写；以 > < = * - 等开头的要加双引号")
    indicator: Text = Field("", title="指标编号", description="看个别指标（overrides）时写它的编号")
    type: Text = Field("", title="目标表的类型", description="目标表「类型」一栏写明的类型；一般不写")
    level1: Text = Field("", title="一级指标", description="不写按第一个有一级指标的部分（产出指标）")
    level2: Text = Field("", title="二级指标", description="识别规则以二级指标为条件时写，如 成本指标")
    actual: Typed | None = Field(
        None, title="实际完成值", description="不加引号同在表格中键入；加引号为文字；不写为空白"
    )
    level: Text = Field("", title="完成档次", description="定性指标选的档次")
    percentage: Typed | None = Field(None, title="完成比例", description="定性指标填的比例，如 85%")
    judged: Typed | None = Field(None, title="人工得分", description="人工评分的分数")
    reason: Text = Field("用例", title="偏差原因", description="不写则自动填上")
    payments: list[Number] = Field(default_factory=list, title="各月支付", description="12 个月的支付金额（万元）")
    plan: PlanModel | None = Field(None, title="资金支出计划", description="各考核时点的累计计划比例")
    budget: Number | None = Field(None, title="全年预算数", description="万元；不写为 100")
    executed: Number | None = Field(None, title="全年执行数", description="万元；不写与预算数相同")
    points: Points = Field(1000, title="分值", description="这个指标的分值；不写为 10")
    total: Points | None = Field(None, title="总分", description="只看等级的用例：给一个总分")
    grade: Text = Field("", title="应得等级", description="这个总分应得的等级")
    kind: Annotated[Literal[_KINDS], choice(*_KINDS)] | None = Field(  # type: ignore[valid-type]
        None, title="应为类型", description="应认作哪一类；预算执行率写 execution"
    )
    rule: Text = Field("", title="应用规则", description="应由哪一条识别规则认出")
    score: Points | None = Field(None, title="应得分", description="待补充、不涉及的不写")
    status: Annotated[Literal[tuple(_STATES)], PlainValidator(_state)] | None = Field(  # type: ignore[valid-type]
        None, title="应为状态", description="已评分、需关注、待补充、不涉及、错误（或 scored 等）"
    )
    problem: Text = Field("", title="应报问题", description="应报出的问题代码，如 E402")


def make_case(**given: Any) -> CaseModel:  # noqa: ANN401 - fields of several types, not read from a file
    """A case made by the program, whose fields are right already; what is not given is as in a file."""
    return CaseModel.model_construct(**given)


class CasesModel(Whole):
    """A file of cases."""

    rulebook: Text = Field(title="规则书", description="这些用例检验哪一份规则书，如 2024")
    year: Year | None = Field(None, title="年度", description="按哪一年评分；不写为规则书适用的第一年")
    cases: list[CaseModel] = Field(title="用例", description="每个用例写明：给出什么，应得什么")


@dataclass(frozen=True)
class Case:
    """A case and the place it stands at."""

    given: CaseModel
    mark: Mark


@dataclass(frozen=True)
class CaseFile:
    """A file of cases read: the cases, the year they are scored for (None: the rulebook's first), the faults."""

    name: str
    rulebook: str
    year: int | None
    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]


def cases_path(rulebook: Path) -> Path:
    """Where the cases of a rulebook stand: ``2024.cases.yaml`` beside ``2024.yaml``."""
    return rulebook.with_name(f"{rulebook.stem}.cases.yaml")


def read_cases(path: Path, root: Path) -> CaseFile:
    """Read a file of cases; ``root`` is the workspace that printed paths are relative to."""
    name = printed_name(path, root)
    document = read(path, name)
    if document.root is None:
        return CaseFile(name, "", None, (), document.problems)
    model, problems = shaped(CasesModel, document.root)
    if model is None:
        return CaseFile(name, "", None, (), problems)
    cases = tuple(Case(one, find(document.root, "cases", i)[0].mark) for i, one in enumerate(model.cases))
    return CaseFile(name, model.rulebook, model.year, cases, tuple(_complete(cases)))


def _complete(cases: Sequence[Case]) -> list[Problem]:
    """What is missing in each case: something to score, and something to expect."""
    return [
        problem("E236", case.mark.place, name=case.given.name, what=what)
        for case in cases
        if (what := _missing(case.given))
    ]


def _missing(case: CaseModel) -> str:
    if case.total is not None:
        return "" if case.grade else "写了总分（total），要写应得等级（grade）"
    if case.kind is None or case.status is None:
        return "要写应为类型（kind）和应为状态（status）"
    if case.kind != EXECUTION_KIND and not case.target:
        return "要写指标值（target）"
    if case.status in {State.SCORED, State.ATTENTION} and case.score is None:
        return "能评分的，要写应得分（score）"
    if case.payments and len(case.payments) != 12:  # noqa: PLR2004 - months
        return f"各月支付（payments）要写 12 个数，现在是 {len(case.payments)} 个"
    return ""


def as_cell(value: Scalar | None) -> Cell:
    """The value as a reported cell: plain values as a spreadsheet takes them."""
    if value is None or value.blank:
        return Cell(form="blank")
    percent = _PERCENT.fullmatch(value.text)
    if value.plain and percent:
        whole, _, digits = percent[1].partition(".")
        share = float(f"{whole}.{digits or 0}e-2")
        return Cell(repr(share), share, "percent")
    if value.plain and _NUMBER.fullmatch(value.text):
        return Cell(value.text, float(value.text), "number")
    return Cell(value.text, form="date" if value.plain and _DATE.fullmatch(value.text) else "text")
