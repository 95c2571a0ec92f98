"""What may be typed into a cell, said without a word about spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntryKind = Literal["number", "money", "percent", "date", "choice", "text"]


@dataclass(frozen=True)
class Entry:
    """What a department may put into a cell: the kind, the unit that messages name, and the choices of a list.

    ``small``: a percentage that is usually below 1%, which must be typed with its sign. ``title`` heads the prompt of
    a list; ``free`` lets other texts pass after a question.
    """

    kind: EntryKind
    unit: str = ""
    choices: tuple[str, ...] = ()
    small: bool = False
    title: str = ""
    free: bool = False
