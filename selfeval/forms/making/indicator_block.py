"""The block of indicators: one row each, with boxes that fit what its kind needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from selfeval.domain.kinds import KINDS
from selfeval.domain.kinds.kind import Needs
from selfeval.domain.reading.quantity import RATE
from selfeval.domain.rulebook import Rulebook
from selfeval.forms.identity import INPUT_COLUMNS, fingerprint
from selfeval.forms.making.layout import COLUMNS, FIRST, LAST, WIDTHS, Box, Entry, Line, Values, height_for

PAYMENTS_NOTE = "按下方各月支付金额计算，不用填"
NOTHING_NOTE = "不涉及，不用填"

_TEXT_COLUMNS = ("reason", "remedy", "evidence")


@dataclass(frozen=True)
class Row:
    """One indicator as the form needs it. ``needs`` is None when its kind could not be recognised.

    ``value`` is the target value in ``unit``, NaN where there is none.
    """

    id: str
    level1: str
    level2: str
    level3: str
    description: str
    target: str
    needs: Needs | None
    unit: str
    value: float

    @property
    def small(self) -> bool:
        """Whether it is a rate of at most 1%, such as an accident rate."""
        return self.unit == RATE and self.value <= 1

    @property
    def name(self) -> str:
        """三级指标, with the description below it when that says more."""
        said = self.description.strip("。 ")
        if said in {"", self.level3.strip("。 ")} or self.needs == "nothing":
            return self.level3
        return f"{self.level3}\n（{said}）"


def rows_of(indicators: pd.DataFrame, readings: pd.DataFrame) -> tuple[Row, ...]:
    """The rows of a project: its INDICATORS joined with what was read from their targets (READINGS), by id."""
    read = {
        str(key): (str(kind), str(unit), float(str(value)))
        for key, kind, unit, value in _records(readings, ["indicator", "kind", "target_unit", "target_value"])
    }
    rows: list[Row] = []
    wanted = ["indicator", "level1", "level2", "level3", "description", "target"]
    for record in _records(indicators, wanted):
        key, level1, level2, level3, description, target = (str(one) for one in record)
        kind, unit, value = read.get(key, ("", "", float("nan")))
        needs = KINDS[kind].needs if kind in KINDS else None
        rows.append(Row(key, level1, level2, level3, description, target, needs, unit, value))
    return tuple(rows)


def indicator_lines(rows: Sequence[Row], rulebook: Rulebook, values: Values) -> tuple[Line, ...]:
    """The headings and one line an indicator; equal neighbours in the two group columns share one merged cell."""
    shown = [column for column in COLUMNS if not column.hidden]
    headings = Line(tuple(Box(one.id, one.heading, "heading") for one in shown), height=24)
    title = Line((Box(FIRST, "三、绩效指标完成情况", "section", LAST),), height=24)
    groups = _runs([row.level1 for row in rows])
    subgroups = _runs([f"{row.level1}\n{row.level2}" for row in rows])
    choices = tuple(level.label for level in rulebook.levels)
    lines = []
    for at, row in enumerate(rows):
        boxes = [
            *((Box("level1", row.level1, "group", rows=groups[at]),) if groups[at] else ()),
            *((Box("level2", row.level2, "group", rows=subgroups[at]),) if subgroups[at] else ()),
            Box("level3", row.name, "label"),
            Box("target", row.target, "target"),
            Box("hint", _hint(row), "hint"),
            *(_input(row, column, choices) for column in INPUT_COLUMNS),
        ]
        written = [(str(value.value), WIDTHS[column]) for (key, column), value in values.items() if key == row.id]
        height = height_for(
            (row.name, WIDTHS["level3"]),
            (row.target, WIDTHS["target"]),
            (_hint(row), WIDTHS["hint"]),
            (row.level2, WIDTHS["level2"] * max(subgroups[at], 1)),
            *written,
            least=36.0 if row.needs != "nothing" else 22.0,
        )
        lines.append(Line(tuple(boxes), row.id, height, fingerprint(row.level3, row.target)))
    return (title, headings, *lines)


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


def _input(row: Row, column: str, choices: tuple[str, ...]) -> Box:
    entry = _entry(row, column, choices)
    if entry is None:
        return Box(column, style="unused")
    style = "input_text" if column in _TEXT_COLUMNS else f"input_{entry.kind}"
    return Box(column, style=style, entry=entry)


def _entry(row: Row, column: str, choices: tuple[str, ...]) -> Entry | None:
    """What may be entered; None greys the box out."""
    if row.needs == "nothing":
        return None
    if column in _TEXT_COLUMNS:
        return Entry("text")
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
    return Entry("choice", choices=choices) if column == "level" else Entry("percent", RATE)


def _runs(keys: Sequence[str]) -> list[int]:
    """At the first of each run of equal neighbours its length, elsewhere 0."""
    lengths = [0] * len(keys)
    start = 0
    for at, key in enumerate(keys):
        if key != keys[start]:
            start = at
        lengths[start] += 1
    return lengths


def _records(frame: pd.DataFrame, columns: list[str]) -> list[tuple[object, ...]]:
    return list(frame[columns].itertuples(index=False, name=None))
