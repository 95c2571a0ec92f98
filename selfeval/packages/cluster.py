"""Many like jobs, done by a Dask cluster: the same as by processes of this machine (``crew``), on several machines.

Only this file knows Dask, and loads it when a cluster is asked for. What goes to a worker and comes back are pickled
bytes, so that neither Dask nor the scheduler ever looks into them. A worker that is not the same program, or has not
the same files, ends the run; whatever else a worker does not do is done here.
"""

from __future__ import annotations

import logging
import pickle
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from time import monotonic
from typing import Any, Generic, TypeVar

from selfeval.packages.crew import Crew, LostError, Others

A = TypeVar("A")
B = TypeVar("B")
S = TypeVar("S")

NEEDED = '没有安装 Dask，不能用集群；请先运行 pip install "selfeval[cluster]"'
"""What is said where it is not installed."""
MISTYPED = "--scheduler 后面应为 Dask 调度进程的地址，如 tcp://10.0.0.1:8786（用 TLS 加密的，tls://10.0.0.1:8786）"
"""What is said of what is no address."""
_ADDRESS = re.compile(r"(?:tcp|tls)://(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}/?")

_PART = 16
"""Jobs handed out together: they take far longer than the way to a worker and back."""
_AHEAD = 3
"""Parts handed out for each worker: one is being done, the others wait there."""
_CONNECT = 10
"""Seconds until nobody is taken to answer at an address."""
_LOOK = 2.0
"""Seconds between two looks at how many workers there are."""
_PATIENCE = 5.0
"""Seconds that are waited for a worker where there is none."""
_LONGEST = 600.0
"""Seconds that a part is waited for: a worker that hangs, or that Dask has stopped for want of memory, says nothing."""
_KEPT = 4
"""Runs at most whose shared things a worker keeps."""

_LOUD = ("distributed", "distributed.client", "distributed.core", "distributed.comm", "tornado.application")
"""What writes to the terminal what is said here in our own words."""


_GONE = "与集群的连接断开了，或者没有工作进程在做了"


class ClusterError(Exception):
    """Why a cluster cannot be used, in Chinese."""


@dataclass(frozen=True)
class Terms(Generic[S]):
    """What a worker must agree with: ``facts`` gives there what it gives here; ``make`` makes ``shared`` anew.

    Both are picklable; ``make`` raises ClusterError where that cannot be the same. ``unlike`` says what to do where a
    fact is not the same. ``sure``: whether a result that came from a worker is taken (``Others.sure``).
    """

    facts: Callable[[], Mapping[str, str]]
    make: Callable[[], S]
    unlike: str
    sure: Callable[[object], bool]


def can_join() -> bool:
    """Whether Dask's part for clusters is installed."""
    return find_spec("distributed") is not None


def is_address(text: str) -> bool:
    """Whether a text is the address of a scheduler; whether it is there, nobody knows before it is asked."""
    return _ADDRESS.fullmatch(text) is not None


@contextmanager
def cluster(address: str, shared: S, terms: Terms[S], tell: Callable[[str], None]) -> Iterator[Crew[S]]:
    """The workers of a cluster, whose scheduler is at ``address``; nothing of the run is left there after the block.

    ``tell`` is told, in Chinese, what takes time or is done otherwise than asked for. Raises ClusterError, here and
    whenever a worker does not agree with the terms.
    """
    client = _joined(address)
    try:
        others = _ready(client, address, terms, tell)
        try:
            yield Crew(shared, others)
        finally:
            others.end()
    finally:
        with suppress(Exception):
            client.close(timeout=_LOOK)


def _joined(address: str) -> Any:  # noqa: ANN401 - Dask's client
    if not can_join():
        raise ClusterError(NEEDED)
    from distributed import Client  # noqa: PLC0415 - an extra

    class Ours(Client):  # type: ignore[misc,unused-ignore]
        def __del__(self) -> None:
            """Nothing: ours is closed in time, and one that could not be made waits for itself to be closed."""

    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        return Ours(address, timeout=_CONNECT, set_as_default=False)
    except Exception:  # noqa: BLE001 - a name that nobody knows, no answer, another program there: each raises its own
        hint = "请核对地址，确认调度进程（dask scheduler）已经启动、网络可以连通，两边的 Dask 是同一版本"
        hint += "、本机设好了证书" if address.startswith("tls") else ""
        raise ClusterError(f"连不上 {address}。{hint}") from None


def _ready(client: Any, address: str, terms: Terms[Any], tell: Callable[[str], None]) -> _Workers:  # noqa: ANN401
    """The workers, once there are some and all agree."""
    try:
        _wait_for_workers(client, address, tell)
        _all_agree(client, terms)
        return _Workers(client, terms, tell)
    except ClusterError:
        raise
    except Exception:  # noqa: BLE001 - the scheduler is gone, which says itself in many ways
        raise ClusterError(f"与集群 {address} 的连接断开了") from None


def _wait_for_workers(client: Any, address: str, tell: Callable[[str], None]) -> None:  # noqa: ANN401
    if not client.nthreads():
        tell(f"集群 {address} 里还没有工作进程（dask worker），最多等{_PATIENCE:.0f}秒……")
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise ClusterError(f"集群 {address} 里没有工作进程。请先在每台电脑上运行 dask worker {address}") from None
    if any(count > 1 for count in client.nthreads().values()):
        tell("有的工作进程开了几个线程，只用得上一个；要用上所有的核，启动时写 --nworkers 核数 --nthreads 1。")


