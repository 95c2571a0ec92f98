"""A target document, whatever its format, to Targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.targets import Targets
from selfeval.packages.files import Unreadable, digest, read_bytes
from selfeval.sources.blocks import Document
from selfeval.sources.form.document import read_document
from selfeval.sources.imported import Imported
from selfeval.sources.targets_reader import read_targets
from selfeval.sources.text.reader import read as read_text


@dataclass(frozen=True)
class Reader:
    """A format: from a file's bytes to its blocks, and its limit in MB (28 projects have 0.05 MB of text)."""

    read: Callable[[bytes, Place], Document]
    limit: int


_TEXT = Reader(read_text, limit=5)
READERS: Mapping[str, Reader] = {".txt": _TEXT, ".text": _TEXT, ".tsv": _TEXT}
"""The reader of each format by the ending of the file's name. A new format is a reader and a line here."""

WORKBOOK = ".xlsx"
_MB = 1024 * 1024


def takes(path: Path) -> bool:
    """Whether a file is of a format that is read, by the ending of its name."""
    return path.suffix.lower() in {WORKBOOK, *READERS}


def read_file(path: Path, year: int) -> Imported:
    """Read a target document: by one of ``READERS``, or as a workbook. Without projects, its problems say why."""
    suffix, place = path.suffix.lower(), Place(file=path.name)
    if suffix == WORKBOOK:
        targets, problems = read_targets(path, year, path.name)
        return Imported(targets, problems=problems, source=path.name, sha256=targets.sha256)
    reader = READERS.get(suffix)
    if reader is None:
        return _nothing(year, problem("E101", place, found=suffix or "没有扩展名的"))
    data = read_bytes(path, reader.limit * _MB)
    if isinstance(data, Unreadable):
        size = path.stat().st_size / _MB if path.is_file() else 0
        too_big = problem("E104", place, size=f"{size:.1f}", limit=reader.limit)
        return _nothing(year, too_big if size > reader.limit else problem("E114", place))
    document = reader.read(data, place)
    if not document.blocks:
        return _nothing(year, *document.problems)
    return replace(read_document(document, year, path.name), sha256=digest(data))


def _nothing(year: int, *why: Problem) -> Imported:
    name = why[0].place.file
    return Imported(Targets(year, file=name), problems=why, source=name)
