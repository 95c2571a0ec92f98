"""Archives that come by mail: nested, badly named, locked, or made to do harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from selfeval.packages import archive
from selfeval.packages.archive import is_archive, unpack


def packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture
def aside(tmp_path: Path) -> Path:
    (tmp_path / "aside").mkdir()
    return tmp_path / "aside"


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "交表.zip"
    path.write_bytes(data)
    return path


def test_files_come_out_of_archives_in_archives(tmp_path: Path, aside: Path) -> None:
    inner = packed(**{"财务/甲.xlsx": b"1"})
    found = unpack(written(tmp_path, packed(**{"乙.xlsx": b"2", "包.zip": inner})), "交表.zip", aside)
    assert [(name, path.read_bytes()) for name, path in found.files] == [
        ("交表.zip/乙.xlsx", b"2"),
        ("交表.zip/包.zip/财务/甲.xlsx", b"1"),
    ]
    assert found.refused == []


def test_a_workbook_is_no_archive(tmp_path: Path) -> None:
    assert is_archive(written(tmp_path, packed(**{"a.txt": b""})))
    assert not is_archive(written(tmp_path, packed(**{"[Content_Types].xml": b""})))
    assert not is_archive(written(tmp_path, b"hello"))
    assert not is_archive(tmp_path / "nothing")


def test_no_file_is_written_where_its_name_points(tmp_path: Path, aside: Path) -> None:
    found = unpack(written(tmp_path, packed(**{"../../外面.xlsx": b"x", "/etc/甲.xlsx": b"y"})), "交表.zip", aside)
    assert {path.parent for _, path in found.files} == {aside}
    assert not (tmp_path.parent / "外面.xlsx").exists()


@pytest.mark.parametrize("name", [".\\单位\\甲.xlsx", "..\\甲.xlsx", "单位\\甲.xlsx"])
def test_folders_parted_as_on_windows_are_folders(tmp_path: Path, aside: Path, name: str) -> None:
    found = unpack(written(tmp_path, packed(**{name: b"x"})), "交表.zip", aside)
    assert [shown for shown, _ in found.files] == ["交表.zip/" + name.replace("\\", "/")]
    assert found.refused == []


def test_names_that_windows_wrote_are_readable(tmp_path: Path, aside: Path) -> None:
    member = zipfile.ZipInfo("自评表.xlsx".encode("gb18030").decode("cp437"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(member, b"x")
    data = bytearray(buffer.getvalue())
    raw, wrong = "自评表.xlsx".encode("gb18030"), member.filename.encode()
    assert wrong in data
    found = unpack(written(tmp_path, _without_utf8(bytes(data).replace(wrong, raw), len(raw), len(wrong))), "包", aside)
    assert [name for name, _ in found.files] == ["包/自评表.xlsx"]


def _without_utf8(data: bytes, length: int, before: int) -> bytes:
    """The archive as Windows writes it: names in its own encoding, and no flag that says so."""
    patched = bytearray(data)
    for sign, flags, size in ((b"PK\x03\x04", 6, 26), (b"PK\x01\x02", 8, 28)):
        at = patched.index(sign)
        patched[at + flags : at + flags + 2] = b"\0\0"
        patched[at + size : at + size + 2] = length.to_bytes(2, "little")
    end = patched.index(b"PK\x05\x06")
    for place in (12, 16):
        value = int.from_bytes(patched[end + place : end + place + 4], "little") - (before - length)
        patched[end + place : end + place + 4] = value.to_bytes(4, "little")
    return bytes(patched)


def test_a_bomb_is_refused_and_the_rest_comes_out(tmp_path: Path, aside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_FILE", 1000)
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1500)
    data = packed(**{"大.xlsx": bytes(2000), "甲.xlsx": bytes(900), "乙.xlsx": bytes(900)})
    found = unpack(written(tmp_path, data), "包", aside)
    assert [name for name, _ in found.files] == ["包/甲.xlsx"]
    assert [name for name, _ in found.refused] == ["包/大.xlsx", "包/乙.xlsx"]


def test_a_member_that_unpacks_to_more_than_it_says_is_refused(tmp_path: Path, aside: Path) -> None:
    data = bytearray(packed(**{"甲.xlsx": bytes(5000)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    found = unpack(written(tmp_path, bytes(data)), "包", aside)
    assert found.files == []
    assert "损坏" in found.refused[0][1]


def test_a_list_of_members_that_is_too_long_is_not_read(
    tmp_path: Path, aside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, packed(**{f"{number:04}.xlsx": b"" for number in range(40)}))
    assert is_archive(path)
    monkeypatch.setattr(archive, "MAX_DIRECTORY", 1000)
    assert not is_archive(path)
    found = unpack(path, "包", aside)
    assert found.files == []
    assert "损坏" in found.refused[0][1]


def test_archives_nested_too_deep_are_refused(tmp_path: Path, aside: Path) -> None:
    data = packed(**{"甲.xlsx": b"x"})
    for _ in range(archive.MAX_DEPTH):
        data = packed(**{"包.zip": data})
    found = unpack(written(tmp_path, data), "外", aside)
    assert found.files == []
    assert "3层" in found.refused[0][1]


def test_a_locked_member_says_so(tmp_path: Path, aside: Path) -> None:
    data = bytearray(packed(**{"甲.xlsx": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "密码" in unpack(written(tmp_path, bytes(data)), "包", aside).refused[0][1]


def test_a_link_is_not_followed(tmp_path: Path, aside: Path) -> None:
    member = zipfile.ZipInfo("甲.xlsx")
    member.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(member, "/etc/passwd")
    assert "快捷方式" in unpack(written(tmp_path, buffer.getvalue()), "包", aside).refused[0][1]


def test_no_byte_of_an_archive_can_stop_it(tmp_path: Path, aside: Path) -> None:
    """Names that are not what they say, no name at all, other versions: whatever zipfile raises is told."""
    data, told = packed(**{"甲.xlsx": b"x"}), set()
    for at in range(len(data)):
        for byte in (0x00, 0x3F, 0xFF):
            path = written(tmp_path, data[:at] + bytes((byte,)) + data[at + 1 :])
            told |= {reason for _, reason in unpack(path, "包", aside).refused} if not is_archive(path) else set()
    assert told == {"压缩包已损坏，或者压缩方式无法识别"}


def test_a_member_without_a_name_is_one_file(tmp_path: Path, aside: Path) -> None:
    data = bytearray(packed(**{"x": b"1", "甲.xlsx": b"2"}))
    at = data.index(b"PK\x01\x02")
    data[at + 28] = 0
    del data[at + 46]
    end = data.index(b"PK\x05\x06")
    data[end + 12] -= 1
    found = unpack(written(tmp_path, bytes(data)), "包", aside)
    assert [name for name, _ in found.files] == ["包/甲.xlsx"]


def test_half_an_archive_is_told(tmp_path: Path, aside: Path) -> None:
    whole = packed(**{"甲.xlsx": bytes(range(256)) * 20})
    path = written(tmp_path, whole[: len(whole) // 2])
    assert "损坏" in unpack(path, "包", aside).refused[0][1]


def test_what_systems_and_office_programs_leave_is_passed_over(tmp_path: Path, aside: Path) -> None:
    clutter = ("~$甲.xlsx", ".DS_Store", "__MACOSX/甲.xlsx", "._甲.xlsx", "单位/Thumbs.db", ".~乙.xlsx", ".2024.lock")
    data = packed(**dict.fromkeys(("单位/", *clutter, "甲.xlsx", ".乙.xlsx"), b""))
    found = unpack(written(tmp_path, data), "包", aside)
    assert [name for name, _ in found.files] == ["包/甲.xlsx", "包/.乙.xlsx"]
    assert (found.passed, found.folders) == ([f"包/{name}" for name in clutter], ["包/单位/"])


def test_every_archive_that_was_opened_is_known(tmp_path: Path, aside: Path) -> None:
    data = packed(**{"空.zip": packed(), "包.zip": packed(**{"甲.xlsx": b"x"})})
    assert unpack(written(tmp_path, data), "外", aside).archives == ["外", "外/空.zip", "外/包.zip"]


@pytest.mark.parametrize("kept", [40, 3000])
def test_an_archive_that_was_cut_off_behind_an_inner_one_is_told(tmp_path: Path, aside: Path, kept: int) -> None:
    """The end of the inner archive is the last that is left: taken alone, it would be all there is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in (("0.xlsx", b"0" * 5000), ("套.zip", packed(**{"内.xlsx": b"1"})), ("2.xlsx", b"2" * 5000)):
            file.writestr(name, data)
    cut = buffer.getvalue()[: buffer.getvalue().find(b"2.xlsx") + kept]
    found = unpack(written(tmp_path, cut), "交表.zip", aside)
    assert ("交表.zip", "压缩包不完整：列出的文件以外还有内容，可能没有传完") in found.refused


def test_an_archive_with_a_comment_is_whole(tmp_path: Path, aside: Path) -> None:
    path = written(tmp_path, packed(**{"甲.xlsx": b"1"}))
    with zipfile.ZipFile(path, "a") as file:
        file.comment = "财务科".encode()
    assert unpack(path, "交表.zip", aside).refused == []
