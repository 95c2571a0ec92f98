"""Lines of running text as paragraphs: a line that fills its page goes on in the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selfeval.sources.blocks import Paragraph, Spot
from selfeval.sources.codes import OF_UNIT
from selfeval.sources.pdf.lines import Line

_ROOM = 1.6  # heights of a sign that a full line may leave, as a mark of punctuation goes to the next one
_INDENT = 0.7  # heights from the left edge at which a line begins a paragraph
_LEADING = 2.5  # heights from one line to the next within a paragraph
_SIZES = 0.15  # by which heights of one paragraph differ
_BEGINS = re.compile(
    rf"\s*(?:[（(]?[\d一二三四五六七八九十]{{1,3}}[)）.、．]|第[一二三四五六七八九十\d]+部分|{OF_UNIT}\D)"
)


def paragraphs(lines: Sequence[tuple[int, Line]], page: int, edges: tuple[int, int]) -> Iterator[Paragraph]:
    """The paragraphs of lines that follow each other, each with its number on the page.

    ``edges`` are those of the text of the page.
    """
    text, spot = "", Spot()
    last: Line | None = None
    for number, line in lines:
        if last and _goes_on(last, line, edges):
            both = last.text[-1:].isascii() and last.text[-1:].isalpha() and line.text[:1].isascii()
            text += (" " if both and line.text[:1].isalpha() else "") + line.text
        else:
            if last:
                yield Paragraph(text, spot)
            text, spot = line.text, Spot(number, page=page)
        last = line
    if last:
        yield Paragraph(text, spot)


def _goes_on(last: Line, line: Line, edges: tuple[int, int]) -> bool:
    left, right = edges
    return (
        right - last.x1 <= _ROOM * last.height
        and line.x0 - left <= _INDENT * line.height
        and line.y0 - last.y0 <= _LEADING * last.height
        and abs(line.height - last.height) <= _SIZES * last.height
        and not _BEGINS.match(line.text)
    )
