"""The heads of the indicator rows, in one row or two: which column of the grid holds what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from selfeval.sources.blocks import GridCell, GridRow
from selfeval.sources.form.labels import (
    COLUMNS,
    PASSED,
    UNDER_TARGET,
    column_of,
    indicator_header,
    is_side_label,
    plain_label,
)
from selfeval.sources.layout import squeeze
from selfeval.sources.years import dated, meaning_of

_OF_A_VALUE = ("target", "sign", "unit")


@dataclass
class Heads:
    """What the columns of a table's indicator rows hold.

    ``columns``: the meaning of each column of the grid that has one (of COLUMNS, or PASSED); ``first``: the row of the
    heads, ``after`` the first below them; ``last`` the last cell of theirs; ``passed`` and ``unknown``: the heads
    of what is passed over, and of what no meaning is known for. ``named``: whether one is 三级指标. ``twice``: those
    on the left of others of the same names, where nothing says that they are of a longer period.
    """

    first: int
    after: int
    last: GridCell
    named: bool = True
    twice: tuple[GridCell, ...] = ()
    columns: dict[int, str] = field(default_factory=dict)
    passed: list[GridCell] = field(default_factory=list)
    unknown: dict[int, GridCell] = field(default_factory=dict)
    of_target: tuple[str, ...] = ()
    """The heads of the target's columns."""

    @property
    def names(self) -> frozenset[str]:
        """The meanings that some column has."""
        return frozenset(self.columns.values())

    def meaning(self, cell: GridCell) -> str:
        """What a head says; 指标内容 is the name of an indicator where no other column has that."""
        name = column_of(cell.text)
        return "level3" if name == "description" and not self.named and "level3" not in self.names else name

    @property
    def of_other_years(self) -> list[GridCell]:
        """The heads of targets that are of years which were not asked for."""
        heads = ((cell, *dated(cell.text)) for cell in self.passed)
        return [cell for cell, years, base in heads if years and meaning_of(base, column_of) == "target"]

    @property
    def level1(self) -> int:
        """The column of 一级指标."""
        return min(column for column, name in self.columns.items() if name == "level1")


def read_heads(rows: Sequence[GridRow]) -> Heads | None:
    """The heads of a table's indicator rows; None where it has none."""
    at = indicator_header(rows)
    if at == len(rows):
        return None
    above = [cell for number, row in enumerate(rows[:at]) for cell in row.cells if cell.rows > at - number]
    upper = sorted([*above, *rows[at].cells], key=lambda cell: cell.column)
    filled = [cell for cell in upper if cell.text.strip()]
    lower = _second(rows[at + 1], filled) if at + 1 < len(rows) else []
    heads = Heads(
        at, at + 2 if lower else at + 1, filled[-1], named=any(column_of(cell.text) == "level3" for cell in filled)
    )
    of_left = _left_half(filled)
    heads.twice = tuple(of_left) if of_left and not _names_a_period(rows[:at], filled) else ()
    for cell in filled:
        below = [one for one in lower if one.column in _reach(cell, filled)]
        name = PASSED if cell in of_left else heads.meaning(cell)
        if not below or name == PASSED:
            heads.passed += [cell] if name == PASSED else []
            _take(heads, cell, name)
        for one in below:
            heads.passed += [one] if name != PASSED and _under(cell, one) == PASSED else []
            _take(heads, one, _under(cell, one))
    of_target = (
        cell for cell in (*filled, *lower) if "target" in {column_of(cell.text), heads.columns.get(cell.column)}
    )
    heads.of_target = tuple(cell.text for cell in of_target)
    instead = PASSED if "sign" in heads.names else "sign"
    heads.columns = {at: instead if name == "nature" else name for at, name in heads.columns.items()}
    return heads


