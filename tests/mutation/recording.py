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

_ENOUGH = 1000
"""Calls of one function without a new line in one test, after which its lines are no longer followed."""
_FOLLOWED = 2_000_000
"""Calls of anything without a new line in one test, after which it is no longer followed: what a law tries a thousand
times shows itself early. Counted, since seconds depend on what else the machine does."""

_SAVED = 100
"""After so many tests the record is written, so that a killed one is worth something."""

_LEFT_OUT = pytest.mark.xdist_group("libreoffice").mark
"""Tests that start LibreOffice: each takes too long to be met by a mutant."""


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
        self._apart: dict[str, bool] = {}
        self._left = 0

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leaves out what starts LibreOffice, and forgets each recorded test that its file no longer has."""
        slow = [item for item in items if _LEFT_OUT in item.iter_markers()]
        items[:] = [item for item in items if item not in slow]
        config.hook.pytest_deselected(items=slow)
        whole = {item.nodeid.split("::")[0] for item in [*items, *slow]} - {
            arg.split("::")[0] for arg in config.args if "::" in arg
        }
        kept = {item.nodeid for item in items}
        self._tests = {
            test: each for test, each in self._tests.items() if test in kept or test.split("::")[0] not in whole
        }

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._lines.clear()
        self._calls.clear()
        self._left, start = _FOLLOWED, time.perf_counter()
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
        self._left = _FOLLOWED  # what makes the fixtures ready has had its own
        sys.settrace(self._called)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self._record.write_text(json.dumps(self._tests), encoding="utf-8")

    def _called(self, frame: FrameType, event: str, arg: object) -> Any:  # noqa: ANN401 - a trace function's own type
        del event, arg
        self._left -= 1
        if self._left < 0:
            sys.settrace(None)
            return None
        code = frame.f_code
        apart = self._apart.get(code.co_filename)
        if apart is None:
            apart = self._apart[code.co_filename] = not code.co_filename.startswith(self._inside)
        if apart or self._calls[code] > _ENOUGH:
            return None
        self._calls[code] += 1
        seen = self._lines[code.co_filename]

        def followed(frame: FrameType, event: str, arg: object) -> Any:  # noqa: ANN401
            del event, arg
            if frame.f_lineno not in seen:
                seen.add(frame.f_lineno)
                self._calls[code], self._left = 0, _FOLLOWED
            return followed

        seen.add(frame.f_lineno)
        return followed


def read(record: Path) -> dict[str, Touched]:
    """Every test of a record, by its id."""
    return {
        test: Touched(each["seconds"], {file: frozenset(lines) for file, lines in each["lines"].items()})
        for test, each in json.loads(record.read_text(encoding="utf-8")).items()
    }
