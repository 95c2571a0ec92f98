"""The choices of the 2024 rulebook, written by hand in code, so that the domain is tested without any YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from selfeval.domain.curves import Step, StepCurve
from selfeval.domain.reading.quantity import UnitClass
from selfeval.domain.rulebook import (
    Attention,
    Entry,
    Execution,
    Grade,
    Grades,
    InForce,
    KindRule,
    Level,
    NumberPresence,
    Origin,
    Override,
    Rulebook,
    Section,
    Shape,
    When,
)

AT = Origin("rules/test.yaml", 1)
ASK = When()
NO_FLAGS = Attention(None, None, unequal=False)
OVER = Attention(Fraction(6, 5), Fraction(13, 10), unequal=False)
PROPORTIONAL = StepCurve((Step(Fraction(0), None), Step(Fraction(1), Fraction(1))))
LATE = StepCurve(
    (
        Step(Fraction(0), Fraction(1)),
        Step(Fraction(1), Fraction(4, 5)),
        Step(Fraction(31), Fraction(3, 5)),
        Step(Fraction(91), Fraction(0)),
    )
)


def level(name: str, label: str, short: str, band: tuple[str, str], default: str, *, closed: bool = False) -> Level:
    """A level with its band of percentages; ``closed``: the upper bound belongs to it."""
    low, high = (Fraction(one) for one in band)
    return Level(
        id=name,
        label=label,
        words=(short,),
        low=low,
        high=high,
        high_included=closed,
        default=Fraction(default),
        sources=(),
        origin=AT,
    )


LEVELS = (
    level("met", "达成年度指标", "达成", ("0.8", "1"), "1", closed=True),
    level("partly", "部分达成年度指标并具有一定效果", "部分达成", ("0.6", "0.8"), "0.7"),
    level("missed", "未达成年度指标且效果较差", "未达成", ("0", "0.6"), "0.3"),
)


def section(name: str, label: str, points: int, *levels1: str) -> Section:
    """A section with its points in hundredths and the 一级指标 that belong to it."""
    return Section(id=name, label=label, points=points, levels1=levels1, sources=(), origin=AT)


SECTIONS = (
    section("execution", "预算执行率", 1000),
    section("output", "产出指标", 5000, "产出指标"),
    section("benefit", "效益指标", 3000, "效益指标"),
    section("satisfaction", "满意度指标", 1000, "满意度指标"),
)


def kind_rule(
    kind: str,
    measure: str,
    curve: StepCurve = PROPORTIONAL,
    attention: Attention = NO_FLAGS,
    when: When = ASK,
) -> KindRule:
    """A kind's rule; whatever is stuck is asked for unless ``when`` says otherwise."""
    return KindRule(
        kind=kind,
        label=kind,
        measure=measure,
        curve=curve,
        attention=attention,
        when=when,
        sources=(),
        origin=AT,
    )


def entry(
    name: str,
    kind: str,
    *,
    symbols: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
    suffixes: tuple[str, ...] = (),
    exact: tuple[str, ...] = (),
    shape: Shape = "",
    number: NumberPresence = "any",
    unit: tuple[UnitClass, ...] = (),
    level2: tuple[str, ...] = (),
    strict: bool = False,
) -> Entry:
    """One way to recognise a target."""
    return Entry(
        id=name,
        kind=kind,
        symbols=symbols,
        words=words,
        suffixes=suffixes,
        exact=exact,
        shape=shape,
        number=number,
        unit=unit,
        level2=level2,
        strict=strict,
        origin=AT,
    )


GRADES = (Grade("优", 9000), Grade("良", 8000), Grade("中", 6000), Grade("差", 0))

RECOGNISE = (
    entry(
        "at_least",
        "at_least",
        symbols=("≥", "≧", ">="),
        words=("不低于", "不少于", "不小于", "至少", "大于等于"),
        suffixes=("以上", "及以上"),
        number="present",
    ),
    entry("above", "at_least", symbols=(">",), words=("高于", "超过", "大于"), number="present", strict=True),
    entry(
        "at_most",
        "at_most",
        symbols=("≤", "≦", "<="),
        words=("不超过", "不高于", "不大于", "小于等于"),
        suffixes=("以内", "以下", "之内"),
        number="present",
    ),
    entry("below", "at_most", symbols=("<",), words=("低于", "少于", "小于"), number="present", strict=True),
    entry("equal", "exactly", symbols=("=",), number="present"),
    entry("span", "range", shape="number_range"),
    entry("day", "deadline", shape="period"),
    entry("bare_rate", "at_least", shape="bare_number", unit=("rate",)),
    entry("bare_count", "exactly", shape="bare_number", unit=("count", "time")),
    entry("bare_cost", "at_most", shape="bare_number", unit=("money",), level2=("成本指标",)),
    entry("monthly", "monthly_schedule", exact=("月度时序", "按月支出")),
    entry("nothing", "not_applicable", exact=("不涉及", "不适用", "/", "—", "-")),
    entry("words", "qualitative", words=("提升", "持续", "保证", "明显"), number="absent"),
)


def rulebook_2024(
    *,
    kinds: Mapping[str, KindRule] | None = None,
    recognise: tuple[Entry, ...] = RECOGNISE,
    overrides: tuple[Override, ...] = (),
) -> Rulebook:
    """The rulebook; ``kinds`` replaces some of its kinds."""
    usual = (
        kind_rule("at_least", "ratio", attention=OVER),
        kind_rule("at_most", "excess"),
        kind_rule("exactly", "ratio", attention=replace(OVER, unequal=True)),
        kind_rule("range", "nearer_end"),
        kind_rule("deadline", "days_late", LATE),
        kind_rule("monthly_schedule", "schedule_mean"),
        kind_rule("qualitative", "level"),
        kind_rule("judged", "judged_share"),
        kind_rule("not_applicable", ""),
    )
    return Rulebook(
        id="test",
        title="测试规则",
        in_force=InForce(start=2024, end=2024),
        sources={},
        sections=SECTIONS,
        execution=Execution(section="execution", curve=PROPORTIONAL, sources=(), origin=AT),
        kinds={**{one.kind: one for one in usual}, **(kinds or {})},
        recognise=recognise,
        overrides={one.indicator: one for one in overrides},
        levels=LEVELS,
        grading=Grades(scale=GRADES, sources=(), origin=AT),
        not_applicable="within_section",
    )
