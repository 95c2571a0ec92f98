"""The lines of a Parquet file of targets, some hundreds at a time. Needs pyarrow: ``selfeval[parquet]``."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from selfeval.packages.cells import FARTHEST_COLUMN
from selfeval.packages.workbook import Raw
from selfeval.sources.targets_tables import Lines, NotReadError

_AT_ONCE = 1_000
"""Rows."""
_LONGEST = 1_000_000
"""Bytes of a value; the longest text that a column takes is a fiftieth."""
_MOST_ROWS = 1_048_576
"""Rows of any file, as many as a spreadsheet holds; of a larger one as many as it has bytes."""
_LEAST, _FOLD = 64 * 1024 * 1024, 100
"""Bytes unpacked, as the file declares them: of any file, and for each byte of a larger one."""
_EXACT = 10**15  # digits that a number of a spreadsheet keeps
_AGAIN = "请从原系统重新导出，再试"
_INDEX = "__index_level_"
"""How pandas calls a column that nobody wrote."""


class ParquetLines(Lines):
    """The headings, then the values of each row; of text, numbers, dates and flags."""

    def __init__(self, path: Path, _key: str) -> None:
        self._path = path

    def __iter__(self) -> Iterator[Sequence[Raw]]:
        """Raises NotReadError. Once only."""
        if find_spec("pyarrow") is None:
            cure = '请先运行 pip install "selfeval[parquet]"，再试；暂时装不了的，请改用 .csv 或 .xlsx'
            raise NotReadError("没有安装 pyarrow，读不了 Parquet", cure)
        try:
            with self._path.open("rb") as file:
                before = os.fstat(file.fileno())
                self.digest = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                yield from _rows(file, before.st_size)
                after = os.fstat(file.fileno())
        except PermissionError as fault:
            raise NotReadError("没有权限打开这个文件，可能正被其他程序占用", "请关闭占用它的程序，再试") from fault
        except OSError as fault:
            raise NotReadError("不是 Parquet 文件，或者已损坏", _AGAIN) from fault
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise NotReadError("读取时文件改动了", "请等写完以后再试")


def _rows(file: IO[bytes], size: int) -> Iterator[Sequence[Raw]]:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415 - the same

    try:
        # texts stay numbers of a dictionary, so that one long text in many rows is in memory once
        found = parquet.ParquetFile(file)
        _within(found.metadata, size)
        texts = [field.name for field in found.schema_arrow if pa.types.is_string(field.type)]
        found = parquet.ParquetFile(file, read_dictionary=texts)
        written = [(at, name) for at, name in enumerate(found.schema_arrow.names) if not name.startswith(_INDEX)]
        yield [name for _, name in written]
        for batch in found.iter_batches(_AT_ONCE, use_threads=False):
            columns = [_values(name, batch.column(at)) for at, name in written]
            yield from map(list, zip(*columns, strict=True))
    except NotReadError:
        raise
    except (pa.ArrowException, ValueError, OverflowError, UnicodeError) as fault:
        raise NotReadError("不是 Parquet 文件，或者已损坏", _AGAIN) from fault


def _within(said: Any, size: int) -> None:  # noqa: ANN401 (the metadata of a file)
    """Raises NotReadError where a file says that it holds far more than its bytes can."""
    if said.num_columns > FARTHEST_COLUMN:
        raise NotReadError(f"超过{FARTHEST_COLUMN}列，不是一般的表格", _AGAIN)
    groups = (said.row_group(at).total_byte_size for at in range(said.num_row_groups))
    if said.num_rows > max(_MOST_ROWS, size) or sum(groups) > max(_LEAST, _FOLD * size):
        raise NotReadError("解压后的内容与文件的大小不相称，不是一般的表格", _AGAIN)


def _values(name: str, column: Any) -> list[Raw]:  # noqa: ANN401 (of pyarrow)
    """The values of a column of some rows. Raises NotReadError."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import compute  # noqa: PLC0415 - the same

    kind = column.type
    if pa.types.is_dictionary(kind):
        places = column.indices
        used = places.drop_null().unique()  # the dictionary is that of very many rows
        known = dict(zip(used.to_pylist(), _values(name, column.dictionary.take(used)), strict=True))
        return ["" if at is None else known[at] for at in places.to_pylist()]
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind):
        if (compute.max(compute.binary_length(column)).as_py() or 0) > _LONGEST:
            raise NotReadError(f"列“{name}”里有一个值太长，不是一般的表格", _AGAIN)
        return [_text(value) for value in column.to_pylist()]
    if pa.types.is_nested(kind):
        raise NotReadError(f"列“{name}”里不是文字、数字或日期", "请把这一列导出为文字，再试")
    return [_plain(value) for value in column.to_pylist()]


def _text(value: str | bytes | None) -> str:
    return "" if value is None else value.decode() if isinstance(value, bytes) else value


def _plain(value: Any) -> Raw:  # noqa: ANN401 (a value of any type)
    """A value as the cell of a sheet would hold it; what a number of a sheet would lose stays as text."""
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return ""
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        return value
    if isinstance(value, int):
        return value if abs(value) < _EXACT else str(value)
    return value if isinstance(value, float) else f"{value:f}" if isinstance(value, Decimal) else str(value)
