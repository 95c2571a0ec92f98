"""``python -m tests.cli.watched LOG``: commands of which everything that they ask of the system is noted.

Each line read is a command, as a JSON list; when it has run, its exit code is printed as a line of its own. LOG gets a
line for each use of the network, each program started, and each file or folder that is written, made, moved or removed:
what was done, and where. Python itself tells it (audit events), so nothing of the program can hide it;
only compiled code could, which reads from memory here, but for the one call that lets two folders change places.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from selfeval.cli.app import main

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = {
    "os.chmod": (0,),
    "os.chown": (0,),
    "os.link": (0, 1),
    "os.mkdir": (0,),
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.rmdir": (0,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.utime": (0,),
}
"""Events that change files, and which of their arguments are paths."""
_OTHERS = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.fork",
    "urllib.",
    "http.",
)
_FOLDER_HANDLES = {"os.remove": (1,), "os.rmdir": (1,), "os.mkdir": (2,), "os.rename": (2, 3)}
"""Where the handle of the folder stands that a path counts from; -1: the current one."""


def watch(log: Path) -> None:
    """Note every event from here on."""
    file = log.open("w", encoding="utf-8", errors="backslashreplace", buffering=1)

    def note(event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = given
            if isinstance(path, (str, bytes)) and isinstance(flags, int) and flags & _WRITES:
                file.write(f"write\t{_absolute(path)}\n")
        elif event in _CHANGES:
            for i, at in enumerate(_CHANGES[event]):
                handles = _FOLDER_HANDLES.get(event, ())
                file.write(f"{event}\t{_absolute(given[at], given[handles[i]] if i < len(handles) else -1)}\n")
        elif event.startswith(_OTHERS):
            file.write(f"{event}\t{given!r}\n")

    sys.addaudithook(note)


def _absolute(path: Any, folder: int = -1) -> str:  # noqa: ANN401 - whatever a call was given
    """Where a path leads, its own name not followed."""
    if isinstance(path, int):
        return os.path.realpath(f"/proc/self/fd/{path}")
    base = os.path.realpath(f"/proc/self/fd/{folder}") if folder >= 0 else os.getcwd()  # noqa: PTH109 - bytes too
    whole = os.path.join(base, os.fsdecode(path))  # noqa: PTH118
    return os.path.join(os.path.realpath(os.path.dirname(whole)), os.path.basename(whole))  # noqa: PTH118, PTH119, PTH120


def answer() -> None:
    """Run the commands that are read, one after the other, until there are no more."""
    # what the commands themselves print is nobody's here
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        sys.argv = ["selfeval", *json.loads(line)]
        try:
            main()
        except SystemExit as ended:
            print(ended.code or 0, file=answers, flush=True)


if __name__ == "__main__":
    watch(Path(sys.argv[1]))
    answer()
