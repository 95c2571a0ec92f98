"""A target document, whatever its format, to Targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.targets import Targets
from selfeval.packages.any_workbook import any_workbook
from selfeval.packages.files import Unreadable, digest, read_bytes
from selfeval.packages.workbook import Workbook
from selfeval.sources import beside, ditto, documents, joined
from selfeval.sources.blocks import Document, Spot
from selfeval.sources.contents import misnamed
from selfeval.sources.flat import document as flat
from selfeval.sources.flat.nearly import with_the_reason
from selfeval.sources.form import document as form
from selfeval.sources.hits import with_indicators
from selfeval.sources.imported import Account, Imported
from selfeval.sources.magnitude import Printed, check, tell_apart
from selfeval.sources.repeated import repeated
from selfeval.sources.tables import by_content, separated
from selfeval.sources.targets_page import SHEETS
from selfeval.sources.targets_reader import is_target_book, targets_of
from selfeval.sources.text.reader import read as read_text


@dataclass(frozen=True)
class Reader:
    """A format: from a file's bytes to its blocks, and its limit in MB (28 projects have 0.05 MB of text)."""

    read: Callable[[bytes, Place], Document]
    limit: int


_TEXT, _TABLE = Reader(read_text, limit=5), Reader(by_content.read, limit=20)
READERS: Mapping[str, Reader] = {
    **dict.fromkeys((".txt", ".text", ".tsv"), _TEXT),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".html", ".htm"), _TABLE),
    **{suffix: Reader(documents.read, limit) for suffix, limit in documents.SUFFIXES.items()},
}
"""The reader of each format by the ending of the file's name. A new format is a reader and a line here."""

_WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xls", ".et", ".ods"))
_MB = 1024 * 1024


def takes(path: Path) -> bool:
    """Whether a file in a folder is one to read, by the ending of its name: a picture stands there beside others."""
    return path.suffix.lower() in READERS.keys() - documents.PICTURES


def read_file(path: Path, year: int) -> Imported:
    """Read a target document by one of ``READERS``, or as a targets.xlsx. Without projects, its problems say why."""
    suffix, place = path.suffix.lower(), Place(file=path.name)
    reader = READERS.get(suffix)
    if reader is None:
        return _nothing(year, problem("E101", place, found=suffix or "没有扩展名的"))
    data = read_bytes(path, reader.limit * _MB)
    if isinstance(data, Unreadable):
        if suffix == ".xlsx":
            return _nothing(year, problem("E120", place, reason=data.reason))
        size = path.stat().st_size / _MB if path.is_file() else 0
        too_big = problem("E104", place, size=f"{size:.1f}", limit=reader.limit)
        return _nothing(year, too_big if size > reader.limit else problem("E114", place))
    wrong: tuple[Problem, ...] = ()
    if content := misnamed(data, suffix):
        wrong = (problem("W159", place, suffix=suffix, found=content.name, right=content.suffix),)
        suffix, reader = content.suffix, READERS[content.suffix]
    elif documents.is_refused(data):
        reader = READERS[".doc"]
    book = any_workbook(data) if suffix in _WORKBOOKS else Unreadable("", "")
    if not isinstance(book, Unreadable) and is_target_book(book):
        return _with(wrong, _targets(book, year, path.name))
    document = _document(data, place, reader)
    if not document.blocks:
        is_named = any(one.code == "E150" for one in document.problems)
        return _nothing(year, *(() if is_named else wrong), *document.problems)
    found = understood(document, year, path.name)
    if not isinstance(book, Unreadable) and not found.targets.projects and is_target_book(book, whole=False):
        found = _targets(book, year, path.name)  # one that lacks a sheet
    return _with(wrong, replace(found, sha256=digest(data)))


def _with(wrong: tuple[Problem, ...], found: Imported) -> Imported:
    return replace(found, problems=(*wrong, *found.problems)) if wrong else found


def understood(document: Document, year: int, source: str) -> Imported:
    """What a document means: its flat tables, the tables of one project each, and what stands around them."""
    around = Account(Place(file=source))
    document = ditto.spelt_out(beside.with_units_below(document), around)
    if not flat.is_flat(document):
        found = form.read_document(document, year, source)
    else:
        found, rest = flat.read_document(document, year, source)
        found = joined.with_rest(found, replace(document, blocks=tuple(rest)), year)
    beside.tell(document, year, around)
    told = with_indicators(with_the_reason(document, found.problems, source), frozenset(document.problems), found)
    problems = (*told, *repeated(found), *around.problems)
    return replace(found, problems=problems, readings=(*found.readings, *around.readings))


def _document(data: bytes, place: Place, reader: Reader) -> Document:
    """The blocks of a file; a text may hold a flat table, such as “Unicode 文本” saved from a sheet."""
    if reader is _TEXT:
        table = separated.read(data, place)
        if flat.is_flat(table):
            return table
    return reader.read(data, place)


def _targets(book: Workbook, year: int, name: str) -> Imported:
    targets, problems = targets_of(book, year, name)
    account, projects = Account(Place(file=name)), targets.projects.records
    at = Spot(sheet=SHEETS[0].name)
    budgets = {
        row["project"]: Printed(show_number(row["budget"]), row["budget"], "万元", at)
        for row in projects
        if isfinite(row["budget"])
    }
    budgets = check(budgets, projects, targets.indicators.records, account)
    for row in projects:
        sources = {"财政资金": row["fiscal"], "其他资金": row["other"]}
        known = {what: value for what, value in sources.items() if isfinite(value)}
        if isfinite(row["budget"]) and "财政资金" in known and round(row["budget"] - sum(known.values()), 6):
            tell_apart(row["budget"], known, at, account.about(project=row["project"]))
    said = (*problems, *account.problems)
    return Imported(targets, problems=said, source=name, sha256=targets.sha256, budgets=budgets)


def _nothing(year: int, *why: Problem) -> Imported:
    name = why[0].place.file
    return Imported(Targets(year, file=name), problems=why, source=name)
