"""``selfeval score YEAR --rules OTHER --compare``: what would change, printed and written, outputs untouched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from selfeval.cli.options import Format, stop_unusable
from selfeval.cli.writing import writing
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.rulebook import Rulebook
    from selfeval.runs.inputs import Choice
    from selfeval.runs.what_if import WhatIf
    from selfeval.runs.workspace import Workspace

FOLDER = "比较"


def score_otherwise(place: Workspace, choice: Choice, rules: Path | None, out: Path | None, form: Format) -> typer.Exit:
    """Compare the year's scores with those under another rulebook; the exit to raise. ``choice`` names no rules."""
    from selfeval.cli.printing import print_problems
    from selfeval.domain.problems import Place, problem
    from selfeval.runs.inputs import Unusable, load_inputs
    from selfeval.runs.ownership import is_published
    from selfeval.runs.publish import write_file
    from selfeval.runs.what_if import what_if, what_if_csv

    other = _other(place, rules)
    target = out or place.root / FOLDER / f"{choice.year}-{other.id}"
    if is_published(place, target):
        print_problems([problem("E609", Place(), path=place.name(target), what="规则比较")], err=True)
        return typer.Exit(Exit.CANNOT_WRITE)
    inputs = load_inputs(place, choice)
    if isinstance(inputs, Unusable):
        return stop_unusable(inputs, form)
    found = what_if(inputs, other)
    with writing(place.name):
        for name, content in what_if_csv(found):
            write_file(target / name, content)
    if form is Format.JSON:
        _print_json(found, choice.year)
    else:
        _print_text(found, place.name(target) if target.is_relative_to(place.root) else target.as_posix())
    return typer.Exit(Exit.DONE)


def _other(place: Workspace, rules: Path | None) -> Rulebook:
    from selfeval.cli.rules.names import load_or_exit

    if rules is None:
        raise typer.BadParameter("要写与哪一份规则比较，如 --rules central-2021", param_hint="--compare")
    return load_or_exit(place, rules.as_posix())[1]


def _print_text(found: WhatIf, where: str) -> None:
    from selfeval.cli.printing import table

    typer.echo(f"现行规则：{found.before.title}（{found.before.id}）")
    typer.echo(f"假如按：　{found.after.title}（{found.after.id}）")
    typer.echo("")
    rows = [("项目", "现行", "假如", "变化", "等级", "变化的指标")]
    for one in found.projects:
        grade = one.before.grade if one.before.grade == one.after.grade else f"{one.before.grade} → {one.after.grade}"
        rows.append((one.name, one.before.shown, one.after.shown, one.difference or "—", grade, str(one.changed)))
    for line in table(rows, right=frozenset({1, 2, 3})):
        typer.echo(f"  {line}")
    typer.echo("\n哪条规则带来变化")
    for rule, count in _by_rule(found):
        typer.echo(f"  {rule}：{count} 行")
    moved = sum(one.before.grade != one.after.grade for one in found.projects)
    typer.echo(f"\n{len(found.projects)} 个项目，{moved} 个等级不同；{len(found.rows)} 行的分值、得分或状态不同。")
    typer.echo(f"逐项对照写在 {where}/（项目变化.csv、指标变化.csv）；outputs 没有改动。")


def _by_rule(found: WhatIf) -> list[tuple[str, int]]:
    """How many rows each rule of the other rulebook changes, the most first."""
    counts: dict[str, int] = {}
    for one in found.rows:
        counts[one.rule[1]] = counts.get(one.rule[1], 0) + 1
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _print_json(found: WhatIf, year: int) -> None:
    from dataclasses import asdict

    from selfeval.cli.printing import print_json

    projects = [{**asdict(one), "difference": one.difference} for one in found.projects]
    rules = {"before": found.before.id, "after": found.after.id}
    rows = [asdict(one) for one in found.rows]
    print_json({"format": "selfeval.compare.v1", "year": year, **rules, "projects": projects, "rows": rows})
