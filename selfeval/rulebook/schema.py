"""The JSON Schema of rulebooks and cases, for editors: completion and explanations in Chinese.

A child gives only what differs from its parent, so little is required outside lists that are replaced whole.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from fractions import Fraction
from typing import Any

from selfeval.domain.options import Declared
from selfeval.domain.rulebook import CheckRule, Deduction, InForce, KindRule, Passed, Rulebook
from selfeval.rulebook.loading import OWN
from selfeval.rulebook.text.nodes import IDENTITIES
from selfeval.rulebook.text.shape import ByName, FieldShape, Several, identity_of, keys_of
from selfeval.rulebook.text.values import Value
from selfeval.rulebook.trying.cases import CaseList, RuleCase

DRAFT = "https://json-schema.org/draft/2020-12/schema"

# the shipped schemas, in this folder, and what they describe
FILES: dict[str, type] = {"rulebook.schema.json": Rulebook, "cases.schema.json": CaseList}
_NAMES = {
    CheckRule: "CheckModel",
    Deduction: "DeductModel",
    InForce: "InForce",
    KindRule: "KindModel",
    Passed: "ShareModel",
    RuleCase: "CaseModel",
}
"""Names of definitions that are not those of the classes: a shipped schema keeps them."""


def schema(name: str = "rulebook.schema.json") -> dict[str, Any]:
    """The schema of a rulebook (or of ``cases.schema.json``) as a JSON value."""
    top = FILES[name]
    inherits = top is Rulebook
    made = _mapping(top, OWN if inherits else None)
    made["title"] = "评分规则文件" if inherits else "评分规则的用例"
    made["$defs"] = {
        _name(part): _mapping(part, None if whole or not inherits else IDENTITIES)
        for part, whole in dict(_parts(top)).items()
    }
    return {"$schema": DRAFT, **made}


def schema_text(name: str = "rulebook.schema.json") -> str:
    """The schema as the file holds it: UTF-8, two spaces, one line feed at the end."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _name(part: type) -> str:
    return _NAMES.get(part, f"{part.__name__}Model")


def _parts(part: type) -> Iterator[tuple[type, bool]]:
    """Every part within a part, and whether it is always given whole: an item without a name cannot be changed."""
    for _, shape in keys_of(part).values():
        listed = isinstance(shape, Several)
        inner = shape.item if isinstance(shape, Several) else shape.part if isinstance(shape, ByName) else shape
        for found in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(found, type):
                yield found, listed and not identity_of(found)
                yield from _parts(found)


def _mapping(part: type, own: Container[str] | None) -> dict[str, Any]:
    """The schema of a part; of what it must have, only ``own`` is required here, and all where that is None."""
    required = [key for key, (field, _) in keys_of(part).items() if field.required and (own is None or key in own)]
    properties = {key: _property(field, shape) for key, (field, shape) in keys_of(part).items()}
    made = {"type": "object", "additionalProperties": False, "properties": properties}
    return made | ({"required": required} if required else {})


def _property(field: Declared, shape: FieldShape) -> dict[str, Any]:
    made = _described(shape)
    default = field.default
    if default is None or (default == "" and "enum" in made):  # may be left out: an editor takes null for that
        made, default = {"anyOf": [*made.get("anyOf", [made]), {"type": "null"}]}, None
    if default is None or isinstance(default, str | bool | int | Fraction):
        made["default"] = str(default) if isinstance(default, Fraction) else default
    return made | {"title": field.option.title, "description": field.option.hint}


def _described(shape: FieldShape) -> dict[str, Any]:
    if isinstance(shape, Value):
        return dict(shape.schema)
    if isinstance(shape, Several):
        return {"type": "array", "items": _described(shape.item)}
    if isinstance(shape, tuple):
        return {"oneOf": [_described(part) for part in shape]}
    if isinstance(shape, ByName):
        names = {"propertyNames": {"enum": shape.names.schema["enum"]}} if shape.names else {}
        return {"type": "object", "additionalProperties": _described(shape.part), **names}
    return {"$ref": f"#/$defs/{_name(shape)}"}
