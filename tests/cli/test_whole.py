"""The department's own part through the commands: its form, what comes back, its workbook, and what stays as it was."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run
from tests.forms.forms import cells_of, open_form, saved
from tests.recalculation.engine import Calculator

CODE = "324-部门整体"
FORM = f"inputs/2024/forms/324_承德市司法局/{CODE}_承德市司法局部门整体支出.xlsx"
BOOK, TABLE = "部门整体支出绩效自评表.xlsx", "部门整体.csv"
FILLED: Mapping[tuple[str, str], object] = {
    ("funds.initial.granted", "actual"): 2000,
    ("funds.full_year.granted", "actual"): 2000,
    ("funds.executed.granted", "actual"): 1900,
    ("narrative.result", "actual"): "各项任务均已完成。",
    ("narrative.filler", "actual"): "张三",
    ("narrative.phone", "actual"): "2020000",
    ("narrative.head", "actual"): "李四",
    ("narrative.date", "actual"): "2025-01-10",
    (f"{CODE}-02", "level"): "达成年度指标",
    (f"{CODE}-02", "evidence"): "咨询意见2份",
    (f"{CODE}-08", "actual"): 20,
    (f"{CODE}-08", "evidence"): "台账1份",
    (f"{CODE}-17", "category"): "指标值偏低或偏高",
    (f"{CODE}-17", "reason"): "部门目标沿用上年的数，偏低",
    (f"{CODE}-20", "actual"): "96%",
    (f"{CODE}-20", "evidence"): "调查问卷200份",
}


def rows_of(path: Path) -> list[dict[str, str]]:
    return [*csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())]


def filled(form: Path, values: Mapping[tuple[str, str], object]) -> bytes:
    book, sheet = open_form(form)
    at = cells_of(sheet)
    for place, value in values.items():
        at(*place).value = value  # type: ignore[assignment]
    return saved(book)


@pytest.fixture
def sent(sample: Path, run: Run) -> Path:
    """The sample year with the department's form sent out."""
    assert run("forms", "2024", "--workspace", sample, "--project", "部门整体").code == 0
    return sample


def test_one_form_more_is_made(sample: Path, run: Run) -> None:
    ran = run("forms", "2024", "--workspace", sample)
    assert "已有填报内容、保留不动28份" in ran.out
    assert "另有部门整体支出填报表一份（新生成）" in ran.out
    sheet = openpyxl.load_workbook(sample / FORM)["自评填报"]
    texts = {str(cell.value) for row in sheet for cell in row if cell.value is not None}
    assert "部门整体支出绩效自评填报表（2024年度）" in texts
    assert "二、部门全部支出（万元）" in texts
    assert any("取自12348法律服务热线“解答12348来电次数”" in text for text in texts)
    assert not any("各月支付金额" in text for text in texts)
    again = run("forms", "2024", "--workspace", sample)
    assert "部门整体支出填报表" not in again.out  # nothing changed


def test_without_its_form_the_year_is_as_finished_as_before(sample: Path, run: Run) -> None:
    ran = run("score", "2024", "--workspace", sample)
    assert ran.code == 0
    assert "28个项目，28个已评定，0个待定" in ran.out
    assert "部门整体支出绩效自评：填报表没有报送，3项指标和预算执行情况还没有填报，22项取自项目" in ran.out
    outputs = sample / "outputs/2024"
    assert (outputs / BOOK).is_file()
    assert len(rows_of(outputs / "projects.csv")) == 28
    assert not any(row["项目编码"] == CODE for row in rows_of(outputs / "results.csv"))
    assert [row["代码"] for row in rows_of(outputs / "problems.csv") if row["项目编码"] == CODE] == ["I260"]
    rows = {row["指标编号"]: row for row in rows_of(outputs / TABLE)}
    assert len(rows) == 26
    assert (rows[f"{CODE}-18"]["实际完成值"], rows[f"{CODE}-18"]["得分"]) == ("7321次", "1.38")
    assert rows[f"{CODE}-02"]["状态"] == "ask"


def test_the_form_that_came_back_is_collected_and_counted_apart(sent: Path, tmp_path: Path, run: Run) -> None:
    received = tmp_path / "收到"
    received.mkdir()
    (received / "部门.xlsx").write_bytes(filled(sent / FORM, FILLED))
    ran = run("collect", received, "--year", "2024", "--workspace", sent)
    assert "28个项目：已报送28个。" in ran.out
    assert "承德市司法局部门整体支出：已报送（不计入项目数）。" in ran.out
    ran = run("status", "2024", "--workspace", sent, "--format", "json")
    board = json.loads(ran.out)
    assert len(board["standings"]) == 28
    assert board["department"]["state"] == "已报送"
    ran = run("score", "2024", "--workspace", sent)
    assert ran.code == 0, ran.out
    assert "承德市司法局部门整体支出：97.35分，优" in ran.out


def test_its_workbook_recalculates(sent: Path, run: Run, calculator: Calculator) -> None:
    (sent / FORM).write_bytes(filled(sent / FORM, FILLED))
    assert run("score", "2024", "--workspace", sent).code == 0
    book = sent / "outputs/2024" / BOOK
    assert calculator.differences(book) == ()
    sheets = openpyxl.load_workbook(book)
    assert {"自评表", "评分依据", "复核意见"} <= {*sheets.sheetnames}
    texts = {str(cell.value) for row in sheets["自评表"] for cell in row if cell.value is not None}
    assert {"部门整体支出绩效自评表", "部门名称", "部门资金\n（万元）", "承德市司法局"} <= texts


def test_what_its_form_lacks_counts_once_it_came(sent: Path, run: Run) -> None:
    left = {place: value for place, value in FILLED.items() if place[0] != "funds.executed.granted"}
    (sent / FORM).write_bytes(filled(sent / FORM, left))
    ran = run("score", "2024", "--workspace", sent)
    assert ran.code == 1
    assert "28个项目，28个已评定" in ran.out
    assert "E401" in ran.out
    checked = run("check", "2024", "--workspace", sent)
    assert checked.code == 1
    assert "324 承德市司法局：" in checked.out
    assert (
        "承德市司法局部门整体支出：不完整，未填1处（不计入项目数）。" in run("status", "2024", "--workspace", sent).out
    )


def test_it_is_explained_by_its_name(sample: Path, run: Run) -> None:
    said = run("explain", "2024", "部门", "--workspace", sample).out
    assert "部门 承德市司法局部门整体支出" in said
    assert "部门-10 社区矫正对象脱管率" in said
    said = run("explain", "2024", "部门-18", "--workspace", sample).out
    assert "12348法律服务热线.xlsx [自评填报!" in said
    assert "指标值没有写符号，类型同所对应的项目指标" in said
    assert "预算执行率" in run("explain", "2024", "部门-预算执行率", "--workspace", sample).out


def test_a_rulebook_may_leave_it_out(sample: Path, run: Run) -> None:
    rules = sample / "rules/2024.yaml"
    rules.write_text(rules.read_text(encoding="utf-8") + "\ndepartment: {enabled: false}\n", encoding="utf-8")
    assert "部门整体" not in run("forms", "2024", "--workspace", sample).out
    assert "部门整体" not in run("score", "2024", "--workspace", sample).out
    assert not (sample / "outputs/2024" / BOOK).exists()
    assert not (sample / "outputs/2024" / TABLE).exists()
    assert "E605" in run("explain", "2024", "部门", "--workspace", sample).said
