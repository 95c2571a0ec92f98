"""Unknown keys: what each was meant to be, and which of the keys that a part lacks it stands for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from selfeval.rulebook.text.nodes import IDENTITIES, Block, Items, Node, Scalar
from selfeval.rulebook.text.suggesting import alike, best_of, hint_of, spoilt

_WORD = re.compile(r"[a-z_]+")
_AGAIN = 0.85  # so near is what was written twice


@dataclass(frozen=True)
class Known:
    """A key that a part may have: its title and hint, whether it takes a list, and what its own part may have."""

    title: str
    hint: str = ""
    listed: bool | None = None
    below: Collection[str] = ()


@dataclass(frozen=True)
class Unknown:
    """What to say of an unknown key, and the lacking key that it stands for; both may be blank."""

    near: str
    stands_for: str = ""


def meant(
    key: str, node: Block, known: Mapping[str, Known], lacking: Collection[str], rivals: Collection[str]
) -> Unknown:
    """What an unknown ``key`` of a part was meant to be.

    ``known``: the keys of the part, and the first keys of those that it could be instead; ``lacking``: those that must
    be written and are not; ``rivals``: the first keys of other parts, which cannot stand beside that of this one.
    """
    if key in rivals:
        return Unknown(f"，“{key}”和“{next(iter(known))}”只能写一个，各写一项")
    if fault := spoilt(key):
        return Unknown(fault, next((other for other in known if key.startswith(other)), ""))
    # what the author's own file may still write, whatever a parent has written already
    mine = {other for other, mark in node.keys.items() if mark.file == node.keys[key].file}
    free = {other: said for other, said in known.items() if other not in mine}
    value = node.entries[key]
    fitting = {other: said.title for other, said in free.items() if _fits(value, said)}
    titles = {other: said.title for other, said in free.items()}
    found = best_of(key, fitting) or best_of(key, titles)
    first = next(iter(lacking), "")
    named = isinstance(value, Scalar) and (value.blank or (not found and value.text.isdecimal()))
    if named and first in IDENTITIES:
        return Unknown(f"，是否应为“{first}: {key}”？", first)
    again = next((other for other in mine & known.keys() if _again(key, other, known[other].title)), "")
    if again and not found:
        return Unknown(f"，“{again}”在第{node.keys[again].line}行已经写了")
    owners = [] if found else [other for other, said in known.items() if key in said.below]
    owners = [other for other in owners if other in lacking] or owners
    if len(owners) == 1:
        return Unknown(f"，“{key}”是“{owners[0]}”的下一层，前面要多空两格", owners[0])
    holding = [other for other, said in free.items() if not key.isascii() and len(key) > 1 and key in said.hint]
    # where nothing sounds alike: a word in the place of the only key that is lacking
    only = [other for other in lacking if _WORD.fullmatch(key)]
    found = found or next((one for (one, *others) in filter(None, (holding, only)) if not others), "")
    return Unknown(hint_of((found, titles[found])), found) if found in titles else Unknown("")


def _again(key: str, other: str, title: str) -> bool:
    return key == title or (abs(len(key) - len(other)) == 1 and alike(key, other) >= _AGAIN)


def _fits(value: Node, said: Known) -> bool:
    """Whether a value is a list of parts exactly where the key takes one."""
    parts = isinstance(value, Items) and any(isinstance(item, Block) for item in value.items)
    return said.listed is None or parts == said.listed
