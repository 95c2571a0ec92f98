"""``selfeval rules explain``: how a target's text is read, and what actuals would score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli import options
from selfeval.cli.ending import finish, opened
from selfeval.cli.options import argument, option
from selfeval.cli.printing import json_points, problem_lines, table
from selfeval.cli.rules.files import load_or_exit
from selfeval.domain.rounding import UNIT
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.rulebook import Rounding, Rulebook
    from selfeval.rulebook.trying.explaining import TextReading

HELP = "查询指标值：识别为哪一类、根据什么、各种实际完成值各得多少分。"

_MOST = 60
"""Characters of the words of an entry that are shown."""


def explain_texts(
    texts: Annotated[list[str], argument("指标值…", "照绩效目标表原样写，如 ≥7000次；加英文双引号")],
    root: options.Workspace = options.HERE,
    year: Annotated[str, typer.Option("--year", "--rules", metavar="规则", help="年度或规则名；默认为最近一年")] = "",
    level1: Annotated[str, option("--level1", "一级指标", "如 满意度指标")] = "",
    level2: Annotated[str, option("--level2", "二级指标", "如 成本指标")] = "",
    level3: Annotated[str, option("--level3", "三级指标", "如 培训场次")] = "",
    points: Annotated[float, option("--points", "分值", "默认为10", min=1 / UNIT, max=100)] = 10,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Explain the reading of texts."""
    from selfeval.domain.rounding import fraction, to_hundredths
    from selfeval.rulebook.shelf import year_named
    from selfeval.rulebook.trying.cases import RuleCase
    from selfeval.rulebook.trying.explaining import explain_text

    workspace = opened(root, "rules")
    path, rulebook = load_or_exit(workspace, year or _latest(workspace.rules))
    scored_year = year_named(path) or rulebook.in_force.start
    hundredths = to_hundredths(fraction(points))
    given = RuleCase(name="试算", level1=level1, level2=level2, level3=level3, points=hundredths)
    asked = [replace(given, target=text) for text in texts]
    readings = [explain_text(case, rulebook, scored_year) for case in asked]
    facts = {"rulebook": rulebook.id, "points": points, "readings": list(map(_facts, readings))}
    code = Exit.PROBLEMS if any(reading.problems for reading in readings) else Exit.DONE
    finish(format_, "rules.explain", facts, _lines(readings, rulebook, hundredths), code)


def _latest(rules: Path) -> str:
    """The rulebook of the latest year; the national one when there is none."""
    years = sorted(path.stem for path in rules.glob("[12][0-9][0-9][0-9].yaml"))
    return years[-1] if years else "national-2020"


def _lines(readings: Sequence[TextReading], rulebook: Rulebook, points: int) -> Iterator[str]:
    yield f"{rulebook.title}（{rulebook.id}）"
    for reading in readings:
        yield f"\n{reading.text}"
        yield from _recognised(reading)
        yield from _scored(reading, rulebook)
        if reading.trials:
            yield from ("", *(f"    {line}" for line in _trials(reading, points, rulebook.rounding)))
            yield from _open(reading)
        yield from problem_lines(reading.problems)


def _open(reading: TextReading) -> Iterator[str]:
    """Why trials have no score, each reason once; and what to add when the text alone does not say enough."""
    reasons = dict.fromkeys(trial.why for trial in reading.trials if trial.why)
    by_code = {why.partition(" ")[0]: why for why in reversed(reasons)}
    for code, why in by_code.items():
        more = sum(other.partition(" ")[0] == code for other in reasons) - 1
        yield f"    没有得分：{why}{f'（另有{more}个实际完成值同样）' if more else ''}"
    if "E434" in by_code:
        yield "    加上二级指标、三级指标名称可能表明方向：加 --level2（如 成本指标）、--level3（指标名称）再查询"


def _recognised(reading: TextReading) -> Iterator[str]:
    from selfeval.domain.kinds import KINDS
    from selfeval.rulebook.writing.document import entry_words

    if reading.kind:
        yield f"  类型：{KINDS[reading.kind].label}（{reading.kind}）"
    if reading.entry is not None:
        yield f"  识别规则：{reading.entry.id}，{reading.entry.origin}"
        words = entry_words(reading.entry)
        yield f"            {words if len(words) <= _MOST else words[:_MOST] + '……'}"
    if reading.target:
        yield f"  识别为：{reading.target}"
    if reading.said:
        yield f"  识别说明：{'；'.join(reading.said)}"


def _scored(reading: TextReading, rulebook: Rulebook) -> Iterator[str]:
    from selfeval.domain.rulebook import CONDITIONS
    from selfeval.domain.wording import category_words, curve_words, evidence_words, sentences
    from selfeval.rulebook.writing.document import measure_words

    rule = reading.rule
    if rule is None:
        return
    variant = f"（单独计分办法 {rule.variant}）" if rule.variant else ""
    yield f"  计分规则：{rule.origin}{variant}，依据{rulebook.cite(rule.sources)}"
    others = "；".join(f"{one.id}（{'，'.join(sentences(one, *CONDITIONS))}）" for one in rule.variants)
    if others:
        yield f"            未用到的单独计分办法：{others}"
    yield f"            完成程度＝{measure_words(rule)}"
    if rule.measure:
        yield f"            {curve_words(rule.curve, rule.measure)}"
        yield from (f"            {said}" for said in (category_words(rule), evidence_words(rule)) if said)


def _trials(reading: TextReading, points: int, rounding: Rounding) -> list[str]:
    from selfeval.domain.reading.period import day_words
    from selfeval.domain.reading.quantity import show_share

    rows = [("实际完成值", "得分率", f"得分（满分{rounding.show(points)}）", "状态")]
    for trial in reading.trials:
        earned = ("—", "—") if trial.score is None else (show_share(trial.share), rounding.show(trial.score))
        rows.append((day_words(trial.actual), *earned, trial.state.label))
    return table(rows, right=frozenset({1, 2}))


def _facts(reading: TextReading) -> dict[str, object]:
    """A reading for JSON."""
    entry, rule = reading.entry, reading.rule
    scored = rule and {"variant": rule.variant, "origin": str(rule.origin), "measure": rule.measure, "note": rule.note}
    trials = [
        {**vars(trial), "share": None if trial.score is None else trial.share, "score": json_points(trial.score)}
        for trial in reading.trials
    ]
    found = entry and {"id": entry.id, "origin": str(entry.origin), "note": entry.note}
    return {**vars(reading), "entry": found, "rule": scored, "trials": trials}
