"""The cells above the indicator rows of any form, each a label of a known meaning or a value of the label before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from selfeval.sources.blocks import GridCell, GridRow, Spot
from selfeval.sources.form.labels import Filled, filled, is_side_label
from selfeval.sources.form.labels_above import above_of
from selfeval.sources.form.pieces import LABELLED
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, tidy
from selfeval.sources.years import dated

MONEY = frozenset(
    "total period_total granted own upper public fund state carried special own_money other".split()  # noqa: SIM905
)
_NAMING = frozenset("code name unit executor department unit_code".split())  # noqa: SIM905
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z\-_.]*")
_PAIR, _OF_CODES = 2, re.compile("编码|代码|编号")
_WITH_AMOUNT = re.compile(r"(\D+?)[:：]?([-－]?\d[\d,，.]*(?:亿元|万元|元)?)")
FIGURE = re.compile(r"[-－]?[\d.,，]+(?:亿元|万元|元|亿|万|[%％])?")
"""A number or a share."""


@dataclass(frozen=True)
class Piece:
    """A label (``meaning`` not blank) or a value, its row (blank rows do not count) and its cell."""

    row: int
    cell: GridCell
    meaning: str = ""

    @property
    def columns(self) -> range:
        """The columns that it covers."""
        return range(self.cell.column, self.cell.column + self.cell.columns)

    @property
    def text(self) -> str:
        """Its text, without the white space of page layout."""
        return tidy(self.cell.text)


@dataclass
class Upper:
    """The pieces in reading order; ``used`` are the places of the values that something was read from."""

    pieces: list[Piece]
    spot: Spot
    used: set[int] = field(default_factory=set)

    def labels(self, *meanings: str) -> list[int]:
        """The places of the labels of some meanings, in reading order."""
        return [at for at, piece in enumerate(self.pieces) if piece.meaning in meanings]

    def beside(self, label: int) -> list[int]:
        """The places of the values in the row of a label, up to the next label."""
        found = []
        for at in range(label + 1, len(self.pieces)):
            if self.pieces[at].meaning or self.pieces[at].row != self.pieces[label].row:
                break
            found.append(at)
        return found

    def take(self, places: Iterable[int]) -> str:
        """The text of some values run together; they count as read."""
        places = list(places)
        self.used.update(places)
        return "".join(self.pieces[at].text for at in places)

    def of(self, *meanings: str) -> str:
        """The text beside the first label of the first meaning that has any."""
        texts = (self.take(self.named(at)) for meaning in meanings for at in self.labels(meaning))
        return next((text for text in texts if text not in BLANKS), "")

    def named(self, label: int) -> list[int]:
        """The values beside a label; of one that names something the first, and its code or what has that code."""
        here = self.beside(label)
        if self.pieces[label].meaning not in _NAMING:
            return here
        coded = [_CODE.fullmatch(squeeze(self.pieces[at].text)) is not None for at in here]
        first = next((at for at, place in enumerate(here) if squeeze(self.pieces[place].text) not in BLANKS), 0)
        one = {(True, True)} if self.pieces[label].meaning == "code" else {(True, False), (False, True)}
        return here[: first + (2 if tuple(coded[first : first + 2]) in one else 1)]

    def coded(self, meaning: str) -> tuple[str, str]:
        """The code and the name in two cells beside a label that says of both (项目名称及代码); else blank."""
        for at in self.labels(meaning):
            pair = [self.pieces[place].text for place in self.named(at)]
            codes = [text for text in pair if _CODE.fullmatch(squeeze(text))]
            if len(pair) == _PAIR and len(codes) == 1 and _OF_CODES.search(self.pieces[at].text):
                self.used.update(self.named(at))
                return squeeze(codes[0]), next(text for text in pair if text not in codes)
        return "", ""

    def label_spot(self, *meanings: str) -> Spot:
        """Where the first label of some meanings stands; else where the table does."""
        return next((self.pieces[at].cell.spot for at in self.labels(*meanings)), self.spot)

    def unread(self) -> Iterator[Piece]:
        """The values that nothing was read from, and that say something."""
        for at, piece in enumerate(self.pieces):
            if not piece.meaning and at not in self.used and squeeze(piece.text).strip(":：") not in {*BLANKS, "其中"}:
                yield piece


BLANKS = frozenset({"", "-", "—", "——", "/", "无", "*", "－", "……"})
"""Texts that stand for nothing."""


MOST = 400
"""Cells that the upper part of a table has at most; real ones have 60."""


def upper(rows: Sequence[GridRow], spot: Spot, account: Account) -> Upper:
    """The pieces of some rows; what is more than any table has is reported and left out."""
    cells = _once(filled(rows))
    if len(cells) > MOST:
        found = f"一张表的指标上方有{len(cells)}个单元格，超过上限{MOST}个，后面的未采用"
        account.report("E115", cells[MOST].cell.spot, found=found)
    return Upper([piece for row, cell in cells[:MOST] for piece in _pieces(row, cell)], spot)


def _once(cells: Sequence[Filled]) -> list[Filled]:
    """The cells, one that is filled in again beside itself, as where merged cells were parted, once and wider.

    The same amount under heads of several years is of each of them.
    """
    found: list[Filled] = []
    years: dict[int, tuple[int, ...]] = {}
    for row, cell in cells:
        before = found[-1] if found else None
        beside = before and before.row == row and before.cell.column + before.cell.columns == cell.column
        if before and years.get(before.cell.column) != years.get(cell.column):
            beside = beside and not FIGURE.fullmatch(squeeze(cell.text))
        if of_years := dated(cell.text)[0]:
            years |= dict.fromkeys(range(cell.column, cell.column + cell.columns), of_years)
        if before and beside and before.cell.text == cell.text:
            wider = replace(before.cell, columns=before.cell.columns + cell.columns)
            found[-1] = Filled(row, wider)
        else:
            found.append(Filled(row, cell))
    return found


def _pieces(row: int, cell: GridCell) -> Iterator[Piece]:
    meaning = above_of(cell.text)
    if meaning:
        yield Piece(row, cell, meaning)
        return
    if is_side_label(cell.text):
        return
    bare, parts = cell.text.strip(), LABELLED.fullmatch(cell.text.strip())
    if parts is None or squeeze(parts[1]) == "其中":
        inner = LABELLED.fullmatch(parts[2].strip()) if parts else None
        parts = inner or _WITH_AMOUNT.fullmatch(squeeze(bare))
        if parts and not inner and above_of(parts[1]) not in MONEY:
            parts = None
    if parts is None or dated(parts[1])[0] or not (meaning := above_of(parts[1])):
        yield Piece(row, cell)  # 2025年目标：… is what a goal says
        return
    yield Piece(row, replace(cell, text=parts[1]), meaning)
    if parts[2].strip():
        inner_meaning = above_of(parts[2]) if meaning == "scope" else ""  # 资金来源：（1）一般公共预算拨款
        yield Piece(row, replace(cell, text=parts[2]), inner_meaning)
