"""forms, collect and check, as an analyst runs them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import FEW, Run

HOTLINE = "13080024P00010310005F"


def form_of(workspace: Path, project: str = HOTLINE) -> Path:
    return next((workspace / "inputs/2024/forms").glob(f"*/{project}_*.xlsx"))


@pytest.fixture
def back(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All forms as they come back in a folder; the workspace holds empty ones."""
    folder = tmp_path_factory.mktemp("back") / "交来的"
    shutil.move(workspace / "inputs/2024/forms", folder)
    return folder


def test_forms_for_one_unit_carry_deadline_and_contact(run: Run, workspace: Path) -> None:
    shutil.rmtree(workspace / "inputs/2024/forms")
    options = ("--unit", "324004", "--due", "2025-01-20", "--contact", "财务科 王某")
    ran = run("forms", "2024", "--workspace", workspace, *options)
    assert ran.code == 0
    assert "新生成5份" in ran.out
    made = next((workspace / "inputs/2024/forms/324004_承德市戒毒管理所").iterdir())
    shown = [str(cell.value) for row in openpyxl.load_workbook(made)["自评填报"] for cell in row]
    assert {"2025年1月20日", "财务科 王某"} <= set(shown)


@pytest.mark.parametrize(
    ("option", "given", "told"), [("--unit", "99", "没有单位99"), ("--from-year", "2023", "inputs/2023/forms")]
)
def test_a_wish_that_cannot_be_met_is_told_and_nothing_is_written(
    run: Run, workspace: Path, option: str, given: str, told: str
) -> None:
    before = form_of(workspace).read_bytes()
    ran = run("forms", "2024", "--workspace", workspace, option, given, "--overwrite")
    assert ran.code == 3
    assert told in ran.err
    assert form_of(workspace).read_bytes() == before


def test_collect_tells_who_has_sent_who_has_not_and_what_is_incomplete(run: Run, workspace: Path, back: Path) -> None:
    for form in sorted(back.rglob("1308002[34]P*.xlsx"))[6:]:
        form.unlink()
    half = next(back.rglob(f"{HOTLINE}_*.xlsx"))
    book = openpyxl.load_workbook(half)
    sheet = book["自评填报"]
    row = next(line[0].row for line in sheet.iter_rows(max_col=1) if line[0].value == f"{HOTLINE}-01")
    column = next(cell.column for cell in sheet[1] if cell.value == "actual")
    sheet.cell(row, column).value = None
    book.save(half)
    run("forms", "2024", "--workspace", workspace)
    ran = run("collect", back, "--year", "2024", "--workspace", workspace)
    assert ran.code == 1
    assert "9个项目：" in ran.out
    assert "已报送5个" in ran.out
    assert "不完整1个" in ran.out
    assert "未报送3个" in ran.out
    line = next(line for line in ran.out.splitlines() if "12348法律服务热线" in line)
    assert "未填1处" in line


def test_what_was_collected_scores_as_the_forms_it_came_from(run: Run, workspace: Path, back: Path) -> None:
    shutil.make_archive(str(back.with_name("交表")), "zip", back)
    ran = run("collect", back.with_name("交表.zip"), "--year", "2024", "--workspace", workspace, "--format", "json")
    told = json.loads(ran.out)
    assert (ran.code, told["exit"], len(told["placed"])) == (0, 0, len(FEW))
    assert {one["state"] for one in told["standings"]} == {"已报送"}
    again = json.loads(run("score", "2024", "--workspace", workspace, "--format", "json").out)
    shutil.rmtree(workspace / "inputs/2024/forms")
    shutil.copytree(back, workspace / "inputs/2024/forms")
    before = json.loads(run("score", "2024", "--workspace", workspace, "--format", "json").out)
    assert again["projects"] == before["projects"]


def test_collecting_from_the_folder_of_forms_or_from_nowhere_is_refused(run: Run, workspace: Path) -> None:
    for source, code in ((workspace / "inputs/2024/forms", "E329"), (workspace / "没有", "E606")):
        ran = run("collect", source, "--year", "2024", "--workspace", workspace)
        assert ran.code == 3
        assert code in ran.err


