"""The JSON Schema of rulebooks and cases, for editors: completion and explanations in Chinese.

Generated from the models; the shipped files are compared with it by a test. A child gives only what differs from its
parent, so outside lists that are replaced whole nothing is required but the name of an item and what a
rulebook never takes over.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from selfeval.rulebook.inheritance import OWN
from selfeval.rulebook.models import GradeModel, PointModel, RulebookModel, ShareModel, StepModel
from selfeval.rulebook.text.nodes import IDENTITIES
from selfeval.rulebook.trying.cases import CasesModel

DRAFT = "https://json-schema.org/draft/2020-12/schema"

FILES: dict[str, type[BaseModel]] = {
    "rulebook.schema.json": RulebookModel,
    "cases.schema.json": CasesModel,
}
"""The shipped schemas, in this folder, and the models they come from."""

_FOLDER = Path(__file__).parent
_GIVEN_WHOLE = {one.__name__ for one in (StepModel, PointModel, GradeModel, ShareModel)}


def schema(name: str = "rulebook.schema.json") -> dict[str, Any]:
    """The schema of a rulebook (or of ``cases.schema.json``) as a JSON value."""
    model = FILES[name]
    made = model.model_json_schema(by_alias=True)
    made["title"] = "评分规则书" if model is RulebookModel else "评分规则的用例"
    made.pop("description", None)
    if model is RulebookModel:
        made["required"] = [key for key in made["required"] if key in OWN]
    for definition, one in made["$defs"].items():
        # the models' own names and docstrings are for programmers; the fields explain themselves in Chinese
        one.pop("title", None)
        one.pop("description", None)
        if model is RulebookModel and definition not in _GIVEN_WHOLE:
            _relax(one)
    return {"$schema": DRAFT, **made}


def schema_text(name: str = "rulebook.schema.json") -> str:
    """The schema as the file holds it: UTF-8, two spaces, one line feed at the end."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def shipped(name: str = "rulebook.schema.json") -> str:
    """The schema file that comes with the program."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def _relax(definition: dict[str, Any]) -> None:
    kept = [key for key in definition.get("required", ()) if key in IDENTITIES]
    definition.pop("required", None)
    if kept:
        definition["required"] = kept
