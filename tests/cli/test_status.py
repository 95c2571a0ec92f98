"""The board of a year: what was sent out is not taken for an answer, and who owes what is said in a text to paste."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.cli.app import main
from selfeval.domain.targets import PROJECTS
from selfeval.sources.imported import Imported
from selfeval.sources.targets_reader import read_targets
from selfeval.sources.targets_workbook import targets_workbook
from tests.cli.conftest import FEW, Run

HOTLINE, CLOTHES = FEW[:2]


@pytest.fixture(scope="module")
def _sent(tmp_path_factory: pytest.TempPathFactory, project_root: Path, _few: Path) -> Path:
    """Nine forms that were filled in from a table before they went out: made once, and copied."""
    home = tmp_path_factory.mktemp("sent")
    shutil.copytree(_few, home, dirs_exist_ok=True)
    shutil.rmtree(home / "inputs/2024/forms")
    told = ["--prefill", str(project_root / "examples/sample-2024"), "--due", "2025-01-20", "--contact", "财务科 王某"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["selfeval", "forms", "2024", "--workspace", str(home), *told])
        with pytest.raises(SystemExit):  # the table tells of other projects too
            main()
    assert len([*home.rglob("forms/32400?_*/*.xlsx")]) == 9  # beside that of the department
    return home


@pytest.fixture
def sent(_sent: Path, tmp_path: Path) -> Path:
    """The same, for one test."""
    shutil.copytree(_sent, tmp_path, dirs_exist_ok=True)
    return tmp_path


def form_of(workspace: Path, project: str) -> Path:
    return next((workspace / "inputs/2024/forms").glob(f"*/{project}_*.xlsx"))


def returned(workspace: Path, folder: Path, project: str, **values: object) -> Path:
    """A form as it comes back, with cells of the narrative or of the first indicator changed."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{project}_交回{len(list(folder.iterdir()))}.xlsx"
    book = openpyxl.load_workbook(form_of(workspace, project))
    sheet = book["自评填报"]
    for name, new in values.items():
        _cell(sheet, f"{project}-01" if name == "first" else f"narrative.{name}", new)
    book.save(path)
    return path


def _cell(sheet: Worksheet, row: str, new: object) -> None:
    at = next(line[0].row for line in sheet.iter_rows(max_col=1) if line[0].value == row)
    column = next(cell.column for cell in sheet[1] if cell.value == "actual")
    sheet.cell(at, column).value = new  # type: ignore[assignment]


def states(run: Run, workspace: Path) -> dict[str, str]:
    told = json.loads(run("status", "2024", "--workspace", workspace, "--format", "json").out)
    return {one["project"]: one["state"] for one in told["standings"]}


