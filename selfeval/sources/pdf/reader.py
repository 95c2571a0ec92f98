"""The reader of PDF files with a text layer: ruled tables as grids, the rest as paragraphs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from json import loads
from threading import Timer
from typing import Any

from selfeval.domain.problems import Place, Problem, problem
from selfeval.sources.blocks import Block, Document
from selfeval.sources.pdf.lattice import TooManyLinesError
from selfeval.sources.pdf.lines import Line
from selfeval.sources.pdf.margins import without_margins
from selfeval.sources.pdf.page import Page, PageTable, page_of
from selfeval.sources.pdf.paragraphs import paragraphs
from selfeval.sources.pdf.tables import Chain

MAX_SECONDS = 120
"""For all pages; 300 take some seconds."""
MAX_SIGNS = 3_000_000
"""On all pages together; 28 projects have 25,000."""
_TAIL = 4096
"""Bytes at the end of a file, among which its last mark stands."""
_PRIVATE = range(0xE000, 0xF900)
_UNKNOWN = 0.2  # of the signs of a page: with more, its fonts do not say what their signs mean
Told = dict[str, Any]  # Any: a line of JSON
_FAULTS = {"locked": "E152", "damaged": "E153", "pages": "E154"}


def read(data: bytes, place: Place) -> Document:
    """The document in the bytes of a PDF, without heads, feet and page numbers. Nothing is raised.

    A table that goes on after a page break is one grid. Pages without text are told; without any, nothing is read.
    """
    if b"%%EOF" not in data[-_TAIL:]:
        return _nothing("E153", place, reason="文件没有结尾，可能没有下载完或没有拷贝完")
    pages: list[Page] = []
    unread: list[int] = []
    told = signs = 0
    with _telling(data) as lines:
        first = next(lines, {"fault": "damaged"})
        if "fault" in first:
            return _faulty(first, place)
        for number, page in enumerate(lines, start=1):
            told = number
            signs += len(page.get("text", ""))
            if page.get("fault") == "pages" or signs > MAX_SIGNS:
                return _nothing("E154", place, found=f"第{number}页的文字或图形太多")
            try:
                pages.append(_page(number, page, unread))
            except TooManyLinesError:
                return _nothing("E154", place, found=f"第{number}页的表格线太多")
    if told < first["pages"]:
        return _nothing("E154", place, found=f"读到第{told + 1}页，超过了时间或内存的上限")
    if len(unread) == told:
        return _nothing("E151", place)
    without_margins(pages)
    missing = (problem("W150", place, pages="、".join(map(str, unread))),) if unread else ()
    return Document(tuple(_blocks(pages)), missing)


def _nothing(code: str, place: Place, **facts: object) -> Document:
    return Document((), (problem(code, place, **facts),))


def _faulty(first: Told, place: Place) -> Document:
    facts: dict[str, dict[str, str]] = {
        "damaged": {"reason": "文件的结构已损坏，打不开"},
        "pages": {"found": f"共有{first.get('pages', 0)}页"},
    }
    fault = str(first["fault"])
    return _nothing(_FAULTS[fault], place, **facts.get(fault, {}))


def _page(number: int, told: Told, unread: list[int]) -> Page:
    """A page; its number joins those ``unread`` where something is on it and no text."""
    if "fault" in told:
        unread.append(number)
        return Page(number, 0, [])
    text = told["text"]
    known = [sign for sign in text if sign != "\ufffd" and ord(sign) not in _PRIVATE and not sign.isspace()]
    strange = sum(sign == "\ufffd" or ord(sign) in _PRIVATE for sign in text)
    if (not known and told["drawn"]) or strange > _UNKNOWN * (len(known) + strange):
        unread.append(number)
        return Page(number, told["size"][1], [])
    return page_of(number, told["size"], text, told["boxes"], told["rules"])


def _blocks(pages: Sequence[Page]) -> Iterator[Block]:
    """The blocks in order. A table that ends a page goes on with one that begins the next, if they are alike."""
    chain: Chain | None = None
    for page in pages:
        items = page.items
        if chain and items and isinstance(items[0], PageTable) and chain.take(items[0]):
            items = items[1:]
            if not items:
                continue
        if not items:
            continue
        if chain:
            yield chain.grid()
            chain = None
        lines = [item for item in items if isinstance(item, Line)]
        edges = min((line.x0 for line in lines), default=0), max((line.x1 for line in lines), default=0)
        running: list[tuple[int, Line]] = []
        for number, item in enumerate(items, start=1):
            if chain:
                yield chain.grid()
                chain = None
            if isinstance(item, Line):
                running.append((number, item))
                continue
            yield from paragraphs(running, page.number, edges)
            running, chain = [], Chain(item)
        yield from paragraphs(running, page.number, edges)
    if chain:
        yield chain.grid()


@contextmanager
def _telling(data: bytes) -> Iterator[Iterator[Told]]:
    """What the process that reads the pages tells, line by line, until it ends or its time is over."""
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "selfeval.sources.pdf.pages"]
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
