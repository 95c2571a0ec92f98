"""What may be typed into a cell, with the messages of Excel and WPS in plain Chinese."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from selfeval.domain.expression.tree import Expression, Name, all_of, is_number, when
from selfeval.domain.reading.quantity import RATE_FROM, show_number

EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
Bound = float | dt.date | Expression | None


@dataclass(frozen=True)
class Entry:
    """What may be typed: any text, one of some choices, a day or a number between bounds, or what passes a test.

    A bound may be an expression over other cells of the same row, a test one over the cell itself too: LibreOffice
    still finds the old value there when it works out a bound. ``prompt`` and ``refusal`` are the title and message
    shown before and after typing; ``free`` lets other texts than the choices pass after a question.
    """

    kind: Literal["text", "choice", "day", "number", "test"]
    choices: tuple[str, ...] = ()
    least: Bound = None
    most: Bound = None
    prompt: tuple[str, str] = ("", "")
    refusal: tuple[str, str] = ("", "")
    free: bool = False
    test: Expression | None = None


TEXT = Entry("text")
"""Any text may stand here."""


_ANY = 1e12


def day(example: str) -> Entry:
    """A whole date; ``example`` is one as it may be typed."""
    refusal = ("应为日期", f"请填完整的日期，如{example}；不要写“已完成”“12月底”之类的文字。")
    return Entry("day", (), EARLIEST, LATEST, ("填日期", f"写全年月日，如{example}。"), refusal)


def choice(choices: Sequence[str], title: str = "", *, free: bool = False) -> Entry:
    """One of a list; ``title`` heads the prompt."""
    prompt = title, "请点右边的箭头（或按Alt+↓），从列表里选。"
    refusal = "请从列表里选", "这里只能从下拉列表里选，不能自己写。"
    return Entry("choice", tuple(choices), prompt=prompt, refusal=refusal, free=free)


def number(unit: str = "", least: Fraction | None = None, most: Fraction | None = None) -> Entry:
    """A number in a unit, between bounds where there are any."""
    said = f"单位：{unit}。" if unit else ""
    within = f"{said}{_within(least, most, unit)}"
    refusal = ("应为数字", f"请只填数字。{within}不要写单位、逗号和“约”等文字。")
    low, high = (-_ANY if least is None else float(least)), (_ANY if most is None else float(most))
    return Entry("number", (), low, high, ("填数字", f"{said}只填数字，不要写单位。"), refusal)


def percent(given: Name, least: Fraction | None = None, most: Fraction | None = None, *, small: bool = False) -> Entry:
    """A percentage between bounds (95 for 95%); one that is usually below 1% (``small``) must be typed with its sign.

    ``given`` is the cell: a program that does not take 95 for 95% there leaves 95 in it.
    """
    # Excel takes 95 for 95% in such a cell, but 0.3 for 30%
    how = "请连百分号一起输入，如0.3%。" if small else "输入95或95%都可以，单元格里会显示95.00%。"
    refusal = f"请填百分数，如{'0.3%' if small else '95%'}；{_within(least, most, '%')}不要写文字。"
    low, high = (_shared(given, end) for end in (least, most))
    test = all_of(
        is_number(given), *(() if low is None else (given >= low,)), *(() if high is None else (given <= high,))
    )
    return Entry("test", test=test, prompt=("填百分数", how), refusal=("应为百分数", refusal))


def _shared(given: Name, end: Fraction | None) -> Expression | Fraction | None:
    return end if not end else when(given >= RATE_FROM, end, end / 100)


def _within(least: Fraction | None, most: Fraction | None, unit: str) -> str:
    low, high = ("" if end is None else f"{show_number(end)}{unit}" for end in (least, most))
    return f"应在{low}至{high}之间；" if low and high else "不能小于0；" if low else f"不能大于{high}；" if high else ""
