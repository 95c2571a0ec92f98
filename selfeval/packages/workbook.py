"""A workbook as a file of unknown origin: judged first, then read from what was judged and from nothing else.

A reader of workbooks trusts what it is given: it unpacks without end, finds parts by names of its own, and reserves
memory up to the farthest cell. So it gets a package made anew, of the parts that we followed from the package's own
relations, each parsed as XML and counted, under plain names, with one directory.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath

from python_calamine import CalamineError, CalamineWorkbook

from selfeval.packages import container
from selfeval.packages.beside_cells import Text, texts_beside
from selfeval.packages.cells import FARTHEST_ROW, SheetCells, sheet_cells
from selfeval.packages.conditional import Conditional, conditional, conditional_formats, doubt
from selfeval.packages.container import DAMAGED, RefusedError, unpack
from selfeval.packages.deflated import packed, stored
from selfeval.packages.elements import TOO_MUCH, Found
from selfeval.packages.files import Unreadable, digest, read_bytes
from selfeval.packages.looks import Look, Looks, read_styles
from selfeval.packages.merged import Area, cover
from selfeval.packages.remembered import remembered
from selfeval.packages.strings import MAX_STRINGS, SharedStrings, shared_strings

MAX_CELLS = 1_000_000
"""Rows times columns of all sheets together: readers reserve memory for every cell up to the farthest one."""
MAX_TAGS = 1_200_000
"""Tags of all parts together, opening and closing: what 300,000 filled cells have, and some seconds of reading."""
MAX_TEXT = 16_000_000
"""Characters in all cells together: one long shared text may stand in every cell."""

Raw = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta
"""What the reader of workbooks gives for a cell; an empty one is ``""``."""

_NOT_A_WORKBOOK = "内容不是 .xlsx 工作簿"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PASSWORD = "EncryptedPackage".encode("utf-16-le")
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORKBOOK, _STRINGS, _STYLES, _SHEET = "officeDocument", "sharedStrings", "styles", "worksheet"


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its rows of values from A1 on, all of one width, how its cells are shown, and whether it is.

    ``merged``: the areas of merged cells; ``unseen_rows``, ``unseen_columns``: those that are hidden, from 0;
    ``beside``: what it says elsewhere than in cells.
    """

    name: str
    rows: Sequence[Sequence[Raw]]
    looks: Looks
    hidden: bool = False
    merged: Sequence[Area] = ()
    unseen_rows: Collection[int] = ()
    unseen_columns: Collection[int] = ()
    beside: Sequence[Text] = ()


@dataclass(frozen=True)
class Workbook:
    """A workbook that could be read: the SHA-256 of the bytes that were read, and its worksheets by name."""

    digest: str
    sheets: Mapping[str, Sheet]


@dataclass(frozen=True)
class Room:
    """How much of a workbook is read: bytes of its parts unpacked, the last row, shared texts, and as of MAX_CELLS…"""

    unpacked: int
    row: int
    strings: int
    cells: int
    tags: int
    text: int


def usual_room() -> Room:
    """That of a workbook of a few hundred rows, as most are."""
    return Room(container.MAX_UNPACKED, FARTHEST_ROW, MAX_STRINGS, MAX_CELLS, MAX_TAGS, MAX_TEXT)


LARGE_FILE, LARGE_ROW = 256 * 1024 * 1024, 1_048_576
"""Bytes and rows of a workbook that may hold tables of any length; no spreadsheet holds more rows."""
_FOLDS = Room(30, 0, 1, 1, 3, 4)
"""What such a one has for each byte of the file, a few times of what real tables do: what is packed tighter is none."""
_MOST = Room(1024 * 1024 * 1024, LARGE_ROW, 5_000_000, 20_000_000, 100_000_000, 128_000_000)
"""What it has at most."""
_SPARSE = 3
"""Cells of an area for each tag: a cell that holds something has four, and in no real table are most cells blank."""


def large_room(size: int) -> Room:
    """That of a file of so many bytes whose tables may be of any length."""
    folds, most = vars(_FOLDS), vars(_MOST)
    room = {name: min(max(value, size * folds[name]), most[name]) for name, value in vars(usual_room()).items()}
    return Room(**(room | {"row": LARGE_ROW}))


def read_large(path: Path) -> Workbook | Unreadable:
    """The workbook in a file whose tables may be of any length, under limits in proportion to its bytes."""
    data = read_bytes(path, LARGE_FILE)
    return data if isinstance(data, Unreadable) else workbook_of(data, large_room(len(data)))


def read_workbook(path: Path) -> Workbook | Unreadable:
    """The workbook in a file, or why it cannot be read; nothing is raised, whatever the file holds.

    Refused: no file, over 20 MB, password-protected or .xls, no package or a damaged one, more unpacked than 32 MB,
    parts that are no XML or have a DOCTYPE, a value beyond column ZZ or row 99999, over a million cells.
    """
    data = read_bytes(path)
    return data if isinstance(data, Unreadable) else workbook_of(data)


