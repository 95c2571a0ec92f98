"""审核意见: one row a score with its doubts, the reviewer's verdict beside it, and three boxes to be signed.

Only what a reviewer fills in can be typed over; everything else is locked, without a password. The totals are live.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from selfeval.domain.reviewing.fingerprint import fingerprint
from selfeval.domain.rounding import show_points
from selfeval.domain.scored import PENDING_GRADE, State
from selfeval.workbooks.drawing.pages import page_height, pages_tall
from selfeval.workbooks.drawing.pen import Book, Pen
from selfeval.workbooks.drawing.styles import INPUT_FILL, RED
from selfeval.workbooks.drawing.text import clean, row_height, text_height
from selfeval.workbooks.live.formulas import DASH, PENDING, grade_formula
from selfeval.workbooks.live.places import GroundsPlaces
from selfeval.workbooks.live.rows import live_row
from selfeval.workbooks.material import Material, Row, is_converted
from selfeval.workbooks.review.doubts import doubts_of, general_doubts
from selfeval.workbooks.review.dressing import Block, dress
from selfeval.workbooks.review.formulas import (
    deviation_formula,
    difference_formula,
    final_formula,
    hint_formula,
    total_formula,
)
from selfeval.workbooks.review.identity import (
    AT,
    COLUMNS,
    MARKER,
    META,
    OPINION,
    OPINIONS,
    REVIEW,
    TYPED,
    WHOLE,
)

_LAST = len(COLUMNS)
_TOP = 1 + len(META)
"""The row of the title, below the hidden rows of ids."""

_HOW = (
    "每个指标选审核意见：认可、调整（填核定得分和理由）、退回（写理由）。没有疑点的可以不填，只在上面选审核结论；各行没有填审核人和日期的，以上面的为准。"
    "填好后保存即可，财务用 selfeval review 汇总。黄色格可以填写，其余格已锁定（没有密码）。"
)
_DEFINITION = "偏离度 =（自评总分 − 复核总分）÷ 复核总分，正数表示自评偏高；这是本工作簿的约定，不是上级规定。"
_LOOKS = {"verdict": "input_text", "adjusted": "input_number", "reason": "input_text", "reviewer": "input_text"}
_BOX, _SIGN = 78.0, 24.0
_BLOCK = 24 + 8 + 20 + _BOX + 2 * _SIGN


def write_review(book: Book, material: Material, places: GroundsPlaces) -> None:
    """Write the sheet 审核意见."""
    _Review(book.sheet(REVIEW, landscape=True), material, places).write()


class _Review:
    """Writes the sheet from top to bottom."""

    def __init__(self, pen: Pen, material: Material, places: GroundsPlaces) -> None:
        self._pen = pen
        self._material = material
        self._places = places
        general = general_doubts(material)
        self._general = general
        self._figures = _TOP + 2
        self._whole = self._figures + 2
        self._head = self._whole + (3 if general else 2)
        self._first = self._head + 1
        self._last = self._first + len(material.rows) - 1

    def write(self) -> None:
        pen = self._pen
        pen.columns([0, *(column.width for column in COLUMNS)])
        pen.sheet.set_column(0, 0, 1, None, {"hidden": True})
        self._write_ids()
        self._write_top()
        self._write_figures()
        self._write_whole()
        pen.height(self._head, 30)
        for column in COLUMNS:
            pen.text(self._head, AT[column.id], column.heading, "head")
        for i, row in enumerate(self._material.rows):
            self._write_row(i, row)
        self._write_sum()
        end = self._write_boxes(self._last + 3)
        judged = [i for i, row in enumerate(self._material.rows) if row.state is not State.NOT_APPLICABLE]
        dress(self._pen, Block(self._whole, self._head, self._first, self._last, end), judged)

    def _write_ids(self) -> None:
        """The hidden row of column ids, and the hidden rows that say which run this is about."""
        pen, material = self._pen, self._material
        pen.text(0, 0, MARKER, "note")
        for column in COLUMNS:
            pen.text(0, AT[column.id], column.id, "note")
        values = (str(material.year), material.project, fingerprint_of(material))
        for at, (name, value) in enumerate(zip(META, values, strict=True), start=1):
            pen.text(at, 0, name, "note")
            pen.text(at, 1, value, "note")
        for at in range(1 + len(META)):
            pen.sheet.set_row(at, None, None, {"hidden": True})

    def _spanned(self, row: int, first: str, last: str, text: str, style: str, **changes: object) -> None:
        """A text in merged cells from one column to another; an input may be ``locked=False``."""
        look = self._pen.book.style(style, **changes)
        self._pen.sheet.merge_range(row, AT[first], row, AT[last], "", look)
        self._pen.text(row, AT[first], text, style, **changes)

    def _write_top(self) -> None:
        material, pen = self._material, self._pen
        pen.height(_TOP, 30)
        mark = f"　【{clean(material.mark, 100)}】" if material.mark else ""
        self._spanned(_TOP, "name", "hint", f"审核意见（{material.year}年度）{mark}", "title")
        line = f"{clean(material.name, 200)}　（{material.project}）　{clean(material.unit_name, 100)}"
        pen.height(_TOP + 1, max(20.0, text_height(line, _width("name", "hint"))))
        self._spanned(_TOP + 1, "name", "hint", line, "plain")

    def _write_figures(self) -> None:
        """Own total, reviewed total, difference, deviation and grade: labels above, live figures below."""
        pen, at, places = self._pen, self._figures, self._places
        pen.height(at, 20)
        pen.height(at + 1, 24)
        own, final = xl_rowcol_to_cell(at + 1, AT["name"]), self._total_cell
        total = self._material.total
        span = f"{self._material.lowest / 100:.2f} – {self._material.highest / 100:.2f}"
        shown: float | str = span if total is None else total / 100
        reviewed: float | str = PENDING if total is None else total / 100
        level = 0.0 if total is not None else DASH
        degree: float | str = 0.0 if total else DASH
        grade = self._material.grade or PENDING_GRADE
        rulebook = self._material.rulebook
        figures = (
            ("自评总分", "name", "name", f"={places.sum_seen(3)}", shown, "total"),
            ("复核总分", "points", "state", f"={final}", reviewed, "total"),
            ("自评 − 复核（分）", "doubts", "doubts", difference_formula(own, final), level, "total"),
            ("偏离度", "verdict", "adjusted", deviation_formula(own, final), degree, "total_percent"),
            ("复核等级", "reason", "reason", grade_formula(final, rulebook, PENDING_GRADE), grade, "total_label"),
        )
        for label, first, last, formula, value, style in figures:
            for row, look in ((at, "label"), (at + 1, style)):
                if first == last:
                    pen.text(row, AT[first], label if row == at else "", look)
                else:
                    self._spanned(row, first, last, label if row == at else "", look)
            pen.live(at + 1, AT[first], formula, value, style)
        self._spanned(at, "reviewer", "hint", "", "note")
        self._spanned(at + 1, "reviewer", "hint", "", "note")

    @property
    def _total_cell(self) -> str:
        return str(xl_rowcol_to_cell(self._last + 1, AT["final"]))

    def _write_whole(self) -> None:
        """The verdict on the project, who reviewed it and when; then how to fill in, and the general doubts."""
        pen, at = self._pen, self._whole
        pen.height(at, 24)
        pen.text(at, 0, WHOLE, "note")
        self._spanned(at, "name", "doubts", "审核结论（整个项目）　→", "label")
        pen.text(at, AT["verdict"], "", "input_text", locked=False)
        self._spanned(at, "adjusted", "reason", "审核人、日期　→", "label")
        pen.text(at, AT["reviewer"], "", "input_text", locked=False)
        pen.text(at, AT["day"], "", "input_date", locked=False)
        self._spanned(at, "final", "hint", "", "label")
        how = f"{_HOW}{_DEFINITION}"
        pen.height(at + 1, text_height(how, _width("name", "hint"), 9))
        self._spanned(at + 1, "name", "hint", how, "note")
        if self._general:
            text = f"整个项目的疑点：\n{self._general}"
            pen.height(at + 2, min(400.0, text_height(text, _width("name", "hint"), 9)))
            self._spanned(at + 2, "name", "hint", text, "small")

    def _write_row(self, i: int, row: Row) -> None:
        pen, at, places = self._pen, self._first + i, self._places
        texts = {"name": _name(row), "doubts": doubts_of(self._material, row)}
        widths = {column.id: column.width for column in COLUMNS}
        pen.height(at, row_height([(text, widths[name]) for name, text in texts.items()], 26, 9))
        pen.text(at, 0, row.indicator, "note")
        for name, text in texts.items():
            pen.text(at, AT[name], text, "small")
        live = live_row(self._material, places, i)
        if row.state is State.NOT_APPLICABLE:
            for name in ("points", *TYPED, "final", "hint"):
                pen.text(at, AT[name], DASH, "centre")
        else:
            pen.live(at, AT["points"], f"={places.seen('points', i)}", row.points / 100, "score")
            self._write_inputs(at)
            self._write_live(at, live.score.value)
        for name, cell in (("score", live.score), ("state", live.state)):
            style = "score" if name == "score" else "centre"
            pen.live(at, AT[name], f"={places.seen(name, i)}", cell.value, style)

    def _write_inputs(self, at: int) -> None:
        for name, style in _LOOKS.items():
            changes: dict[str, object] = {"num_format": "0.00"} if name == "adjusted" else {}
            if name == "reason":
                changes["align"] = "left"
            self._pen.text(at, AT[name], "", style, locked=False, **changes)
        self._pen.text(at, AT["day"], "", "input_date", locked=False)

    def _write_live(self, at: int, own: float | str) -> None:
        verdict, adjusted, reason, points, score = (
            str(xl_rowcol_to_cell(at, AT[one])) for one in ("verdict", "adjusted", "reason", "points", "score")
        )
        self._pen.live(at, AT["final"], final_formula(verdict, adjusted, reason, points, score), own, "score")
        look = self._pen.book.style("centre", font_color=RED, font_size=9)
        hint = hint_formula(verdict, adjusted, reason, points)
        self._pen.sheet.write_formula(at, AT["hint"], hint, look, "")

    def _write_sum(self) -> None:
        pen, at, material = self._pen, self._last + 1, self._material
        room = page_height([column.width for column in COLUMNS], landscape=True)
        squeezed = pages_tall(pen.used + _BLOCK, room) > 0
        if not squeezed and room - pen.used % room < _BLOCK:  # sum and boxes stay together
            pen.sheet.set_h_pagebreaks([at])
        pen.height(at, 24)
        for column in COLUMNS:
            pen.text(at, AT[column.id], "", "total_label")
        pen.text(at, AT["name"], "合计", "total_label")
        points, score, final = (
            str(xl_range_abs(self._first, AT[one], self._last, AT[one])) for one in ("points", "score", "final")
        )
        full = round(sum(row.points for row in material.rows) / 100, 2)
        pen.live(at, AT["points"], f"=ROUND(SUM({points}),2)", full, "total")
        earned = round(sum(row.score or 0 for row in material.rows) / 100, 2)
        pen.live(at, AT["score"], f"=ROUND(SUM({score}),2)", earned, "total")
        total = PENDING if material.total is None else material.total / 100
        formula = total_formula(final, str(xl_rowcol_to_cell(at, AT["points"])), converted=is_converted(material))
        pen.live(at, AT["final"], formula, total, "total")
        pen.height(at + 1, 8)

    def _write_boxes(self, top: int) -> int:
        """Three boxes side by side: opinion, signature, seal and date. The last row used."""
        pen = self._pen
        names = list(AT)
        starts = list(OPINIONS)
        ends = [names[names.index(one) - 1] for one in starts[1:]] + [names[-1]]
        for step, height in enumerate((20.0, _BOX, _SIGN, _SIGN)):
            pen.height(top + step, height)
        pen.text(top + 1, 0, OPINION, "note")
        for first, last in zip(starts, ends, strict=True):
            self._spanned(top, first, last, OPINIONS[first], "label")
            self._spanned(top + 1, first, last, "", "text_top", locked=False, bg_color=INPUT_FILL)
            self._spanned(top + 2, first, last, "负责人（签字）：", "text", locked=False)
            self._spanned(top + 3, first, last, "（盖章）　　　　　　　年　　月　　日", "text", locked=False)
        return top + 3


def fingerprint_of(material: Material) -> str:
    """The fingerprint of the scores that the workbook shows."""
    rows = [
        (
            row.indicator,
            row.target,
            row.actual,
            show_points(row.points),
            "" if row.score is None else show_points(row.score),
            str(row.state),
        )
        for row in material.rows
    ]
    return fingerprint(material.year, material.project, rows)


def _name(row: Row) -> str:
    return clean(row.level3 if row.is_execution else f"{row.level2}：{row.level3}", 300)


def _width(first: str, last: str) -> float:
    """The width of merged columns in characters."""
    columns = COLUMNS[AT[first] - 1 : AT[last]]
    return sum(one.width for one in columns) + (len(columns) - 1) * 5 / 7
