"""A published run is read back, whichever version wrote it: ``published_v1`` is of one that had no column 规则 yet."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from selfeval.domain.difference.differ import PastRun, differ
from selfeval.packages.files import digest
from selfeval.runs.past import read_run

OLD = Path(__file__).parent / "published_v1"
PROJECT = "13080024P00010310005F"


def read(folder: Path) -> PastRun:
    run, problems = read_run(folder, "旧")
    assert {one.code for one in problems} <= {"W616"}, "the first format's tables were cut down to two projects"
    assert run is not None
    return run


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OLD, tmp_path / "旧"))


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new).encode("utf-8"))


def test_a_run_of_the_first_format_is_read() -> None:
    run = read(OLD)
    assert (run.year, run.rulebook, len(run.projects), len(run.problems)) == (2024, "2024", 2, 1)
    assert run.projects[PROJECT]["total"] == "98.38"
    row = run.results[PROJECT, f"{PROJECT}-01"]
    assert (row["name"], row["kind"], row["state"]) == ("12348法律服务热线", "at_least", "scored")


def test_a_column_that_came_later_is_blank_and_is_no_change(copy: Path) -> None:
    old = read(OLD)
    assert all(row.get("rule", "") == "" for row in old.results.values())
    path = copy / "results.csv"
    lines = path.read_bytes().decode("utf-8-sig").splitlines()
    later = [f"{lines[0]},规则", *(f"{line},at_least_sign" for line in lines[1:])]
    path.write_bytes("\r\n".join([*later, ""]).encode("utf-8-sig"))
    new = read(copy)
    assert {row["rule"] for row in new.results.values()} == {"at_least_sign"}
    assert differ(old, new).is_empty
    assert differ(new, old).is_empty


def test_a_column_that_nobody_knows_is_passed_over(copy: Path) -> None:
    rewrite(copy / "results.csv", "一级指标", "将来的列")
    assert differ(read(OLD), read(copy)).is_empty


@pytest.mark.parametrize(("file", "column"), [("results.csv", "指标编号"), ("projects.csv", "项目编码")])
def test_a_file_without_its_keys_is_none_of_ours(copy: Path, file: str, column: str) -> None:
    rewrite(copy / file, column, "甲")
    run, problems = read_run(copy, "旧")
    assert run is None
    assert [(one.code, one.place.file) for one in problems] == [("E621", f"旧/{file}")]
    assert f"没有“{column}”列" in problems[0].message


@pytest.mark.parametrize("record", ['{"format": "selfeval.run.v3", "year": 2024}', "[]", "{"])
def test_a_record_of_another_format_is_refused(copy: Path, record: str) -> None:
    (copy / "run.json").write_text(record, encoding="utf-8")
    assert [one.code for one in read_run(copy, "旧")[1]] == ["E621"]


def test_a_table_that_was_changed_since_is_read_and_told(copy: Path) -> None:
    record = json.loads((copy / "run.json").read_text(encoding="utf-8"))
    for one in record["outputs"]:
        if one["path"].endswith(".csv"):
            one["sha256"] = digest((copy / one["path"]).read_bytes())
    (copy / "run.json").write_text(json.dumps(record), encoding="utf-8")
    assert read_run(copy, "旧")[1] == ()
    rewrite(copy / "results.csv", ",8.33,8.33,", ",8.33,1.33,")
    rewrite(copy / "projects.csv", "98.38", "91.38")
    run, problems = read_run(copy, "旧")
    assert run is not None
    assert [(one.code, one.place.file) for one in problems] == [("W616", "旧/results.csv"), ("W616", "旧/projects.csv")]
    assert "旧/run.json" in problems[0].message


@pytest.mark.parametrize("file", ["results.csv", "projects.csv"])
@pytest.mark.parametrize("line", ["  \r\n", "x\r\n", "x,y\r\n", "again"])
def test_a_line_that_is_no_row_is_told_with_its_number(copy: Path, file: str, line: str) -> None:
    path = copy / file
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines) + (lines[-1] if line == "again" else line.encode()))
    run, problems = read_run(copy, "旧")
    assert run is None
    assert [(one.code, one.place.file) for one in problems] == [("E621", f"旧/{file}")]
    assert f"第{len(lines) + 1}行" in problems[0].message
