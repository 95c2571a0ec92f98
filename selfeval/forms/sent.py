"""What finance filled in before a form went out: known by what it says, so that nobody takes it for an answer.

A form that goes out with last year's texts, or with the figures of a table, is no blank one; what was written into it
is remembered by hash, and still known when somebody opened the file and saved it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from selfeval.domain.reported import Reports
from selfeval.forms.identity import answered_cells
from selfeval.packages.files import digest
from selfeval.packages.made import made_in, remember_made

SENT = ".下发.sha256"
"""The hidden file in the folder of forms that remembers what forms said when they were sent out."""


def said_by(project: str, reports: Reports) -> str:
    """A hash of what the form of a project says, whichever program saved it; blank when it says nothing."""
    cells = sorted((*place, cell.text, cell.data_type == "number") for place, cell in answered_cells(reports).items())
    return digest(repr((project, cells)).encode()) if cells else ""


def sent_from(folder: Path) -> frozenset[str]:
    """The hashes of what was sent out of a folder of forms with something filled in."""
    return made_in(folder, SENT)


def remember_sent(folder: Path, said: Iterable[str], root: Path) -> None:
    """Note what was sent out of the folder of forms below the workspace ``root``. Raises OSError."""
    remember_made(folder, filter(None, said), root, SENT)