def _all_agree(client: Any, terms: Terms[Any]) -> None:  # noqa: ANN401 - Dask's client
    """Raises ClusterError where the scheduler, or a worker that is there now, is not the same; all are named.

    The scheduler does no job, but has to know Dask and the names of ours.
    """
    try:
        scheduler: object = client.run_on_scheduler(_own, dict)
    except Exception as error:  # noqa: BLE001 - whatever keeps it from saying what it is
        scheduler = error
    here, workers = _own(terms.facts), client.run(_own, terms.facts, on_error="return")
    told = [("调度进程", _unlike(_own(dict), scheduler)), *((who, _unlike(here, it)) for who, it in workers.items())]
    wrong = "；".join(f"{who}：{said}" for who, said in told if said)
    if wrong:
        raise ClusterError(_disagreement(wrong, terms.unlike))


def _own(facts: Callable[[], Mapping[str, str]]) -> Mapping[str, str]:
    """The facts of this process."""
    return {**facts(), "distributed": version("distributed")}


def _unlike(here: Mapping[str, str], there: object) -> str:
    """What another process is or has otherwise, in Chinese; blank: nothing, or it has gone away just now."""
    if isinstance(there, OSError):
        return ""
    if not isinstance(there, Mapping):
        return "没有安装 selfeval，或者版本不同"
    return "、".join(
        f"{name}是“{there.get(name, '')}”，本机是“{mine}”" for name, mine in here.items() if there.get(name) != mine
    )


def _disagreement(wrong: str, cure: str) -> str:
    return f"集群与本机不一致，没有评分：{wrong}。{cure}"


class _Workers(Others):
    """The workers of a cluster. Those that come or go while it is used are noticed."""

    part = _PART

    def __init__(self, client: Any, terms: Terms[Any], tell: Callable[[str], None]) -> None:  # noqa: ANN401 - Dask's
        self._client, self._executor = client, client.get_executor(pure=False)
        self._terms = pickle.dumps((terms.facts, _own(terms.facts), terms.make))
        self._unlike, self._sure, self._tell = terms.unlike, terms.sure, tell
        self._count, self._looked, self._seen = 1, 0.0, monotonic()
        self._stuck = self._told = False

    @property
    def ahead(self) -> int:
        return _AHEAD * max(1, self._there())

    def _there(self) -> int:
        """How many workers there are."""
        now = monotonic()
        if self._client.status != "running":
            return 0
        if now > self._looked + _LOOK:
            try:
                self._count = len(self._client.nthreads())
            except Exception:  # noqa: BLE001 - the scheduler is gone, which says itself in many ways
                self._count = 0
            self._looked = now
            self._seen = now if self._count else self._seen
        return self._count

    @property
    def _lost(self) -> bool:
        """Whether there is nobody any more: no scheduler, no worker for a while, or none that does anything."""
        gone = not self._there() and monotonic() > self._seen + _PATIENCE
        return gone or self._stuck or self._client.status != "running"

    def give(self, job: Callable[[Any, A], B], part: list[A]) -> Future[Any]:
        if self._lost:
            raise self._told_lost(_GONE)
        try:
            given: Future[Any] = self._executor.submit(_done_there, self._terms, pickle.dumps((job, part)))
        except Exception:  # noqa: BLE001 - it was lost just now
            raise self._told_lost(_GONE) from None
        return given

    def take(self, future: Future[Any]) -> list[Any]:
        began = monotonic()
        while not wait([future], timeout=_LOOK).done:
            self._stuck = self._stuck or monotonic() > began + _LONGEST
            if self._lost:
                future.cancel()
                raise self._told_lost(_GONE)
        try:
            results: list[Any] = pickle.loads(future.result())  # noqa: S301 - made by a worker of ours
        except ClusterError as error:
            raise ClusterError(_disagreement(str(error), self._unlike)) from None
        except CancelledError:  # with the connection
            raise self._told_lost(_GONE) from None
        except Exception as error:  # noqa: BLE001 - workers killed, a full disk there, whatever: done here
            raise self._told_lost(f"工作进程没有完成（{type(error).__name__}）") from None
        return results

    def sure(self, result: object) -> bool:
        return self._sure(result)

    def _told_lost(self, why: str) -> LostError:
        if not self._told:
            self._told = True
            self._tell(f"{why}，没有做完的由本机继续做，结果不受影响。")
        return LostError()

    def end(self) -> None:
        """Nothing that was handed out is left there."""
        with suppress(Exception):
            self._executor.shutdown(wait=False)


_doing = threading.Lock()
"""One part at a time: threads of a worker would only stand in one another's way."""
_kept: dict[bytes, Any] = {}
"""What is shared, by the terms of the run."""


def _done_there(terms: bytes, given: bytes) -> bytes:
    """Of a worker: the results of a part. Raises ClusterError where it does not agree with the terms."""
    with _doing:
        shared = _shared_by(terms)
        job, part = pickle.loads(given)  # noqa: S301 - who can send this can have anything done
        return pickle.dumps([job(shared, item) for item in part])


def _shared_by(terms: bytes) -> Any:  # noqa: ANN401 - whatever the run shares
    if terms not in _kept:
        from distributed import get_worker  # noqa: PLC0415 - an extra

        try:
            made = _agreed(*pickle.loads(terms))  # noqa: S301 - who can send this can have anything done
        except ClusterError as error:
            raise ClusterError(f"{get_worker().address}：{error}") from None
        while len(_kept) >= _KEPT:
            del _kept[next(iter(_kept))]
        _kept[terms] = made
    return _kept[terms]


def _agreed(facts: Callable[[], Mapping[str, str]], here: Mapping[str, str], make: Callable[[], S]) -> S:
    """What is shared, where this process is the same as the one that gives the jobs. Raises ClusterError."""
    wrong = _unlike(here, _own(facts))
    if wrong:
        raise ClusterError(wrong)
    return make()
