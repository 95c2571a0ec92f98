"""Loading: a rule file to the domain's Rulebook, with every fault of file and parents at once, and its lines.

A rulebook says only what differs from its parent. ``extends`` names one beside it, in a folder below or (``../``)
above it, or one that comes with selfeval. ``remove`` takes away from what that gives; then mappings merge by key, lists
of named items (``id``, ``indicator``) by name, other lists are replaced whole. Every value keeps the line it was
written at. A note speaks of how its part scores: where a child scores otherwise and says nothing of it, the parent's
note goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import Rulebook, RuleFile
from selfeval.packages.files import Unreadable, read_bytes
from selfeval.rulebook.finding import extendable, found_at, parent_of, wanted_at
from selfeval.rulebook.shelf import rule_name, rule_path
from selfeval.rulebook.soundness.checks import check_soundness
from selfeval.rulebook.text.nodes import Block, Items, Node, Scalar, at_value, identity, leaves, named, named_items
from selfeval.rulebook.text.reading import read
from selfeval.rulebook.text.shape import shaped
from selfeval.rulebook.text.suggesting import nearest, spoilt

_CELL = re.compile(r"第(\d+)行第(\d+)列")
_LONGEST_SHOWN = 200
"""Characters of a line that are shown."""
_SCORES = {"measure", "curve", "deduct", "cap", "low", "high", "default", "scale"}
"""Keys that a note speaks of."""
OWN = ("id", "title", "in_force", "extends", "remove")  # keys that a child never takes from its parent


class Resolved(NamedTuple):
    """A rulebook with its parents merged in, that ``parent`` alone, the files from the parent down, what is wrong."""

    root: Block | None
    parent: Block | None
    files: tuple[RuleFile, ...]
    problems: tuple[Problem, ...]


def resolve(path: Path, root: Path) -> Resolved:
    """Read a rule file, and merge its parents in; ``root`` is the workspace that printed paths are relative to."""
    files: list[RuleFile] = []
    problems: list[Problem] = []
    chain = _chain(path, root, files, problems)[::-1]
    tree = parent = None
    if not problems:
        tree = chain[0]  # nothing to remove from: what is lacking is said where shapes are checked
        for child in chain[1:]:
            problems += _repeated(child)
            parent = tree
            tree = _without_removed(tree, child, problems)
            taken = {key: node for key, node in tree.entries.items() if key not in OWN}
            tree = _merge_blocks(replace(tree, entries=taken), child)
        problems += _repeated(tree)
    return Resolved(None if problems else tree, parent, tuple(reversed(files)), tuple(dict.fromkeys(problems)))


def _chain(path: Path, root: Path, files: list[RuleFile], problems: list[Problem]) -> list[Block]:
    """The trees from the named file up to its last ancestor."""
    chain: list[Block] = []
    here, tops = found_at(path, root)
    seen = [here.name]
    while True:
        document = read(here.path, here.name)
        files.append(document.file)
        problems.extend(document.problems)
        if document.root is None:
            return chain
        chain.append(document.root)
        parent, written = document.root.text("extends"), document.root.get("extends")
        if written is not None and not isinstance(written, Scalar):
            facts = {"where": "extends", "found": "一个列表", "expected": "一个名称，如 national-2020"}
            facts |= {"near": "", "cure": facts["expected"]}
            problems.append(problem("E211", written.mark.place, **facts))
        if not parent:
            return chain
        place, folder = at_value(document.root, "extends"), here.top.folder
        following = parent_of(here, parent, tops)
        if following is None:
            known = extendable(here.path, folder)
            wanted = wanted_at(here.name, parent) or f"{folder.name}文件夹之内"
            facts = {"known": "、".join(known) or "（没有）", "near": nearest(parent, known), "wanted": wanted}
            problems.append(problem("E212", place, parent=parent, **facts))
            return chain
        here = following
        seen.append(here.name)
        if here.name in seen[:-1]:
            stems = [(file.partition("/")[2] or file).removesuffix(".yaml") for file in seen]
            problems.append(problem("E213", place, chain=" → ".join(stems)))
            return chain


def _merge_blocks(parent: Block, child: Block) -> Block:
    entries = dict(parent.entries)
    if _SCORES & child.entries.keys():
        entries.pop("note", None)
    if "patterns" in child.entries:
        entries.pop("means", None)  # which says what the patterns of the parent were for
    for key, node in child.entries.items():
        entries[key] = _merge(entries[key], node) if key in entries else node
    return Block(entries, {**parent.keys, **child.keys}, child.mark)


def _merge(parent: Node, child: Node) -> Node:
    if isinstance(parent, Block) and isinstance(child, Block):
        return _merge_blocks(parent, child)
    if (
        isinstance(parent, Items)
        and isinstance(child, Items)
        and named_items(parent)
        and any(map(identity, child.items))
    ):
        changes = {identity(item): item for item in child.items if identity(item)}
        merged = [_merge(item, changes.pop(identity(item), item)) for item in parent.items]
        unnamed = (item for item in child.items if not identity(item))  # reported where shapes are checked
        return Items((*merged, *changes.values(), *unnamed), child.mark)
    return child


def _repeated(root: Block) -> Iterator[Problem]:
    """Two items of one list must not bear the same name: one of them would silently win."""
    for key, node in root.entries.items():
        if isinstance(node, Block):
            yield from _repeated(node)
        elif isinstance(node, Items) and named_items(node):
            first = named(node)
            for item in node.items:
                name = identity(item)
                if first[name] is not item:
                    yield problem("E214", item.mark.place, name=name, key=key, first=first[name].mark.line)


def _without_removed(root: Block, child: Block, problems: list[Problem]) -> Block:
    """The tree without what the child's ``remove`` names; what the child itself writes comes after it."""
    removed = child.get("remove")
    for path in removed.items if isinstance(removed, Items) else ():
        if not isinstance(path, Scalar):
            continue  # a wrong shape is reported where shapes are checked
        shorter = _cut(root, path.text.split("."))
        if isinstance(shorter, Block):
            root = shorter
        else:
            near = spoilt(path.text) or _near_path(root, path.text)
            problems.append(problem("E215", path.mark.place, path=path.text, near=near))
    return root