def test_check_tells_the_same_problems_as_score_by_unit(run: Run, project_root: Path, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty"
    shutil.copytree(project_root / "examples/faulty", faulty)
    rules = ("--rules", project_root / "rules/2024.yaml")
    options = ("--workspace", faulty, *rules, "--format", "json")
    check, score = run("check", "2024", *options), run("score", "2024", *options)
    assert check.code == score.code == 1
    told = json.loads(check.out)
    found = [one for unit in told["units"] for one in unit["problems"]] + told["other"]
    assert sorted(map(str, found)) == sorted(map(str, json.loads(score.out)["problems"]))


def test_check_writes_a_list_for_each_unit_with_file_sheet_and_cell(
    run: Run, project_root: Path, tmp_path: Path
) -> None:
    faulty = tmp_path / "faulty"
    shutil.copytree(project_root / "examples/faulty", faulty)
    ran = run("check", "2024", "--workspace", faulty, "--rules", project_root / "rules/2024.yaml", "--write")
    assert "outputs/2024-退回修改清单/" in ran.out
    made = list((faulty / "outputs/2024-退回修改清单").glob("*.xlsx"))
    assert [one.name for one in made] == ["324001_承德市司法局本级_退回修改清单.xlsx"]
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(made[0]).worksheets[0]]
    assert rows[2] == ["序号", "项目", "文件", "工作表", "单元格", "指标", "级别", "问题", "怎样修改"]
    asked = next(row for row in rows if "约460" in str(row[7]))
    assert asked[1] == "12348法律服务热线"
    assert str(asked[2]).endswith(".xlsx")
    assert (asked[3], asked[5]) == ("自评填报", "解答来访咨询人次")
    assert f"[自评填报!{asked[4]}]" in ran.out
    texts = [f"{row[7]}{row[8]}" for row in rows[3:]]
    assert {row[6] for row in rows[3:]} == {"须修改", "请核实", "请报送"}
    for of_finance in ("规则文件", "overrides", "selfeval", "隐藏的标识", "单元格格式"):
        assert not [text for text in texts if of_finance in text]


def test_a_sound_year_checks_without_errors(run: Run, workspace: Path) -> None:
    ran = run("check", "2024", "--workspace", workspace)
    assert ran.code == 0
    assert "错误0条" in ran.out


def test_check_names_no_folder_when_there_is_nothing_to_send_back(run: Run, workspace: Path) -> None:
    ran = run("check", "2024", "--workspace", workspace, "--project", HOTLINE, "--write")
    assert ran.code == 0
    assert "退回修改清单" not in ran.out
    assert not list((workspace / "outputs").glob("*"))


def test_the_list_of_a_unit_with_nothing_left_to_mend_goes_and_other_files_stay(run: Run, workspace: Path) -> None:
    lists = workspace / "outputs/2024-退回修改清单"
    check = ("check", "2024", "--workspace", workspace, "--write")
    run(*check)
    made = {one.name for one in lists.iterdir()}
    stale = lists / "324999_已改好的单位_退回修改清单.xlsx"
    shutil.copy(next(lists.glob("3*.xlsx")), stale)
    (lists / "发送记录.txt").write_text("mine")
    run(*check, "--project", HOTLINE)
    assert stale.is_file()
    run(*check)
    assert {one.name for one in lists.iterdir()} == {*made, "发送记录.txt"}


def test_a_list_that_somebody_added_to_is_kept_beside_the_new_one(run: Run, workspace: Path) -> None:
    lists = workspace / "outputs/2024-退回修改清单"
    check = ("check", "2024", "--workspace", workspace, "--write")
    run(*check)
    mine = next(lists.glob("3*.xlsx"))
    stale = lists / "324999_已改好的单位_退回修改清单.xlsx"
    for path in (mine, stale):
        book = openpyxl.load_workbook(mine)
        book.worksheets[0]["K4"] = "已电话告知"
        book.save(path)
    added = {path: path.read_bytes() for path in (mine, stale)}
    ran = run(*check)
    assert ran.err.count("W617") == len(added)
    assert not stale.exists()
    for path, content in added.items():
        assert path.with_name(f"{path.stem}.旧1.xlsx").read_bytes() == content
    before = {path: path.read_bytes() for path in lists.iterdir()}
    assert "W617" not in run(*check).err
    assert {path: path.read_bytes() for path in lists.iterdir()} == before
