"""What stands in several columns of one name: texts are joined and that is said, else only one of them can be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selfeval.packages.columns import letters
from selfeval.sources.blocks import Spot
from selfeval.sources.flat.head import Head
from selfeval.sources.flat.lines import Line
from selfeval.sources.imported import Account

TEXTS = frozenset({"description", "basis", "standard", "purpose", "goal"})
"""What may be said in several columns, one behind the other."""


def settled(head: Head, lines: Sequence[Line], account: Account) -> tuple[Head, list[Line]]:
    """A table with what its columns of one name say where they differ: joined, or told and left out of all its rows."""
    differ = frozenset[str]().union(*(line.several for line in lines))
    if any("budget" in line.texts for line in lines):
        differ -= {"adjusted"}  # nobody asks for it beside the budget of the year
    for name in sorted(differ & TEXTS):
        title, spot, columns = _places(head, name)
        account.infer(title, title, f"对应几列（{columns}），内容不同的合在一起", spot)
    clashes = differ - TEXTS
    for name in sorted(clashes):
        title, spot, columns = _places(head, name)
        account.report("E178", spot, what=title, columns=columns)
    if not clashes:
        return head, [*lines]
    head = replace(head, columns={at: name for at, name in head.columns.items() if name not in clashes})
    return head, [
        replace(line, head=head, texts={name: text for name, text in line.texts.items() if name not in clashes})
        for line in lines
    ]


def _places(head: Head, name: str) -> tuple[str, Spot, str]:
    """The title of the first column of a name, where it stands, and which columns there are, for a message."""
    places = head.places(name)
    spot = head.headings[places[0]].spot
    return head.title(places[0]), spot, "、".join(f"{letters(at)}列" if spot.cell else f"第{at + 1}列" for at in places)
