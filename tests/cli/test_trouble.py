"""A full disk, a refusal or a kill at any step of a command that writes: old or new, whole, and nothing left lying."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from zlib import crc32

import pytest

from tests.cli.desk import COMMANDS, DONE, PROJECTS, prepared
from tests.cli.trouble import KILL, Ended, counts, litter, run, snapshot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are forked, and watched through /proc")

_MOST = 2000
_TAKEN_AWAY = frozenset({"os.remove", "os.rmdir"})


class Trial:
    """One command on one desk: before it, after it, and after it was troubled."""

    def __init__(self, name: str, folder: Path, projects: tuple[str, ...] = PROJECTS) -> None:
        self.name, self.folder, self.root = name, folder, folder / "工作"
        self.ready = folder / "样"
        self.arguments = prepared(name, self._new(), projects)
        shutil.copytree(self.root, self.ready, symlinks=True)
        self.before = snapshot(self.root)
        ended = run(self.root, self.arguments)
        self.code, self.steps = ended.code, ended.steps
        assert self.code in DONE, ended.said
        self.after = snapshot(self.root)
        assert self.after != self.before
        assert litter(self.after) == []

    def _new(self) -> Path:
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir()
        return self.root

    def again(self) -> None:
        """The desk as it was before the command."""
        if snapshot(self.root) != self.before:
            shutil.rmtree(self.root)
            shutil.copytree(self.ready, self.root, symlinks=True)

    def troubled(self, error: int, some: Iterable[int] = ()) -> Iterator[tuple[int, Ended]]:
        """The command in trouble at some of its steps, or at each until it has no more."""
        for at in some or range(1, _MOST):
            self.again()
            ended = run(self.root, self.arguments, at, error)
            if not ended.hit:
                assert not some, f"fewer than {at} steps"
                return
            yield at, ended
        assert some, f"more than {_MOST} steps"

    def step(self, at: int, error: int) -> str:
        """The kind of the step at which this error comes when it comes at the n-th that it can come at."""
        return [kind for kind in self.steps if counts(kind, error)][at - 1]

    def picked(self, error: int, but: Collection[str] = ()) -> list[int]:
        """A step of each kind (but some) that this error can come at: another one for each command and error."""
        steps = [kind for kind in self.steps if counts(kind, error)]
        places = {kind: [at for at, one in enumerate(steps, 1) if one == kind] for kind in steps if kind not in but}
        return sorted(at[crc32(f"{self.name} {kind} {error}".encode()) % len(at)] for kind, at in places.items())

    def faults(self, found: dict[str, bytes], *, left: bool) -> list[str]:
        """What is wrong with the files that were found; ``left``: unfinished work of a killed run may lie there."""
        wrong = [] if left else [f"left lying: {name}" for name in litter(found)]
        unfinished = set(litter(found))
        for name, content in found.items():
            if name in unfinished:
                continue
            known = {self.before.get(name), self.after.get(name)}
            copies = {*self.before.values(), *self.after.values()}
            if content not in known and not (name not in self.before and content in copies):
                wrong.append(f"neither old nor new: {name}")
        whole = COMMANDS[self.name].whole
        for name in self.before.keys() & self.after.keys():
            moved = left and whole and any(".old" in one for one in unfinished)
            if name not in found and not moved:
                wrong.append(f"lost: {name}")
        if whole and not left:
            own, old, new = (
                {name: data for name, data in files.items() if whole in name}
                for files in (found, self.before, self.after)
            )
            if own not in (old, new):
                wrong.append("a mixture")
        return wrong


def refused(trial: Trial, error: int, some: Iterable[int] = ()) -> tuple[int, list[str]]:
    """How often the disk refused a step, and what that did that it must not do."""
    wrong, times = [], 0
    for at, ended in trial.troubled(error, some):
        times += 1
        if ended.code not in {4, trial.code} or "Traceback" in ended.said:
            wrong.append(f"{at}: exit {ended.code}: {ended.said[-400:]}")
        if ended.code == 4 and not any(word in ended.said for word in ("无法写入", "未能写出", "系统出错")):
            wrong.append(f"{at}: not said: {ended.said[-400:]}")
        if os.strerror(error) in ended.said:
            wrong.append(f"{at}: in English")
        found = snapshot(trial.root)
        if trial.step(at, error) in _TAKEN_AWAY:  # so what was to be taken away is still there, for the next run
            found = {name: content for name, content in found.items() if name not in litter(found)}
        wrong += [f"{at}: {fault}" for fault in trial.faults(found, left=False)]
    return times, wrong


def killed(trial: Trial, some: Iterable[int] = ()) -> tuple[int, list[str]]:
    """How often a command was killed, and what went wrong by it."""
    wrong, times = [], 0
    for at, ended in trial.troubled(KILL, some):
        assert ended.killed, ended.said
        times += 1
        wrong += [f"{at}: {fault}" for fault in trial.faults(snapshot(trial.root), left=True)]
        following = run(trial.root, trial.arguments)
        made = any(
            code in following.said for code in ("E241", "E250", "E630")
        )  # by the killed run, so nothing is written
        if following.code not in DONE and not made:
            wrong.append(f"{at}: then exit {following.code}: {following.said[-400:]}")
        found = snapshot(trial.root)
        if made:
            found = {name: content for name, content in found.items() if not name.endswith(".lock")}
        wrong += [f"{at}: then {fault}" for fault in trial.faults(found, left=False)]
        wrong += [f"{at}: then missing: {name}" for name in trial.after.keys() - found.keys()]
        wrong += [f"{at}: then old: {name}" for name in trial.after if found.get(name) != trial.after[name]]
    return times, wrong


SOME = {
    "import": PROJECTS[:1],
    "review": PROJECTS[:1],
    "rules new": PROJECTS[:1],
    "init": PROJECTS[:1],
    "collect": PROJECTS,
    "score": PROJECTS[:1],
}
"""The commands tried here, at a step of each kind; all at each step take an hour (``tests.cli.trouble_all``)."""
KINDS = {"open", "write", "os.fsync", "os.remove", "os.mkdir"}


@pytest.fixture(scope="module", params=SOME)
def trial(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(request.param, tmp_path_factory.mktemp("desk").resolve(), SOME[request.param])


def test_a_kill_leaves_old_or_new_and_the_next_run_is_clean(trial: Trial) -> None:
    some = trial.picked(KILL)
    renames = "exchange" if trial.name == "score" else "os.rename"
    assert {trial.step(at, KILL) for at in some} >= {*KINDS, renames}
    assert killed(trial, some) == (len(some), [])


def test_what_the_disk_refuses_changes_nothing_and_is_said(trial: Trial) -> None:
    full = trial.picked(errno.ENOSPC)
    assert refused(trial, errno.ENOSPC, full) == (len(full), [])
    taken = {trial.step(at, errno.ENOSPC) for at in full}
    others = trial.picked(errno.EACCES, taken)
    assert refused(trial, errno.EACCES, others) == (len(others), [])
