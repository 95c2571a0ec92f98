"""A target document, whatever its format, to Targets."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.targets import Targets
from selfeval.sources.document import read_document
from selfeval.sources.imported import Imported
from selfeval.sources.targets_workbook import read_targets

MAX_TEXT = 5 * 1024 * 1024
"""Bytes of a text document; the sample year of 28 projects has fifty thousand."""

_TEXT = {".txt", ".text", ".tsv"}
_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_file(path: Path, year: int) -> Imported:
    """Read a target document by its format: text, or a workbook in the form of ``targets.xlsx``.

    What cannot be read at all gives an Imported without projects whose problems say why and what to do.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _workbook(path, year)
    place = Place(file=path.name)
    if suffix not in _TEXT:
        return _nothing(year, path.name, problem("E101", place, found=suffix or "没有扩展名的"))
    try:
        size = path.stat().st_size
        if size > MAX_TEXT:
            limit = MAX_TEXT // 1024 // 1024
            return _nothing(year, path.name, problem("E104", place, size=f"{size / 1024 / 1024:.1f}", limit=limit))
        data = path.read_bytes()
    except OSError:
        return _nothing(year, path.name, problem("E114", place))
    text = _decode(data)
    if text is None:
        return _nothing(year, path.name, problem("E102", place))
    if not text.strip("\ufeff \t\r\n\f\u3000"):
        return _nothing(year, path.name, problem("E103", place))
    return replace(read_document(text, year, path.name), sha256=hashlib.sha256(data).hexdigest())


def _workbook(path: Path, year: int) -> Imported:
    targets, problems = read_targets(path, year, path.name)
    hashed = hashlib.sha256(path.read_bytes()).hexdigest() if len(targets.projects) else ""
    return Imported(targets, problems=problems, source=path.name, sha256=hashed)


def _decode(data: bytes) -> str | None:
    """The text, in the first encoding that fits; None when none does."""
    for encoding in ("utf-16",) if data.startswith(_UTF16) else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # A binary file may happen to be valid GB18030; a text holds no zero characters.
        return None if "\0" in text else text
    return None


def _nothing(year: int, name: str, why: Problem) -> Imported:
    return Imported(Targets(year, file=name), problems=(why,), source=name)
