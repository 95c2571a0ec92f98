"""What earlier runs found out, so that nothing is done twice: forms that were read, projects scored, workbooks made.

All of it is noted as it is found out, in a diary beside the outputs (.2024.kept); a run that is killed loses nothing.
Something holds as long as all that it was found out from is the same: a form by its stats and, where these may not
tell, its hash, with the targets of its project and the program; a score with the rules too; a workbook with the date.
Whoever deletes the diary loses nothing but the time to do all again.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from struct import Struct
from typing import Any, Self, TypeAlias

from selfeval.domain.case import Case, cases
from selfeval.domain.catalogue.outputs import OWN_FAULT
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scoring.score import Summed
from selfeval.domain.targets import Targets
from selfeval.forms.reading.folder import Each, Looked, named_project, shown_path
from selfeval.packages.diary import Diary
from selfeval.packages.files import Unreadable, digest, read_bytes
from selfeval.packages.links import is_plain
from selfeval.packages.snapshot import Stats, is_young, stats_of
from selfeval.packages.writing import write_through
from selfeval.runs.inputs import Hire
from selfeval.runs.noted import looked_in, plain_looked, plain_summed, summed_in
from selfeval.runs.project_books import (
    NOTHING_PROMISED,
    Desk,
    Project,
    case_digest,
    given_digest,
    made_from,
    program_stamp,
    rules_stamp,
    values_digest,
)
from selfeval.runs.publish import Watching, left_aside
from selfeval.runs.whole import asked_for, whole_in
from selfeval.runs.workspace import Workspace

Digests: TypeAlias = Mapping[str, str]
_PACKED, _NO_STATS = Struct("<4Q"), (0, 0, 0, 0)


class Earlier:
    """What is known of a year when a run begins, and what the next one is to know.

    ``fresh``: nothing is known; all is noted. Outputs are those in ``target``.
    """

    def __init__(self, workspace: Workspace, year: int, target: Path, *, fresh: bool = False) -> None:
        self._workspace, self._target, self._fresh = workspace, target, fresh
        outputs = workspace.outputs(year)
        self._diary = Diary(outputs.with_name(f".{year}.kept"), workspace.root, make=target == outputs)

    def __enter__(self) -> Self:
        """The diary is opened when it is first needed."""
        return self

    def __exit__(self, *_: object) -> None:
        """What was noted stays."""
        self._diary.close()

    def done(self, *, all_of_it: bool) -> None:
        """The run came to its end; ``all_of_it``: what it did not ask for will not be asked for any more."""
        if all_of_it:
            self._diary.tidy()

    def reading(self, hire: Hire) -> Hire:
        """Those who look at the forms of a year, asked only for what is not known."""

        def hired(targets: Targets, rulebook: Rulebook) -> Each:
            each = hire(targets, rulebook)
            asked = asked_for(targets, whole_in(self._workspace, targets, rulebook))
            return _Forms(self._diary, each, asked, self._workspace.root, fresh=self._fresh)

        return hired

    def scoring(self, rulebook: Rulebook) -> Scores:
        """What is known of the scores by a rulebook."""
        return Scores(self._diary, rules_stamp(rulebook), fresh=self._fresh)

    def books(self, rulebook: Rulebook, day: date) -> Books:
        """What is known of the workbooks by a rulebook and of a date."""
        name = shown_path(self._target, self._workspace.root)  # the same when the workspace is moved
        return Books(self._diary, Desk(rulebook, day, NOTHING_PROMISED), self._target, name, fresh=self._fresh)


class _Forms:
    """Looks at files; those that are known are not opened."""

    def __init__(self, diary: Diary, each: Each, asked: Targets, root: Path, *, fresh: bool) -> None:
        self._diary, self._each, self._root, self._fresh = diary, each, root, fresh
        self._stamp, self._year = program_stamp(), asked.year
        self._cases = {case.code: bytes.fromhex(given_digest(case)) for case in cases(asked)}
        self._all = values_digest([*asked.names.items()])

    def __call__(self, paths: Iterable[Path]) -> Iterator[Looked]:
        """What each file came to, in their order."""
        files = [*paths]
        known = bytearray(map(self._knows, files))
        at, handed = time.time_ns(), deque[bytes]()

        def unknown() -> Iterator[Path]:
            for path, is_known in zip(files, known, strict=True):
                if not is_known:
                    handed.append(_PACKED.pack(*(_stats(path) or _NO_STATS)))
                    yield path

        looks = iter(()) if all(known) else self._each(unknown())
        for path, is_known in zip(files, known, strict=True):
            looked = self._known(path) if is_known else None
            if is_known and looked is None:  # what was noted of it is damaged
                stats = _stats(path) or _NO_STATS
                looked = next(self._each([path]))
                self._note(path, looked, at, stats)
            elif looked is None:
                looked = next(looks)
                self._note(path, looked, at, _PACKED.unpack(handed.popleft()))
            yield looked

    def _knows(self, path: Path) -> bool:
        """Whether a file is as it was noted, and read for the same."""
        name = shown_path(path, self._root)
        found = None if self._fresh else self._diary.short("form", name)
        if found is None:
            return False
        with suppress(TypeError, KeyError, ValueError, AttributeError):
            if found.short["of"] != self._of(name, found.short["project"]):
                return False
            at, stats = time.time_ns(), _stats(path)
            if stats is not None and tuple(found.short["stats"]) == stats and not is_young(stats, found.short["at"]):
                return True
            if _hash(path) == found.short["sha256"]:  # only touched, or written just before it was read
                if stats is not None and stats == _stats(path):
                    self._diary.renew(found, {**found.short, "stats": stats, "at": at}, "form", name)
                return True
        return False

    def _known(self, path: Path) -> Looked | None:
        name = shown_path(path, self._root)
        found = self._diary.short("form", name)
        return None if found is None else looked_in(self._diary.whole(found), name, str(found.short["sha256"]))

    def _of(self, name: str, project: str) -> str:
        """SHA-256 of what a file is read for: its project, or, where it is no form of one, all of them."""
        own = self._cases[project].hex() if project else self._all
        return values_digest((self._stamp, self._year, named_project(name) in self._cases, own))

    def _note(self, path: Path, looked: Looked, at: int, stats: tuple[int, ...]) -> None:
        """Note what a file came to; ``stats``: those that it had ``at`` a time or after, before it was looked at."""
        ours = any(found.code == OWN_FAULT for found in looked.problems)
        if looked.sha256 and not ours and stats == _stats(path):
            short = {"of": self._of(looked.file, looked.project), "project": looked.project, "sha256": looked.sha256}
            self._diary.note({**short, "stats": stats, "at": at}, plain_looked(looked), "form", looked.file)


class Scores:
    """What projects score; those that are known are not scored."""

    def __init__(self, diary: Diary, stamp: str, *, fresh: bool) -> None:
        self._diary, self._stamp, self._fresh = diary, stamp, fresh

    def summed(self, case: Case) -> Summed | None:
        """What a project scores, if it was scored from the same."""
        found = None if self._fresh else self._diary.short("score", case.code)
        return None if found is None or found.short != self._of(case) else summed_in(self._diary.whole(found))

    def note(self, case: Case, summed: Summed) -> None:
        """A project was scored."""
        self._diary.note(self._of(case), plain_summed(summed), "score", case.code)

    def _of(self, case: Case) -> str:
        return values_digest((self._stamp, case_digest(case)))


class Books(Watching):
    """The workbooks that earlier runs left among the outputs or, where they were stopped, aside.

    ``unsure``: somebody has written into one while the outputs were replaced, so that a next run has something to do.
    """

    def __init__(self, diary: Diary, desk: Desk, target: Path, name: str, *, fresh: bool) -> None:
        self._diary, self._desk, self._fresh = diary, desk, fresh
        self._target, self._name = target, name
        self.unsure = False
        self._aside: list[Path] | None = None
        self._making: dict[str, tuple[Digests, str]] = {}
        times = self._said("times", "")
        self._shown, self._ended = (int(times.get(name) or 0) for name in ("shown", "ended"))

    def of(self, project: Project, path: str) -> TakenOver | None:
        """The workbook that would be made of a project, if it was made before and is as it was."""
        said = {} if self._fresh else self._said("book", path)
        digests, stats, sha256 = (said.get(name) for name in ("digests", "stats", "sha256"))
        if not isinstance(digests, dict) or digests.get("made_from") != made_from(self._desk, project):
            return None
        self._aside = left_aside(self._target) if self._aside is None else self._aside
        for place in (folder / path for folder in (self._target, *self._aside)):
            at, now = time.time_ns(), _stats(place)
            if now is None or not is_plain(place):
                continue
            same = isinstance(stats, list) and [*_written(now)] == stats
            if same and now[2] <= self._ended and not is_young((0, now[1], 0, 0), self._shown):
                return TakenOver(place, now, digests, str(sha256))
            if _hash(place) == sha256:
                if not is_young((0, now[1], 0, 0), at):
                    self._diary.note(None, {**said, "stats": _written(now)}, "book", self._name, path)
                return TakenOver(place, now, digests, str(sha256))
        return None

    def making(self, path: str, digests: Digests, sha256: str) -> None:
        """A workbook is about to be written."""
        self._making[path] = digests, sha256

    def wrote(self, name: str, state: os.stat_result) -> None:
        """A file was written, aside: nobody else has seen it yet."""
        self._shown = state.st_mtime_ns
        if name in self._making:
            digests, sha256 = self._making.pop(name)
            said = {"digests": digests, "sha256": sha256, "stats": _written(stats_of(state))}
            self._diary.note(None, said, "book", self._name, name)

    def touched(self, name: str) -> None:
        """A workbook is not as it was made."""
        self.unsure = bool(name)

    def ended(self) -> None:
        """All is in place, and the old outputs are gone: whoever touches a workbook from now on is somebody else."""
        with suppress(OSError):
            times = {"shown": self._shown, "ended": self._diary.now()}
            self._diary.note(None, times, "times", self._name, "")

    def _said(self, kind: str, path: str) -> dict[str, Any]:
        found = self._diary.short(kind, self._name, path)
        said = None if found is None else self._diary.whole(found)
        return said if isinstance(said, dict) else {}


class TakenOver:
    """A workbook that serves as it is; ``done`` once it stands among the new outputs."""

    def __init__(self, place: Path, stats: Stats, digests: Digests, sha256: str) -> None:
        self.digests, self.sha256, self.done = digests, sha256, False
        self._place, self._stats = place, stats

    def __call__(self, path: Path) -> None:
        """Put it in a place, by a link where that can be. Raises OSError."""
        try:
            os.link(self._place, path)
        except OSError:
            self._copy(path)
            return
        found = _stats(path)
        if found is not None and _written(found) == _written(self._stats):
            self.done = True
        else:  # another file has come into its place since it was looked at
            path.unlink()

    def _copy(self, path: Path) -> None:
        data = read_bytes(self._place)
        if not isinstance(data, Unreadable) and digest(data) == self.sha256:
            with path.open("xb") as file:
                write_through(file, data)
            self.done = True


def _stats(path: Path) -> Stats | None:
    """The stats of the file itself; None where there is none."""
    with suppress(OSError):
        return stats_of(path.lstat())
    return None


def _written(stats: Stats) -> Stats:
    """What of stats changes when a file is written or replaced, but not when it gets another name."""
    return (*stats[:2], 0, stats[3])


def _hash(path: Path) -> str:
    data = read_bytes(path)
    return "" if isinstance(data, Unreadable) else digest(data)
