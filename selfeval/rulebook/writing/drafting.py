"""Drafting: the rulebook of a new year, which extends an earlier one and lists what must be looked at."""

from __future__ import annotations

import json

from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, State
from selfeval.rulebook.text.reading import parse
from selfeval.rulebook.text.shape import shaped
from selfeval.rulebook.trying.cases import CaseList, score_small, small_project

_HEAD = """\
# yaml-language-server: $schema={up}../selfeval/rulebook/rulebook.schema.json
#
# {what}自评规则：未写的内容取自 {base}。请逐项核对后再用，核对过的一项可以删去：
{review}

id: {id}
title: {title}
extends: {base}

in_force:
  from: {year}
"""
_TO = "  to: {year}\n"
UNAPPROVED = "（未经本单位审定）"
"""What the title of a unit's own rulebook bears, and every print with it, until somebody has approved the rules."""
_UNAPPROVED = """\
# {whose}**尚未经本单位审定**：请对照当地财政部门的通知逐项核对；
# 审定以后，把 title 里的“{unapproved}”删去。查看合并后的全部内容：selfeval rules show {name} --resolved
#
"""
_SKELETON = """
# 本地的文件写在这里，再在各条规则的 sources 中引用：
# sources:
#   - id: local
#     title: 关于开展绩效自评工作的通知
#     number: 某财绩〔{year}〕1号
#     verified: false
#
# 分值、各类指标的计分办法、等级，与基础规则不同的才写，如：
# sections:
#   - {{id: execution, points: 20}}
# kinds:
#   deadline:
#     curve: [{{from: 0, share: 100%}}, {{from: 1, share: 0}}]
#     sources: [local]
"""

_REMOVE = """
# 单独指定的指标只对当年的绩效目标表有效，不沿用；{year}年需要的请另写 overrides。
remove: [overrides]
"""

_CASES_HEAD = """\
# yaml-language-server: $schema={up}../selfeval/rulebook/cases.schema.json
#
# {id} 规则文件的用例。下面几个的应得分是按 {base} 现在的规则算出来的，请对照文件核对；规则改动后再补上相应的用例。

rulebook: {id}
year: {year}
cases:
"""

# what each case gives, as it stands in the file
_FIRST_CASES = """\
name: 执行率95%, budget: 100, executed: 95, kind: execution
name: 达到指标值, target: ≥100件, actual: 100
name: 完成八成, target: ≥100件, actual: 80
name: 超过一成, target: ≤100万元, actual: 110
name: 满意度八成五, target: ≥90%, level1: 满意度指标, actual: 85%
name: 按期完成, target: 11月底前, actual: {year}-11-30
name: 逾期十天, target: 11月底前, actual: {year}-12-10
"""


def draft(year: int, base: Rulebook, parent: str = "", name: str = "", *, unit: str = "") -> str:
    """The text of ``rules/<year>.yaml`` with its review list; it extends ``parent``, blank: the id of ``base``.

    ``name`` is that of another file (hunan/2025, hunan/dept): one that bears no year is in force from ``year`` on.
    ``unit`` is the name of the unit whose rules they are to become, which the title bears. Nobody has approved them.
    """
    folder, _, stem = (name or str(year)).rpartition("/")
    yearly = stem == str(year)
    review = "\n".join(f"# {i}. {item}" for i, item in enumerate(review_list(base), start=1))
    title = f"{year}年度项目支出绩效自评规则"
    if f"{base.in_force.start}年" in base.title:  # never the year of a regulation's number
        title = base.title.replace(f"{base.in_force.start}年", f"{year}年").removesuffix(UNAPPROVED)
    what = f"{year}年度" if yearly else f"{name} "
    if folder or not yearly:
        title = f"{folder or stem}{f'{year}年度' if yearly else ''}项目支出绩效自评规则"
    if unit:
        title = f"{unit}{year}年度项目支出绩效自评规则"
    title = json.dumps(title + UNAPPROVED, ensure_ascii=False)
    facts = {"what": what, "id": stem, "up": up_from(folder), "title": title}
    text = _HEAD.format(year=year, base=parent or base.id, review=review, **facts)
    whose = f"{unit}{year}年度的评分规则。" if unit else ""
    note = _UNAPPROVED.format(whose=whose, unapproved=UNAPPROVED, name=name or year)
    text = text.replace("#\n", "#\n" + note, 1)
    text += _TO.format(year=year) if yearly else ""
    text += _SKELETON.format(year=year) if unit or folder or not yearly else ""
    return text + (_REMOVE.format(year=year) if base.overrides else "")


def up_from(folder: str) -> str:
    """The way from a folder of rules up to the folder of all rules."""
    return "../" * len(folder.split("/")) if folder else ""


def review_list(base: Rulebook) -> tuple[str, ...]:
    """What a person must look at before the rules of one year serve another, one sentence each."""
    chosen = [rule.label for rule in base.kinds.values() if any(base.sources[name].convention for name in rule.sources)]
    unverified = [str(source) for source in base.sources.values() if not source.verified and not source.convention]
    unsettled = [str(source) for source in base.sources.values() if not source.verified and source.convention]
    overridden = len(base.overrides)
    named = sum(len(variant.indicators) for rule in base.kinds.values() for variant in rule.variants)
    items = (
        (True, "分值构成、等级和预算执行率的计分是否仍按原来的文件"),
        (chosen, f"这些类型的计分是自定的，不是文件规定，是否沿用：{'、'.join(chosen)}"),
        (unverified, f"这些依据的原文尚未核对：{'；'.join(unverified)}"),
        (unsettled, f"这些自定的办法尚未审定：{'；'.join(unsettled)}"),
        (overridden, f"上一年有{overridden}个指标单独指定（overrides），新的绩效目标表是否还需要"),
        (named, f"上一年有{named}个指标单独计分（variants 中的 indicators），新的绩效目标表是否还有这些指标"),
        (True, "有没有新的上级通知；有的，列入 sources"),
    )
    return tuple(item for applies, item in items if applies)


def draft_cases(year: int, base: Rulebook, name: str = "") -> str:
    """The text of ``rules/<year>.cases.yaml``: a few cases with what the rules of ``base`` give now, to be checked."""
    given = _FIRST_CASES.format(year=year).splitlines()
    root = parse(f"rulebook: {base.id}\ncases: [{', '.join(f'{{{line}}}' for line in given)}]".encode(), "").root
    assert root is not None
    written, _ = shaped(CaseList, root)
    assert written is not None
    small = [small_project(i, case, base) for i, case in enumerate(written.cases)]
    rows, _ = score_small(small, base, year)
    folder, _, stem = (name or str(year)).rpartition("/")
    text = _CASES_HEAD.format(year=year, base=base.id, id=stem, up=up_from(folder))
    for line, case, project in zip(given, written.cases, small, strict=True):
        if project.fault:
            continue
        row = rows[project.id, EXECUTION if case.kind else project.indicator]
        kind = [] if case.kind else [f"kind: {row['kind']}"]
        score = [] if row["score"] is None else [f"score: {base.rounding.show(row['score'])}"]
        if row["kind"]:
            answered = ", ".join([line, *kind, *score, f"status: {State(row['state']).label}"])
            text += f"  - {{{answered}}}\n"
    return text
