"""Whether a test fails once a mutant stands in: each is judged in a child process that holds it in memory alone.

No file is changed, so nothing is left behind when a run is killed. The tests are collected once. A change inside a
function is put into the functions that exist; one that works while a module loads, and whatever lives through that,
is judged again with every module of the program and of the tests loaded anew.
"""

from __future__ import annotations

import ast
import gc
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.mutants import Mutant, mutated

_MEMORY = 6 * 2**30
_LONGEST = 30
"""Seconds that any mutant has beside thrice what its tests took while they were followed, which is slow: over that it
does not end, and so is seen."""
_LIVED, _UNFIT = b"lived", b"unfit"
UNPROVEN = "unproven: "
"""Begins the verdict of a mutant of which nothing is known: the record has no test of it, or that fails anyway."""


class Judge:
    """A plugin of pytest that judges mutants instead of running what was collected; ``verdicts`` are in their order.

    A verdict is the test that failed, "does not end", None for a mutant that no test saw, or begins with ``UNPROVEN``.
    """

    def __init__(self, chosen: Sequence[tuple[Mutant, Sequence[str], float]], *, once: bool = False) -> None:
        self._chosen = chosen
        self._once = once
        self._sound: dict[tuple[bool, str, tuple[str, ...]], bool] = {}
        self.verdicts: list[str | None] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        self._warm(session, items)
        for number, (mutant, tests, seconds) in enumerate(self._chosen, start=1):
            here = [items[test] for test in tests if test in items]
            limit = int(_LONGEST + 3 * seconds)
            self.verdicts.append(self._verdict(mutant, here, limit) if here else f"{UNPROVEN}no test of the record")
            seen = f"by {self.verdicts[-1]}" if self.verdicts[-1] else f"through {len(here)} tests"
            state = "LIVES" if not self.verdicts[-1] else "?" if self.verdicts[-1].startswith(UNPROVEN) else "killed"
            sys.stdout.write(f"{number}/{len(self._chosen)} {state} {mutant}\n      {seen}\n")
            sys.stdout.flush()
        return True

    def _warm(self, session: pytest.Session, items: dict[str, pytest.Item]) -> None:
        """Runs one test of each file here, so that children find imports and what a whole session shares ready."""
        first = {test.split("::")[0]: test for _, tests, _ in self._chosen for test in reversed(tests) if test in items}
        for test in first.values():
            # after the last test nothing would be kept; the session stands for one that shares no more than it
            runtestprotocol(items[test], log=False, nextitem=session)  # type: ignore[arg-type]

    def _verdict(self, mutant: Mutant, here: Sequence[pytest.Item], limit: int) -> str | None:
        source = mutant.file.read_text(encoding="utf-8")
        changed, unchanged = mutated(source, mutant.number), ast.parse(source)
        for judged, fits in ((_swapped, mutant.within), (_loaded_anew, True)):
            verdict = _in_child(limit, lambda: judged(mutant.file, changed, here)) if fits else _UNFIT  # noqa: B023
            if verdict == _LIVED and self._once:
                return None
            if verdict in {_LIVED, _UNFIT}:
                continue
            failed = [item for item in here if item.nodeid == verdict.decode()] or here
            key = (fits, str(mutant.file), tuple(item.nodeid for item in failed))
            if key not in self._sound:
                lived = _in_child(limit, lambda: judged(mutant.file, unchanged, failed))  # noqa: B023
                self._sound[key] = lived == _LIVED
            return verdict.decode() if self._sound[key] else f"{UNPROVEN}{verdict.decode()} without the change too"
        return None


def _in_child(limit: int, work: Callable[[], bytes]) -> bytes:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(limit)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        try:
            os.write(write, work())
        except BaseException as fault:  # noqa: BLE001 - a mutant may raise anything, anywhere
            os.write(write, f"{type(fault).__name__} while loading".encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        verdict = answer.read()
    os.waitpid(child, 0)
    return verdict or b"does not end"


def _swapped(file: Path, tree: ast.Module, items: Sequence[pytest.Item]) -> bytes:
    """Runs tests as they were collected, every function of the file having its changed code."""
    name = str(file.resolve())
    codes = {(code.co_qualname, code.co_firstlineno): code for code in _codes(compile(tree, name, "exec"))}
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and function.__code__.co_filename == name:
            code = codes.get((function.__code__.co_qualname, function.__code__.co_firstlineno))
            if code is None or code.co_freevars != function.__code__.co_freevars:
                return _UNFIT
            function.__code__ = code
    for item, following in zip(items, [*items[1:], None], strict=False):
        reports = runtestprotocol(item, log=False, nextitem=following)
        if any(report.failed for report in reports):
            return item.nodeid.encode()
    return _LIVED


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _loaded_anew(file: Path, tree: ast.Module, items: Sequence[pytest.Item]) -> bytes:
    """Runs tests with every module loaded again, one of them from a changed tree."""
    for name in [name for name in sys.modules if name.split(".")[0] in {"selfeval", "tests"}]:
        if not name.startswith("tests.mutation"):
            del sys.modules[name]
    sys.meta_path.insert(0, _Finder(file, tree))
    first = _FirstFailure()
    with tempfile.TemporaryDirectory() as folder:
        options = ["-x", "-s", "-p", "no:cacheprovider", f"--basetemp={folder}/tmp"]
        code = pytest.main([*options, *(item.nodeid for item in items)], plugins=[first])
    return _LIVED if code == pytest.ExitCode.OK else (first.test or f"pytest: {code!s}").encode()


class _FirstFailure:
    def __init__(self) -> None:
        self.test = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.test = self.test or report.nodeid


class _Finder(MetaPathFinder):
    """Loads one module from a tree instead of its file."""

    def __init__(self, file: Path, tree: ast.Module) -> None:
        name = ".".join(file.with_suffix("").parts)
        self._name = name.removesuffix(".__init__")
        self._file = file.resolve()
        self._tree = tree

    def find_spec(self, fullname: str, path: object, target: ModuleType | None = None) -> ModuleSpec | None:
        del path, target
        if fullname != self._name:
            return None
        return spec_from_file_location(fullname, self._file, loader=_Loader(fullname, str(self._file), self._tree))


class _Loader(SourceFileLoader):
    def __init__(self, name: str, file: str, tree: ast.Module) -> None:
        super().__init__(name, file)
        self._tree = tree

    def get_code(self, fullname: str) -> CodeType:
        del fullname
        return compile(self._tree, self.path, "exec")
