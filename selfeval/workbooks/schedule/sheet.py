"""资金进度: the twelve months, cumulative against the plan at each checkpoint, live, with a line chart."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from selfeval.domain.expression.tree import Name
from selfeval.domain.expression.worksheet import text as written
from selfeval.domain.measures.schedule import KEPT_AT, PAID, PLAN
from selfeval.domain.rounding import fraction, sheet_round
from selfeval.domain.targets import CHECKPOINTS
from selfeval.workbooks.drawing.pen import Book, Pen
from selfeval.workbooks.drawing.styles import LOST, TOTAL_FILL
from selfeval.workbooks.live.formulas import PENDING, SCHEDULE, guarded, quoted
from selfeval.workbooks.live.places import (
    BUDGET_ROW,
    MONTH_COLUMNS,
    MONTH_FIRST,
    MONTH_HEAD,
    GroundsPlaces,
    month_cell,
    month_column,
)
from selfeval.workbooks.live.rounded import PLACES, rounded
from selfeval.workbooks.material import Material
from selfeval.workbooks.schedule.checkpoints import kept_shares, paid_share, usable

_BUDGET = f"$B${BUDGET_ROW + 1}"
_PLAN = 4
"""The column of the plan; what is reckoned from it follows."""

CHECKPOINT = {"bold": True, "bg_color": TOTAL_FILL}
"""What the cells of a checkpoint look like."""

KEPT, BEHIND = "达到", "落后"
_FEN = 6
"""Places of 万元 that reach down to 0.01元."""


def write_schedule(book: Book, material: Material, places: GroundsPlaces) -> None:
    """Write the sheet 资金进度."""
    pen = book.sheet(SCHEDULE, landscape=False)
    pen.columns([column.width for column in MONTH_COLUMNS])
    _write_top(pen, material, places)
    pen.heads(MONTH_HEAD, [column.heading for column in MONTH_COLUMNS])
    months = _Months(material)
    for month in range(1, 13):
        months.write(pen, month)
    last = MONTH_FIRST + 11
    pen.colour_words(MONTH_FIRST, len(MONTH_COLUMNS) - 1, last, {BEHIND: LOST})
    _write_foot(pen, material)
    _add_chart(pen)
    pen.sheet.freeze_panes(MONTH_FIRST, 1)
    pen.sheet.print_area(0, 0, MONTH_FIRST + 32, len(MONTH_COLUMNS) - 1)


def _write_top(pen: Pen, material: Material, places: GroundsPlaces) -> None:
    pen.banner(0, "资金进度", "title", material.mark, 26)
    pen.banner(1, f"{material.name}（{material.year}年度）　项目编码 {material.project}")
    pen.height(2, 6)
    pen.height(BUDGET_ROW, 22)
    funds = material.funds
    for col, label, column, value in (
        (0, "全年预算数", "target_value", funds.full_year),
        (3, "全年执行数", "actual_value", funds.executed),
    ):
        pen.text(BUDGET_ROW, col, label, "label")
        seen = places.seen(column, 0)
        shown = PENDING if math.isnan(value) else value
        pen.live(BUDGET_ROW, col + 1, guarded(f"ISNUMBER({seen})", seen), shown, "money")
    pen.text(BUDGET_ROW, 6, "执行率", "label")
    execution = material.rows[0].measure
    rate = PENDING if math.isnan(execution) else rounded(execution).value
    pen.live(BUDGET_ROW, 7, f"={places.seen('measure', 0)}", rate, "percent")


class _Months:
    """Writes the twelve rows. Stored values are exact, rounded as the formula rounds."""

    def __init__(self, material: Material) -> None:
        self._material = material
        known = [one for one in material.paid if not math.isnan(one)]
        decimals = [max(0, -int(Decimal(repr(one)).as_tuple().exponent)) for one in known]
        whole = len(str(int(max([1.0, *(abs(one) for one in known), *map(abs, self._known_sums())]))))
        self._places = min(max([_FEN, *decimals]), 15 - whole)
        self._kept = kept_shares(material)
        self._plan = dict(zip(CHECKPOINTS, material.plan, strict=True))

    def _known_sums(self) -> list[float]:
        return [one for one in self._material.cumulative if not math.isnan(one)]

    def write(self, pen: Pen, month: int) -> None:
        row = MONTH_FIRST + month - 1
        pen.height(row, 20)
        pen.text(row, 0, f"{month}月", "centre")
        pen.number(row, 1, self._material.paid[month - 1], "input_money")
        self._cumulative(pen, row, month)
        self._share(pen, row, month)
        plan = self._plan.get(month, math.nan)
        if math.isnan(plan):
            for col in range(_PLAN, len(MONTH_COLUMNS)):
                pen.text(row, col, "", "centre")
            if month in self._plan:
                pen.text(row, len(MONTH_COLUMNS) - 1, "空白，不计", "centre")
            return
        pen.number(row, _PLAN, plan, "percent", **CHECKPOINT)
        self._write_planned(pen, row, month, plan)
        self._write_short(pen, row, month, plan)
        self._write_kept(pen, row, month)

    def _cumulative(self, pen: Pen, row: int, month: int) -> None:
        paid = f"B${MONTH_FIRST + 1}:{month_cell('paid', month)}"
        value = self._material.cumulative[month - 1]
        shown = PENDING if math.isnan(value) else sheet_round(value, self._places)
        pen.live(row, 2, guarded(f"COUNT({paid})={month}", f"ROUND(SUM({paid}),{self._places})"), shown, "money")

    def _share(self, pen: Pen, row: int, month: int) -> None:
        known = usable(self._material, month)
        result = rounded(float(paid_share(self._material, month))) if known else None
        paid = month_cell("cumulative", month)
        text = f"ROUND({paid}/{_BUDGET},{result.places if result else PLACES})"
        pen.live(row, 3, self._guard(paid, text), result.value if result else PENDING, "percent")

    def _write_kept(self, pen: Pen, row: int, month: int) -> None:
        result, paid = self._kept.get(month), month_cell("cumulative", month)
        text = written(KEPT_AT.bind({PAID: Name(f"({paid}/{_BUDGET})"), PLAN: Name(month_cell("plan", month))}), str)
        text = f"ROUND({text},{result.places if result else PLACES})"
        pen.live(row, _PLAN + 3, self._guard(paid, text), result.value if result else PENDING, "percent", **CHECKPOINT)

    def _write_planned(self, pen: Pen, row: int, month: int, plan: float) -> None:
        """What the plan would have paid by then, in 万元."""
        budget = self._material.funds.full_year
        known = not math.isnan(budget) and budget > 0
        result = rounded(float(fraction(plan) * fraction(budget))) if known else None
        text = f"ROUND({month_cell('plan', month)}*{_BUDGET},{result.places if result else _FEN})"
        formula = guarded(f"ISNUMBER({_BUDGET})", guarded(f"{_BUDGET}>0", text).removeprefix("="))
        pen.live(row, _PLAN + 1, formula, result.value if result else PENDING, "money", **CHECKPOINT)

    def _write_short(self, pen: Pen, row: int, month: int, plan: float) -> None:
        paid, result = month_cell("cumulative", month), None
        if usable(self._material, month):
            budget, cumulative = self._material.funds.full_year, self._material.cumulative[month - 1]
            short = max(Fraction(0), fraction(plan) * fraction(budget) - fraction(cumulative))
            result = rounded(float(short), max(budget, abs(cumulative)))
        text = f"ROUND(MAX(0,{month_cell('plan', month)}*{_BUDGET}-{paid}),{result.places if result else _FEN})"
        value: float | str = result.value if result else PENDING
        pen.live(row, _PLAN + 2, self._guard(paid, text), value, "money", **CHECKPOINT)
        cell = month_cell("short", month)
        verdict = value if isinstance(value, str) else BEHIND if value > 0 else KEPT
        formula = guarded(f"ISNUMBER({cell})", f"IF({cell}>0,{quoted(BEHIND)},{quoted(KEPT)})")
        pen.live(row, _PLAN + 4, formula, verdict, "centre", **CHECKPOINT)

    @staticmethod
    def _guard(paid: str, text: str) -> str:
        usable = guarded(f"{_BUDGET}>0", text).removeprefix("=")
        return guarded(f"AND(ISNUMBER({paid}),ISNUMBER({_BUDGET}))", usable)


def _write_foot(pen: Pen, material: Material) -> None:
    at = MONTH_FIRST + 12
    notes = ["时点得分比例 = 累计支付比例 ÷ 计划比例，最高 100%；只在计划有数的时点计算。"]
    if material.assumed:
        notes.append("目标文本中 12月底的计划是空的，按 100% 计。")
    if all(math.isnan(one) for one in material.paid):
        notes.append("没有填报各月支付金额。")
    elif any(math.isnan(one) for one in material.paid):
        notes.append("有的月份没有填报支付金额，其后的累计数待补充。")
    pen.banner(at, "".join(notes), "note")


def _add_chart(pen: Pen) -> None:
    """Cumulative share against the plan, as a native chart that can be edited."""
    chart = pen.book.chart("line")
    months = [SCHEDULE, *month_column("month")]
    for column, name, colour, dash in (
        ("share", "累计支付比例", "#1F4E79", "solid"),
        ("plan", "计划比例", "#C55A11", "dash"),
    ):
        chart.add_series(
            {
                "name": name,
                "categories": months,
                "values": [SCHEDULE, *month_column(column)],
                "line": {"color": colour, "width": 2, "dash_type": dash},
                "marker": {"type": "circle" if column == "share" else "diamond", "size": 6, "fill": {"color": colour}},
            }
        )
    chart.set_title({"name": "累计支付与计划", "overlay": False, "name_font": {"size": 12}})
    chart.set_y_axis({"num_format": "0%", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("span")
    chart.set_size({"width": 715, "height": 330})
    pen.sheet.insert_chart(MONTH_FIRST + 14, 0, chart, {"object_position": 1})
