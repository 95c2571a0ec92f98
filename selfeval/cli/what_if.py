"""``selfeval score YEAR --rules OTHER --compare``: what would change, printed and written, outputs untouched."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from selfeval.cli.ending import stop_with, usable, writing
from selfeval.cli.printing import show, table
from selfeval.cli.rules.names import load_or_exit
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selfeval.cli.options import Format
    from selfeval.runs.inputs import Choice
    from selfeval.runs.what_if import WhatIf
    from selfeval.runs.workspace import Workspace

FOLDER = "比较"


def score_otherwise(place: Workspace, choice: Choice, rules: Path | None, out: Path | None, form: Format) -> None:
    """Compare the year's scores with those under another rulebook. ``choice`` names no rules."""
    from selfeval.runs.inputs import load_inputs
    from selfeval.runs.publish import is_published, write_file
    from selfeval.runs.what_if import what_if, what_if_csv

    if rules is None:
        raise typer.BadParameter("要写与哪一份规则比较，如 --rules central-2021", param_hint="--compare")
    _, other = load_or_exit(place, rules.as_posix())
    target = out or place.root / FOLDER / f"{choice.year}-{other.id}"
    if is_published(place, target):
        stop_with("E609", Exit.CANNOT_WRITE, path=place.name(target), what="规则比较")
    found = what_if(usable(load_inputs(place, choice), form), other)
    with writing(place.name):
        for name, content in what_if_csv(found):
            write_file(target / name, content)
    facts = {"year": choice.year, "before": found.before.id, "after": found.after.id}
    facts |= {"projects": [{**vars(one), "difference": one.difference} for one in found.projects], "rows": found.rows}
    show(form, "compare", facts, _lines(found, place.whole_name(target)))


def _lines(found: WhatIf, where: str) -> Iterator[str]:
    yield f"现行规则：{found.before.title}（{found.before.id}）"
    yield f"假如按：　{found.after.title}（{found.after.id}）"
    yield ""
    rows = [("项目", "现行", "假如", "变化", "等级", "变化的指标")]
    moved = 0
    for one in found.projects:
        grades = dict.fromkeys((one.before.grade, one.after.grade))
        moved += len(grades) - 1
        shown = (one.before.shown, one.after.shown, one.difference or "—")
        rows.append((one.name, *shown, " → ".join(grades), str(one.changed)))
    yield from (f"  {line}" for line in table(rows, right=frozenset({1, 2, 3})))
    yield "\n哪条规则带来变化"
    counts = Counter(one.rule[1] for one in found.rows)  # by the rule of the other rulebook, the most first
    for rule, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"  {rule}：{count} 行"
    yield f"\n{len(found.projects)} 个项目，{moved} 个等级不同；{len(found.rows)} 行的分值、得分或状态不同。"
    yield f"逐项对照写在 {where}/（项目变化.csv、指标变化.csv）；outputs 没有改动。"
