"""Whereabouts: files of a workspace are kept by their paths from its root, and shown from where one stands."""

from __future__ import annotations

import os
import re
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from selfeval.packages.printable import readable
from selfeval.rulebook.shelf import SHIPPED
from selfeval.runs.folders import FOLDERS

if TYPE_CHECKING:
    from selfeval.runs.workspace import Workspace

_LEADING = re.compile(rf"(?<![\w/.\\~-])(?=(?:{'|'.join(FOLDERS)})/)", re.ASCII)
"""Before a path from the root of a workspace; one that somebody typed never begins so (``as_typed``)."""

_root: ContextVar[Path | None] = ContextVar("root", default=None)


def stand_in(workspace: Workspace | None) -> None:
    """The command that runs is about this workspace."""
    _root.set(workspace.root if workspace else None)


def way_to_root() -> str:
    """The way from the current folder to the workspace: ``.``, ``../..``, ``examples/faulty``, else the whole path."""
    root, here = _root.get(), Path.cwd()
    if root is None or root == here:
        return "."
    near = root.is_relative_to(here) or here.is_relative_to(root)
    return readable(Path(os.path.relpath(root, here) if near else root).as_posix())


def from_here(text: str) -> str:
    """A text with the paths of the workspace as they are right from the current folder."""
    if not _LEADING.search(text):
        return text
    way = way_to_root()
    return text if way == "." else _LEADING.sub(lambda _: f"{way.rstrip('/')}/", text)


def of_workspace(name: str) -> str:
    """The path of a file as a problem names it, from here; of one outside the workspace it has the name alone."""
    root, way = _root.get(), way_to_root()
    inside = root is not None and name and ("/" in name or (root / name).exists())
    inside = inside and not name.startswith(f"{SHIPPED}/")
    return f"{way.rstrip('/')}/{name}" if inside and way != "." else name
