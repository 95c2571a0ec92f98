"""The reader of workbooks: the cells of each sheet as they are seen, with what merged ones cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from selfeval.domain.problems import Place, problem
from selfeval.packages.any_workbook import any_workbook
from selfeval.packages.columns import letters
from selfeval.packages.files import Unreadable
from selfeval.packages.merged import covered
from selfeval.packages.workbook import Sheet, Workbook
from selfeval.sources.blocks import MAX_ROWS, Beside, Block, Document, GridCell, Spot
from selfeval.sources.imported import Account
from selfeval.sources.tables.as_shown import as_shown
from selfeval.sources.tables.pieces import blocks_of

_MOST_TOLD = 10
_MOST = {"E140": 1000}
"""Of what is read as it stands, each is told: it keeps its indicator from being scored."""
"""Hidden rows or columns that are named, and cells of a sheet that have the same problem."""
_QUOTED = 60


def read(data: bytes, place: Place) -> Document:
    """The document in the bytes of an .xlsx, .xls or .ods file."""
    book = any_workbook(data)
    if isinstance(book, Unreadable):
        return Document((), (problem("E120", place, reason=book.reason),))
    return document_of(book, place)


def document_of(book: Workbook, place: Place) -> Document:
    """The document in a workbook."""
    account = Account(place)
    blocks, beside = list[Block](), list[Beside]()
    for sheet in book.sheets.values():
        own = [*_blocks(sheet, account.about(sheet=sheet.name))]
        blocks += own
        said = (one for one in sheet.beside if one.text and (own or one.cell))  # a page without cells is not printed
        beside += (Beside(what, text, Spot(sheet=sheet.name, cell=cell)) for what, cell, text in said)
    if not blocks and not account.problems:
        account.report("E103")
    return Document(tuple(blocks), tuple(account.problems), tuple(beside))


def _blocks(sheet: Sheet, account: Account) -> Iterator[Block]:
    rows = list(_rows(sheet, account))
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > MAX_ROWS:
        account.report("E128", rows=len(rows), limit=MAX_ROWS)
        return
    filled = {at for at, row in enumerate(rows) if row}
    if sheet.hidden and filled:
        account.report("W138", sheet=sheet.name)
    columns = {cell.column for row in rows for cell in row}
    _tell_hidden("行", (str(at + 1) for at in sorted(filled.intersection(sheet.unseen_rows))), account)
    _tell_hidden("列", (letters(at) for at in sorted(columns.intersection(sheet.unseen_columns))), account)
    yield from blocks_of(rows)


def _tell_hidden(what: str, names: Iterable[str], account: Account) -> None:
    hidden = [*names]
    if hidden:
        more = f"等{len(hidden)}{what}" if len(hidden) > _MOST_TOLD else what
        account.report("W142", what=what, found=f"{'、'.join(hidden[:_MOST_TOLD])}{more}")


def _rows(sheet: Sheet, account: Account) -> Iterator[list[GridCell]]:
    """The cells of each row that hold something."""
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    sizes = {(top, left): (bottom + 1 - top, right + 1 - left) for top, left, bottom, right in sheet.merged}
    below = set(covered(sheet.merged, height, width))
    told = _Told(account)
    for at, look in sheet.looks.items():
        if look.fault and (at[0] >= height or at[1] >= len(sheet.rows[at[0]])):  # beyond what any other cell reaches
            told.tell("E130" if look.fault.startswith("#") else "E142", at, look.fault)
    for row, values in enumerate(sheet.rows):
        cells = []
        for column in _filled(sheet, row, values):
            seen = as_shown(values[column], sheet.looks.get((row, column)))
            if (row, column) in below:
                told.tell("W143", (row, column), str(values[column]))
                continue
            if seen.doubt:
                told.tell(seen.doubt, (row, column), seen.stored, seen.text)
            if seen.text.strip():
                high, wide = sizes.get((row, column), (1, 1))
                spot = Spot(row + 1, sheet=sheet.name, cell=f"{letters(column)}{row + 1}")
                shape = min(wide, width - column), min(high, height - row)
                cells.append(GridCell(seen.text, spot, column, *shape))
        yield cells
    told.finish()


def _filled(sheet: Sheet, row: int, values: Sequence[object]) -> Iterator[int]:
    """The columns of a row that hold something; python-calamine gives a formula's error, or none, as a blank."""
    for at, value in enumerate(values):
        look = sheet.looks.get((row, at)) if value == "" else None
        if value != "" or (look and look.fault):
            yield at


class _Told:
    """Problems of cells: of those of a sheet that have the same, the first are told one by one, the others counted."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._count: dict[str, int] = {}

    def tell(self, code: str, at: tuple[int, int], stored: str, seen: str = "") -> None:
        """Report a cell, by row and column from 0."""
        self._count[code] = self._count.get(code, 0) + 1
        if self._count[code] <= _MOST.get(code, _MOST_TOLD):
            cell = f"{letters(at[1])}{at[0] + 1}"
            here = self._account.about(cell=cell)
            here.report(code, what=cell, found=stored[:_QUOTED], seen=seen[:_QUOTED])

    def finish(self) -> None:
        """Report how many there are that were not told."""
        for code, count in self._count.items():
            if (more := count - _MOST.get(code, _MOST_TOLD)) > 0:
                self._account.report("W145", count=more, same=code)
