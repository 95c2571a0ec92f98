"""What lies in a folder or an archive that came: forms whatever they are called, and nothing dropped without a word."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from selfeval.domain.problems import Problem
from selfeval.forms.collecting.gather import gather
from selfeval.forms.reading.folder import HISTORY

X = b"x"
CLUTTER = (".DS_Store", "._甲.xlsx", "~$甲.xlsx", ".~甲.xlsx", "Thumbs.db", ".甲.lock", "desktop.ini", ".gitignore")


def packed(*names: str, **members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in {**dict.fromkeys(names, X), **members}.items():
            file.writestr(name, data)
    return buffer.getvalue()


def with_another_end(data: bytes) -> bytes:
    """The archive with a comment that looks like the end of an empty one."""
    return data[:-2] + (22).to_bytes(2, "little") + packed()


@pytest.fixture
def back(tmp_path: Path) -> Path:
    (tmp_path / "交来的").mkdir()
    return tmp_path / "交来的"


def gathered(source: Path) -> tuple[list[str], list[Problem]]:
    aside = source.parent / "aside"
    aside.mkdir()
    received, problems = gather(source, aside)
    return [each.shown for each in received], problems


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(X)


def told(problems: list[Problem], code: str) -> list[tuple[str, str]]:
    return [(each.place.file, each.message) for each in problems if each.code == code]


FRUITLESS = {
    "an empty one": (packed(), "没有任何内容，可能打包有误"),
    "a comment that looks like the end": (with_another_end(packed("甲.xlsx")), "没有任何内容，可能打包有误"),
    "empty folders": (packed("司法局/"), "只有空的文件夹"),
    "what macOS adds": (
        packed("__MACOSX/", "__MACOSX/甲.xlsx", "._乙.xlsx"),
        "2个系统或办公软件自己的文件（如 ._乙.xlsx）",
    ),
    "locks": (packed("司法局/~$甲.xlsx"), "1个系统或办公软件自己的文件（如 ~$甲.xlsx）"),
    "hidden files that are no forms": (packed(".写出.sha256"), "1个系统或办公软件自己的文件（如 .写出.sha256）"),
    "kinds that are not read": (
        packed("甲.docx", "乙.pdf", "丙.PDF", "说明"),
        "1个没有扩展名的文件、1个 .docx 文件、2个 .pdf 文件",
    ),
    "what was replaced long ago": (
        packed(f"司法局/{HISTORY}/甲.xlsx"),
        "先前收集过的填报表（在 .旧版、.原件 一类文件夹里）",
    ),
}


@pytest.mark.parametrize("what", FRUITLESS)
@pytest.mark.parametrize("beside", [(), ("甲.xlsx",)])
def test_an_archive_from_which_nothing_comes_is_told_with_what_it_holds(
    back: Path, what: str, beside: tuple[str, ...]
) -> None:
    data, held = FRUITLESS[what]
    put(back, *beside)
    (back / "司法局.zip").write_bytes(data)
    shown, problems = gathered(back)
    assert shown == [f"交来的/{name}" for name in beside]
    assert told(problems, "W317") == [("交来的/司法局.zip", f"司法局.zip里没有可收集的填报表：{held}")]
    assert {each.code for each in problems} <= {"W317", "W301"}


@pytest.mark.parametrize("what", FRUITLESS)
def test_so_is_one_given_alone(tmp_path: Path, what: str) -> None:
    (tmp_path / "司法局.zip").write_bytes(FRUITLESS[what][0])
    assert [file for file, _ in told(gathered(tmp_path / "司法局.zip")[1], "W317")] == ["司法局.zip"]


@pytest.mark.parametrize("what", FRUITLESS)
def test_so_is_one_in_another_from_which_forms_come(back: Path, what: str) -> None:
    inner = {"财务科.zip": FRUITLESS[what][0]}
    (back / "单.zip").write_bytes(packed(**inner))
    (back / "双.zip").write_bytes(packed("甲.xlsx", **inner))
    shown, problems = gathered(back)
    assert shown == ["交来的/双.zip/甲.xlsx"]
    assert [file for file, _ in told(problems, "W317")] == ["交来的/双.zip/财务科.zip", "交来的/单.zip/财务科.zip"]


def test_an_archive_whose_files_are_told_one_by_one_is_not_told_again(back: Path) -> None:
    (back / "包.zip").write_bytes(packed("甲.rar"))
    (back / "坏.zip").write_bytes(b"PK\x03\x04")
    assert sorted({each.code for each in gathered(back)[1]}) == ["E324"]


def test_names_that_begin_alike_are_not_mistaken(back: Path) -> None:
    (back / "甲.zip").write_bytes(packed())
    (back / "甲.zip2.zip").write_bytes(packed("乙.xlsx"))
    assert [file for file, _ in told(gathered(back)[1], "W317")] == ["交来的/甲.zip"]


@pytest.mark.parametrize(
    ("names", "held"),
    [
        ((), "什么也没有"),
        (CLUTTER, "8个系统或办公软件自己的文件（如 .DS_Store）"),
        (("说明.docx",), "1个 .docx 文件"),
        ((f"{HISTORY}/甲.xlsx",), "先前收集过的填报表（在 .旧版、.原件 一类文件夹里）"),
    ],
)
def test_a_folder_from_which_nothing_comes_is_told(back: Path, names: tuple[str, ...], held: str) -> None:
    put(back, *names)
    shown, problems = gathered(back)
    assert shown == []
    assert told(problems, "W317") == [("交来的", f"交来的里没有可收集的填报表：{held}")]


NAMES = (".5月表.xlsx", ".甲.XLS", ".xlsx", "单位/.乙.csv")


def test_a_form_whose_name_begins_with_a_dot_is_taken(back: Path) -> None:
    put(back, *NAMES, "表.xlsx", *CLUTTER)
    (back / ".丙.zip").write_bytes(packed(".丁.xlsx", "__MACOSX/.丁.xlsx", *CLUTTER))
    shown, problems = gathered(back)
    assert shown == sorted(f"交来的/{name}" for name in (*NAMES, "表.xlsx", ".丙.zip/.丁.xlsx"))
    assert problems == []


def test_a_hidden_folder_is_told_if_it_may_hold_forms(back: Path) -> None:
    put(back, "表.xlsx", "单位/.五月/表.xlsx", ".git/HEAD", ".Trash-1000/files/表.xlsx", f"单位/{HISTORY}/表.xlsx")
    shown, problems = gathered(back)
    assert shown == ["交来的/表.xlsx"]
    assert [(each.code, each.place.file) for each in problems] == [("W318", "交来的/单位/.五月")]


def test_what_was_replaced_long_ago_is_no_rival_in_an_archive(back: Path) -> None:
    (back / "全部.zip").write_bytes(packed("单位/甲.xlsx", f"单位/{HISTORY}/甲（2025-01-10）.xlsx"))
    assert gathered(back) == (["交来的/全部.zip/单位/甲.xlsx"], [])


def test_the_folder_one_is_in_has_its_name(back: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(back, "甲.xlsx")
    monkeypatch.chdir(back)
    received, _ = gather(Path(), back.parent)
    assert [each.shown for each in received] == ["交来的/甲.xlsx"]