def test_what_finance_filled_in_is_sent_and_not_received(run: Run, sent: Path, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    ran = run("collect", tmp_path / "空", "--year", "2024", "--workspace", sent)
    assert "9个项目：未报送9个。" in ran.out
    assert set(states(run, sent).values()) == {"未报送"}


def test_a_returned_form_replaces_the_one_that_was_sent_and_that_is_kept(run: Run, sent: Path, tmp_path: Path) -> None:
    before = form_of(sent, HOTLINE).read_bytes()
    came = returned(sent, tmp_path / "来", HOTLINE, first=6500, date=dt.date(2024, 12, 1))
    ran = run("collect", tmp_path / "来", "--year", "2024", "--workspace", sent)
    assert "E325" not in ran.said
    assert form_of(sent, HOTLINE).read_bytes() == came.read_bytes()
    assert [old.read_bytes() for old in (form_of(sent, HOTLINE).parent / ".旧版").iterdir()] == [before]
    assert states(run, sent)[HOTLINE] == "待修改"  # a reason is asked for


def test_two_forms_that_came_back_differently_are_still_asked_about(run: Run, sent: Path, tmp_path: Path) -> None:
    for value in (6500, 6600):
        returned(sent, tmp_path / "来", HOTLINE, first=value)
    returned(sent, tmp_path / "来", CLOTHES, first=1)
    ran = run("collect", tmp_path / "来", "--year", "2024", "--workspace", sent)
    assert ran.out.count("E325") == 1
    assert states(run, sent)[HOTLINE] == "待修改", "it did come back"
    reminded = run("status", "2024", "--workspace", sent, "--remind").out
    assert reminded.count("已收到2份不同的填报表，都未采用，请确认以哪一份为准") == 1
    returned(sent, tmp_path / "再来", CLOTHES, first=2)
    told = run("collect", tmp_path / "再来", "--year", "2024", "--workspace", sent).out
    assert "E325" in told
    alone = next((tmp_path / "再来").iterdir())
    assert f"selfeval collect --workspace {sent} {alone} --year 2024 --accept-newest" in told
    run("collect", alone, "--year", "2024", "--accept-newest", "--workspace", sent)
    assert form_of(sent, CLOTHES).read_bytes() == alone.read_bytes()


def test_a_form_in_an_archive_is_taken_alone_by_taking_the_archive(run: Run, sent: Path, tmp_path: Path) -> None:
    for value in (1, 2):
        came = returned(sent, tmp_path / f"第{value}次", CLOTHES, first=value)
        (tmp_path / "来信").mkdir(exist_ok=True)
        with zipfile.ZipFile(tmp_path / f"来信/第{value}次 报送.zip", "w") as archive:
            archive.write(came, f"司法所/{came.name}")
    told = run("collect", tmp_path / "来信", "--year", "2024", "--workspace", sent).out
    assert f'"{tmp_path}/来信/第2次 报送.zip" --year 2024 --accept-newest' in told


def test_a_copy_of_what_was_sent_is_no_answer_however_it_was_saved(run: Run, sent: Path, tmp_path: Path) -> None:
    saved_again = returned(sent, tmp_path / "来", HOTLINE)
    assert saved_again.read_bytes() != form_of(sent, HOTLINE).read_bytes()
    ran = run("collect", tmp_path / "来", "--year", "2024", "--workspace", sent)
    assert "W319" in ran.out
    assert "9个项目：未报送9个。" in ran.out
    returned(sent, tmp_path / "来", HOTLINE, first=6500)
    assert "E325" not in run("collect", tmp_path / "来", "--year", "2024", "--workspace", sent).out


def test_forms_made_again_over_an_answer_leave_it_an_answer(
    run: Run, sent: Path, tmp_path: Path, project_root: Path
) -> None:
    returned(sent, tmp_path / "来", HOTLINE, date=dt.date(2025, 1, 18))
    run("collect", tmp_path / "来", "--year", "2024", "--workspace", sent)
    again = ("forms", "2024", "--workspace", sent, "--prefill", project_root / "examples/sample-2024")
    assert "已有填报内容、保留不动1份" in run(*again).out
    assert states(run, sent)[HOTLINE] == "已报送"
    run(*again, "--overwrite")
    assert states(run, sent)[HOTLINE] == "未报送"


def test_the_board_says_who_is_late_and_what_to_write(run: Run, sent: Path, tmp_path: Path) -> None:
    settings = sent / "inputs/settings.yaml"
    settings.write_text(
        f"{settings.read_text('utf-8')}    departments:\n      法律服务科: {{projects: [{HOTLINE}]}}\n"
        "unit: 承德市司法局 # 落款\n",
        "utf-8",
    )
    returned(sent, tmp_path / "来", CLOTHES, first=None, date=dt.date(2025, 1, 18))
    run("collect", tmp_path / "来", "--year", "2024", "--workspace", sent)
    status = ("status", "2024", "--workspace", sent)
    early, late = (run(*status, "--as-of", day) for day in ("2025-01-20", "2025-01-22"))
    assert (early.code, late.code) == (1, 1)
    assert "逾期" not in early.out
    assert "还有0天" in early.out
    line = next(line for line in late.out.splitlines() if "12348法律服务热线" in line)
    assert [*line.split()][:4] == ["未报送", "12348法律服务热线", "法律服务科", "逾期2天"]
    text = run(*status, "--as-of", "2025-01-22", "--unit", "324001", "--remind").out
    assert "报送期限为2025年1月20日，已逾期2天。截至2025年1月22日，以下4个项目尚未完成报送：" in text
    assert "1. 12348法律服务热线（法律服务科）：未报送。" in text
    assert "警察服装经费：不完整，1处没有填写，见退回修改清单。" in text
    assert "请与财务科 王某联系" in text
    assert text.rstrip().endswith("承德市司法局")
    told = json.loads(run(*status, "--as-of", "2025-01-22", "--format", "json").out)
    assert (told["due"], told["days_late"], told["exit"]) == ("2025-01-20", 2, 1)
    units = ["324001 承德市司法局本级", "324004 承德市戒毒管理所", "324 承德市司法局"]  # the last for its own part
    assert [one["unit"] for one in told["reminders"]] == units


def test_a_unit_that_is_not_there_is_told(run: Run, workspace: Path) -> None:
    ran = run("status", "2024", "--workspace", workspace, "--unit", "999")
    assert ran.code == 3
    assert "没有单位999" in ran.err


def test_a_year_with_everything_in_owes_nothing(run: Run, workspace: Path) -> None:
    ran = run("status", "2024", "--workspace", workspace)
    assert ran.code == 0
    assert "9个项目：已报送9个。" in ran.out
    assert "未设报送期限" in ran.out
    assert "催报文字" not in ran.out


def test_what_was_not_sent_is_one_line_in_check_and_in_the_list(run: Run, sent: Path) -> None:
    form_of(sent, CLOTHES).unlink()
    ran = run("check", "2024", "--workspace", sent, "--write")
    assert ran.code == 1
    assert ran.out.count("E301") == len(FEW)
    assert "E401" not in ran.out
    made = min((sent / "outputs/2024-退回修改清单").glob("*.xlsx"))
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(made).worksheets[0]]
    assert "报送期限：2025年1月20日。联系人：财务科 王某。" in str(rows[1][0])
    lines = [row for row in rows[3:] if row[7] == "未报送"]
    assert [row[8] for row in lines] == ["请于2025年1月20日前报送"] * 4
    assert len(rows) == 3 + len(lines)


def test_projects_of_a_unit_stand_together_however_they_alternate_in_the_table(
    run: Run, sent: Path, tmp_path: Path
) -> None:
    path = sent / "inputs/2024/targets.xlsx"
    targets, _ = read_targets(path, 2024, "targets.xlsx")
    units = targets.projects.frame["unit_code"]
    order = targets.projects.frame.groupby("unit_code").cumcount().sort_values(kind="stable").index
    mixed = targets.projects.frame.loc[order]
    assert units.loc[order].ne(units.loc[order].shift()).sum() > units.nunique() > 1
    path.write_bytes(targets_workbook(Imported(replace(targets, projects=PROJECTS.of_frame(mixed)))))
    (tmp_path / "空").mkdir()
    heads = [f"\n{code} " for code in units.unique()]
    collected = ("collect", tmp_path / "空", "--year", "2024")
    for command in (("list", "2024"), ("status", "2024"), collected, ("score", "2024", "-v")):
        told = run(*command, "--workspace", sent).out
        assert [told.count(head) for head in heads] == [1] * len(heads), command
    letters = run("status", "2024", "--remind", "--workspace", sent).out
    assert letters.count("以下") == len(heads)
