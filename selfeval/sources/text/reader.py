"""The reader of text: cells stand apart by tabs, any of them perhaps broken over lines; labels say where rows begin."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from selfeval.domain.problems import Place, problem
from selfeval.sources.blocks import Block, Document, Grid, GridCell, GridRow, Paragraph, Spot
from selfeval.sources.decoding import decoded
from selfeval.sources.form.cutting import cut
from selfeval.sources.form.labels import (
    CODE,
    HOLD_A_TABLE,
    LEVEL1,
    NAME,
    NEEDED,
    UPPER,
    find,
    find_header,
    find_in_order,
)
from selfeval.sources.layout import squeeze, unified, without_pages
from selfeval.sources.text.table_rows import read_indicators, read_plan

MAX_LINES, MAX_TABS, MAX_WIDTH = 20_000, 300_000, 500
"""Lines of a document, its tabs, and those of one line: 28 projects have 730 lines."""
_WINDOW = 3  # a label may be broken over this many lines
_AMOUNT = re.compile(r"[\t ]*(?:[\d,.]+(?:\n[\d,.]+)*(?=[\t\n ]|$)|[^\t\n]*)")
"""The first cell of a line; a number in it may be broken over lines, with nothing before its lower piece."""
_QUOTED = re.compile(r'(?<![^\t\n])"((?:[^"\t]|"")*+)"(?![^\t\n])')
"""A cell in the quotes that spreadsheets put around what holds a comma, a quote or a line break."""


def read(data: bytes, place: Place) -> Document:
    """The document in a text, which is UTF-8, UTF-16 with its mark, or GB18030."""
    text = decoded(data)
    if text is None or not text.strip("\ufeff \t\r\n\f\u3000"):
        return Document((), (problem("E102" if text is None else "E103", place),))
    if _has_lost_cells(text):
        return Document((), (problem("E144", place),))
    if found := _too_much(text):
        return Document((), (problem("E115", place, found=found),))
    return Document(blocks(_unquoted(text)))


def _unquoted(text: str) -> str:
    """A text with its cells as they were before a spreadsheet saved them: "≥7,000次" is ≥7,000次."""

    def bare(cell: re.Match[str]) -> str:
        return cell[1].replace('""', '"') if not cell[1] or set(cell[1]) & {",", '"', "\n"} else cell[0]

    return _QUOTED.sub(bare, text.replace("\r\n", "\n")) if "\t" in text else text


_HEADS = re.compile(r"一[ \n]*级[ \n]*指[ \n]*标(\s{0,9})二[ \n]*级[ \n]*指[ \n]*标\s{0,9}三[ \n]*级[ \n]*指[ \n]*标")


def _has_lost_cells(text: str) -> bool:
    """Whether the heads of the tables stand there, and nothing parts the cells of any."""
    gaps = [hit[1] for hit in _HEADS.finditer(unified(text))]
    return bool(gaps) and not any("\t" in gap for gap in gaps)


def _too_much(text: str) -> str:
    """What of a text is more than a document has; blank when nothing is."""
    lines, cells = text.count("\n") + 1, text.count("\t")
    if lines > MAX_LINES:
        return f"有{lines}行，超过上限{MAX_LINES}行"
    if cells > MAX_TABS:
        return f"有{cells}个制表符，超过上限{MAX_TABS}个"
    widest = max(line.count("\t") for line in text.split("\n"))
    return f"一行有{widest}个制表符，超过上限{MAX_WIDTH}个" if widest > MAX_WIDTH else ""


def blocks(text: str) -> tuple[Block, ...]:
    """The lines of a text as paragraphs, and each project's table as a grid."""
    lines = without_pages(text).split("\n")
    start = CODE if find("\n".join(lines), CODE) else NAME
    parts = cut(lines, lambda i: _starts_on(lines, i, start), lambda i: _starts_on(lines, i, LEVEL1))
    found: list[Block] = []
    done = 0
    for part in parts:
        found += _paragraphs(lines[done : part.first], done)
        body = lines[part.first : part.last]
        table = _Table("\n".join(body), part.first)
        found += table.blocks() if find(table.text, HOLD_A_TABLE) else _paragraphs(body, part.first)
        done = part.last
    return (*found, *_paragraphs(lines[done:], done))


def _starts_on(lines: list[str], i: int, spellings: tuple[str, ...]) -> bool:
    hit = find("\n".join(lines[i : i + _WINDOW]), spellings)
    return hit is not None and hit.start() <= len(lines[i])


def _paragraphs(lines: list[str], before: int) -> list[Block]:
    return [Paragraph(line, Spot(number)) for number, line in enumerate(lines, start=before + 1)]


