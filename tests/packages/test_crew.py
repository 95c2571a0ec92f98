"""Jobs done by one process or several: the same results in the same order, whatever becomes of the others."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial

import pytest

from selfeval.packages import crew as crews
from selfeval.packages.crew import Crew, crew, workers_for

FACTOR = 3


def _times(factor: int, number: int) -> tuple[int, int]:
    return number * factor, os.getpid()


def _factor() -> int:
    return FACTOR


@pytest.mark.parametrize(("workers", "begin"), [(1, ""), (2, "fork"), (3, "fork"), (2, "spawn")])
def test_results_come_in_the_order_of_the_jobs(workers: int, begin: str) -> None:
    with crew(FACTOR, workers, _factor, begin) as team:
        found = list(team.each(_times, range(50)))
    assert [number for number, _ in found] == [number * FACTOR for number in range(50)]
    assert (os.getpid() in {process for _, process in found}) == (workers == 1)


@pytest.mark.parametrize(("large", "most"), [(False, 30), (True, 8)])
def test_only_a_few_more_are_taken_than_are_being_done(large: bool, most: int) -> None:  # noqa: FBT001
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1_000):
            taken.append(number)
            yield number

    with crew(FACTOR, 2, _factor, "fork") as team:
        results = team.each(_times, items(), large=large)
        assert len(taken) < most
        assert next(results)[0] == 0
        assert len(taken) < most
        assert [number for number, _ in results] == [number * FACTOR for number in range(1, 1_000)]


def _ends_at(number: int, own: int, _factor: int, item: int) -> int:
    if item == number and os.getpid() != own:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


@pytest.mark.parametrize("number", [0, 7, 49])
def test_what_a_process_that_died_had_taken_on_is_done_here(number: int) -> None:
    with crew(FACTOR, 2, _factor, "fork") as team:
        assert list(team.each(partial(_ends_at, number, os.getpid()), range(50))) == [*range(50)]


def _fails(_factor: int, item: int) -> int:
    if item == 5:
        raise OSError("disk")
    return item


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_job_raises_is_raised(workers: int) -> None:
    with crew(FACTOR, workers, _factor, "fork") as team, pytest.raises(OSError, match="disk"):
        list(team.each(_fails, range(9)))


def test_others_begin_only_where_that_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "way_to_begin", lambda: "spawn")
    assert workers_for(28) == 1
    assert workers_for(28, 2) == 2
    assert workers_for(1, 8) == 1
    assert workers_for(10_000) >= 1


def test_one_process_asks_for_an_item_when_it_is_done() -> None:
    given = iter(range(3))
    results = Crew(FACTOR).each(_times, given)
    assert next(results)[0] == 0
    assert next(given) == 1
