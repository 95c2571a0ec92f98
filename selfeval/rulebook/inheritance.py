"""Inheritance: a rulebook says only what differs from its parent.

``extends`` names one parent in the same folder, in ``examples/``, or with ``../`` in the folder above. ``remove``
takes away from what the parent gives; then mappings merge by key, lists of named items (``id``, ``indicator``) by name,
other lists are replaced whole. Every value keeps the file and line it was written at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from selfeval.domain.problems import Problem, problem
from selfeval.domain.rulebook import RuleFile
from selfeval.rulebook.text.nodes import Block, Items, Mark, Node, Scalar, find, identity, named_items
from selfeval.rulebook.text.reading import Document, read
from selfeval.rulebook.text.shape import nearest

_NAME = re.compile(r"(?P<folder>(?:\.\./|examples/)?)(?P<stem>\w[\w.-]{0,59})")
OWN = ("id", "title", "in_force", "extends", "remove")
"""Keys that a child never takes from its parent."""

EXAMPLES = "examples"
"""The folder below the rules with rulebooks that show how something is said."""

Reader = Callable[[Path, str], Document]


@dataclass(frozen=True)
class Resolved:
    """A rulebook with its parents merged in: the tree, its files from the parent down, and what is wrong."""

    root: Block | None
    files: tuple[RuleFile, ...]
    problems: tuple[Problem, ...]


def resolve(path: Path, name: str, reader: Reader = read) -> Resolved:
    """Read a rulebook and its parents. ``name`` is the path that messages print."""
    files: list[RuleFile] = []
    problems: list[Problem] = []
    chain = _chain(path, name, reader, files, problems)
    if problems:
        return Resolved(None, tuple(reversed(files)), tuple(problems))
    root = _without_removed(chain[-1], chain[-1], problems)
    for child in reversed(chain[:-1]):
        _check_names(child, problems)
        root = _merge(_without_removed(root, child, problems), child)
    _check_names(root, problems)
    problems = list(dict.fromkeys(problems))
    return Resolved(None if problems else root, tuple(reversed(files)), tuple(problems))


def _chain(path: Path, name: str, reader: Reader, files: list[RuleFile], problems: list[Problem]) -> list[Block]:
    """The trees from the named file up to its last ancestor."""
    chain: list[Block] = []
    seen: list[str] = []
    while True:
        document = reader(path, name)
        files.append(document.file)
        problems.extend(document.problems)
        if document.root is None:
            return chain
        chain.append(document.root)
        seen.append(name)
        parent = document.root.text("extends")
        if not parent:
            return chain
        node, _ = find(document.root, "extends")
        named = _NAME.fullmatch(parent)
        folder = named["folder"] if named else ""
        next_path = path.parent / folder / f"{named['stem'] if named else ''}.yaml"
        printed = _printed(name, folder, next_path.name)
        if not named or not printed or not next_path.is_file():
            known = [one for one in _names(path) if one != path.stem]
            facts = {"parent": parent, "known": "、".join(known) or "（没有）", "near": nearest(parent, known)}
            problems.append(problem("E212", node.mark.place, **facts))
            return chain
        name, path = printed, next_path
        if name in seen:
            stems = [one.rpartition("/")[2].removesuffix(".yaml") for one in [*seen, name]]
            problems.append(problem("E213", node.mark.place, chain=" → ".join(stems)))
            return chain


def _printed(name: str, folder: str, file: str) -> str:
    """The printed path of a file in a folder named from that of ``name``; blank when it leads out of the rules."""
    parts = name.split("/")[:-1]
    if folder == "../":
        # up means from rules/examples/ to rules/, never farther
        return "/".join([*parts[:-1], file]) if len(parts) > 1 else ""
    return "/".join([*parts, folder.rstrip("/"), file] if folder else [*parts, file])


def _names(path: Path) -> list[str]:
    """The rulebooks that one in the file ``path`` could extend: beside it, and among or above the examples."""
    folders = {"": path.parent, f"{EXAMPLES}/": path.parent / EXAMPLES}
    if path.parent.name == EXAMPLES:
        folders["../"] = path.parent.parent
    return [
        f"{prefix}{one}"
        for prefix, folder in folders.items()
        for one in sorted(file.stem for file in folder.glob("*.yaml") if "." not in file.stem)
    ]


def _merge(parent: Block, child: Block) -> Block:
    own = {key: one for key, one in parent.entries.items() if key not in OWN}
    return _merge_blocks(replace(parent, entries=own), child)


def _merge_blocks(parent: Block, child: Block) -> Block:
    entries = dict(parent.entries)
    keys = dict(parent.keys)
    for key, one in child.entries.items():
        old = entries.get(key)
        entries[key] = one if old is None else _merge_nodes(old, one)
        keys[key] = child.keys[key]
    return Block(entries, keys, child.mark)


def _merge_nodes(parent: Node, child: Node) -> Node:
    if isinstance(parent, Block) and isinstance(child, Block):
        return _merge_blocks(parent, child)
    if isinstance(parent, Items) and isinstance(child, Items) and named_items(parent) and named_items(child):
        changes = {identity(one): one for one in child.items}
        merged = [_merge_nodes(one, changes.pop(identity(one), one)) for one in parent.items]
        return Items((*merged, *changes.values()), child.mark)
    return child


def _check_names(root: Block, problems: list[Problem]) -> None:
    """Two items of one list must not bear the same name: one of them would silently win."""
    for key, node in root.entries.items():
        if isinstance(node, Block):
            _check_names(node, problems)
        if not isinstance(node, Items) or not named_items(node):
            continue
        seen: dict[str, Mark] = {}
        for one in node.items:
            name = identity(one)
            if name in seen:
                facts = {"name": name, "key": key, "first": seen[name].line}
                problems.append(problem("E214", one.mark.place, **facts))
            seen.setdefault(name, one.mark)


def _without_removed(root: Block, child: Block, problems: list[Problem]) -> Block:
    """The tree without what the child's ``remove`` names; what the child itself writes comes after it."""
    removed = child.get("remove")
    if not isinstance(removed, Items):
        return root  # a wrong shape is reported where shapes are checked
    for one in removed.items:
        if not isinstance(one, Scalar):
            continue
        shorter = _cut(root, one.text.split("."))
        if shorter is None:
            problems.append(problem("E215", one.mark.place, path=one.text, near=_near_path(root, one.text)))
        else:
            root = shorter
    return root