def _near_path(root: Block, path: str) -> str:
    """The path that was perhaps meant: the nearest name in the part that it names, else of all."""
    part, _, name = path.partition(".")
    if name and part in root.entries:
        return nearest(path, [f"{part}.{one}" for one in named(root.entries[part]) if nearest(name, [one])])
    known = [f"{key}.{one}" for key, node in root.entries.items() for one in named(node) if one]
    return nearest(path, [*root.entries, *known])


def _cut(node: Node, path: list[str]) -> Node | None:
    """The tree without what stands at a path; None when nothing stands there."""
    head, *rest = path
    old = named(node).get(head)
    new = _cut(old, rest) if old and rest else None
    if old is None or (rest and new is None):
        return None
    if isinstance(node, Block):
        entries = {key: new if value is old else value for key, value in node.entries.items()}
        return replace(node, entries={key: value for key, value in entries.items() if value})
    assert isinstance(node, Items)
    items = (new if item is old else item for item in node.items)
    return replace(node, items=tuple(filter(None, items)))


class Loaded(NamedTuple):
    """A rule file as far as it could be read: the resolved tree, and the rulebook where no ``problems`` forbid it.

    ``parent`` is the tree that it extends.
    """

    root: Block | None
    rulebook: Rulebook | None
    problems: tuple[Problem, ...]
    parent: Block | None = None


_KEPT: dict[tuple[RuleFile, ...], Loaded] = {}
"""The rule files that were found sound, by what all their files hold."""
_MOST_KEPT = 8


def load_all(path: Path, root: Path) -> Loaded:
    """Read, resolve and check a rule file; ``root`` is the workspace that printed paths are relative to."""
    tree, parent, files, problems = resolve(path, root)
    if files in _KEPT:
        return _KEPT[files]
    rulebook, problems = shaped(Rulebook, tree) if tree else (None, problems)
    if tree and rulebook:
        problems = tuple(check_soundness(rulebook, tree))
        rulebook = None if problems else replace(rulebook, files=files, extends="", remove=())
    found = Loaded(tree, rulebook, in_order(problems), parent)
    if rulebook:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        _KEPT[files] = found
    return found


