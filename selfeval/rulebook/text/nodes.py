"""Nodes: a YAML file as plain text values (``on``, ``010`` letter for letter), each with the place it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selfeval.domain.problems import Place
from selfeval.domain.rulebook import Origin


@dataclass(frozen=True)
class Mark:
    """A place in a rule file: workspace-relative path, line and column, both counted from 1."""

    file: str
    line: int
    column: int

    @property
    def origin(self) -> Origin:
        """The same without the column, as rules carry it."""
        return Origin(self.file, self.line)

    @property
    def place(self) -> Place:
        """The same as the place of a problem."""
        return Place(file=self.file, cell=f"第{self.line}行第{self.column}列")


@dataclass(frozen=True)
class Scalar:
    """A single value as written. ``plain``: without quotes, so that it may be a number, a flag or blank."""

    text: str
    plain: bool
    mark: Mark

    @property
    def blank(self) -> bool:
        """Nothing was written; a blank value counts as left out."""
        return self.plain and self.text in {"", "~", "null"}


@dataclass(frozen=True)
class Block:
    """A mapping: values by key, with the place of each key."""

    entries: dict[str, Node]
    keys: dict[str, Mark]
    mark: Mark

    def get(self, key: str) -> Node | None:
        """The value of a key; None when it is missing or blank."""
        found = self.entries.get(key)
        return None if isinstance(found, Scalar) and found.blank else found

    def text(self, key: str) -> str:
        """The text of a single value; blank when it is missing or not a single value."""
        found = self.get(key)
        return found.text if isinstance(found, Scalar) else ""


@dataclass(frozen=True)
class Items:
    """A list of values."""

    items: tuple[Node, ...]
    mark: Mark


Node = Scalar | Block | Items


def line_of(place: Place) -> int:
    """The line that a place of a rule file is on; 0 for the file as a whole."""
    return int(place.cell.partition("行")[0].removeprefix("第") or 0)


IDENTITIES = ("id", "indicator")  # the keys that name an item of a list, so that a child can change it


def identity(node: Node) -> str:
    """The name of a list item: its ``id`` or ``indicator``; blank when it has none."""
    texts = (node.text(key) for key in IDENTITIES) if isinstance(node, Block) else ()
    return next(filter(None, texts), "")


def label(node: Node) -> str:
    """What a list item is called in Chinese; blank when it does not say."""
    return (node.text("label") or node.text("title")) if isinstance(node, Block) else ""


def named(node: Node) -> Mapping[str, Node]:
    """What stands in a mapping by key, in a list by the name of the item: the first that bears it."""
    if isinstance(node, Block):
        return node.entries
    return {identity(item): item for item in reversed(node.items)} if isinstance(node, Items) else {}


def named_items(node: Node) -> bool:
    """Whether a list consists of items with names (and has at least one)."""
    return isinstance(node, Items) and bool(node.items) and all(map(identity, node.items))


def find(node: Node, *path: str | int) -> tuple[Node, Mark]:
    """The deepest node along ``path`` (parts that are not there are passed over), and where to point: its key."""
    mark = node.mark
    for part in path:
        if isinstance(node, Block) and isinstance(part, str) and part in node.entries:
            mark, node = node.keys[part], node.entries[part]
        elif isinstance(node, Items) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
            mark = node.mark
    return node, mark


def at(root: Node, *path: str | int) -> Place:
    """The best place to point at for what stands at a path, or would stand there."""
    return find(root, *path)[1].place


def at_value(root: Node, *path: str | int) -> Place:
    """The place of the value itself that stands at a path."""
    return find(root, *path)[0].mark.place


def written(root: Node, *path: str | int) -> bool:
    """Whether something stands at a path."""
    node: Node | None = root
    for part in path:
        if isinstance(node, Block) and isinstance(part, str):
            node = node.get(part)
        elif isinstance(node, Items) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
        else:
            return False
    return node is not None


def spelled(root: Node, *path: str | int) -> str:
    """A path with the names of items: kinds.at_least.variants.satisfaction."""
    ways = (path[: i + 1] for i in range(len(path)))
    return ".".join(way[-1] if isinstance(way[-1], str) else identity(find(root, *way)[0]) for way in ways)


def leaves(node: Node, path: str = "") -> Iterator[tuple[str, Scalar]]:
    """Every single value with its path (``kinds.at_least.curve[0].from``), in order."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Block):
        for key, value in node.entries.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    else:
        for i, item in enumerate(node.items):
            yield from leaves(item, f"{path}[{identity(item) or i}]")