def workbook_of(data: bytes, room: Room | None = None) -> Workbook | Unreadable:
    """The same for the bytes of a file. ``room``: the usual, where nothing else is said."""
    proof = digest(data)
    try:
        return Workbook(proof, _sheets(data, usual_room() if room is None else room))
    except RefusedError as refused:
        return Unreadable(proof, str(refused))


def _sheets(data: bytes, room: Room) -> dict[str, Sheet]:
    if not data:
        raise RefusedError("文件是空的")
    if data.startswith(OLE):
        locked = PASSWORD in data
        raise RefusedError("文件加了打开密码" if locked else "是旧版 .xls 格式（或 .et 格式），不是 .xlsx 工作簿")
    if not data.startswith(b"PK"):
        raise RefusedError(_NOT_A_WORKBOOK)
    judged = Judged(unpack(data, room.unpacked), room)
    rows = judged.rows()
    for name, merged in judged.merged.items():
        cover(rows[name], judged.looks[name], merged)
        doubt(rows[name], judged.looks[name], judged.conditional[name])
    return {
        name: Sheet(
            name,
            rows[name],
            looks,
            name in judged.hidden,
            judged.merged[name],
            *judged.unseen[name],
            judged.beside[name],
        )
        for name, looks in judged.looks.items()
    }


class Judged:
    """The parts of a workbook that hold values, followed from the package's relations and judged.

    ``again``: a package of what they say of values; ``looks``: those of each worksheet's cells, by its name;
    ``merged``: its merged cells; ``places``, ``styles``: the names of the sheets' parts and of that of styles, in small
    letters; ``conditional``: the number formats that conditions give to cells; ``hidden``: the names of sheets that
    nobody sees; ``unseen``: the rows and columns of each that nobody sees; ``beside``: what each says elsewhere than
    in cells. Raises RefusedError.
    """

    def __init__(self, parts: Mapping[str, bytes], room: Room | None = None) -> None:
        self._room = room = usual_room() if room is None else room
        self._parts: dict[str, bytes] = {f"/{name.lower()}": content for name, content in parts.items()}
        self._tags = 0
        self.looks: dict[str, dict[tuple[int, int], Look]] = {}
        self.merged: dict[str, Sequence[Area]] = {}
        self.conditional: dict[str, Sequence[Conditional]] = {}
        self.places: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.unseen: dict[str, tuple[Collection[int], Collection[int]]] = {}
        self.beside: dict[str, Sequence[Text]] = {}
        home = self._only(_WORKBOOK, self._relations("/"))
        related = self._relations(home)
        book = self._part(home)
        kept = {"/xl/workbook.xml": book}
        styles, strings = (self._only(kind, related, needed=False) for kind in (_STYLES, _STRINGS))
        self.styles = styles.lower()[1:]
        known: tuple[Sequence[Look], Sequence[str]] = (), ()
        if styles:
            kept["/xl/styles.xml"] = part = self._part(styles)
            known = read_styles(part), conditional_formats(part)
        texts: SharedStrings | None = None
        if strings:
            kept["/xl/sharedStrings.xml"] = part = self._part(strings)
            texts = shared_strings(part, room.strings)
        lines, sheets = list[str](), set[str]()
        cells = characters = 0
        for name, relation, hidden in _named(book):
            self.hidden |= {name} if hidden else set()
            kind, target = related.get(relation, ("", ""))
            place = f"/xl/worksheets/sheet{len(lines) + 1}.xml"
            if kind == _SHEET:  # charts and macros have no cells
                if target.lower() in sheets:
                    raise RefusedError(f"{DAMAGED}（两个工作表是同一个）")
                sheets.add(target.lower())
                sheet = self._judged(name, target, known, texts)
                kept[place] = sheet.valued
                cells += sheet.rows * sheet.columns
                characters += sheet.characters
            if cells > (most := min(room.cells, max(MAX_CELLS, _SPARSE * self._tags))):
                raise RefusedError(f"工作表的区域超过{most // 10_000}万个单元格")
            if characters > room.text:
                raise RefusedError(f"单元格里的文字合计超过{room.text // 10_000}万字")
            lines.append(_line(relation, kind or "chartsheet", place))
        kept["/_rels/.rels"] = _relations_part([_line("rId1", _WORKBOOK, "/xl/workbook.xml")])
        kept["/xl/_rels/workbook.xml.rels"] = _relations_part(lines)
        self.again = packed((name[1:], stored(content)) for name, content in kept.items())
        self._parts = {}  # twice in memory is enough

    def _judged(
        self, name: str, target: str, known: tuple[Sequence[Look], Sequence[str]], texts: SharedStrings | None
    ) -> SheetCells:
        """The cells of a worksheet; what is said of them is kept. ``known``: the styles of cells, and of conditions."""
        part = self._part(target)
        sheet = sheet_cells(part, known[0], texts, self._room.row)
        self.conditional[name] = [*conditional(part, known[1])]
        self.looks[name] = sheet.looks
        self.merged[name] = sheet.merged
        self.unseen[name] = sheet.unseen_rows, sheet.unseen_columns
        self.beside[name] = self._beside(target)
        self.places[name] = target.lower()[1:]
        return sheet

    def rows(self) -> dict[str, Sequence[Sequence[Raw]]]:
        """The rows of values of each worksheet, by its name. Raises RefusedError."""
        try:
            with CalamineWorkbook.from_filelike(io.BytesIO(self.again)) as book:
                return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in self.looks}
        except (CalamineError, OSError, ValueError, OverflowError) as fault:
            raise RefusedError(DAMAGED) from fault
        except BaseException as fault:
            if type(fault).__name__ != "PanicException":  # how calamine's Rust gives up; it derives from BaseException
                raise
            raise RefusedError(DAMAGED) from fault

    def _part(self, name: str) -> bytes:
        """A part that is read now; its name counts in whatever case, since programs differ in that."""
        try:
            part = self._parts[name.lower()]
        except KeyError as missing:
            raise RefusedError(f"{DAMAGED}（缺少{name[1:][:80]}）") from missing
        self._tags += part.count(b"<")
        if self._tags > self._room.tags:
            raise RefusedError(TOO_MUCH)
        return part

    def _relations(self, source: str) -> Mapping[str, tuple[str, str]]:
        """The kind and target of each relation of a part (``/``: of the package), by its id."""
        if source == "/" and "/_rels/.rels" not in self._parts:
            raise RefusedError(_NOT_A_WORKBOOK)
        return _related(source, self._part(_relations_of(source)))

    def _beside(self, target: str) -> Sequence[Text]:
        """What a sheet says beside its cells; what it leads to in vain is nothing that its values need."""
        at = PurePosixPath(target)
        try:
            related = self._relations(target) if f"{at.parent}/_rels/{at.name}.rels".lower() in self._parts else {}
            led = {kind: self._parts.get(name.lower(), b"") for kind, name in related.values()}
        except RefusedError:
            led = {}
        return texts_beside(self._parts.get(target.lower(), b""), led)

    def _only(self, kind: str, related: Mapping[str, tuple[str, str]], *, needed: bool = True) -> str:
        """The target of the one relation of a kind; blank when there is none."""
        targets = [target for found, target in related.values() if found == kind]
        if len(targets) > 1:
            raise RefusedError(DAMAGED)
        if needed and not targets:
            raise RefusedError(_NOT_A_WORKBOOK)
        return targets[0] if targets else ""


