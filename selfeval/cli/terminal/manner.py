"""How the command that runs answers: as text or JSON, how much of it, and whether it has answered yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Manner:
    """``quiet`` tells nothing but why a command could not go on; ``full`` tells all where a page is told else.

    ``json`` is known before the command is understood: a mistyped one is answered in JSON too. ``answered`` is set
    once a document was printed, for there is never a second one. ``workspace`` is the folder as it was typed; blank
    when none was.
    """

    json: bool = False
    workspace: str = ""
    quiet: bool = False
    full: bool = False
    answered: bool = False


_manner: ContextVar[Manner] = ContextVar("manner", default=Manner())  # noqa: B039 - ``begin`` puts a new one there


def begin(arguments: Sequence[str]) -> None:
    """A new command is about to run, typed as these arguments."""
    given = dict(_given(arguments))
    _manner.set(Manner(given.get("--format") == "json", given.get("--workspace", "")))


def _given(arguments: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Options with what follows each, as ``--format json`` or ``--format=json``."""
    for one, after in zip(arguments, [*arguments, ""][1:], strict=True):
        name, sign, value = one.partition("=")
        yield name, value if sign else after


_SUGGESTED = re.compile(r"selfeval (?:rules )?+[a-z]++(?! ?(?:的|写出)|[^\n，；。）]*--workspace)", re.ASCII)
"""A suggested command, up to where its options may stand; not one that is only spoken of, or names a workspace."""


def suggested(text: str) -> str:
    """A text with the commands that it suggests as they are right here: about the workspace that was asked for."""
    folder = manner().workspace
    if not folder:
        return text
    typed = f'"{folder}"' if re.search(r"\s", folder) else folder
    return _SUGGESTED.sub(lambda found: f"{found[0]} --workspace {typed}", text)


def manner() -> Manner:
    """How the command that runs answers."""
    return _manner.get()
