"""Links: where a path really leads, and which link in it leads out of the folder that a file belongs to."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class LinkError(OSError):
    """A link leads to another place than the one where a file would be written; ``link`` is where it stands."""

    def __init__(self, link: Path) -> None:
        super().__init__(errno.ELOOP, os.strerror(errno.ELOOP), str(link))
        self.link = link


def real(path: Path) -> Path:
    """The path without links; one that runs in a circle stays as it is, where ``resolve`` would raise."""
    return Path(os.path.realpath(path))


def inside(path: Path, home: Path) -> None:
    """Raises LinkError when a link leads from ``home`` to another place where the file would be written."""
    base = real(home)
    if real(path.parent).is_relative_to(base):
        return
    above = (folder for folder in (*reversed(path.parents), path.parent) if folder.is_symlink())
    raise LinkError(next((link for link in above if not real(link).is_relative_to(base) and link != home), path))


def is_plain(path: Path) -> bool:
    """Whether a file itself stands there: no link to one, no folder, and nothing that may never end."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False
