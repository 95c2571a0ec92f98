"""The comparer sees each kind of change, one at a time, and calls it by its kind."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.sameness.__main__ import main
from tests.sameness.comparison.compare import compare
from tests.sameness.comparison.difference import Difference, report
from tests.sameness.comparison.texts import compare_documents, compare_records, compare_texts
from tests.sameness.comparison.workbook import compare_workbooks

LOOKS: Mapping[str, object] = {"num_format": "0.00", "bg_color": "#FFFF00", "border": 1, "align": "center"}
USUAL: Mapping[str, object] = {
    "value": 4.5,
    "text": "得分",
    "formula": "=A1*2",
    "result": 9,
    "looks": LOOKS,
    "height": 20,
    "width": 12,
    "merge": "C1:D1",
    "validation": {"validate": "list", "source": ["认可", "调整"]},
    "condition": {"type": "cell", "criteria": ">", "value": 5, "bg": "#FF0000"},
    "comment": "请填数字",
    "comment_width": 100,
    "link": "https://example.com/a",
    "print_area": "A1:F9",
    "footer": "&C第 &P 页",
    "name": "=甲!$A$1",
    "series": "=甲!$A$1:$A$2",
    "chart_cell": "H2",
    "title": "自评表",
    "order": ("甲", "乙"),
    "hidden": False,
}
"""What the workbook of these tests is made of; each test changes one thing."""

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet as Sheet


def workbook(path: Path, then: Callable[[Sheet], object] | None = None, **changed: object) -> Path:
    """A workbook with something of every kind; ``then`` does more to its first sheet."""
    made = {**USUAL, **changed}
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": made["title"], "created": dt.datetime(2024, 1, 1)})  # noqa: DTZ001
        for name in made["order"]:  # type: ignore[attr-defined]  # the one entry that is a tuple
            book.add_worksheet(name)
        sheet = book.get_worksheet_by_name("甲")
        if made["hidden"]:
            book.get_worksheet_by_name("乙").very_hidden()
        looks = book.add_format(made["looks"])
        sheet.write_number("A1", made["value"], looks)
        sheet.write_string("A2", made["text"], looks)
        sheet.write_formula("B1", made["formula"], None, made["result"])
        sheet.write_blank("B2", None, looks)
        sheet.set_row(2, made["height"])
        sheet.set_column("B:C", made["width"])
        sheet.merge_range(made["merge"], "合并")
        sheet.data_validation("A5:A6", made["validation"])
        condition = dict(made["condition"])  # type: ignore[call-overload]  # the one entry that is a mapping
        condition["format"] = book.add_format({"bg_color": condition.pop("bg")})
        sheet.conditional_format("A1:A4", condition)
        sheet.write_comment("A3", made["comment"], {"width": made["comment_width"]})
        sheet.write_url("A7", made["link"], string="链接")
        sheet.print_area(made["print_area"])
        sheet.set_footer(made["footer"])
        book.define_name("起点", made["name"])
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": made["series"]})
        sheet.insert_chart(made["chart_cell"], chart)
        if then is not None:
            then(sheet)
    return path


def found(folder: Path, then: Callable[[Sheet], object] | None = None, **changed: object) -> list[Difference]:
    return list(compare_workbooks(workbook(folder / "a.xlsx"), workbook(folder / "b.xlsx", then, **changed), "b.xlsx"))


def test_two_equal_workbooks_differ_in_nothing(tmp_path: Path) -> None:
    assert found(tmp_path) == []


CHANGES: Mapping[str, tuple[dict[str, object], set[str]]] = {
    "a number": ({"value": 4.51}, {"value"}),
    "a text": ({"text": "得分 "}, {"value"}),
    "a number as text": ({"result": "9"}, {"value"}),
    "a stored result": ({"result": 9.5}, {"value"}),
    "a formula": ({"formula": "=A1+A1"}, {"formula text"}),
    "a formula frozen": ({"then": lambda sheet: sheet.write_number("B1", 9)}, {"formula or none"}),
    "a number format": ({"looks": {**LOOKS, "num_format": "0.0"}}, {"number format"}),
    "a fill": ({"looks": {**LOOKS, "bg_color": "#FFFF01"}}, {"fill"}),
    "a border": ({"looks": {**LOOKS, "border": 2}}, {"border"}),
    "an alignment": ({"looks": {**LOOKS, "text_wrap": True}}, {"alignment"}),
    "a font": ({"looks": {**LOOKS, "bold": True}}, {"font"}),
    "an unlocked cell": ({"looks": {**LOOKS, "locked": False}}, {"protection"}),
    "a height": ({"height": 21}, {"row"}),
    "a hidden row": ({"then": lambda sheet: sheet.set_row(8, None, None, {"hidden": True})}, {"row"}),
    "a width": ({"width": 12.5}, {"column"}),
    "a hidden column": ({"then": lambda sheet: sheet.set_column("E:E", 8, None, {"hidden": True})}, {"column"}),
    "a merge": ({"then": lambda sheet: sheet.merge_range("E4:F4", "")}, {"merge"}),
    "a validation": ({"validation": {"validate": "list", "source": ["认可"]}}, {"validation"}),
    "what a validation says": (
        {"validation": {"validate": "list", "source": ["认可", "调整"], "error_message": "请选"}},
        {"validation"},
    ),
    "a condition": (
        {"condition": {"type": "cell", "criteria": ">", "value": 6, "bg": "#FF0000"}},
        {"conditional format"},
    ),
    "the looks of a condition": (
        {"condition": {"type": "cell", "criteria": ">", "value": 5, "bg": "#00FF00"}},
        {"conditional format"},
    ),
    "a comment": ({"comment": "请填整数"}, {"comment"}),
    "the size of a comment": ({"comment_width": 120}, {"comment size"}),
    "a link": ({"link": "https://example.com/b"}, {"hyperlink"}),
    "a print area": ({"print_area": "A1:F8"}, {"defined name"}),
    "titles that repeat": ({"then": lambda sheet: sheet.repeat_rows(0)}, {"defined name"}),
    "a footer": ({"footer": "&C第 &P 页 共 &N 页"}, {"print"}),
    "an orientation": ({"then": lambda sheet: sheet.set_landscape()}, {"print"}),
    "margins": ({"then": lambda sheet: sheet.set_margins(left=1)}, {"print"}),
    "a page break": ({"then": lambda sheet: sheet.set_h_pagebreaks([3])}, {"print"}),
    "a fit to pages": ({"then": lambda sheet: sheet.fit_to_pages(1, 0)}, {"print", "sheet properties"}),
    "frozen panes": ({"then": lambda sheet: sheet.freeze_panes(1, 0)}, {"view"}),
    "a zoom": ({"then": lambda sheet: sheet.set_zoom(90)}, {"view"}),
    "a tab colour": ({"then": lambda sheet: sheet.set_tab_color("#FF0000")}, {"sheet properties"}),
    "a filter": ({"then": lambda sheet: sheet.autofilter("A1:B4")}, {"autofilter", "defined name"}),
    "a protection": ({"then": lambda sheet: sheet.protect()}, {"sheet protection"}),
    "a hidden sheet": ({"hidden": True}, {"sheet state"}),
    "a defined name": ({"name": "=甲!$A$2"}, {"defined name"}),
    "what a chart shows": ({"series": "=甲!$A$1:$A$3"}, {"chart"}),
    "where a chart stands": ({"chart_cell": "H3"}, {"chart"}),
    "a property": ({"title": "绩效自评表"}, {"properties"}),
    "an order of sheets": ({"order": ("乙", "甲")}, {"sheets"}),
    "a new sheet": ({"order": ("甲", "乙", "丙")}, {"sheets", "sheet state"}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_one_change_is_told_by_its_kind(change: str, tmp_path: Path) -> None:
    what, kinds = CHANGES[change]
    then = what.get("then")
    assert then is None or callable(then)
    told = found(tmp_path, then, **{key: value for key, value in what.items() if key != "then"})
    # a sheet more, or hidden, is told there too; what stands on cells moves with them; a chart keeps their numbers
    beside = {"workbook", "properties", "view", "comment size", "chart"} - kinds
    assert {one.kind for one in told} - beside == kinds


def test_a_cell_that_is_left_out_looks_as_its_row(tmp_path: Path) -> None:
    def make(path: Path, *, blank: bool) -> Path:
        with xlsxwriter.Workbook(str(path)) as book:
            book.set_properties({"created": dt.datetime(2024, 1, 1)})  # noqa: DTZ001
            looks = book.add_format({"bold": True})
            sheet = book.add_worksheet()
            sheet.set_row(0, None, looks)
            sheet.write_string("B1", "有", looks)
            if blank:
                sheet.write_blank("A1", None, looks)
        return path

    old, new = make(tmp_path / "a.xlsx", blank=False), make(tmp_path / "b.xlsx", blank=True)
    assert list(compare_workbooks(old, new, "b")) == []


def test_formulas_of_one_shape_are_one_line_of_the_report() -> None:
    told = [
        Difference("formula text", f"{row}.xlsx", "评分依据", f"M{row}", f"=ROUND(A{row}*2,2)", f"=ROUND(2*$A${row},2)")
        for row in range(6, 15)
    ]
    lines = list(report(told, 20, full=True))
    assert lines[0] == "\n== formula text (allowed): 9 in 9 files, 1 shapes"
    assert lines[1:] == [
        "  9 × 评分依据 M6   e.g. 6.xlsx",
        "      old '=ROUND(A6*2,2)'",
        "      new '=ROUND(2*$A$6,2)'",
    ]


def test_a_table_tells_its_column_and_line(tmp_path: Path) -> None:
    old, new = tmp_path / "a.csv", tmp_path / "b.csv"
    old.write_text("编号,得分\n01,4.50\n02,3.00\n", encoding="utf-8")
    new.write_text("编号,得分\n01,4.50\n02,3.01\n", encoding="utf-8")
    assert list(compare_texts(old, new, "r")) == [Difference("csv", "r", "得分", "line 3", "3.00", "3.01")]
    new.write_bytes(b"\xef\xbb\xbf" + old.read_bytes())
    assert [one.kind for one in compare_texts(old, new, "r")] == ["csv"]
    new.write_bytes(old.read_bytes().replace(b"\n", b"\r\n"))
    assert [one.kind for one in compare_texts(old, new, "r")] == ["csv bytes"]


def test_a_line_that_is_gone_does_not_shift_the_others(tmp_path: Path) -> None:
    old, new = tmp_path / "a.txt", tmp_path / "b.txt"
    old.write_text("一\n二\n三\n", encoding="utf-8")
    new.write_text("一\n三\n", encoding="utf-8")
    assert list(compare_texts(old, new, "r")) == [Difference("txt", "r", "", "line 2", "二", "")]


def test_a_record_may_say_more_but_nothing_else(tmp_path: Path) -> None:
    old, new = tmp_path / "a.json", tmp_path / "b.json"
    record = {"format": "v1", "exit": 0, "outputs": [{"path": "a", "sha256": "1"}], "counts": {"projects": 2}}
    old.write_text(json.dumps(record), encoding="utf-8")
    more = {**record, "format": "v2", "outputs": [{"path": "a", "sha256": "2"}], "projects": {"A": "digest"}}
    new.write_text(json.dumps(more), encoding="utf-8")
    assert [(one.kind, one.spot) for one in compare_records(old, new, "r")] == [("run.json new key", "projects.A")]
    new.write_text(json.dumps({**more, "counts": {"projects": 3}, "outputs": []}), encoding="utf-8")
    assert {(one.kind, one.spot) for one in compare_records(old, new, "r")} == {
        ("run.json new key", "projects.A"),
        ("run.json", "counts.projects"),
        ("run.json", "outputs[a].path"),
    }


def document(path: Path, text: str, looks: str = "") -> Path:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:p>{looks}<w:r><w:t>{text}</w:t></w:r></w:p>"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return path


def test_a_document_tells_its_text_and_its_looks(tmp_path: Path) -> None:
    old = document(tmp_path / "a.docx", "细则")
    said = [one.kind for one in compare_documents(old, document(tmp_path / "b.docx", "规则"), "d")]
    looks = [one.kind for one in compare_documents(old, document(tmp_path / "c.docx", "细则", "<w:pPr/>"), "d")]
    assert (said, looks) == (["docx text"], ["docx looks"])


@pytest.fixture
def sets(tmp_path: Path) -> tuple[Path, Path]:
    """Two equal sets of outputs."""
    for name in ("old", "new"):
        (tmp_path / name / "sample" / "_work").mkdir(parents=True)
        workbook(tmp_path / name / "sample" / "汇总.xlsx")
        (tmp_path / name / "sample" / "results.csv").write_text("编号\n01\n", encoding="utf-8")
        (tmp_path / name / "sample" / "_work" / "clock").write_text(name, encoding="utf-8")
    return tmp_path / "old", tmp_path / "new"


def test_the_command_passes_equal_sets_and_fails_on_a_difference(
    sets: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = sets
    assert main(["compare", str(old), str(new)]) == 0
    assert "2 files compared: 0 differences" in capsys.readouterr().out
    workbook(new / "sample" / "汇总.xlsx", formula="=A1+A1")
    assert main(["compare", str(old), str(new)]) == 0
    workbook(new / "sample" / "汇总.xlsx", height=21)
    assert main(["compare", str(old), str(new), "--only", "csv"]) == 0
    assert main(["compare", str(old), str(new), "--only", "summary"]) == 1
    assert "row: 1 in 1 files" in capsys.readouterr().out


def test_a_file_that_is_missing_new_or_broken_is_told(
    sets: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = sets
    (new / "sample" / "results.csv").unlink()
    (new / "sample" / "more.csv").write_text("", encoding="utf-8")
    (new / "sample" / "汇总.xlsx").write_bytes(b"half")
    assert compare(old, new, [], 1, most=9, full=False) == 1
    told = capsys.readouterr().out
    assert all(f"== file {what}: 1 in 1 files" in told for what in ("only in old", "only in new", "cannot be read"))


def test_nothing_to_compare_is_no_proof(tmp_path: Path) -> None:
    assert compare(tmp_path, tmp_path, [], 1, most=9, full=False) == 1
