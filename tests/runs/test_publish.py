"""Publishing: the whole set or nothing, whatever happens in between."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfeval.packages.files import BusyError, digest
from selfeval.runs.placing import CannotWriteError, write_keeping
from selfeval.runs.publish import publish, recover


def files(**content: str) -> Iterator[tuple[str, bytes]]:
    made = [(name.replace("__", "/"), text.encode()) for name, text in content.items()]
    yield from made
    listed = [{"path": name, "sha256": digest(content)} for name, content in made]
    yield "run.json", json.dumps({"format": "selfeval.run.v1", "outputs": listed}).encode()


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


def test_everything_is_in_place_and_nothing_else_lies_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "2024"
    publish(target, target.parent, files(a="1", unit__b="2"))
    assert contents(target) == {"a": "1", "unit/b": "2"}
    assert [path.name for path in tmp_path.iterdir()] == ["2024"]


def test_what_an_earlier_run_made_and_this_one_does_not_is_gone(tmp_path: Path) -> None:
    target = tmp_path / "2024"
    publish(target, target.parent, files(a="1", old="x"))
    publish(target, target.parent, files(a="2"))
    assert contents(target) == {"a": "2"}


def test_what_somebody_changed_in_a_file_of_ours_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    target = tmp_path / "2024"
    publish(target, target.parent, files(unit__b="1", gone="2"))
    (target / "unit/b").write_text("1, and what I think of it")
    (target / "gone").write_text("2, and more")
    kept = publish(target, target.parent, files(unit__b="1"), lambda _path: True)
    assert kept == {"unit/b": "unit/b（改动过）", "gone": "gone（改动过）"}
    after = {"unit/b": "1", "unit/b（改动过）": "1, and what I think of it", "gone（改动过）": "2, and more"}
    assert contents(target) == after
    assert publish(target, target.parent, files(unit__b="3")) == {}
    assert contents(target) == {**after, "unit/b": "3"}


def test_what_was_kept_of_a_killed_run_is_told(tmp_path: Path) -> None:
    target = tmp_path / "2024"
    publish(target, tmp_path, files(a="1"))
    shutil.copytree(target, tmp_path / ".2024.old")
    (tmp_path / ".2024.old" / "a").write_text("mine")
    assert publish(target, tmp_path, files(a="2")) == {"a": "a（改动过）"}
    assert contents(target) == {"a": "2", "a（改动过）": "mine"}


def test_a_file_that_is_not_ours_is_carried_over(tmp_path: Path) -> None:
    target = tmp_path / "2024"
    publish(target, target.parent, files(a="1"))
    (target / "领导批示.txt").write_text("同意")
    publish(target, target.parent, files(a="2"))
    assert contents(target) == {"a": "2", "领导批示.txt": "同意"}


def test_a_run_that_fails_half_way_leaves_the_old_outputs(tmp_path: Path) -> None:
    target = tmp_path / "2024"
    publish(target, target.parent, files(a="1"))

    def broken() -> Iterator[tuple[str, bytes]]:
        yield "a", b"2"
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        publish(target, target.parent, broken())
    assert contents(target) == {"a": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["2024"]


def test_a_run_killed_between_the_two_renames_is_put_right_by_the_next(tmp_path: Path) -> None:
    target = tmp_path / "2024"
    publish(target, target.parent, files(a="1"))
    target.rename(tmp_path / ".2024.old")
    (tmp_path / ".2024.new-x").mkdir()
    recover(target)
    assert contents(target) == {"a": "1"}
    publish(target, target.parent, files(a="1"))
    assert [path.name for path in tmp_path.iterdir()] == ["2024"]


def test_a_path_that_cannot_be_written_is_said_and_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("a file where the folder should be")
    with pytest.raises(CannotWriteError) as caught:
        publish(tmp_path / "outputs" / "2024", tmp_path, files(a="1"))
    assert caught.value.why == "已有同名的文件，无法建立文件夹"


def test_a_file_in_the_place_of_the_outputs_is_never_replaced(tmp_path: Path) -> None:
    precious = tmp_path / "README.md"
    precious.write_text("precious")
    with pytest.raises(CannotWriteError):
        publish(precious, precious.parent, files(a="1"))
    assert precious.read_text() == "precious"


def test_a_file_corrected_by_hand_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "评分细则.docx"
    assert write_keeping(path, b"made", path.parent) == ""
    assert write_keeping(path, b"made", path.parent) == ""
    path.write_bytes(b"corrected")
    assert write_keeping(path, b"made", path.parent) == "评分细则.旧1.docx"
    path.write_bytes(b"corrected again")
    assert write_keeping(path, b"made", path.parent) == "评分细则.旧2.docx"
    assert (tmp_path / "评分细则.旧1.docx").read_bytes() == b"corrected"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["评分细则.docx", "评分细则.旧1.docx", "评分细则.旧2.docx"]


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path) -> None:
    def meanwhile() -> Iterator[tuple[str, bytes]]:
        with pytest.raises(BusyError) as caught:
            publish(tmp_path / "2024", tmp_path, files(a="2"))
        assert caught.value.lock == tmp_path / ".2024.lock"
        yield from files(a="1")

    publish(tmp_path / "2024", tmp_path, meanwhile())
    assert contents(tmp_path / "2024") == {"a": "1"}


@pytest.mark.parametrize("number", ["", "999999999", str(os.getppid())])
def test_a_lock_file_that_nobody_holds_stops_no_run(tmp_path: Path, number: str) -> None:
    (tmp_path / ".2024.lock").write_text(number)
    publish(tmp_path / "2024", tmp_path, files(a="1"))
    assert [path.name for path in tmp_path.iterdir()] == ["2024"]


def test_a_lock_is_no_content_of_a_folder(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / ".2024.lock").write_text("")
    publish(target, target.parent, files(a="1"))
    (target / ".2023.lock").write_text("")
    publish(target, target.parent, files(a="1"))
    assert sorted(path.name for path in target.iterdir()) == ["a", "run.json"]


@pytest.mark.parametrize("record", [None, "{}", '{"format": "other", "outputs": []}', "[1]", "not json"])
def test_a_folder_with_files_of_somebody_else_is_refused_untouched(tmp_path: Path, record: str | None) -> None:
    target = tmp_path / "mine"
    target.mkdir()
    (target / "a").write_text("precious")
    if record is not None:
        (target / "run.json").write_text(record)
    with pytest.raises(CannotWriteError) as caught:
        publish(target, target.parent, files(a="1"))
    assert caught.value.why == "文件夹里已有其他文件，请换一个空文件夹"
    assert contents(target) == {"a": "precious"}
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    target = tmp_path / "empty"
    target.mkdir()
    (target / ".DS_Store").write_text("")
    publish(target, target.parent, files(a="1"))
    assert contents(target)["a"] == "1"


def test_links_and_empty_folders_are_carried_over(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "far.txt").write_text("far")
    target = tmp_path / "2024"
    publish(target, target.parent, files(unit__a="1"))
    (target / "附件" / "空").mkdir(parents=True)
    (target / "unit" / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (target / "broken").symlink_to("nowhere")
    publish(target, target.parent, files(unit__a="2"))
    assert (target / "附件" / "空").is_dir()
    assert (target / "unit" / "link" / "far.txt").read_text() == "far"
    assert (target / "unit" / "link").is_symlink()
    assert (target / "broken").readlink() == Path("nowhere")


def test_outputs_moved_aside_are_dropped_only_when_new_ones_are_in_place(tmp_path: Path) -> None:
    target, old = tmp_path / "2024", tmp_path / ".2024.old"
    publish(target, target.parent, files(a="1"))
    target.rename(old)
    target.mkdir()
    with pytest.raises(CannotWriteError) as caught:
        publish(target, target.parent, files(a="2"))
    assert caught.value.path == old
    assert old.name in caught.value.why
    assert contents(old) == {"a": "1"}
    (target / "run.json").write_text("{}")
    recover(target)
    assert not old.exists()


def test_where_folders_cannot_change_places_two_renames_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfeval.runs.publish.exchanged", lambda _one, _other: False)
    target = tmp_path / "2024"
    for text in ("1", "2"):
        publish(target, tmp_path, files(a=text))
        assert contents(target) == {"a": text}
        assert [path.name for path in tmp_path.iterdir()] == ["2024"]


def test_a_disk_that_is_full_before_the_first_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_options: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    with pytest.raises(CannotWriteError) as caught:
        publish(tmp_path / "2024", tmp_path, files(a="1"))
    assert caught.value.why == "磁盘已满"


@pytest.mark.parametrize("aside", [".2024.new-x", ".2024.old"])
def test_what_was_saved_just_before_a_killed_exchange_is_carried_over(tmp_path: Path, aside: str) -> None:
    """The old outputs stand aside still, with what somebody saved among them at the last moment."""
    target, old = tmp_path / "2024", tmp_path / aside
    publish(target, tmp_path, [("甲.xlsx", b"old"), ("run.json", record("甲.xlsx", b"old"))])
    shutil.copytree(target, old)
    (old / "甲.xlsx").write_bytes(b"reviewed")
    (old / "备注.txt").write_text("mine")
    new = [("甲.xlsx", b"new"), ("run.json", record("甲.xlsx", b"new"))]
    for _ in range(2):  # a second run adds nothing
        publish(target, tmp_path, new, is_reviewed)
        assert (target / "甲.xlsx").read_bytes() == b"new"
        assert (target / "甲（已复核）.xlsx").read_bytes() == b"reviewed"
        assert (target / "备注.txt").read_text() == "mine"
        assert {path.name for path in target.iterdir()} == {"甲.xlsx", "甲（已复核）.xlsx", "备注.txt", "run.json"}
        assert [path.name for path in tmp_path.iterdir()] == ["2024"]


def test_new_outputs_that_never_came_into_place_add_nothing(tmp_path: Path) -> None:
    """A run killed just before the exchange: what it had carried over lies in the target still."""
    target, aside = tmp_path / "2024", tmp_path / ".2024.new-x"
    publish(target, tmp_path, [("甲.xlsx", b"old"), ("run.json", record("甲.xlsx", b"old"))])
    (target / "甲.xlsx").write_bytes(b"reviewed")
    new = [("甲.xlsx", b"new"), ("run.json", record("甲.xlsx", b"new"))]
    aside.mkdir()
    for name, content in (*new, ("甲（已复核）.xlsx", b"reviewed"), ("备注.txt", b"since deleted")):
        (aside / name).write_bytes(content)
    publish(target, tmp_path, new, is_reviewed)
    assert {path.name for path in target.iterdir()} == {"甲.xlsx", "甲（已复核）.xlsx", "run.json"}
    assert (target / "甲（已复核）.xlsx").read_bytes() == b"reviewed"
    assert [path.name for path in tmp_path.iterdir()] == ["2024"]


def is_reviewed(path: Path) -> bool:
    return path.read_bytes() == b"reviewed"


def record(name: str, content: bytes) -> bytes:
    listed = [{"path": name, "sha256": digest(content)}]
    return json.dumps({"format": "selfeval.run.v2", "outputs": listed}).encode()
