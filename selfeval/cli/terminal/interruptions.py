"""Ctrl-C: noticed even where a library makes another error of it, as compiled modules do while they are imported."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interruptions() -> Iterator[Callable[[], bool]]:
    """Gives whether Ctrl-C was pressed since; it raises KeyboardInterrupt all the same."""
    pressed: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    usual = signal.getsignal(signal.SIGINT)
    # a program in the background has it ignored, and only the main thread may ask for it
    noted = usual is signal.default_int_handler and threading.current_thread() is threading.main_thread()
    if noted:
        signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        if noted:
            signal.signal(signal.SIGINT, usual)
