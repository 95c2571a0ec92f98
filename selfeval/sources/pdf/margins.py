"""Heads, feet and page numbers: what stands in the margin of page after page is no part of the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from selfeval.packages.beside_cells import FOOT, HEAD
from selfeval.sources.blocks import Beside, Spot
from selfeval.sources.layout import squeeze, unified
from selfeval.sources.pdf.lines import Line
from selfeval.sources.pdf.page import Item, Page

_MARGIN = 650  # tenths of a point from the edge of the paper: 2.3 cm
_NUMBERS = 850  # page numbers stand as far as this from it
PAGE_NUMBER = re.compile(
    r"[-—–·~]*\d{1,4}[-—–·~]*|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}|[IVXivx]{1,6}|共\d{1,4}页第\d{1,4}页"
)
_DIGITS = re.compile(r"\d+")
_LEAST_PAGES, _LEAST_SHARE = 2, 0.6
_APART = 0.6  # of its height: how far a head stands from the text at least
_MOST_LINES = 3
_SAME_LEVEL = 30


def without_margins(pages: Sequence[Page]) -> list[Beside]:
    """Take heads, feet and page numbers off the pages. A line in the margin of most pages is one if it stands apart.

    Given are the texts of those taken off.
    """
    taken: list[Beside] = []
    for _ in range(_MOST_LINES):
        marginal = [(page, end) for page in pages for end in (0, -1) if _is_number(page, end)]
        for end in (0, -1):
            marginal += _repeated(pages, end)
        if not marginal:
            break
        for page, end in marginal:
            if page.items:
                line = page.items.pop(end)
                if isinstance(line, Line):
                    taken.append(Beside(FOOT if end else HEAD, line.text.strip(), Spot(page=page.number)))
    return sorted(taken, key=lambda one: one.spot.page)


def _outer(page: Page, end: int, within: int) -> Line | None:
    """The first or last line of a page if it stands in the margin."""
    item = page.items[end] if page.items else None
    if not isinstance(item, Line):
        return None
    return item if (item.y1 <= within if end == 0 else item.y0 >= page.height - within) else None


def _is_number(page: Page, end: int) -> bool:
    line = _outer(page, end, _NUMBERS)
    return line is not None and PAGE_NUMBER.fullmatch(squeeze(unified(line.text))) is not None


def _repeated(pages: Sequence[Page], end: int) -> list[tuple[Page, int]]:
    """The pages whose outermost line, but for its digits, is that of most pages, or of most of every second one."""
    alike: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for at, page in enumerate(pages):
        line = _outer(page, end, _MARGIN)
        if line and _stands_apart(page.items, end):
            level = line.y0 if end == 0 else page.height - line.y1
            alike[_DIGITS.sub("#", squeeze(unified(line.text))), round(level / _SAME_LEVEL)].append(at)
    found: list[int] = []
    for places in alike.values():
        if len(places) < _LEAST_PAGES:
            continue
        step = 2 if len({at % 2 for at in places}) == 1 and len(places) > _LEAST_PAGES else 1
        among = len(range(places[0], places[-1] + 1, step))
        if len(places) >= _LEAST_SHARE * among and among * step >= _LEAST_SHARE * len(pages):
            found += places
    return [(pages[at], end) for at in found if not _is_number(pages[at], end)]


def _stands_apart(items: Sequence[Item], end: int) -> bool:
    if len(items) == 1:
        return True
    line, after = (items[0], items[1]) if end == 0 else (items[-1], items[-2])
    gap = after.y0 - line.y1 if end == 0 else line.y0 - after.y1
    return gap >= _APART * (line.y1 - line.y0)
