"""Runs ``selfeval`` commands in this process, as its users do: words in, what is said and the exit code out.

Nothing of the program is known here but its command line, so every state of it can be run: ``use`` picks the checkout.
"""

from __future__ import annotations

import importlib.util
import io
import os
import runpy
import sys
import traceback
from collections.abc import Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BUG = 70
"""The exit code of a bug of the program."""


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    def __str__(self) -> str:
        return f"exit {self.code}\n===== out\n{self.out}===== err\n{self.err}"


def use(checkout: Path) -> None:
    """Take ``selfeval`` from a checkout, whatever is installed. Raises ModuleNotFoundError when it has none."""
    sys.dont_write_bytecode = True  # a checkout that is only looked at stays as it is
    sys.path.insert(0, str(checkout))
    os.environ["COLUMNS"] = "100"  # the width to which help is wrapped
    found = importlib.util.find_spec("selfeval")
    where = Path(str(found.origin)).parent.parent if found else None
    if where is None or where.resolve() != checkout.resolve():
        raise ModuleNotFoundError(f"no selfeval in {checkout} (found {where})")


def run(words: Sequence[str]) -> Said:
    """Run one command line (without ``selfeval``) in the current folder."""
    out, err = _stream(), _stream()
    with _arguments(words), redirect_stdout(out), redirect_stderr(err):
        try:
            runpy.run_module("selfeval", run_name="__main__")
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:  # noqa: BLE001 - whatever escapes is what the user would have seen
            traceback.print_exc()
            code = BUG
    return Said(code, _text(out), _text(err))


@contextmanager
def _arguments(words: Sequence[str]) -> Iterator[None]:
    before = sys.argv
    sys.argv = ["selfeval", *words]
    try:
        yield
    finally:
        sys.argv = before


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