def _left_half(heads: Sequence[GridCell]) -> list[GridCell]:
    """The heads of a longer period where those of the year stand right of them again: names and values twice."""
    levels2, levels3 = (
        [cell.column for cell in heads if column_of(cell.text) == name] for name in ("level2", "level3")
    )
    if len(levels3) != _TWICE:
        return []
    start = levels2[1] if len(levels2) == _TWICE else levels3[1]
    left = [column_of(cell.text) for cell in heads if levels3[0] < cell.column < start]
    right = [column_of(cell.text) for cell in heads if cell.column > levels3[1]]
    if right.count("target") != 1 or left.count("target") > 1 or not {"target", PASSED} & {*left}:
        return []
    kept = {"level1"} if len(levels2) == _TWICE else {"level1", "level2"}
    return [cell for cell in heads if cell.column < start and column_of(cell.text) not in {*kept, ""}]


def _names_a_period(above: Sequence[GridRow], heads: Sequence[GridCell]) -> bool:
    """Whether a label above names another period than the year, as 实施期目标, or a head the year itself."""
    labels = (squeeze(cell.text) for row in above for cell in row.cells)
    return any(map(_PERIOD.search, labels)) or any(_YEAR.search(squeeze(cell.text)) for cell in heads)


_PERIOD = re.compile("(?:实施期|中期|长期|三年|项目期|中长期)(?:绩效)?(?:总体?)?目标")
_YEAR = re.compile("(?:年度?|本年|当年)(?:绩效)?(?:指标|目标)值|实施期|中期")
_TWICE = 2


def _take(heads: Heads, cell: GridCell, name: str) -> None:
    """Give a meaning to the columns that a head covers; the first one of a meaning has it."""
    covered = range(cell.column, cell.column + cell.columns)
    taken = name != PASSED and name in heads.names
    if not name and "level1" not in heads.names:
        return  # what stands left of the heads
    if not name or (taken and not _goes_on(heads, cell, name)):
        heads.unknown |= dict.fromkeys(covered, cell)
        return
    heads.columns |= dict.fromkeys(covered, name)


def _goes_on(heads: Heads, cell: GridCell, name: str) -> bool:
    """Whether a head repeats the one left of it, as where a merged cell was filled in everywhere."""
    return heads.columns.get(cell.column - 1) == name


def _second(row: GridRow, heads: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a second row of heads: all of them are heads, below one that covers several columns."""
    cells = [cell for cell in row.cells if cell.text.strip() and not is_side_label(cell.text)]
    wide = [(head, reach) for head in heads if len(reach := _reach(head, heads)) > 1]

    def over(cell: GridCell) -> GridCell | None:
        return next((head for head, reach in wide if cell.column in reach), None)

    pairs = [(cell, over(cell)) for cell in cells]
    names = [column_of(cell.text) if head is None else _under(head, cell) for cell, head in pairs]
    # a repeated head (一级指标 merged downwards but filled in) is none below
    own = [cell for cell, head in pairs if head is not None]
    telling = {name for name, (_, head) in zip(names, pairs, strict=True) if head is not None}
    return own if all(names) and telling & {*_OF_A_VALUE, PASSED} else []


def _reach(head: GridCell, heads: Sequence[GridCell]) -> range:
    """The columns that a head may have others below: up to the next, also where a merged cell lost its extent."""
    following = [other.column for other in heads if other.column > head.column]
    return range(head.column, max(head.column + head.columns, min(following, default=head.column + _WIDEST)))


_WIDEST = 4
"""Columns at most below the last head: sign, value, unit, and one more."""


def _under(head: GridCell, cell: GridCell) -> str:
    """What a head in a second row means, by the one above it."""
    if column_of(head.text) == PASSED:
        return PASSED
    value = UNDER_TARGET.get(plain_label(cell.text), "") if column_of(head.text) == "target" else ""
    return value or column_of(cell.text)


def repeats(row: GridRow, heads: Heads, rows: Sequence[GridRow]) -> bool:
    """Whether a row is one of the heads again, as on a new page, perhaps without what stands left of them."""
    if squeezed(row) in {squeezed(one) for one in rows[heads.first : heads.after]}:
        return True
    cells = [cell for cell in row.cells if cell.text.strip() and cell.column >= heads.level1]
    return len(cells) > 1 and all(column_of(cell.text) for cell in cells)


def squeezed(row: GridRow) -> str:
    """The text of a row, without white space."""
    return squeeze("".join(cell.text for cell in row.cells))


PRINTED = {name: spellings[0] for name, spellings in COLUMNS.items()}
"""What each meaning is usually called."""