def _folder(source: str) -> PurePosixPath:
    """The folder of a part; ``/`` is the package's own."""
    return PurePosixPath(source) if source == "/" else PurePosixPath(source).parent


@remembered(most=64, longest=1000)
def _relations_of(source: str) -> str:
    """The name of the part that holds the relations of a part."""
    return str(_folder(source) / "_rels" / f"{PurePosixPath(source).name}.rels")


@remembered(most=64, longest=20_000)
def _related(source: str, part: bytes) -> Mapping[str, tuple[str, str]]:
    """The relations in the part of those of another. Raises RefusedError."""
    found: dict[str, tuple[str, str]] = {}
    for _, _, said in Found(part, "Relationship").elements:
        key = said.get("Id", "")
        if key in found:
            raise RefusedError(DAMAGED)
        outside = said.get("TargetMode") == "External"
        target = "" if outside else _resolved(_folder(source), said.get("Target", ""))
        found[key] = (said.get("Type", "").rpartition("/")[2], target)
    return found


@remembered(most=64, longest=20_000)
def _named(book: bytes) -> Sequence[tuple[str, str, bool]]:
    """The sheets of the part of a workbook in their order: names, ids of relations, and whether they are hidden."""
    found: list[tuple[str, str, bool]] = []
    for inside, _, said in Found(book, "sheet").elements:
        keys = [value for key, value in said.items() if key.rpartition(":")[2] == "id" and ":" in key]
        if inside != "sheets" or len(keys) != 1 or "name" not in said:
            raise RefusedError(DAMAGED)
        found.append((said["name"], keys[0], said.get("state", "visible") != "visible"))
    if not found:
        raise RefusedError(_NOT_A_WORKBOOK)
    if any(len({one[at] for one in found}) < len(found) for at in (0, 1)):
        raise RefusedError(DAMAGED)
    return found


def _resolved(folder: PurePosixPath, target: str) -> str:
    """The name of the part that a relation of a part in ``folder`` leads to."""
    parts: list[str] = []
    for step in (PurePosixPath("/") / folder / target).parts[1:]:
        if step == "..":
            del parts[-1:]
        elif step != ".":
            parts.append(step)
    return "/" + "/".join(parts)


def _in_attribute(text: str) -> str:
    """A text as the value of an attribute, read as it is."""
    return escape(text).translate({9: "&#9;", 10: "&#10;", 13: "&#13;"})


def _line(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{_in_attribute(key)}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def _relations_part(lines: Sequence[str]) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'.encode()
