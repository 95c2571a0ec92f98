"""The settings of a workspace: kept in one file, which people edit, and which stops nothing when it is wrong."""

from __future__ import annotations

import os
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from tests.cli.conftest import Run
from tests.packages.test_opendocument import ods

TOLD = ("--due", "2025-01-20", "--contact", "财务科: 王某 #1")

CONTACT = 'contact: "财务科: 王某 #1"\n'


@pytest.fixture
def blank(workspace: Path) -> Path:
    """The workspace without forms, so that few are written."""
    for form in (workspace / "inputs/2024/forms").rglob("*.xlsx"):
        form.unlink()
    return workspace


def forms(run: Run, workspace: Path, *more: str) -> str:
    return run("forms", "2024", "--workspace", workspace, "--project", "13080024P00010310005F", *more).out


def test_what_forms_was_told_is_kept_and_printed_next_time(run: Run, blank: Path) -> None:
    assert "/inputs/settings.yaml，以后各条命令都从中读取。" in forms(run, blank, *TOLD)
    first = next((blank / "inputs/2024/forms").rglob("1*.xlsx")).read_bytes()
    settings = (blank / "inputs/settings.yaml").read_bytes()
    assert "没有变化1份" in forms(run, blank)
    assert "已记入" not in forms(run, blank, *TOLD)
    assert next((blank / "inputs/2024/forms").rglob("1*.xlsx")).read_bytes() == first
    assert (blank / "inputs/settings.yaml").read_bytes() == settings


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "unit: 某局 # 全称\ncontact: 老王 # 换人了\n",
            'unit: 某局 # 全称\ncontact: "财务科: 王某 #1" # 换人了\nyears:\n  2024:\n    due: 2025-01-20\n',
        ),
        (
            "# 各年\nyears:\n  2023:\n    due: 2024-01-10 # 上年\n",
            "# 各年\nyears:\n  2024:\n    due: 2025-01-20\n  2023:\n    due: 2024-01-10 # 上年\n" + CONTACT,
        ),
        (
            "years:\n    2024:\n        due: '2025/1/9'   # 待定\n        departments:\n",
            'years:\n    2024:\n        due: 2025-01-20   # 待定\n        departments:\ncontact: "财务科: 王某 #1"\n',
        ),
        ("years:\n  2024:\n", "years:\n  2024:\n    due: 2025-01-20\n" + CONTACT),
    ],
)
def test_what_people_wrote_in_the_settings_stays(run: Run, blank: Path, before: str, after: str) -> None:
    (blank / "inputs/settings.yaml").write_text(before, "utf-8")
    forms(run, blank, *TOLD)
    assert (blank / "inputs/settings.yaml").read_text("utf-8") == after


def test_where_a_line_has_no_place_it_is_told_what_to_write(run: Run, blank: Path) -> None:
    (blank / "inputs/settings.yaml").write_text("{unit: 某局}\n", "utf-8")
    out = forms(run, blank, *TOLD)
    assert "W644" in out
    assert "years: {2024: {due: 2025-01-20}}" in out
    assert (blank / "inputs/settings.yaml").read_text("utf-8") == "{unit: 某局}\n"


def test_a_file_that_cannot_be_written_is_told_and_the_forms_are_made(
    run: Run, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr("selfeval.runs.settings.write_whole", refuse)
    out = forms(run, blank, *TOLD)
    assert "W645" in out
    assert "新生成1份" in out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"unit: [", "[第1行"),
        ("unti: 某局\n".encode(), "是否应为“unit”"),
        ("years:\n  2024:\n    due: 下周\n".encode(), "[第3行第10列]"),
        (b"years:\n  2024:\n    due: 2025-02-30\n", "没有这一天"),
        (b"years:\n  24:\n    due: 2025-01-20\n", "四位年份"),
        ("contact: 财务科\n".encode("gb18030"), "UTF-8"),
        (b"- a\n", "设置项: 值"),
        (b"\x00\x01", "W643"),
        (b"unit:\tx\n\tcontact: y\n", "（Tab）"),
    ],
)
def test_a_faulty_file_is_told_with_its_line_and_stops_nothing(
    run: Run, workspace: Path, content: bytes, told: str
) -> None:
    (workspace / "inputs/settings.yaml").write_bytes(content)
    ran = run("status", "2024", "--workspace", workspace)
    assert ran.code == 0
    assert "W643" in ran.out
    assert told in ran.out
    assert "9个项目：已报送9个。" in ran.out


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling", "loop", "endless"])
def test_what_stands_in_the_place_of_the_file_and_is_none_is_told_and_left_alone(
    run: Run, workspace: Path, kind: str
) -> None:
    place = workspace / "inputs/settings.yaml"
    if kind == "folder":
        place.mkdir()
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to({"dangling": workspace / "没有", "loop": place, "endless": Path("/dev/zero")}[kind])
    ran = run("status", "2024", "--workspace", workspace)
    assert (ran.code, ran.out.count("W643")) == (0, 1)
    assert forms(run, workspace, *TOLD).count("W643") == 1
    assert not place.is_file()


def test_settings_without_a_word_say_nothing(run: Run, workspace: Path) -> None:
    for content in ("", "# 说明\n\n"):
        (workspace / "inputs/settings.yaml").write_text(content, "utf-8")
        assert "W643" not in run("status", "2024", "--workspace", workspace).out


def test_a_form_made_anew_from_another_kind_of_file_says_until_when_and_whom_to_ask(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    (workspace / "inputs/settings.yaml").write_text(CONTACT + "years:\n  2024:\n    due: 2025-01-20\n", "utf-8")
    filled = next((workspace / "inputs/2024/forms").rglob("13080024P00010310005F_*.xlsx"))
    rows = openpyxl.load_workbook(filled)["自评填报"].iter_rows(values_only=True)
    (tmp_path / "表.ods").write_bytes(ods(_table(list(rows))))
    filled.unlink()
    assert "本次收到" in run("collect", tmp_path / "表.ods", "--year", 2024, "--workspace", workspace).out
    texts = {str(cell.value) for row in openpyxl.load_workbook(filled)["自评填报"] for cell in row}
    assert {"2025年1月20日", "财务科: 王某 #1"} <= texts


def _table(rows: list[tuple[object, ...]]) -> str:
    cells = ["".join(_cell(value) for value in row) for row in rows]
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f'<table:table table:name="自评填报">{lines}</table:table>'


def _cell(value: object) -> str:
    if value is None or str(value).startswith("="):
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