def load(path: Path, root: Path, year: int | None = None, how: str = "") -> tuple[Rulebook | None, tuple[Problem, ...]]:
    """The rulebook of a file, or what keeps it from being used (for a year). Never raises for a user's file.

    ``how`` is the cure where it does not hold in the year; usually it is to make one that does.
    """
    rulebook, problems = load_all(path, root)[1:3]
    if rulebook is None or year is None:
        return rulebook, problems
    if rulebook.in_force.covers(year):
        return rulebook, problems
    how = how or another(year, rulebook.id)
    facts = {"title": rulebook.title, "span": rulebook.in_force.span, "year": year, "how": how}
    return None, (problem("E217", Place(file=rule_name(path, root)), **facts),)


def another(year: int | str, base: str) -> str:
    """The cure where a rulebook does not hold in a year that it is for."""
    return f"请运行 selfeval rules new {year} --from {base} 另立一份，或改正 in_force"


def load_year(rules: Path, year: int, root: Path) -> tuple[Rulebook | None, tuple[Problem, ...]]:
    """The rulebook of a year, in force for it; a missing one is a problem that names the command to make it."""
    path = rules / f"{year}.yaml"
    if not path.is_file():
        years = sorted(int(other.stem) for other in rules.glob("[12][0-9][0-9][0-9].yaml"))
        facts = {"year": year, "file": (name := rule_name(path, root))}
        facts["base"] = max((other for other in years if other < year), default="national-2020")
        facts["known"] = f"；有规则的年度：{'、'.join(map(str, years))}" if years else ""
        return None, (problem("E216", Place(file=name), **facts),)
    return load(path, root, year)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems without repeats, from the top of each file down."""
    places = {found: [int(digits) for digits in re.findall(r"\d+", found.place.cell)] for found in problems}
    return tuple(sorted(places, key=lambda found: (found.place.file, places[found], found.code, found.message)))


def resolved_lines(root: Block | None) -> tuple[tuple[str, str, str], ...]:
    """Every value of a resolved rulebook: its path, the value as written, and ``rules/2024.yaml:31``."""
    return tuple((path, value.text, str(value.mark.origin)) for path, value in leaves(root)) if root else ()


def as_text(root: Block | None) -> tuple[str, ...]:
    """The same as lines for a terminal: ``path: value  # file:line``."""
    return tuple(f"{path}: {value}  # {origin}" for path, value, origin in resolved_lines(root))


@lru_cache(maxsize=8)
def _lines_of(path: Path, _changed: int, size: int) -> list[str]:
    """The lines of a file as it is now. Raises OSError and UnicodeDecodeError."""
    data = read_bytes(path, size)
    if isinstance(data, Unreadable):
        raise OSError(data.reason)
    return data.decode("utf-8-sig").split("\n")


def point_at(problem: Problem, root: Path) -> tuple[str, ...]:
    """The line of a file that a problem points at, and a caret under the column; nothing when there is none."""
    match = _CELL.fullmatch(problem.place.cell)
    if match is None:
        return ()
    line, column = map(int, match.groups())
    path = rule_path(problem.place.file, root)
    try:
        now = path.stat()
        whole = _lines_of(path, now.st_mtime_ns, now.st_size)[line - 1].rstrip("\r")
    except (OSError, UnicodeDecodeError, IndexError):
        return ()
    start = 0 if len(whole) <= _LONGEST_SHOWN else max(0, column - 1 - _LONGEST_SHOWN // 2)
    shown, column = whole[start : start + _LONGEST_SHOWN], column - start
    # full-width characters take two columns on a terminal, so the caret is padded with as many
    pad = re.sub("[^\t\u3000]", " ", re.sub("[^\0-\u2e80]", "\u3000", shown[: column - 1]))
    return (f"{line:>5} | {shown}", f"      | {pad}^")
