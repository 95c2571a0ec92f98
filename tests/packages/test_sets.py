"""Several files as one step, whatever happens in between."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from selfeval.packages.links import LinkError
from selfeval.packages.sets import finish_sets, write_set
from selfeval.packages.writing import tidy


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "结果"
    write_set(folder, {"甲": b"1", "乙": b"1", "旧": b"1"}, tmp_path)
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_files_are_written_and_taken_away_together(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    write_set(folder, {"甲": b"2", "丙": b"2"}, tmp_path, gone=("旧", "没有"))
    assert _files(folder) == {"甲": b"2", "乙": b"1", "丙": b"2"}


@pytest.mark.parametrize("at", range(1, 6))
def test_a_rename_that_fails_undoes_the_others(tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _folder(tmp_path)
    before, calls = _files(folder), [0]

    def counted(name: str) -> None:
        original = getattr(Path, name)

        def failing(path: Path, *more: Path, **options: bool) -> object:
            calls[0] += 1
            if calls[0] == at:
                raise OSError(errno.EACCES, os.strerror(errno.EACCES))
            return original(path, *more, **options)

        monkeypatch.setattr(Path, name, failing)

    for name in ("replace", "rename", "unlink"):
        counted(name)
    with pytest.raises(OSError, match="denied"):
        write_set(folder, {"丙": b"2", "甲": b"2"}, tmp_path, gone=("旧",))
    assert _files(folder) == before


@pytest.mark.parametrize("changed", [False, True])
def test_a_set_that_a_killed_run_had_ready_is_finished(tmp_path: Path, changed: bool) -> None:  # noqa: FBT001
    folder = _folder(tmp_path)
    ready = folder / ".~selfeval-0.ready"
    for part, files in {"new": {"甲": "2", "丙": "2"}, "old": {"甲": "1", "旧": "1"}, "gone": {"旧": ""}}.items():
        (ready / part).mkdir(parents=True)
        for name, text in files.items():
            (ready / part / name).write_text(text)
    (ready / "writing").touch()
    if changed:
        (folder / "甲").write_text("由人改过")
    finish_sets(folder)
    own = "由人改过".encode() if changed else b"2"
    assert _files(folder) == {"甲": own, "乙": b"1", "丙": b"2"}


def test_an_unfinished_set_goes_and_links_stay_where_they_lead(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (tmp_path / "别处").mkdir()
    (tmp_path / "别处/甲").write_text("theirs")
    (folder / ".~selfeval-1").mkdir()
    (folder / ".~selfeval-2").symlink_to(tmp_path / "别处")
    tidy.cache_clear()
    tidy(folder)
    assert sorted(path.name for path in folder.glob(".*")) == [".~selfeval-2"]
    (folder / "丙").symlink_to(tmp_path / "别处/甲")
    with pytest.raises(LinkError) as caught:
        write_set(folder, {"丙": b"2"}, tmp_path)
    assert caught.value.link.name == "丙"
    assert (tmp_path / "别处/甲").read_text() == "theirs"


@pytest.mark.parametrize("part", ["new", "old", "gone"])
def test_a_set_that_leads_elsewhere_takes_nothing_from_there(tmp_path: Path, part: str) -> None:
    folder, elsewhere = _folder(tmp_path), tmp_path / "别处"
    elsewhere.mkdir()
    (elsewhere / "信").write_bytes(b"a")
    (elsewhere / "甲").write_bytes(b"a")
    before = _files(folder)
    ready = folder / ".~selfeval-0.ready"
    ready.mkdir()
    (ready / part).symlink_to(elsewhere)
    finish_sets(folder)
    assert _files(folder) == before
    assert _files(elsewhere) == {"信": b"a", "甲": b"a"}


def test_a_folder_in_a_set_is_none_of_ours(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    before = _files(folder)
    (folder / ".~selfeval-0.ready" / "new" / "丁").mkdir(parents=True)
    finish_sets(folder)
    assert _files(folder) == before


def test_files_of_inner_folders_are_part_of_the_step(tmp_path: Path) -> None:
    folder = tmp_path / "新"
    write_set(folder, {"甲/乙/一": b"1", "甲/二": b"2", "三": b"3"}, tmp_path)
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert found == {"甲/乙/一": b"1", "甲/二": b"2", "三": b"3"}


@pytest.mark.parametrize("there", [False, True])
def test_a_rename_that_fails_leaves_no_new_folder(tmp_path: Path, there: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    folder = tmp_path / "新"
    if there:
        (folder / "甲").mkdir(parents=True)
    replace, calls = Path.replace, [0]

    def failing(path: Path, target: Path) -> Path:
        calls[0] += 1
        if calls[0] == 3:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="denied"):
        write_set(folder, {"甲/乙/一": b"1", "甲/二": b"2", "三": b"3"}, tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == (["新", "甲"] if there else [])


def test_an_inner_folder_that_is_a_link_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "别处").mkdir()
    (tmp_path / "新").mkdir()
    (tmp_path / "新/甲").symlink_to(tmp_path / "别处", target_is_directory=True)
    with pytest.raises(LinkError):
        write_set(tmp_path / "新", {"甲/一": b"1"}, tmp_path / "新")
    assert list((tmp_path / "别处").iterdir()) == []
