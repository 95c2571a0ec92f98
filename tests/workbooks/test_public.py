"""公开版: only the official forms, as they print, and nothing that a unit would not hand out."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.domain.scored_case import ScoredCase
from selfeval.workbooks.books import project_workbook
from selfeval.workbooks.public import CONTENTS, public_form, public_workbook, sheet_names
from tests.domain.rules import rulebook_2024
from tests.workbooks.sample import DATE, EVERY_KIND, FULL, HOSTILE, NARRATED, YEAR, Project, score_year

PHONE = NARRATED["phone"]
OTHER = "A0005"
SAID = {"result": "来电请拨 13931400000", "mark": NARRATED["mark"]}
INSIDE = ("selfeval", "rules/", ".yaml", "inputs/", "at_least", "评分依据", "警告", "等级", PHONE, 'state="hidden"')
PROJECTS = (
    Project(FULL, "12348法律服务热线", EVERY_KIND, narrative=NARRATED),
    Project(
        OTHER,
        "公务运转/经费[一]",
        EVERY_KIND[:4],
        narrative={"result": "来电请拨 13931400000", "mark": NARRATED["mark"]},
    ),
)


@pytest.fixture(scope="module")
def scored() -> list[ScoredCase]:
    made = score_year(PROJECTS)
    return [made.project(project.code) for project in PROJECTS]


@pytest.fixture(scope="module")
def book(scored: list[ScoredCase]) -> bytes:
    return made_of(scored)


def made_of(scored: list[ScoredCase]) -> bytes:
    rules = rulebook_2024()
    return public_workbook(YEAR, [public_form(one, rules) for one in scored], DATE)


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content), data_only=True)


def values(sheet: Worksheet) -> dict[str, object]:
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value not in {None, ""}}


def test_every_form_says_what_the_workbook_of_its_project_says_but_grade_and_telephone(
    scored: list[ScoredCase], book: bytes
) -> None:
    sheets = opened(book).worksheets[1:]
    assert len(sheets) == len(scored)
    for sheet, one in zip(sheets, scored, strict=True):
        own = opened(project_workbook(one, rulebook_2024(), DATE))["自评表"]
        theirs, ours = values(own), values(sheet)
        left_out = [value for at, value in theirs.items() if at not in ours]
        assert [str(value).partition("：")[0] for value in left_out] == ["自评等级", "联系电话"]
        assert ours == {at: value for at, value in theirs.items() if at in ours}
        assert (sheet.print_area, sheet.print_title_rows) == (
            own.print_area.replace("自评表", sheet.title),
            own.print_title_rows,
        )
        assert {at: one.height for at, one in sheet.row_dimensions.items()} == {
            at: one.height for at, one in own.row_dimensions.items()
        }
        assert [cell.number_format for row in sheet.iter_rows() for cell in row] == [
            cell.number_format for row in own.iter_rows() for cell in row
        ]


def test_the_file_holds_nothing_but_the_forms(book: bytes) -> None:
    with zipfile.ZipFile(BytesIO(book)) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    assert {re.sub(r"\d+", "", name.rpartition("/")[2]) for name in parts} == {
        *("[Content_Types].xml", ".rels", "workbook.xml.rels", "app.xml", "core.xml"),
        *("workbook.xml", "styles.xml", "theme.xml", "sharedStrings.xml", "sheet.xml"),
    }
    everything = "".join(parts.values())
    for word in (
        "selfeval",
        "rules/",
        ".yaml",
        "inputs/",
        "at_least",
        "评分依据",
        "警告",
        "等级",
        PHONE,
        'state="hidden"',
    ):
        assert word not in everything, word
    assert not re.search(r"<f[ >]|hidden=", everything)
    assert "<dc:creator></dc:creator>" in parts["docProps/core.xml"]
    assert {*re.findall(r'definedName name="([^"]+)"', everything)} == {
        "_xlnm.Print_Area",
        "_xlnm.Print_Titles",
    }


def test_the_first_page_leads_to_every_form_and_the_mark_stays(book: bytes) -> None:
    made = opened(book)
    contents = made[CONTENTS]
    links = [cell.hyperlink.location for row in contents.iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{sheet.title}'!A1" for sheet in made.worksheets[1:]]
    assert [sheet.title for sheet in made.worksheets] == [CONTENTS, "1 12348法律服务热线", "2 公务运转 经费 一"]
    assert all(any(NARRATED["mark"] in str(value) for value in values(sheet).values()) for sheet in made.worksheets)


def test_the_same_forms_give_the_same_bytes(scored: list[ScoredCase], book: bytes) -> None:
    assert made_of(scored) == book


def test_what_looks_like_a_telephone_elsewhere_is_told(scored: list[ScoredCase]) -> None:
    first, second = (public_form(one, rulebook_2024()).phones for one in scored)
    assert (first, second) == ((), ("13931400000",))


@settings(max_examples=50)
@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE)), min_size=1, max_size=12))
def test_sheets_have_names_that_every_program_takes(names: list[str]) -> None:
    made = sheet_names(names)
    assert len({name.lower() for name in made}) == len(names)
    for name in made:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)
        assert name == name.strip()


def test_a_name_that_is_cut_shows_that_it_is() -> None:
    assert sheet_names(["经费", "长" * 40]) == ["1 经费", f"2 {'长' * 28}…"]
