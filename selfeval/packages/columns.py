"""Columns of sheets: letters where people read of them, positions counted from 0 in code."""

from __future__ import annotations

from functools import cache


@cache
def letters(column: int) -> str:
    """The name of a column: A, Z, AA."""
    name = ""
    while column >= 0:
        column, last = divmod(column, 26)
        name, column = chr(ord("A") + last) + name, column - 1
    return name


def position(name: str) -> int:
    """Where the column of this name stands."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
