"""``selfeval score`` on the sample year and on a few projects of it, as an analyst runs it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import FEW, Run

SAMPLE = "examples/sample-2024"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def snapshot(folder: Path) -> dict[str, bytes]:
    """All files but what was taken down of them, which says when they were written."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith((".known", ".kept")))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def a_form(workspace: Path, project: str) -> Path:
    return next((workspace / "inputs" / "2024" / "forms").rglob(f"{project}_*.xlsx"))


def test_the_sample_year_scores_and_writes_everything(run: Run, sample: Path) -> None:
    ran = run("score", 2024, "-v", "--workspace", sample)
    assert ran.code == 0
    outputs = sample / "outputs" / "2024"
    assert {path.name for path in outputs.iterdir() if path.is_file()} == {
        "results.csv",
        "projects.csv",
        "problems.csv",
        "run.json",
        "汇总.xlsx",
        "部门整体.csv",
        "部门整体总分.csv",
        "部门整体支出绩效自评表.xlsx",
    }
    assert len(list(outputs.rglob("*_自评表.xlsx"))) == 28
    results, projects = rows(outputs / "results.csv"), rows(outputs / "projects.csv")
    assert len(projects) == 28
    assert len(results) == 215 + 28
    assert sum(row["指标编号"] == "预算执行率" for row in results) == 28
    for project in projects:
        assert project["项目名称"] in ran.out
        assert project["总分"] == project["最低"] == project["最高"]
        own = [row for row in results if row["项目编码"] == project["项目编码"]]
        assert sum(round(float(row["分值"]) * 100) for row in own) == 10000
        assert sum(round(float(row["得分"] or 0) * 100) for row in own) == round(float(project["总分"]) * 100)
    record = json.loads((outputs / "run.json").read_text(encoding="utf-8"))
    assert record["format"] == "selfeval.run.v2"
    assert [one["project"] for one in record["projects"]] == [one["项目编码"] for one in projects]
    for one in record["outputs"]:
        assert hashlib.sha256((outputs / one["path"]).read_bytes()).hexdigest() == one["sha256"]
    assert len(record["inputs"]) == 29


def test_a_second_run_and_another_order_of_files_give_the_same_bytes(run: Run, scored: Path) -> None:
    workspace = scored
    first = snapshot(workspace / "outputs")
    forms = workspace / "inputs" / "2024" / "forms"
    for path in sorted(forms.rglob("*.xlsx"), reverse=True):  # written again in reverse: another order on disk
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
        os.utime(path, (0, 0))
    assert run("score", 2024, "--workspace", workspace).code == 0
    assert snapshot(workspace / "outputs") == first


def test_how_many_processes_there_are_changes_no_byte(run: Run, scored: Path) -> None:
    first = snapshot(scored / "outputs")
    assert run("score", 2024, "--workspace", scored, "--workers", "3").code == 0
    assert snapshot(scored / "outputs") == first


def test_the_reported_table_gives_the_scores_of_the_forms(run: Run, scored: Path, project_root: Path) -> None:
    run("score", 2024, "--workspace", scored, "--reported", project_root / SAMPLE, "--out", scored / "table")
    assert rows(scored / "outputs" / "2024" / "results.csv") == rows(scored / "table" / "results.csv")


def test_one_project_alone_leaves_the_year_untouched(run: Run, scored: Path) -> None:
    before = snapshot(scored / "outputs" / "2024")
    ran = run("score", 2024, "--workspace", scored, "--project", "13080024P00010310005F")
    assert ran.code == 0
    assert len(rows(scored / "outputs" / "2024-部分" / "projects.csv")) == 1
    assert snapshot(scored / "outputs" / "2024") == before


def test_json_says_what_the_text_says(run: Run, workspace: Path) -> None:
    ran = run("score", 2024, "--workspace", workspace, "--format", "json")
    said = json.loads(ran.out)
    assert said["exit"] == ran.code == 0
    assert [one["total"] for one in said["projects"]] == [
        float(row["总分"]) for row in rows(workspace / "outputs" / "2024" / "projects.csv")
    ]


def test_one_broken_form_never_stops_the_others(run: Run, workspace: Path) -> None:
    broken = a_form(workspace, "13080024P00010310005F")
    broken.write_bytes(broken.read_bytes()[:2000])
    ran = run("score", 2024, "--workspace", workspace)
    assert ran.code == 1
    assert broken.name in ran.out
    projects = {row["项目编码"]: row for row in rows(workspace / "outputs" / "2024" / "projects.csv")}
    assert projects["13080024P00010310005F"]["等级"] == "待定"
    assert projects["13080024P00010310005F"]["总分"] == ""
    assert projects["13080024P00010310005F"]["最低"] == "0.00"
    assert projects["13080024P00010310005F"]["最高"] == "100.00"
    assert sum(row["等级"] != "待定" for row in projects.values()) == len(FEW) - 1


