"""The usual ``score`` run once more over what has not changed: its answer is known, and nothing else is done.

The run before says what the next one would print: the same, with all workbooks taken over. That holds as long as every
file that it could have read or written is the same: rules, inputs, outputs, and the program. Beside
the outputs lies what was taken down of them (.2024.known); whoever deletes it loses nothing but that second.
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import selfeval
from selfeval.packages.links import is_plain
from selfeval.packages.snapshot import Snapshot, still, taken
from selfeval.packages.writing import write_whole
from selfeval.rulebook.shelf import shipped_rules
from selfeval.runs.workspace import Workspace

_FORMAT = "selfeval.known.v1"
_LONGEST = 64 * 1024 * 1024
"""Bytes of such a file that is read."""


@dataclass(frozen=True)
class Answer:
    """What a run prints on standard output, line by line or as one JSON document, and its exit code."""

    lines: tuple[str, ...]
    code: int


@dataclass
class Again:
    """A run over a year that may have been made before; ``asked``: all else that its answer depends on."""

    workspace: Workspace
    year: int
    asked: tuple[str, ...]
    _before: Snapshot | None = None

    def answer(self) -> Answer | None:
        """The answer that the last run left, if it is that of this one."""
        found = self._read()
        self._before = taken(self._read_from)
        if found is None or found.get("made_by") != self._made_by():
            return None
        with suppress(KeyError, TypeError, ValueError):
            known = {str(path): tuple(state) for path, state in found["files"].items()}
            if still(known, (*self._read_from, self._outputs)):
                return Answer(tuple(map(str, found["lines"])), int(found["code"]))
        return None

    def remember(self, answer: Answer) -> None:
        """Keep the answer of the next run; this one began with ``answer()``, and what it read must not have changed."""
        if self._before is None or not still(self._before, self._read_from):
            return
        from selfeval.runs.publish import RECORD  # noqa: PLC0415 - loaded by then; an answer does without

        made = taken((self._outputs,), named=True)
        last = made.get(os.path.realpath(self._outputs / RECORD), ())
        if any(state[1:2] > last[1:2] for state in made.values()):  # written since by somebody else
            return
        files = {**taken(self._read_from), **made}
        known = {"format": _FORMAT, "made_by": self._made_by(), "files": files, **vars(answer)}
        with suppress(OSError):  # a folder that nobody may write into: the next run does its work again
            write_whole(self._place, json.dumps(known, ensure_ascii=False).encode(), self.workspace.root)

    @property
    def _outputs(self) -> Path:
        return self.workspace.outputs(self.year)

    @property
    def _place(self) -> Path:
        return self._outputs.with_name(f".{self.year}.known")

    @property
    def _read_from(self) -> tuple[Path, ...]:
        """All that a run may read: rules, settings, the inputs of the year, the program's own files."""
        own = self.workspace
        return own.rules, own.settings, own.inputs(self.year), shipped_rules(), Path(selfeval.__file__).parent

    def _made_by(self) -> list[object]:
        """The program as far as its own files do not tell: Python and the packages installed, and what was asked."""
        folders = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
        packages = [sorted(name for name in os.listdir(one) if name.endswith("-info")) for one in folders]  # noqa: PTH208
        return [sys.version, *packages, str(self.workspace.root), *self.asked]

    def _read(self) -> dict[str, Any] | None:
        with suppress(OSError, ValueError, RecursionError):
            if is_plain(self._place) and self._place.stat().st_size <= _LONGEST:
                found = json.loads(self._place.read_bytes())
                return found if isinstance(found, dict) and found.get("format") == _FORMAT else None
        return None
