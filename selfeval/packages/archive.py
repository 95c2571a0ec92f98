"""Files out of .zip archives, nested ones too, without trusting their names or sizes."""

from __future__ import annotations

import io
import stat
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from selfeval.packages.clutter import is_clutter
from selfeval.packages.container import MAX_UNPACKED, is_folder
from selfeval.packages.files import MAX_FILE
from selfeval.packages.writing import why_not

MAX_DEPTH = 3  # archives in archives; departments pack a folder, a unit packs its departments
MAX_MEMBERS = 5000
MAX_DIRECTORY = 2 * 1024 * 1024
"""Bytes of the list of members, which is read at once; one of MAX_MEMBERS long names has a quarter less."""
_END, _END_SIZE = b"PK\x05\x06", 22
"""The last record of an archive, before its comment."""
_UTF8 = 0x800
_LOCKED = 0x1


@dataclass
class Unpacked:
    """What came out: (name as shown, file) pairs, and (name, reason) of what was left inside.

    ``archives`` are those that were opened, an outer one before the inner; ``folders`` and ``passed``, what systems
    and office programs leave beside people's files, are names inside them from which nothing came out.
    """

    files: list[tuple[str, Path]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    archives: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    size: int = 0
    members: int = 0


def is_archive(path: Path) -> bool:
    """Whether a file is a .zip archive, and not a workbook or document, which are archives inside too."""
    with suppress(Exception), _Listed(path) as file, zipfile.ZipFile(file) as package:  # zipfile may raise anything
        names = {*package.namelist()}
        return "[Content_Types].xml" not in names and not {"mimetype", "content.xml"} <= names
    return False


class _Listed(io.FileIO):
    """A file of which no list of members is read that is longer than any archive has."""

    listing = True

    def read(self, size: int | None = -1, /) -> bytes:
        """Raises BadZipFile for too much at once."""
        if self.listing and size is not None and size > MAX_DIRECTORY:
            raise zipfile.BadZipFile
        return super().read(-1 if size is None else size)


def unpack(archive: Path, shown: str, into: Path, depth: int = 1, result: Unpacked | None = None) -> Unpacked:
    """Every file of an archive, copied into ``into`` under a number; links, locked and too large members stay."""
    result = result or Unpacked()
    result.archives.append(shown)
    try:
        with _Listed(archive) as file, zipfile.ZipFile(file) as package:
            file.listing = False
            if _has_more(file, package):
                result.refused.append((shown, "压缩包不完整：列出的文件以外还有内容，可能没有传完"))
            for member in package.infolist():
                result.members += 1
                if result.members > MAX_MEMBERS:
                    result.refused.append((shown, f"压缩包内含文件超过{MAX_MEMBERS}个，其余未读取"))
                    break
                inside = _name(member)
                name = f"{shown}/{inside}"
                clutter = any(map(is_clutter, PurePosixPath(inside).parts))
                if clutter or is_folder(member):
                    (result.folders if is_folder(member) else result.passed).append(name)
                    continue
                data = _refuse(member, result) or _read(package, member)
                if isinstance(data, str):
                    result.refused.append((name, data))
                else:
                    _keep(data, name, into, depth, result)
    except OSError as fault:
        result.refused.append((shown, f"解压不了：{why_not(fault)}"))
    except Exception:  # noqa: BLE001 - zipfile has no list of what a malformed file makes it raise
        result.refused.append((shown, "压缩包已损坏，或者压缩方式无法识别"))
    return result


def _has_more(file: _Listed, package: zipfile.ZipFile) -> bool:
    """Whether something stands before the first member or behind the end, as when the rest of an archive was cut off.

    Of one that ends within an archive inside it, the inner one is all that is found.
    """
    end = _END_SIZE + len(package.comment)
    at = file.tell()
    file.seek(max(0, file.seek(0, io.SEEK_END) - end))
    whole = file.read(len(_END)) == _END
    file.seek(at)
    return not whole or min((member.header_offset for member in package.infolist()), default=0) > 0


def _name(member: zipfile.ZipInfo) -> str:
    """The name as its maker saw it: Windows in China writes GB18030 without saying so."""
    name = member.filename
    with suppress(UnicodeError):
        name = name if member.flag_bits & _UTF8 else name.encode("cp437").decode("gb18030")
    return name.replace("\\", "/")  # as some packers of Windows part folders


def _refuse(member: zipfile.ZipInfo, result: Unpacked) -> str:
    if member.flag_bits & _LOCKED:
        return "压缩包加了密码"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "是指向别处的快捷方式"
    if member.file_size > MAX_FILE:
        return f"文件超过{MAX_FILE // 1024 // 1024} MB"
    if result.size + member.file_size > MAX_UNPACKED:
        return f"压缩包解压后超过{MAX_UNPACKED // 1024 // 1024} MB"
    return ""


def _read(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | str:
    """The bytes of a member, never more than one over what it declares, or why it cannot be read."""
    with suppress(Exception), package.open(member) as file:
        data = file.read(member.file_size + 1)
        if len(data) == member.file_size:
            return data
    return "文件已损坏，或者解压后的大小与所写的不符"


def _keep(data: bytes, name: str, into: Path, depth: int, result: Unpacked) -> None:
    result.size += len(data)
    path = into / f"{result.members:05}{PurePosixPath(name).suffix.lower()[:8]}"
    path.write_bytes(data)
    if not is_archive(path):
        result.files.append((name, path))
    elif depth < MAX_DEPTH:
        unpack(path, name, into, depth + 1, result)
    else:
        result.refused.append((name, f"压缩包套了{MAX_DEPTH}层以上"))
