"""评分细则: a rulebook as a document that leadership reads and approves."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.kinds import KINDS
from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import CONDITIONS, NOT_APPLICABLE_SENTENCES, KindRule, Rulebook, show_percent
from selfeval.domain.wording import curve_words, told
from selfeval.packages.documents.model import Grid, Heading, Paragraph, Part
from selfeval.rulebook.trying.cases import EXECUTION_KIND, Case
from selfeval.rulebook.writing.wording import entry_words, measure_words, years_words

_UNVERIFIED = "标有〔原文未核对〕的依据，编写规则时没有见到文件原文，批准前请核对。"


def scoring_rules(rulebook: Rulebook, cases: Sequence[Case] = ()) -> tuple[Part, ...]:
    """The document: points, execution, kinds, levels, grades, recognition, single indicators, sources, examples.

    ``cases`` are those beside the rulebook; they stand as worked examples at the end.
    """
    files = "、".join(one.path for one in rulebook.files)
    unverified = any(not one.verified for one in rulebook.sources.values())
    return (
        Heading(0, rulebook.title),
        Paragraph(f"适用：{years_words(rulebook)}。本细则由规则文件 {files} 生成，评分程序按同一文件计分。"),
        *([Paragraph(_UNVERIFIED)] if unverified else []),
        Heading(1, "一、分值构成"),
        _sections(rulebook),
        Paragraph(NOT_APPLICABLE_SENTENCES[rulebook.not_applicable]),
        Paragraph("同一部分之内：目标表写明分值的按目标表（合计须相等），没有写明的平均分配到 0.01 分，合计不变。"),
        Heading(1, "二、预算执行率"),
        *_execution(rulebook),
        Heading(1, "三、各类指标怎样计分"),
        Paragraph("A 为实际完成值，T 为指标值。得分 = 分值 × 得分比例，每个得分四舍五入到 0.01 分，总分为各得分之和。"),
        *_kinds(rulebook),
        Heading(1, "四、定性指标的档次"),
        _levels(rulebook),
        Heading(1, "五、等级"),
        *_grades(rulebook),
        Heading(1, "六、怎样认出指标的类型"),
        Paragraph("目标表写明类型的按目标表；本细则第七部分列明的按所列；其余按指标值的写法，符合字数最多的一条为准。"),
        _recognise(rulebook),
        *_overrides(rulebook),
        Heading(1, "八、依据"),
        _sources(rulebook),
        *_examples(cases),
        Paragraph("\n编制：　　　　　　　　审核：　　　　　　　　批准：　　　　　　　　日期："),
    )


def _cited(rulebook: Rulebook, sources: tuple[str, ...], note: str) -> str:
    return "\n".join(one for one in (note, f"依据：{rulebook.cite(sources)}" if sources else "") if one)


def _sections(rulebook: Rulebook) -> Grid:
    labels = {one.id: one.label for one in rulebook.sections}
    rows = []
    for one in rulebook.sections:
        note = _cited(rulebook, one.sources, one.note)
        if one.if_empty:
            shares = "、".join(f"{labels[name]} {show_points(part)} 分" for name, part in one.if_empty)
            note = f"没有指标时分值归入：{shares}\n{note}"
        rows.append((one.label, "、".join(one.levels1) or "—", show_points(one.points), note))
    rows.append(("合计", "", show_points(sum(one.points for one in rulebook.sections)), ""))
    return Grid(("部分", "一级指标", "分值", "说明和依据"), tuple(rows), (2, 3, 1, 5))


def _execution(rulebook: Rulebook) -> list[Part]:
    rule = rulebook.execution
    how = curve_words(rule.curve, what="执行率")
    return [
        Paragraph(f"执行率 = 全年执行数 ÷ 全年预算数。得分比例：{how}。{''.join(told(rule))}"),
        Paragraph(_cited(rulebook, rule.sources, rule.note)),
    ]


def _kinds(rulebook: Rulebook) -> list[Part]:
    parts: list[Part] = []
    for name in rulebook.kinds:
        rule = rulebook.kinds[name]
        title = KINDS[name].label if rule.label == KINDS[name].label else f"{rule.label}（{KINDS[name].label}）"
        parts.append(Heading(2, f"{title}　{name}"))
        rows = [("一般", *_rule_cells(rule, rulebook))]
        rows += [
            ("，".join(told(one, *CONDITIONS)), *_rule_cells(rule.varied[one.id], rulebook)) for one in rule.variants
        ]
        parts.append(Grid(("用于", "计量值", "得分比例", "说明和依据"), tuple(rows), (2, 3, 3, 4)))
    return parts


def _rule_cells(rule: KindRule, rulebook: Rulebook) -> tuple[str, str, str]:
    curve = curve_words(rule.curve, rule.measure) if rule.measure else "—"
    more = ["；".join(told(part)) for part in (rule.attention, rule.when)]
    note = "\n".join(one for one in (_cited(rulebook, rule.sources, rule.note), *more) if one)
    return measure_words(rule), curve, note


def _levels(rulebook: Rulebook) -> Grid:
    rows = tuple(
        (one.label, one.band, show_percent(one.default), _cited(rulebook, one.sources, one.note))
        for one in rulebook.levels
    )
    return Grid(("档次", "比例范围", "只选档次时按", "说明和依据"), rows, (3, 2, 1, 4))


def _grades(rulebook: Rulebook) -> list[Part]:
    rows = []
    above = ""
    for one in rulebook.grades:
        rows.append((one.label, f"{show_points(one.lowest)} 分以上（含）{above}"))
        above = f"，不到 {show_points(one.lowest)} 分"
    basis = rulebook.grading
    return [Grid(("等级", "总分"), tuple(rows)), Paragraph(_cited(rulebook, basis.sources, basis.note))]


def _recognise(rulebook: Rulebook) -> Grid:
    rows = tuple(
        (one.id, entry_words(one), KINDS[one.kind].label, _cited(rulebook, one.sources, one.note))
        for one in rulebook.recognise
    )
    return Grid(("规则", "指标值的写法", "认作", "说明和依据"), rows, (2, 6, 1, 3))


def _overrides(rulebook: Rulebook) -> list[Part]:
    parts: list[Part] = [Heading(1, "七、个别指标")]
    if not rulebook.overrides:
        return [*parts, Paragraph("没有。")]
    rows = tuple(
        (one.indicator, KINDS[one.kind].label, one.target or "—", one.because) for one in rulebook.overrides.values()
    )
    return [*parts, Grid(("指标编号", "类型", "读作", "原因"), rows, (3, 1, 2, 5))]


def _sources(rulebook: Rulebook) -> Grid:
    rows = tuple((str(one), one.note) for one in rulebook.sources.values())
    return Grid(("文件或约定", "说明"), rows, (5, 6))


def _examples(cases: Sequence[Case]) -> list[Part]:
    rows = tuple(_example(case) for case in cases if case.total is None)
    told = "下列用例由程序逐条检验，规则改动后结果不符即报错。"
    headings = ("用例", "指标值", "实际完成", "分值", "应得分", "状态")
    return [Heading(1, "九、评分示例"), Paragraph(told), Grid(headings, rows, (7, 6, 6, 3, 3, 4))] if rows else []


def _example(case: Case) -> tuple[str, ...]:
    state = case.status.label if case.status else ""
    score = "—" if case.score is None else show_points(case.score)
    if case.kind == EXECUTION_KIND:
        budget, executed = ("" if money is None else f"{float(money):g}" for money in (case.budget, case.executed))
        return case.name, f"预算数 {budget} 万元", f"执行数 {executed} 万元", "—", score, state
    told = [case.level, *(typed.text for typed in (case.actual, case.percentage, case.judged) if typed)]
    actual = " ".join(filter(None, told)) or ("各月支付" if case.payments else "—")
    return case.name, case.target, actual, show_points(case.points), score, state
