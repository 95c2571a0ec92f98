"""What a form takes over from last year's: texts that may serve again, and never a figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from selfeval.domain.reported import Reported
from selfeval.domain.targets import INDICATORS
from selfeval.forms.reading.last_year import last_texts
from selfeval.forms.writing.deliver import write_forms
from tests.forms.conftest import CLOTHES, HOTLINE, Year
from tests.forms.forms import cell_at, open_form, put, read, saved, values


def last_year(year: Year, workspace: Path, **texts: str) -> None:
    """Last year's form of one project, with texts in its boxes."""
    path = workspace / "inputs/2023/forms/随便.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(year.form(HOTLINE, year=2023))
    book, sheet = open_form(path)
    for row, text in texts.items():
        cell_at(sheet, f"narrative.{row}").value = text
    path.write_bytes(saved(book))


def carried(year: Year, workspace: Path) -> dict[str, dict[tuple[str, str], str]]:
    return last_texts(workspace / "inputs/2023/forms", workspace, year.targets)


def test_texts_are_carried_over_but_none_that_holds_a_figure(year: Year, workspace: Path) -> None:
    last_year(year, workspace, result="热线响应及时，群众满意。", head="钱立新")
    texts = carried(year, workspace)[HOTLINE]
    assert texts["narrative.result", "actual"] == "热线响应及时，群众满意。"
    assert texts["narrative.phone", "actual"] == "0314-0000000"
    assert texts[f"{HOTLINE}-02", "evidence"] == "来访登记簿"
    assert not any(column in {"reason", "remedy", "level", "percentage"} for _, column in texts)
    evidence = [text for (_, column), text in texts.items() if column == "evidence"]
    assert not any(any(one.isdigit() for one in text) for text in evidence)


def test_a_result_with_figures_is_not_carried_over(year: Year, workspace: Path) -> None:
    last_year(year, workspace, result="全年接听七千次，办结460件")
    assert ("narrative.result", "actual") not in carried(year, workspace)[HOTLINE]
    last = workspace / "inputs/2023/forms/随便.xlsx"
    book, sheet = open_form(last)
    cell_at(sheet, "narrative.result").value = "全年接听七千次"
    last.write_bytes(saved(book))
    assert ("narrative.result", "actual") not in carried(year, workspace)[HOTLINE]


def test_an_indicator_is_found_by_its_name_when_its_number_has_moved(year: Year, workspace: Path) -> None:
    last_year(year, workspace)
    indicators = year.targets.indicators.frame.copy()
    first, second = f"{HOTLINE}-01", f"{HOTLINE}-02"
    swap = {first: second, second: first}
    indicators["indicator"] = [swap.get(one, one) for one in indicators["indicator"]]
    moved = replace(year, targets=replace(year.targets, indicators=INDICATORS.of_frame(indicators)))
    assert carried(moved, workspace)[HOTLINE][first, "evidence"] == "来访登记簿"


def test_two_forms_of_last_year_for_one_project_give_nothing(year: Year, workspace: Path) -> None:
    last_year(year, workspace)
    (workspace / "inputs/2023/forms/又一份.xlsx").write_bytes(year.form(HOTLINE, year=2023))
    assert carried(year, workspace) == {}


def test_what_is_carried_over_is_in_the_new_form_with_a_note_and_nothing_else_is(year: Year, workspace: Path) -> None:
    last_year(year, workspace, result="热线响应及时。")
    texts = carried(year, workspace)
    folder = workspace / "inputs/2024/forms"
    write_forms([year.case(HOTLINE, Reported())], year.rulebook, folder, workspace, carried=texts)
    found = values(read(workspace, year, HOTLINE))
    assert {form for (_, place), (_, form) in found.items() if not place.startswith("initial")} == {"text"}
    assert found[HOTLINE, "result"] == ("热线响应及时。", "text")
    _, sheet = open_form(workspace / year.path(HOTLINE))
    comment = cell_at(sheet, "narrative.result").comment
    assert comment is not None
    assert "沿用2023年" in comment.text


def test_what_was_reported_this_year_comes_first(year: Year, workspace: Path) -> None:
    last_year(year, workspace, result="去年的话。")
    folder, texts = workspace / "inputs/2024/forms", carried(year, workspace)
    write_forms([year.case(HOTLINE, year.reported)], year.rulebook, folder, workspace, carried=texts)
    assert values(read(workspace, year, HOTLINE))[HOTLINE, "result"][0].startswith("全年接听")
    assert put(workspace, year, HOTLINE).is_file()


def test_forms_of_another_year_or_of_no_project_of_this_one_give_nothing(year: Year, workspace: Path) -> None:
    last_year(year, workspace, result="热线响应及时。")
    folder = workspace / "inputs/2023/forms"
    assert last_texts(folder, workspace, year.targets.only([CLOTHES])) == {}
    (folder / "随便.xlsx").write_bytes(year.form(HOTLINE, year=2022))
    assert carried(year, workspace) == {}
