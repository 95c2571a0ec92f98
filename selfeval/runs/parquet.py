"""results.parquet and projects.parquet: the scores with their declared types, for programs that read many of them.

The columns are those of results.csv and projects.csv under the names of the declared tables; points are whole
hundredths, shares are shares. What a column is headed in the CSV file, and what its values mean, stands with it.
Needs pyarrow, which is installed on demand: ``selfeval[parquet]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from io import BytesIO
from itertools import islice
from typing import Any

from selfeval.domain.scored import Scored
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.domain.tables import Dtype, Table
from selfeval.runs.results import project_values, result_values

NEEDED = '没有安装 pyarrow，写不了 Parquet；请先运行 pip install "selfeval[parquet]"，再评分'
"""What is said where it is not installed."""

_TYPES: dict[Dtype, str] = {"text": "string", "number": "float64", "integer": "int64", "flag": "bool_"}


def can_write() -> bool:
    """Whether pyarrow is installed."""
    return find_spec("pyarrow") is not None


def parquet_files(scored: Scored) -> Iterator[tuple[str, bytes]]:
    """Both tables as (name, content), rows in document order."""
    for table, rows in ((RESULTS_FILE, result_values(scored)), (PROJECTS_FILE, project_values(scored))):
        yield f"{table.name.removesuffix('.csv')}.parquet", _parquet(table, rows)


_GROUP = 100_000
"""Rows that are written together."""


def _parquet(table: Table, rows: Iterator[Sequence[object]]) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415 - the same

    fields = [
        pa.field(
            column.name,
            getattr(pa, _TYPES[column.dtype])(),
            metadata={"header": column.header, "meaning": column.meaning},
        )
        for column in table.columns
    ]
    written, some = BytesIO(), [*islice(rows, _GROUP)]
    with parquet.ParquetWriter(written, pa.schema(fields)) as file:
        while True:
            columns = [*zip(*some, strict=True)] or [()] * len(fields)
            arrays = [
                pa.array(map(_plain, values), field.type, from_pandas=True)
                for values, field in zip(columns, fields, strict=True)
            ]
            file.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)))
            if not (some := [*islice(rows, _GROUP)]):
                break
    return written.getvalue()


def _plain(value: Any) -> Any:  # noqa: ANN401 (a value of a column)
    return str(value) if isinstance(value, str) else value
