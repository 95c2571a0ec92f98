"""Charts, by XlsxWriter: what surrounds the values of one is made once, and kept for all charts that say the same.

A chart carries a copy of the values that it shows. They are put between the pieces of XML that were kept.
"""

from __future__ import annotations

import re
from functools import lru_cache
from io import StringIO
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as Drawn
from xlsxwriter.worksheet import Worksheet

from selfeval.sheets.charts import Axis, Chart, Series
from selfeval.sheets.layout import Area, Layout
from selfeval.sheets.styles import Theme, number_format
from selfeval.sheets.text import in_element
from selfeval.sheets.values import Values

_MOVES_AND_GROWS, _MOVES = 1, 2
_KEPT = 256
_CACHE = re.compile("<c:(num|str)Cache>.*?</c:(?:num|str)Cache>")

Held = list[object]
"""What the cells of an area hold, as a chart has it."""


class _Shown(NamedTuple):
    """What a series shows."""

    categories: Area
    values: Area


def draw(made: Workbook, sheet: Worksheet, chart: Chart, layout: Layout, values: Values) -> None:
    """A chart at its corner, with what it shows."""
    areas, held = _held(chart, sheet.name, layout, values)
    _place(sheet, chart, _drawn(made, layout.book.theme, chart, areas, held), layout)


def draw_quickly(made: Workbook, sheet: Worksheet, chart: Chart, layout: Layout, values: Values) -> None:
    """The same, out of kept pieces where there are any."""
    areas, held = _held(chart, sheet.name, layout, values)
    # whether categories are numbers or texts decides how they are written
    words = tuple((_is_text(categories), _is_text(numbers)) for categories, numbers in held)
    one = Filled(chart, _pieces(layout.book.theme, chart, areas, words, len(made.charts)), held)
    made.charts.append(one)
    _place(sheet, chart, one, layout)


class Filled:
    """A chart out of kept pieces, as XlsxWriter's workbook asks for it."""

    chart_name, combined, already_inserted = "", None, False
    x_scale = y_scale = 1
    x_offset = y_offset = 0
    id = -1

    def __init__(self, chart: Chart, pieces: tuple[str, ...], held: list[tuple[Held, Held]]) -> None:
        self.series = chart.series
        self.width, self.height = chart.width, chart.height
        self.formula_ids: dict[str, int] = {}  # all its values are at hand
        self._pieces, self._held = pieces, [part for pair in held for part in pair]

    def _set_xml_writer(self, file: StringIO) -> None:
        self._file = file

    def _assemble_xml_file(self) -> None:
        filled = list(self._pieces)
        for at, values in enumerate(self._held):
            filled[2 * at + 1] = _copied(filled[2 * at + 1], values)
        self._file.write("".join(filled))


def _held(chart: Chart, own: str, layout: Layout, values: Values) -> tuple[tuple[_Shown, ...], list[tuple[Held, Held]]]:
    """The areas that the series show, and what stands there."""
    areas = tuple(_Shown(layout.area(one.categories, own), layout.area(one.values, own)) for one in chart.series)
    return areas, [(values.charted(one.categories), values.charted(one.values)) for one in areas]


def _is_text(held: Held) -> bool:
    return bool(Drawn._get_data_type(None, held) == "str")  # noqa: SLF001 (it asks nothing of the chart)


@lru_cache(_KEPT)
def _pieces(
    theme: Theme, chart: Chart, areas: tuple[_Shown, ...], words: tuple[tuple[bool, bool], ...], number: int
) -> tuple[str, ...]:
    """The XML of a chart; in every second place, "num" or "str" for the values of an area."""
    made = Workbook(None, {"in_memory": True})
    made.fileclosed = True  # there is no file
    drawn = _drawn(made, theme, chart, areas, [(_like(first), _like(second)) for first, second in words])
    drawn.id, file = number, StringIO()
    drawn._set_xml_writer(file)  # noqa: SLF001
    drawn._assemble_xml_file()  # noqa: SLF001
    return tuple(_CACHE.split(file.getvalue()))


def _like(text: bool) -> Held:  # noqa: FBT001
    """Some values of a kind."""
    return ["x"] if text else [0]


def _copied(kind: str, held: Held) -> str:
    """The values of an area as a chart keeps them."""
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{_number(value) if kind == "num" else in_element(str(value))}</c:v></c:pt>'
        for at, value in enumerate(held)
        if value is not None
    )
    general = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    return f'<c:{kind}Cache>{general}<c:ptCount val="{len(held)}"/>{points}</c:{kind}Cache>'


def _number(value: Any) -> object:  # noqa: ANN401 (a number, or the text of one)
    try:
        float(value)
    except ValueError:
        return 0
    return value


def _drawn(made: Workbook, theme: Theme, chart: Chart, areas: tuple[_Shown, ...], held: list[tuple[Held, Held]]) -> Any:  # noqa: ANN401 (XlsxWriter ships no types)
    drawn = made.add_chart({"type": chart.kind})
    for series, shown, (categories, values) in zip(chart.series, areas, held, strict=True):
        data = {"categories_data": categories, "values_data": values}
        cells = {"categories": list(shown.categories), "values": list(shown.values)}
        drawn.add_series(cells | data | _series(series, chart.kind, theme))
    if chart.title:
        drawn.set_title({"name": chart.title, "overlay": False, "name_font": {"size": 12}})
    drawn.set_x_axis(_axis(chart.across, theme))
    drawn.set_y_axis(_axis(chart.up, theme))
    small = {"font": {"size": chart.legend}} if chart.legend else {}
    drawn.set_legend({"none": True} if chart.legend is None else {"position": "bottom", **small})
    if chart.bridged:
        drawn.show_blanks_as("span")
    if chart.hidden:
        drawn.show_hidden_data()
    drawn.set_size({"width": chart.width, "height": chart.height})
    return drawn


def _place(sheet: Worksheet, chart: Chart, drawn: Any, layout: Layout) -> None:  # noqa: ANN401
    _, row, column = layout.place(chart.corner.key, sheet.name)
    moves = {"object_position": _MOVES_AND_GROWS if chart.stretched else _MOVES}
    offset = {"x_offset": chart.offset[0], "y_offset": chart.offset[1]}
    sheet.insert_chart(row, column, drawn, moves | offset | {"description": chart.description})


def _series(series: Series, kind: str, theme: Theme) -> dict[str, Any]:
    found: dict[str, Any] = {"name": series.name}
    colour = {"color": series.colour}
    if kind == "line":
        found["line"] = {**colour, "width": 2, "dash_type": series.dash}
    if series.marker:
        found["marker"] = {"type": series.marker, "size": series.marker_size, "fill": colour}
        found["marker"] |= {"border": {"color": series.edge}} if series.edge else {}
    if kind in {"bar", "column"}:
        found |= {"fill": colour, "gap": 60}
        found["data_labels"] = {"value": True, "num_format": number_format(theme.pattern(series.labels))}
    return found


def _axis(axis: Axis, theme: Theme) -> dict[str, Any]:
    found = {
        "name": axis.title or None,
        "num_format": number_format(theme.pattern(axis.pattern)) if axis.pattern else None,
        "num_font": {name: value for name, value in (("size", axis.size), ("color", axis.ink)) if value} or None,
        "reverse": axis.reverse or None,
        "major_gridlines": {"visible": True, "line": {"color": axis.grid}}
        if axis.grid
        else {"visible": False}
        if axis.hidden
        else None,
        "visible": False if axis.hidden else None,
        "min": axis.least,
        "max": axis.most,
    }
    return {name: value for name, value in found.items() if value is not None}
