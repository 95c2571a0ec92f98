"""公开版: the official forms of several projects in one workbook, as they print, and nothing else.

Values alone: what the formulas of 自评表 read (评分依据) is not handed out. No grades, no telephones.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from selfeval.domain.case import WHOLE
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import ScoredCase
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Book, Cell, CellLink, Column, Row, Sheet, cell
from selfeval.sheets.page import UPRIGHT
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.shown import shown_sheet
from selfeval.sheets.styles import with_decimals
from selfeval.sheets.text import clean
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.writer import workbook
from selfeval.workbooks.conventions import DASH
from selfeval.workbooks.form_sheet import COLUMNS, FORM, form_sheet
from selfeval.workbooks.grounds_sheet import grounds_sheet
from selfeval.workbooks.schedule_sheet import schedule_sheet

CONTENTS = "目录"
_COLUMNS = (
    Column("seq", "序号", 7),
    Column("unit", "实施单位", 30),
    Column("name", "项目名称", 46),
    Column("look", "查看", 8),
)
_TOP = "form"
_LONGEST_NAME = 31
"""Characters of the name of a sheet."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\s]+")
_PHONE = re.compile(r"(?<![\d.])(?:1[3-9]\d{9}|0\d{2,3}[-－—– ]?\d{7,8}|[2-8]\d{6,7}(?=\D{0,4}(?:转|分机)))(?![\d.])")


@dataclass(frozen=True)
class Public:
    """One form to hand out, of a ``subject``: 项目支出. ``phones``: what in it looks like a telephone number."""

    subject: str
    unit: str
    name: str
    mark: str
    sheet: Sheet
    phones: tuple[str, ...]
    is_whole: bool = False
    """Whether it is that of a department's own part, which is no project."""


def public_form(scored: ScoredCase, rulebook: Rulebook) -> Public:
    """The official form of a scored project without its grade and telephone, as values."""
    case = scored.case
    made = (
        form_sheet(scored, rulebook, public=True),
        grounds_sheet(scored, rulebook),
        schedule_sheet(scored, rulebook),
    )
    sheets = tuple(sheet for sheet in made if sheet is not None)
    book = Book(FORM, dt.date(case.year, 1, 1), with_decimals(WORKBOOKS, scored.way.places), sheets)
    sheet = shown_sheet(book, FORM)
    texts = (one.content for row in sheet.rows for one in row.cells if isinstance(one.content, str))
    phones = tuple(dict.fromkeys(found.group() for text in texts for found in _PHONE.finditer(text)))
    return Public(case.subject, case.project.unit_name, case.project.name, case.mark, sheet, phones, case.is_whole)


def public_workbook(year: int, forms: Sequence[Public], date: dt.date) -> bytes:
    """The workbook of some forms as an xlsx file, the same for the same forms: a page of contents, a sheet a form."""
    title = f"{'和'.join(dict.fromkeys(form.subject for form in forms))}绩效自评表（{year}年度）"
    numbered = iter(sheet_names([form.name for form in forms if not form.is_whole]))
    names = [WHOLE if form.is_whole else next(numbered) for form in forms]
    sheets = [
        replace(form.sheet, name=name, rows=(form.sheet.rows[0]._replace(id=_TOP), *form.sheet.rows[1:]))
        for form, name in zip(forms, names, strict=True)
    ]
    mark = "；".join(dict.fromkeys(form.mark for form in forms if form.mark))
    contents = _contents(title, forms, names, mark)
    return workbook(Book(title, date, WORKBOOKS, (contents, *sheets), handed_out=True))


def sheet_names(names: Sequence[str]) -> list[str]:
    """A name for the sheet of each project that every program takes: its number, then as much of its name as fits."""
    digits = len(str(len(names)))
    return [_sheet_name(f"{number:0{digits}}", name) for number, name in enumerate(names, start=1)]


def _sheet_name(number: str, name: str) -> str:
    plain = _FORBIDDEN.sub(" ", clean(name)).strip()
    room = _LONGEST_NAME - len(number) - 1
    kept = plain if _units(plain) <= room else ""
    if plain and not kept:
        kept = plain[:room]
        while _units(kept) > room - 1:
            kept = kept[:-1]
        kept = f"{kept.strip()}…"
    return f"{number} {kept}".strip()


def _units(text: str) -> int:
    """The length as Excel counts it: an emoji counts twice."""
    return len(text.encode("utf-16-le")) // 2


def _contents(title: str, forms: Sequence[Public], names: Sequence[str], mark: str) -> Sheet:
    """The first sheet: every form with a link, the projects numbered."""
    first = 1 - sum(form.is_whole for form in forms)  # it stands before the projects
    numbered = enumerate(zip(forms, names, strict=True), start=first)
    rows = (
        banner(_COLUMNS, title, "title", mark, 30),
        headings(_COLUMNS, height=26.0, frozen=True),
        *(Row(tuple(_line(number, *both)), height=Fit(22.0)) for number, both in numbered),
    )
    return Sheet(CONTENTS, _COLUMNS, rows, replace(UPRIGHT, tall=0, header=f"【{mark}】" if mark else ""))


def _line(number: int, form: Public, sheet: str) -> Iterator[Cell]:
    yield Cell("seq", number or DASH, "count")
    yield Cell("unit", clean(form.unit), "text")
    yield Cell("name", clean(form.name))
    yield Cell("look", CellLink(cell(_TOP, COLUMNS[0].id, sheet), "查看"), "link")
