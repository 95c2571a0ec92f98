"""Which files are read as workbooks, and that what is read is what was judged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from selfeval.packages import container, files
from selfeval.packages.files import Unreadable, digest
from selfeval.packages.workbook import Workbook, read_workbook, workbook_of
from tests.packages.evil import READ, REFUSED, changed, plain


def refusal(data: bytes) -> str:
    read = workbook_of(data)
    assert isinstance(read, Unreadable), "it was let in"
    assert read.digest == digest(data)
    return read.reason


@pytest.mark.parametrize("kind", REFUSED)
def test_what_no_spreadsheet_writes_is_refused_with_its_reason(kind: str) -> None:
    make, reason = REFUSED[kind]
    assert reason in refusal(make())


@pytest.mark.parametrize("kind", READ)
def test_what_is_only_odd_is_read(kind: str) -> None:
    read = workbook_of(READ[kind]())
    assert isinstance(read, Workbook)
    assert [row[0] for row in read.sheets["表"].rows[:2]] == ["一格", 7321.0]


def test_every_flipped_bit_is_told_or_harmless() -> None:
    book = plain()
    sound = workbook_of(book)
    assert isinstance(sound, Workbook)
    values = sound.sheets["表"].rows
    for at in range(0, len(book), 7):
        flipped = bytearray(book)
        flipped[at] ^= 1 << (at % 8)
        read = workbook_of(bytes(flipped))
        if isinstance(read, Workbook):
            assert read.sheets["表"].rows == values, at


@pytest.mark.parametrize("end", [0, 3, 200, 1000, -1])
def test_a_truncated_workbook_is_refused(end: int) -> None:
    assert refusal(plain()[:end])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 .xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"name,value\n", "不是 .xlsx"),
        (b"PK\x03\x04 and nothing", "损坏"),
    ],
)
def test_other_contents_are_refused_with_their_reason(data: bytes, reason: str) -> None:
    assert reason in refusal(data)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert read_workbook(tmp_path / "none.xlsx") == Unreadable("", "找不到这个文件")
    assert read_workbook(tmp_path) == Unreadable("", "找不到这个文件")


def test_a_file_over_the_limit_is_refused_and_still_proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE", 100)
    book = tmp_path / "t.xlsx"
    data = plain()  # once: it bears the time
    book.write_bytes(data)
    read = read_workbook(book)
    assert isinstance(read, Unreadable)
    assert "超过" in read.reason
    assert read.digest == digest(data)


def test_a_limit_is_one_of_all_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_UNPACKED", 20_000)
    assert "解压后超过" in refusal(changed(plain(), {f"xl/{n}.bin": b"x" * 9_000 for n in range(3)}))


_MEASURE = """
import sys, time
from pathlib import Path
from selfeval.packages.workbook import workbook_of
start = time.process_time()
workbook_of(Path(sys.argv[1]).read_bytes())
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024, time.process_time() - start)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is asked of Linux")
@pytest.mark.parametrize("kind", ["bomb", "many texts", "many large sheets", "ten million cells on one", "deep"])
def test_no_file_takes_much_memory(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(REFUSED[kind][0]())
    command = [sys.executable, "-c", _MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[0]) < 300
