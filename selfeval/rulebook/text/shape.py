"""The shape of a file, from the declarations of the domain: what a field may hold, and how a tree is read into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from selfeval.domain.curves import Above, Curve, LineCurve, Point, Step, StepCurve
from selfeval.domain.options import Declared, Key, Written, declared
from selfeval.domain.problems import MOST_TOLD, Place, Problem, problem
from selfeval.domain.rulebook import Origin
from selfeval.rulebook.text.nodes import IDENTITIES, Block, Items, Mark, Node, Scalar, identity, label
from selfeval.rulebook.text.suggesting import best_of, hint_of, nearest_of
from selfeval.rulebook.text.unknown import Known, meant
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
        self,
        part: type[Made],
        node: Node,
        mark: Mark,
        path: Trail,
        others: Sequence[type] = (),
    ) -> Made | None:
        """A part of the rules; ``others`` are the parts that it could be instead."""
        if isinstance(node, Items) and _braceless(node):
            self._unfit(f"{_MAPPING}，用花括号，如{{{_first(part)}: …}}", node, mark, path)
            return None
        if not isinstance(node, Block):
            self._unfit(
                _MAPPING
                + (f"，这里写{{{_first(part)}: {only}}}" if (only := _only(node)) else f"，如{{{_first(part)}: …}}"),
                node,
                mark,
                path,
            )
            return None
        before = len(self.problems)
        kind: type = part
        keys = keys_of(kind)
        whole = self._keys(kind, node, mark, others, whole=not path and "extends" in keys)
        given: dict[str, Any] = {}
        for key, value in _written(node).items() if whole else ():
            if key in keys:
                field, shape = keys[key]
                given[field.name] = self._read(shape, value, node.keys[key], (*path, key), field.option.words)
        found: dict[object, object] = {Origin: mark.origin, Place: mark.place, Key: path[-1] if path else ""}
        given |= {name: found[what] for name, what in _found_in(kind).items()}
        return part(**given) if len(self.problems) == before else None

    def _keys(self, part: type, node: Block, mark: Mark, others: Sequence[type], *, whole: bool) -> bool:
        """Report keys that a part does not know, and those that it lacks; ``whole``: the part is a whole rulebook.

        What is lacking because it was misspelt is said once. False: there is no parent to take what is lacking from, so
        that what lacks below says nothing.
        """
        keys = keys_of(part)
        lost = not any(_first(one) in node.entries for one in (part, *others))
        firsts = {_first(other): keys_of(other)[_first(other)] for other in others}
        known = {key: _known(*said) for key, said in {**keys, **(firsts if lost else {})}.items()}
        orphan = whole and not _given(node, "extends")
        required = [key for key, (field, _) in keys.items() if field.required and not _given(node, key)]
        lacking = [key for key in required if key not in node.entries]
        name = identity_of(part)
        lacking = [name] if name in lacking else lacking  # with its name the rest may come from a parent
        strange = [key for key in node.entries if key not in keys]
        unknown = {  # of a file that has nothing but faults the first are enough
            key: meant(key, node, known, lacking or required, () if lost else firsts)
            for key in strange[: max(1, MOST_TOLD - len(self.problems))]
        }
        stood_for = {one.stands_for for one in unknown.values()}
        stood_for |= {_first(part)} if stood_for & firsts.keys() else set()
        lacking = [] if orphan and "extends" in stood_for else [key for key in lacking if key not in stood_for]
        for key, one in unknown.items():
            free = [
                other for other in known if other not in node.entries or node.keys[other].file != node.keys[key].file
            ]
            also = f"；还缺少{_titled(keys, lacking)}" if lacking and not one.near and not whole else ""
            facts = {"near": one.near + also, "known": "、".join(free) or "（没有其他）"}
            self.problems.append(problem("E210", node.keys[key].place, key=key, **facts))
            lacking = [] if also else lacking
        blank = [[key] for key in required if key in node.entries and key not in stood_for]
        for names in (*blank, *([lacking] if lacking else [])):
            place = node.keys[names[0]].place if names in blank else mark.place
            cure = f"请补上{'、'.join(f'“{key}: …”' for key in names)}"
            cure += "；可从基础规则取得的，写明 extends" if orphan and names == lacking else ""
            facts = {"what": _titled(keys, names), "cure": cure}
            changed = "" if names in blank or self._among is None else _changed(*self._among)
            self.problems.append(problem("E209", place, near=changed, **facts))
        return not (orphan and (lacking or "extends" in stood_for))

    def _read(
        self, shape: FieldShape, node: Node, mark: Mark, path: Trail, titles: Mapping[str, str] = NO_TITLES
    ) -> object:
        """What a node means; ``titles`` say its values in Chinese where the shape does not."""
        if isinstance(shape, Value):
            value = shape.within(path)
            try:
                return value.read(node)
            except ValueError as fault:
                titles = value.titled(titles)
                expected = _with_titles(titles) if str(fault) == "、".join(titles) else str(fault)
                inside = _only(node) if isinstance(node, Items) else ""
                return self._unfit(expected + (f"，这里写{inside}" if inside else ""), node, mark, path, titles)
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
            first, *rest = shape
            chosen = next((part for part in rest if _first(part) in keys and _first(first) not in keys), first)
            return self.part(chosen, node, mark, path, [part for part in shape if part is not chosen])
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
        near = best_of(found, titles)
        exactly = _EXACTLY.search(expected)
        facts = {"expected": _spaced(expected), "cure": _spaced(near or (exactly[1] if exactly else expected))}
        hint = hint_of((near, titles[near])) if near else ""
        self.problems.append(problem("E211", place, where=where, found=found, near=hint, **facts))


def _spaced(text: str) -> str:
    return f" {text}" if text[0].isascii() else text


def _known(field: Declared, shape: FieldShape) -> Known:
    below = keys_of(shape) if isinstance(shape, type) else ()
    listed = isinstance(shape, Several) and not isinstance(shape.item, Value)
    return Known(field.option.title, field.option.hint, listed, below)


def _titled(keys: Mapping[str, tuple[Declared, FieldShape]], names: Iterable[str]) -> str:
    return "、".join(f"“{name}”（{keys[name][0].option.title}）" for name in names)


def _with_titles(titles: Mapping[str, str]) -> str:
    return "、".join(f"{word}（{title}）" if title not in {"", word} else word for word, title in titles.items())


def _only(node: Node) -> str:
    """The single value that was written; blank for several."""
    if isinstance(node, Items) and len(node.items) == 1:
        return _only(node.items[0])
    return node.text if isinstance(node, Scalar) else ""


_EXACTLY = re.compile("(?:这里写|的，写|要写出百分号：) ?([^）；]+)")
_MAPPING = "下一层的“键: 值”"
_LIST = "一个列表，如 [甲, 乙]，或每行以“- ”开头"
_BRACKETS = '【】［］[]（）()〔〕“”"'


def _list_hint(node: Node) -> str:
    """What to say of a text, or of one item, that was meant as a list."""
    if isinstance(node, Block):
        return "；一组“键: 值”外面还要加方括号 [ ]，或每组以“- ”开头"
    text = node.text if isinstance(node, Scalar) else ""
    if text.startswith("-"):
        return "；短横“-”后面要空一格"
    wide = "；要用英文的方括号 [ ]" if text[:1] in {*_BRACKETS} else ""
    items = ", ".join(filter(None, re.split("[，、；,;] *", text.strip(_BRACKETS))))
    return f"{wide}；这里写 [{items}]" if items else wide


def _braceless(node: Items) -> bool:
    """Whether the items are the keys of one: [from: 0, share: 80%]."""
    if len(node.items) > 1 and all(isinstance(item, Scalar) for item in node.items):
        return True
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
