"""评分细则: a rulebook as a document that leadership reads and approves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from itertools import islice, zip_longest
from typing import Any, TypeVar

from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.period import day_words
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rulebook import (
    CONDITIONS,
    ENTRY_CONDITIONS,
    EXTRA_WORDS,
    NOT_APPLICABLE_SENTENCES,
    UNCAPPED_SAID,
    Cited,
    Entry,
    KindRule,
    Level,
    Rounding,
    Rulebook,
    Section,
    Variant,
    show_percent,
)
from selfeval.domain.scored import EXECUTION_KIND, EXECUTION_RATE
from selfeval.domain.wording import (
    RATE_CALLED,
    category_words,
    curve_words,
    execution_words,
    grade_words,
    levels_words,
    sentences,
    type_words,
)
from selfeval.packages.documents import Heading, Paragraph, Part, TextTable
from selfeval.rulebook.trying.cases import RuleCase

_IN_A_SECTION = (
    "同一部分之内：绩效目标表写明分值的按绩效目标表（合计须相等），没有写明的平均分配到{}分，尾差计入前几项。"
)
_OUTSIDE = "100分之外的部分：加分、扣分以所列分值为限，扣到0分为止；{}。绩效目标表写明分值的，合计不必相等。"
_TOTAL_CAP = {"hundred": "加分后总分不超过100分", "none": "加分后总分可以超过100分"}
_UNVERIFIED = {
    False: "标有〔原文未核对〕的依据，编写规则时没有见到文件原文，批准前请核对。",
    True: "标有〔未经审定〕的，是编写规则时自行选定的办法，批准前请审定。",
}
_LETTERS = "A为年度指标值，B为实际完成值，与自评表相同。"
_RECOGNISED = (
    "绩效目标表写明类型的按绩效目标表；本细则第七部分列明的按所列；"
    "其余按指标值的写法识别，符合字数最多的一条为准，识别规则见附件一。"
)
_ANNEXED = "以下附件供评分人员和规则维护人员使用。"
_VOCABULARY = "词超过{count}个的，只列前{count}个和总数；全部的词见规则文件。"
_MOST_WORDS = 6
"""Words of one list that stand in the document, which is about rules; a vocabulary is looked up in its file."""
_MOST_EXAMPLES = 20
_OF_THE_WHOLE = "绩效目标表有部门目标的，另评部门整体支出，不计入项目；分值构成如下，计分办法、档次、等级与项目相同："
_TRIED = "评分程序逐条检验全部{count}个用例，规则改动后结果不符即报错；下表列出其中{shown}个。"
_SIGNED = "\n", "\n", "\n", "　　年　月　日"
"""The line to be signed, below its headings."""


def scoring_rules(rulebook: Rulebook, cases: Sequence[RuleCase] = ()) -> tuple[Part, ...]:
    """The document: what is approved, in Chinese alone; the annexes name the rule files and the ids of indicators.

    Of the ``cases`` beside the rulebook some are worked examples in the last but one.
    """
    return *_approved(rulebook), *_annexes(rulebook, cases)


def _approved(rulebook: Rulebook) -> Iterator[Part]:
    execution, rounding = rulebook.execution, rulebook.rounding
    yield Heading(0, rulebook.title)
    yield Paragraph(f"适用：{_years(rulebook)}。")
    for own in sorted({source.convention for source in rulebook.sources.values() if not source.verified}):
        yield Paragraph(_UNVERIFIED[own])
    yield _grid("编制 审核 批准 日期", [_SIGNED])
    yield Heading(1, "一、分值构成")
    yield from _with_sources("部分 一级指标 分值 说明", _sections(rulebook), rulebook, rulebook.sections, 4, 5, 3, 7)
    yield Paragraph(NOT_APPLICABLE_SENTENCES[rulebook.not_applicable].format(rounding=rounding.said))
    yield Paragraph(_IN_A_SECTION.format(rounding.smallest))
    if any(section.extra for section in rulebook.sections):
        yield Paragraph(_OUTSIDE.format(_TOTAL_CAP[rulebook.total_cap]))
    if whole := rulebook.whole_sections:
        yield Paragraph(_OF_THE_WHOLE)
        apart = replace(rulebook, sections=whole)
        heads = "部分 分项绩效目标 分值 说明"
        yield from _with_sources(heads, _sections(apart), rulebook, whole, 4, 5, 3, 7)
    yield Heading(1, "二、预算执行率")
    curve = curve_words(execution.curve, what="" if execution.deduct else RATE_CALLED)
    yield Paragraph(f"执行率 = {EXECUTION_RATE}。{curve}。{''.join(execution_words(execution))}")
    yield Paragraph(_cited(rulebook, execution))
    yield Heading(1, "三、各类指标的计分办法")
    yield Paragraph(f"{_LETTERS}得分 = 分值 × 得分率，每个得分{rounding.said}分，总分为各得分之和。")
    for rule in rulebook.kinds.values():
        yield from _kind(rule, rulebook)
    yield Heading(1, "四、定性指标的档次")
    levels = ((level.label, level.band, show_percent(level.default), level.note) for level in rulebook.levels)
    yield from _with_sources("档次 比例范围 未填比例时按 说明", levels, rulebook, rulebook.levels, 4, 4, 2, 6)
    yield Heading(1, "五、等级")
    yield _grid("等级 总分", grade_words(rulebook.grades))
    yield Paragraph(_cited(rulebook, rulebook.grading))
    yield Heading(1, "六、指标类型的识别")
    yield Paragraph(_RECOGNISED)
    yield Heading(1, "七、单独指定的指标")
    overrides = [
        (one.printed or one.indicator, KINDS[one.kind].title, one.target or "—", one.because)
        for one in rulebook.overrides.values()
    ]
    yield _grid("指标：指标值 类型 识别为 原因", overrides, 8, 4, 6, 10) if overrides else Paragraph("没有。")
    yield Heading(1, "八、依据")
    sources = ((str(source), source.words) for source in rulebook.sources.values())
    yield _grid("文件或自定事项 原文和说明", sources, 4, 7)


def _annexes(rulebook: Rulebook, cases: Sequence[RuleCase]) -> Iterator[Part]:
    yield Heading(1, "附件一、指标类型的识别规则", new_page=True)
    yield Paragraph(_ANNEXED)
    yield Paragraph(_VOCABULARY.format(count=_MOST_WORDS))
    entries = (
        (str(i), entry_words(_in_short(entry)), KINDS[entry.kind].title, entry.note)
        for i, entry in enumerate(rulebook.recognise, start=1)
    )
    yield _grid("序号 指标值的写法 识别为 说明", entries, 1, 6, 2, 4)
    tried = [case for case in cases if case.total is None]
    if tried:
        shown = _examples(tried)
        yield Heading(1, "附件二、评分示例")
        yield Paragraph(_TRIED.format(count=len(tried), shown=len(shown)))
        lines = (_example(case, rulebook.rounding) for case in shown)
        yield _grid("示例 指标值 实际完成 分值 得分 状态", lines, 6, 7, 7, 3, 3, 4)
    yield Heading(1, f"附件{'三' if tried else '二'}、规则文件和指标编号")
    files = "".join(f"“{file.path.removeprefix('rules/').removesuffix('.yaml')}”" for file in rulebook.files)
    yield Paragraph(f"本细则由规则文件{files}生成，评分程序按同样的规则文件计分。")
    named = [(one.printed, one.indicator) for one in rulebook.overrides.values() if one.printed]
    variants = (variant for rule in rulebook.kinds.values() for variant in rule.variants)
    named += [pair for one in variants for pair in zip(one.printed, one.indicators, strict=False)]
    if named:
        yield _grid("指标：指标值 指标编号", named, 1, 1)


def _examples(cases: Sequence[RuleCase]) -> list[RuleCase]:
    """Some of the cases, as they stand in the file: of each kind in turn the next one that earns another share."""
    kinds: dict[str, dict[Fraction | None, RuleCase]] = {}
    for case in cases:
        share = None if case.score is None or not case.points else Fraction(case.score, case.points)
        kinds.setdefault(case.kind or "", {}).setdefault(share, case)
    turns = zip_longest(*(list(found.values()) for found in kinds.values()))
    chosen = list(islice((case for turn in turns for case in turn if case is not None), _MOST_EXAMPLES))
    return [case for case in cases if any(case is one for one in chosen)]


def _with_sources(
    headings: str, rows: Iterable[tuple[str, ...]], rulebook: Rulebook, parts: Sequence[Section | Level], *widths: int
) -> Iterator[Part]:
    """A table of parts, and what they rest on: said once where it is the same of all, else in their last cells."""
    cited = [rulebook.cite(part.sources) for part in parts]
    if len(set(cited)) == 1:
        yield _grid(headings, rows, *widths)
        yield Paragraph(f"依据：{cited[0]}")
        return
    said = zip_longest(rows, cited)
    full = ((*row[:-1], "\n".join(filter(None, (row[-1], f"依据：{cite}" if cite else "")))) for row, cite in said)
    yield _grid(headings, full, *widths)


def _grid(headings: str, rows: Iterable[tuple[str, ...]], *widths: int) -> TextTable:
    return TextTable(tuple(headings.split()), tuple(rows), widths)


def _cited(rulebook: Rulebook, part: Cited) -> str:
    """The note of a part and what it rests on."""
    note = f"{part.note}。" if part.note else ""
    return "\n".join(filter(None, (note, f"依据：{rulebook.cite(part.sources)}" if part.sources else "")))


def _sections(rulebook: Rulebook) -> Iterator[tuple[str, ...]]:
    labels = {section.id: section.label for section in rulebook.sections}
    for section in rulebook.sections:
        note = section.note
        if section.if_empty:
            shares = "、".join(f"{labels[name]}{rulebook.rounding.show(part)}分" for name, part in section.if_empty)
            note = "\n".join(filter(None, (f"没有指标时分值归入：{shares}", note)))
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
    yield Heading(2, type_words(rule))
    if not rule.variants:
        yield _grid("完成程度的计算 计分标准 说明和依据", [_rule_cells(rule, rulebook)], 3, 3, 5)
        return
    ways = [("一般", rule), *((_conditions(variant), rule.varied[variant.id]) for variant in rule.variants)]
    rows = ((used, *_rule_cells(way, rulebook)) for used, way in ways)
    yield _grid("适用于 完成程度的计算 计分标准 说明和依据", rows, 2, 3, 3, 4)


def _conditions(variant: Variant) -> str:
    """Which indicators a variant is for; those that it names by what the target table prints of them."""
    named = "、".join(f"“{printed}”" for printed in variant.printed)
    others = CONDITIONS[1:] if named else CONDITIONS
    return "，".join(filter(None, (named, *sentences(_in_short(variant), *others))))


def _rule_cells(rule: KindRule, rulebook: Rulebook) -> tuple[str, str, str]:
    curves = (curve_words(rule.curve, rule.measure), category_words(rule)) if rule.measure else ("—",)
    more = ["；".join(sentences(part)) for part in (rule.attention, rule.when)]
    if rule.own_levels:
        more.append(f"档次：{levels_words(rule.own_levels)}")
    return (
        measure_words(rule),
        "；".join(filter(None, curves)),
        "\n".join(filter(None, (rule.note, *more, f"依据：{rulebook.cite(rule.sources)}" if rule.sources else ""))),
    )


def _example(case: RuleCase, rounding: Rounding) -> tuple[str, ...]:
    state = case.status.label if case.status else ""
    score = "—" if case.score is None else rounding.show(case.score)
    if case.kind == EXECUTION_KIND:
        budget, executed = ("" if money is None else show_number(money) for money in (case.budget, case.executed))
        return case.name, f"预算数{budget}万元", f"执行数{executed}万元", "—", score, state
    texts = [case.level, *(typed.text for typed in (case.actual, case.percentage, case.judged) if typed)]
    texts += [
        f"（{item}：{text}）" for item, text in (("偏差类别", case.category), ("佐证材料", case.evidence)) if text
    ]
    actual = " ".join(map(day_words, filter(None, texts))) or ("各月支付" if case.payments else "—")
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
    looks = sentences(entry, "symbols", "words", "suffixes", "exact", "means", "shape")
    if entry.patterns and not entry.means:  # a page to be signed shows no pattern, and hides no rule
        looks = (*looks, "本单位规定的格式")
    conditions = "，".join(sentences(entry, *ENTRY_CONDITIONS))
    return "；或".join(looks) + (f"（条件：{conditions}）" if conditions else "")


def _years(rulebook: Rulebook) -> str:
    first, last = rulebook.in_force.start, rulebook.in_force.end
    if last is None:
        return f"{first}年度起"
    return f"{first}年度" if first == last else f"{first}至{last}年度"
