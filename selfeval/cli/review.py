"""``selfeval review``: collect the reviewed workbooks of a year."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, usable, writing
from selfeval.cli.options import argument, as_of_option
from selfeval.cli.printing import json_points, problem_lines, say, table

if TYPE_CHECKING:
    from selfeval.domain.reviewing.review import Review
    from selfeval.domain.rulebook import Rounding
    from selfeval.runs.review import Reviewed

HELP = "汇总复核意见：读取填写了复核意见的工作簿，核对调整得分，写出复核汇总.xlsx 和 reviews.csv。"


def review_year(
    year: options.Year,
    folder: Annotated[
        Path | None, argument("文件夹", "复核后的工作簿所在的文件夹；默认为 outputs/<年度>", show_default=False)
    ] = None,
    root: options.Workspace = options.HERE,
    rules: options.Rules = None,
    as_of: Annotated[int | None, as_of_option("评分时借用了哪一年的规则，这里同样写明")] = None,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Collect the reviews of a year."""
    from selfeval.runs.exits import Exit
    from selfeval.runs.inputs import Choice
    from selfeval.runs.review import collect_reviews, write_reviews

    workspace = opened(root)
    reviewed = usable(collect_reviews(workspace, Choice(year, None, rules, as_of=as_of), folder), format_)
    with writing(workspace.whole_name):
        kept = write_reviews(workspace, reviewed)
    say(problem_lines(kept), err=True)
    facts: dict[str, object] = {"year": year, "projects": list(map(_facts, reviewed.projects))}
    facts |= {"department": _facts(reviewed.department)} if reviewed.department else {}
    facts |= {"problems": reviewed.problems}
    where = workspace.name(workspace.outputs(year))
    finish(format_, "review", facts, _lines(reviewed, where), Exit.of(reviewed.problems))


def _lines(reviewed: Reviewed, where: str) -> Iterator[str]:
    from selfeval.runs.review import SUMMARY, TABLE

    done = [review for review in reviewed.reviews if review.file]
    rows = [
        ["项目", "自评", "复核", "自评−复核", "自评复核偏差率", "状态"],
        *(_row(review, reviewed.rounding) for review in done),
    ]
    yield from (*table(rows, right=frozenset({1, 2, 3, 4})), "", *problem_lines(reviewed.problems))
    total, count = len(reviewed.projects), sum(bool(review.file) for review in reviewed.projects)
    yield f"{total}个项目，{count}个有复核意见，{total - count}个没有。"
    if whole := reviewed.department:
        yield f"{whole.scored.name}：{whole.state}（不计入项目数）。"
    yield f"已写入 {where}/（{SUMMARY}、{TABLE}）。"


def _row(review: Review, rounding: Rounding) -> list[str]:
    from selfeval.domain.rounding import signed
    from selfeval.domain.tables import in_percent

    own, total = review.scored.total, review.total
    shown = ["待补充" if points is None else rounding.show(points) for points in (own, total)]
    away = "" if own is None or total is None else rounding.signed(own - total)
    degree = "" if review.deviation is None else signed(in_percent(float(review.deviation)))
    return [review.scored.name, *shown, away, degree, review.state]


def _facts(review: Review) -> dict[str, object]:
    """A review for JSON."""
    scored = review.scored
    return {
        **{name: getattr(scored, name) for name in ("project", "name", "unit_code")},
        "self_total": json_points(scored.total),
        "review_total": json_points(review.total),
        "deviation": None if review.deviation is None else round(float(review.deviation), 6),
        **{name: getattr(review, name) for name in ("adjusted", "returned", "refused", "state", "file")},
    }
