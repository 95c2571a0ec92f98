"""What the catalogue says of one code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ProblemText:
    """A code's short title, its message and its cure; ``{…}`` are facts of the case."""

    title: str
    message: str
    remedy: str


def entries(text: str) -> dict[str, ProblemText]:
    """Entries by code, from three lines each: code and title, then the message, then the cure."""
    lines = iter(text.strip().splitlines())
    triples = zip(lines, lines, lines, strict=True)
    heads = ((*head.split(" ", 1), text.strip(), cure.strip()) for head, text, cure in triples)
    return {code: ProblemText(title, message, remedy) for code, title, message, remedy in heads}
