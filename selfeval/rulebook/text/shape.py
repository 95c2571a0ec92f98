"""The shape of a file, from the declarations of the domain: what a field may hold, and how a tree is read into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from selfeval.domain.curves import Above, Curve, LineCurve, Point, Step, StepCurve
from selfeval.domain.options import Declared, Key, Written, declared
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import Origin
from selfeval.rulebook.text.nodes import IDENTITIES, Block, Items, Mark, Node, Scalar, identity, label
from selfeval.rulebook.text.suggesting import hint_of, nearest_of
from selfeval.rulebook.text.values import NO_TITLES, VALUES, Value, choice

Made = TypeVar("Made")
Trail = tuple[str | int, ...]  # the way from the top of a file to one of its values


@dataclass(frozen=True)
class Several:
    """A list, and what is made of its items."""

    item: FieldShape
    make: Callable[[Sequence[Any]], object] = tuple


@dataclass(frozen=True)
class ByName:
    """A mapping to parts from their names: from ``names``, where these are known ones."""

    part: type
    names: Value | None


FieldShape = Value | Several | ByName | type | tuple[type, ...]
"""How a field is written; a class is a part of the rules, written as a mapping.

A tuple is one of several parts: the last whose first key is written, else the first.
"""


def shape_of(said: Any) -> FieldShape:  # noqa: ANN401 - an annotation
    """The shape that an annotation declares."""
    marks = getattr(said, "__metadata__", ())
    kind = said.__origin__ if marks else said
    values = [mark if isinstance(mark, Value) else VALUES[mark] for mark in marks if isinstance(mark, Written | Value)]
    if values or kind in VALUES:
        return values[0] if values else VALUES[kind]
    if kind == Curve:
        return Several((Step, Above, Point), _curve)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return choice(word for word in inner if word)
    if origin in {Union, UnionType}:
        return shape_of(next(option for option in inner if option is not NoneType))
    if origin is tuple:
        item = shape_of(inner[0])
        assert isinstance(item, Value | type)
        folded = item is VALUES[Written.FOLDED]
        return Several(item, lambda texts: tuple(dict.fromkeys(texts))) if folded else Several(item)
    if origin is Mapping:
        name, part = inner
        if identity_of(part):
            return Several(part, lambda items: {getattr(item, identity_of(part)): item for item in items})
        names = shape_of(name)
        return ByName(part, names if isinstance(names, Value) and names.titles else None)
    assert isinstance(kind, type), kind
    return kind


def _curve(items: Sequence[Step | Point]) -> Curve:
    points = tuple(item for item in items if isinstance(item, Point))
    return LineCurve(points) if points else StepCurve(tuple(item for item in items if isinstance(item, Step)))


@cache
def keys_of(part: type) -> Mapping[str, tuple[Declared, FieldShape]]:
    """The keys of a part as they stand in a file, in order, each with its shape."""
    return {field.key: (field, shape_of(field.type)) for field in declared(part)}


@cache
def _found_in(part: type) -> Mapping[str, object]:
    """The fields of a part that are not written in it: its place, and the key it stands under."""
    hints = get_type_hints(part, include_extras=True)
    return {name: hint for name, hint in hints.items() if hint in (Origin, Place, Key)}


def identity_of(part: type) -> str:
    """The key that names a part in a list; blank when it has none."""
    return next((key for key in IDENTITIES if key in keys_of(part)), "")


def shaped(part: type[Made], root: Block) -> tuple[Made | None, tuple[Problem, ...]]:
    """The tree as a value of a declared class, or every way in which it does not fit, each at its line and column."""
    reading = _Reading()
    made = reading.part(part, root, root.mark, ())
    return (None if reading.problems else made), tuple(dict.fromkeys(reading.problems))


class _Reading:
    """Reads values out of nodes, and keeps what is wrong; what is made of a faulty node must not be used."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._among: tuple[Node, Items] | None = None
        """The item that is read, and the list it stands in."""

    def part(
        self, part: type[Made], node: Node, mark: Mark, path: Trail, others: Mapping[str, str] = NO_TITLES
    ) -> Made | None:
        """A part of the rules; ``others``: the first keys of the parts that it could be instead, with their titles."""
        if not isinstance(node, Block):
            self._unfit(f"{_MAPPING}，如 {{{_first(part)}: …}}", node, mark, path)
            return None
        before = len(self.problems)
        kind: type = part
        keys = keys_of(kind)
        given: dict[str, Any] = {}
        missing = {key: field for key, (field, _) in keys.items() if field.required and not _given(node, key)}
        meant: dict[str, str] = {}
        for key in [key for key in node.entries if key not in keys]:
            # what the author's own file may still write, whatever a parent has written already
            mine = {other for other, written in node.keys.items() if written.file == node.keys[key].file}
            free = {other: field.option.title for other, (field, _) in keys.items() if other not in mine} | dict(others)
            # where nothing sounds alike: a word in the place of the only key that is lacking
            lacking = {other: free[other] for other in missing if other in free and not others and _WORD.fullmatch(key)}
            near = nearest_of(key, free) or ("" if len(lacking) != 1 else hint_of(*lacking.items()))
            meant |= {other: key for other in missing if f"“{other}”" in near}
            facts = {"near": near, "known": "、".join(free) or "（没有）"}
            self.problems.append(problem("E210", node.keys[key].place, key=key, **facts))
        for key, value in _written(node).items():
            if key in keys:
                field, shape = keys[key]
                given[field.name] = self._read(shape, value, node.keys[key], (*path, key), field.option.words)
        changed = _changed(*self._among) if missing and self._among else ""
        for key, field in missing.items():
            near = f"，是不是写成了“{meant[key]}”？" if key in meant else changed
            self.problems.append(problem("E209", mark.place, key=key, title=field.option.title, near=near))
        found: dict[object, object] = {Origin: mark.origin, Place: mark.place, Key: path[-1] if path else ""}
        given |= {name: found[what] for name, what in _found_in(kind).items()}
        return part(**given) if len(self.problems) == before else None

    def _read(
        self, shape: FieldShape, node: Node, mark: Mark, path: Trail, titles: Mapping[str, str] = NO_TITLES
    ) -> object:
        """What a node means; ``titles`` say its values in Chinese where the shape does not."""
        if isinstance(shape, Value):
            try:
                return shape.within(path).read(node)
            except ValueError as fault:
                return self._unfit(str(fault), node, mark, path, shape.within(path).titled(titles))
        if isinstance(shape, Several):
            if not isinstance(node, Items):
                return self._unfit(_LIST + _list_hint(node), node, mark, path)
            if _braceless(node) and not isinstance(shape.item, Value):
                return self._unfit("每一组用花括号括起来，如 [{from: 0, share: 80%}]", node, mark, path)
            items = []
            for i, item in enumerate(node.items):
                self._among = item, node
                items.append(self._read(shape.item, item, item.mark, (*path, i), titles))
                self._among = None
            return shape.make([item for item in items if item is not None])
        if isinstance(shape, ByName):
            return self._by_name(shape, node, mark, path)
        if isinstance(shape, tuple):
            keys = node.entries if isinstance(node, Block) else {}
            first, *others = shape
            chosen = next((part for part in others if _first(part) in keys and _first(first) not in keys), first)
            lost = not any(_first(part) in keys for part in shape)
            firsts = {_first(part): keys_of(part)[_first(part)][0].option.title for part in shape if part is not chosen}
            return self.part(chosen, node, mark, path, firsts if lost else NO_TITLES)
        return self.part(shape, node, mark, path)

    def _by_name(self, shape: ByName, node: Node, mark: Mark, path: Trail) -> object:
        """Parts by their names; what stands under a name that none bears is not looked at."""
        if not isinstance(node, Block):
            return self._unfit(_MAPPING, node, mark, path)
        made: dict[str, object] = {}
        for key, part in _written(node).items():
            if shape.names and key not in shape.names.titles:
                words = shape.names.titles
                facts = {"what": shape.names.called, "found": key, "known": "、".join(words)}
                self.problems.append(problem("E220", node.keys[key].place, near=nearest_of(key, words), **facts))
            else:
                made[key] = self.part(shape.part, part, node.keys[key], (*path, key))
        return made

    def _unfit(self, expected: str, node: Node, mark: Mark, path: Trail, titles: Mapping[str, str] = NO_TITLES) -> Any:  # noqa: ANN401
        found = _show(node)
        place = (node.mark if isinstance(node, Scalar) else mark).place
        steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
        where = "".join(steps).lstrip(".") or "文件"
        facts = {
            "where": where,
            "found": found,
            "expected": expected,
            "near": nearest_of(found, titles) if titles else "",
        }
        self.problems.append(problem("E211", place, **facts))


