"""A year whose targets lie in a folder: every command works as with one table, and names the file of each row."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from selfeval.packages.files import digest
from selfeval.sources.targets_reader import read_targets
from tests.cli.conftest import FEW, Run
from tests.cli.desk import ROOT
from tests.cli.test_completion import asked
from tests.sources.target_layouts import LAYOUTS

SEVERAL = tuple(name for name in LAYOUTS if name != "one workbook")
HOME = "inputs/2024/targets"
OTHER = {
    "a workbook a unit": "0_324001.xlsx",
    "CSV": "全县/指标.csv",
    "CSV in GB18030": "全县/指标.csv",
    "Parquet": "指标.parquet",
}


def laid(workspace: Path, layout: str) -> Path:
    """The same workspace with its targets in another layout."""
    table = workspace / "inputs/2024/targets.xlsx"
    targets, _ = read_targets(table, 2024, "")
    table.unlink()
    LAYOUTS[layout](targets, workspace / "inputs/2024")
    return workspace


@pytest.mark.parametrize("layout", SEVERAL)
def test_scores_are_those_of_one_table(run: Run, scored: Path, layout: str) -> None:
    outputs = scored / "outputs/2024"
    before = {name: (outputs / name).read_bytes() for name in ("results.csv", "projects.csv", "部门整体.csv")}
    shutil.rmtree(outputs)
    laid(scored, layout)
    ran = run("score", "2024", "--workspace", scored)
    assert (ran.code, ran.err) == (0, "")
    assert {name: (outputs / name).read_bytes() for name in before} == before
    record = json.loads((outputs / "run.json").read_text(encoding="utf-8"))
    used = {one["path"]: one["sha256"] for one in record["inputs"] if one["path"].startswith(HOME)}
    there = [path for path in (scored / HOME).rglob("*") if path.is_file()]
    assert used == {path.relative_to(scored).as_posix(): digest(path.read_bytes()) for path in there}
    (book,) = outputs.rglob(f"{FEW[0]}_*.xlsx")
    grounds = openpyxl.load_workbook(book)["评分依据"]
    texts = [str(cell.value) for row in grounds.iter_rows() for cell in row if cell.value]
    cell = f"{OTHER[layout]}/指标!G2" if layout == "a workbook a unit" else f"{OTHER[layout]}!G2"
    assert any(text.endswith(f"指标值：{cell}") for text in texts)


@pytest.mark.parametrize("layout", SEVERAL)
def test_every_command_works(run: Run, workspace: Path, layout: str) -> None:
    laid(workspace, layout)
    here = ("--workspace", workspace)
    assert run("list", "2024", *here).code == 0
    told = run("explain", "2024", f"{FEW[0]}-01", *here)
    file = f"{HOME}/{OTHER[layout]}"
    assert f"{file} [指标!G2]" in told.out or f"{file} [G2]" in told.out
    received = workspace / "收到"
    shutil.move(workspace / "inputs/2024/forms", received)
    assert run("forms", "2024", *here).code == 0
    assert run("collect", received, "--year", "2024", *here).code in {0, 1}
    for command in (("status", "2024"), ("check", "2024"), ("score", "2024"), ("review", "2024"), ("publish", "2024")):
        ran = run(*command, *here)
        assert ran.code in {0, 1}, (command, ran.said)
        assert "E602" not in ran.said
    assert run("score", "2024", "--compare", "--rules", "central-2021", *here).code in {0, 1}
    assert run("rules", "check", "2024", *here).code in {0, 1}


def test_nothing_is_done_twice_and_a_changed_table_is_seen(run: Run, workspace: Path) -> None:
    laid(workspace, "a workbook a unit")
    assert run("score", "2024", "--workspace", workspace).code == 0
    file = workspace / HOME / "1_324004.xlsx"
    book = openpyxl.load_workbook(file)
    book["指标"]["G2"] = "≥1次"
    book.save(file)
    before = (workspace / "outputs/2024/run.json").read_bytes()
    run("score", "2024", "--workspace", workspace)
    assert (workspace / "outputs/2024/run.json").read_bytes() != before


def test_a_table_beside_the_folder_is_not_chosen_between(run: Run, workspace: Path) -> None:
    table = workspace / "inputs/2024/targets.xlsx"
    content = table.read_bytes()
    laid(workspace, "CSV")
    table.write_bytes(content)
    ran = run("score", "2024", "--workspace", workspace)
    assert (ran.code, "E168" in ran.said, "inputs/2024/targets/" in ran.said) == (3, True, True)


def test_a_folder_of_nothing_is_none(run: Run, workspace: Path) -> None:
    (workspace / HOME).mkdir()
    (workspace / HOME / "说明.txt").write_text("给人看的", encoding="utf-8")
    assert run("list", "2024", "--workspace", workspace).code == 0
    (workspace / "inputs/2024/targets.xlsx").unlink()
    ran = run("list", "2024", "--workspace", workspace)
    assert (ran.code, "E602" in ran.said) == (3, True)


def test_one_bad_table_leaves_the_others(run: Run, scored: Path) -> None:
    laid(scored, "a workbook a unit")
    book = openpyxl.load_workbook(scored / HOME / "1_324004.xlsx")
    book["指标"]["C1"] = "级别"
    book.save(scored / HOME / "1_324004.xlsx")
    ran = run("score", "2024", "--workspace", scored)
    assert (ran.code, "E122" in ran.said) == (1, True)
    lines = (scored / "outputs/2024/projects.csv").read_text(encoding="utf-8-sig").splitlines()
    states = {("324004" in line, line.rsplit(",", 1)[1]) for line in lines[1:]}
    assert (True, "error") in states
    assert len({state for of, state in states if of}) == 1
    assert (False, "error") not in states


def test_an_import_does_not_write_beside_the_folder(run: Run, workspace: Path) -> None:
    laid(workspace, "a workbook a unit")
    source = ROOT / "inputs/2024/targets.xlsx"
    ran = run("import", source, "--year", "2024", "--workspace", workspace)
    assert ("E190" in ran.said, (workspace / "inputs/2024/targets.xlsx").exists()) == (True, False)
    assert ran.code != 0
    tried = run("import", source, "--year", "2024", "--workspace", workspace, "--dry-run")
    assert ("E190" in tried.said, (workspace / "inputs/2024/targets.xlsx").exists()) == (False, False)


@pytest.mark.parametrize("layout", ["a workbook a unit", "CSV"])
def test_tab_completes_its_projects(workspace: Path, layout: str) -> None:
    laid(workspace, layout)
    assert asked("bash", ["score", ""], workspace) == ["2024"]
    assert asked("bash", ["explain", "2024", "警"], workspace) == ["警察服装经费"]
