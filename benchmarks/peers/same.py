"""Whether a peer did the same work: equal scores, and in each sheet of each project equally much to write."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

_CELL = re.compile(rb"<c [^>]*(?<!/)>.*?</c>", re.DOTALL)
_NAME = re.compile(r'<sheet [^>]*?name="([^"]*)"')
_MOST = 20


def differences(ours: Path, theirs: Path) -> list[str]:
    """In which rows of results.csv and which sheets two folders of results differ, the first few."""
    return [*_scores(ours / "results.csv", theirs / "results.csv"), *_books(ours, theirs)][:_MOST]


def _scores(ours: Path, theirs: Path) -> Iterator[str]:
    left, right = _read(ours), _read(theirs)
    for key in sorted(left.keys() | right.keys()):
        if left.get(key) != right.get(key):
            yield f"{'　'.join(key)}：{left.get(key)}，{right.get(key)}"


def _read(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {(row["项目编码"], row["指标编号"]): (row["分值"], row["得分"]) for row in csv.DictReader(file)}


def _books(ours: Path, theirs: Path) -> Iterator[str]:
    names = sorted(path.relative_to(ours) for path in ours.glob("*/*_自评表.xlsx"))
    for name in names:
        left, right = counted(ours / name), counted(theirs / name) if (theirs / name).exists() else {}
        for sheet in left.keys() | right.keys():
            if left.get(sheet) != right.get(sheet):
                yield f"{name.stem} {sheet}：{left.get(sheet)}，{right.get(sheet)}"


def counted(path: Path) -> dict[str, tuple[int, int, int]]:
    """The cells with something in them, the formulas and the merged ranges of each sheet."""
    with zipfile.ZipFile(path) as book:
        names = _NAME.findall(book.read("xl/workbook.xml").decode())
        return {name: _count(book.read(f"xl/worksheets/sheet{at}.xml")) for at, name in enumerate(names, 1)}


def _count(part: bytes) -> tuple[int, int, int]:
    cells = _CELL.findall(part)
    filled = sum(b"<v>" in cell or b"<f>" in cell or b"<is>" in cell for cell in cells)
    return filled, sum(b"<f>" in cell for cell in cells), part.count(b"<mergeCell ")
