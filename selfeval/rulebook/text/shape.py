"""Does a tree have the shape of a model? If not: where, what was found, what was expected, the nearest word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from selfeval.domain.problems import Problem, problem
from selfeval.rulebook.models import Part
from selfeval.rulebook.text.nodes import Block, Items, Node, Scalar, find, plain

Model = TypeVar("Model", bound=BaseModel)


def shaped(model: type[Model], node: Node) -> tuple[Model | None, tuple[Problem, ...]]:
    """The node as a model, or every way in which it does not fit, each at its line and column."""
    try:
        return model.model_validate(plain(node)), ()
    except ValidationError as fault:
        return None, tuple(dict.fromkeys(_translate(one, model, node) for one in fault.errors()))


def nearest(word: str, known: Iterable[str]) -> str:
    """``，是不是“…”？`` with the nearest known word; blank when none is near."""
    close = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f"，是不是想写“{close[0]}”？" if close else ""


Trail = tuple[str | int, ...]


def _translate(fault: ErrorDetails, model: type[BaseModel], root: Node) -> Problem:
    path = _without_tags(fault["loc"])
    known = _models_on(model, fault["loc"])
    node, mark = find(root, *path)
    key = str(path[-1]) if path else ""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        parent, mark = find(root, *path[:-1])
        title = _title(known, key)
        return problem("E209", mark.place, key=key, title=title, near=_similar_key(parent, key))
    if kind == "extra_forbidden":
        free = [one for one in _keys(known) if one not in _written(root, path[:-1])]
        near = nearest(key, free)
        return problem("E210", mark.place, key=key, near=near, known="、".join(free) or "（没有）")
    found = _show(node)
    place = node.mark.place if isinstance(node, Scalar) else mark.place
    expected = str(context.get("expected") or _EXPECTED.get(kind, "另一种写法"))
    near = nearest(found, context["words"]) if "words" in context else ""
    return problem("E211", place, where=_where(path), found=found, expected=expected, near=near)


def _without_tags(path: Trail) -> Trail:
    """The path in the file: pydantic also names the form of a curve's item, behind its position."""
    return tuple(part for i, part in enumerate(path) if not _is_tag(path, i))


def _is_tag(path: Trail, i: int) -> bool:
    return i > 1 and path[i - 2] == "curve" and isinstance(path[i - 1], int)


_EXPECTED = {
    "list_type": "一个列表，如 [甲, 乙]，或每行以“- ”开头",
    "dict_type": "下一层的“键: 值”",
    "model_type": "下一层的“键: 值”",
    "model_attributes_type": "下一层的“键: 值”",
}


def _show(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text if len(node.text) <= 60 else node.text[:60] + "……"  # noqa: PLR2004 - one line of a message
    return "一个列表" if isinstance(node, Items) else "一组“键: 值”"


def _where(path: Trail) -> str:
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or "文件"


def _written(root: Node, path: Trail) -> Mapping[str, Node]:
    node, _ = find(root, *path)
    return node.entries if isinstance(node, Block) else {}


def _similar_key(node: Node, key: str) -> str:
    """A key that was written instead of the missing one, perhaps."""
    return nearest(key, node.entries) if isinstance(node, Block) and key not in node.entries else ""


def _keys(model: type[BaseModel] | None) -> list[str]:
    """The keys that a mapping may have."""
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _title(model: type[BaseModel] | None, key: str) -> str:
    fields = model.model_fields.items() if model else ()
    return next((field.title or "" for name, field in fields if (field.alias or name) == key), "")


def _models_on(model: type[BaseModel], path: Trail) -> type[BaseModel] | None:
    """The model of the mapping that the last part of a path belongs to."""
    options = [model]
    for i, part in enumerate(path[:-1]):
        if _is_tag(path, i):
            options = options[:1] if part == "from" else options[1:]
        elif isinstance(part, str):
            fields = [
                field for one in options for name, field in one.model_fields.items() if part == (field.alias or name)
            ]
            # no such field: the key of a mapping of names (kinds), whose values all have the same shape
            options = [one for field in fields for one in _models_in(field.annotation, field.metadata)] or options
    return options[0] if options else None


def _models_in(annotation: Any, metadata: Iterable[Any] = ()) -> Iterable[type[BaseModel]]:  # noqa: ANN401 - a type
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for one in (*getattr(annotation, "__args__", ()), *metadata):
        yield from _models_in(one) if one is not annotation else ()
