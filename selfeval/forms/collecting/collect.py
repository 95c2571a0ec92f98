"""Collecting: each form that came back is recognised, compared with its rivals, and put in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from selfeval.domain.case import Case
from selfeval.domain.faults import own_fault, unless_faulty
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import Rulebook
from selfeval.forms.collecting.gather import Received
from selfeval.forms.collecting.place import ORIGINALS, keep, known, remember, wait_for
from selfeval.forms.collecting.versions import Version, differences, listed, read_version, supersedes
from selfeval.forms.identity import TARGET
from selfeval.forms.reading.expected import Expected, expected_rows
from selfeval.forms.reading.folder import ending, form_place, not_promised, open_forms, shown_path, strangers
from selfeval.forms.sent import said_by, sent_from
from selfeval.forms.writing.cover import Cover
from selfeval.forms.writing.form import write_form
from selfeval.packages.files import digest, holds
from selfeval.packages.links import is_plain
from selfeval.packages.made import is_made, made_in, remember_made
from selfeval.packages.writing import move_whole, why_not, write_whole


@dataclass(frozen=True)
class Intake:
    """What collecting works on: the whole year's projects, the rules, and where forms live.

    ``day`` dates versions that carry no 填报日期; ``accept_newest`` settles rivals by that date; ``cover`` stands on
    forms that are made anew; ``alone`` gives the command that takes one file, by its shown name and its path.
    """

    year: int
    promised: Mapping[str, Case]
    rulebook: Rulebook
    folder: Path
    root: Path
    day: date | None = None
    accept_newest: bool = False
    cover: Cover = field(default_factory=Cover)
    alone: Callable[[str, Path], str] = lambda _shown, path: f"selfeval collect {path.name} --accept-newest"
    whole_rules: Rulebook | None = None
    """The rules of a department's own part."""

    def rules(self, case: Case) -> Rulebook:
        """The rules that the form of a project, or of the department, is made by."""
        return self.whole_rules if case.is_whole and self.whole_rules is not None else self.rulebook


@dataclass
class Collected:
    """What became of the files: 项目编码 to the file taken; what was replaced, left as it was, or not settled."""

    placed: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    unchanged: dict[str, str] = field(default_factory=dict)
    unsettled: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def collect(received: list[Received], intake: Intake) -> Collected:
    """Put in place what can be, and say what cannot. No version is lost, and none is silently chosen."""
    result = Collected()
    versions = _recognised(received, intake, result.problems)
    for code, case in intake.promised.items():
        if code in versions:
            project = _Project(case, intake, result)
            try:
                project.settle(versions[code])
            except (OSError, UnicodeEncodeError) as fault:
                place = Place(code, file=shown_path(project.home, intake.root))
                result.problems.append(problem("E321", place, reason=why_not(fault)))
            except Exception as error:  # noqa: BLE001 - a fault of ours in one project; the others are put in place
                result.problems.append(own_fault(error, Place(code), f"项目“{case.project.name}”的填报表没有收集"))
    return result


def _recognised(received: list[Received], intake: Intake, problems: list[Problem]) -> dict[str, list[Version]]:
    """The versions of each project of the year; other files are reported."""
    found: dict[str, list[Version]] = {}
    for file in received:
        place = Place(file=file.shown)
        version = unless_faulty(place, read_version, file.path, file.shown, intake.promised, intake.year)
        if isinstance(version, Problem):
            problems.append(version)
            continue
        form = version.form
        refused = not_promised(form, intake.year, intake.promised)
        if refused is None and not version.cells:
            refused = problem("W305", form.place, name=intake.promised[form.project].project.name)
        if refused is not None:
            problems.append(refused)
        else:
            problems += strangers(form, intake.promised[form.project].project.name)
            found.setdefault(form.project, []).append(version)
    return found


