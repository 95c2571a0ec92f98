"""Digits above or below the line (15¹, 10⁴): a text alone runs them together with those beside them, as 151 and 104."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

Run = tuple[str, bool]
"""A piece of a text, and whether it stands above or below the line."""
_RAISED = frozenset({"superscript", "subscript"})
_CLOSING = frozenset("）)】］]”’》")


def is_raised(attributes: Mapping[str, str]) -> bool:
    """Whether the element that says where a text stands puts it above or below the line."""
    return attributes.get("val") in _RAISED


class Runs:
    """The runs of one text of a workbook, told element by element. What says nothing of itself is as its cell."""

    def __init__(self) -> None:
        self._runs: list[tuple[list[str], bool | None]] = []
        self._beside = False  # in what is said of a text: how it is spoken
        self.rich = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element inside the text begins."""
        if name == "rPh":
            self._beside = True
        elif name == "r":
            self._runs.append(([], None))
        elif name in {"rPr", "vertAlign"} and self._runs:
            self.rich = True
            pieces, raised = self._runs[-1]
            self._runs[-1] = (pieces, bool(raised) or (name == "vertAlign" and is_raised(attributes)))

    def end(self, name: str) -> None:
        """An element inside the text ends; what comes outside of any run is as its cell."""
        if name == "rPh":
            self._beside = False
        elif name == "r":
            self._runs.append(([], None))

    def text(self, text: str) -> None:
        """Characters."""
        if not self._beside:
            if not self._runs:
                self._runs.append(([], None))
            self._runs[-1][0].append(text)

    def doubtful(self, *, cell: bool) -> bool:
        """Whether digits may run together, in a cell whose own font is raised or not."""
        if not self.rich:
            return False
        return run_together(("".join(pieces), cell if raised is None else raised) for pieces, raised in self._runs)


def run_together(runs: Iterable[Run]) -> bool:
    """Whether digits above or below the line stand beside others, or where a number begins.

    Behind a word they are an exponent (m²), an index (CO₂) or the mark of a note, and read as if typed there. A text
    that is raised as a whole has only an odd font.
    """
    seen = [run for run in runs if run[0].strip()]
    parts = [("".join(text for text, _ in group), raised) for raised, group in groupby(seen, lambda run: run[1])]
    return len(parts) > 1 and any(_is_doubtful(parts, at) for at, (_, raised) in enumerate(parts) if raised)


def _is_doubtful(parts: Sequence[Run], at: int) -> bool:
    if not any(character.isnumeric() for character in parts[at][0]):
        return False
    before = parts[at - 1][0].rstrip() if at else ""
    after = parts[at + 1][0].lstrip() if at + 1 < len(parts) else ""
    return not _ends_word(before) or after[:1].isnumeric()


def _ends_word(text: str) -> bool:
    last = text[-1:]
    return last in _CLOSING if not last.isalpha() else not last.isnumeric()
