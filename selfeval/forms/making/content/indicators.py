"""The block of indicators: one row each, with boxes that fit what its kind needs."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.needs.entry import Entry
from selfeval.domain.needs.nothing import NOTHING_ASKED
from selfeval.domain.rounding import in_points
from selfeval.forms.identity import CATEGORIES, INPUT_COLUMNS, fingerprint
from selfeval.forms.making.content.promise import promise
from selfeval.forms.making.content.rows import Row
from selfeval.forms.making.layout import COLUMNS, FIRST, LAST, WIDTHS, Box, Line, Values, height_for
from selfeval.forms.making.live.indicator import live_cells

_TEXT_COLUMNS = ("reason", "remedy", "evidence")
_HIDDEN = ("value", "measure", "share")


def indicator_lines(rows: Sequence[Row], values: Values) -> tuple[Line, ...]:
    """The headings and one line an indicator; equal neighbours in the two group columns share one merged cell."""
    shown = [column for column in COLUMNS if not column.hidden]
    headings = Line(tuple(Box(one.id, one.heading, "heading") for one in shown), height=24)
    title = Line((Box(FIRST, "三、绩效指标完成情况", "section", LAST),), height=24)
    groups = _runs([row.promise.indicator.level1 for row in rows])
    subgroups = _runs([f"{row.promise.indicator.level1}\n{row.promise.indicator.level2}" for row in rows])
    lines = []
    for at, row in enumerate(rows):
        written = [(str(value.value), WIDTHS[column]) for (key, column), value in values.items() if key == row.id]
        indicator = row.promise.indicator
        height = height_for(
            (row.name, WIDTHS["level3"]),
            (indicator.target, WIDTHS["target"]),
            (row.need.hint(row.promise.asked), WIDTHS["hint"]),
            (indicator.level1, WIDTHS["level1"] * max(groups[at], 1)),
            (indicator.level2, WIDTHS["level2"] * max(subgroups[at], 1)),
            *written,
            least=22.0 if row.need is NOTHING_ASKED else 36.0,
        )
        boxes = _boxes(row, groups[at], subgroups[at])
        lines.append(Line(boxes, row.id, height, fingerprint(indicator.level3, indicator.target)))
    return (title, headings, *lines)


def _boxes(row: Row, group: int, subgroup: int) -> tuple[Box, ...]:
    live, indicator = live_cells(row), row.promise.indicator
    points = float(in_points(row.points))
    return (
        *((Box("level1", indicator.level1, "group", rows=group),) if group else ()),
        *((Box("level2", indicator.level2, "group", rows=subgroup),) if subgroup else ()),
        Box("level3", row.name, "label"),
        Box("target", indicator.target, "target"),
        Box("points", style="points", **({"text": "—"} if row.need is NOTHING_ASKED else {"number": points})),
        Box("hint", row.need.hint(row.promise.asked), "hint"),
        _live("status", live, "status"),
        *(_input(row, column) for column in INPUT_COLUMNS),
        _live("score", live, "score"),
        *(_live(one, live, "hidden") for one in _HIDDEN if one in live),
    )


def _live(column: str, live: dict[str, str], style: str) -> Box:
    told = live[column]
    return Box(column, style=style, formula=told) if told.startswith("=") else Box(column, told, style)


def _input(row: Row, column: str) -> Box:
    entry = _entry(row, column)
    if entry is None:
        return Box(column, style="unused")
    style = "input_text" if column in _TEXT_COLUMNS else f"input_{entry.kind}"
    return Box(column, style=style, entry=entry, comment=promise(row) if column == row.need.item else "")


def _entry(row: Row, column: str) -> Entry | None:
    """What may be entered; None greys the box out."""
    if row.need is NOTHING_ASKED:
        return None
    if column in _TEXT_COLUMNS:
        return Entry("text")
    if column == "category":
        return Entry("choice", choices=CATEGORIES, title="偏差类别", free=True)
    return row.need.entry(row.promise.asked, column)


def _runs(keys: Sequence[str]) -> list[int]:
    """At the first of each run of equal neighbours its length, elsewhere 0."""
    lengths = [0] * len(keys)
    start = 0
    for at, key in enumerate(keys):
        if key != keys[start]:
            start = at
        lengths[start] += 1
    return lengths
