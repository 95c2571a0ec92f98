"""Rows of indicators whose project the table does not have: of which project each may be."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from selfeval.sources.targets_page import TargetRow

Tell = Callable[[TargetRow, Sequence[str]], None]
"""Told of a row, and of the known projects that may lack it."""


class Strays:
    """Looks at all rows in their order, and tells of each whose project is unknown which ones may lack it.

    That is the project that its number names, or in whose midst the row and those like it stand; else, of a single row,
    those beside it.
    """

    def __init__(self, known: Container[str], tell: Tell) -> None:
        self._known, self._tell = known, tell
        self._block: tuple[str, str] | None = None  # what the rows of the last one say: project, and that of the number
        self._before = self._around = ""  # the known project of the block before the last one, and of the last one
        self._rows: list[TargetRow] = []

    def takes(self, row: TargetRow) -> bool:
        """Whether the project of a row is known."""
        project = row.text("project")
        is_known = project in self._known
        block = project, row.text("indicator").rpartition("-")[0]
        if block != self._block:
            around = project if is_known else ""
            self._end_block(around)
            self._block, self._before, self._around = block, self._around, around
        if not is_known:
            self._rows.append(row.only_keys())
        return is_known

    def end(self) -> None:
        """No row is left."""
        self._end_block("")

    def _end_block(self, after: str) -> None:
        """Tell of the rows of a block, now that it is known what stands behind it."""
        if not self._rows or self._block is None:
            return
        project, named = self._block
        owners = {named} if named in self._known else {self._before} & {after}
        if not owners - {""} and len(self._rows) == 1 and named != project:
            owners = {self._before, after}
        for row in self._rows:
            self._tell(row, tuple(sorted(owners - {""})))
        self._rows = []
