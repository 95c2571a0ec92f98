"""Several forms of one project: which takes the place of which, and what is asked about."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from selfeval.domain.targets import INDICATORS
from tests.forms.collecting import edited, only, take
from tests.forms.conftest import HOTLINE, Year
from tests.forms.forms import cell_at, open_form, read, saved, value


def test_the_latest_of_several_is_taken_and_the_others_are_told(year: Year, workspace: Path, back: Path) -> None:
    (back / "一.xlsx").write_bytes(year.form(HOTLINE))
    (back / "二.xlsx").write_bytes(edited(year, actual_01=6500, date=dt.date(2025, 1, 20)))
    done = take(year, workspace, back)
    found = only(done.problems)
    assert (found.code, done.placed) == ("I301", {HOTLINE: "交来的/二.xlsx"})
    assert "代替交来的/一.xlsx（填报日期2025年1月10日），有2处不同" in found.message
    assert "解答12348来电次数实际完成值（J59）7321 → 6500" in found.message
    assert value(read(workspace, year, HOTLINE), f"{HOTLINE}-01") == ("6500", "number")
    again = take(year, workspace, back)
    assert (again.problems, list(again.unchanged)) == ([], [HOTLINE])


@pytest.mark.parametrize("accept_newest", [False, True])
def test_two_forms_of_one_day_are_shown_cell_by_cell_and_none_is_chosen(
    year: Year, workspace: Path, back: Path, *, accept_newest: bool
) -> None:
    (back / "一.xlsx").write_bytes(year.form(HOTLINE))
    (back / "二.xlsx").write_bytes(edited(year, actual_01=6500))
    done = take(year, workspace, back, accept_newest=accept_newest)
    found = only(done.problems)
    assert found.code == "E325"
    assert "都未采用" in found.message
    assert "有1处不同：解答12348来电次数实际完成值（J59）7321 → 6500" in found.message
    assert "selfeval collect 二.xlsx --accept-newest" in found.remedy
    assert done.unsettled == {HOTLINE: ("交来的/一.xlsx", "交来的/二.xlsx")}
    assert not (workspace / year.path(HOTLINE)).exists()


BLANK_AT_FIRST = {"actual_01": None, "phone": None}


@pytest.mark.parametrize("day", [dt.date(2025, 1, 10), "2025.1.10", None])
def test_a_form_that_only_fills_blanks_takes_the_place_of_the_first(
    year: Year, workspace: Path, back: Path, day: dt.date | str | None
) -> None:
    (back / "表.xlsx").write_bytes(edited(year, HOTLINE, **BLANK_AT_FIRST, date=day))
    take(year, workspace, back)
    (back / "表（补）.xlsx").write_bytes(year.form(HOTLINE))
    done = take(year, workspace, back)
    found = only(done.problems)
    assert (found.code, list(done.replaced)) == ("I301", [HOTLINE])
    assert "解答12348来电次数实际完成值（J59）空白 → 7321" in found.message
    assert (workspace / year.path(HOTLINE)).read_bytes() == year.form(HOTLINE)
    assert take(year, workspace, back).problems == []  # both files still lie there


def test_the_fuller_of_two_forms_of_one_day_is_taken_at_once(year: Year, workspace: Path, back: Path) -> None:
    (back / "一.xlsx").write_bytes(year.form(HOTLINE))
    (back / "二.xlsx").write_bytes(edited(year, HOTLINE, **BLANK_AT_FIRST))
    done = take(year, workspace, back)
    assert (only(done.problems).code, done.placed) == ("I301", {HOTLINE: "交来的/一.xlsx"})


@pytest.mark.parametrize("day", [10, 5])
def test_a_form_that_only_lacks_something_is_told_and_not_taken(
    year: Year, workspace: Path, back: Path, day: int
) -> None:
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    take(year, workspace, back)
    (back / "表.xlsx").write_bytes(edited(year, actual_01=None, date=dt.date(2025, 1, day)))
    done = take(year, workspace, back)
    found = only(done.problems)
    assert found.code == ("W326" if day == 10 else "E326")
    assert "解答12348来电次数实际完成值（J59）7321 → 空白" in found.message
    assert (workspace / year.path(HOTLINE)).read_bytes() == year.form(HOTLINE)
    if day == 10:
        assert list(take(year, workspace, back, accept_newest=True).replaced) == [HOTLINE]


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("day", [10, 20])
def test_parts_filled_in_by_two_departments_are_asked_about(
    year: Year, workspace: Path, back: Path, day: int, *, at_once: bool
) -> None:
    (back / "一.xlsx").write_bytes(edited(year, actual_01=None))
    if not at_once:
        take(year, workspace, back)
    (back / "二.xlsx").write_bytes(edited(year, actual_02=None, date=dt.date(2025, 1, day)))
    done = take(year, workspace, back)
    assert only(done.problems).code == "E325"
    assert (done.placed, done.replaced) == ({}, {})
    (back / "一.xlsx").unlink()
    done = take(year, workspace, back, accept_newest=True)
    assert {**done.placed, **done.replaced} == {HOTLINE: "交来的/二.xlsx"}


def test_an_earlier_draft_that_comes_with_the_newer_form_is_no_question(
    year: Year, workspace: Path, back: Path
) -> None:
    (back / "一.xlsx").write_bytes(year.form(HOTLINE))
    take(year, workspace, back)
    (back / "二.xlsx").write_bytes(edited(year, actual_01=6500))
    (back / "三.xlsx").write_bytes(edited(year, actual_01=6600, date=dt.date(2025, 1, 20)))
    done = take(year, workspace, back)
    assert [one.code for one in done.problems] == ["I301", "I301"]
    assert done.replaced == {HOTLINE: "交来的/三.xlsx"}
    assert take(year, workspace, back).problems == []


def test_values_on_older_targets_do_not_replace_those_on_the_targets_of_today(
    year: Year, workspace: Path, back: Path
) -> None:
    indicators = year.targets.indicators.frame.copy()
    indicators.loc[indicators["indicator"] == f"{HOTLINE}-01", "target"] = "≥6000次"
    before = replace(year, targets=replace(year.targets, indicators=INDICATORS.of_frame(indicators)))
    (back / "表.xlsx").write_bytes(year.form(HOTLINE))
    take(year, workspace, back)
    (back / "表.xlsx").write_bytes(before.form(HOTLINE))
    assert only(take(year, workspace, back).problems).code == "W326"
    assert (workspace / year.path(HOTLINE)).read_bytes() == year.form(HOTLINE)


def test_a_total_is_told_where_it_stands_and_not_where_its_first_part_does(
    year: Year, workspace: Path, back: Path
) -> None:
    for name, amount in (("一", 1.0), ("二", 2.0)):
        (back / f"{name}.xlsx").write_bytes(year.form(HOTLINE, filled=False))
        book, sheet = open_form(back / f"{name}.xlsx")
        cell_at(sheet, "funds.executed.granted").value = amount
        (back / f"{name}.xlsx").write_bytes(saved(book))
    places = re.findall(
        r"执行数\S*?（(J\d+)）|财政拨款\S*?（(J\d+)）", only(take(year, workspace, back).problems).message
    )
    assert len(places) == len(set(places)) == 2