@dataclass(frozen=True)
class _Project:
    """The collecting of one project."""

    case: Case
    intake: Intake
    result: Collected

    @cached_property
    def home(self) -> Path:
        """Where its form lies."""
        return form_place(self.intake.folder, self.case)

    @cached_property
    def ours(self) -> frozenset[str]:
        """The hashes of the forms that runs wrote."""
        return made_in(self.intake.folder)

    @cached_property
    def sent(self) -> frozenset[str]:
        """The hashes of what forms said when they were sent out."""
        return sent_from(self.intake.folder)

    @cached_property
    def rows(self) -> tuple[Expected, ...]:
        """The rows of its form."""
        return expected_rows(self.case.indicators)

    def settle(self, versions: list[Version]) -> None:
        """Choose among the versions that came and the one in place, and put in place what is to be there."""
        code, result = self.case.code, self.result
        returned = [version for version in versions if not self._as_sent(version)]
        if not returned:
            place = Place(code, file=versions[0].shown)
            result.problems.append(problem("W319", place, name=self.case.project.name))
            return
        current = self._current()
        held = current if current is not None and current.cells and not self._as_sent(current) else None
        rivals = self._rivals(returned, held)
        if held is not None:
            rivals = [rival for rival in rivals if not self._stale(rival, held)]
        if not rivals:
            return
        chosen = self._best(rivals)
        if chosen is None or (held is not None and not self._replaces(chosen, held)):
            result.unsettled[code] = tuple(version.shown for version in rivals)
            self._ask(rivals if held is None else [held, *rivals], held)
            if held is None:
                wait_for(self.home, [rival.digest for rival in rivals], self.intake.root)
            return
        kept = self._put(chosen, current)
        if held is not None:
            self._tell("I301", chosen, held, old="已收的一份", kept=f"原来的一份留在 {kept}")
        for other in rivals:
            if other is not chosen:
                self._tell("I301", chosen, other, old=other.shown, kept="未采用的一份仍在收到的文件里")
        (result.placed if held is None else result.replaced)[code] = chosen.shown
        settled = [version.digest for version in returned if any(version.same_as(one) for one in rivals)]
        remember(self.home, settled, self.intake.root)

    def _rivals(self, returned: list[Version], held: Version | None) -> list[Version]:
        """The different versions that came and were not settled before; says so when there are none."""
        if held is None:
            old = []
        else:
            old = [version for version in returned if version.same_as(held) or known(self.home, version.digest)]
            # a file taken before may differ from what is in place: that was corrected since, and stays
            remember(self.home, [version.digest for version in old], self.intake.root)
        rivals: list[Version] = []
        for version in returned:
            if not any(version.same_as(other) for other in [*old, *rivals]):
                rivals.append(version)
        if not rivals:
            self.result.unchanged[self.case.code] = old[0].shown
        return rivals

    def _over(self, new: Version, old: Version) -> bool:
        """Whether a version surely takes the place of another."""
        return supersedes(new, old, self.rows, by_date=self.intake.accept_newest)

    def _replaces(self, new: Version, held: Version) -> bool:
        """Whether a version takes the place of the one that is there: surely, or because it is wanted."""
        older = bool(new.day and held.day and new.day < held.day)
        return self._over(new, held) or (self.intake.accept_newest and not older)

    def _stale(self, version: Version, held: Version) -> bool:
        """Whether the one in place stays, surely, in spite of a version that came; says so."""
        if self._replaces(version, held) or not self._over(held, version):
            return False
        self.result.unsettled[self.case.code] = (version.shown,)
        code = "W326" if held.completes(version, self.rows) else "E326"
        self._tell(code, version, held)
        return True

    def _best(self, rivals: Sequence[Version]) -> Version | None:
        """The one that takes the place of all others."""
        best = (one for one in rivals if all(self._over(one, other) for other in rivals if other is not one))
        return next(best, None)

    def _as_sent(self, version: Version) -> bool:
        """Whether a form says just what it said when it was sent out: no department has answered in it."""
        return said_by(self.case.code, version.reports) in self.sent

    def _tell(self, code: str, new: Version, before: Version, **said: object) -> None:
        """Report what became of a version that came, compared with another."""
        found = differences(before, new, self.rows)
        facts: dict[str, object] = {
            "name": self.case.project.name,
            "new": new.shown,
            "day": new.dated,
            "old_day": before.dated,
        }
        facts |= {"count": len(found), "differences": listed(found), **said}
        place = Place(self.case.code, file=shown_path(self.home, self.intake.root))
        self.result.problems.append(problem(code, place, **facts))

    def _ask(self, versions: list[Version], held: Version | None) -> None:
        """Report different forms of the project: each with its date, and where each differs from the first."""
        first, *others = versions
        called = {id(version): "已收的一份" if version is held else version.shown for version in versions}
        parts = []
        for other in others:
            found = differences(first, other, self.rows)
            which = f"{called[id(other)]}与{called[id(first)]}" if len(others) > 1 else ""
            parts.append(f"{which}有{len(found)}处不同：{listed(found)}")
        facts = {
            "name": self.case.project.name,
            "files": "、".join(f"{called[id(version)]}（{version.dated}）" for version in versions),
            "differences": "。".join(parts),
            "standing": "都未采用" if held is None else "已收的一份未改动",
            "command": self.intake.alone(others[-1].shown, others[-1].path),
        }
        self.result.problems.append(problem("E325", Place(self.case.code, file=first.shown), **facts))

    def _current(self) -> Version | None:
        """The form of the project that is in place now, wherever in the folder it lies."""
        intake, code = self.intake, self.case.code
        paths = [self.home] if is_plain(self.home) else []
        if not paths and intake.folder.is_dir():
            forms = open_forms(intake.folder, intake.root, intake.year, intake.promised, [], [])
            paths = [path for path, form in forms if form.project == code]
        for path in paths:
            version = read_version(path, shown_path(path, intake.root), intake.promised, intake.year)
            if isinstance(version, Version) and version.form.project == code:
                return version
        return None

    def _put(self, chosen: Version, current: Version | None) -> str:
        """Put a version in place; gives where the one before it was kept, blank when there was nothing to keep."""
        home, intake, kept, data = self.home, self.intake, "", chosen.content()
        day = (current.day if current else None) or intake.day
        # one that looks blank is so only as far as the ids say, unless it is just as we wrote it
        if current is not None and (current.cells or current.path != home or not is_made(current.content(), self.ours)):
            kept = shown_path(keep(current.path, intake.root, day), intake.root)
        elif is_plain(home) and current is None:
            kept = shown_path(keep(home, intake.root, day), intake.root)  # no form, but somebody's file
        if not chosen.plain:
            original = home.parent / ORIGINALS / f"{home.stem}{ending(Path(chosen.shown).name)}"
            if is_plain(original) and not holds(original, data):
                keep(original, intake.root, day, beside=home)
            write_whole(original, data, intake.root)
            data = self._converted(chosen)
            remember_made(intake.folder, [digest(data)], intake.root)
        if current is not None and current.path != home:
            move_whole(current.path, home, intake.root)  # there is one at every moment
        write_whole(home, data, intake.root)
        return kept

    def _converted(self, version: Version) -> bytes:
        """A fresh .xlsx form with the values of one that came as another kind; what its reading has to say is reported.

        Targets stay as the department saw them, so that a form made for older ones is still known as such.
        """
        self.result.problems += version.problems
        as_printed = tuple(
            replace(row, target=version.form.at(row.indicator, TARGET).text or row.target)
            for row in self.case.indicators
        )
        case = replace(self.case, indicators=as_printed, reports=version.reports)
        return write_form(case, self.intake.rules(case), cover=self.intake.cover)
