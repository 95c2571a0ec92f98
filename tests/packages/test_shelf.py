"""Rows set aside are had again, whole and by columns, in memory and in a file, here and in a copy of the process."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfeval.packages import shelf

values = st.one_of(st.none(), st.text(max_size=5), st.floats(allow_nan=False), st.integers())


@given(st.lists(st.tuples(values, values, values), max_size=40), st.integers(1, 4), st.integers(0, 3))
@settings(deadline=None)
def test_rows_come_out_as_they_were_put_in(rows: list[shelf.Row], block: int, in_memory: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shelf, "_BLOCK", block)
        patched.setattr(shelf, "_IN_MEMORY", in_memory)
        patched.setattr(shelf, "_AT_HAND", 1)
        kept = _kept(rows)
        assert [*kept] == rows
        assert len(kept) == len(rows)
        assert [kept[at] for at in reversed(range(len(rows)))] == rows[::-1]
        assert [*kept.picked([2, 0])] == [(row[2], row[0]) for row in rows]
        for beyond in (len(rows), -len(rows) - 1):
            with pytest.raises(IndexError):
                kept[beyond]


def test_without_room_on_the_disk_they_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_options: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    monkeypatch.setattr(shelf, "_BLOCK", 2)
    monkeypatch.setattr(shelf, "_IN_MEMORY", 0)
    rows = [(number, str(number)) for number in range(9)]
    assert [*_kept(rows)] == rows


_large = shelf.Shelf()


def _sum_of(part: int) -> int:
    return sum(number for number, _ in (_large[at] for at in range(part, len(_large), 4)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes do not begin as copies here")
def test_copies_of_the_process_read_beside_one_another() -> None:
    for number in range(20_000):
        _large.append((number, "甲" * (number % 7)))
    with ProcessPoolExecutor(4, get_context("fork")) as others:
        assert sum(others.map(_sum_of, range(4))) == sum(range(20_000))


def _kept(rows: list[shelf.Row]) -> shelf.Shelf:
    kept = shelf.Shelf()
    for row in rows:
        kept.append(row)
    return kept
