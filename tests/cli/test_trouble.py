"""A full disk, a refusal or a kill at any step of a command that writes: old or new, whole, and nothing left lying."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.desk import COMMANDS, DONE, prepared
from tests.cli.trouble import KILL, Ended, litter, run, snapshot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are forked, and watched through /proc")

ERRORS = (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO)
_MOST = 400


class Trial:
    """One command on one desk: before it, after it, and after it was troubled."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder, self.root = name, folder, folder / "工作"
        self.ready = folder / "样"
        self.arguments = prepared(name, self._new())
        shutil.copytree(self.root, self.ready, symlinks=True)
        self.before = snapshot(self.root)
        ended = run(self.root, self.arguments)
        self.code = ended.code
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

    def troubled(self, error: int, every: int = 1) -> Iterator[tuple[int, Ended]]:
        """The command in trouble at each step (or at every so manieth) until it has no more steps."""
        for at in range(1, _MOST, every):
            self.again()
            ended = run(self.root, self.arguments, at, error)
            if not ended.hit:
                return
            yield at, ended
        pytest.fail(f"more than {_MOST} steps")

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


def refused(trial: Trial, error: int, every: int = 1) -> list[str]:
    """What a fault of the disk at each step does that it must not do."""
    wrong = []
    for at, ended in trial.troubled(error, every):
        if ended.code not in {4, trial.code} or "Traceback" in ended.said:
            wrong.append(f"{at}: exit {ended.code}: {ended.said[-400:]}")
        if ended.code == 4 and not any(word in ended.said for word in ("写不了", "没有写成", "系统出错")):
            wrong.append(f"{at}: not said: {ended.said[-400:]}")
        if os.strerror(error) in ended.said:
            wrong.append(f"{at}: in English")
        wrong += [f"{at}: {fault}" for fault in trial.faults(snapshot(trial.root), left=False)]
    return wrong


def killed(trial: Trial, every: int = 1) -> tuple[int, list[str]]:
    """How often a command was killed, and what went wrong by it."""
    wrong, times = [], 0
    for at, ended in trial.troubled(KILL, every):
        assert ended.killed, ended.said
        times += 1
        wrong += [f"{at}: {fault}" for fault in trial.faults(snapshot(trial.root), left=True)]
        following = run(trial.root, trial.arguments)
        if following.code not in DONE and "E241" not in following.said:  # made already
            wrong.append(f"{at}: then exit {following.code}: {following.said[-400:]}")
        found = snapshot(trial.root)
        wrong += [f"{at}: then {fault}" for fault in trial.faults(found, left=False)]
        wrong += [f"{at}: then missing: {name}" for name in trial.after.keys() - found.keys()]
        wrong += [f"{at}: then old: {name}" for name in trial.after if found.get(name) != trial.after[name]]
    return times, wrong


SOME = {"import": 3, "review": 7, "check --write": 5, "rules new": 5, "collect": 9, "forms --overwrite": 9, "score": 7}
"""The commands, and every so manieth step of each: all of them take minutes (``tests.cli.trouble_all``)."""


@pytest.mark.parametrize("name", SOME)
def test_a_kill_leaves_old_or_new_and_the_next_run_is_clean(name: str, tmp_path: Path) -> None:
    times, wrong = killed(Trial(name, tmp_path), SOME[name])
    assert times > 1
    assert wrong == []


@pytest.mark.parametrize("name", SOME)
def test_what_the_disk_refuses_changes_nothing_and_is_said(name: str, tmp_path: Path) -> None:
    trial = Trial(name, tmp_path)
    assert refused(trial, errno.ENOSPC, 2 * SOME[name] - 1) == []
    assert refused(trial, errno.EACCES, 2 * SOME[name] + 1) == []
