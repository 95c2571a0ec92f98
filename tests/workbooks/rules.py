"""A small rulebook made by hand, so that a workbook's tests do not move with the repository's rules."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from selfeval.domain.curves import Curve, Step, StepCurve
from selfeval.domain.kinds import KINDS
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
    Rulebook,
    RuleFile,
    Section,
    Shape,
    Source,
)

FILE = "rules/2024.yaml"
PROPORTIONAL = StepCurve((Step(Fraction(0), None), Step(Fraction(1), Fraction(1))))
BANDS = StepCurve(
    (
        Step(Fraction(0), Fraction(1)),
        Step(Fraction(1), Fraction(4, 5)),
        Step(Fraction(31), Fraction(3, 5)),
        Step(Fraction(91), Fraction(0)),
    )
)
_SOURCES = ("mof", "unit")


def _kind(kind: str, line: int, measure: str, *, curve: Curve = PROPORTIONAL, over: bool = False) -> KindRule:
    attention = Attention(None, None, unequal=False)
    if over:
        attention = Attention(Fraction(6, 5), Fraction(13, 10), unequal=kind == "exactly")
    note = f"{KINDS[kind].label}：上级文件没有规定之处由本单位选定"
    return KindRule(
        kind=kind,
        label=KINDS[kind].label,
        measure=measure,
        curve=curve,
        attention=attention,
        sources=_SOURCES,
        note=note,
        origin=Origin(FILE, line),
    )


def _entry(
    name: str,
    kind: str,
    line: int,
    *,
    symbols: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
    exact: tuple[str, ...] = (),
    shape: Shape = "",
    number: NumberPresence = "any",
    unit: tuple[UnitClass, ...] = (),
) -> Entry:
    return Entry(
        id=name,
        kind=kind,
        symbols=symbols,
        words=words,
        exact=exact,
        shape=shape,
        number=number,
        unit=unit,
        sources=("unit",),
        origin=Origin(FILE, line),
    )


def _level(line: int, label: str, low: int, high: int, default: int, *, included: bool = False) -> Level:
    lowest, highest, usual = (Fraction(one, 100) for one in (low, high, default))
    return Level(
        id=label,
        label=label,
        low=lowest,
        high=highest,
        high_included=included,
        default=usual,
        sources=(),
        origin=Origin(FILE, line),
    )


def _section(line: int, name: str, label: str, points: int, *levels1: str) -> Section:
    return Section(id=name, label=label, points=points, levels1=levels1, sources=(), origin=Origin(FILE, line))


def small_rulebook(not_applicable: Literal["within_section", "whole_form"] = "within_section") -> Rulebook:
    """Every kind, with the choices of the 2024 rules."""
    kinds = (
        _kind("at_least", 11, "ratio", over=True),
        _kind("at_most", 12, "excess"),
        _kind("exactly", 13, "ratio", over=True),
        _kind("range", 14, "nearer_end"),
        _kind("deadline", 15, "days_late", curve=BANDS),
        _kind("monthly_schedule", 16, "schedule_mean"),
        _kind("qualitative", 17, "level"),
        _kind("judged", 18, "judged_share"),
        _kind("not_applicable", 19, ""),
    )
    sections = (
        _section(3, "execution", "预算执行率", 1000),
        _section(4, "output", "产出指标", 5000, "产出指标"),
        _section(5, "benefit", "效益指标", 3000, "效益指标"),
        _section(6, "satisfaction", "满意度指标", 1000, "满意度指标"),
    )
    return Rulebook(
        id="2024",
        title="测试用自评规则",
        in_force=InForce(start=2024, end=2024),
        sources={
            "mof": Source(id="mof", title="项目支出绩效评价管理办法", number="财预〔2020〕10号", verified=False),
            "unit": Source(id="unit", title="本单位2024年度自评评分约定", verified=True),
        },
        sections=sections,
        execution=Execution(
            section="execution",
            curve=PROPORTIONAL,
            sources=("mof",),
            note="执行率超过 100% 不加分",
            origin=Origin(FILE, 9),
        ),
        kinds={one.kind: one for one in kinds},
        recognise=(
            _entry("at_least_sign", "at_least", 21, symbols=("≥",), number="present"),
            _entry("at_most_sign", "at_most", 22, symbols=("≤",), number="present"),
            _entry("equal_sign", "exactly", 23, symbols=("=",), number="present"),
            _entry("number_range", "range", 24, shape="number_range"),
            _entry("period", "deadline", 25, shape="period"),
            _entry("bare_count", "exactly", 26, shape="bare_number", unit=("count", "time")),
            _entry("monthly_schedule", "monthly_schedule", 27, words=("月度时序",), number="absent"),
            _entry("not_applicable", "not_applicable", 28, exact=("不涉及",)),
            _entry("qualitative", "qualitative", 29, words=("提升", "维护", "可持续"), number="absent"),
        ),
        levels=(
            _level(31, "达成年度指标", 80, 100, 100, included=True),
            _level(32, "部分达成年度指标并具有一定效果", 60, 80, 70),
            _level(33, "未达成年度指标且效果较差", 0, 60, 30),
        ),
        grading=Grades(
            scale=(Grade("优", 9000), Grade("良", 8000), Grade("中", 6000), Grade("差", 0)),
            sources=(),
            origin=Origin("", 0),
        ),
        not_applicable=not_applicable,
        files=(RuleFile(FILE, "0" * 64),),
    )
