"""Each way in which a folder of forms goes wrong, and the message that tells of it."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from selfeval.domain.problems import Problem
from selfeval.domain.targets import INDICATORS
from selfeval.forms.identity import MARKER, fingerprint
from selfeval.forms.reading.folder import read_forms
from tests.forms.conftest import CENTRE, CLOTHES, HOTLINE, Year
from tests.forms.forms import cell_at, codes, open_form, put, read, saved, value, values


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


def test_a_project_without_a_form_is_asked_for(year: Year, workspace: Path) -> None:
    put(workspace, year, HOTLINE)
    found = only(read(workspace, year, HOTLINE, CLOTHES).problems)
    assert (found.code, found.place.project) == ("E301", CLOTHES)
    assert year.path(CLOTHES) in found.remedy
    assert f"selfeval forms 2024 --project {CLOTHES}" in found.remedy


def test_a_missing_folder_is_a_year_without_forms(year: Year, tmp_path: Path) -> None:
    reported = read_forms(tmp_path / "nowhere", year.targets, tmp_path)
    assert codes(reported) == ["E301"] * 28


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"", "空"), (b"hello", "不是 .xlsx"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 .xls")],
)
def test_a_file_that_cannot_be_opened_says_why(year: Year, workspace: Path, data: bytes, word: str) -> None:
    put(workspace, year, HOTLINE, data)
    found = only(read(workspace, year, HOTLINE).problems)
    assert (found.code, found.place.project, found.place.file) == ("E302", HOTLINE, year.path(HOTLINE))
    assert word in found.message


def test_a_truncated_form_is_damaged(year: Year, workspace: Path) -> None:
    whole = year.form(HOTLINE)
    put(workspace, year, HOTLINE, whole[: len(whole) // 2])
    assert codes(read(workspace, year, HOTLINE)) == ["E302"]


def test_one_broken_form_never_stops_the_others(year: Year, workspace: Path) -> None:
    put(workspace, year, HOTLINE, b"PK\x03\x04broken")
    put(workspace, year, CLOTHES)
    reported = read(workspace, year, HOTLINE, CLOTHES)
    assert codes(reported) == ["E302"]
    assert value(reported, f"{CLOTHES}-03") == ("2025-01-10", "date")


def test_a_workbook_that_is_no_form_is_told(year: Year, workspace: Path) -> None:
    put(workspace, year, HOTLINE)
    stray = workspace / "inputs/2024/forms/通知.xlsx"
    book = openpyxl.Workbook()
    book.save(stray)
    found = only(read(workspace, year, HOTLINE).problems)
    assert (found.code, found.place.file) == ("E303", "inputs/2024/forms/通知.xlsx")


def test_a_form_without_its_hidden_ids_says_how_to_get_a_new_one(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    sheet.delete_cols(1)
    path.write_bytes(saved(book))
    found = only(read(workspace, year, HOTLINE).problems)
    assert (found.code, found.place.project) == ("E303", HOTLINE)
    assert f"selfeval forms 2024 --project {HOTLINE}" in found.remedy


def test_a_form_of_another_version_is_not_guessed_at(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    sheet["A1"] = "selfeval.form.v9"
    path.write_bytes(saved(book))
    found = only(read(workspace, year, HOTLINE).problems)
    assert found.code == "E304"
    assert MARKER in found.message


def test_a_form_of_another_year_is_not_used(year: Year, workspace: Path) -> None:
    put(workspace, year, HOTLINE, year.form(HOTLINE, year=2023))
    reported = read(workspace, year, HOTLINE)
    assert codes(reported) == ["E305"]  # that it is missing follows from that
    assert values(reported) == {}


def test_a_form_of_an_unknown_project_is_not_used(year: Year, workspace: Path) -> None:
    put(workspace, year, HOTLINE)
    put(workspace, year, CLOTHES)
    found = only(read(workspace, year, HOTLINE).problems)
    assert found.code == "E306"
    assert CLOTHES in found.message


def test_of_two_forms_for_one_project_neither_is_used(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    second = path.with_name("最终版.xlsx")
    second.write_bytes(path.read_bytes())
    reported = read(workspace, year, HOTLINE)
    assert codes(reported) == ["E307"]
    assert all(name in reported.problems[0].message for name in (path.name, second.name))
    assert values(reported) == {}


def test_a_deleted_row_is_named(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    sheet.delete_rows(cell_at(sheet, f"{HOTLINE}-02").row)
    path.write_bytes(saved(book))
    reported = read(workspace, year, HOTLINE)
    found = only(reported.problems)
    assert (found.code, found.place.indicator) == ("E308", f"{HOTLINE}-02")
    assert value(reported, f"{HOTLINE}-02") == ("", "blank")


def test_a_deleted_column_is_named(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    sheet.delete_cols(cell_at(sheet, f"{HOTLINE}-02", "reason").column)
    path.write_bytes(saved(book))
    found = only(read(workspace, year, HOTLINE).problems)
    assert found.code == "E309"
    assert "偏差原因" in found.message


def test_an_unknown_indicator_is_not_used(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    row = sheet.max_row + 1
    sheet.cell(row, 1, f"{HOTLINE}-77")
    path.write_bytes(saved(book))
    found = only(read(workspace, year, HOTLINE).problems)
    assert (found.code, found.place.cell) == ("E310", f"A{row}")


@pytest.mark.parametrize(("copied", "told"), [(7321, []), (9999, ["E311"])])
def test_a_row_that_was_copied_counts_once_or_is_asked_about(
    year: Year, workspace: Path, copied: int, told: list[str]
) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    source = cell_at(sheet, f"{HOTLINE}-01")
    sheet.append([cell.value for cell in sheet[source.row]])
    sheet.cell(sheet.max_row, source.column).value = copied
    path.write_bytes(saved(book))
    reported = read(workspace, year, HOTLINE)
    assert codes(reported) == told
    assert value(reported, f"{HOTLINE}-01") == ("7321", "dropped" if told else "number")


def test_two_form_sheets_in_one_file_are_not_chosen_between(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    copy = book.copy_worksheet(sheet)
    path.write_bytes(saved(book))
    assert codes(read(workspace, year, HOTLINE)) == []
    cell_at(copy, f"{HOTLINE}-01").value = 1
    path.write_bytes(saved(book))
    assert codes(read(workspace, year, HOTLINE)) == ["E312"]


def test_links_are_not_followed(year: Year, workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "form.xlsx").write_bytes(year.form(HOTLINE))
    folder = workspace / "inputs/2024/forms"
    (folder / "文件.xlsx").symlink_to(outside / "form.xlsx")
    (folder / "文件夹").symlink_to(outside, target_is_directory=True)
    reported = read(workspace, year, HOTLINE)
    assert sorted(codes(reported)) == ["E301", "E313", "E313"]
    assert values(reported) == {}


def test_a_folder_of_forms_that_is_a_link_out_of_the_workspace_is_not_read(
    year: Year, workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("elsewhere")
    (outside / "form.xlsx").write_bytes(year.form(HOTLINE))
    folder = workspace / "inputs/2024/forms"
    folder.rmdir()
    folder.symlink_to(outside, target_is_directory=True)
    assert sorted(codes(read(workspace, year, HOTLINE))) == ["E301", "E313"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps names that are no UTF-8")
def test_a_name_in_another_encoding_is_still_reported_readably(year: Year, workspace: Path) -> None:
    folder = workspace / "inputs/2024/forms"
    name = os.fsdecode("自评表.xlsx".encode("gb18030"))
    (folder / name).write_bytes(b"")
    broken = next(one for one in read(workspace, year, HOTLINE).problems if one.code == "E302")
    assert broken.place.file.encode("utf-8").endswith(b".xlsx")


def test_a_form_that_does_not_say_its_project_is_told(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    sheet.delete_rows(cell_at(sheet, "meta.project").row)
    path.write_bytes(saved(book))
    assert codes(read(workspace, year, HOTLINE)) == ["E314"]


def test_other_files_are_named_hidden_ones_if_they_may_be_forms_and_locks_are_not(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    for name in ("~$锁.xlsx", "._锁.xlsx", ".DS_Store", "Thumbs.db", ".a.lock", ".隐藏.xlsx", "说明.docx", "旧表.xls"):
        path.with_name(name).write_bytes(b"x")
    hidden = path.parent / ".旧版"
    hidden.mkdir()
    (hidden / "旧.xlsx").write_bytes(path.read_bytes())
    reported = read(workspace, year, HOTLINE)
    assert [(one.code, Path(one.place.file).name) for one in reported.problems] == [
        ("W318", ".隐藏.xlsx"),
        ("W301", "旧表.xls"),
        ("W301", "说明.docx"),
    ]


def test_a_form_made_for_an_older_target_says_so(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    own = fingerprint(year.promised[HOTLINE].indicators[0].level3, "≥6000次")
    cell_at(sheet, f"{HOTLINE}-01", "fingerprint").value = own
    cell_at(sheet, f"{HOTLINE}-01", "target").value = "≥6000次"
    path.write_bytes(saved(book))
    reported = read(workspace, year, HOTLINE)
    found = only(reported.problems)
    assert (found.code, found.place.indicator) == ("W303", f"{HOTLINE}-01")
    assert "≥6000次" in found.message
    assert "≥7000次" in found.message
    assert value(reported, f"{HOTLINE}-01") == ("7321", "number")


@pytest.mark.parametrize(
    ("typed", "printed", "expected"),
    [
        (20, "≤20万元", ("20万元", "text")),
        ("20", "≤20万元", ("20万元", "text")),
        ("二十", "≤20万元", ("20万元", "text")),
        (18, "15-20万元", ("18万元", "text")),
        (20, "≤30元", ("20", "number")),
        ("200000元", "≤20万元", ("200000元", "text")),
        ("约20", "≤20万元", ("约20万元", "text")),
        (20, "显著", ("20", "number")),
    ],
)
def test_a_number_beside_an_older_target_has_the_unit_printed_there(
    year: Year, workspace: Path, typed: object, printed: str, expected: tuple[str, str]
) -> None:
    first = f"{HOTLINE}-01"
    indicators = year.targets.indicators.frame.copy()
    indicators.loc[indicators["indicator"] == first, "target"] = "≤200000元"
    now = replace(year, targets=replace(year.targets, indicators=INDICATORS.of_frame(indicators)))
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    cell_at(sheet, first, "target").value = printed
    cell_at(sheet, first, "hint").value = None  # it named the unit of the target that the form was made from
    cell_at(sheet, first, "fingerprint").value = fingerprint(year.promised[HOTLINE].indicators[0].level3, printed)
    cell_at(sheet, first).value = typed  # type: ignore[assignment]
    path.write_bytes(saved(book))
    reported = read(workspace, now, HOTLINE)
    assert only(reported.problems).code == "W303"
    assert value(reported, first) == expected


def test_the_order_in_which_files_are_found_does_not_show(
    year: Year, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    projects = (HOTLINE, CLOTHES, CENTRE)
    for code in projects:
        put(workspace, year, code)
    first = read(workspace, year, *projects)
    walk = os.walk

    def backwards(top: Path) -> list[tuple[str, list[str], list[str]]]:
        return [(here, folders, files[::-1]) for here, folders, files in walk(top)]

    monkeypatch.setattr("selfeval.forms.reading.folder.os.walk", backwards)
    second = read(workspace, year, *projects)
    assert dict(first.projects) == dict(second.projects)
    assert first.problems == second.problems


def test_a_sheet_with_nothing_in_it_is_no_form(year: Year, workspace: Path) -> None:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    put(workspace, year, HOTLINE, buffer.getvalue())
    assert codes(read(workspace, year, HOTLINE)) == ["E303"]


def test_a_sheet_that_would_fill_the_memory_is_refused(year: Year, workspace: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["ZY90000"] = 1, 1
    put(workspace, year, HOTLINE, saved(book))
    found = only(read(workspace, year, HOTLINE).problems)
    assert found.code == "E302"
    assert "万个单元格" in found.message


def test_rows_that_nobody_knows_are_told_a_hundred_times_and_then_counted(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    left = next(cell.column for line in sheet for cell in line if cell.value == MARKER)
    for number in range(130):
        sheet.cell(100 + number, left).value = f"x{number}"
    path.write_bytes(saved(book))
    reported = read(workspace, year, HOTLINE)
    assert codes(reported).count("E310") == 100
    assert "另有30行" in next(one.message for one in reported.problems if one.code == "E339")
    assert value(reported, f"{HOTLINE}-01") == ("7321", "number")


def test_an_answer_as_long_as_a_book_is_not_read(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    for row in (f"{HOTLINE}-01", "payments.03", "narrative.result"):
        cell_at(sheet, row).value = "其中" * 300
    path.write_bytes(saved(book))
    reported = read(workspace, year, HOTLINE)
    assert value(reported, f"{HOTLINE}-01") == (f"{'其中' * 15}…（共600字）", "long")
    assert value(reported, HOTLINE, "3")[1] == "long"
    assert value(reported, HOTLINE, "result") == ("其中" * 300, "text")


@pytest.mark.parametrize(("copied", "told"), [(7321, []), (9999, ["E311"])])
def test_a_column_that_was_copied_counts_once_or_is_asked_about(
    year: Year, workspace: Path, copied: int, told: list[str]
) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    source = cell_at(sheet, f"{HOTLINE}-01")
    beside = sheet.max_column + 1
    for row in range(1, sheet.max_row + 1):
        of = sheet.cell(row, source.column)
        copy = sheet.cell(row, beside)
        copy.value, copy.number_format = of.value, of.number_format
    sheet.cell(source.row, beside).value = copied
    path.write_bytes(saved(book))
    reported = read(workspace, year, HOTLINE)
    assert codes(reported) == told
    assert value(reported, f"{HOTLINE}-01") == ("7321", "dropped" if told else "number")
