"""``-h`` and ``--help``: whatever stands beside them, the help is what was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

_ASKS = re.compile("--help|-[a-z]*h[a-z]*", re.ASCII)


def for_help(arguments: Sequence[str], program: Any) -> list[str]:  # noqa: ANN401 - typer's group class is private
    """The arguments, or, where help is asked for anywhere among them, those that ask for that of the command named.

    A value behind ``--`` asks for nothing. A command that there is not stays, and is told.
    """
    given = list(takewhile(lambda one: one != "--", arguments))
    if not any(map(_ASKS.fullmatch, given)):
        return list(arguments)
    return [*_command([one for one in given if not one.startswith("-")], program), "--help"]


def _command(words: list[str], group: Any) -> Iterator[str]:  # noqa: ANN401
    """The command among the words, with the group that it is in."""
    known = getattr(group, "commands", {})
    named = next((word for word in words if word in known), words[0] if words and known else None)
    if named is not None:
        yield named
        yield from _command(words[words.index(named) + 1 :], known.get(named))
