"""How the command that runs answers: as text or JSON, how much of it, and whether it has answered yet."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Manner:
    """``quiet`` tells nothing but why a command could not go on; ``full`` tells all where a page is told else.

    ``json`` is known before the command is understood: a mistyped one is answered in JSON too. ``answered`` is set
    once a document was printed, for there is never a second one.
    """

    json: bool = False
    quiet: bool = False
    full: bool = False
    answered: bool = False


_manner: ContextVar[Manner] = ContextVar("manner", default=Manner())  # noqa: B039 - ``begin`` puts a new one there


def begin(arguments: Sequence[str]) -> None:
    """A new command is about to run, typed as these arguments."""
    following = zip(arguments, [*arguments, ""][1:], strict=True)
    asked = any(one == "--format=json" or (one, after) == ("--format", "json") for one, after in following)
    _manner.set(Manner(json=asked))


def manner() -> Manner:
    """How the command that runs answers."""
    return _manner.get()
