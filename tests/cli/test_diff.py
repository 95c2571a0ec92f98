"""``selfeval diff``: two folders or years, told on a terminal, as JSON and as a workbook."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run

PROJECT = "13080024P00010310005F"


@pytest.fixture
def compared(scored: Path) -> Path:
    """The sample year scored, and a copy of it in outputs/旧."""
    shutil.copytree(scored / "outputs/2024", scored / "outputs/旧")
    return scored


def change_a_form(workspace: Path) -> str:
    """Lower the first actual of a project; its 指标编号."""
    file = next((workspace / "inputs/2024/forms").rglob(f"{PROJECT}_*.xlsx"))
    book = load_workbook(file)
    sheet = next(one for one in book if one["A1"].value and str(one["A1"].value).startswith("selfeval.form"))
    column = next(one.column for one in sheet[1] if one.value == "actual")
    at = next(one.row for one in sheet["A"] if one.value == f"{PROJECT}-01")
    sheet.cell(at, column).value = 6000
    book.save(file)
    return f"{PROJECT}-01"


def test_the_same_run_has_no_difference(run: Run, compared: Path) -> None:
    ran = run("diff", compared / "outputs/旧", "2024", "--workspace", compared)
    assert ran.code == 0
    assert "没有变化" in ran.out


def test_a_changed_form_is_a_change_of_data(run: Run, compared: Path) -> None:
    indicator = change_a_form(compared)
    run("score", "2024", "--workspace", compared)
    found = json.loads(run("diff", "outputs/旧", "2024", "--workspace", compared, "--format", "json").out)
    assert [one["change"] for one in found["data"]["inputs"]] == ["改动"]
    assert found["rules"]["files"] == []
    rows = {one["indicator"]: one for one in found["indicators"]}
    assert list(rows) == [indicator, "324-部门整体-18"]  # which takes its value over
    assert rows[indicator]["cause"] == "数据"
    assert rows[indicator]["data"]["实际完成值"][1].startswith("6000")
    assert found["projects"][0]["difference"] < 0


def test_a_changed_rule_is_a_change_of_rules(run: Run, compared: Path) -> None:
    rules = compared / "rules/2024.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("{from: 1, share: 80%}", "{from: 1, share: 50%}"), encoding="utf-8")
    run("score", "2024", "--workspace", compared)
    found = json.loads(run("diff", "outputs/旧", "2024", "--workspace", compared, "--format", "json").out)
    assert found["data"]["inputs"] == []
    assert [one["path"] for one in found["rules"]["files"]] == ["rules/2024.yaml"]
    assert found["indicators"]
    assert {one["cause"] for one in found["indicators"]} == {"规则"}


def test_the_terminal_tells_old_and_new(run: Run, compared: Path) -> None:
    indicator = change_a_form(compared)
    run("score", "2024", "--workspace", compared)
    said = run("diff", "outputs/旧", "outputs/2024", "--workspace", compared).out
    assert f"{indicator} " in said
    assert "原因：数据" in said
    assert "→ 6000" in said


def test_the_difference_is_written_as_a_workbook(run: Run, compared: Path, tmp_path: Path) -> None:
    indicator = change_a_form(compared)
    run("score", "2024", "--workspace", compared)
    target = tmp_path / "比较.xlsx"
    assert run("diff", "outputs/旧", "2024", "--workspace", compared, "--write", target).code == 0
    book = load_workbook(target)
    assert book.sheetnames == ["说明", "项目", "指标", "问题"]
    values = [cell.value for row in book["指标"].iter_rows() for cell in row]
    assert indicator in values
    first = target.read_bytes()
    run("diff", "outputs/旧", "2024", "--workspace", compared, "--write", target)
    assert target.read_bytes() == first


def test_folders_that_are_no_runs_are_said_both_at_once(run: Run, workspace: Path) -> None:
    ran = run("diff", "2023", "rules", "--workspace", workspace)
    assert ran.code == 3
    assert ran.err.count("E620") == 2
    assert "outputs/2023" in ran.err


@pytest.mark.parametrize("name", ["run.json", "results.csv", "projects.csv"])
def test_a_foreign_file_is_said(run: Run, compared: Path, name: str) -> None:
    (compared / "outputs/旧" / name).write_text("甲,乙\r\n1,2\r\n", encoding="utf-8")
    ran = run("diff", "outputs/旧", "2024", "--workspace", compared)
    assert ran.code == 3
    assert f"outputs/旧/{name}" in ran.err
    assert "E621" in ran.err


def test_a_place_that_cannot_be_written_is_said(run: Run, compared: Path) -> None:
    ran = run("diff", "outputs/旧", "2024", "--workspace", compared, "--write", compared / "rules")
    assert ran.code == 4
    assert "E603" in ran.err


def put(compared: Path, table: str, heading: str, value: str) -> None:
    """Write a value into the first row of a table of outputs/旧."""
    path = compared / "outputs/旧" / table
    first, second, *rest = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    second[first.index(heading)] = value
    text = io.StringIO()
    csv.writer(text).writerows([first, second, *rest])
    path.write_text(text.getvalue(), encoding="utf-8-sig")


@pytest.mark.parametrize("year", [0, -5, 99999, 10**12, True, 2024.0, "2024", None, 1999, float("nan")])
def test_a_year_that_is_none_is_said(run: Run, compared: Path, tmp_path: Path, year: object) -> None:
    path = compared / "outputs/旧/run.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"year": year}, indent=2))
    for order in (("outputs/旧", "2024"), ("2024", "outputs/旧")):
        ran = run("diff", *order, "--workspace", compared, "--write", tmp_path / "比较.xlsx")
        assert ran.code == 3
        assert "E621" in ran.err
        assert "outputs/旧/run.json 的第3行" in ran.err


@pytest.mark.parametrize(
    ("table", "heading"),
    [
        *[("projects.csv", title) for title in ("总分", "最低", "全年预算数", "执行率")],
        *[("results.csv", title) for title in ("分值", "得分", "完成率", "100分外最多加减")],
    ],
)
def test_a_number_that_is_none_is_said_with_its_line(run: Run, compared: Path, table: str, heading: str) -> None:
    for value in ("1e999999999", "1e400", "nan", "inf", "-Infinity", "九十", "9 0", "1_0", "9" * 40, "9" * 40_000):
        put(compared, table, heading, value)
        ran = run("diff", "2024", "outputs/旧", "--workspace", compared, "--format", "json")
        assert ran.code == 3, value
        assert f"outputs/旧/{table} 的第2行“{heading}”" in ran.said
        assert max(map(len, ran.said.splitlines())) < 400


@pytest.mark.parametrize("heading", ["三级指标", "说明", "项目名称"])
def test_a_text_longer_than_a_cell_is_said_and_a_long_one_is_cut(run: Run, compared: Path, heading: str) -> None:
    put(compared, "results.csv", heading, "长" * 40_000)
    ran = run("diff", "outputs/旧", "2024", "--workspace", compared)
    assert ran.code == 3
    assert f"results.csv 的第2行“{heading}”" in ran.err
    put(compared, "results.csv", heading, "短")
    put(compared, "results.csv", "实际完成值", "长" * 30_000)
    ran = run("diff", "outputs/旧", "2024", "--workspace", compared)
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) < 2_100


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rulebook", {"id": "长" * 100_000}),
        ("rulebook", {"id": 7}),
        ("versions", {"selfeval": ["1"]}),
        ("versions", {"长" * 100_000: "1"}),
        ("inputs", [{"path": "长" * 100_000, "sha256": "0"}]),
        ("rules", [{"path": "a", "sha256": 10**4000}]),
        ("format", ["selfeval.run.v1"]),
    ],
)
def test_a_word_of_the_record_that_is_none_is_said(run: Run, compared: Path, key: str, value: object) -> None:
    path = compared / "outputs/旧/run.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {key: value}), encoding="utf-8")
    ran = run("diff", "outputs/旧", "2024", "--workspace", compared)
    assert ran.code == 3
    assert "E621" in ran.err
    assert len(ran.err) < 1_000
