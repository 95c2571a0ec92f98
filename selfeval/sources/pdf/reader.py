"""The reader of PDF files with a text layer: ruled tables as grids, the rest as paragraphs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from json import loads
from pathlib import Path
from threading import Timer
from typing import Any

from selfeval.domain.problems import Place, problem
from selfeval.packages.beside_cells import COMMENT
from selfeval.sources.blocks import Beside, Block, Document, Grid, Paragraph, Spot
from selfeval.sources.pdf.halves import halves
from selfeval.sources.pdf.lattice import TooManyLinesError
from selfeval.sources.pdf.lines import Line
from selfeval.sources.pdf.margins import without_margins
from selfeval.sources.pdf.page import Item, Page, PageTable, page_of
from selfeval.sources.pdf.paragraphs import paragraphs
from selfeval.sources.pdf.repeated import settle
from selfeval.sources.pdf.tables import Chain
from selfeval.sources.pdf.telling import stamps, told, torn

MAX_SECONDS = 120
"""For all pages; 300 take some seconds."""
MAX_SIGNS = 3_000_000
"""On all pages together; 28 projects have 25,000."""
MAX_CELLS = 200_000
"""Of all tables together; 28 projects have 2,400."""
_TAIL = 4096
"""Bytes at the end of a file, among which its last mark stands."""
_QUOTED = 40
_PRIVATE = range(0xE000, 0xF900)
_UNKNOWN = 0.2  # of the signs of a page: with more, its fonts do not say what their signs mean
Told = dict[str, Any]  # Any: a line of JSON
_DAMAGED: Told = {"fault": "damaged"}
_FAULTS = {"locked": "E152", "damaged": "E153", "pages": "E154"}


def read(data: bytes, place: Place) -> Document:
    """The document in the bytes of a PDF, without heads, feet and page numbers. Nothing is raised.

    A table that goes on after a page break is one grid. Pages without text are told; without any, nothing is read.
    """
    if b"%%EOF" not in data[-_TAIL:]:
        return _nothing("E153", place, reason="文件没有结尾，可能没有下载完或没有拷贝完")
    if find_spec("pypdfium2") is None:
        return _nothing("E155", place)
    found = _Pages()
    try:
        with _telling(data) as lines:
            first = next(lines, _DAMAGED)
            if "fault" in first:
                return _faulty(first, place)
            for told in lines:
                found.add(told)
    except _TooMuchError as fault:
        return _nothing("E154", place, found=f"第{found.told}页{fault}")
    if found.told < int(first["pages"]):
        return _nothing("E154", place, found=f"读取第{found.told + 1}页，超过了时间或内存的上限")
    return _document(found, place, damaged=bool(first["damaged"]))


def _document(found: _Pages, place: Place, *, damaged: bool) -> Document:
    """The document of pages that are all there."""
    if found.shapeless:
        return _nothing("E158", place.at(cell=f"第{found.shapeless}页"), page=found.shapeless)
    if found.broken == found.told:
        return _faulty(_DAMAGED, place)
    if len(found.unread) == found.told:
        return _nothing("E151", place)
    beside = without_margins(found.pages)
    settle(found.pages)
    chains: list[Chain] = []
    blocks = tuple(_blocks(found.pages, chains))
    if not blocks:
        return _nothing("E103", place)
    problems = [problem("W151", place)] if damaged else []
    if not found.unread and not any(isinstance(block, Grid) for block in blocks):
        problems.append(problem("W152", place))
    if found.slanted:
        spot, text = found.slanted
        problems.append(problem("W154", place.at(cell=str(spot)), cell=spot, found=text[:_QUOTED]))
    problems += (*stamps(found.stamps, place), *told(found.pages, place), *torn(chains, place))
    if found.unread:
        problems.append(problem("W150", place, pages="、".join(map(str, found.unread))))
    return Document(blocks, tuple(problems), (*beside, *found.remarks))


class _TooMuchError(Exception):
    """A page with more than a page has; the text says of what."""


@dataclass
class _Pages:
    """The pages so far: how many were told of, which hold something but no text, and how many could not be opened."""

    pages: list[Page] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    slanted: tuple[Spot, str] | None = None
    """What is written aslant, and on which page first."""
    stamps: list[tuple[int, str]] = field(default_factory=list)
    """What is stamped onto pages, and on which."""
    remarks: list[Beside] = field(default_factory=list)
    shapeless: int = 0
    """The first page with signs whose shapes neither the file nor this machine has; 0: none."""
    told: int = 0
    broken: int = 0
    signs: int = 0
    cells: int = 0

    def add(self, told: Told) -> None:
        """The next page. Raises _TooMuchError."""
        self.told += 1
        self.signs += len(told.get("text", ""))
        if told.get("fault") == "pages" or self.signs > MAX_SIGNS:
            raise _TooMuchError("的文字或图形太多")
        self.broken += "fault" in told
        if "fault" in told or not _is_readable(told):
            self.unread.append(self.told)
            return
        if told["slanted"] and not self.slanted:
            self.slanted = Spot(page=self.told), str(told["slanted"])
        self.shapeless = self.shapeless or self.told * bool(told["shapeless"])
        self.stamps += ((self.told, str(each)) for each in told["stamps"])
        self.remarks += (Beside(COMMENT, str(each), Spot(page=self.told)) for each in told["remarks"])
        for half in halves(told):
            try:
                page = page_of(self.told, half)
            except TooManyLinesError as fault:
                raise _TooMuchError("的表格线太多") from fault
            self.cells += sum(len(item.cells) for item in page.items if isinstance(item, PageTable))
            if self.cells > MAX_CELLS:
                raise _TooMuchError(f"以前的单元格超过{MAX_CELLS // 10_000}万个")
            self.pages.append(page)


def _nothing(code: str, place: Place, **facts: object) -> Document:
    return Document((), (problem(code, place, **facts),))


def _faulty(first: Told, place: Place) -> Document:
    facts: dict[str, dict[str, str]] = {
        "damaged": {"reason": "文件的结构已损坏，打不开"},
        "pages": {"found": f"共有{first.get('pages', 0)}页"},
    }
    fault = str(first["fault"])
    return _nothing(_FAULTS[fault], place, **facts.get(fault, {}))


def _is_readable(told: Told) -> bool:
    """Whether a page is blank or holds text whose signs are known."""
    strange = sum(sign == "\ufffd" or ord(sign) in _PRIVATE for sign in told["text"])
    known = sum(not sign.isspace() for sign in told["text"]) - strange
    return strange <= _UNKNOWN * (known + strange) and (known > 0 or not told["drawn"])


def _blocks(pages: Sequence[Page], chains: list[Chain]) -> Iterator[Block]:
    """The blocks in order, their tables put to ``chains``.

    A table that ends a page goes on with one that begins the next, if they are alike.

    What stands beside a table, such as a piece of a watermark, comes after it.
    """
    chain: Chain | None = None
    before: Sequence[int] = ()
    held: list[Paragraph] = []
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line)]
        edges = min((line.x0 for line in lines), default=0), max((line.x1 for line in lines), default=0)
        beside = _beside(page.items)
        items = [item for item in page.items if item not in beside]
        if chain and items and isinstance(items[0], PageTable) and chain.take(items[0]):
            items = items[1:]
        elif chain and items:
            before = chain.edges
            yield chain.grid()
            yield from held
            chain, held = None, []
        held += paragraphs([*enumerate(beside, start=len(items) + 1)], page.number, edges)
        running: list[tuple[int, Line]] = []
        for number, item in enumerate(items, start=1):
            if chain:
                before = chain.edges
                yield chain.grid()
                yield from held
                chain, held = None, []
            if isinstance(item, Line):
                running.append((number, item))
                continue
            yield from paragraphs(running, page.number, edges)
            running, chain = [], Chain(item, before)
            chains.append(chain)
        yield from paragraphs(running, page.number, edges)
    if chain:
        yield chain.grid()
    yield from held


def _beside(items: Sequence[Item]) -> list[Line]:
    """The lines of a page that stand beside a table."""
    tables = [item for item in items if isinstance(item, PageTable)]
    return [
        item
        for item in items
        if isinstance(item, Line) and any(table.y0 <= item.y0 and item.y1 <= table.y1 for table in tables)
    ]


@contextmanager
def _telling(data: bytes) -> Iterator[Iterator[Told]]:
    """What the process that reads the pages tells, line by line, until it ends or its time is over."""
    # its modules are found where ours are, and never in the folder that somebody works in (-P)
    paths = {"PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-m", "selfeval.sources.pdf.pages"]
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | paths
    )
    timer = Timer(MAX_SECONDS, process.kill)
    timer.start()
    try:
        if process.stdin is None or process.stdout is None:
            raise AssertionError("pipes were asked for")
        with suppress(OSError), process.stdin as into:
            into.write(data)
        yield (told for line in process.stdout if (told := _line(line)) is not None)
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _line(line: bytes) -> Told | None:
    """A whole line; None for one that a process had not finished."""
    with suppress(ValueError):
        told = loads(line)
        return told if isinstance(told, dict) else None
    return None
