"""The lines of a CSV file of targets, a few at a time: the file may be of any length, its lines may not."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

from selfeval.packages.cells import FARTHEST_COLUMN
from selfeval.packages.workbook import Raw
from selfeval.sources.decoding import ENCODINGS, UTF16
from selfeval.sources.targets_tables import Lines, NotReadError

MAX_LINE = 1_000_000
"""Characters of a line; those of the longest row are a fiftieth."""
_AT_ONCE = 1024 * 1024
_SEPARATORS = ",\t;"
_LOOKED_AT = 10
"""Lines by which it is known what parts the fields."""
_AROUND = ' \t\r\n\ufeff"*'
_PROTECTED = re.compile(r"=\"(.*)\"|'(?=[0-9A-Z])(.*)", re.DOTALL)
"""What programs write around a code so that a spreadsheet keeps it as text."""
_AS_TEXT = "请用记事本打开，另存为时编码选择 UTF-8；或者用 Excel、WPS 打开，核对后另存为“CSV UTF-8”，再试"
_OF_QUOTES = "请用记事本打开，补上或删去多出的双引号；或者从原系统重新导出，再试"
_WHOLE = "请重新导出或重新拷贝，再试"


class FieldLines(Lines):
    """The fields of each line: UTF-8, GB18030, or UTF-16 with its mark; parted by commas, tabs or semicolons."""

    fields = True

    def __init__(self, path: Path, key: str) -> None:
        self._path, self._key = path, key

    def __iter__(self) -> Iterator[Sequence[Raw]]:
        """Raises NotReadError. Once only."""
        try:
            with _Hashed(self._path) as file:
                try:
                    encoding, ended = _surveyed(self._path)
                    text = io.TextIOWrapper(io.BufferedReader(file, _AT_ONCE), encoding, newline="")
                    yield from _fields(text, self._key, ended=ended)
                finally:
                    self.digest = file.digest()
        except PermissionError as fault:
            raise NotReadError("没有权限打开这个文件，可能正被其他程序占用", "请关闭占用它的程序，再试") from fault
        except OSError as fault:
            raise NotReadError(f"打不开这个文件（{fault.strerror or '系统拒绝'}）", _WHOLE) from fault
        except UnicodeError as fault:  # it was written to meanwhile
            raise NotReadError("读取时文件改动了", "请等写完以后再试") from fault


class _Hashed(io.FileIO):
    """A file whose bytes are hashed while they are read."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._hash = hashlib.sha256()

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 (anything that bytes go into)
        count = super().readinto(buffer)
        self._hash.update(memoryview(buffer)[:count])
        return count

    def digest(self) -> str:
        """That of the whole file: what was not read yet is read now."""
        rest = bytearray(_AT_ONCE)
        while self.readinto(rest):
            pass
        return self._hash.hexdigest()


def _surveyed(path: Path) -> tuple[str, bool]:
    """The encoding of a file, and whether its last line has an end. Raises NotReadError, OSError."""
    with path.open("rb") as file:
        first = file.read(_AT_ONCE)
        if not first.strip(b"\xef\xbb\xbf \t\r\n"):
            raise NotReadError("文件是空的", "请填写，再试；不用的请移出这个文件夹")
        for encoding in ("utf-16",) if first.startswith(UTF16) else ENCODINGS:
            file.seek(0)
            if (last := _last_of(file, encoding)) is not None:
                return encoding, last.endswith(("\n", "\r"))
    raise NotReadError("不是文本文件，或者编码不是 UTF-8、GB18030、UTF-16", _AS_TEXT)


def _last_of(file: IO[bytes], encoding: str) -> str | None:
    """The last piece of text of a file; None where it is none in this encoding."""
    decoder, last = codecs.getincrementaldecoder(encoding)(), ""
    try:
        while data := file.read(_AT_ONCE):
            text = decoder.decode(data)
            if "\0" in text:
                return None
            last = text or last
        return decoder.decode(b"", final=True) or last
    except UnicodeError:
        return None


def _fields(text: IO[str], key: str, *, ended: bool) -> Iterator[Sequence[Raw]]:
    """The fields of each line. Raises NotReadError."""
    top = [*islice(_lines(text), _LOOKED_AT)]
    sign, width = _separator(top, key), 0
    lines = _Numbered(iter(top), _lines(text))
    reader = csv.reader(lines, strict=True, delimiter=sign)
    line: list[str] = []
    try:
        for line in reader:
            width = max(width, len(line))
            if width > FARTHEST_COLUMN:
                raise NotReadError(f"第{lines.count}行超过{FARTHEST_COLUMN}列，不是一般的表格", _WHOLE)
            if any("\n" in field and field.count(sign) + 1 >= width > 1 for field in line):
                raise NotReadError(f"第{lines.count}行或它前面有一个双引号没有成对，几行被当成了一格", _OF_QUOTES)
            yield [_plain(field) for field in line]
    except csv.Error as fault:
        why = "有一个单元格的文字太长" if "limit" in str(fault) else "或它前面有一个双引号没有成对"
        raise NotReadError(f"不是规范的 CSV：第{lines.count}行{why}", _OF_QUOTES) from fault
    if not ended and len(line) < width:
        raise NotReadError(f"可能没有传完：最后一行（第{lines.count}行）只有{len(line)}列，后面断了", _WHOLE)


class _Numbered(Iterator[str]):
    """Lines one after the other, counted."""

    def __init__(self, *parts: Iterator[str]) -> None:
        self.count = 0
        self._parts = [*parts]

    def __next__(self) -> str:
        while self._parts:
            line = next(self._parts[0], None)
            if line is not None:
                self.count += 1
                return line
            del self._parts[0]
        raise StopIteration


def _lines(text: IO[str]) -> Iterator[str]:
    while line := text.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            raise NotReadError("有一行太长，不是一般的表格", _WHOLE)
        yield line


def _plain(field: str) -> str:
    if not field.startswith(("=", "'")):
        return field
    kept = _PROTECTED.fullmatch(field)
    return (kept[1] or kept[2] or "") if kept else field


def _separator(lines: Sequence[str], key: str) -> str:
    """What parts the fields: what leaves the heading ``key`` alone among most others; a comma, where nothing does."""
    width = dict.fromkeys(_SEPARATORS, 0)
    for sign in _SEPARATORS:
        split = ([field.strip(_AROUND) for field in line.split(sign)] for line in lines)
        width[sign] = max((len(fields) for fields in split if key in fields), default=0)
    return max(_SEPARATORS, key=lambda sign: width[sign])
