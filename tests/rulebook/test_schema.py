"""The JSON Schema for editors: shipped, in Chinese, bound in every file, and never behind the declarations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from selfeval.rulebook.schema import FILES, schema, schema_text
from tests.rulebook.workbench import ROOT, RULES


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_shipped_schema_is_the_one_the_declarations_give(name: str) -> None:
    assert (ROOT / "selfeval" / "rulebook" / name).read_text(encoding="utf-8") == schema_text(name)


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_key_is_named_and_explained_in_chinese(name: str) -> None:
    made = schema(name)
    shapes: list[dict[str, Any]] = [made, *made["$defs"].values()]
    for shape in shapes:
        for key, one in shape.get("properties", {}).items():
            assert _chinese(one.get("title", "")), key
            assert _chinese(one.get("description", "")), key


def test_a_child_need_not_repeat_its_parent_but_a_step_is_whole() -> None:
    made = schema()
    assert made["required"] == ["id", "title", "in_force"]
    assert "required" not in made["$defs"]["KindModel"]
    assert made["$defs"]["EntryModel"]["required"] == ["id"]
    assert sorted(made["$defs"]["StepModel"]["required"]) == ["from", "share"]


@pytest.mark.parametrize("path", sorted(RULES.glob("*.yaml")), ids=lambda path: path.name)
def test_every_rule_file_binds_its_schema_in_line_one(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n")[0]
    head, _, reference = first.partition("$schema=")
    assert head == "# yaml-language-server: "
    expected = "cases.schema.json" if path.stem.endswith(".cases") else "rulebook.schema.json"
    assert (path.parent / reference).resolve() == (ROOT / "selfeval" / "rulebook" / expected)


def _chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)
