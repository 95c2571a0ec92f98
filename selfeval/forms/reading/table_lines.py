"""The lines of a reported table that are no rows of its ids: titles, sums, notes, and rows that lost theirs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from selfeval.domain.problems import MOST_TOLD, Place, Problem, more_of_the_same, problem
from selfeval.domain.reading.asides import NOTE, REACHED, SIGNED, SUM
from selfeval.forms.reading.grid import SheetGrid, address
from selfeval.forms.reading.spelling import bare
from selfeval.forms.reading.table_claims import Promises
from selfeval.forms.reading.table_parts import TablePart
from selfeval.forms.reading.table_years import tells_of_others

_SUM = re.compile(rf"{SUM}(?:[(:、数金].*)?|其中[:].*")
_NOTE = re.compile(
    rf"(?:\d{{1,2}}[.、])?(?:{NOTE}|{SIGNED}|{REACHED}|填报单位|编制单位|(?:金额|计量)?单位)\d?[:].*|[※*].*",
    re.DOTALL,
)
_UNIT_OR_NUMBER_OF_COLUMN = re.compile(r"[(]?(?:[A-Za-z]|\d{1,2}|[^\d]{1,6})[)]?")
_LOOKED_AT = 300
"""Characters of a line that are looked through."""
_LISTED = 10
"""Rows that are listed."""
_A_NOTE = 20
"""A text in a cell alone that is longer answers nothing."""


def is_sum_or_note(label: str) -> bool:
    """Whether what stands in the column of ids begins a sum, or a note below the table."""
    if label.isascii() and not label.startswith("*"):  # as ids and numbers are
        return False
    said = bare(label[:_LOOKED_AT])
    return _SUM.fullmatch(said) is not None or _NOTE.fullmatch(said) is not None


def sums(part: TablePart, grid: SheetGrid, head: tuple[int, int]) -> Iterator[Problem]:
    """What is said of the sums below the headings: that they are left out. ``head``: as of ``without_id``."""
    top, key = head
    rows = [row for row in range(top + 1, grid.rows) if _is_sum(grid, row, key)]
    if rows:
        listed = "、".join(str(row + 1) for row in rows[:_LISTED])
        more = f"等{len(rows)}" if len(rows) > _LISTED else ""
        place = Place(file=grid.file, sheet=grid.sheet, cell=address(rows[0], key))
        yield problem("I302", place, sheet=part.name, rows=f"{listed}{more}")


def _is_sum(grid: SheetGrid, row: int, key: int) -> bool:
    label = grid.label(row, key)
    if label.isascii() and label:
        return False
    texts = [bare(label[:_LOOKED_AT])] if label else _texts(grid, row)
    return any(_SUM.fullmatch(text) for text in texts)


def told_otherwise(
    part: TablePart, grid: SheetGrid, top: int, columns: Collection[int], promises: Promises
) -> Problem | None:
    """The problem of a table above which it says that its numbers are those of another year, or planned ones.

    ``columns``: those that hold answers. A line of several words just above the headings speaks of what is below each.
    """
    for row in range(top):
        filled = [at for at in range(grid.width(row)) if grid.label(row, at)]
        for at, end in pairwise([*filled, grid.width(top)]):
            above = row < top - 1 or len(filled) == 1 or any(at <= column < end for column in columns)
            text = grid.cell(row, at).text[:_LOOKED_AT]
            if above and tells_of_others(text, promises.year, promises.names):
                place = Place(file=grid.file, sheet=grid.sheet, cell=address(row, at))
                return problem("E345", place, sheet=part.name, found=text, year=promises.year)
    return None


def without_id(part: TablePart, grid: SheetGrid, head: tuple[int, int], columns: Mapping[int, str]) -> list[Problem]:
    """The problems of rows in which something is filled in though they have no id.

    ``head``: the row of headings and the column of ids; ``columns``: those that are read, with their items.
    """
    top, key = head
    place = Place(file=grid.file, sheet=grid.sheet)
    problems: list[Problem] = []
    count = 0
    for row in range(top + 1, grid.rows):
        if grid.label(row, key):
            continue
        filled = [at for at in columns if grid.label(row, at)]
        if not filled or _is_no_row(part, grid, row, [columns[at] for at in filled], below=row == top + 1):
            continue
        count += 1
        if count <= MOST_TOLD:
            facts = {"row": row + 1, "found": grid.cell(row, filled[0]).text[:_LOOKED_AT], "what": part.key}
            problems.append(problem("E346", place.at(cell=address(row, filled[0])), **facts))
    return [*problems, *more_of_the_same(place, count, "E346")]


def _is_no_row(part: TablePart, grid: SheetGrid, row: int, items: Sequence[str], *, below: bool) -> bool:
    """Whether a line is a sum, a note, or what stands just below the headings: units, or numbers of the columns."""
    texts = [*_texts(grid, row)]
    if any(map(is_sum_or_note, texts)):
        return True
    if below and (all(map(_UNIT_OR_NUMBER_OF_COLUMN.fullmatch, texts)) and _counts_up(texts)):
        return True
    return len(texts) == 1 and (items[0] not in part.answers or len(texts[0]) > _A_NOTE)


def _texts(grid: SheetGrid, row: int) -> Iterator[str]:
    for at in range(grid.width(row)):
        if text := grid.label(row, at)[:_LOOKED_AT]:
            yield bare(text)


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether the numbers among some texts are those of columns: 1, 2, 3."""
    numbers = [int(one) for text in texts if (one := text.strip("()")).isdecimal()]
    return all(later - one == 1 for one, later in pairwise(numbers))
