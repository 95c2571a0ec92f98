"""How far each project of a year is: form sent out or not, returned or not, complete, right; and how late it is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.case import cases
from selfeval.domain.problems import Problem, Severity
from selfeval.domain.reported import Reported
from selfeval.domain.settings import YearSettings
from selfeval.domain.targets import Targets
from selfeval.forms.collecting.place import waiting
from selfeval.forms.reading.folder import form_place
from selfeval.forms.sent import said_by, sent_from

NOT_SENT, INCOMPLETE, TO_MEND, COMPLETE = "未报送", "不完整", "待修改", "已报送"
STATES = (NOT_SENT, INCOMPLETE, TO_MEND, COMPLETE)

_MISSING = frozenset({"E401", "E413", "E420"})
"""The codes that tell that something is not filled in."""
OF_FINANCE = frozenset({"E417", "E418", "E419"})
"""The codes of what finance scores by hand: no department has to do anything about it."""
_UNUSABLE = frozenset({"E302", "E303", "E304", "E307", "E311", "E312", "E314", "E335", "E340", "E341", "E342", "E343"})
"""The codes of forms that are there and cannot be used."""


@dataclass(frozen=True)
class Standing:
    """How far one project is: one of STATES, with how much is not filled in, and the number of other errors.

    ``made``: a form lies in the folder. ``now``: what a collection did with it. ``filler`` and ``phone`` are whom the
    form names, ``department`` which one the settings name; each may be blank. ``rivals``: how many different forms came
    of which it is not known which one holds.
    """

    unit: str
    project: str
    name: str
    state: str
    missing: int = 0
    errors: int = 0
    made: bool = True
    department: str = ""
    filler: str = ""
    phone: str = ""
    now: str = ""
    rivals: int = 0

    @property
    def open(self) -> bool:
        """Whether the department has something to do."""
        return self.state != COMPLETE

    @property
    def waits(self) -> bool:
        """Whether what came back is not complete or not right."""
        return self.state not in {NOT_SENT, COMPLETE}


def not_returned(folder: Path, targets: Targets, read: Reported) -> frozenset[str]:
    """The projects of which no department sent anything: no form, a blank one, or just what was sent out.

    ``read``: the forms of the year in their ``folder``.
    """
    sent = sent_from(folder)
    there = {found.place.project for found in read.problems if found.code in _UNUSABLE}
    answers = ((project, said_by(project, reports)) for project, reports in read.projects.items())
    there |= {project for project, said in answers if said not in {"", *sent}}
    return frozenset(targets.names) - there


def standings(
    targets: Targets,
    folder: Path,
    read: Reported,
    problems: Iterable[Problem],
    settings: YearSettings,
    now: Mapping[str, str],
) -> Iterator[Standing]:
    """How far each project is, in document order, by the ``problems`` that ``check`` and ``score`` tell of the forms.

    ``now``: what a collection did, by project.
    """
    found = [one for one in problems if one.severity is Severity.ERROR and one.code not in OF_FINANCE]
    missing = Counter(one.place.project for one in found if one.code in _MISSING)
    errors = Counter(one.place.project for one in found if one.code not in _MISSING)
    unsent = not_returned(folder, targets, read)
    rivals = {case.code: waiting(form_place(folder, case)) for case in cases(targets.only(list(unsent)))}
    unmade = {one.place.project for one in read.problems if one.code in {"E301", "E305"}}
    for record in targets.projects.records:
        project, unit = record["project"], f"{record['unit_code']} {record['unit_name']}".strip()
        told = read.projects[project].narrative if project in read.projects else {}
        filler, phone = (told[item].text if item in told else "" for item in ("filler", "phone"))
        state = COMPLETE
        if project in unsent:
            state = TO_MEND if rivals[project] else NOT_SENT
        elif missing[project]:
            state = INCOMPLETE
        elif errors[project]:
            state = TO_MEND
        counts = (0, 0) if project in unsent else (missing[project], errors[project])
        made, department = project not in unmade, settings.department(project)
        yield Standing(
            *(unit, project, record["name"], state, *counts, made, department, filler, phone),
            now=now.get(project, ""),
            rivals=rivals.get(project, 0),
        )


def days_late(due: dt.date | None, today: dt.date) -> int:
    """How many days the due date is past on a day; 0 where it is not, or there is none."""
    return max(0, (today - due).days) if due else 0
