"""The cells of a sheet part, looked at before a reader reserves memory for all between the first and the farthest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from html import unescape
from operator import itemgetter, lt

from selfeval.packages.columns import position
from selfeval.packages.container import DAMAGED, RefusedError
from selfeval.packages.elements import MAX_NAMES, PartReader
from selfeval.packages.looks import Look, is_on
from selfeval.packages.raised import Runs
from selfeval.packages.strings import SharedStrings
from selfeval.packages.usual.rows import LEVELS, UsualRows, usual_rows
from selfeval.packages.usual.text import NAMES

FARTHEST_ROW, FARTHEST_COLUMN = 99_999, 702
"""ZZ is column 702."""
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,6}", re.ASCII)
_INDEX = re.compile(r"\d{1,7}", re.ASCII)
_LONGEST_INDEX = 7
_SHOWN = 8192
"""Characters of a formula or an error value that are kept, as many as a spreadsheet allows."""
_ON = ("1", "true")
_NOWHERE: Mapping[str, str] = {}
_NOTHING = frozenset[str]()
_NO_STRINGS = frozenset[int]()
_ONCE, _EITHER = frozenset({"v", "is", "f"}), frozenset({"v", "is"})
_BROKEN = f"{DAMAGED}（单元格的值中间夹有其他内容）"
_PLAIN = Look()


def sheet_cells(
    part: bytes, styles: Sequence[Look], strings: SharedStrings | None, farthest: int = FARTHEST_ROW
) -> SheetCells:
    """The cells of a sheet part, none below the row ``farthest``. Raises RefusedError.

    Of one with usual rows the parser is given only what stands around them.
    """
    rows = usual_rows(part)
    if rows is not None:
        with suppress(RefusedError):  # it is said of the whole part below
            cells = SheetCells(rows.around, styles, strings, farthest)
            if cells.takes(rows):
                return cells
    return SheetCells(part, styles, strings, farthest)


class SheetCells(PartReader):
    """How far the filled cells of a sheet reach (``rows`` times ``columns``), their looks, and their ``characters``.

    ``merged``: the first and last row and column of each merged cell. ``unseen_rows``, ``unseen_columns``: the hidden
    ones. ``valued``: the part, perhaps without what is no value. ``strings``: the shared texts, by number. A cell
    without anything inside is passed over, as readers do. Text is followed only where a cell has a shared text or may
    have a fault.
    """

    def __init__(
        self, part: bytes, styles: Sequence[Look], strings: SharedStrings | None, farthest: int = FARTHEST_ROW
    ) -> None:
        super().__init__()
        self._farthest = farthest
        self.rows = self.columns = self.characters = 0
        self.looks: dict[tuple[int, int], Look] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.unseen_rows, self.unseen_columns, self._columns_end = set[int](), set[int](), 0
        self._styles = styles
        self._lengths: Sequence[int] = strings.lengths if strings else ()
        self._struck = strings.struck if strings else _NO_STRINGS
        self._raised = strings.raised if strings else {}
        self._runs: Runs | None = None  # of a text that stands in the cell itself
        self._row, self._column = -1, -1  # of this row, and of the cell before where it did not say its own
        self._before = _NOWHERE  # what the cell before said
        self._cell: Mapping[str, str] | None = None  # the attributes of the cell that is open
        self._held = _NOTHING  # the names of what it holds
        self._at = (-1, -1)
        self._look, self._texts, self._open = _PLAIN, dict[str, str](), ""
        self.valued = part
        self._part, self._from = part, 0  # where the value that is open begins
        self._level = 0  # of the elements that hold rows or merged cells
        self.parser.CommentHandler = self.parser.ProcessingInstructionHandler = self._between
        self.parser.StartCdataSectionHandler = self._between
        self.read(part)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A row, a cell, or what a cell holds."""
        if name == "c":
            if "r" not in attributes:
                self._column = (self._place(self._before)[1] if "r" in self._before else self._column) + 1
            self._before = self._cell = attributes
            self._held = _NOTHING
        elif self._cell is not None:
            self._fill(self._cell, name)
            if name == "is":
                self._runs = Runs()
            elif name == "strike" and is_on(attributes):
                self._strike()
            elif self._runs is not None:
                self._runs.start(name, attributes)
        else:
            self._around(name, attributes)

    def _around(self, name: str, attributes: Mapping[str, str]) -> None:
        """A row, a column, or a merged cell."""
        if name == "row":
            row = attributes.get("r")
            if row is not None and not _NUMBER.fullmatch(row):
                raise RefusedError(f"{DAMAGED}（行号不合规）")
            self._row = self._row + 1 if row is None else int(row) - 1
            self._column, self._before = -1, _NOWHERE
            if attributes.get("hidden") in _ON:
                self.unseen_rows.add(self._row)
        elif name == "col" and attributes.get("hidden") in _ON:
            first, last = (attributes.get(which, "") for which in ("min", "max"))
            if _NUMBER.fullmatch(first) and _NUMBER.fullmatch(last):
                start, end = max(int(first) - 1, self._columns_end), min(int(last), FARTHEST_COLUMN)  # they ascend
                self.unseen_columns.update(range(start, end))
                self._columns_end = max(start, end)
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.merged.append((*self._place({"r": first}), *self._place({"r": last or first})))
        elif name in {"sheetData", "mergeCells"}:
            self._level = max(self._level, self._depth)

    def takes(self, rows: UsualRows) -> bool:
        """Takes over usual rows, around which nothing was found; False where these cells must be read one by one."""
        around = self._row >= 0 or self.rows or self.merged or len(self._names_met) > MAX_NAMES - NAMES
        plain = not self._struck and not any(self._raised.values())
        places, said = rows.places, rows.said
        if around or self._level + LEVELS > self.deepest or not plain or not all(map(lt, places, places[1:])):
            return False
        self.rows = places[-1][0] + 1 if places else 0
        self.columns = max(map(itemgetter(1), places), default=-1) + 1
        if self.rows > self._farthest or self.columns > FARTHEST_COLUMN:
            return False
        marked = {style: look for style, look in enumerate(self._styles) if look.format or look.struck}
        self.looks = {at: marked[style] for at, (style, _) in zip(places, said, strict=True) if style in marked}
        self.unseen_rows, self.merged, self.valued = rows.unseen, rows.merged, rows.valued
        texts = [value for (_, kind), value in zip(said, rows.values, strict=True) if kind == b"s"]
        odd = [
            at
            for at, (one, value) in enumerate(zip(said, rows.values, strict=True))
            if not value or one[1] == b"e" or b"&" in value
        ]
        return self._takes_texts(texts) and all(self._takes_odd(rows, at) for at in odd)

    def _takes_texts(self, numbers: Sequence[bytes]) -> bool:
        """The shared texts; False where one is missing."""
        if not numbers:
            return True
        usual = all(numbers) and b"".join(numbers).isdigit() and max(map(len, numbers)) <= _LONGEST_INDEX
        found = [*map(int, numbers)] if usual else [len(self._lengths)]
        if max(found) >= len(self._lengths):
            return False
        self.characters = sum(map(self._lengths.__getitem__, found))
        return True

    def _takes_odd(self, rows: UsualRows, number: int) -> bool:
        """An error value, or a formula without a result; False for a reference where none may be."""
        (style, kind), formula, value = rows.said[number], rows.formulas[number], rows.values[number]
        if kind == b"e" or (kind != b"str" and formula is not None and not value):
            told = unescape((value if kind == b"e" else formula or b"").decode())[:_SHOWN]
            own = self._styles[style] if style < len(self._styles) else _PLAIN
            fault = (told or "#?") if kind == b"e" else f"={told or '…'}"
            self.looks[rows.places[number]] = Look(own.format, fault, own.struck, own.raised, own.raised_font)
        return kind == b"str" or b"&" not in value

    def end(self, name: str) -> None:
        """A cell ends: its fault is known, if there is one."""
        if name == "v" and self._cell is not None and self._is_broken(self._cell):
            raise RefusedError(_BROKEN)
        self._open = ""
        if self._runs is not None:
            self._runs.end(name)
        if name == "c" and self._cell is not None:
            kind, self._cell = self._cell.get("t"), None
            self._end_cell(kind)

    def _end_cell(self, kind: str | None) -> None:
        runs, self._runs = self._runs, None
        if runs is not None and runs.doubtful(cell=self._look.raised_font):
            self._raise()
        if self.parser.CharacterDataHandler is None:
            return
        self.parser.CharacterDataHandler = None
        value, formula, self._texts = self._texts.get("v"), self._texts.get("f"), {}
        if kind == "s":
            number = int(value) if value and _INDEX.fullmatch(value) else len(self._lengths)
            if number >= len(self._lengths):
                raise RefusedError(f"{DAMAGED}（缺少一段文字）")
            self.characters += self._lengths[number]
            if number in self._struck:
                self._strike()
            if number in self._raised.get(self._look.raised_font, ()):
                self._raise()
        elif kind == "e":
            self.looks[self._at] = replace(self._look, fault=value or "#?")
        elif formula is not None and kind != "str" and not value:
            self.looks[self._at] = replace(self._look, fault=f"={formula or '…'}")

    def _place(self, cell: Mapping[str, str]) -> tuple[int, int]:
        address = cell.get("r")
        if address is None:
            return self._row, self._column
        if found := _ADDRESS.fullmatch(address):
            return int(found[2]) - 1, position(found[1])
        raise RefusedError(f"{DAMAGED}（单元格地址不合规）")

    def _fill(self, cell: Mapping[str, str], name: str) -> None:
        if self._open in {"v", "t"}:
            raise RefusedError(_BROKEN)
        if not self._held:
            self._begin(cell)
        elif name in _ONCE and (name in self._held or {name, *self._held} >= _EITHER):
            raise RefusedError(f"{DAMAGED}（一个单元格有两个值）")
        self._held |= {name}
        self._open = name
        if name == "v":
            self._from = self.parser.CurrentByteIndex
        elif name == "f":
            self._texts["f"] = ""
        if name in {"f", "is"} or cell.get("t") in {"s", "e"}:
            self.parser.CharacterDataHandler = self._text

    def _is_broken(self, cell: Mapping[str, str]) -> bool:
        """Whether a reader of numbers takes what stands before a reference (7&#51;21) for all of it."""
        return cell.get("t") != "str" and self._part.find(b"&", self._from, self.parser.CurrentByteIndex) >= 0

    def _between(self, *_said: object) -> None:
        """A comment and the like: in a value, a reader takes what stands before it for all of it."""
        if self._cell is not None:
            raise RefusedError(_BROKEN)

    def _begin(self, cell: Mapping[str, str]) -> None:
        at = self._place(cell)
        if at <= self._at:  # a reader reckons its memory from the first and the last
            raise RefusedError(f"{DAMAGED}（单元格重复或次序颠倒）")
        self._at = at
        row, column = at
        self.rows, self.columns = row + 1, max(self.columns, column + 1)
        if row >= self._farthest or column >= FARTHEST_COLUMN:
            raise RefusedError(f"表格的ZZ列以后或{(self._farthest + 1) // 10_000}万行以后有内容，表格过大")
        style = cell.get("s", "0")
        number = int(style) if _INDEX.fullmatch(style) else len(self._styles)
        self._look = self._styles[number] if number < len(self._styles) else _PLAIN
        if self._look.format or self._look.struck:
            self.looks[at] = self._look

    def _strike(self) -> None:
        self.looks[self._at] = self._look = replace(self._look, struck=True)

    def _raise(self) -> None:
        self.looks[self._at] = self._look = replace(self._look, raised=True)

    def _text(self, text: str) -> None:
        if self._runs is not None and self._open == "t":
            self._runs.text(text)
            return
        held = self._texts.get(self._open, "")
        if len(held) < _SHOWN:
            self._texts[self._open] = f"{held}{text}"[:_SHOWN]
