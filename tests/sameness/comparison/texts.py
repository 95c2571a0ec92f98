"""Text, CSV and JSON files compared line by line, the record of a run by its keys, a Word file by its paragraphs."""

from __future__ import annotations

import csv
import difflib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.sameness.comparison.difference import NEW_KEY, Difference
from tests.sameness.comparison.package import Package, canonical

RECORD = "run.json"
_IGNORED = frozenset({"format", "versions"})
_HASH_OF_OUTPUT = re.compile(r"outputs\[.*\]\.sha256")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def compare_texts(old: Path, new: Path, file: str) -> Iterator[Difference]:
    """Each line that differs; of a CSV file each column of it."""
    kind = old.suffix[1:] or "text"
    before, after = (one.read_bytes().decode("utf-8", "backslashreplace") for one in (old, new))
    lines = [_lines(one) for one in (before, after)]
    if lines[0] == lines[1]:
        yield Difference(f"{kind} bytes", file, "", "", repr(before[:60]), repr(after[:60]))
        return
    header = next(csv.reader(lines[0][:1]), []) if kind == "csv" else []
    for number, one, other in _changed(*lines):
        spot = f"line {number}"
        cells = [next(csv.reader([text]), []) for text in (one, other)] if header else [[], []]
        if header and len(cells[0]) == len(cells[1]) == len(header):
            for name, was, became in zip(header, *cells, strict=True):
                if was != became:
                    yield Difference(kind, file, name, spot, was, became)
        else:
            yield Difference(kind, file, "", spot, one, other)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """(line number, old, new) of each line that is not the same; a line that is only in one has "" in the other."""
    for _, i, j, k, m in _steps(old, new):
        for step in range(max(j - i, m - k)):
            one = old[i + step] if i + step < j else ""
            other = new[k + step] if k + step < m else ""
            yield i + step + 1, one, other


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    if len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return [("replace", i, i + 1, i, i + 1) for i, (one, other) in pairs if one != other]
    return [one for one in difflib.SequenceMatcher(None, old, new).get_opcodes() if one[0] != "equal"]


def compare_records(old: Path, new: Path, file: str) -> Iterator[Difference]:
    """What two records say differently, but for their format, the versions and the hashes of outputs.

    A key that only the new one has is told, and is no fault.
    """
    before, after = (_record(json.loads(one.read_text(encoding="utf-8"))) for one in (old, new))
    for key in dict.fromkeys((*before, *after)):
        if key not in before:
            yield Difference(NEW_KEY, file, "", key, "", after[key])
        elif before[key] != after.get(key):
            yield Difference(RECORD, file, "", key, before[key], after.get(key, ""))


def _record(record: dict[str, object]) -> dict[str, str]:
    kept = {key: value for key, value in record.items() if key not in _IGNORED}
    return {key: value for key, value in _flat(kept, "") if not _HASH_OF_OUTPUT.fullmatch(key)}


def _flat(value: object, key: str) -> Iterator[tuple[str, str]]:
    """Every value with its keys; the entries of a list go by their path, so that their order is nothing."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _flat(one, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _flat(one, f"{key}[{one['path'] if isinstance(one, dict) and 'path' in one else number}]")
    else:
        yield key, json.dumps(value, ensure_ascii=False)


def compare_documents(old: Path, new: Path, file: str) -> Iterator[Difference]:
    """Each paragraph that differs in its text, else each part that differs in how it is written."""
    before, after = Package(old), Package(new)
    texts = [_paragraphs(one) for one in (before, after)]
    for number, one, other in _changed(*texts):
        yield Difference("docx text", file, "", f"paragraph {number}", one, other)
    if texts[0] == texts[1]:
        for name in sorted(before.names | after.names):
            trees = [one.tree(name) for one in (before, after)]
            said = ["" if one is None else canonical(one) for one in trees]
            if said[0] != said[1]:
                yield Difference("docx looks", file, name, "", *said)


def _paragraphs(package: Package) -> list[str]:
    root = package.tree("word/document.xml")
    every = [] if root is None else root.iter(f"{_WORD}p")
    return ["".join(one.text or "" for one in paragraph.iter(f"{_WORD}t")) for paragraph in every]
