"""The choices of the 2024 rulebook, written by hand in code, so that tests need no YAML and do not move with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from selfeval.domain.curves import Curve, Step, StepCurve
from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.quantity import UnitClass
from selfeval.domain.reading.vocabulary import Use
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
    RuleFile,
    Section,
    Shape,
    Source,
    When,
    Words,
)

FILE = "rules/2024.yaml"
_BOTH = ("mof", "unit")


def at(line: int) -> Origin:
    """A line of the file in which the rulebook would stand."""
    return Origin(FILE, line)


AT = at(1)
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


def _level(line: int, label: str, short: str, band: tuple[str, str], default: str, *, closed: bool = False) -> Level:
    """A level with its band of percentages; ``closed``: the upper bound belongs to it."""
    low, high = (Fraction(bound) for bound in band)
    return Level(
        id=label,
        label=label,
        words=(short,),
        low=low,
        high=high,
        high_included=closed,
        default=Fraction(default),
        sources=(),
        origin=at(line),
    )


LEVELS = (
    _level(31, "达成年度指标", "达成", ("0.8", "1"), "1", closed=True),
    _level(32, "部分达成年度指标并具有一定效果", "部分达成", ("0.6", "0.8"), "0.7"),
    _level(33, "未达成年度指标且效果较差", "未达成", ("0", "0.6"), "0.3"),
)


def section(line: int, name: str, label: str, points: int, *levels1: str) -> Section:
    """A section with its points in hundredths and the 一级指标 that belong to it."""
    return Section(id=name, label=label, points=points, levels1=levels1, sources=(), origin=at(line))


SECTIONS = (
    section(3, "execution", "预算执行率", 1000),
    section(4, "output", "产出指标", 5000, "产出指标"),
    section(5, "benefit", "效益指标", 3000, "效益指标"),
    section(6, "satisfaction", "满意度指标", 1000, "满意度指标"),
)


def kind_rule(
    kind: str,
    measure: str,
    curve: Curve = PROPORTIONAL,
    attention: Attention = NO_FLAGS,
    when: When = ASK,
    line: int = 1,
) -> KindRule:
    """A kind's rule; whatever is stuck is asked for unless ``when`` says otherwise."""
    label = KINDS[kind].label
    return KindRule(
        kind=kind,
        label=label,
        measure=measure,
        curve=curve,
        attention=attention,
        when=when,
        sources=_BOTH,
        note=f"{label}：上级文件没有规定之处由本单位选定",
        origin=at(line),
    )


def entry(
    name: str,
    kind: str,
    line: int = 1,
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
        sources=("unit",),
        origin=at(line),
    )


GRADES = (Grade("优", 9000), Grade("良", 8000), Grade("中", 6000), Grade("差", 0))

RECOGNISE = (
    entry(
        "at_least_sign",
        "at_least",
        21,
        symbols=("≥", "≧", ">="),
        words=("不低于", "不少于", "不小于", "至少", "大于等于"),
        suffixes=("以上", "及以上"),
        number="present",
    ),
    entry("above", "at_least", symbols=(">",), words=("高于", "超过", "大于"), number="present", strict=True),
    entry(
        "at_most_sign",
        "at_most",
        22,
        symbols=("≤", "≦", "<="),
        words=("不超过", "不高于", "不大于", "小于等于"),
        suffixes=("以内", "以下", "之内"),
        number="present",
    ),
    entry("below", "at_most", symbols=("<",), words=("低于", "少于", "小于"), number="present", strict=True),
    entry("equal_sign", "exactly", 23, symbols=("=",), number="present"),
    entry("zero", "at_most", shape="zero"),
    entry("number_range", "range", 24, shape="number_range"),
    entry("period", "deadline", 25, shape="period"),
    entry("bare_rate", "at_least", shape="bare_number", unit=("rate",)),
    entry("bare_count", "exactly", 26, shape="bare_number", unit=("count", "time")),
    entry("bare_cost", "at_most", shape="bare_number", unit=("money",), level2=("成本指标",)),
    replace(entry("unclear", "exactly", shape="bare_number", unit=("count",), level2=("质量指标",)), unclear=True),
    entry("monthly_schedule", "monthly_schedule", 27, exact=("月度时序", "按月支出")),
    entry("not_applicable", "not_applicable", 28, exact=("不涉及", "不适用", "/", "—", "-")),
    entry("qualitative", "qualitative", 29, words=("提升", "维护", "持续", "保证", "明显"), number="absent"),
)

_WORDS: dict[Use, tuple[str, ...]] = {
    "verb": ("举办", "开展", "培训", "建成"),
    "done": ("完成", "覆盖", "支付", "竣工"),
    "dated": ("验收", "开工"),
    "happen": ("发生", "出现"),
    "event": ("安全", "泄密", "投诉", "事故", "事件"),
    "grave": ("重大",),
    "undone": ("完成", "达", "统计", "数据", "法"),
    "rate": ("率", "满意度", "比例"),
    "not_rate": ("频率",),
    "per_mille": ("死亡率",),
    "time": ("时间", "时效"),
}


def rulebook_2024(
    *,
    kinds: Mapping[str, KindRule] | None = None,
    recognise: tuple[Entry, ...] = RECOGNISE,
    overrides: tuple[Override, ...] = (),
) -> Rulebook:
    """The rulebook; ``kinds`` replaces some of its kinds."""
    usual = (
        kind_rule("at_least", "ratio", attention=OVER, line=11),
        kind_rule("at_most", "inverse_ratio", line=12),
        kind_rule("exactly", "ratio", attention=replace(OVER, unequal=True), line=13),
        kind_rule("range", "nearer_end", line=14),
        kind_rule("deadline", "days_late", LATE, line=15),
        kind_rule("monthly_schedule", "schedule_mean", line=16),
        kind_rule("qualitative", "level", line=17),
        kind_rule("judged", "judged_share", line=18),
        kind_rule("not_applicable", "", line=19),
    )
    return Rulebook(
        id="2024",
        title="测试用自评规则",
        in_force=InForce(start=2024, end=2024),
        sources={
            "mof": Source(id="mof", title="项目支出绩效评价管理办法", number="财预〔2020〕10号", verified=False),
            "unit": Source(id="unit", title="本单位2024年度自评评分约定", verified=True),
        },
        sections=SECTIONS,
        execution=Execution(
            section="execution", curve=PROPORTIONAL, sources=("mof",), note="执行率超过 100% 不加分", origin=at(9)
        ),
        kinds={**{one.kind: one for one in usual}, **(kinds or {})},
        recognise=recognise,
        overrides={one.indicator: one for one in overrides},
        levels=LEVELS,
        grading=Grades(scale=GRADES, sources=(), origin=AT),
        words=tuple(Words(id=use, use=use, words=words, sources=(), origin=AT) for use, words in _WORDS.items()),
        not_applicable="within_section",
        files=(RuleFile(FILE, "0" * 64),),
    )


WORDS = rulebook_2024().vocabulary
"""The words that its readings know."""
