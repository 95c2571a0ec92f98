"""Tables without workbooks, and as Parquet: the same scores, for programs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from pyarrow.parquet import read_table

from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.runs import parquet
from tests.cli.conftest import FEW, Run
from tests.cli.test_score import snapshot

TABLES = {"results.csv", "projects.csv", "problems.csv", "部门整体.csv", "部门整体总分.csv"}


def files(outputs: Path) -> set[str]:
    return {path.name for path in outputs.rglob("*") if path.is_file()}


def test_tables_are_the_same_without_workbooks_and_workbooks_come_back(run: Run, scored: Path) -> None:
    outputs = scored / "outputs" / "2024"
    before = snapshot(scored / "outputs")
    tables = {name: (outputs / name).read_bytes() for name in TABLES}
    ran = run("score", 2024, "--workspace", scored, "--no-workbooks")
    assert ran.code == 0
    assert "outputs/2024/（results.csv、projects.csv、problems.csv）。没有写自评表和汇总，上次写出的已移除；" in ran.out
    assert "（部门整体.csv、部门整体总分.csv，不计入上面的项目数）" in ran.out
    assert files(outputs) == TABLES | {"run.json"}
    assert {name: (outputs / name).read_bytes() for name in TABLES} == tables
    record = json.loads((outputs / "run.json").read_bytes())
    assert [project["project"] for project in record["projects"]] == [*dict.fromkeys(record_order(outputs))]
    assert {file["path"] for file in record["outputs"]} == TABLES
    again = run("score", 2024, "--workspace", scored, "--no-workbooks").out
    assert "没有写自评表和汇总；需要的，去掉 --no-workbooks 再运行。" in again
    assert f"{len(FEW)}个项目没有变化" not in run("score", 2024, "--workspace", scored, "--workers", "1").out
    assert snapshot(scored / "outputs") == before


def record_order(outputs: Path) -> list[str]:
    with (outputs / "projects.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["项目编码"] for row in csv.DictReader(file)]


def test_a_reviewed_workbook_stays_and_is_said(run: Run, scored: Path) -> None:
    book = next((scored / "outputs" / "2024").rglob("*_自评表.xlsx"))
    opened = openpyxl.load_workbook(book)
    opened.worksheets[0]["A1"] = "改过"
    opened.save(book)
    ran = run("score", 2024, "--workspace", scored, "--no-workbooks")
    assert "W613" in ran.err
    (kept,) = (scored / "outputs" / "2024").rglob("*.xlsx")
    assert openpyxl.load_workbook(kept).worksheets[0]["A1"].value == "改过"


@pytest.mark.parametrize("option", ["--no-workbooks", "--parquet"])
def test_a_comparison_writes_no_results(run: Run, scored: Path, option: str) -> None:
    ran = run("score", 2024, "--workspace", scored, "--rules", "central-2021", "--compare", option)
    assert ran.code == 2
    assert f"比较两份规则（--compare）时不写自评表和结果数据表，请去掉 {option}" in ran.err


def test_where_pyarrow_is_missing_it_is_said_what_to_install(
    run: Run, scored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(scored / "outputs")
    monkeypatch.setattr(parquet, "find_spec", lambda _name: None)
    ran = run("score", 2024, "--workspace", scored, "--parquet")
    assert ran.code == 2
    assert '没有安装 pyarrow，写不了 Parquet；请先运行 pip install "selfeval[parquet]"' in ran.err
    assert snapshot(scored / "outputs") == before


def test_parquet_holds_what_the_csv_files_hold(run: Run, scored: Path) -> None:
    read = read_table
    outputs = scored / "outputs" / "2024"
    ran = run("score", 2024, "--workspace", scored, "--parquet", "--no-workbooks")
    assert "problems.csv、results.parquet、projects.parquet）" in ran.out
    assert {"results.parquet", "projects.parquet"} <= {
        file["path"] for file in json.loads((outputs / "run.json").read_bytes())["outputs"]
    }
    for table in (RESULTS_FILE, PROJECTS_FILE):
        found = read(outputs / f"{table.name.removesuffix('.csv')}.parquet")
        assert found.schema.names == table.names
        with (outputs / table.name).open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        assert [field.metadata[b"header"].decode() for field in found.schema] == header
        printed = [
            [column.printed(value) for column, value in zip(table.columns, record.values(), strict=True)]
            for record in found.to_pylist()
        ]
        assert printed == rows
        types = {"text": "string", "number": "double", "integer": "int64", "flag": "bool"}
        assert [str(field.type) for field in found.schema] == [types[column.dtype] for column in table.columns]
