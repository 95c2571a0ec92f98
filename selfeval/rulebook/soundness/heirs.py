"""Heirs: what a file does to its parent that it hardly means: an id taken by accident, a part removed whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from itertools import product

from selfeval.domain.problems import Problem, problem
from selfeval.rulebook.text.nodes import Block, Items, Node, Scalar, identity, named, named_items

_SAYS = ("kind", "title", "label")
"""The keys that say what an item is."""
_MEANS = (*("symbols", "words", "suffixes", "exact", "patterns"), *("names", "same", "level1", "level2", "level3"))
"""The lists that say what an item is for."""
_NEAR = 0.4
_FLAGS = ("true", "false")


def doubtful_heirs(child: Block, parent: Block) -> Iterator[Problem]:
    """Items that bear the id of another thing in the parent, and parts of the parent that are removed whole."""
    removed = child.get("remove")
    paths = [path for path in removed.items if isinstance(path, Scalar)] if isinstance(removed, Items) else []
    for key, node in child.entries.items():
        if key in parent.entries:
            yield from _taken(parent.entries[key], node, key, {path.text for path in paths})
    for path in paths:
        if path.text == "overrides" and _years(child) != _years(parent):
            continue  # they are for the targets of one year: those of another go as a rule
        if gone := named(parent.entries.get(path.text, path)):
            left = len(named(child.entries.get(path.text, path)))
            if left * 2 < len(gone):
                now = f"只剩这份规则文件写的{left}条" if left else "一条也没有了"
                facts = {"part": path.text, "gone": len(gone), "now": now, "one": next(iter(gone))}
                yield problem("W246", path.mark.place, **facts)


def _years(rulebook: Block) -> tuple[str, str]:
    years = rulebook.get("in_force")
    return (years.text("from"), years.text("to")) if isinstance(years, Block) else ("", "")


def _taken(before: Node, after: Node, where: str, removed: Collection[str]) -> Iterator[Problem]:
    if where in removed:
        return
    if isinstance(before, Block) and isinstance(after, Block):
        for key in before.entries.keys() & after.entries.keys():
            yield from _taken(before.entries[key], after.entries[key], f"{where}.{key}", removed)
    elif isinstance(after, Items) and named_items(before):
        known = named(before)
        for item in after.items:
            old = known.get(identity(item))
            if f"{where}.{identity(item)}" in removed or not isinstance(old, Block) or not isinstance(item, Block):
                continue
            facts = {"where": f"{where}.{identity(item)}", "first": str(old.mark.origin)}
            if where == "overrides":
                if all(old.text(key) == item.text(key) for key in ("kind", "target")):
                    yield problem("W238", item.mark.place, where=facts["where"], why=f"{facts['first']} 已经这样改写")
            elif what := _another(old, item):
                yield problem("W245", item.mark.place, what=what, **facts)


def _another(old: Block, new: Block) -> str:
    """What shows that an item is not a change of the one that bears its id, but another; blank for nothing."""
    shared = {key for key in old.entries.keys() & new.entries.keys() if key not in {"id", *_SAYS}}
    alike = [key for key in shared if old.text(key) == new.text(key) not in {"", *_FLAGS}]
    alone = any(
        new.get(key) for key in (*_MEANS, "shape")
    )  # an item that names a kind alone changes that of its parent
    for key in () if alike else _SAYS if alone else _SAYS[1:]:
        before, after = old.text(key), new.text(key)
        if before and after and (before != after if key == "kind" else _far(before, after)):
            return f"{key} 由“{before}”变成“{after}”"
    if new.text("kind") or not any(old.get(key) for key in _SAYS):
        for key in _MEANS:
            pairs = [*product(_texts(old.get(key)), _texts(new.get(key)))]
            if pairs and all(_far(before, after) for before, after in pairs):
                return f"{key} 由“{'、'.join(_texts(old.get(key))[:3])}”变成“{'、'.join(_texts(new.get(key))[:3])}”"
    return ""


def _texts(node: Node | None) -> list[str]:
    return (
        [one.text.removesuffix("指标") for one in node.items if isinstance(one, Scalar)]
        if isinstance(node, Items)
        else []
    )


def _far(before: str, after: str) -> bool:
    return before not in after and after not in before and SequenceMatcher(None, before, after).ratio() < _NEAR
