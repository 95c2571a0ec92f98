"""Trouble at the n-th step on the disk: a command is run in a child that fails there, or is killed there."""

from __future__ import annotations

import errno
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selfeval.cli.app import main

KILL = 0
"""Instead of an error number: the process ends there, at once."""

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_NAMES = frozenset({"os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link"})
_SPACE = frozenset({"open", "os.mkdir", "os.fsync", "os.symlink", "os.link"})
"""Steps that need room on the disk; a full one lets all others pass."""


@dataclass
class _Trouble:
    root: str = ""
    at: int = 0
    error: int = KILL
    steps: int = 0
    seen: list[str] = field(default_factory=list)

    def step(self, what: str, path: object) -> None:
        """Count a step below the root, and make the one that is meant fail; a full disk stays full."""
        if not self.at or not isinstance(path, str | bytes | os.PathLike):
            return
        name = os.fsdecode(path)
        if not name.startswith(self.root):
            return
        full = self.error == errno.ENOSPC
        if full and what not in _SPACE:
            return
        self.steps += 1
        if self.steps == self.at or (full and self.steps > self.at):
            if self.error == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(self.error, os.strerror(self.error), name)


_trouble = _Trouble()
_installed: list[bool] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _trouble.at:
        return
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES:
        _trouble.step("open", arguments[0])
    elif event in _NAMES or event == "os.mkdir":
        _trouble.step(event, arguments[0])


def _in_trouble(root: Path, at: int, error: int) -> None:
    if not _installed:
        sys.addaudithook(_hook)
        _installed.append(True)
    flush = os.fsync

    def fsync(handle: int) -> None:
        _trouble.step("os.fsync", Path(f"/proc/self/fd/{handle}").readlink())
        flush(handle)

    os.fsync = fsync  # type: ignore[assignment]
    _trouble.root, _trouble.at, _trouble.error, _trouble.steps = f"{root}/", at, error, 0


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit code, what it printed, and whether the trouble came before its end."""

    code: int
    said: str
    hit: bool

    @property
    def killed(self) -> bool:
        return self.code < 0


def run(root: Path, arguments: tuple[str, ...], at: int = 0, error: int = KILL) -> Ended:
    """Run a command on the workspace at ``root``; ``at`` counts the steps from 1, 0 is no trouble."""
    return forked(lambda: _command(root, arguments), root, at, error)


def _command(root: Path, arguments: tuple[str, ...]) -> int:
    sys.argv = ["selfeval", *arguments, "--workspace", str(root)]
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def forked(action: Callable[[], int], root: Path, at: int = 0, error: int = KILL) -> Ended:
    """Run something in a child of this process, which is quick: all modules are there already."""
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as counted:
        child = os.fork()
        if child == 0:
            code = 99
            try:
                for number in (1, 2):
                    os.dup2(printed.fileno(), number)
                sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
                sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
                _in_trouble(root, at, error)
                code = action()
                sys.stdout.flush()
                sys.stderr.flush()
                os.write(counted.fileno(), b"x" if _trouble.steps >= at else b"-")
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        printed.seek(0)
        counted.seek(0)
        code = os.waitstatus_to_exitcode(status)
        return Ended(code, printed.read().decode(errors="replace"), code < 0 or counted.read() == b"x")


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file below a folder; a link as the text of where it leads."""
    return {
        path.relative_to(root).as_posix(): f"-> {path.readlink()}".encode() if path.is_symlink() else path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def litter(names: dict[str, bytes]) -> list[str]:
    """Names that only unfinished work bears."""
    marks = (".~selfeval-", ".new-", ".old", ".unpacked", ".part", ".lock")
    return [name for name in names if any(mark in part for part in name.split("/") for mark in marks if part[0] == ".")]