def test_a_missing_form_is_asked_for_and_never_zero(run: Run, workspace: Path) -> None:
    a_form(workspace, "13080024P00010310005F").unlink()
    ran = run("score", 2024, "--workspace", workspace)
    assert ran.code == 1
    missing = [row for row in rows(workspace / "outputs" / "2024" / "problems.csv") if row["代码"] == "E301"]
    assert [row["项目编码"] for row in missing] == ["13080024P00010310005F"]
    own = [
        row
        for row in rows(workspace / "outputs" / "2024" / "results.csv")
        if row["项目编码"] == "13080024P00010310005F"
    ]
    assert {row["状态"] for row in own} == {"ask"}
    assert {row["得分"] for row in own} == {""}


def test_two_forms_for_one_project_are_both_named_and_neither_is_chosen(run: Run, workspace: Path) -> None:
    one = a_form(workspace, "13080024P00010310005F")
    shutil.copy(one, one.with_name("最终版.xlsx"))
    ran = run("score", 2024, "--workspace", workspace)
    assert ran.code == 1
    (told,) = (row for row in rows(workspace / "outputs" / "2024" / "problems.csv") if row["代码"] == "E307")
    assert all(name in told["问题"] for name in (one.name, "最终版.xlsx"))


def test_text_of_a_form_never_becomes_a_formula(run: Run, workspace: Path) -> None:
    path = a_form(workspace, "13080024P00010310005F")
    book = openpyxl.load_workbook(path)
    sheet = book["自评填报"]
    hostile = '=HYPERLINK("x","y")'
    done = False
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "上半年" in cell.value:
                cell.value = hostile
                cell.data_type = "s"
                done = True
    assert done
    book.save(path)
    run("score", 2024, "--workspace", workspace)
    made = next((workspace / "outputs" / "2024").rglob("13080024P00010310005F_*_自评表.xlsx"))
    cells = [cell for sheet in openpyxl.load_workbook(made) for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" and "HYPERLINK" in str(cell.value)]
    assert [cell for cell in cells if cell.data_type == "s" and hostile in str(cell.value)]


def test_a_year_without_rules_is_refused_with_the_command_that_makes_them(run: Run, workspace: Path) -> None:
    shutil.copytree(workspace / "inputs" / "2024", workspace / "inputs" / "2025")
    ran = run("score", 2025, "--workspace", workspace)
    assert ran.code == 3
    assert f"selfeval rules new --workspace {workspace} 2025 --from 2024" in ran.said
    assert not (workspace / "outputs").exists()


def test_a_folder_that_is_no_workspace_is_said(run: Run, tmp_path: Path) -> None:
    ran = run("score", 2024, "--workspace", tmp_path)
    assert ran.code == 3
    assert "E601" in ran.said


def test_a_project_written_wrong_gets_the_nearest_one(run: Run, workspace: Path) -> None:
    ran = run("score", 2024, "--workspace", workspace, "--project", "13080024P00010310050F")
    assert ran.code == 3
    assert "13080024P00010310005F" in ran.said


def test_outputs_that_cannot_be_written_are_one_plain_sentence(run: Run, workspace: Path) -> None:
    (workspace / "outputs").write_text("in the way")
    ran = run("score", 2024, "--workspace", workspace)
    assert ran.code == 4
    assert "E603" in ran.err


def test_the_faulty_set_is_told_whole(run: Run, project_root: Path, tmp_path: Path) -> None:
    faulty = project_root / "examples" / "faulty"
    rules = project_root / "rules" / "2024.yaml"
    ran = run("score", 2024, "--workspace", faulty, "--rules", rules, "--out", tmp_path / "out")
    assert ran.code == 1
    problems = rows(tmp_path / "out" / "problems.csv")
    for row in problems:
        assert row["问题"]
        assert row["建议"]
    assert len({row["代码"] for row in problems}) > 20


def test_a_few_projects_never_take_the_place_of_a_whole_year(run: Run, workspace: Path) -> None:
    whole, few = workspace / "别处", workspace / "几个"
    for target in (workspace / "outputs/2024", whole):
        assert run("score", "2024", "--workspace", workspace, "--out", target).code == 0
    project = ("score", "2024", "--workspace", workspace, "--project", "13080024P00010310005F", "--out")
    for target in (workspace / "outputs/2024", whole):
        before = snapshot(target)
        ran = run(*project, target)
        assert ran.code == 4
        assert "E609" in ran.err
        assert snapshot(target) == before
    assert [run(*project, few).code for _ in range(2)] == [0, 0]


def test_a_folder_of_the_user_is_not_written_into(run: Run, workspace: Path) -> None:
    mine = workspace / "我的"
    mine.mkdir()
    (mine / "projects.csv").write_text("mine")
    ran = run("score", "2024", "--workspace", workspace, "--out", mine)
    assert ran.code == 4
    assert "文件夹里已有其他文件，请换一个空文件夹" in ran.err
    assert snapshot(mine) == {"projects.csv": b"mine"}


@pytest.mark.parametrize("nameless", [".", "./", "", "/"])
def test_a_folder_without_a_name_is_refused(run: Run, scored: Path, nameless: str) -> None:
    for command in (("score", "2024", "--out"), ("diff", "2024", "2024", "--write")):
        ran = run(*command, nameless, "--workspace", scored)
        assert ran.code == 4
        assert "请给出一个名字" in ran.err
