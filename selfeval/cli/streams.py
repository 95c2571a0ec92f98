"""Standard output and error that may be full, closed or not read to the end: results never depend on them."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO


class Patient:
    """A stream that goes on when nothing more can be written; ``fault`` is what the system said first."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.fault: OSError | None = None

    def write(self, text: str) -> int:
        """Write, or note why not."""
        self._try(lambda: self._stream.write(text))
        return len(text)

    def flush(self) -> None:
        """Flush, or note why not."""
        self._try(self._stream.flush)

    def _try(self, action: Any) -> None:  # noqa: ANN401 - a call without a result of interest
        if self.fault is not None:
            return
        try:
            action()
        except OSError as error:
            self.fault = error
            # what is still in its buffer must not be tried again when the process ends
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, self._stream.fileno())
                os.close(nowhere)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a stream has
        return getattr(self._stream, name)


def in_chinese_names() -> None:
    """Start anew in UTF-8 where the system's settings (``LC_ALL=C``) allow no Chinese file name."""
    try:
        os.fsencode("绩效自评")
    except UnicodeEncodeError:
        if os.name == "posix" and not sys.flags.utf8_mode:
            os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - ourselves


@contextmanager
def patient() -> Iterator[list[Patient]]:
    """Both streams in UTF-8, and patient. Those that are closed lead nowhere, and no file of ours gets their number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
    before = sys.stdout, sys.stderr
    found = []
    for stream in before:
        if stream is None:
            stream = open(os.devnull, "w", encoding="utf-8")  # noqa: PLW2901, PTH123, SIM115 - lives as long as we do
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
        found.append(Patient(stream))
    sys.stdout, sys.stderr = found
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # words of a library, which may quote a file
    try:
        yield found
    finally:
        for one in found:
            one.flush()
        sys.stdout, sys.stderr = before
