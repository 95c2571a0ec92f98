"""A document as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selfeval.packages.documents.model import Grid, Heading, Part

# an underscore inside a word (in_force) is no emphasis
_MARKUP = re.compile(r"[*`]|(?<!\w)_|_(?!\w)|^#", re.MULTILINE)


def as_markdown(parts: Iterable[Part]) -> str:
    """The document as text, one blank line between its parts."""
    return "\n\n".join(_part(one) for one in parts) + "\n"


def _part(part: Part) -> str:
    if isinstance(part, Heading):
        return f"{'#' * (part.level + 1)} {part.text}"
    if isinstance(part, Grid):
        rule = ["---"] * len(part.headings)
        return "\n".join(_line(row) for row in (part.headings, rule, *part.rows))
    return _escaped(part.text)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_escaped(cell).replace("|", "\\|").replace("\n", "<br>") for cell in cells) + " |"


def _escaped(text: str) -> str:
    """What Markdown or HTML would take for markup is shown as it is."""
    return _MARKUP.sub(r"\\\g<0>", text.replace("<", "&lt;").replace(">", "&gt;"))
