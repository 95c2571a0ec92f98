"""``selfeval publish``: 公开版 of what was scored, beside the results."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from selfeval.packages.office import OfficeError
from selfeval.runs import public
from tests.cli.conftest import FEW, Run

NAME = "公开版_自评表"


@pytest.fixture(autouse=True)
def printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A printer that needs no LibreOffice, so that these tests are quick."""
    monkeypatch.setattr(public, "find_soffice", lambda: Path("soffice"))
    monkeypatch.setattr(public, "as_pdf", lambda content, _soffice, _seconds: b"%PDF of " + content[:2])


def published(run: Run, workspace: Path, *more: str) -> dict[str, Any]:
    ran = run("publish", "2024", "--workspace", workspace, "--format", "json", *more)
    found: dict[str, Any] = json.loads(ran.out)
    assert found["exit"] == ran.code
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob(f"{NAME}*"))


def form_of(workspace: Path, project: str) -> Path:
    return next((workspace / "inputs/2024/forms").rglob(f"{project}_*.xlsx"))


def sign(form: Path, name: str) -> None:
    book = load_workbook(form)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "赵一鸣":
                cell.value = name
    book.save(form)


def test_all_projects_stand_in_one_workbook_with_a_pdf_beside_it(run: Run, scored: Path) -> None:
    ran = run("publish", "2024", "--workspace", scored)
    assert (ran.code, ran.err) == (0, "")
    outputs = scored / "outputs/2024"
    assert f"公开版有{len(FEW)}个项目的自评表。\n已写入 {outputs}/（{NAME}.xlsx、{NAME}.pdf）。\n" in ran.out
    assert len(load_workbook(outputs / f"{NAME}.xlsx").worksheets) == 1 + len(FEW)
    assert (outputs / f"{NAME}.pdf").read_bytes() == b"%PDF of PK"
    before = (outputs / f"{NAME}.xlsx").read_bytes()
    assert run("publish", "2024", "--workspace", scored).code == 0
    assert (outputs / f"{NAME}.xlsx").read_bytes() == before
    assert names(outputs) == [f"{NAME}.pdf", f"{NAME}.xlsx"]
    # the year may be scored again beside it, which says that it is older now
    again = run("score", "2024", "--workspace", scored)
    assert again.code == 0
    assert f"{NAME}.pdf、{NAME}.xlsx是评分以前生成的" in again.out


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (None, "没有找到 LibreOffice"),
        (OfficeError("没有转完"), "LibreOffice 没有转完"),
        (OSError(errno.ENOSPC, "full"), "临时文件夹无法写入（磁盘已满）"),
        (FileNotFoundError(errno.ENOENT, "none"), "临时文件夹无法写入（无法建立上级文件夹）"),
    ],
)
def test_without_libreoffice_a_line_says_so_and_no_old_pdf_stays(
    run: Run, scored: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception | None, why: str
) -> None:
    assert run("publish", "2024", "--workspace", scored).code == 0

    def fails(*_: object) -> bytes:
        assert fault is not None
        raise fault

    if fault:
        monkeypatch.setattr(public, "as_pdf", fails)
    else:
        monkeypatch.setattr(public, "find_soffice", lambda: None)
    ran = run("publish", "2024", "--workspace", scored)
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == f"未另存 PDF：{why}。可用 Excel 或 WPS 打开公开版，另存为 PDF。"
    assert names(scored / "outputs/2024") == [f"{NAME}.xlsx"]


def test_nothing_is_published_that_was_not_scored(run: Run, workspace: Path) -> None:
    found = run("publish", "2024", "--workspace", workspace)
    assert found.code == 3
    assert "E610" in found.err
    assert not (workspace / "outputs").exists()


def test_what_changed_since_the_scoring_is_refused(run: Run, scored: Path) -> None:
    form = form_of(scored, FEW[0])
    kept = form.read_bytes()
    sign(form, "钱二")
    changed = run("publish", "2024", "--workspace", scored)
    assert changed.code == 3
    assert "E640" in changed.err
    assert "1个项目的目标或填报数据（“12348法律服务热线”）有改动" in changed.err
    form.write_bytes(kept)
    rules = scored / "rules/2024.yaml"
    rules.write_text(rules.read_text(encoding="utf-8") + "# 改\n", encoding="utf-8")
    assert "评分规则有改动" in run("publish", "2024", "--workspace", scored).err
    assert names(scored / "outputs/2024") == []


def test_a_project_without_a_total_is_left_out_and_told(run: Run, workspace: Path) -> None:
    form_of(workspace, FEW[0]).unlink()
    assert run("score", "2024", "--workspace", workspace).code == 1
    ran = run("publish", "2024", "--workspace", workspace)
    assert ran.code == 1
    assert "W640" in ran.out
    assert "“12348法律服务热线”没有总分" in ran.out
    assert f"公开版有{len(FEW) - 1}个项目的自评表；另有1个暂不计总分，未列入。" in ran.out
    assert published(run, workspace)["left_out"] == [FEW[0]]
    shutil.rmtree(workspace / "inputs/2024/forms")
    run("score", "2024", "--workspace", workspace)
    none = run("publish", "2024", "--workspace", workspace)
    assert (none.code, "E641" in none.err) == (3, True)


def test_a_telephone_beside_a_name_is_told_with_the_form_in_which_it_stands(run: Run, workspace: Path) -> None:
    form = form_of(workspace, FEW[0])
    sign(form, "钱二 13931400000")
    assert run("score", "2024", "--workspace", workspace).code == 0
    found = published(run, workspace)
    assert [(one["code"], one["file"]) for one in found["problems"]] == [
        ("W641", form.relative_to(workspace).as_posix()),
        ("I262", ""),  # the department's own part
    ]
    assert "13931400000" in found["problems"][0]["message"]


def test_a_large_year_is_written_by_unit_and_the_one_file_goes(
    run: Run, scored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(run, scored)
    outputs = scored / "outputs/2024"
    (outputs / f"{NAME}.pdf").write_bytes(b"with a stamp")
    monkeypatch.setattr(public, "MOST_SHEETS", 4)
    found = published(run, scored)
    units = ("324001_承德市司法局本级", "324004_承德市戒毒管理所")
    files = [name for name in found["files"] if name.endswith(".xlsx")]
    assert {name.removeprefix(f"{NAME}_").rstrip("_12.xls") for name in files} == {*units}
    sheets = [load_workbook(outputs / name).worksheets for name in files]
    assert all(2 <= len(one) <= 5 for one in sheets)
    assert sum(len(one) - 1 for one in sheets) == found["projects"] == len(FEW)
    # what was made of the old file stays, and is told
    assert names(outputs) == sorted([*found["files"], f"{NAME}.旧1.pdf"])
    assert [one["code"] for one in found["problems"]] == ["W617", "I262"]
