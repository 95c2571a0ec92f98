"""What holds a table of targets: a workbook with its sheets, or a folder with a file of the same name for each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from selfeval.domain.problems import Place
from selfeval.packages.files import Unreadable
from selfeval.packages.workbook import Raw, Workbook
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, unified
from selfeval.sources.targets_notes import pending_faults, recorded_goal, recorded_sources
from selfeval.sources.targets_page import Page, TargetSheet


class NotReadError(Exception):
    """A file that cannot be read to its end; ``reason``, and what ``cure`` there is: plain Chinese phrases."""

    def __init__(self, reason: str, cure: str) -> None:
        super().__init__(reason)
        self.reason, self.cure = reason, cure


class TargetTable(ABC):
    """One table of targets. ``name``: below the folder of tables; blank: it is the only one of its year."""

    name: str = ""

    @abstractmethod
    def page(self, sheet: TargetSheet, account: Account) -> Page | None:
        """The lines of a sheet; None, and reported where it is needed, when it is not there or cannot be used.

        Reading the lines may raise NotReadError.
        """

    @abstractmethod
    def place(self, file: str, sheet: str) -> Place:
        """Where a sheet stands; ``file``: the path of the table, or of the folder that the tables are in."""

    @abstractmethod
    def cell(self, sheet: str, address: str) -> str:
        """A cell as rows name it: 指标!G2, with the table before it where there are several."""

    @property
    @abstractmethod
    def files(self) -> Sequence[tuple[str, str]]:
        """The files that were read, as (name, SHA-256), once they were; a name is as ``name``."""

    def pending(self, account: Account) -> set[tuple[str, str]]:  # noqa: ARG002 - for who has notes
        """What cannot be scored until it is settled, as (project, indicator), each reported; a blank indicator: all."""
        return set()

    def notes(self) -> tuple[tuple[tuple[str, str], ...], str]:
        """The files that an import took the targets from, and the goal of the whole department that it noted."""
        return (), ""

    def close(self) -> None:  # noqa: B027 - for who holds anything
        """Let go of what was read."""


class WorkbookTable(TargetTable):
    """A workbook of targets, or why it is none."""

    def __init__(self, book: Workbook | Unreadable, name: str = "") -> None:
        self.name = name
        self._book, self._digest = book, book.digest

    def page(self, sheet: TargetSheet, account: Account) -> Page | None:
        """The sheet of its name."""
        book = self._book
        if isinstance(book, Unreadable):
            return None
        alike = [name for name in book.sheets if squeeze(unified(name)) == sheet.name]
        if len(alike) > 1:
            account.report("E134", sheet=sheet.name, count=len(alike))
            return None
        if not alike:
            if sheet.needed:
                account.report("E121", sheet=sheet.name, columns=headings_of(sheet))
            return None
        found = book.sheets[alike[0]]
        if found.hidden:
            account.report("W138", sheet=sheet.name)
        return Page(found.rows, found.looks)

    def place(self, file: str, sheet: str) -> Place:
        """A sheet of the workbook."""
        return Place(file=f"{file}/{self.name}" if self.name else file, sheet=sheet)

    def cell(self, sheet: str, address: str) -> str:
        """Such as 指标!G2, 324001.xlsx/指标!G2."""
        return f"{self.name}/{sheet}!{address}" if self.name else f"{sheet}!{address}"

    @property
    def files(self) -> Sequence[tuple[str, str]]:
        """The workbook."""
        return ((self.name, self._digest),)

    @property
    def reason(self) -> str:
        """Why it cannot be read; blank where it can."""
        return self._book.reason if isinstance(self._book, Unreadable) else ""

    def pending(self, account: Account) -> set[tuple[str, str]]:
        """What an import left to be settled."""
        return set() if isinstance(self._book, Unreadable) else pending_faults(self._book, account)

    def notes(self) -> tuple[tuple[tuple[str, str], ...], str]:
        """What an import noted."""
        book = self._book
        return ((), "") if isinstance(book, Unreadable) else (recorded_sources(book), recorded_goal(book))

    def close(self) -> None:
        """Let go of the workbook."""
        self._book = Unreadable(self._digest, "")


class Lines(ABC):
    """The lines of a file, headings first, to be read once; ``digest``: SHA-256 of the bytes, once all were read."""

    digest: str = ""
    fields: bool = False
    """Whether a sign parts the fields of a line, so that lines may be of any length."""

    @abstractmethod
    def __iter__(self) -> Iterator[Sequence[Raw]]:
        """Raises NotReadError."""


class FilesTable(TargetTable):
    """A folder with a file of one ending for each sheet; ``lines`` gives those of a file with a heading in it."""

    def __init__(self, name: str, suffix: str, files: Mapping[str, Path], lines: Callable[[Path, str], Lines]) -> None:
        self.name = name
        self._suffix, self._files, self._lines = suffix, files, lines
        self._opened: dict[str, Lines] = {}

    def page(self, sheet: TargetSheet, account: Account) -> Page | None:
        """The file of its name."""
        path = self._files.get(sheet.name)
        if path is None:
            if sheet.needed:
                account.report("E121", sheet=f"{sheet.name}{self._suffix}", columns=headings_of(sheet))
            return None
        lines = self._opened[sheet.name] = self._lines(path, KEYS.get(sheet.name, ""))
        return Page(lines, fields=lines.fields)

    def place(self, file: str, sheet: str) -> Place:
        """A file."""
        return Place(file=f"{file}/{self._of(sheet)}")

    def cell(self, sheet: str, address: str) -> str:
        """Such as 指标.csv!G2, 县/指标.csv!G2."""
        return f"{self._of(sheet)}!{address}"

    @property
    def files(self) -> Sequence[tuple[str, str]]:
        """Those that there are."""
        return [(self._of(sheet), lines.digest) for sheet, lines in self._opened.items()]

    def _of(self, sheet: str) -> str:
        return f"{self.name}/{sheet}{self._suffix}" if self.name else f"{sheet}{self._suffix}"


KEYS = {"项目": "项目编码", "指标": "指标编号", "资金计划": "项目编码", "部门目标": "分项名称"}
"""A heading that each file has: by it is known what parts its fields."""


def headings_of(sheet: TargetSheet) -> str:
    """The headings of a sheet, for a message."""
    return "、".join(column.header for column in sheet.table.published)
