"""Reading 复核意见 back from a workbook that a reviewer saved, with any program and under any name.

The sheet is known again by the hidden ids of its rows and columns (``sheets.ids``).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from selfeval.domain.reading.quantity import RATE, show_number
from selfeval.domain.reviewing.review import ReviewBook, TypedRow, Verdict, as_verdict
from selfeval.domain.rounding import fraction
from selfeval.domain.scored import EXECUTION
from selfeval.packages.columns import letters
from selfeval.packages.files import Unreadable
from selfeval.packages.looks import Look
from selfeval.packages.number_formats import Shown
from selfeval.packages.printable import BLANKS
from selfeval.packages.workbook import Raw, Sheet, read_workbook
from selfeval.sheets.ids import Found, TextGrid, read_ids
from selfeval.sheets.model import Column
from selfeval.sheets.text import clean
from selfeval.workbooks.conventions import DASH
from selfeval.workbooks.review.finding import REASON, REVIEW, review_sheets

COLUMNS: tuple[Column, ...] = (
    Column("name", "指标", 21, frozen=True),
    Column("points", "分值", 7),
    Column("score", "自评\n得分", 8),
    Column("state", "状态", 8),
    Column("doubts", "扣分原因、佐证材料\n和关注事项", 44),
    Column("verdict", REVIEW, 9),
    Column("adjusted", "调整得分", 9),
    Column("reason", REASON, 28),
    Column("reviewer", "复核人", 9),
    Column("day", "日期", 13),
    Column("final", "复核\n得分", 8),
    Column("hint", "提示", 12),
)
"""The columns beside the hidden one of the ids."""

TYPED = ("verdict", "adjusted", "reason", "reviewer", "day")
"""Columns that a reviewer fills in."""

META = ("meta.year", "meta.project", "meta.fingerprint")
"""The hidden rows that say which run a review is about."""

WHOLE = "whole"
"""The row with the verdict, reviewer and day of the project as a whole."""

OPINION = "opinion"
OPINIONS: dict[str, str] = {"name": "单位意见", "doubts": "主管部门审核意见", "reason": "财政部门审核意见"}
"""The boxes to be signed, by the column in which each begins."""

SIGNED = ("负责人（签字）：", "（盖章）　　　　　　　年　　月　　日")
"""What is printed below each box."""

VALUE = "name"
"""The column that holds the value of a row of META."""

_VERDICTS = {verdict.value for verdict in Verdict}
_IN_POINTS = Shown(after="分")
_YEAR = re.compile(r"\d{4}", re.ASCII)
_MOST_TOLD = 5
_LONGEST = 4_000
"""Characters kept of what a reviewer typed in one cell."""


def read_review(path: Path, name: str) -> ReviewBook | str | None:
    """The review in a file, why it cannot be read, or None without such a sheet; ``name`` is the path in messages."""
    book = read_workbook(path)
    if isinstance(book, Unreadable):
        return f"这个工作簿打不开：{book.reason}"
    marked = review_sheets([*book.sheets.values()])
    if isinstance(marked, str):
        return marked
    read = [_read(name, sheet.name, _texts(sheet, row, column), (row, column)) for sheet, row, column in marked]
    same = [one if isinstance(one, str) else replace(one, sheet="") for one in read]
    if any(one != same[0] for one in same):
        names = "、".join(f"“{sheet.name}”" for sheet, _, _ in marked[:_MOST_TOLD])
        return f"有几张“复核意见”（{names}），内容不一致，无法确定以哪张为准；请只保留一张"
    return read[0] if read else None


def printed_name(row: str, level2: str, level3: str) -> str:
    """What stands before a row of the results."""
    return clean(level3 if row == EXECUTION else f"{level2}：{level3}", 300)


def _read(file: str, sheet: str, grid: TextGrid, marker: tuple[int, int]) -> ReviewBook | str:
    found = read_ids(grid, marker)
    if any(column not in found.columns for column in (VALUE, *TYPED)):
        return "“复核意见”的隐藏行被删改，无法识别各列"
    at = {name: places[0] for name, places in found.rows.items()}
    here = {name: places[0] for name, places in found.columns.items()}
    if differing := next(_differing(found, grid), ()):
        lines = "、".join(str(row + 1) for row in differing[:_MOST_TOLD])
        return f"“复核意见”第{lines}行有复制出来的行或列，内容不一致，无法确定以哪一份为准；请只保留一份"
    rows = {name: {column: grid.label(row, one) for column, one in here.items()} for name, row in at.items()}
    blank = dict.fromkeys(found.columns, "")
    year, project, fingerprint = (rows.get(name, blank)[VALUE] for name in META)
    whole, opinions = rows.get(WHOLE, blank), rows.get(OPINION, blank)
    if not _YEAR.fullmatch(year) or not project:
        return "“复核意见”的隐藏行被删改，无法识别年度和项目"
    columns = {name: letters(one) for name, one in here.items()}
    return ReviewBook(
        file=file,
        sheet=sheet,
        year=int(year),
        project=project,
        fingerprint=fingerprint,
        verdict=as_verdict(whole["verdict"]),
        reviewer=whole["reviewer"],
        day=whole["day"],
        entries=(
            *(
                TypedRow(
                    name,
                    at[name] + 1,
                    **_typed(texts),
                    own=_calculated(texts.get("score", "")),
                    printed=_calculated(texts[VALUE]) or None,
                )
                for name, texts in rows.items()
                if name not in {*META, WHOLE, OPINION}
            ),
            *_without_id(found, grid, marker[0]),
        ),
        opinions={label: text for column, label in OPINIONS.items() if (text := opinions.get(column))},
        columns=columns,
        verdict_cell=f"{columns['verdict']}{at[WHOLE] + 1}" if WHOLE in at else "",
        signed=_is_signed(found, grid),
    )


def _calculated(text: str) -> str:
    """What a cell beside shows; blank where a program that keeps no results saved the workbook."""
    return "" if text.startswith("=") else text


def _without_id(found: Found, grid: TextGrid, top: int) -> Iterator[TypedRow]:
    """The rows without an id in which something is typed: in the table anything, elsewhere a verdict, name or day."""
    named = {row for rows in found.rows.values() for row in rows} | {top}
    here = {column: found.columns[column][0] for column in TYPED}
    head = next((row for row in range(grid.rows) if grid.label(row, here["verdict"]) == REVIEW), None)
    ends = (row for row in range(grid.rows) if head is not None and row > head and _ends(found, grid, row))
    table = range(0) if head is None else range(head + 1, next(ends, grid.rows))
    for row in sorted({*range(grid.rows)} - named - {head}):
        typed = _typed({column: grid.label(row, at) for column, at in here.items()})
        judged = typed["verdict"] in _VERDICTS or typed["reviewer"] or typed["day"]
        if any(typed.values()) if row in table else judged:
            yield TypedRow("", row + 1, **typed)


def _ends(found: Found, grid: TextGrid, row: int) -> bool:
    """Whether the table of the opinions ends before a row."""
    return row in found.rows.get(OPINION, ()) or grid.label(row, found.columns[VALUE][0]) == "合计"


def _is_signed(found: Found, grid: TextGrid) -> bool:
    """Whether anything is typed below the boxes."""
    below = range(max(found.rows.get(OPINION, (grid.rows,))) + 1, grid.rows)
    columns = [at for column in OPINIONS for at in found.columns.get(column, ())]
    return any(grid.label(row, at) not in {"", *SIGNED} for row in below for at in columns)


def _differing(found: Found, grid: TextGrid) -> Iterator[Sequence[int]]:
    """The places of rows that were copied, or whose columns were, and then filled in differently."""
    typed = [places for column, places in found.columns.items() if column in {VALUE, *TYPED, *OPINIONS}]
    for rows in found.rows.values():
        if any(len({grid.label(row, at) for row in rows for at in places}) > 1 for places in typed):
            yield rows


def _typed(texts: Mapping[str, str]) -> dict[str, str]:
    """What was typed in a row; the dash where there is nothing to fill in is no answer."""
    typed = {column: "" if texts[column] in {DASH, "-"} else texts[column] for column in TYPED}
    return {**typed, "verdict": as_verdict(typed["verdict"])}


def _texts(sheet: Sheet, ids_row: int, ids_column: int) -> TextGrid:
    """A sheet as it is seen; its hidden ids as they are."""
    rows = [[_text(value) for value in row] for row in sheet.rows]
    for (row, column), look in sheet.looks.items():
        if row == ids_row or column == ids_column:
            continue
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = _seen(sheet.rows[row][column], rows[row][column], look)
        elif look.fault:  # a formula without a result may stand behind everything else
            rows += [[] for _ in range(len(rows), row + 1)]
            rows[row] += [""] * (column - len(rows[row])) + [look.fault]
    return TextGrid(rows)


def _seen(value: Raw, text: str, look: Look) -> str:
    if value == "":
        return look.fault
    if look.struck:
        return f"{text}（有划掉的部分）"
    if look.raised:
        return f"{text}（有上标或下标的数字）"
    if look.format and isinstance(value, str):
        beside = look.beside_text()
        return f"{text}（本单元格显示不完整）" if beside is None else _beside(beside.before, text, beside.after)
    counts = look.format and isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return _shown(value, look) if counts else text  # type: ignore[arg-type]  # only a number counts


def _shown(number: float, look: Look) -> str:
    """A number with what its format shows beside it; ? where it shows another."""
    seen = look.shown(number)
    if seen is None:
        return f"{_text(number)}?"
    exact = fraction(number) * 100 if seen.percent else fraction(number)
    if seen == _IN_POINTS:
        return show_number(exact)
    return _beside(seen.before, show_number(exact), f"{RATE if seen.percent else ''}{seen.after}")


def _beside(before: str, text: str, after: str) -> str:
    """What is seen of a text or number; digits of a format beside those that were typed make no number with them."""
    seen = f"{before}{text}{after}"
    return f"{seen}（填的是{text}）" if any(map(str.isdigit, before + after)) else seen


def _text(value: object) -> str:
    """What a cell holds as text: a number in its shortest decimal form, a day as 2025-03-01."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return show_number(float(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    text = str(value).strip(BLANKS)
    return text if len(text) <= _LONGEST else clean(text, _LONGEST)
