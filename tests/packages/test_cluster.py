"""Jobs done by a real cluster: the results of one process, whatever becomes of the workers and the scheduler."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from functools import partial
from pathlib import Path

import pytest

from selfeval.packages import cluster as clusters
from selfeval.packages.cluster import ClusterError, Terms, can_join, cluster, is_address
from selfeval.packages.crew import Crew
from tests.clusters import Cluster, started

pytestmark = pytest.mark.xdist_group("dask")

FACTOR = 3
Said = list[str]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of two, and little patience."""
    monkeypatch.setattr(clusters._Workers, "part", 2)
    monkeypatch.setattr(clusters, "_LOOK", 0.2)
    monkeypatch.setattr(clusters, "_PATIENCE", 0.4)
    monkeypatch.setattr(clusters, "_CONNECT", 1)


def _same() -> dict[str, str]:
    return {"版本": "1"}


def _factor() -> int:
    return FACTOR


def _always(_result: object) -> bool:
    return True


TERMS = Terms(_same, _factor, "重新安装", _always)


def _at(address: str, said: Said | None = None, terms: Terms[int] = TERMS) -> AbstractContextManager[Crew[int]]:
    return cluster(address, FACTOR, terms, ([] if said is None else said).append)


def _times(factor: int, number: int) -> tuple[int, int]:
    return number * factor, os.getpid()


def test_results_come_in_the_order_of_the_jobs_and_nothing_stays(dask: Cluster) -> None:
    taken: list[int] = []
    said: Said = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with _at(dask.address, said) as crew:
        results = crew.each(_times, items())
        first = next(results)
        assert len(taken) <= 2 * 2 * clusters._AHEAD + 2
        found = [first, *results]
    assert [number for number, _ in found] == [number * FACTOR for number in range(100)]
    assert {process for _, process in found} <= {worker.pid for worker in dask.workers}
    assert said == []
    assert dask.tasks() == 0


def test_what_is_stopped_in_the_middle_leaves_nothing_there(dask: Cluster) -> None:
    with suppress(KeyboardInterrupt), _at(dask.address) as crew:
        next(crew.each(_times, range(100)))
        raise KeyboardInterrupt
    assert dask.tasks() == 0


def _fails(_factor: int, item: int) -> int:
    if item == 5:
        raise OSError("disk")
    return item


def test_what_a_job_raises_is_raised(dask: Cluster) -> None:
    with _at(dask.address) as crew, pytest.raises(OSError, match="disk"):
        list(crew.each(_fails, range(9)))


def _fails_there(own: int, _factor: int, item: int) -> int:
    if os.getpid() != own:
        raise OSError("a full disk there")
    return item


def test_what_a_worker_cannot_do_is_done_here_and_said_once(dask: Cluster) -> None:
    said: Said = []
    with _at(dask.address, said) as crew:
        assert list(crew.each(partial(_fails_there, os.getpid()), range(9))) == [*range(9)]
    assert said == ["工作进程没有完成（OSError），没有做完的由本机继续做，结果不受影响。"]


def _odd(result: object) -> bool:
    return isinstance(result, tuple) and result[0] % 2 == 1


def test_a_result_that_is_in_doubt_is_made_here(dask: Cluster) -> None:
    with _at(dask.address, terms=Terms(_same, _factor, "", _odd)) as crew:
        found = list(crew.each(_times, range(10)))
    assert [number for number, _ in found] == [number * FACTOR for number in range(10)]
    assert [process == os.getpid() for _, process in found] == [True, False] * 5


def _who() -> dict[str, str]:
    return {"版本": "1", "进程": str(os.getpid())}


def test_workers_that_are_not_the_same_are_named(dask: Cluster) -> None:
    with pytest.raises(ClusterError) as refused, _at(dask.address, terms=Terms(_who, _factor, "重新安装", _always)):
        pass
    said = str(refused.value)
    for worker in dask.workers:
        assert f"：进程是“{worker.pid}”，本机是“{os.getpid()}”" in said
    assert said.startswith("集群与本机不一致，没有评分：tcp://127.0.0.1:")
    assert said.endswith("。重新安装")
    assert "版本" not in said


def _changed() -> int:
    raise ClusterError("目标表不同")


def test_a_worker_that_has_other_files_ends_it(dask: Cluster) -> None:
    terms = Terms(_same, _changed, "重新评分", _always)
    with pytest.raises(ClusterError) as refused, _at(dask.address, terms=terms) as crew:
        list(crew.each(_times, range(9)))
    assert str(refused.value).startswith("集群与本机不一致，没有评分：tcp://127.0.0.1:")
    assert str(refused.value).endswith("：目标表不同。重新评分")
    assert dask.tasks() == 0


def _ends_once(number: int, mark: Path, _factor: int, item: int) -> int:
    if item == number and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def test_workers_and_scheduler_may_die(tmp_path: Path) -> None:
    """First one worker, then the other, at last the scheduler; and a run that begins without any worker."""
    with started(tmp_path) as there:
        said: Said = []
        with _at(there.address, said) as crew:
            assert list(crew.each(partial(_ends_once, 7, tmp_path / "one"), range(40))) == [*range(40)]
        assert said == []
        with _at(there.address, said) as crew:
            assert list(crew.each(partial(_ends_once, 7, tmp_path / "two"), range(40))) == [*range(40)]
        assert said == ["与集群的连接断开了，或者没有工作进程在做了，没有做完的由本机继续做，结果不受影响。"]
        assert {worker.poll() for worker in there.workers} == {-signal.SIGKILL}
        with pytest.raises(ClusterError, match=r"里没有工作进程。请先在每台电脑上运行 dask worker tcp:"):
            _at(there.address, said).__enter__()
        assert said[1:] == [f"集群 {there.address} 里还没有工作进程（dask worker），最多等0秒……"]


def _halts(own: int, _factor: int, item: int) -> int:
    if item == 3 and os.getpid() != own:
        os.kill(os.getpid(), signal.SIGSTOP)
    return item


def test_a_worker_may_hang_and_the_scheduler_may_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = "与集群的连接断开了，或者没有工作进程在做了，没有做完的由本机继续做，结果不受影响。"
    said: Said = []
    with started(tmp_path, 1) as there:
        monkeypatch.setattr(clusters, "_LONGEST", 0.4)
        with _at(there.address, said) as crew:
            assert list(crew.each(partial(_halts, os.getpid()), range(40))) == [*range(40)]
        there.workers[0].send_signal(signal.SIGCONT)
        assert said == [gone]
        said.clear()
        monkeypatch.setattr(clusters, "_LONGEST", 5)
        with _at(there.address, said) as crew:
            results = crew.each(_times, range(60))
            found = [next(results)]
            there.scheduler.kill()
            found += results
        assert [number for number, _ in found] == [number * FACTOR for number in range(60)]
        assert found[-1][1] == os.getpid()
        assert said == [gone]
        with pytest.raises(ClusterError, match="连不上"):
            _at(there.address, said).__enter__()


@pytest.mark.parametrize("text", ["tcp://10.0.0.1:8786", "tls://node-1.example:8786", "tcp://[::1]:8786"])
def test_an_address_is_known(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize("text", ["", "10.0.0.1:8786", "tcp://10.0.0.1", "http://a:80", "tcp://a b:80", "tcp://a:x"])
def test_what_is_no_address_is_known(text: str) -> None:
    assert not is_address(text)


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "find_spec", lambda _name: None)
    assert not can_join()
    with pytest.raises(ClusterError, match=r'pip install "selfeval\[cluster\]"'):
        _at("tcp://127.0.0.1:1").__enter__()