_WORD = re.compile(r"[a-z_]+")
_MAPPING = "下一层的“键: 值”"
_LIST = "一个列表，如 [甲, 乙]，或每行以“- ”开头"
_UNLISTED = (("-", "；短横“-”后面要空一格"), ("【［（(〔", "；要用英文的方括号 [ ]"))


def _list_hint(node: Node) -> str:
    """What to say of a text, or of one item, that was meant as a list."""
    if isinstance(node, Block):
        return "；一组“键: 值”外面还要加方括号 [ ]，或每组以“- ”开头"
    start = node.text[:1] if isinstance(node, Scalar) else ""
    return next((hint for signs, hint in _UNLISTED if start and start in signs), "")


def _braceless(node: Items) -> bool:
    """Whether the items are the keys of one: [from: 0, share: 80%]."""
    keys = [[*item.entries] for item in node.items if isinstance(item, Block)]
    return 1 < len(keys) == len(node.items) and all(len(key) == 1 for key in keys) and len({*map(tuple, keys)}) > 1


def _changed(item: Node, node: Items) -> str:
    """The item of another file that one was perhaps meant to change."""
    others = {identity(other): label(other) for other in node.items if other.mark.file != item.mark.file}
    return nearest_of(identity(item), others) if identity(item) and identity(item) not in others else ""


def _given(node: Block, key: str) -> bool:
    """Whether something is written: an empty text in quotes is nothing."""
    found = node.get(key)
    return found is not None and not (isinstance(found, Scalar) and not found.text.strip())


def _written(node: Block) -> dict[str, Node]:
    return {key: value for key, value in node.entries.items() if node.get(key) is not None}


def _first(part: type) -> str:
    return next(iter(keys_of(part)))


def _show(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text if len(node.text) <= 60 else node.text[:60] + "……"  # noqa: PLR2004 - one line of a message
    return "一个列表" if isinstance(node, Items) else "一组“键: 值”"
