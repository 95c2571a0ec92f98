"""Whole files, and a lock that a killed process cannot leave behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from selfeval.packages import files
from selfeval.packages.files import BusyError, Unreadable, alone, holds, is_lock, lock_of, read_bytes
from selfeval.packages.writing import write_whole

HOLDER = """
import sys
from pathlib import Path
from selfeval.packages.files import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(lock: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it is told, or killed."""
    command = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_file_is_replaced_whole_and_nothing_else_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "单位" / "表.csv"
    for content in (b"old", b"new"):
        write_whole(path, content, path.parent)
        assert path.read_bytes() == content
        assert list(path.parent.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    write_whole(path, b"old", path.parent)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="space"):
        write_whole(path, b"new", path.parent)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_longest_name_that_a_folder_takes_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("表" * 85)
    write_whole(path, b"1", path.parent)
    assert path.read_bytes() == b"1"


def test_the_lock_of_a_folder_is_known_by_its_name(tmp_path: Path) -> None:
    assert lock_of(tmp_path / "2024") == tmp_path / ".2024.lock"
    assert is_lock(".2024.lock")
    assert not is_lock("2024.lock")


def test_two_processes_are_never_in_at_once(tmp_path: Path) -> None:
    lock = tmp_path / ".2024.lock"
    with holder(lock) as process:
        with pytest.raises(BusyError) as caught, alone(lock):
            pytest.fail("both were in")
        assert caught.value.lock == lock
        process.communicate("")
        assert process.returncode == 0
    with alone(lock):
        assert lock.exists()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_held_is_free_at_once(tmp_path: Path) -> None:
    lock = tmp_path / ".2024.lock"
    with holder(lock) as process:
        process.kill()
        process.wait()
        assert lock.exists(), "the file outlives the process; the lock does not"
        with alone(lock):
            pass
    assert list(tmp_path.iterdir()) == []


def _when_locking(monkeypatch: pytest.MonkeyPatch, first: Callable[[], object]) -> None:
    """Something happens after the lock file was opened and before it is locked."""
    fcntl = pytest.importorskip("fcntl")  # Windows removes no file that is open
    flock, waiting = fcntl.flock, [first]

    def later(handle: int, how: int) -> None:
        if waiting:
            waiting.pop()()
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", later)


def test_a_lock_that_was_taken_away_after_it_was_opened_is_not_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / ".2024.lock"
    _when_locking(monkeypatch, lock.unlink)
    with alone(lock):  # the file that was made anew, or another one could be in too
        assert lock.exists()
        with pytest.raises(BusyError), alone(lock):
            pytest.fail("both were in")
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_another_made_anew_is_not_taken_away(tmp_path: Path) -> None:
    lock = tmp_path / ".2024.lock"
    with alone(lock):
        lock.unlink()  # by somebody who followed no advice
        lock.with_name("other").write_text("another run's")
        lock.with_name("other").rename(lock)
    assert lock.read_text() == "another run's"


def test_no_link_is_followed_out_of_the_home_of_a_file(tmp_path: Path) -> None:
    home, outside = tmp_path / "工作文件夹", tmp_path / "别处"
    home.mkdir()
    outside.mkdir()
    (outside / "a").write_bytes(b"theirs")
    (home / "forms").symlink_to(outside)
    (home / "a").symlink_to(outside / "a")
    with pytest.raises(OSError, match="symbolic"):
        write_whole(home / "forms" / "单位" / "b", b"ours", home)
    write_whole(home / "a", b"ours", home)
    assert [(path.name, path.read_bytes()) for path in outside.iterdir()] == [("a", b"theirs")]
    assert not (home / "a").is_symlink()


_KILLED = """
import os, sys
from pathlib import Path
from selfeval.packages import writing
os.fsync = lambda _handle: os._exit(9)
writing.write_whole(Path(sys.argv[1]), b"half", Path(sys.argv[1]).parent)
"""


def test_what_a_killed_run_left_goes_with_the_next_write(tmp_path: Path) -> None:
    path = tmp_path / "a"
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False)
    assert killed.returncode == 9
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".~")
    write_whole(path, b"new", tmp_path)
    assert list(tmp_path.iterdir()) == [path]


_WRITER = """
import os, sys
from pathlib import Path
from selfeval.packages import writing
def wait(_handle):
    print("writing", flush=True)
    sys.stdin.readline()
os.fsync = wait
writing.write_whole(Path(sys.argv[1]), b"theirs", Path(sys.argv[1]).parent)
"""


def test_what_another_run_is_writing_stays(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _WRITER, str(tmp_path / "b")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "writing\n"
        write_whole(tmp_path / "a", b"ours", tmp_path)
        other.stdin.write("\n" * 9)
        other.stdin.close()
        assert other.wait() == 0
    assert sorted((path.name, path.read_bytes()) for path in tmp_path.iterdir()) == [("a", b"ours"), ("b", b"theirs")]


def test_a_file_beyond_the_limit_is_proved_and_one_far_beyond_it_is_not_even_hashed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_bytes(tmp_path / "a", 5) == b"12345"
    proof = files.digest(b"12345")
    assert read_bytes(tmp_path / "a", 4) == Unreadable(proof, "文件超过0 MB")
    monkeypatch.setattr(files, "_MAX_PROVED", 4)
    assert read_bytes(tmp_path / "a", 4) == Unreadable("", "文件超过0 MB")


def test_a_file_holds_what_it_holds_and_a_link_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "b").symlink_to("a")
    asked = [("a", b"12345"), ("a", b"1234"), ("a", b"1234x"), ("b", b"12345"), ("c", b"")]
    assert [holds(tmp_path / name, content) for name, content in asked] == [True, False, False, False, False]
