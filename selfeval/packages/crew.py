"""Many like jobs, done by this process or by several at once: whoever asks sees no difference but the time.

Results come in the order of the jobs. Only a few more jobs are handed out than are being done, so that memory stays
flat however many there are. What a process that died had taken on is done here.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from typing import Any, Generic, TypeVar

S = TypeVar("S")
A = TypeVar("A")
B = TypeVar("B")

_PART = 2
"""Jobs handed out together."""
_AHEAD = 4
"""Parts handed out for each process: one is being done, the others wait."""
_MOST = 61
"""Processes at most, which is as many as Windows lets one wait for."""
_PAYS = {"fork": 8, "spawn": 120}
"""From how many jobs other processes pay, by how they begin: a copy of this one at once, or one that loads all anew.

Measured with projects that take some 50 ms each: a copy takes 30 ms to begin, a new one 900 ms.
"""

_shared: Any = None
"""What all jobs of this process read, once it was begun as one of several."""


def way_to_begin() -> str:
    """How other processes begin here. A copy is safe only where nothing else is going on in this process."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def workers_for(jobs: int, wanted: int | None = None) -> int:
    """How many processes so many jobs are given to: as many as are ``wanted``, else one a core where that pays."""
    if wanted is not None:
        return max(1, min(wanted, jobs, _MOST))
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return 1 if jobs < _PAYS[way_to_begin()] else min(cores, jobs, _MOST)


class LostError(Exception):
    """What was handed out does not come back: it is done here."""


class Others(ABC):
    """Other processes that do jobs: those of this machine, or of a cluster.

    Of jobs, ``part`` are handed out together, and ``ahead`` parts at a time.
    """

    part = _PART

    @property
    @abstractmethod
    def ahead(self) -> int:
        """How many parts are handed out at a time, at least one; some are being done and the others wait."""

    @abstractmethod
    def give(self, job: Callable[[Any, A], B], part: list[A]) -> Future[Any]:
        """Hand out a part. Raises LostError."""

    @abstractmethod
    def take(self, future: Future[Any]) -> list[Any]:
        """The results of a part that was handed out, once they are there. Raises LostError, and what a job raised."""

    def sure(self, _result: object) -> bool:
        """Whether a result is that which this process would come to; if not, the job is done here."""
        return True


class _Pool(Others):
    """Processes of this machine."""

    def __init__(self, executor: Executor, workers: int) -> None:
        self._executor, self._workers = executor, workers

    @property
    def ahead(self) -> int:
        return _AHEAD * self._workers

    def give(self, job: Callable[[Any, A], B], part: list[A]) -> Future[Any]:
        try:
            return self._executor.submit(_all_of, job, part)
        except BrokenProcessPool:
            raise LostError from None

    def take(self, future: Future[Any]) -> list[Any]:
        try:
            return list(future.result())
        except BrokenProcessPool:  # one was ended from outside, for want of memory or by hand
            raise LostError from None


class Crew(Generic[S]):
    """Who does jobs. ``shared`` is what all of them read, here and in every other process."""

    def __init__(self, shared: S, others: Others | None = None) -> None:
        self._own = shared
        self._others = others

    def each(self, job: Callable[[S, A], B], items: Iterable[A], *, large: bool = False) -> Iterator[B]:
        """The result of a job for each item, in order; other processes begin at once. What a job raises is raised.

        Of ``large`` items one is handed out at a time, and half as many.
        """
        if self._others is None:
            return (job(self._own, item) for item in items)
        others, taken = self._others, iter(items)
        count = 1 if large else others.part
        parts = iter(lambda: list(islice(taken, count)), [])

        def ahead() -> int:
            return max(1, others.ahead // 2) if large else others.ahead

        waiting = deque(self._given(others, job, part) for part in islice(parts, ahead()))
        return self._in_order(others, job, parts, waiting, ahead)

    def _in_order(
        self,
        others: Others,
        job: Callable[[S, A], B],
        parts: Iterator[list[A]],
        waiting: deque[tuple[list[A], Future[Any] | None]],
        ahead: Callable[[], int],
    ) -> Iterator[B]:
        while waiting:
            part, future = waiting.popleft()
            yield from self._done(others, job, part, future)
            more = max(0, ahead() - len(waiting))  # there may be more processes now than before, or fewer
            waiting += (self._given(others, job, one) for one in islice(parts, more))

    @staticmethod
    def _given(others: Others, job: Callable[[S, A], B], part: list[A]) -> tuple[list[A], Future[Any] | None]:
        """A part with its future; None where nobody takes it."""
        try:
            return part, others.give(job, part)
        except LostError:
            return part, None

    def _done(self, others: Others, job: Callable[[S, A], B], part: list[A], future: Future[Any] | None) -> Iterator[B]:
        try:
            results = None if future is None else others.take(future)
        except LostError:
            results = None
        if results is None:
            yield from (job(self._own, item) for item in part)
            return
        for item, result in zip(part, results, strict=True):
            yield result if others.sure(result) else job(self._own, item)


@contextmanager
def crew(shared: S, workers: int, make: Callable[[], S], begin: str = "") -> Iterator[Crew[S]]:
    """So many processes, which end with the block; one is this process alone.

    ``make`` makes ``shared`` anew where a process cannot begin as a copy of this one; it must be picklable, as jobs and
    items must. ``begin``: how they begin (fork, spawn); blank: as is best here.
    """
    if workers <= 1:
        yield Crew(shared)
        return
    way = begin or way_to_begin()
    given = (shared, None) if way == "fork" else (None, make)
    others = ProcessPoolExecutor(workers, get_context(way), _begin, given)
    try:
        others.submit(int)  # copies are made now, while nothing else is going on
        yield Crew(shared, _Pool(others, workers))
    finally:
        others.shutdown(cancel_futures=True)


def _begin(shared: object, make: Callable[[], object] | None) -> None:
    """Begin as one of several processes: this one ends when the first does, and leaves Ctrl-C to it."""
    global _shared  # noqa: PLW0603 - a process has no other place that outlives a call
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _shared = shared if make is None else make()


def _end_with_parent() -> None:
    first = parent_process()
    if first is not None:
        connection.wait([first.sentinel])
        os._exit(1)


def _all_of(job: Callable[[Any, A], B], part: list[A]) -> list[B]:
    return [job(_shared, item) for item in part]
