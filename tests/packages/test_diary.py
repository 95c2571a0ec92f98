"""The diary: what was noted is known to the next run, and whatever is not proved is not."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from selfeval.packages import diary as module
from selfeval.packages.diary import Diary
from selfeval.packages.files import alone, lock_of


def noted(path: Path, **said: object) -> None:
    diary = Diary(path, path.parent)
    for name, value in said.items():
        diary.note(f"short {value}", [value, "甲", None, 0.1], name, "")
    diary.close()


def known(path: Path, *names: str) -> dict[str, object]:
    diary = Diary(path, path.parent)
    found = {name: diary.short(name, "") for name in names}
    said = {name: diary.whole(entry) for name, entry in found.items() if entry is not None}
    diary.close()
    return {name: value[0] for name, value in said.items() if value is not None}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".2024.kept"


def test_what_was_noted_is_known_and_the_latest_counts(path: Path) -> None:
    noted(path, a=1, b=2)
    noted(path, b=3, c=4)
    assert known(path, "a", "b", "c", "d") == {"a": 1, "b": 3, "c": 4}
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_what_is_said_in_short_needs_no_reading_of_the_rest(path: Path) -> None:
    noted(path, a=1)
    diary = Diary(path, path.parent)
    entry = diary.short("a", "")
    assert entry is not None
    assert entry.short == "short 1"
    diary.renew(entry, "again", "a", "")
    diary.close()
    diary = Diary(path, path.parent)
    entry = diary.short("a", "")
    assert entry is not None
    assert (entry.short, diary.whole(entry)) == ("again", [1, "甲", None, 0.1])


def test_a_file_that_is_cut_off_anywhere_tells_what_is_whole(path: Path) -> None:
    noted(path, a=1, b=2, c=3)
    whole = path.read_bytes()
    before = 0
    for length in range(len(whole) + 1):
        path.write_bytes(whole[:length])
        found = known(path, "a", "b", "c")
        assert found == dict(list({"a": 1, "b": 2, "c": 3}.items())[: len(found)])
        assert len(found) >= before
        before = len(found)
        noted(path, d=4)  # goes on behind what is whole
        assert known(path, "a", "b", "c", "d") == {**found, "d": 4}
    assert before == 3


def test_a_damaged_byte_makes_no_other_value(path: Path) -> None:
    noted(path, a=1, b=2, c=3)
    whole, chance = path.read_bytes(), random.Random(1)
    for at in range(len(whole)):
        data = bytearray(whole)
        data[at] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        assert known(path, "a", "b", "c").items() <= {"a": 1, "b": 2, "c": 3}.items()


@pytest.mark.parametrize("content", [b"", b"{}", b"selfeval.diary.v0\n" + b"\0" * 1000, b"selfeval.diary.v1"])
def test_a_file_of_somebody_else_gives_way(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert known(path, "a") == {}
    noted(path, a=1)
    assert known(path, "a") == {"a": 1}


def test_where_no_file_can_be_nothing_is_noted(path: Path, tmp_path: Path) -> None:
    path.mkdir()
    noted(path, a=1)
    assert known(path, "a") == {}
    path.rmdir()
    (tmp_path / "other").write_bytes(b"mine")
    path.symlink_to(tmp_path / "other")
    noted(path, a=1)
    assert (tmp_path / "other").read_bytes() == b"mine"


def test_no_link_that_leads_out_is_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    home = tmp_path / "home"
    home.mkdir()
    (home / "outputs").symlink_to(tmp_path / "elsewhere")
    diary = Diary(home / "outputs" / ".2024.kept", home)
    diary.note(1, 1, "a")
    diary.close()
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_folder_is_made_only_where_that_is_meant(tmp_path: Path) -> None:
    for make in (False, True):
        diary = Diary(tmp_path / "outputs" / ".2024.kept", tmp_path, make=make)
        diary.note(1, 1, "a")
        diary.close()
        assert (tmp_path / "outputs").exists() == make


def test_beside_a_run_that_writes_another_one_only_reads(path: Path) -> None:
    noted(path, a=1)
    before = path.read_bytes()
    with alone(lock_of(path)):
        noted(path, a=2, b=3)
        assert known(path, "a", "b") == {"a": 1}
    assert path.read_bytes() == before


def test_on_a_full_disk_what_was_whole_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(path, a=1)
    before = path.read_bytes()
    diary = Diary(path, path.parent)
    diary.short("a")
    writing = diary._file

    class Full:
        def __getattr__(self, name: str) -> object:
            return getattr(writing, name)

        def write(self, data: bytes) -> int:
            assert writing is not None
            return writing.write(data[: len(data) // 2])

    monkeypatch.setattr(diary, "_file", Full())
    diary.note(2, 2, "b")
    diary.flush()
    diary.note(3, 3, "c")
    diary.close()
    assert path.read_bytes() == before


def test_what_is_asked_for_no_more_is_left_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SMALL", 0)
    noted(path, **{f"n{number}": number for number in range(100)})
    size = path.stat().st_size
    diary = Diary(path, path.parent)
    for name in ("n1", "n2"):
        assert diary.short(name, "") is not None
    diary.note(5, [5], "new", "")
    diary.tidy()
    diary.close()
    assert path.stat().st_size < size / 10
    assert known(path, "n1", "n2", "n3", "new") == {"n1": 1, "n2": 2, "new": 5}


def test_what_is_packed_too_well_is_not_unpacked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_UNPACKED", 1000)
    noted(path, a="a" * 1000)
    assert known(path, "a") == {}


def _forged(change: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = zlib.compress
    monkeypatch.setattr(zlib, "compress", lambda data, level: change(whole(data, level)))


def test_what_is_proved_and_says_nothing_is_not_known(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _forged(lambda _: b"not packed", monkeypatch)
    noted(path, a=1)
    assert known(path, "a") == {}


def test_times_are_those_of_the_file_system(path: Path) -> None:
    diary = Diary(path, path.parent)
    with pytest.raises(OSError):  # noqa: PT011 - whatever it is
        diary.now()
    diary.note(1, 1, "a")
    now = diary.now()
    (path.parent / "later").write_bytes(b"")
    assert now <= (path.parent / "later").stat().st_mtime_ns
    diary.close()
