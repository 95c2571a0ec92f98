"""Which tests run which lines, and how long each takes, recorded once: a mutant meets only tests that can see it."""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

_ENOUGH = 30
"""Calls of one function without a new line in one test, after which its lines are no longer followed."""
_FOLLOWED = 3
"""Seconds of one test that are followed: what a law tries a thousand times shows itself early."""

_SAVED = 100
"""After so many tests the record is written, so that a killed one is worth something."""


@dataclass(frozen=True)
class Touched:
    """One test: its seconds, and the lines it ran of each file."""

    seconds: float
    lines: dict[str, frozenset[int]]


class Recorder:
    """A plugin of pytest that follows every test that passes, and adds what it saw to a file."""

    def __init__(self, root: Path, folder: str, record: Path) -> None:
        self._inside = f"{root / folder}/"
        self._root = root
        self._record = record
        self._tests: dict[str, dict[str, Any]] = json.loads(record.read_text("utf-8")) if record.exists() else {}
        self._failed: set[str] = set()
        self._lines: dict[str, set[int]] = defaultdict(set)
        self._calls: dict[CodeType, int] = defaultdict(int)
        self._start = 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._lines.clear()
        self._calls.clear()
        self._start = start = time.perf_counter()
        sys.settrace(self._called)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            lines = {Path(file).relative_to(self._root).as_posix(): sorted(seen) for file, seen in self._lines.items()}
            if lines and item.nodeid not in self._failed:
                self._tests[item.nodeid] = {"seconds": round(time.perf_counter() - start, 3), "lines": lines}
                if len(self._tests) % _SAVED == 0:
                    self.pytest_sessionfinish()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self) -> None:
        self._start = time.perf_counter()  # what makes the fixtures ready has had its own time
        sys.settrace(self._called)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self._record.write_text(json.dumps(self._tests), encoding="utf-8")

    def _called(self, frame: FrameType, event: str, arg: object) -> Any:  # noqa: ANN401 - a trace function's own type
        del event, arg
        if time.perf_counter() > self._start + _FOLLOWED:
            sys.settrace(None)
            return None
        code = frame.f_code
        if not code.co_filename.startswith(self._inside) or self._calls[code] > _ENOUGH:
            return None
        self._calls[code] += 1
        seen = self._lines[code.co_filename]

        def followed(frame: FrameType, event: str, arg: object) -> Any:  # noqa: ANN401
            del event, arg
            if frame.f_lineno not in seen:
                seen.add(frame.f_lineno)
                self._calls[code] = 0
            return followed

        seen.add(frame.f_lineno)
        return followed


def read(record: Path) -> dict[str, Touched]:
    """Every test of a record, by its id."""
    return {
        test: Touched(each["seconds"], {file: frozenset(lines) for file, lines in each["lines"].items()})
        for test, each in json.loads(record.read_text(encoding="utf-8")).items()
    }
