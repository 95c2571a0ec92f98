from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from openpyxl.comments import Comment

from selfeval.domain.reported import Cell, Reported
from selfeval.forms.writing.deliver import Delivery, write_forms
from selfeval.packages.files import MAX_FILE, digest
from selfeval.packages.made import MADE
from tests.forms.conftest import CLOTHES, HOTLINE, Year
from tests.forms.forms import cell_at, open_form, read, saved, value


def deliver(year: Year, workspace: Path, *, filled: bool = False, overwrite: bool = False) -> Delivery:
    reported = year.reported if filled else Reported()
    projects = [year.case(project, reported) for project in (HOTLINE, CLOTHES)]
    return write_forms(projects, year.rulebook, workspace / "inputs/2024/forms", workspace, overwrite=overwrite)


def fill_in(path: Path) -> bytes:
    """Type one value as a department would, and give the file's bytes."""
    book, sheet = open_form(path)
    cell_at(sheet, f"{HOTLINE}-01").value = 6543
    path.write_bytes(saved(book))
    return path.read_bytes()


def test_every_project_gets_its_form_where_the_design_says(year: Year, workspace: Path) -> None:
    done = deliver(year, workspace)
    assert done.written == (year.path(HOTLINE), year.path(CLOTHES))
    assert all((workspace / path).is_file() for path in done.written)
    assert done.problems == ()


def test_a_second_run_changes_nothing(year: Year, workspace: Path) -> None:
    deliver(year, workspace)
    done = deliver(year, workspace)
    assert (done.written, len(done.unchanged)) == ((), 2)


def test_a_form_that_holds_nothing_is_replaced(year: Year, workspace: Path) -> None:
    deliver(year, workspace)
    done = deliver(year, workspace, filled=True)
    assert (len(done.written), done.kept, done.problems) == (2, (), ())


def test_what_a_department_filled_in_is_kept(year: Year, workspace: Path) -> None:
    deliver(year, workspace)
    path = workspace / year.path(HOTLINE)
    data = fill_in(path)
    for filled in (False, True):
        done = deliver(year, workspace, filled=filled)
        assert done.kept == (year.path(HOTLINE),)
        assert [one.code for one in done.problems] == ["W304"] * filled, "told where the new form says something else"
        assert path.read_bytes() == data


def test_a_form_of_other_targets_that_is_kept_is_told(year: Year, workspace: Path) -> None:
    deliver(year, workspace)
    fill_in(workspace / year.path(HOTLINE))
    case = year.case(HOTLINE, Reported())
    first, *others = case.indicators
    changed = replace(case, indicators=(replace(first, target="≥9000次"), *others))
    folder = workspace / "inputs/2024/forms"
    (told,) = write_forms([changed], year.rulebook, folder, workspace).problems
    assert told.code == "W304"
    assert "已填写的可以照常使用" in told.remedy


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize("what", ["the budget", "an indicator more", "an indicator less"])
def test_a_form_of_other_targets_is_replaced_where_nobody_filled_it_in(
    what: str, *, filled: bool, year: Year, workspace: Path
) -> None:
    case, folder = year.case(HOTLINE, Reported()), workspace / "inputs/2024/forms"
    before, after = case, replace(case, indicators=case.indicators[:-1])
    if what == "the budget":
        after = replace(case, project=replace(case.project, budget=1.0, fiscal=1.0, other=0.0))
    elif what == "an indicator more":
        before, after = after, before
    write_forms([before], year.rulebook, folder, workspace)
    if filled:
        fill_in(workspace / year.path(HOTLINE))
    done = write_forms([after], year.rulebook, folder, workspace)
    assert (len(done.written), [one.code for one in done.problems]) == ((0, ["W304"]) if filled else (1, []))
    assert done.aside == ()


