"""Drafting: the rulebook of a new year, which extends an earlier one and lists what must be looked at."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pandas as pd

from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, State
from selfeval.rulebook.text.nodes import Mark, Scalar
from selfeval.rulebook.trying.cases import EXECUTION_KIND, Given
from selfeval.rulebook.trying.small_projects import row_of, score_together, small_project

_HEAD = """\
# yaml-language-server: $schema=../selfeval/rulebook/rulebook.schema.json
#
# {year} 年度自评规则：没写的都取自 {base}。请逐项核对后再用，核对过的一项可以删去：
{review}

id: {year}
title: {title}
extends: {base}

in_force:
  from: {year}
  to: {year}
"""

_REMOVE = """
# 个别指标的改写只对当年的目标表有效，不沿用；{year} 年需要的请另写 overrides。
remove: [overrides]
"""


_CASES_HEAD = """\
# yaml-language-server: $schema=../selfeval/rulebook/cases.schema.json
#
# {year} 规则书的用例。下面几个的应得分是按 {base} 现在的规则算出来的，请对照文件核对；规则改动后再补上相应的用例。

rulebook: {year}
year: {year}
cases:
"""

_FIRST_CASES: tuple[dict[str, str], ...] = (
    {"name": "执行九成五", "kind": EXECUTION_KIND},
    {"name": "达到指标值", "target": "≥100件", "actual": "100"},
    {"name": "完成八成", "target": "≥100件", "actual": "80"},
    {"name": "超过一成", "target": "≤100万元", "actual": "110"},
    {"name": "满意度八成五", "target": "≥90%", "level1": "满意度指标", "actual": "85%"},
    {"name": "按期完成", "target": "11月底前", "actual": "{year}-11-30"},
    {"name": "晚十天", "target": "11月底前", "actual": "{year}-12-10"},
)


def draft(year: int, base: Rulebook, parent: str = "") -> str:
    """The text of ``rules/<year>.yaml``: in force for that year only, extending ``base``, with its review list.

    ``parent`` is how ``extends`` names the base, blank for its id.
    """
    review = "\n".join(f"# {i}. {item}" for i, item in enumerate(review_list(base), start=1))
    title = f"{year}年度项目支出绩效自评规则"
    if f"{base.first_year}年" in base.title:  # never the year of a regulation's number
        title = base.title.replace(f"{base.first_year}年", f"{year}年")
    text = _HEAD.format(year=year, base=parent or base.id, review=review, title=title)
    return text + (_REMOVE.format(year=year) if base.overrides else "")


def review_list(base: Rulebook) -> tuple[str, ...]:
    """What a person must look at before the rules of one year serve another, one sentence each."""
    chosen = [rule.label for rule in base.kinds.values() if any(base.sources[one].convention for one in rule.sources)]
    unverified = [str(one) for one in base.sources.values() if not one.verified]
    items = ["分值构成、等级和预算执行率的计分是否仍按原来的文件"]
    if chosen:
        items.append(f"这些类型的计分是约定，不是文件规定，是否沿用：{'、'.join(chosen)}")
    if unverified:
        items.append(f"这些依据的原文尚未核对：{'；'.join(unverified)}")
    if base.overrides:
        items.append(f"上一年有 {len(base.overrides)} 个指标单独改写（overrides），新的目标表是否还需要")
    named = sum(len(one.indicators) for several in base.variants.values() for one in several)
    if named:
        items.append(f"上一年有 {named} 个指标另行计分（variants 中的 indicators），新的目标表是否还有这些指标")
    return (*items, "有没有新的上级通知；有的，列入 sources")


def draft_cases(year: int, base: Rulebook) -> str:
    """The text of ``rules/<year>.cases.yaml``: a few cases with what the rules of ``base`` give now, to be checked."""
    given = [{name: text.format(year=year) for name, text in one.items()} for one in _FIRST_CASES]
    small = [small_project(i, _case(one), base) for i, one in enumerate(given)]
    scored = score_together(small, base, year)
    lines = []
    for one, project in zip(given, small, strict=True):
        if project.fault:
            continue
        about = EXECUTION if one.get("kind") == EXECUTION_KIND else project.indicator
        row = row_of(scored, project.id, about)
        if row["kind"]:
            lines.append(f"  - {{{_written(one, row)}}}\n")
    return _CASES_HEAD.format(year=year, base=base.id) + "".join(lines)


def _case(given: dict[str, str]) -> Given:
    actual = Scalar(given["actual"], plain=True, mark=Mark("", 1, 1)) if "actual" in given else None
    target, level1 = given.get("target", ""), given.get("level1", "")
    case = Given(name=given["name"], kind=given.get("kind"), target=target, level1=level1, actual=actual)
    return replace(case, budget=Fraction(100), executed=Fraction(95)) if case.kind == EXECUTION_KIND else case


def _written(given: dict[str, str], row: pd.Series) -> str:
    parts = {name: text for name, text in given.items() if name != "kind"}
    if given.get("kind") == EXECUTION_KIND:
        parts |= {"budget": "100", "executed": "95"}
    parts["kind"] = str(row["kind"])
    if not pd.isna(row["score"]):
        parts["score"] = show_points(int(row["score"]))
    parts["status"] = State(row["state"]).label
    return ", ".join(f"{name}: {text}" for name, text in parts.items())
