"""Text that stands at one place of page after page, whatever cells are there: it belongs to the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from selfeval.sources.layout import squeeze, unified
from selfeval.sources.pdf.margins import PAGE_NUMBER
from selfeval.sources.pdf.page import Cell, Note, Page, PageTable
from selfeval.sources.pdf.strangers import COLOURED, LIGHT

_LEAST_PAGES, _LEAST_SHARE = 3, 0.6
_PLACE = 10  # tenths of a point: so near is the same place
HELD, NUMBER = "在每页的同一位置", "是每页的页码"

_Found = tuple[Page, PageTable, Cell, int]
"""A line, the last, of a cell on a page."""


def settle(pages: Sequence[Page]) -> None:
    """Take out of cells what the other pages show to be no part of them, and note it."""
    sure = {note.text for page in pages for note in page.notes if note.is_sure and note.is_seen}
    doubtful = [note for page in pages for note in page.notes if note.why in {LIGHT, COLOURED} and not note.is_sure]
    at_place: defaultdict[tuple[str, int, int], list[Note]] = defaultdict(list)
    for note in doubtful:
        at_place[note.text, *_rounded(*note.place)].append(note)
    for (text, _, _), notes in at_place.items():
        held = _moves([(note.place[1], note.cell) for note in notes if note.cell])
        for note in notes if held or text in sure else ():
            if note.cell and _takes_out(note.cell, text, note.place):
                note.is_sure = True
    _lines(pages)


def _lines(pages: Sequence[Page]) -> None:
    ruled = sum(any(isinstance(item, PageTable) for item in page.items) for page in pages)
    if ruled < _LEAST_PAGES:
        return
    at_place: defaultdict[tuple[str, int, int], list[_Found]] = defaultdict(list)
    for found in _all_lines(pages):
        line = found[2].lines[found[3]]
        text = squeeze(unified(line.text))
        at_place["" if PAGE_NUMBER.fullmatch(text) else text, *_rounded(line.x0, line.y0)].append(found)
    for (text, _, _), all_found in at_place.items():
        on = {found[0].number for found in all_found}
        if len(on) < max(_LEAST_PAGES, _LEAST_SHARE * ruled):
            continue
        moves = _moves([(cell.lines[at].y0, cell) for _, _, cell, at in all_found])
        if moves and (text or _counts(all_found)):
            for page, table, cell, at in all_found:
                line = cell.lines.pop(at)
                why = HELD if text else NUMBER
                page.notes.append(Note(line.text, why, is_sure=True, table=table, cell=cell, page=page.number))


def _all_lines(pages: Iterable[Page]) -> Iterator[_Found]:
    for page in pages:
        for table in (item for item in page.items if isinstance(item, PageTable)):
            for cell in table.cells:
                for at in reversed(range(len(cell.lines))):
                    yield page, table, cell, at


def _rounded(x: int, y: int) -> tuple[int, int]:
    return round(x / _PLACE), round(y / _PLACE)


def _moves(lines: Sequence[tuple[int, Cell]]) -> bool:
    """Whether text at one height stands differently in its cells, however they are aligned."""
    above = {round((y - cell.y0) / _PLACE) for y, cell in lines}
    below = {round((cell.y1 - y) / _PLACE) for y, cell in lines}
    middle = {round((cell.y0 + cell.y1 - 2 * y) / _PLACE) for y, cell in lines}
    return min(map(_spread, (above, below, middle))) > 1


def _spread(values: set[int]) -> int:
    return max(values, default=0) - min(values, default=0)


def _counts(found: Sequence[_Found]) -> bool:
    """Whether numbers go up with the pages."""
    apart = set()
    for page, _, cell, at in found:
        digits = "".join(sign if sign.isdigit() else " " for sign in unified(cell.lines[at].text)).split()
        apart.add(page.number - int(digits[0]) if digits else None)
    return len(apart) == 1 and None not in apart


def _takes_out(cell: Cell, text: str, place: tuple[int, int]) -> bool:
    """Take a text out of a cell, if it is a line of its own there, or begins or ends one, apart from the rest."""
    for at, line in enumerate(cell.lines):
        if not line.y0 - _PLACE <= place[1] <= line.y1:
            continue
        if squeeze(line.text) == text:
            del cell.lines[at]
            return True
        for rest in (line.text.removesuffix(f" {text}"), line.text.removeprefix(f"{text} ")):
            if rest != line.text:
                cell.lines[at] = replace(line, text=rest)
                return True
    return False
