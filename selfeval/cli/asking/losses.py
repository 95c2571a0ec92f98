"""Where a project lost points, as one reads it and for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from selfeval.cli.printing import counted, json_points, problem_lines, serious

if TYPE_CHECKING:
    from selfeval.domain.rulebook import Rounding
    from selfeval.domain.scored_case import ScoredRow
    from selfeval.runs.losses import Losses


def losses_lines(found: Losses, number: int | str, year: int, rounding: Rounding) -> Iterator[str]:
    """The total, what is open, what was lost, the worst first, and the problems of the project."""
    from selfeval.runs.losses import lost_points

    total = found.total
    yield f"{number} {total.name}（{total.project}）　{total.unit_code} {total.unit_name}"
    lost = rounding.show(sum(map(lost_points, found.lost)))
    if total.total is None:
        ends = f"{rounding.show(total.lowest)}—{rounding.show(total.highest)}"
        yield f"总分暂为{ends}分，{total.grade}：{len(found.open)}项待补充，其余各项共失{lost}分。"
    else:
        yield f"总分{rounding.show(total.total)}分，{total.grade}；" + (
            f"共失{lost}分。" if found.lost else "没有失分。"
        )
    if found.open:
        yield "\n待补充（补齐以前不计分）"
        for row in found.open:
            yield from _row(row, number, f"分值{rounding.show(row.worth)}")
    if found.lost:
        yield "\n失分，从多到少"
        for row in found.lost:
            earned = f"得{rounding.show(row.score or 0)}/{rounding.show(row.points)}"
            yield from _row(row, number, f"失{rounding.show(lost_points(row))}分（{earned}）")
    if found.full:
        yield f"\n没有失分的{len(found.full)}项：{'、'.join(_called(row, number) for row in found.full)}"
    if found.problems:
        yield from ("", *problem_lines(serious(found.problems)), f"问题：{counted(found.problems)}。")
    first = next(iter((*found.open, *found.lost, *found.full)), None)
    if first is not None:
        yield f"\n查询一项得分怎样算出：selfeval explain {year} {_short(first, number)}"


def _row(row: ScoredRow, number: int | str, head: str) -> Iterator[str]:
    yield f"  {head}　{_called(row, number)}"
    yield f"      {row.sentence}"
    if row.reason:
        yield f"      偏差原因：{row.reason}"


def _short(row: ScoredRow, number: int | str) -> str:
    from selfeval.runs.naming import short_number

    return f"{number}-{row.indicator if row.is_execution else short_number(row.indicator)}"


def _called(row: ScoredRow, number: int | str) -> str:
    return _short(row, number) if row.is_execution else f"{_short(row, number)} {row.level3}"


def losses_facts(found: Losses, number: int | str) -> dict[str, object]:
    """The same for JSON; points as numbers."""
    total = found.total
    scores = {name: json_points(getattr(total, name)) for name in ("total", "lowest", "highest")}
    about = {"project": total.project, "number": number, "name": total.name, "grade": total.grade}
    rows = {name: [_facts(row) for row in getattr(found, name)] for name in ("open", "lost", "full")}
    return {**about, **scores, **rows, "problems": found.problems}


def _facts(row: ScoredRow) -> dict[str, object]:
    from selfeval.runs.losses import lost_points

    points = {"points": row.worth, "score": row.score, "lost": lost_points(row)}
    plain = ("indicator", "level3", "target", "actual", "state", "sentence", "category", "reason")
    return {name: getattr(row, name) for name in plain} | {name: json_points(held) for name, held in points.items()}
