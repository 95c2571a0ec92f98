"""Reworded targets: a plain text with what was done to get it, and the steps by which one comes to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from selfeval.domain.reading.vocabulary import Vocabulary

SIGNS = "≥≧⩾≤≦⩽<>=≮≯"


@dataclass(frozen=True)
class Reworded:
    """A target's plain text; ``label``: the words taken off before its number, which tell what it counts.

    ``said``: what was done, in short clauses; ``strict``: a remark says that the number itself does not count;
    ``wanted``: why no rule should read it, as what is wanted instead (blank: nothing is against it).
    """

    text: str
    label: str = ""
    said: tuple[str, ...] = ()
    strict: bool = False
    wanted: str = ""

    def to(self, text: str, said: str = "", *, label: str = "") -> Reworded:
        """The same with another text, and what was done to get it."""
        return replace(self, text=text, said=(*self.said, said) if said else self.said, label=f"{self.label}{label}")


@dataclass(frozen=True)
class Under:
    """What a target is reworded by: the indicator's name, and the words of a rulebook."""

    name: str
    words: Vocabulary


@dataclass(frozen=True)
class Written:
    """A step: how a whole target may be written, its plain text, and what to say of it; or what is ``wanted``.

    ``text`` and ``said`` are templates over the groups of the pattern, of which ``label`` is taken for a label.
    """

    pattern: str
    text: str = ""
    said: str = ""
    wanted: str = ""

    def __call__(self, found: Reworded, under: Under) -> Reworded:
        """Take the step."""
        match = under.words.pattern(self.pattern).fullmatch(found.text)
        if match is None:
            return found
        if self.wanted:
            return replace(found, wanted=self.wanted)
        label = match["label"] if "label" in match.groupdict() else ""
        return found.to(match.expand(self.text), match.expand(self.said), label=label)


Step = Callable[[Reworded, Under], Reworded]
"""What is done to a target where it is written so; any other it leaves as it is."""
