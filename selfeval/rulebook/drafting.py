"""Drafting: the rulebook of a new year, which extends an earlier one and lists what must be looked at."""

from __future__ import annotations

from selfeval.domain.rulebook import Rulebook

_HEAD = """\
# yaml-language-server: $schema=../selfeval/rulebook/rulebook.schema.json
#
# {year} 年度自评规则：其余取自 {base}。请逐项核对后再用：
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


def draft(year: int, base: Rulebook) -> str:
    """The text of ``rules/<year>.yaml``: in force for that year only, extending ``base``, with its review list."""
    review = "\n".join(f"# {i}. {item}" for i, item in enumerate(review_list(base), start=1))
    title = f"{year}年度项目支出绩效自评规则"
    if str(base.first_year) in base.title:
        title = base.title.replace(str(base.first_year), str(year))
    text = _HEAD.format(year=year, base=base.id, review=review, title=title)
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
    return (*items, "有没有新的上级通知；有的，列入 sources")
