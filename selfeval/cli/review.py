"""``selfeval review``: collect the reviewed workbooks of a year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli.options import (
    HERE,
    Format,
    FormatOption,
    RulesOption,
    WorkspaceOption,
    Year,
    open_or_exit,
    stop_unusable,
)
from selfeval.cli.writing import writing

if TYPE_CHECKING:
    from selfeval.domain.reviewing.review import Review
    from selfeval.runs.review import Reviewed
    from selfeval.runs.workspace import Workspace

HELP = "复核：收齐填了审核意见的工作簿，核对调整，写出复核汇总.xlsx 和 reviews.csv。"


def review_year(
    year: Year,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="文件夹", show_default=False, help="复核过的工作簿在哪里；默认为 outputs/<年度>"),
    ] = None,
    workspace: WorkspaceOption = HERE,
    rules: RulesOption = None,
    as_of: Annotated[
        int | None,
        typer.Option("--as-of", metavar="年度", min=2000, max=2100, help="评分时借用了这一年的规则的，这里同样写明"),
    ] = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Collect the reviews of a year."""
    from selfeval.runs.inputs import Choice, Unusable
    from selfeval.runs.review import collect_reviews, write_reviews

    place = open_or_exit(workspace)
    reviewed = collect_reviews(place, Choice(year, None, rules, as_of=as_of), folder)
    if isinstance(reviewed, Unusable):
        raise stop_unusable(reviewed, form)
    with writing(place.name):
        write_reviews(place, reviewed)
    if form is Format.JSON:
        _print_json(reviewed)
    else:
        _print_text(place, reviewed)
    raise typer.Exit(reviewed.exit)


def _print_text(place: Workspace, reviewed: Reviewed) -> None:
    from selfeval.cli.printing import print_problems, table
    from selfeval.runs.review import SUMMARY, TABLE

    rows = [["项目", "自评", "复核", "自评−复核", "偏离度", "状态"]]
    rows += [_row(one) for one in reviewed.reviews if one.file]
    for line in table(rows, right=frozenset({1, 2, 3, 4})):
        typer.echo(line)
    typer.echo("")
    print_problems(reviewed.problems)
    done = sum(bool(one.file) for one in reviewed.reviews)
    typer.echo(f"{len(reviewed.reviews)} 个项目，{done} 个有审核意见，{len(reviewed.reviews) - done} 个没有。")
    typer.echo(f"写在 {place.name(place.outputs(reviewed.year))}/（{SUMMARY}、{TABLE}）。")


def _row(review: Review) -> list[str]:
    from selfeval.domain.rounding import in_points, show_points

    own, total = review.scored.total, review.total
    shown = ["待补充" if one is None else show_points(one) for one in (own, total)]
    away = "" if own is None or total is None else f"{float(in_points(own - total)):+.2f}"
    degree = "" if review.deviation is None else f"{float(review.deviation):+.2%}"
    return [review.scored.name, *shown, away, degree, review.state]


def _print_json(reviewed: Reviewed) -> None:
    from selfeval.cli.printing import print_json, problem_rows
    from selfeval.domain.rounding import in_points

    def points(hundredths: int | None) -> float | None:
        return None if hundredths is None else float(in_points(hundredths))

    print_json(
        {
            "format": "selfeval.review.v1",
            "year": reviewed.year,
            "projects": [
                {
                    "project": one.scored.project,
                    "name": one.scored.name,
                    "unit_code": one.scored.unit_code,
                    "self_total": points(one.scored.total),
                    "review_total": points(one.total),
                    "deviation": None if one.deviation is None else round(float(one.deviation), 6),
                    "adjusted": one.adjusted,
                    "returned": one.returned,
                    "refused": one.refused,
                    "state": one.state,
                    "file": one.file,
                }
                for one in reviewed.reviews
            ],
            "problems": problem_rows(reviewed.problems),
            "exit": int(reviewed.exit),
        }
    )
