"""What is remembered is made once while it is short, and never kept when it is long."""

from __future__ import annotations

import pytest

from selfeval.packages.remembered import remembered


def test_short_ones_are_made_once_and_long_ones_each_time() -> None:
    made: list[bytes] = []

    @remembered(most=2, longest=4)
    def doubled(part: bytes) -> bytes:
        made.append(part)
        return part * 2

    assert [doubled(b"ab"), doubled(b"ab"), doubled(part=b"cd")] == [b"abab", b"abab", b"cdcd"]
    assert [doubled(b"longer"), doubled(b"longer")] == [b"longerlonger"] * 2
    assert made == [b"ab", b"cd", b"longer", b"longer"]


def test_what_is_raised_is_raised_again() -> None:
    calls: list[str] = []

    @remembered(most=2, longest=4)
    def refuse(name: str) -> str:
        calls.append(name)
        raise ValueError(name)

    for _ in range(2):
        with pytest.raises(ValueError, match="a"):
            refuse("a")
    assert calls == ["a", "a"]
