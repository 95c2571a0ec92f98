"""Files, sheets and rows that claim to be another project's: told with both names, and nobody else pays for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from selfeval.domain.filenames import coded_name, safe_name
from tests.forms.conftest import CLOTHES, HOTLINE, Year
from tests.forms.forms import cell_at, codes, open_form, put, read, saved, values


def _both(workspace: Path, year: Year) -> tuple[Path, Path]:
    return put(workspace, year, HOTLINE), put(workspace, year, CLOTHES)


def test_a_file_called_by_one_project_with_the_form_of_another_counts_for_neither(year: Year, workspace: Path) -> None:
    hotline, clothes = _both(workspace, year)
    sound = values(read(workspace, year, HOTLINE, CLOTHES))
    clothes.write_bytes(hotline.read_bytes())
    reported = read(workspace, year, HOTLINE, CLOTHES)
    (found,) = reported.problems
    assert (found.code, found.place.project) == ("E335", CLOTHES)
    assert all(name in found.message for name in (HOTLINE, CLOTHES, year.row(HOTLINE)["name"]))
    assert values(reported) == {key: value for key, value in sound.items() if key[0].startswith(HOTLINE)}
    hotline.unlink()
    alone = read(workspace, year, HOTLINE, CLOTHES)
    assert sorted(codes(alone)) == ["E301", "E335"]
    assert values(alone) == {}


def test_a_sheet_of_another_project_in_the_file_is_told_and_left(year: Year, workspace: Path) -> None:
    hotline, _ = _both(workspace, year)
    sound = values(read(workspace, year, HOTLINE, CLOTHES))
    book, sheet = open_form(hotline)
    copied = book.copy_worksheet(sheet)
    copied.title = "另一张"
    cell_at(copied, "meta.project").value = CLOTHES
    book.move_sheet(copied, -len(book.sheetnames))  # first, so that no order settles it
    hotline.write_bytes(saved(book))
    reported = read(workspace, year, HOTLINE, CLOTHES)
    (found,) = reported.problems
    assert (found.code, found.place.sheet) == ("W315", "另一张")
    assert CLOTHES in found.message
    assert year.row(HOTLINE)["name"] in found.message
    assert values(reported) == sound


def test_two_hidden_codes_in_one_sheet_are_not_chosen_between(year: Year, workspace: Path) -> None:
    hotline, _ = _both(workspace, year)
    book, sheet = open_form(hotline)
    cell = cell_at(sheet, "meta.project")
    sheet.append([line.value for line in sheet[cell.row]])
    sheet.cell(sheet.max_row, cell.column).value = CLOTHES
    hotline.write_bytes(saved(book))
    reported = read(workspace, year, HOTLINE, CLOTHES)
    assert codes(reported) == ["E311"]
    assert not any(key[0].startswith(HOTLINE) for key in values(reported))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps names that are no UTF-8")
def test_two_forms_whose_names_look_alike_are_still_two(year: Year, workspace: Path) -> None:
    form = put(workspace, year, HOTLINE)
    data = form.read_bytes()
    form.unlink()
    for name in (b"\xbc\xd7.xlsx", b"\xbc\xd8.xlsx"):
        (workspace / "inputs/2024/forms" / os.fsdecode(name)).write_bytes(data)
    reported = read(workspace, year, HOTLINE)
    assert codes(reported) == ["E307"]
    assert len({name for name, _ in reported.files}) == 2


def test_no_two_codes_share_a_name_and_no_name_is_too_long() -> None:
    assert coded_name("A", "B_x") != coded_name("A_B", "x")
    longest = safe_name("𠀀" * 300)
    assert len(f"{longest}_自评表（已复核12）.xlsx".encode()) <= 255
    assert safe_name(longest) == longest
