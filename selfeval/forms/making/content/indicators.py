"""The block of indicators: one row each, with boxes that fit what its kind needs."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.kinds.kind import Needs
from selfeval.domain.reading.quantity import RATE
from selfeval.forms.identity import CATEGORIES, INPUT_COLUMNS, fingerprint
from selfeval.forms.making.content.promise import promise
from selfeval.forms.making.content.rows import Row
from selfeval.forms.making.layout import COLUMNS, FIRST, LAST, WIDTHS, Box, Entry, Line, Values, height_for
from selfeval.forms.making.live.indicator import live_cells

PAYMENTS_NOTE = "按下方各月支付金额计算，不用填"
NOTHING_NOTE = "不涉及，不用填"

_TEXT_COLUMNS = ("reason", "remedy", "evidence")
_HIDDEN = ("value", "measure", "share")


def indicator_lines(rows: Sequence[Row], values: Values) -> tuple[Line, ...]:
    """The headings and one line an indicator; equal neighbours in the two group columns share one merged cell."""
    shown = [column for column in COLUMNS if not column.hidden]
    headings = Line(tuple(Box(one.id, one.heading, "heading") for one in shown), height=24)
    title = Line((Box(FIRST, "三、绩效指标完成情况", "section", LAST),), height=24)
    groups = _runs([row.level1 for row in rows])
    subgroups = _runs([f"{row.level1}\n{row.level2}" for row in rows])
    lines = []
    for at, row in enumerate(rows):
        written = [(str(value.value), WIDTHS[column]) for (key, column), value in values.items() if key == row.id]
        height = height_for(
            (row.name, WIDTHS["level3"]),
            (row.target, WIDTHS["target"]),
            (_hint(row), WIDTHS["hint"]),
            (row.level1, WIDTHS["level1"] * max(groups[at], 1)),
            (row.level2, WIDTHS["level2"] * max(subgroups[at], 1)),
            *written,
            least=36.0 if row.needs != "nothing" else 22.0,
        )
        boxes = _boxes(row, groups[at], subgroups[at])
        lines.append(Line(boxes, row.id, height, fingerprint(row.level3, row.target)))
    return (title, headings, *lines)


def _boxes(row: Row, group: int, subgroup: int) -> tuple[Box, ...]:
    live = live_cells(row.id, row.scoring)
    points = row.scoring.points / 100
    return (
        *((Box("level1", row.level1, "group", rows=group),) if group else ()),
        *((Box("level2", row.level2, "group", rows=subgroup),) if subgroup else ()),
        Box("level3", row.name, "label"),
        Box("target", row.target, "target"),
        Box("points", style="points", **({"text": "—"} if row.needs == "nothing" else {"number": points})),
        Box("hint", _hint(row), "hint"),
        _live("status", live, "status"),
        *(_input(row, column) for column in INPUT_COLUMNS),
        _live("score", live, "score"),
        *(_live(one, live, "hidden") for one in _HIDDEN if one in live),
    )


def _live(column: str, live: dict[str, str], style: str) -> Box:
    told = live[column]
    return Box(column, style=style, formula=told) if told.startswith("=") else Box(column, told, style)


def example(row: Row, choice: str) -> str:
    """What a department might write for an indicator of this kind."""
    if row.needs == "number":
        unit = f"，单位是“{row.unit}”，不写单位" if row.unit else ""
        if row.small:
            return "0.3%，百分号要一起输入"
        return f"95{RATE}（也可只输入 95）" if row.unit == RATE else f"只填数字{unit}"
    return {
        "date": "2024-12-20",
        "level": f"在“完成档次”里选“{choice}”；要写具体比例的，再填“完成比例”，如 85%",
        "payments": "这一行不填，填好“四、各月支付金额”即可",
        "judgement": "写明实际情况；“人工得分”由评分人填，并在“偏差原因”里写明理由",
        "nothing": "这一行不填",
        None: "写明实际情况",
    }[row.needs]


def _hint(row: Row) -> str:
    if row.needs == "number":
        unit = f"\n单位：{row.unit}" if row.unit else ""
        if row.small:
            return "填百分数，带百分号，如 0.3%"
        return "填百分数，如 95%" if row.unit == RATE else f"填数字{unit}"
    return {
        "date": "填日期\n如 2024-12-20",
        "level": "选完成档次，比例可不填",
        "payments": PAYMENTS_NOTE,
        "judgement": "写实际情况，由评分人打分",
        "nothing": NOTHING_NOTE,
        None: "写实际情况",
    }[row.needs]


def _input(row: Row, column: str) -> Box:
    entry = _entry(row, column)
    if entry is None:
        return Box(column, style="unused")
    style = "input_text" if column in _TEXT_COLUMNS else f"input_{entry.kind}"
    main = {"level": "level", "judgement": "judged"}.get(row.needs or "", "actual")
    return Box(column, style=style, entry=entry, comment=promise(row.scoring) if column == main else "")


def _entry(row: Row, column: str) -> Entry | None:
    """What may be entered; None greys the box out."""
    if row.needs == "nothing":
        return None
    if column in _TEXT_COLUMNS:
        return Entry("text")
    if column == "category":
        return Entry("choice", choices=CATEGORIES, title="偏差类别", free=True)
    if column == "actual":
        number = Entry("percent", RATE, small=row.small) if row.unit == RATE else Entry("number", row.unit)
        found: dict[Needs | None, Entry] = {
            "number": number,
            "date": Entry("date"),
            "judgement": Entry("text"),
            None: Entry("text"),
        }
        return found.get(row.needs)
    if column == "judged":
        return Entry("number", "分") if row.needs in {"judgement", None} else None
    if row.needs not in {"level", None}:
        return None
    choices = tuple(level.label for level in row.scoring.levels)
    return Entry("choice", choices=choices, title="完成档次") if column == "level" else Entry("percent", RATE)


def _runs(keys: Sequence[str]) -> list[int]:
    """At the first of each run of equal neighbours its length, elsewhere 0."""
    lengths = [0] * len(keys)
    start = 0
    for at, key in enumerate(keys):
        if key != keys[start]:
            start = at
        lengths[start] += 1
    return lengths
