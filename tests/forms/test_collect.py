"""Forms that come back, in whatever way: recognised, compared, put in place, and no version lost."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from selfeval.domain.reported import Reported
from selfeval.domain.targets import INDICATORS
from selfeval.forms.reading.folder import HISTORY
from selfeval.forms.writing.deliver import write_forms
from selfeval.packages.files import digest
from selfeval.packages.made import remember_made
from selfeval.packages.writing import write_whole
from tests.forms.collecting import edited, only, take
from tests.forms.conftest import CLOTHES, HOTLINE, Year
from tests.forms.forms import open_form, read, saved, value


def test_a_form_goes_to_its_place_whatever_it_is_called(year: Year, workspace: Path, back: Path) -> None:
    (back / "第二批").mkdir()
    (back / "副本 (1).xlsx").write_bytes(year.form(HOTLINE))
    (back / "第二批/最终版.XLSX").write_bytes(year.form(CLOTHES))
    done = take(year, workspace, back)
    assert done.problems == []
    assert done.placed == {HOTLINE: "交来的/副本 (1).xlsx", CLOTHES: "交来的/第二批/最终版.XLSX"}
    assert (workspace / year.path(HOTLINE)).read_bytes() == year.form(HOTLINE)
    assert read(workspace, year, HOTLINE, CLOTHES).problems == ()


@pytest.mark.parametrize("name", ["表", "表.bak", "表.doc", "表.xls", "表.ods"])
def test_a_form_is_known_by_its_content_whatever_its_name_ends_with(
    year: Year, workspace: Path, back: Path, name: str
) -> None:
    (back / name).write_bytes(year.form(HOTLINE))
    (back / "别的.bak").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a letter")
    done = take(year, workspace, back)
    assert done.placed == {HOTLINE: f"交来的/{name}"}
    assert [one.code for one in done.problems] == ["W301"]
    assert (workspace / year.path(HOTLINE)).read_bytes() == year.form(HOTLINE)


def test_an_archive_is_as_good_as_a_folder(year: Year, workspace: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "交表.zip", "w") as file:
        file.writestr("财务科/表.xlsx", year.form(HOTLINE))
    assert take(year, workspace, tmp_path / "交表.zip").placed == {HOTLINE: "交表.zip/财务科/表.xlsx"}


def test_each_of_several_archives_is_read(year: Year, workspace: Path, back: Path) -> None:
    for project in (HOTLINE, CLOTHES):
        with zipfile.ZipFile(back / f"{project}.zip", "w") as file:
            file.writestr("表.xlsx", year.form(project))
    done = take(year, workspace, back)
    assert (done.problems, [*done.placed]) == ([], [HOTLINE, CLOTHES])


def test_the_same_form_twice_is_one(year: Year, workspace: Path, back: Path) -> None:
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    (back / "表 - 副本.xlsx").write_bytes(edited(year))
    done = take(year, workspace, back)
    assert done.problems == []
    assert list(done.placed) == [HOTLINE]


def test_texts_of_last_year_are_sent_and_not_received(year: Year, workspace: Path, back: Path) -> None:
    texts = {HOTLINE: {("narrative.filler", "actual"): "赵一鸣", (f"{HOTLINE}-01", "evidence"): "统计表"}}
    projects, forms = [year.case(HOTLINE, Reported())], workspace / "inputs/2024/forms"
    write_forms(projects, year.rulebook, forms, workspace, carried=texts)
    (back / "表.xlsx").write_bytes(edited(year, date=None))
    done = take(year, workspace, back)
    assert (done.placed, done.problems) == ({HOTLINE: "交来的/表.xlsx"}, [])


def test_a_replaced_form_goes_into_the_history_under_its_own_date(year: Year, workspace: Path, back: Path) -> None:
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    take(year, workspace, back)
    for actual, day in ((6500, 20), (6600, 20), (6700, 25)):
        (back / "表.xlsx").write_bytes(edited(year, actual_01=actual, date=dt.date(2025, 1, day)))
        done = take(year, workspace, back, accept_newest=actual == 6600)
        assert (only(done.problems).code, list(done.replaced)) == ("I301", [HOTLINE])
    kept = sorted(path.name for path in ((workspace / year.path(HOTLINE)).parent / HISTORY).iterdir())
    stem = Path(year.path(HOTLINE)).stem
    names = ("2025-01-10", "2025-01-20 之2", "2025-01-20")
    assert kept == sorted(f"{stem}（{name}）.xlsx" for name in names)
    assert value(read(workspace, year, HOTLINE), f"{HOTLINE}-01") == ("6700", "number")
    first = (workspace / year.path(HOTLINE)).parent / HISTORY / f"{stem}（2025-01-10）.xlsx"
    assert first.read_bytes() == year.form(HOTLINE)


@pytest.mark.parametrize(("day", "label"), [(dt.date(2025, 2, 1), "2025-02-01"), (None, "第1版")])
def test_a_version_without_a_date_is_kept_by_the_day_given_or_by_number(
    year: Year, workspace: Path, back: Path, day: dt.date | None, label: str
) -> None:
    (back / "表.xlsx").write_bytes(edited(year, date=None))
    take(year, workspace, back)
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    found = only(take(year, workspace, back, day=day, accept_newest=True).problems)
    assert label in found.remedy


def test_a_form_older_than_the_one_in_place_does_not_replace_it(year: Year, workspace: Path, back: Path) -> None:
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    take(year, workspace, back)
    (back / "表.xlsx").write_bytes(edited(year, actual_01=6500, date=dt.date(2025, 1, 5)))
    done = take(year, workspace, back)
    assert only(done.problems).code == "E326"
    assert value(read(workspace, year, HOTLINE), f"{HOTLINE}-01") == ("7321", "number")


def test_collecting_twice_changes_nothing(year: Year, workspace: Path, back: Path) -> None:
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    take(year, workspace, back)
    done = take(year, workspace, back)
    assert (done.placed, done.replaced, list(done.unchanged)) == ({}, {}, [HOTLINE])


@pytest.mark.parametrize("name", ["表.xlsx", "表.xlsm"])
def test_collecting_the_same_file_again_leaves_the_correction_alone(
    year: Year, workspace: Path, back: Path, name: str
) -> None:
    (back / name).write_bytes(year.form(HOTLINE))
    take(year, workspace, back)
    home = workspace / year.path(HOTLINE)
    corrected = edited(year, actual_01=6500)
    home.write_bytes(corrected)
    for newest in (False, True):
        done = take(year, workspace, back, accept_newest=newest)
        assert (done.problems, list(done.unchanged)) == ([], [HOTLINE])
        assert home.read_bytes() == corrected


@pytest.mark.parametrize("day", [dt.date(2025, 1, 10), None])
def test_a_form_that_dates_do_not_show_to_be_newer_is_asked_about(
    year: Year, workspace: Path, back: Path, day: dt.date | None
) -> None:
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    take(year, workspace, back)
    (back / "表.xlsx").write_bytes(edited(year, actual_01=6500, date=day))
    done = take(year, workspace, back)
    found = only(done.problems)
    assert found.code == "E325"
    assert "解答12348来电次数实际完成值（J59）7321 → 6500" in found.message
    assert "已收的一份未改动" in found.message
    assert done.unsettled == {HOTLINE: ("交来的/表.xlsx",)}
    assert (workspace / year.path(HOTLINE)).read_bytes() == year.form(HOTLINE)
    assert only(take(year, workspace, back, accept_newest=True).problems).code == "I301"
    assert value(read(workspace, year, HOTLINE), f"{HOTLINE}-01") == ("6500", "number")


def test_an_earlier_original_is_kept(year: Year, workspace: Path, back: Path) -> None:
    (back / "表.xlsm").write_bytes(year.form(HOTLINE))
    take(year, workspace, back)
    (back / "表.xlsm").write_bytes(edited(year, actual_01=6500, date=dt.date(2025, 1, 20)))
    assert list(take(year, workspace, back).replaced) == [HOTLINE]
    home = workspace / year.path(HOTLINE)
    kept = home.parent / HISTORY / f"{home.stem}（2025-01-10）.xlsm"
    assert kept.read_bytes() == year.form(HOTLINE)


def test_a_form_elsewhere_that_looks_blank_is_kept(year: Year, workspace: Path, back: Path) -> None:
    home = workspace / year.path(HOTLINE)
    elsewhere = home.parent.parent / "别处/表.xlsx"
    elsewhere.parent.mkdir(parents=True)
    blank = year.form(HOTLINE, filled=False)
    elsewhere.write_bytes(blank)
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    assert list(take(year, workspace, back).placed) == [HOTLINE]
    assert not elsewhere.exists()
    assert [one.read_bytes() for one in (elsewhere.parent / HISTORY).iterdir()] == [blank]


def test_a_form_sent_again_with_the_same_values_on_changed_targets_is_taken(
    year: Year, workspace: Path, back: Path
) -> None:
    indicators = year.targets.indicators.frame.copy()
    indicators.loc[indicators["indicator"] == f"{HOTLINE}-01", "target"] = "≥6000次"
    before = replace(year, targets=replace(year.targets, indicators=INDICATORS.of_frame(indicators)))
    (back / "表.xlsx").write_bytes(before.form(HOTLINE))
    take(year, workspace, back)
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    found = only(take(year, workspace, back).problems)
    assert found.code == "I301"
    assert "≥6000次" in found.message
    assert (workspace / year.path(HOTLINE)).read_bytes() == year.form(HOTLINE)
    assert read(workspace, year, HOTLINE).problems == ()


def test_an_empty_form_is_not_taken_and_never_replaces_a_filled_one(year: Year, workspace: Path, back: Path) -> None:
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    take(year, workspace, back)
    (back / "表.xlsx").write_bytes(year.form(HOTLINE, filled=False))
    assert only(take(year, workspace, back).problems).code == "W305"
    assert (workspace / year.path(HOTLINE)).read_bytes() == year.form(HOTLINE)


def test_an_empty_form_in_place_is_replaced_without_a_word(year: Year, workspace: Path, back: Path) -> None:
    home = workspace / year.path(HOTLINE)
    home.parent.mkdir(parents=True)
    home.write_bytes(year.form(HOTLINE, filled=False))
    remember_made(workspace / "inputs/2024/forms", [digest(home.read_bytes())], workspace)
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    assert take(year, workspace, back).problems == []
    assert not (home.parent / HISTORY).exists()


def test_other_files_are_told_and_not_taken(year: Year, workspace: Path, back: Path) -> None:
    (back / "别的年度.xlsx").write_bytes(year.form(HOTLINE, year=2023))
    (back / "假的.xlsx").write_bytes(b"a,b\n1,2\n")
    (back / "坏的.zip").write_bytes(b"PK\x03\x04")
    (back / "包.rar").write_bytes(b"Rar!")
    (back / "说明.docx").write_bytes(b"x")
    (back / "坏的.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    done = take(year, workspace, back)
    told = sorted((one.code, Path(one.place.file).name) for one in done.problems)
    assert told == [
        ("E302", "假的.xlsx"),
        ("E302", "坏的.xls"),
        ("E305", "别的年度.xlsx"),
        ("E324", "包.rar"),
        ("E324", "坏的.zip"),
        ("W301", "说明.docx"),
    ]
    assert done.placed == {}


def test_a_form_for_older_targets_is_taken_and_says_so_indicator_by_indicator(
    year: Year, workspace: Path, back: Path
) -> None:
    indicators = year.targets.indicators.frame.copy()
    indicators.loc[indicators["indicator"] == f"{HOTLINE}-01", "target"] = "≥6000次"
    before = replace(year, targets=replace(year.targets, indicators=INDICATORS.of_frame(indicators)))
    (back / "表.xlsx").write_bytes(before.form(HOTLINE))
    take(year, workspace, back)
    reported = read(workspace, year, HOTLINE)
    found = only(list(reported.problems))
    assert (found.code, found.place.indicator) == ("W303", f"{HOTLINE}-01")
    assert value(reported, f"{HOTLINE}-01") == ("7321", "number")


def test_a_file_in_use_is_told_and_the_others_are_taken(
    year: Year, workspace: Path, back: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(path: Path, data: bytes, home: Path) -> None:
        if HOTLINE in path.name:
            raise PermissionError(13, "Permission denied")
        write_whole(path, data, home)

    monkeypatch.setattr("selfeval.forms.collecting.collect.write_whole", busy)
    (back / "一.xlsx").write_bytes(year.form(HOTLINE))
    (back / "二.xlsx").write_bytes(year.form(CLOTHES))
    done = take(year, workspace, back)
    assert [(one.code, one.place.project) for one in done.problems] == [("E321", HOTLINE)]
    assert list(done.placed) == [CLOTHES]


@pytest.mark.parametrize("old", [False, True])
def test_what_stands_elsewhere_in_a_blank_form_goes_into_the_history(
    year: Year, workspace: Path, back: Path, *, old: bool
) -> None:
    folder, home = workspace / "inputs/2024/forms", workspace / year.path(HOTLINE)
    write_forms([year.case(HOTLINE, Reported())], year.rulebook, folder, workspace)
    blank = home.read_bytes()
    if old:
        book, _ = open_form(home)
        book.create_sheet("科室底稿")["A1"] = 22.59
        home.write_bytes(blank := saved(book))
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    for _ in range(2):
        take(year, workspace, back, day=dt.date(2025, 2, 1))
        kept = [one.read_bytes() for one in home.parent.glob(f"{HISTORY}/*")]
        assert kept == ([blank] if old else [])
    assert home.read_bytes() == year.form(HOTLINE)