def _cut(root: Block, path: list[str]) -> Block | None:
    """The tree without what stands at a path; None when nothing stands there."""
    head, rest = path[0], path[1:]
    node = root.entries.get(head)
    if node is None:
        return None
    if not rest:
        return replace(root, entries={key: one for key, one in root.entries.items() if key != head})
    if isinstance(node, Block):
        inner: Node | None = _cut(node, rest)
    elif isinstance(node, Items):
        inner = _cut_item(node, rest)
    else:
        inner = None
    return None if inner is None else replace(root, entries={**root.entries, head: inner})


def _cut_item(node: Items, path: list[str]) -> Items | None:
    at = next((i for i, one in enumerate(node.items) if identity(one) == path[0]), None)
    if at is None:
        return None
    item = node.items[at]
    if len(path) == 1:
        return replace(node, items=(*node.items[:at], *node.items[at + 1 :]))
    shorter = _cut(item, path[1:]) if isinstance(item, Block) else None
    return None if shorter is None else replace(node, items=(*node.items[:at], shorter, *node.items[at + 1 :]))


def _near_path(root: Block, path: str) -> str:
    """The nearest path that ``remove`` could name."""
    known: list[str] = []
    for key, node in root.entries.items():
        known.append(key)
        if isinstance(node, Block):
            known += [f"{key}.{one}" for one in node.entries]
        elif isinstance(node, Items):
            known += [f"{key}.{identity(one)}" for one in node.items if identity(one)]
    return nearest(path, known)