def test_a_filled_form_that_is_replaced_is_told_with_the_way_back(year: Year, workspace: Path) -> None:
    deliver(year, workspace)
    path = workspace / year.path(HOTLINE)
    data = fill_in(path)
    (told,) = deliver(year, workspace, overwrite=True).problems
    (copy,) = (path.parent / ".旧版").iterdir()
    assert (told.code, copy.read_bytes()) == ("W327", data)
    assert f".旧版/{copy.name}" in told.message
    assert year.path(HOTLINE) in told.remedy
    assert deliver(year, workspace, overwrite=True).problems == (), "a form that holds nothing is not spoken of"


def test_overwriting_sets_the_old_form_aside(year: Year, workspace: Path) -> None:
    deliver(year, workspace)
    path = workspace / year.path(HOTLINE)
    data = fill_in(path)
    done = deliver(year, workspace, filled=True, overwrite=True)
    assert done.aside == (year.path(HOTLINE),)
    kept = list((path.parent / ".旧版").iterdir())
    assert [one.read_bytes() for one in kept] == [data]
    again = read(workspace, year, HOTLINE, CLOTHES)
    assert again.problems == (), "what was set aside is not read"
    assert value(again, f"{HOTLINE}-01") == ("7321", "number")


def test_a_form_put_elsewhere_keeps_the_project_from_getting_a_second_one(year: Year, workspace: Path) -> None:
    deliver(year, workspace)
    moved = workspace / "inputs/2024/forms/已交.xlsx"
    (workspace / year.path(HOTLINE)).rename(moved)
    done = deliver(year, workspace)
    assert done.kept == (year.path(HOTLINE),)
    assert "已交.xlsx" in done.problems[0].message
    assert deliver(year, workspace, overwrite=True).aside == (year.path(HOTLINE),)
    assert not moved.exists()


def test_a_file_that_is_no_form_is_not_lost(year: Year, workspace: Path) -> None:
    path = workspace / year.path(HOTLINE)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"something else")
    assert deliver(year, workspace).kept == (year.path(HOTLINE),)
    assert path.read_bytes() == b"something else"


def test_a_file_that_cannot_be_written_is_told_and_the_others_are_written(
    year: Year, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / year.path(HOTLINE)).parent.parent.mkdir(parents=True, exist_ok=True)

    def busy(path: Path, data: bytes, _home: Path) -> None:
        if HOTLINE in path.name:
            raise PermissionError(13, "Permission denied")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    monkeypatch.setattr("selfeval.forms.writing.deliver.write_whole", busy)
    done = deliver(year, workspace)
    assert [(one.code, one.place.project) for one in done.problems] == [("E321", HOTLINE)]
    assert done.written == (year.path(CLOTHES),)


def test_no_temporary_file_is_left_behind(year: Year, workspace: Path) -> None:
    deliver(year, workspace)
    names = {path.name for path in workspace.rglob("*") if path.is_file()}
    assert names == {Path(year.path(HOTLINE)).name, Path(year.path(CLOTHES)).name, MADE}


def test_the_mark_of_the_table_is_on_the_form(year: Year, workspace: Path) -> None:
    deliver(year, workspace, filled=True)
    reported = read(workspace, year, HOTLINE, CLOTHES)
    assert {value(reported, code, "mark")[0] for code in (HOTLINE, CLOTHES)} == {"示例数据（虚构，仅供演示）"}


@pytest.mark.parametrize("why", ["unseen", "struck", "raised", "dropped"])
def test_what_does_not_count_in_a_table_does_not_count_in_the_form_made_of_it(
    year: Year, workspace: Path, why: Literal["unseen", "struck", "raised", "dropped"]
) -> None:
    reports = year.reported.projects[HOTLINE]
    doubted = {
        **reports.answers,
        (f"{HOTLINE}-01", "actual"): Cell("7321", data_type=why),
        (f"{HOTLINE}-04", "actual"): Cell("97.8%", data_type=why),
    }
    reported = replace(year.reported, projects={**year.reported.projects, HOTLINE: replace(reports, answers=doubted)})
    deliver(replace(year, reported=reported), workspace, filled=True)
    read_again = read(workspace, year, HOTLINE)
    assert value(read_again, f"{HOTLINE}-01")[0].startswith("7321？（")
    assert value(read_again, f"{HOTLINE}-04")[0].startswith("97.8%？（")


