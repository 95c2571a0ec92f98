"""W528: done after the year was over, and yet with all its points."""

from __future__ import annotations

from datetime import date

from selfeval.domain.checks.model import CONTENT, MET, Answered, Check, Example, Facts, Findings, Sample
from selfeval.domain.needs.day import DAY
from selfeval.domain.reading.period import excel_day, from_excel_day, in_chinese


def _find(facts: Facts) -> Findings:
    end = excel_day(date(facts.targets.year, 12, 31))
    late = facts.full & facts.is_kind(lambda kind: kind.need is DAY) & (facts.column("actual_value") > end)
    days, targets = facts.scores.column("actual_value"), facts.scores.column("target")
    for i, place in facts.actual_places(late):
        finished = in_chinese(from_excel_day(days[i]))
        yield place, {"year": facts.targets.year, "finished": finished, "target": targets[i]}


def _finished(day: date) -> Example:
    return Example([Sample([Answered("2025年3月底前", day, level2="时效指标"), MET, CONTENT])])


CHECK = Check(
    code="W528",
    find=_find,
    title="年度结束后完成，得满分",
    message="实际完成日期{finished}在{year}年度之后，指标值“{target}”仍算按期",
    remedy="请核对完成日期和指标值的年份",
    source="复核",
    says=(_finished(date(2025, 1, 20)),),
    silent=(_finished(date(2024, 12, 31)),),
)
