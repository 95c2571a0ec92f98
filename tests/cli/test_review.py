"""``selfeval review``: collected from any folder under any name, judged, summed up."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Font

from tests.cli.conftest import Run
from tests.recalculation.engine import Calculator
from tests.recalculation.others import OTHERS
from tests.workbooks.review.reviewer import REVIEW, WHOLE, Typed, cell_of, review

PROJECT = "13080024P00010310005F"
OTHER = "13080024P00009710005F"


def book(workspace: Path, project: str = PROJECT) -> Path:
    return next((workspace / "outputs" / "2024").rglob(f"{project}_*_自评表.xlsx"))


def rows(workspace: Path) -> list[dict[str, str]]:
    with (workspace / "outputs/2024/reviews.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def adjusted(score: float, **more: str) -> Typed:
    return {"verdict": "调整", "adjusted": score, "reason": "重复计数", **more}


def collect(run: Run, workspace: Path, *more: str | Path) -> dict[str, object]:
    ran = run("review", "2024", *more, "--workspace", workspace, "--format", "json")
    found: dict[str, object] = json.loads(ran.out)
    assert found["exit"] == ran.code
    return found


def of(found: dict[str, object], project: str = PROJECT) -> dict[str, object]:
    projects = found["projects"]
    assert isinstance(projects, list)
    return next(one for one in projects if one["project"] == project)


def codes(found: dict[str, object]) -> list[str]:
    problems = found["problems"]
    assert isinstance(problems, list)
    return [one["code"] for one in problems]


def test_an_adjustment_reaches_the_table_and_the_summary(run: Run, scored: Path) -> None:
    review(book(scored), {f"{PROJECT}-01": adjusted(0, reviewer="李某")})
    found = collect(run, scored)
    one = of(found)
    own, total = one["self_total"], one["review_total"]
    assert isinstance(own, float)
    assert isinstance(total, float)
    line = next(row for row in rows(scored) if row["指标编号"] == f"{PROJECT}-01")
    assert line["调整得分"] == line["复核得分"] == "0.00"
    assert line["偏离"] == line["自评得分"] == f"{own - total:.2f}"
    assert (line["复核人"], line["采用"], found["exit"]) == ("李某", "是", 0)
    sheet = load_workbook(scored / "outputs/2024/复核汇总.xlsx", data_only=True)["复核汇总"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any(PROJECT in row and total in row and own in row for row in values)


def test_workbooks_are_found_by_content_in_another_folder(run: Run, scored: Path, tmp_path: Path) -> None:
    folder = tmp_path / "收回" / "财政局"
    folder.mkdir(parents=True)
    review(book(scored), {f"{PROJECT}-01": adjusted(1)}, folder / "改好了（终版）.xlsx")
    shutil.copy(scored / "outputs/2024/汇总.xlsx", folder / "汇总.xlsx")
    (folder / "~$改好了.xlsx").write_bytes(b"lock")
    found = collect(run, scored, tmp_path / "收回")
    assert of(found)["adjusted"] == 1
    assert codes(found) == []
    assert of(collect(run, scored))["adjusted"] == 0


def test_an_adjustment_without_a_reason_is_refused(run: Run, scored: Path) -> None:
    review(book(scored), {f"{PROJECT}-01": {"verdict": "调整", "adjusted": 1}})
    ran = run("review", "2024", "--workspace", scored)
    assert ran.code == 1
    assert "E613" in ran.said
    line = next(row for row in rows(scored) if row["指标编号"] == f"{PROJECT}-01")
    assert (line["采用"], line["调整得分"], line["复核得分"]) == ("否", "", line["自评得分"])


def test_an_adjustment_above_the_points_is_refused(run: Run, scored: Path) -> None:
    review(book(scored), {f"{PROJECT}-01": adjusted(99)})
    assert codes(collect(run, scored)) == ["E615"]


@pytest.mark.parametrize(
    ("value", "shown", "struck"), [(0.6, "0%", False), (5, '0"0"', False), (5, "0,", False), (5, "0.00", True)]
)
def test_an_adjustment_that_is_seen_as_something_else_is_told(
    run: Run,
    scored: Path,
    value: float,
    shown: str,
    struck: bool,  # noqa: FBT001 - a case
) -> None:
    file, row = book(scored), f"{PROJECT}-01"
    review(file, {row: adjusted(value)})
    found, place = load_workbook(file), cell_of(file, row, "adjusted").partition("!")[2]
    cell = found[REVIEW][place]
    cell.number_format, cell.font = shown, Font(strike=struck)
    found.save(file)
    told = collect(run, scored)
    assert len(codes(told)) == 1
    assert told["exit"] == 1


@pytest.mark.parametrize("verdict", ["认可", ""])
def test_a_formula_without_a_result_is_told(run: Run, scored: Path, verdict: str) -> None:
    review(book(scored), {f"{PROJECT}-01": {"adjusted": "=8.34-1", **({"verdict": verdict} if verdict else {})}})
    assert codes(collect(run, scored))


def test_two_reviews_of_one_project_are_refused(run: Run, scored: Path) -> None:
    first = review(book(scored), {WHOLE: {"verdict": "认可"}})
    shutil.copy(first, first.with_name("副本.xlsx"))
    found = collect(run, scored)
    assert codes(found) == ["E617"]
    assert of(found)["state"] == "未复核"


def test_a_broken_file_stops_nothing(run: Run, scored: Path) -> None:
    review(book(scored), {WHOLE: {"verdict": "认可"}})
    book(scored, OTHER).write_bytes(b"half a file")
    found = collect(run, scored)
    assert codes(found) == ["E618"]
    assert of(found)["state"] == "已复核"


def test_a_review_of_a_project_that_was_not_scored_is_said(run: Run, scored: Path, tmp_path: Path) -> None:
    review(book(scored), {WHOLE: {"verdict": "认可"}}, tmp_path / "a.xlsx")
    other = load_workbook(tmp_path / "a.xlsx")
    other["复核意见"]["B2"] = "2023"
    (tmp_path / "去年").mkdir()
    other.save(tmp_path / "去年" / "a.xlsx")
    assert codes(collect(run, scored, tmp_path / "去年")) == ["E619"]


def test_a_review_made_before_a_new_score_is_kept_and_said(run: Run, scored: Path) -> None:
    review(book(scored), {f"{PROJECT}-01": adjusted(1)})
    table = scored / "rules" / "2024.yaml"
    table.write_text(table.read_text(encoding="utf-8").replace("share: 80%", "share: 70%"), encoding="utf-8")
    forms = next((scored / "inputs/2024/forms").rglob(f"{PROJECT}_*.xlsx"))
    forms.unlink()
    ran = run("score", "2024", "--workspace", scored)
    assert "W613" in ran.err
    found = collect(run, scored)
    assert "W612" in codes(found)
    assert of(found)["file"] != ""
    assert "（已复核）" in str(of(found)["file"])


def test_without_results_there_is_nothing_to_review(run: Run, workspace: Path) -> None:
    ran = run("review", "2024", "--workspace", workspace)
    assert ran.code == 3
    assert f"selfeval score --workspace {workspace} 2024" in ran.said


def test_a_folder_that_is_not_there_is_said(run: Run, scored: Path) -> None:
    assert "E606" in run("review", "2024", scored / "没有", "--workspace", scored).said


def test_results_that_were_spoilt_are_said(run: Run, scored: Path) -> None:
    path = scored / "outputs/2024/results.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",10.00,", ",十分,"), encoding="utf-8-sig")
    ran = run("review", "2024", "--workspace", scored)
    assert ran.code == 3
    assert "E621" in ran.said


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("results.csv", "8.34", "1e999999999"), ("run.json", '"counts": ', f'"counts": {"[" * 9999}')],
)
def test_results_that_would_take_for_ever_are_said(run: Run, scored: Path, name: str, old: str, new: str) -> None:
    spoilt = scored / "outputs" / "2024" / name
    spoilt.write_text(spoilt.read_text(encoding="utf-8-sig").replace(old, new), encoding="utf-8")
    ran = run("review", 2024, "--workspace", scored)
    assert ran.code == 3
    assert "E621" in ran.err
    assert name in ran.err
    assert run("score", 2024, "--workspace", scored).code in {0, 4}


def test_the_same_reviews_give_the_same_bytes(run: Run, scored: Path) -> None:
    review(book(scored), {f"{PROJECT}-01": adjusted(1)})
    written = [scored / "outputs/2024" / name for name in ("复核汇总.xlsx", "reviews.csv")]
    run("review", "2024", "--workspace", scored)
    first = [one.read_bytes() for one in written]
    run("review", "2024", "--workspace", scored)
    assert [one.read_bytes() for one in written] == first


def test_results_scored_by_another_rulebook_are_not_reviewed_by_this_one(run: Run, workspace: Path) -> None:
    assert run("score", "2024", "--rules", "central-2021", "--workspace", workspace).code < 2
    ran = run("review", "2024", "--workspace", workspace)
    assert ran.code == 3
    assert "E622" in ran.said
    assert "--rules" in ran.said
    assert not (workspace / "outputs/2024/reviews.csv").exists()
    assert run("review", "2024", "--rules", "central-2021", "--workspace", workspace).code == 0


def test_rules_that_changed_after_the_score_are_said(run: Run, scored: Path) -> None:
    table = scored / "rules" / "2024.yaml"
    table.write_text(table.read_text(encoding="utf-8") + "# later\n", encoding="utf-8")
    ran = run("review", "2024", "--workspace", scored)
    assert ran.code == 3
    assert "rules/2024.yaml与评分时不同" in ran.said


def test_the_rules_of_another_year_can_be_asked_for_as_in_score(run: Run, scored: Path) -> None:
    assert run("review", "2024", "--as-of", "2024", "--workspace", scored).code == 0
    assert run("review", "2024", "--as-of", "2050", "--workspace", scored).code == 3


def test_a_suffix_in_capitals_is_read_and_other_formats_are_said(run: Run, scored: Path, tmp_path: Path) -> None:
    folder = tmp_path / "收回"
    folder.mkdir()
    review(book(scored), {f"{PROJECT}-01": adjusted(1)}, folder / "a.xlsx").rename(folder / "A.XLSX")
    (folder / "b.xls").write_bytes(b"old")
    (folder / "c.ZIP").write_bytes(b"packed")
    (folder / "说明.txt").write_text("notes")
    found = collect(run, scored, folder)
    assert of(found)["adjusted"] == 1
    assert codes(found) == ["W615", "W615"]


@pytest.mark.xdist_group("libreoffice")
def test_the_summary_calculates_what_it_stores(run: Run, scored: Path, calculator: Calculator) -> None:
    review(book(scored), {f"{PROJECT}-01": adjusted(1), f"{PROJECT}-02": {"verdict": "退回", "reason": "无佐证"}})
    review(book(scored, OTHER), {WHOLE: {"verdict": "认可"}})
    run("review", "2024", "--workspace", scored)
    summary = [scored / "outputs/2024/复核汇总.xlsx"]
    for made in (*calculator.recalculate(summary), *(book for by in OTHERS.values() for book in by(summary))):
        assert made.count > 20
        assert made.differences == ()


def test_results_that_were_changed_since_are_told(run: Run, scored: Path) -> None:
    results = scored / "outputs/2024/results.csv"
    results.write_bytes(results.read_bytes().replace(b",8.33,8.33,", b",8.33,1.33,", 1))
    found = collect(run, scored)
    problems = found["problems"]
    assert isinstance(problems, list)
    assert [(one["code"], one["file"]) for one in problems] == [("W616", "outputs/2024/results.csv")]
    told = run("diff", scored / "outputs/2024", "2024", "--workspace", scored)
    assert (told.code, "W616" in told.out) == (0, True)


def test_a_summary_that_somebody_added_to_is_kept_beside_the_new_one(run: Run, scored: Path) -> None:
    collect(run, scored)
    summary = scored / "outputs/2024/复核汇总.xlsx"
    made, there = summary.read_bytes(), load_workbook(summary)
    there.create_sheet("会议记录")["A1"] = "同意"
    there.save(summary)
    mine = summary.read_bytes()
    assert "W617" in run("review", "2024", "--workspace", scored).err
    assert (summary.read_bytes(), (summary.parent / "复核汇总.旧1.xlsx").read_bytes()) == (made, mine)
    assert "W617" not in run("review", "2024", "--workspace", scored).err


def test_opinions_in_rows_that_were_exchanged_or_lost_their_ids_are_told_and_their_workbook_is_kept(
    run: Run, scored: Path
) -> None:
    file = review(book(scored), {f"{PROJECT}-0{number}": adjusted(1.0) for number in (1, 2, 3)})
    there = load_workbook(file)
    sheet = there["复核意见"]
    at = {str(cell.value): cell.row for cell in sheet["A"] if cell.value}
    one, other, lost = (at[f"{PROJECT}-0{number}"] for number in (1, 2, 3))
    for column in range(2, sheet.max_column + 1):
        cells = sheet.cell(one, column), sheet.cell(other, column)
        if not isinstance(cells[0], MergedCell) and not isinstance(cells[1], MergedCell):
            cells[0].value, cells[1].value = cells[1].value, cells[0].value
    sheet.cell(lost, 1).value = None
    there.save(file)
    found = collect(run, scored)
    assert [code for code in codes(found) if code.startswith("E62")] == ["E623", "E624", "E624"]
    assert (of(found)["adjusted"], of(found)["state"]) == (0, "有误待改")
    sheet["A1"].value = None
    there.save(file)
    mine = file.read_bytes()
    assert codes(collect(run, scored)) == ["E618"]
    assert run("score", "2024", "--workspace", scored).code == 0
    assert file.with_name(f"{file.stem}（已复核）.xlsx").read_bytes() == mine


def test_what_is_changed_beside_the_review_does_not_count_is_told_and_is_kept(run: Run, scored: Path) -> None:
    file = book(scored)
    changed = load_workbook(file)
    changed["自评表"]["D13"] = 5
    changed.create_sheet("底稿")
    changed.save(file)
    mine = file.read_bytes()
    said = run("review", "2024", "--workspace", scored).out
    assert "W618" in said
    assert "工作表“自评表”、“底稿”写出以后改过" in said
    assert "W613" in run("score", "2024", "--workspace", scored).err
    assert file.with_name(f"{file.stem}（改动过）.xlsx").read_bytes() == mine
    assert file.read_bytes() != mine


def test_a_workbook_that_was_only_opened_and_saved_is_not_told(run: Run, scored: Path) -> None:
    file = book(scored)
    load_workbook(file).save(file)
    assert "W618" not in run("review", "2024", "--workspace", scored).out
    assert "W613" not in run("score", "2024", "--workspace", scored).err
    assert len(list(file.parent.glob(f"{PROJECT}*"))) == 1
