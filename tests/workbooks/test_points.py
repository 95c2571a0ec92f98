"""Workbooks of rulebooks with their own words on points: every formula calculates what is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from selfeval.domain.measures.measure import PENDING
from selfeval.domain.rulebook import ExecutionWhen, Rounding, Rulebook
from selfeval.domain.scored import State
from selfeval.sheets.layout import Layout
from selfeval.sheets.model import Book
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.values import Values
from selfeval.workbooks.books import project_sheets
from selfeval.workbooks.conventions import DASH
from selfeval.workbooks.form_sheet import FORM
from selfeval.workbooks.rules_sheet import RULES
from tests.recalculation.engine import Calculator
from tests.workbooks.points import EXTRAS, PLAIN, ROUNDED, UNCAPPED, rulebook
from tests.workbooks.sample import DATE, Project, Year, score_year


def regimes(root: Path) -> Iterator[tuple[Rulebook, Sequence[Project]]]:
    """Rulebooks with the projects that they can score."""
    rounded, uncapped = rulebook(ROUNDED, root), rulebook(UNCAPPED, root)
    yield rounded, (*PLAIN, *EXTRAS)
    yield replace(rounded, id="fine", rounding=Rounding(), total_cap="none"), EXTRAS
    yield replace(rounded, id="whole", rounding=Rounding(0, "floor"), not_applicable="whole_form"), (*PLAIN, *EXTRAS)
    zero = replace(rounded.execution, when=ExecutionWhen("zero", "full"))
    yield replace(rounded, id="zero", execution=zero), PLAIN
    yield uncapped, PLAIN
    free = replace(uncapped.execution, cap="none")
    yield replace(uncapped, id="free", rounding=Rounding(1), execution=free), PLAIN


@pytest.mark.xdist_group("libreoffice")
def test_libreoffice_calculates_what_the_workbooks_store(
    calculator: Calculator, project_root: Path, tmp_path: Path
) -> None:
    files = []
    for rules, projects in regimes(project_root):
        year = score_year(projects, rules)
        for project in projects[::3]:
            files.append(tmp_path / f"{rules.id}-{project.code}.xlsx")
            files[-1].write_bytes(year.workbook(project.code))
        files.append(tmp_path / f"{rules.id}.xlsx")
        files[-1].write_bytes(year.summary())
    books = calculator.recalculate(files)
    assert sum(book.count for book in books) > 100 * len(files)
    assert [str(difference) for book in books for difference in book.differences] == []


def workbook_of(year: Year, code: str) -> Callable[[str, str, str], object]:
    """What the cells of a project's workbook show, as a spreadsheet calculates them, by sheet, row and column."""
    layout = Layout(Book("", DATE, WORKBOOKS, project_sheets(year.project(code), year.rulebook)))
    values = Values(layout)

    def shown(sheet: str, row: str, column: str) -> object:
        laid = layout.sheets[sheet]
        return values.at(laid, laid.row_at[row], laid.column_at[column])

    return shown


def test_every_live_score_and_total_is_that_of_the_record(project_root: Path) -> None:
    for rules, projects in regimes(project_root):
        year = score_year(projects, rules)
        for project in projects:
            scored, shown = year.project(project.code), workbook_of(year, project.code)
            for row in scored.rows:
                cell = shown("评分依据", row.indicator, "score")
                wanted = row.state.label if row.score is None else row.score / 100
                assert cell == wanted, (rules.id, project.code, row.indicator, row.sentence)
            total = scored.total
            cell = shown("评分依据", "total", "score")
            if total.total is not None:
                assert cell == total.total / 100, (rules.id, project.code)
            else:
                least, most = (float(part) for part in str(cell).removesuffix(" 以上").split(" – "))
                assert (least, most) == (total.lowest / 100, total.highest / 100), (rules.id, project.code)
            assert shown("评分依据", "grade", "score") == total.grade


def test_the_official_form_says_what_a_total_holds(project_root: Path) -> None:
    year = score_year(EXTRAS, rulebook(ROUNDED, project_root))
    scored = year.project("Q0006")
    layout = Layout(Book("", DATE, WORKBOOKS, project_sheets(scored, year.rulebook)))
    contents = (cell.content for row in layout.sheets[FORM].sheet.rows for cell in row.cells)
    texts = " ".join(content for content in contents if isinstance(content, str))
    assert "（最多加5分）" in texts
    assert "（最多扣10分）" in texts
    assert "含加分，不超过100；已扣扣分项" in texts


_ERROR = re.compile(rb't="e"[^>]*>(?:<f>[^<]*</f>)?<v>(?!#N/A<)')
"""Not what a chart leaves out."""


def test_no_cell_of_a_workbook_stores_an_error(project_root: Path) -> None:
    """A cancelled project has an execution rate that is 不涉及: no number, in the summary either."""
    for rules, projects in regimes(project_root):
        year = score_year(projects, rules)
        for content in (year.summary(), *(year.workbook(project.code) for project in projects)):
            with ZipFile(BytesIO(content)) as book:
                broken = [name for name in book.namelist() if _ERROR.search(book.read(name))]
            assert broken == [], rules.id


def test_a_cancelled_project_has_no_payments_to_wait_for(project_root: Path) -> None:
    for name, word in ((ROUNDED, DASH), ("national-2020", PENDING)):  # one says what it means, one asks
        year = score_year([project for project in PLAIN if project.code == "Q0003"], rulebook(name, project_root))
        columns, shown = ("share", "planned", "short", "kept", "verdict"), workbook_of(year, "Q0003")
        assert {shown("资金支出进度", "month.6", column) for column in columns} == {word}
        assert shown("资金支出进度", "budget", "plan") == 0


def test_the_label_of_a_sum_is_seen_whole(project_root: Path) -> None:
    year = score_year(PLAIN, rulebook(UNCAPPED, project_root))
    layout = Layout(Book("", DATE, WORKBOOKS, project_sheets(year.project("Q0001"), year.rulebook)))
    laid = layout.sheets["评分依据"]
    long, short = (laid.heights[laid.row_at[name]] or 0.0 for name in ("highest", "total"))
    assert long > short


def test_each_scale_of_levels_names_the_rules_it_belongs_to(project_root: Path) -> None:
    year = score_year(PLAIN, rulebook(ROUNDED, project_root))
    layout = Layout(Book("", DATE, WORKBOOKS, project_sheets(year.project("Q0001"), year.rulebook)))
    contents = [str(cell.content) for row in layout.sheets[RULES].sheet.rows for cell in row.cells]
    (label,) = (text for text in contents if text.startswith("完成档次（"))
    number = label.removeprefix("完成档次（").removesuffix("）")
    assert any(text.startswith(f"{number}　定性") for text in contents), label


def test_an_execution_that_earns_no_points_is_neither_asked_for_nor_printed_with_points(project_root: Path) -> None:
    plain = rulebook("national-2020", project_root)
    own = plain.execution.section
    more = {own: 0, "output": plain.sections[1].points + plain.execution_points}
    sections = tuple(replace(part, points=more.get(part.id, part.points)) for part in plain.sections)
    rules = replace(plain, sections=sections)
    (cancelled,) = (project for project in PLAIN if project.code == "Q0003")
    cancelled = replace(cancelled, indicators=[one for one in PLAIN[0].indicators if one.target != "月度时序"])
    year = score_year([cancelled], rules)
    scored = year.project(cancelled.code)
    assert scored.rows[0].state is State.NOT_APPLICABLE
    assert not {"E421", "W501"} & {found.code for found in scored.problems}
    assert scored.rows[0].sentence.endswith("，不评分；它没有分值。")