def test_an_empty_table_prefills_nothing(year: Year, workspace: Path) -> None:
    nothing = replace(year, reported=Reported())
    deliver(nothing, workspace, filled=True)
    assert len(deliver(year, workspace).unchanged) == 2


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_file_too_large_to_be_read_is_kept_or_set_aside_whole(
    year: Year, workspace: Path, *, overwrite: bool
) -> None:
    path = workspace / year.path(HOTLINE)
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    done = deliver(year, workspace, overwrite=overwrite)
    aside = [one.stat().st_size for one in path.parent.glob(".旧版/*")]
    if overwrite:
        assert (done.aside, aside) == ((year.path(HOTLINE),), [MAX_FILE + 1])
        assert path.stat().st_size < MAX_FILE
    else:
        assert (done.kept, path.stat().st_size, aside) == ((year.path(HOTLINE),), MAX_FILE + 1, [])
        assert "文件超过20 MB" in done.problems[0].message


def other_work(path: Path, how: str) -> bytes:
    """Work of a clerk in a form whose own cells stay blank, and the file's bytes."""
    book, sheet = open_form(path)
    if how == "sheet":
        book.create_sheet("科室底稿")["A1"] = 22.59
    elif how == "below":
        sheet["C60"] = "各月支付依据见附件"
    else:
        sheet["C60"].comment = Comment("待核对", "张三")
    path.write_bytes(saved(book))
    return path.read_bytes()


def aside(path: Path) -> list[bytes]:
    return [one.read_bytes() for one in path.parent.glob(".旧版/*")]


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("how", ["sheet", "below", "comment"])
def test_what_stands_elsewhere_in_a_blank_form_is_set_aside(
    year: Year, workspace: Path, how: str, *, overwrite: bool
) -> None:
    deliver(year, workspace)
    path = workspace / year.path(HOTLINE)
    new, data = path.read_bytes(), other_work(path, how)
    done = deliver(year, workspace, overwrite=overwrite)
    assert (done.written, done.aside) == ((year.path(HOTLINE),), (year.path(HOTLINE),))
    assert (path.read_bytes(), aside(path)) == (new, [data])
    assert deliver(year, workspace, overwrite=overwrite).unchanged == (year.path(HOTLINE), year.path(CLOTHES))
    assert aside(path) == [data]


def test_a_form_just_as_it_was_written_leaves_no_copy(year: Year, workspace: Path) -> None:
    deliver(year, workspace)
    assert deliver(year, workspace, filled=True).aside == ()
    assert deliver(year, workspace, overwrite=True).aside == (year.path(HOTLINE), year.path(CLOTHES)), "figures were in"
    (workspace / "inputs/2024/forms" / MADE).unlink()
    assert deliver(year, workspace, filled=True).aside == (), "a form says itself what it holds"
    (workspace / "inputs/2024/forms" / MADE).unlink()
    other_work(workspace / year.path(HOTLINE), "sheet")
    assert deliver(year, workspace, overwrite=True).aside == (year.path(HOTLINE), year.path(CLOTHES))


def test_a_copy_never_replaces_that_of_another_file(year: Year, workspace: Path) -> None:
    deliver(year, workspace)
    path = workspace / year.path(HOTLINE)
    data = other_work(path, "sheet")
    there = path.parent / ".旧版" / f"{path.stem}.{digest(data)[:8]}.xlsx"
    there.parent.mkdir()
    there.write_bytes(b"another")
    deliver(year, workspace)
    assert sorted(aside(path)) == sorted([b"another", data])
