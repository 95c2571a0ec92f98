"""What an import gives: the targets, and an honest account of how they were read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.tables import TableColumn
from selfeval.domain.targets import INDICATORS, Targets
from selfeval.packages.columns import letters
from selfeval.sources.blocks import Spot
from selfeval.sources.layout import squeeze, unified

if TYPE_CHECKING:
    from selfeval.sources.magnitude import Printed


LEFT_ASIDE = "没有导入的栏目"
"""Of what columns and labels are said that targets have no place for, perhaps each with its value behind a colon."""


@dataclass(frozen=True)
class Reading:
    """Something that the document does not say plainly: its text as printed, what a rule took it for, and why.

    ``file`` is the document, where there are several.
    """

    project: str
    what: str
    original: str
    reading: str
    spot: Spot
    file: str = ""


@dataclass
class Account:
    """What is found out while a document, or a part of it, is read; ``place`` names the file and perhaps a project.

    ``spots``: where the projects and the indicators stand in it, by their codes and numbers.
    """

    place: Place
    readings: list[Reading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    spots: dict[str, Spot] = field(default_factory=dict)

    def about(self, **names: str) -> Account:
        """The same account, for a project or an indicator."""
        return Account(self.place.at(**names), self.readings, self.problems, self.spots)

    def report(self, code: str, spot: Spot | None = None, **facts: object) -> None:
        """Add a problem of the catalogue, at a spot or at the account's own place."""
        place = self.place.at(sheet=spot.sheet, cell=str(spot)) if spot else self.place
        self.problems.append(problem(code, place, **facts))

    def bounded(self, text: str, column: TableColumn, spot: Spot | None = None) -> str:
        """The text of a column; blank, and reported, when it is longer than the column takes."""
        if column.takes(text):
            return text
        self.report("E131", spot, what=column.header, count=len(text), limit=column.longest)
        return ""

    def infer(self, what: str, original: str, reading: str, spot: Spot) -> None:
        """Add an inferred reading."""
        self.readings.append(Reading(self.place.project, what, original, reading, spot))


def how_to_mend(unknown: Sequence[tuple[str, Spot]], spot: Spot) -> str:
    """What else to do about columns that are not found; ``unknown``: heads that nobody knows, and where they stand."""
    if unknown:
        named = "、".join(f"“{title}”（{where}）" for title, where in unknown[:_MOST_NAMED])
        return f"；有不能识别的列名{named}，是这一栏的请改名"
    return "，并确认各列之间是制表符（Tab）" if spot.only_line else ""


_MOST_NAMED = 5


def target_cell(row: int) -> str:
    """Where the target of an indicator, counted from 0, stands in the targets.xlsx that an import writes."""
    return f"指标!{_TARGET}{row + 2}"


_TARGET = letters([column.name for column in INDICATORS.published].index("target"))


@dataclass(frozen=True)
class Imported:
    """Targets with every inferred reading and every problem; ``sha256`` is of the bytes of the file ``source``.

    ``sources`` are the files, as (name, SHA-256), where there are several. ``budgets``: those of projects, as printed;
    ``spots``: where projects and indicators stand in the file ``source``, by their codes and numbers.
    """

    targets: Targets
    readings: tuple[Reading, ...] = ()
    problems: tuple[Problem, ...] = ()
    title: str = ""
    overall_goal: str = ""
    source: str = ""
    sha256: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    budgets: Mapping[str, Printed] = field(default_factory=dict)
    spots: Mapping[str, Spot] = field(default_factory=dict)

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """The files that it was read from, each as (name, SHA-256)."""
        return self.sources or (((self.source, self.sha256),) if self.source else ())


def year_of_sheet(name: str) -> int:
    """The year that a sheet is named after, and nothing else: 2024年绩效目标; 0 where it is not, as 2024年结转项目."""
    found = _SHEET.fullmatch(squeeze(unified(name)))
    return int(found[1]) if found else 0


_SHEET = re.compile(
    "(20\\d\\d)(?:年度?)?(?:部门)?(?:预算)?(?:项目)?(?:支出)?(?:绩效)?(?:目标)?(?:申报|批复)?(?:汇总)?表?"
)
_YEAR = re.compile(r"(?<![\d〔\[])(20\d\d)(?!\d)")
DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
"""The digits of years in words: 二〇二四年."""


def printed_years(title: str) -> frozenset[int]:
    """The years that a title names, in digits of any kind; that of a document's number (〔2020〕10号) is none."""
    return frozenset(map(int, _YEAR.findall(squeeze(unified(title)).translate(DIGITS))))
