"""Where targets stand: in the one table of their year, or in one of several in a folder."""

from __future__ import annotations

from selfeval.domain.problems import Place

_FILES = (".csv", ".parquet")
"""Endings of files that hold one sheet each."""


def promised_at(file: str, cell: str, project: str = "", indicator: str = "") -> Place:
    """The place of a cell of targets in ``file``, which is a table, or the folder of several.

    ``cell`` is as rows name it: 指标!G2; in one of several, 324001.xlsx/指标!G2 or 县/指标.csv!G2.

    >>> promised_at("inputs/2024/targets", "324001.xlsx/指标!G2")
    Place(project='', indicator='', file='inputs/2024/targets/324001.xlsx', sheet='指标', cell='G2')
    """
    where, _, address = cell.rpartition("!")
    if where.endswith(_FILES):
        return Place(project, indicator, f"{file}/{where}", "", address)
    table, _, sheet = where.rpartition("/")
    return Place(project, indicator, f"{file}/{table}" if table else file, sheet, address)


def sheet_beside(cell: str, sheet: str) -> str:
    """Another sheet of the table that a cell stands in, as rows name cells: 324001.xlsx/资金计划!, 县/资金计划.csv!."""
    where = cell.rpartition("!")[0]
    table, slash, own = where.rpartition("/")
    ending = next((ending for ending in _FILES if own.endswith(ending)), "")
    return f"{table}{slash}{sheet}{ending}!"


def is_of_targets(file: str, targets: str) -> bool:
    """Whether a file is the table of targets, or one of those in the folder."""
    return file == targets or file.startswith(f"{targets}/")
