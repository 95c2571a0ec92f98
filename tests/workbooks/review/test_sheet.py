"""复核意见: what a reviewer sees and may type, that it is live, and that it is read back however it was saved."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from selfeval.domain.reviewing.review import ReviewBook, TypedRow
from selfeval.runs.review import is_reviewed
from selfeval.workbooks.review.finding import MARKER
from selfeval.workbooks.review.reading import COLUMNS, TYPED, read_review
from tests.recalculation.engine import Calculator
from tests.recalculation.values import stored_values
from tests.workbooks.review.reviewer import REVIEW, WHOLE, Typed, cell_of, review
from tests.workbooks.sample import FULL, OPEN, PROJECTS_OF_THE_YEAR, score_year

ADJUSTED, RETURNED = f"{FULL}-02", f"{FULL}-03"


def book(folder: Path, project: str = FULL) -> Path:
    year = score_year()
    file = folder / f"{project}.xlsx"
    file.write_bytes(year.workbook(project))
    return file


def read(file: Path) -> ReviewBook:
    found = read_review(file, file.name)
    assert isinstance(found, ReviewBook), found
    return found


def entry(found: ReviewBook, indicator: str) -> TypedRow:
    return next(one for one in found.entries if one.indicator == indicator)


def test_a_fresh_sheet_names_its_run_and_is_not_reviewed(tmp_path: Path) -> None:
    found = read(book(tmp_path))
    assert (found.year, found.project, len(found.fingerprint)) == (2024, FULL, 16)
    assert len(found.entries) == len(PROJECTS_OF_THE_YEAR[0].indicators) + 1
    assert not found.is_reviewed


def test_what_is_typed_is_read_back(tmp_path: Path) -> None:
    file = review(
        book(tmp_path),
        {
            WHOLE: {"verdict": "调整", "reviewer": "李某", "day": dt.date(2025, 3, 1)},
            ADJUSTED: {"verdict": "调整", "adjusted": 4.5, "reason": "重复计数", "reviewer": "王某"},
            "opinion": {"reason": "同意复核结果"},
        },
    )
    found = read(file)
    assert found.is_reviewed
    assert (found.verdict, found.reviewer, found.day) == ("调整", "李某", "2025-03-01")
    row = entry(found, ADJUSTED)
    assert (row.verdict, row.adjusted, row.reason, row.reviewer) == ("调整", "4.5", "重复计数", "王某")
    assert found.opinions == {"财政部门审核意见": "同意复核结果"}


def test_only_what_a_reviewer_fills_in_is_unlocked(tmp_path: Path) -> None:
    sheet = load_workbook(book(tmp_path))[REVIEW]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    letters = {str(one.value): one.column_letter for one in sheet[1] if one.value}
    row = next(one.row for one in sheet["A"] if one.value == ADJUSTED)
    unlocked = {name for name, letter in letters.items() if not sheet[f"{letter}{row}"].protection.locked}
    assert unlocked == set(TYPED)


def test_what_stays_in_sight_leaves_room_to_scroll_in(tmp_path: Path) -> None:
    sheet = load_workbook(book(tmp_path, OPEN))[REVIEW]
    last = sheet[str(sheet.freeze_panes)].row - 1
    remarks = next(one.row for row in sheet for one in row if str(one.value).startswith("项目整体的复核关注事项"))
    assert (sheet.cell(last, 2).value, remarks) == ("指标", last + 1)  # they may be as high as a window


def test_an_indicator_that_does_not_apply_cannot_be_judged(tmp_path: Path) -> None:
    sheet = load_workbook(book(tmp_path))[REVIEW]
    letters = {str(one.value): one.column_letter for one in sheet[1] if one.value}
    row = next(one.row for one in sheet["A"] if one.value == f"{FULL}-11")
    cells = [sheet[f"{letters[name]}{row}"] for name in TYPED]
    assert [cell.value for cell in cells] == ["—"] * len(TYPED)
    assert all(cell.protection.locked for cell in cells)
    assert not read(book(tmp_path)).is_reviewed


def test_drop_downs_offer_the_verdicts_and_scores_stay_within_the_points(tmp_path: Path) -> None:
    sheet = load_workbook(book(tmp_path))[REVIEW]
    rules = sheet.data_validations.dataValidation
    lists = {one.formula1 for one in rules if one.type == "list"}
    assert lists == {'"认可,调整,退回"'}
    decimals = [one for one in rules if one.type == "decimal"]
    assert decimals
    first = min(one.row for one in sheet["A"] if one.value == "预算执行率")
    assert {one.formula2 for one in decimals} >= {f"$C{first}"}


def test_lost_points_and_doubts_stand_beside_each_score(tmp_path: Path) -> None:
    file = book(tmp_path)
    sheet = load_workbook(file)[REVIEW]
    at = cell_of(file, ADJUSTED, "doubts").rpartition("!")[2]
    assert sheet[at].value == "失0.22分：案件减少\n改进措施：加强宣传\n佐证材料：未填写"
    over = cell_of(file, f"{FULL}-04", "doubts").rpartition("!")[2]
    assert str(sheet[over].value).startswith("提示 I501：")


def test_the_sheet_prints_on_a4_without_its_hidden_ids(tmp_path: Path) -> None:
    sheet = load_workbook(book(tmp_path))[REVIEW]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("landscape", 9)
    assert sheet.column_dimensions["A"].hidden
    assert all(sheet.row_dimensions[row].hidden for row in range(1, 5))
    assert "$B$5" in str(sheet.print_area)
    headings = [str(one.heading) for one in COLUMNS]
    titles = str(sheet.print_title_rows).strip("$").split(":")[0].strip("$")
    assert [sheet.cell(int(titles), 2 + i).value for i in range(len(headings))] == headings


def test_a_long_reason_makes_its_row_higher_and_the_print_no_smaller(tmp_path: Path) -> None:
    file = book(tmp_path)
    sheet = load_workbook(file)[REVIEW]
    at = next(one.row for one in sheet["A"] if one.value == ADJUSTED)
    with ZipFile(file) as parts:  # openpyxl takes any height for one that is never to change
        number = parts.read("xl/workbook.xml").decode().count("<sheet ")
        (row,) = re.findall(rf'<row r="{at}"[^>]*>', parts.read(f"xl/worksheets/sheet{number}.xml").decode())
    assert "customHeight" not in row
    assert sheet.page_setup.fitToHeight == 0


def test_hostile_text_of_a_reviewer_is_text(tmp_path: Path) -> None:
    file = book(tmp_path)
    typed = "'=1+1" + "长" * 5000
    row = entry(read(review(file, {ADJUSTED: {"verdict": "很好", "adjusted": "五分", "reason": typed}})), ADJUSTED)
    assert (row.verdict, row.adjusted, len(row.reason)) == ("很好", "五分", 4000)
    assert row.reason.endswith("字，以下从略）"), "what is cut is said"


def test_a_workbook_without_the_sheet_is_none_of_ours(tmp_path: Path) -> None:
    file = book(tmp_path)
    other = load_workbook(file)
    del other[REVIEW]
    other.save(file)
    assert read_review(file, "x.xlsx") is None


def test_a_file_that_is_no_workbook_says_so(tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"not a workbook")
    assert read_review(file, "x.xlsx") == "这个工作簿打不开：内容不是 .xlsx 工作簿"


@pytest.mark.parametrize("row", [1, 3])
def test_a_sheet_whose_hidden_ids_were_deleted_says_so(tmp_path: Path, row: int) -> None:
    file = book(tmp_path)
    other = load_workbook(file)
    for cell in other[REVIEW][row][1:]:
        cell.value = None
    other.save(file)
    found = read_review(file, "x.xlsx")
    assert isinstance(found, str)
    assert "隐藏行" in found


def test_a_renamed_sheet_and_inserted_rows_and_columns_still_read(tmp_path: Path) -> None:
    file = review(book(tmp_path), {ADJUSTED: {"verdict": "调整", "adjusted": 4.5, "reason": "重复"}})
    other = load_workbook(file)
    sheet = other[REVIEW]
    sheet.title = "意见（终稿）"
    sheet.insert_rows(8, 3)
    sheet.insert_cols(7, 2)
    other.save(file)
    row = entry(read(file), ADJUSTED)
    assert (row.verdict, row.adjusted, row.reason) == ("调整", "4.5", "重复")


TYPED_IN: Mapping[str, Typed] = {ADJUSTED: {"verdict": "调整", "adjusted": 4.5, "reason": "重复"}}


@pytest.mark.parametrize("insert", ["insert_rows", "insert_cols"])
def test_a_row_or_column_before_the_ids_changes_nothing(tmp_path: Path, insert: str) -> None:
    file = review(book(tmp_path), TYPED_IN)
    other = load_workbook(file)
    getattr(other[REVIEW], insert)(1)
    other.save(file)
    row = entry(read(file), ADJUSTED)
    assert (row.verdict, row.adjusted, row.reason) == ("调整", "4.5", "重复")


def spoilt(folder: Path, how: str) -> Path:
    """A reviewed workbook whose sheet was changed so that nobody knows what was typed beside which id."""
    file = review(book(folder), TYPED_IN)
    other = load_workbook(file)
    sheet = other[REVIEW]
    if how in {"copy", "renamed copy"}:
        copy = other.copy_worksheet(sheet)
        copy.title = "复核意见 (2)" if how == "copy" else "终稿"
        copy["A1"].value = None
    elif how == "hidden":
        sheet.sheet_state = "veryHidden"
    elif how == "version":
        sheet["A1"].value = "selfeval.review.v9"
    elif how == "twice":
        sheet["Z9"].value = MARKER
    else:
        sheet["A1"].value = None
        sheet.title = "意见" if how == "renamed" else REVIEW
    other.save(file)
    return file


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("cleared", "标记"),
        ("renamed", "标记"),
        ("copy", "“复核意见 (2)”"),
        ("renamed copy", "“终稿”"),
        ("hidden", "隐藏"),
        ("version", "其他版本"),
        ("twice", "几处"),
    ],
)
def test_a_sheet_that_is_not_known_again_is_said_and_its_workbook_kept(tmp_path: Path, how: str, says: str) -> None:
    file = spoilt(tmp_path, how)
    found = read_review(file, "x.xlsx")
    assert isinstance(found, str)
    assert says in found
    assert is_reviewed(file)


def test_a_workbook_whose_sheet_is_gone_and_one_that_is_only_signed_are_kept(tmp_path: Path) -> None:
    file = book(tmp_path)
    assert not is_reviewed(file)
    other = load_workbook(file)
    signed = next(one for row in other[REVIEW] for one in row if one.value == "负责人（签字）：")
    signed.value = "负责人（签字）：张三"
    other.save(file)
    assert is_reviewed(file)
    del other[REVIEW]
    other.save(file)
    assert is_reviewed(file)


def test_what_is_typed_in_a_row_without_an_id_is_read_as_such(tmp_path: Path) -> None:
    file = review(book(tmp_path), {**TYPED_IN, WHOLE: {"verdict": "认可"}})
    other = load_workbook(file)
    for cell in other[REVIEW]["A"]:
        if cell.value in {ADJUSTED, WHOLE}:
            cell.value = None
    other.save(file)
    found = read(file)
    lost = {one.verdict: one.reason for one in found.entries if not one.indicator}
    assert (set(lost), lost["调整"]) == ({"调整", "认可"}, "重复")
    assert found.is_reviewed


@pytest.mark.xdist_group("libreoffice")
def test_totals_and_deviation_follow_what_is_typed(calculator: Calculator, tmp_path: Path) -> None:
    file = book(tmp_path)
    year = score_year()
    totals = dict(zip(year.scored.projects.frame["project"], year.scored.projects.frame["total"], strict=True))
    total = int(totals[FULL]) / 100
    edits: dict[str, float | str | bool | None] = {
        cell_of(file, ADJUSTED, "verdict"): "调整",
        cell_of(file, ADJUSTED, "adjusted"): 2.78,
        cell_of(file, ADJUSTED, "reason"): "重复计数",
        cell_of(file, RETURNED, "verdict"): "退回",
        cell_of(file, f"{FULL}-04", "adjusted"): 1,
    }
    sheet = calculator.change(file, edits)[REVIEW]
    plain = {name: cell_of(file, row, name).rpartition("!")[2] for row in [ADJUSTED] for name in ("final", "hint")}
    assert sheet[plain["final"]] == 2.78
    assert not sheet.get(plain["hint"])
    assert sheet[cell_of(file, RETURNED, "hint").rpartition("!")[2]] == "请写理由"
    assert sheet[cell_of(file, f"{FULL}-04", "hint").rpartition("!")[2]] == "请选复核意见"
    assert sheet[cell_of(file, f"{FULL}-04", "final").rpartition("!")[2]] == 5
    numbers = [value for value in sheet.values() if isinstance(value, int | float)]
    assert round(total - 2, 2) in numbers
    assert round(2 / (total - 2), 6) in numbers


ADJUSTMENTS: dict[str, tuple[dict[str, str | float], str]] = {
    f"{FULL}-02": ({"verdict": "调整", "adjusted": 4.5}, "请写理由"),
    f"{FULL}-03": ({"verdict": "调整", "reason": "重复"}, "请填调整得分"),
    f"{FULL}-04": ({"verdict": "调整", "adjusted": 5.01, "reason": "重复"}, "超出分值"),
    f"{FULL}-05": ({"verdict": "调整", "adjusted": 4.555, "reason": "重复"}, "最多两位小数"),
    f"{FULL}-06": ({"verdict": "调整", "adjusted": "五分", "reason": "重复"}, "请填调整得分"),
    f"{FULL}-07": ({"verdict": "认可", "adjusted": 1}, "改分请选调整"),
    f"{FULL}-08": ({"adjusted": 1}, "请选复核意见"),
    f"{FULL}-09": ({"verdict": "退回"}, "请写理由"),
    f"{FULL}-10": ({"verdict": "调整", "adjusted": 1, "reason": "无"}, "请写理由"),
}
"""What is typed into a row and cannot be accepted, and the hint."""


@pytest.mark.xdist_group("libreoffice")
def test_what_review_would_refuse_changes_no_total_and_gets_a_hint(calculator: Calculator, tmp_path: Path) -> None:
    file = book(tmp_path)
    stored = stored_values(file)[REVIEW]
    edits: dict[str, float | str | bool | None] = {
        cell_of(file, row, column): value for row, (typed, _) in ADJUSTMENTS.items() for column, value in typed.items()
    }
    sheet = calculator.change(file, edits)[REVIEW]
    for row, (_, hint) in ADJUSTMENTS.items():
        assert sheet[cell_of(file, row, "hint").rpartition("!")[2]] == hint, row
        final = cell_of(file, row, "final").rpartition("!")[2]
        assert sheet[final] == stored[final], row


@pytest.mark.xdist_group("libreoffice")
def test_scoring_what_was_open_gives_a_reviewed_total(calculator: Calculator, tmp_path: Path) -> None:
    file = book(tmp_path, OPEN)
    rows = [one.indicator for one in read(file).entries]
    edits: dict[str, float | str | bool | None] = {}
    for row in rows:
        typed: dict[str, str | float] = {"verdict": "调整", "adjusted": 1, "reason": "补充后核定"}
        edits |= {cell_of(file, row, column): value for column, value in typed.items()}
    before = stored_values(file)[REVIEW]
    assert "待补充" in before.values()
    after = calculator.change(file, edits)[REVIEW]
    assert float(len(rows)) in after.values()


@pytest.mark.xdist_group("libreoffice")
def test_a_review_saved_by_libreoffice_reads_the_same(calculator: Calculator, tmp_path: Path) -> None:
    file = review(
        book(tmp_path),
        {
            WHOLE: {"verdict": "调整", "reviewer": "李某", "day": dt.date(2025, 3, 1)},
            ADJUSTED: {"verdict": "调整", "adjusted": 4.55, "reason": "重复计数\n见附件"},
        },
    )
    saved = tmp_path / "另存.xlsx"
    calculator.save(file, saved)
    once, again = read(file), read(saved)
    assert (again.fingerprint, again.verdict, again.day) == (once.fingerprint, "调整", "2025-03-01")
    assert entry(again, ADJUSTED).adjusted == "4.55"
    assert entry(again, ADJUSTED).reason == "重复计数\n见附件"
    assert entry(again, ADJUSTED).own == "4.78"


def test_a_row_that_was_copied_and_filled_in_differently_is_not_chosen_between(tmp_path: Path) -> None:
    file = review(book(tmp_path), {ADJUSTED: {"verdict": "调整", "adjusted": 4.5, "reason": "重复"}})
    other = load_workbook(file)
    sheet = other[REVIEW]
    source = next(one.row for one in sheet["A"] if one.value == ADJUSTED)
    sheet.append([cell.value for cell in sheet[source]])
    other.save(file)
    assert entry(read(file), ADJUSTED).adjusted == "4.5"
    at = next(one.column for one in sheet[1] if one.value == "adjusted")
    sheet.cell(sheet.max_row, at).value = 3
    other.save(file)
    found = read_review(file, "x.xlsx")
    assert isinstance(found, str)
    assert f"{source}、{sheet.max_row}" in found


def test_two_sheets_that_were_filled_in_differently_are_not_chosen_between(tmp_path: Path) -> None:
    file = book(tmp_path)
    other = load_workbook(file)
    copy = other.copy_worksheet(other[REVIEW])
    other.save(file)
    read(file)
    at = next(one.column for one in copy[1] if one.value == "verdict")
    copy.cell(next(one.row for one in copy["A"] if one.value == ADJUSTED), at).value = "退回"
    other.save(file)
    found = read_review(file, "x.xlsx")
    assert isinstance(found, str)
    assert copy.title in found
