"""Rules in words, as a person reads them: curves, conditions, attention, special cases."""

from __future__ import annotations

from selfeval.domain.curves import Curve, StepCurve
from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rulebook import Attention, Entry, KindRule, Rulebook, Scope, show_percent

DAYS = "days_late"
"""The measure that counts days; all others are shares."""

_UNITS = {"rate": "百分比", "money": "金额", "time": "时间", "count": "数量"}
_SHAPES = {"bare_number": "只有数和单位", "number_range": "区间（如 90%-95%）", "period": "期限（如 12月底前）"}
_ACTIONS = {"full": "按满分计", "zero": "按零分计", "not_applicable": "按不涉及处理", "ask": "待补充"}
_CASES = {
    "target_zero": "指标值为 0",
    "actual_missing": "没有填实际值",
    "actual_unreadable": "实际值看不懂",
    "unit_differs": "单位无法换算",
    "no_level": "没有选档次",
}


def curve_words(curve: Curve, measure: str, what: str = "计量值") -> str:
    """A curve in a sentence: 计量值从 0 起得计量值本身；从 100% 起得 100%."""
    if not isinstance(curve, StepCurve):
        points = "，".join(f"{what} {show_percent(x)} 得 {show_percent(y)}" for x, y in curve.points)
        return f"{points}；两点之间按直线，两端之外不变"
    parts = []
    for step in curve.steps:
        start = f"{show_number(step.start)} 天" if measure == DAYS else show_percent(step.start)
        share = f"按{what}" if step.share is None else f"得 {show_percent(step.share)}"
        parts.append(f"{start} 起{share}")
    lowest = curve.steps[0].start if curve.steps else None
    below = "，不到的不得分" if lowest is not None and lowest > 0 else ""
    return f"{what}{'；'.join(parts)}{below}"


def measure_words(rule: KindRule) -> str:
    """How a rule measures: its definition, and what a unit costs."""
    measure = KINDS[rule.kind].measures.get(rule.measure)
    if measure is None:
        return "不评分"
    return measure.definition + (f"。{rule.deduct.describe()}" if rule.deduct else "")


def scope_words(scope: Scope) -> str:
    """Which indicators a variant is for: 一级指标为满意度指标，指标值为百分比."""
    parts = [
        ("指标编号为", scope.indicators),
        ("一级指标为", scope.level1),
        ("二级指标为", scope.level2),
        ("三级指标为", scope.level3),
        ("指标值为", tuple(_UNITS[one] for one in scope.unit)),
    ]
    return "，".join(f"{head}{'、'.join(names)}" for head, names in parts if names)


def attention_words(attention: Attention) -> str:
    """What is flagged; blank when nothing is."""
    parts = []
    if attention.flag_from is not None:
        parts.append(f"完成率达到 {show_percent(attention.flag_from)} 标为需关注")
    if attention.reason_from is not None:
        parts.append(f"达到 {show_percent(attention.reason_from)} 必须写原因")
    if attention.unequal:
        parts.append("与指标值不等标为需关注")
    return "；".join(parts)


def when_words(rule: KindRule) -> str:
    """The cases that are not simply asked for; blank when all are."""
    told = [(case, action) for case, action in rule.when.items() if action != "ask" or case == "target_zero"]
    return "；".join(f"{_CASES[case]}的{_ACTIONS[action]}" for case, action in told)


def entry_words(entry: Entry) -> str:
    """What an entry looks for, with its conditions."""
    looks = [
        ("以 {} 开头", entry.symbols),
        ("含“{}”", entry.words),
        ("以“{}”结尾", entry.suffixes),
        ("全文为“{}”", entry.exact),
        ("符合匹配式 {}", entry.patterns),
    ]
    parts = [form.format("、".join(texts)) for form, texts in looks if texts]
    parts += [_SHAPES[entry.shape]] if entry.shape else []
    conditions = [{"present": "有数字", "absent": "没有数字"}.get(entry.number, "")]
    conditions += ["单位为" + "、".join(_UNITS[one] for one in entry.unit)] if entry.unit else []
    conditions += [f"二级指标为{'、'.join(entry.level2)}"] if entry.level2 else []
    told = "，".join(one for one in conditions if one)
    return "；或".join(parts) + (f"（条件：{told}）" if told else "")


def not_applicable_words(rulebook: Rulebook) -> str:
    """What becomes of the points of 不涉及."""
    return {
        "within_section": "不涉及的指标不评分，分值分给同一部分的其他指标；整个部分都不涉及的，按比例分给其他部分。",
        "whole_form": "不涉及的指标不评分，分值不计入；总分 = 得分合计 ÷ 适用部分的分值合计 × 100，四舍五入到 0.01。",
    }[rulebook.not_applicable]


def years_words(rulebook: Rulebook) -> str:
    """The years that a rulebook holds for."""
    first, last = rulebook.first_year, rulebook.last_year
    if last is None:
        return f"{first} 年度起"
    return f"{first} 年度" if first == last else f"{first} 至 {last} 年度"
