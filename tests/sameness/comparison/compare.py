"""``compare``: two sets of outputs, file by file, several side by side."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from tests.sameness.comparison.difference import ALLOWED, Difference, report
from tests.sameness.comparison.texts import RECORD, compare_documents, compare_records, compare_texts
from tests.sameness.comparison.workbook import compare_workbooks
from tests.sameness.parts import belongs

_BINARY = frozenset({".xls", ".zip", ".pdf", ".png"})


def compare(old: Path, new: Path, only: Collection[str], jobs: int, *, most: int, full: bool) -> int:
    """Print what differs; 1 when anything does but the text of formulas, or when there is nothing to compare."""
    names = sorted(name for name in _files(old) | _files(new) if belongs(name, only))
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        several = pool.map(_compare, [old] * len(names), [new] * len(names), names, chunksize=4)
        differences = [one for found in several for one in found]
    for line in report(differences, most, full=full):
        sys.stdout.write(f"{line}\n")
    serious = sum(one.kind not in ALLOWED for one in differences)
    allowed = len(differences) - serious
    sys.stdout.write(f"\n{len(names)} files compared: {serious} differences, {allowed} allowed ones\n")
    return 1 if serious or not names else 0


def _files(folder: Path) -> set[str]:
    """Files by relative path, but those in folders whose names begin with _ (made by the harness with a clock)."""
    every = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in every if not any(one.startswith("_") for one in path.parts)}


def _compare(old: Path, new: Path, name: str) -> list[Difference]:
    before, after = old / name, new / name
    if not before.is_file():
        return [Difference("file only in new", name, "", "", "", name)]
    if not after.is_file():
        return [Difference("file only in old", name, "", "", name, "")]
    if before.read_bytes() == after.read_bytes():
        return []
    try:
        return list(_differences(before, after, name))
    except (BadZipFile, ParseError, KeyError, IndexError) as error:
        return [Difference("file cannot be read", name, "", "", "", repr(error))]


def _differences(old: Path, new: Path, name: str) -> Iterator[Difference]:
    if old.suffix == ".xlsx":
        return compare_workbooks(old, new, name)
    if old.suffix == ".docx":
        return compare_documents(old, new, name)
    if old.name == RECORD:
        return compare_records(old, new, name)
    if old.suffix in _BINARY:
        return iter([Difference("bytes", name, "", "", old.suffix, new.suffix)])
    return compare_texts(old, new, name)
