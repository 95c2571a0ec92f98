"""评分细则: a rulebook as a document that leadership reads and approves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from selfeval.domain.kinds import KINDS
from selfeval.domain.rulebook import (
    CONDITIONS,
    ENTRY_CONDITIONS,
    EXTRA_WORDS,
    NOT_APPLICABLE_SENTENCES,
    UNCAPPED_SAID,
    Cited,
    Entry,
    KindRule,
    Rounding,
    Rulebook,
    Variant,
    show_percent,
)
from selfeval.domain.scored import EXECUTION_KIND, EXECUTION_RATE
from selfeval.domain.wording import category_words, curve_words, execution_words, levels_words, sentences
from selfeval.packages.documents import Heading, Paragraph, Part, TextTable
from selfeval.rulebook.trying.cases import RuleCase

_IN_A_SECTION = "同一部分之内：绩效目标表写明分值的按绩效目标表（合计须相等），没有写明的平均分配到{}分，合计不变。"
_OUTSIDE = "100分之外的部分：加分、扣分以所列分值为限，扣到0分为止；{}。绩效目标表写明分值的，合计不必相等。"
_TOTAL_CAP = {"hundred": "加分后总分不超过100分", "none": "加分后总分可以超过100分"}
_UNVERIFIED = "标有〔原文未核对〕的依据，编写规则时没有见到文件原文，批准前请核对。"
_LETTERS = "A 为指标值，B 为实际完成值，与自评表相同。"
_VOCABULARY = (
    "下表的词超过{count}个的，只列前几个和个数；全部的词写在规则文件 {files} 里，"
    "用 selfeval rules show {id} --resolved 可以逐条查看。"
)
_MOST_WORDS = 6
"""Words of one list that stand in the document, which is about rules; a vocabulary is looked up in its file."""
_TRIED = "下列用例由程序逐条检验，规则改动后结果不符即报错。"


def scoring_rules(rulebook: Rulebook, cases: Sequence[RuleCase] = ()) -> tuple[Part, ...]:
    """The document; the ``cases`` beside the rulebook stand as worked examples at the end."""
    files = "、".join(file.path for file in rulebook.files)
    unverified = any(not source.verified for source in rulebook.sources.values())
    execution = rulebook.execution
    curve = curve_words(execution.curve, what="完成程度" if execution.deduct else "执行率")
    how = f"{curve}。{''.join(execution_words(execution))}"
    levels = [
        (level.label, level.band, show_percent(level.default), _cited(rulebook, level)) for level in rulebook.levels
    ]
    entries = [
        (str(i), entry_words(_in_short(entry)), KINDS[entry.kind].label, _cited(rulebook, entry))
        for i, entry in enumerate(rulebook.recognise, start=1)
    ]
    overrides = [
        (override.indicator, KINDS[override.kind].label, override.target or "—", override.because)
        for override in rulebook.overrides.values()
    ]
    sources = [(str(source), source.words) for source in rulebook.sources.values()]
    examples = [_example(case, rulebook.rounding) for case in cases if case.total is None]
    table = _grid("用例 指标值 实际完成 分值 应得分 状态", examples, 7, 6, 6, 3, 3, 4)
    tried: list[Part] = [Heading(1, "九、评分示例"), Paragraph(_TRIED), table] if examples else []
    return (
        Heading(0, rulebook.title),
        Paragraph(f"适用：{_years(rulebook)}。本细则由规则文件 {files} 生成，评分程序按同一文件计分。"),
        *([Paragraph(_UNVERIFIED)] if unverified else []),
        Heading(1, "一、分值构成"),
        _grid("部分 一级指标 分值 说明和依据", _sections(rulebook), 4, 5, 3, 10),
        Paragraph(NOT_APPLICABLE_SENTENCES[rulebook.not_applicable].format(rounding=rulebook.rounding.said)),
        Paragraph(_IN_A_SECTION.format(rulebook.rounding.smallest)),
        *(
            [Paragraph(_OUTSIDE.format(_TOTAL_CAP[rulebook.total_cap]))]
            if any(section.extra for section in rulebook.sections)
            else []
        ),
        Heading(1, "二、预算执行率"),
        Paragraph(f"执行率 = {EXECUTION_RATE}。得分率：{how}"),
        Paragraph(_cited(rulebook, execution)),
        Heading(1, "三、各类指标怎样计分"),
        Paragraph(f"{_LETTERS}得分 = 分值 × 得分率，每个得分{rulebook.rounding.said}分，总分为各得分之和。"),
        *(part for rule in rulebook.kinds.values() for part in _kind(rule, rulebook)),
        Heading(1, "四、定性指标的档次"),
        _grid("档次 比例范围 只选档次时按 说明和依据", levels, 3, 2, 1, 4),
        Heading(1, "五、等级"),
        _grid("等级 总分", _grades(rulebook)),
        Paragraph(_cited(rulebook, rulebook.grading)),
        Heading(1, "六、怎样识别指标的类型"),
        Paragraph(
            "绩效目标表写明类型的按绩效目标表；本细则第七部分列明的按所列；其余按指标值的写法，符合字数最多的一条为准。"
        ),
        Paragraph(_VOCABULARY.format(count=_MOST_WORDS, files=files, id=rulebook.id)),
        _grid("序号 指标值的写法 识别为 说明和依据", entries, 1, 5, 1, 4),
        Heading(1, "七、个别指标"),
        _grid("指标编号 类型 识别为 原因", overrides, 10, 3, 6, 10) if overrides else Paragraph("没有。"),
        Heading(1, "八、依据"),
        _grid("文件或约定 原话和说明", sources, 4, 7),
        *tried,
        Paragraph("\n编制：　　　　　　　　审核：　　　　　　　　批准：　　　　　　　　日期："),
    )


def _grid(headings: str, rows: Iterable[tuple[str, ...]], *widths: int) -> TextTable:
    return TextTable(tuple(headings.split()), tuple(rows), widths)


def _cited(rulebook: Rulebook, part: Cited) -> str:
    """The note of a part and what it rests on."""
    return "\n".join(filter(None, (part.note, f"依据：{rulebook.cite(part.sources)}" if part.sources else "")))


def _sections(rulebook: Rulebook) -> Iterator[tuple[str, ...]]:
    labels = {section.id: section.label for section in rulebook.sections}
    for section in rulebook.sections:
        note = _cited(rulebook, section)
        if section.if_empty:
            shares = "、".join(f"{labels[name]} {rulebook.rounding.show(part)}分" for name, part in section.if_empty)
            note = f"没有指标时分值归入：{shares}\n{note}"
        word = EXTRA_WORDS[section.extra] if section.extra else ""
        label = section.label if word in section.label else f"{section.label}（{word}）"
        yield label, "、".join(section.levels1) or "—", rulebook.rounding.show(section.points), note
    inside = sum(section.points for section in rulebook.sections if not section.extra)
    yield (
        "合计（不含加分项、扣分项）" if len(labels) > len(rulebook.inside) else "合计",
        "",
        rulebook.rounding.show(inside),
        "",
    )


def _kind(rule: KindRule, rulebook: Rulebook) -> Iterator[Part]:
    label = KINDS[rule.kind].label
    name = rule.label if rule.label != label else KINDS[rule.kind].name or label
    yield Heading(2, name if name == label else f"{name}（{label}）")
    ways = [("一般", rule)]
    ways += [
        ("，".join(sentences(_in_short(variant), *CONDITIONS)), rule.varied[variant.id]) for variant in rule.variants
    ]
    rows = ((used, *_rule_cells(way, rulebook)) for used, way in ways)
    yield _grid("用于 完成程度 得分率 说明和依据", rows, 2, 3, 3, 4)


def _rule_cells(rule: KindRule, rulebook: Rulebook) -> tuple[str, str, str]:
    curves = (curve_words(rule.curve, rule.measure), category_words(rule)) if rule.measure else ("—",)
    more = ["；".join(sentences(part)) for part in (rule.attention, rule.when)]
    if rule.own_levels:
        more.append(f"档次：{levels_words(rule.own_levels)}")
    return (
        measure_words(rule),
        "；".join(filter(None, curves)),
        "\n".join(filter(None, (_cited(rulebook, rule), *more))),
    )


def _grades(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    above = ""
    for grade in rulebook.grades:
        lowest = f"{rulebook.rounding.show(grade.lowest)}分"
        yield grade.label, f"{lowest}以上（含）{above}"
        above = f"，不到{lowest}"


def _example(case: RuleCase, rounding: Rounding) -> tuple[str, ...]:
    state = case.status.label if case.status else ""
    score = "—" if case.score is None else rounding.show(case.score)
    if case.kind == EXECUTION_KIND:
        budget, executed = ("" if money is None else f"{float(money):g}" for money in (case.budget, case.executed))
        return case.name, f"预算数{budget}万元", f"执行数{executed}万元", "—", score, state
    texts = [case.level, *(typed.text for typed in (case.actual, case.percentage, case.judged) if typed)]
    texts += [
        f"（{item}：{text}）" for item, text in (("偏差类别", case.category), ("佐证材料", case.evidence)) if text
    ]
    actual = " ".join(filter(None, texts)) or ("各月支付" if case.payments else "—")
    return case.name, case.target, actual, rounding.show(case.points), score, state


def measure_words(rule: KindRule) -> str:
    """How a rule measures: its definition, and what a unit costs."""
    measure = KINDS[rule.kind].measures.get(rule.measure)
    if measure is None:
        return "不评分"
    more = [rule.deducted] if rule.deduct else []
    return "。".join([measure.definition, *more, *([UNCAPPED_SAID] if rule.uncapped else [])])


_Part = TypeVar("_Part", Entry, Variant)


def _in_short(part: _Part) -> _Part:
    """The same with the first words of each long list, and how many there are."""
    shown: dict[str, Any] = {}
    for item in fields(part):
        listed: Any = getattr(part, item.name)
        if isinstance(listed, tuple) and len(listed) > _MOST_WORDS and all(isinstance(word, str) for word in listed):
            shown[item.name] = _first_of(listed)
    return replace(part, **shown)


def _first_of(listed: tuple[str, ...]) -> tuple[str, ...]:
    return *listed[: _MOST_WORDS - 1], f"{listed[_MOST_WORDS - 1]}……等{len(listed)}个"


def entry_words(entry: Entry) -> str:
    """What an entry looks for, with its conditions."""
    looks = sentences(entry, "symbols", "words", "suffixes", "exact", "patterns", "shape")
    conditions = "，".join(sentences(entry, *ENTRY_CONDITIONS))
    return "；或".join(looks) + (f"（条件：{conditions}）" if conditions else "")


def _years(rulebook: Rulebook) -> str:
    first, last = rulebook.in_force.start, rulebook.in_force.end
    if last is None:
        return f"{first}年度起"
    return f"{first}年度" if first == last else f"{first}至{last}年度"
