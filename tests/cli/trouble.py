"""Trouble at the n-th step on the disk: a command is run in a child that fails there, or is killed there."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from selfeval.cli.app import main
from selfeval.packages import exchange as exchanging
from selfeval.packages import writing

KILL = 0
"""Instead of an error number: the process ends there, at once."""

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_NAMES = frozenset({"os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link"})
_SPACE = frozenset({"open", "os.mkdir", "os.fsync", "os.symlink", "os.link", "write"})
"""Steps that need room on the disk; a full one lets all others pass."""


def counts(kind: str, error: int) -> bool:
    """Whether a kind of step is one that this error can come at."""
    return error != errno.ENOSPC or kind in _SPACE


@dataclass
class _Trouble:
    root: str = ""
    at: int = 0
    error: int = KILL
    steps: list[str] = field(default_factory=list)

    @property
    def here(self) -> bool:
        """Whether it is time for the trouble; a full disk stays full."""
        return len(self.steps) == self.at or (self.error == errno.ENOSPC and len(self.steps) > self.at > 0)

    def step(self, what: str, path: object, folder: object = -1, before: Callable[[], object] = lambda: None) -> None:
        """Count a step below the root, and make the one that is meant fail; ``before``: what is done all the same."""
        if not isinstance(path, str | bytes | os.PathLike):
            return
        name = os.fsdecode(path)
        if isinstance(folder, int) and folder >= 0:
            name = os.path.join(_open_at(folder), name)  # noqa: PTH118 - bytes of names are not looked at
        if not name.startswith(self.root) or not counts(what, self.error):
            return
        self.steps.append(what)
        if self.here:
            before()
            if self.error == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(self.error, os.strerror(self.error), name)


_trouble = _Trouble()
_installed: list[bool] = []


def _open_at(handle: int) -> str:
    return str(Path(f"/proc/self/fd/{handle}").readlink())


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _trouble.root:
        return
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES:
        _trouble.step("open", arguments[0])
    elif event in _NAMES or event == "os.mkdir":
        _trouble.step(event, arguments[0], arguments[1] if event in {"os.remove", "os.rmdir"} else -1)


def _in_trouble(root: Path, at: int, error: int) -> None:
    if not _installed:
        sys.addaudithook(_hook)
        _installed.append(True)
    flush, whole, exchange = os.fsync, writing.write_through, exchanging.exchanged

    def fsync(handle: int) -> None:
        _trouble.step("os.fsync", _open_at(handle))
        flush(handle)

    def write_through(file: BinaryIO, content: bytes) -> None:
        _trouble.step("write", _open_at(file.fileno()), before=lambda: _half(file, content))
        whole(file, content)

    os.fsync = fsync  # type: ignore[assignment]

    def exchanged(one: Path, other: Path) -> bool:
        _trouble.step("exchange", one)
        return exchange(one, other)

    for module in list(sys.modules.values()):
        if getattr(module, "write_through", None) is whole:
            module.write_through = write_through  # type: ignore[attr-defined]
        if getattr(module, "exchanged", None) is exchange:
            module.exchanged = exchanged  # type: ignore[attr-defined]
    _trouble.root, _trouble.at, _trouble.error, _trouble.steps = f"{root}/", at, error, []


def _half(file: BinaryIO, content: bytes) -> None:
    file.write(content[: len(content) // 2])
    file.flush()


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit code, what it printed, whether the trouble came before its end, and its steps."""

    code: int
    said: str
    hit: bool
    steps: tuple[str, ...] = ()

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
    """Run something in a child of this process, which is quick: what one child had to import, the next ones have."""
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            code = 99
            try:
                for number in (1, 2):
                    os.dup2(printed.fileno(), number)
                sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
                sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
                there = set(sys.modules)
                _in_trouble(root, at, error)
                code = action()
                sys.stdout.flush()
                sys.stderr.flush()
                new = [name for name in sys.modules if name not in there]
                os.write(told.fileno(), json.dumps([_trouble.steps, new]).encode())
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        printed.seek(0)
        told.seek(0)
        code = os.waitstatus_to_exitcode(status)
        steps, modules = json.loads(told.read() or b"[[], []]")
        for module in modules:
            with suppress(Exception):  # what cannot be imported by its name is no module of a file
                import_module(module)
        hit = code < 0 or len(steps) >= at
        return Ended(code, printed.read().decode(errors="replace"), hit, tuple(steps))


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file below a folder; a link as the text of where it leads. What is known of a run names times: no two are
    the same.
    """
    return {
        path.relative_to(root).as_posix(): f"-> {path.readlink()}".encode() if path.is_symlink() else path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_symlink() or (path.is_file() and path.suffix not in {".known", ".kept"})
    }


def litter(names: dict[str, bytes]) -> list[str]:
    """Names that only unfinished work bears."""
    marks = (".~selfeval-", ".new-", ".old", ".unpacked", ".part", ".lock")
    return [name for name in names if any(mark in part for part in name.split("/") for mark in marks if part[0] == ".")]