@dataclass(frozen=True)
class _Table:
    """The text of one project's part; ``before`` lines of the document stand above it."""

    text: str
    before: int

    def blocks(self) -> list[Block]:
        """The lines above the table, the table, and the lines below it."""
        lower = find(self.text, LEVEL1)
        upper = self.text[: lower.start()] if lower else self.text
        labels = find_in_order(upper, UPPER)
        indicators, below = self._lower() if lower else ([], [])
        if not {"code", "budget"} <= labels.keys() or not labels.keys() & {"scope", "plan"}:
            return [*self._lines(len(upper), indicators), *below]
        start = next((hit.start() for hit in labels.values()), len(upper))
        *above, beside = upper[:start].split("\n")
        return [
            *_paragraphs([*above, beside] if beside.strip() else above, self.before),
            Grid((*self._upper(labels, len(upper)), *indicators), self._spot(start)),
            *below,
        ]

    def _lines(self, end: int, indicators: list[GridRow]) -> list[Block]:
        """A table of any other form, whose upper part ends at an offset: each line with a tab is a row of it."""
        found: list[Block] = []
        rows: list[GridRow] = []
        for hit in re.compile("[^\n]*").finditer(self.text, 0, end):
            if "\t" in hit[0].strip() or (rows and hit[0].strip()):
                rows.append(GridRow(tuple(self._cells(*hit.span()))))
            elif not rows and hit.start() < end:
                found += _paragraphs([hit[0]], self._spot(hit.start()).line - 1)
        rows += indicators
        return [*found, Grid(tuple(rows), rows[0].cells[0].spot if rows else self._spot(0))]

    def _spot(self, offset: int) -> Spot:
        return Spot(self.before + bisect_left(self._ends, offset) + 1)

    @cached_property
    def _ends(self) -> list[int]:
        """Where each line ends."""
        return [hit.start() for hit in re.finditer("\n", self.text)]

    def _column(self, offset: int) -> int:
        """The column of a place: the tabs before it on its line."""
        return self.text.count("\t", self.text.rfind("\n", 0, offset) + 1, offset)

    def _cells(self, start: int, end: int) -> list[GridCell]:
        """The cells between two offsets that are not blank; line breaks stay inside them."""
        hits = re.compile(r"[^\t]+").finditer(self.text, start, end)
        return [GridCell(hit[0], self._spot(hit.start()), self._column(hit.start())) for hit in hits if hit[0].strip()]

    def _upper(self, labels: dict[str, re.Match[str]], end: int) -> list[GridRow]:
        """The rows above the indicators, which end at an offset. A label that begins a line begins a row."""
        rows: list[list[GridCell]] = []
        ends = [*[hit.start() for hit in labels.values()][1:], end]
        for (name, label), following in zip(labels.items(), ends, strict=False):
            column, start = self._column(label.start()), label.end()
            if column == 0 or not rows:
                rows.append([])
            rows[-1].append(GridCell(label[0], self._spot(label.start()), column))
            if name == "plan":
                plan, length = read_plan(self.text[start:following])
                for number, (offset, cells) in enumerate(plan):
                    spot, shift = self._spot(start + offset), 0 if number else column
                    rows += [[]] if number else []
                    rows[-1] += [GridCell(text, spot, index + shift) for index, (_, text) in enumerate(cells)]
                rows.append(self._cells(start + length, following))
            elif name == "other" and (amount := _AMOUNT.match(self.text, start, following)):
                # What follows the amount is the purpose, which has no label.
                rows[-1] += self._cells(start, amount.end())
                rows.append(self._cells(amount.end(), following))
            else:
                rows[-1] += self._cells(start, following)
        return [GridRow(tuple(cells)) for cells in rows if cells]

    def _lower(self) -> tuple[list[GridRow], list[Block]]:
        """The header of the indicators, their rows (none under a header that is not whole), and the lines below."""
        labels = find_header(self.text)
        hits = list(labels.values())
        start, left = hits[0].start(), self._column(hits[0].start())
        columns = {name: left + self.text.count("\t", start, hit.start()) for name, hit in labels.items()}
        cells = [GridCell(hit[0], self._spot(hit.start()), columns[name]) for name, hit in labels.items()]
        rows = [GridRow(tuple(cells))]
        if any(name not in columns for name in NEEDED):
            return rows, []
        end = hits[-1].end()
        beside, _, lower = self.text[end:].partition("\n")
        header = squeeze(self.text[start:end] + beside)
        body, below = read_indicators(lower.split("\n"), self._spot(end).line + 1, columns, header)
        return [*rows, *body], below
