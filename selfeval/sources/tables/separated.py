"""The reader of CSV files: fields parted by commas, tabs or semicolons."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, takewhile

from selfeval.domain.problems import Place, Problem, problem
from selfeval.packages.columns import letters
from selfeval.sources.blocks import MAX_ROWS, Document, GridCell, Spot
from selfeval.sources.codes import LOST
from selfeval.sources.decoding import decoded
from selfeval.sources.tables.pieces import blocks_of

MAX_CELLS = 1_000_000
MAX_COLUMNS = 702
"""As of a sheet."""
_SEPARATORS = ",\t;"
_LOOKED_AT = 30
"""Lines by which it is known what parts the fields."""
_TELLING, _MOST_TOLD = 2, 10
"""Separators of a line that are no accident, and rows that are told."""
_LEAST = 3
"""Fields of a head."""
_NUMBER = re.compile(r"\s*\d+(?:\.\d+)?\s*")
_FIRST, _THREE = re.compile(r"[-+¥￥]?[1-9]\d{0,2}"), re.compile(r"\d{3}(?:\.\d+)?(?:万?元)?")
"""What stands before the separator of thousands, and behind it."""
_PROTECTED = re.compile(r"=\"(.*)\"|'(?=[0-9A-Z])(.*)", re.DOTALL)
"""What programs write around a code so that a spreadsheet keeps it as text."""


def read(data: bytes, place: Place) -> Document:
    """The document in a CSV file, which is UTF-8, UTF-16 with its mark, or GB18030."""
    text = decoded(data)
    if text is None or not text.strip("\ufeff \t\r\n\f\u3000,;"):
        return Document((), (problem("E102" if text is None else "E103", place),))
    lines = _lines(text, place)
    if isinstance(lines, Problem):
        return Document((), (lines,))
    problems = [problem("E157", place, line=first, end=last) for first, last in _swallowed(text)[:_MOST_TOLD]]
    rows = []
    cut_by_commas = separator(text) == ","
    head = 0  # fields of the widest row so far that has no number, as a head has none
    for row, parts in enumerate(lines, start=1):
        cells, fields = [], parts
        joined = _joined(parts, head) if cut_by_commas else {}
        for at, number in joined.items():
            fields = [*fields[:at], number, *fields[at + 1 + number.count(",") :]]
            problems.append(problem("E181", place.at(cell=f"{letters(at)}{row}"), line=row, found=number))
        if not any(map(_NUMBER.fullmatch, fields)):
            head = max(head, _width(fields))
        for column, field in enumerate(fields):
            kept = _PROTECTED.fullmatch(field)
            plain = (kept[1] or kept[2] or "") if kept else field
            if plain.strip():
                cell = f"{letters(column)}{row}"
                cells.append(GridCell(plain, Spot(row, cell=cell), column))
                if LOST.fullmatch(plain.strip()):
                    problems.append(problem("E141", place.at(cell=cell), found=plain.strip()))
        rows.append(cells)
    return Document(tuple(blocks_of(rows)), tuple(problems))


def _width(fields: Sequence[str]) -> int:
    """How many fields a row has up to the last one that says something."""
    return next((at for at in range(len(fields), 0, -1) if fields[at - 1].strip()), 0)


def _joined(fields: Sequence[str], head: int) -> dict[int, str]:
    """The amounts that the separator of their thousands cut in a row wider than its head, by where each then stands."""
    more = _width(fields) - head if head >= _LEAST else 0
    found: dict[int, str] = {}
    rest = [field.strip() for field in fields]
    at = 0
    while rest and more > 0:
        field, rest = rest[0], rest[1:]
        behind = [*takewhile(_THREE.fullmatch, rest[:more])] if _FIRST.fullmatch(field) else []
        if behind:
            found[at] = ",".join((field, *behind))
        rest, more, at = rest[len(behind) :], more - len(behind), at + 1
    return found


def _lines(text: str, place: Place) -> list[list[str]] | Problem:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    try:
        lines = list(islice(reader, MAX_ROWS + 1))
    except csv.Error as fault:
        why = "有一格的文字太长" if "limit" in str(fault) else "的引号不成对"
        return problem("E145", place, found=f"第{reader.line_num}行{why}")
    if len(lines) > MAX_ROWS:
        return problem("E145", place, found=f"超过{MAX_ROWS}行")
    if max(map(len, lines), default=0) > MAX_COLUMNS or sum(map(len, lines)) > MAX_CELLS:
        return problem("E145", place, found=f"超过{MAX_COLUMNS}列或{MAX_CELLS // 10_000}万格")
    return lines


def _swallowed(text: str) -> list[tuple[int, int]]:
    """The first and the last line of each row in which a quote that has no other one took other rows in.

    The last one of a file has no end; another ends at the next quote, with as many separators as its lines would have.
    A text of several lines in quotes, as spreadsheets write it, leaves its row as wide as the others, while its lines
    are none that could stand alone.
    """
    sign = separator(text)
    lines = [*io.StringIO(text, newline="")]
    reader = csv.reader(lines, delimiter=sign)
    rows = [(len(fields), reader.line_num) for fields in reader]
    widths = Counter(width for width, _ in rows[:_LOOKED_AT] if width)
    usual = widths.most_common(1)[0][0] - 1 if widths else 0
    found: list[tuple[int, int]] = []
    start = 0
    for width, end in rows:
        record = "".join(lines[start:end])
        counts = [line.count(sign) for line in lines[start:end]]
        among = len(counts) > 1 and usual >= _TELLING and sum(counts) > usual
        alone = sum(counts) >= usual * len(counts) and (width != usual + 1 or {*counts} == {usual})
        takes_in = among and (alone or _fault(record, sign))
        if takes_in or (end >= len(lines) and "unexpected end" in _fault(record, sign)):
            found.append((start + 1, end))
        start = end
    return found


def _fault(record: str, sign: str) -> str:
    """What is wrong with the quotes of a row; blank for nothing."""
    try:
        list(csv.reader(io.StringIO(record, newline=""), delimiter=sign, strict=True))
    except csv.Error as fault:
        return str(fault)
    return ""


def separator(text: str) -> str:
    """What parts the fields of a text: what makes the most of its first lines as wide as each other."""
    lines = [line for line in islice(io.StringIO(text, newline=None), _LOOKED_AT) if line.strip()]
    return max(_SEPARATORS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: Sequence[str], sign: str) -> tuple[int, int]:
    """How many lines have the usual number of a sign outside of quotes, and this number."""
    counts = Counter(count for line in lines if (count := re.sub('"[^"]*"', "", line).count(sign)))
    return max(((lines_, count) for count, lines_ in counts.items()), default=(0, 0))
