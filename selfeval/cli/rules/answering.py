"""``selfeval rules explain``: how a target's text is read, and what actuals would score."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli.options import HERE, Format, FormatOption, WorkspaceOption, open_or_exit
from selfeval.cli.rules.names import load_or_exit
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.rulebook import Rulebook
    from selfeval.rulebook.trying.explaining import Reading

HELP = "试问：一个指标值会认作哪一类、为什么、各种实际值各得几分。"

_NONE = "—"


def explain_texts(
    texts: Annotated[list[str], typer.Argument(metavar="指标值…", help="按目标表原样写，如 ≥7000次；有空格的加引号")],
    workspace: WorkspaceOption = HERE,
    year: Annotated[
        str, typer.Option("--year", "--rules", metavar="规则", help="年度或规则名；默认为最近一年的规则")
    ] = "",
    level1: Annotated[str, typer.Option("--level1", metavar="一级指标", help="如 满意度指标")] = "",
    level2: Annotated[str, typer.Option("--level2", metavar="二级指标", help="如 成本指标")] = "",
    points: Annotated[float, typer.Option("--points", metavar="分值", min=0.01, max=100, help="默认 10")] = 10,
    form: FormatOption = Format.TEXT,
) -> None:
    """Explain the reading of texts."""
    from selfeval.cli.printing import print_json
    from selfeval.domain.rounding import fraction, to_hundredths
    from selfeval.rulebook.trying.explaining import Question, explain_text

    place = open_or_exit(workspace)
    path, rulebook = load_or_exit(place, year or _latest(place.rules))
    scored_year = int(path.stem) if path.stem.isdigit() else rulebook.first_year
    asked = to_hundredths(fraction(points))
    questions = [Question(text, level1, level2, asked) for text in texts]
    readings = [explain_text(one, rulebook, scored_year) for one in questions]
    code = Exit.PROBLEMS if any(one.problems for one in readings) else Exit.DONE
    if form is Format.JSON:
        print_json(
            {
                "format": "selfeval.rules.explain.v1",
                "rulebook": rulebook.id,
                "points": points,
                "readings": [_as_json(one) for one in readings],
            }
        )
        raise typer.Exit(code)
    typer.echo(f"{rulebook.title}（{rulebook.id}）")
    for one in readings:
        _print(one, rulebook, asked)
    raise typer.Exit(code)


def _latest(rules: Path) -> str:
    """The rulebook of the latest year; the national one when there is none."""
    years = sorted(one.stem for one in rules.glob("[12][0-9][0-9][0-9].yaml"))
    return years[-1] if years else "national-2020"


def _print(reading: Reading, rulebook: Rulebook, points: int) -> None:
    from selfeval.cli.printing import print_problems, table
    from selfeval.domain.kinds import KINDS
    from selfeval.domain.rounding import show_points
    from selfeval.domain.scoring.sentences import show_share
    from selfeval.domain.wording import curve_words
    from selfeval.rulebook.writing.wording import entry_words, measure_words

    typer.echo(f"\n{reading.text}")
    if reading.kind:
        typer.echo(f"  类型：{KINDS[reading.kind].label}（{reading.kind}）")
    if reading.entry is not None:
        typer.echo(f"  怎样认出：{reading.entry.id}，{reading.entry.origin}")
        typer.echo(f"            {_short(entry_words(reading.entry))}")
    if reading.target:
        typer.echo(f"  读作：{reading.target}")
    rule = reading.rule
    if rule is not None:
        variant = f"（另行计分 {rule.variant}）" if rule.variant else ""
        typer.echo(f"  怎样计分：{rule.origin}{variant}，依据 {rulebook.cite(rule.sources)}")
        typer.echo(f"            计量值 = {measure_words(rule)}")
        if rule.measure:
            typer.echo(f"            {curve_words(rule.curve, rule.measure)}")
    rows = [("实际完成", "得分比例", f"得分（满分 {show_points(points)}）", "状态")]
    for one in reading.trials:
        share = _NONE if one.score is None else show_share(one.share)
        rows.append((one.actual, share, _NONE if one.score is None else show_points(one.score), one.state.label))
    if reading.trials:
        typer.echo("")
        for line in table(rows, right=frozenset({1, 2})):
            typer.echo(f"    {line}")
    print_problems(reading.problems)


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[:most] + "……"


def _as_json(reading: Reading) -> dict[str, object]:
    from selfeval.cli.printing import problem_rows
    from selfeval.domain.rounding import in_points

    entry, rule = reading.entry, reading.rule
    return {
        "text": reading.text,
        "kind": reading.kind,
        "entry": None if entry is None else {"id": entry.id, "origin": str(entry.origin), "note": entry.note},
        "target": reading.target,
        "rule": None
        if rule is None
        else {"variant": rule.variant, "origin": str(rule.origin), "measure": rule.measure, "note": rule.note},
        "trials": [
            {
                "actual": one.actual,
                "share": None if one.score is None else one.share,
                "score": None if one.score is None else float(in_points(one.score)),
                "state": str(one.state),
                "sentence": one.sentence,
            }
            for one in reading.trials
        ],
        "problems": problem_rows(reading.problems),
    }
