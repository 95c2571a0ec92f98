"""Regimes of printed forms, written with docs/rules.md alone: each is only YAML, and scores as the form prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.loading import OWN, load, load_all
from selfeval.rulebook.text.nodes import Block, Items, Node
from tests.rulebook.workbench import RULES, Workbench

REGIMES = Path(__file__).parent / "regimes"
NAMES = sorted(path.stem for path in REGIMES.glob("*.yaml") if "." not in path.stem)
SHIPPED = sorted(path.relative_to(RULES).as_posix() for path in RULES.rglob("*.yaml") if "." not in path.stem)


@pytest.mark.parametrize("name", NAMES)
def test_a_printed_form_is_only_yaml(name: str, bench: Workbench) -> None:
    for path in REGIMES.glob(f"{name}.*"):
        bench.write(path.read_text(encoding="utf-8"), path.name)
    assert {one.code for one in bench.lint(f"{name}.yaml")} <= {"I201"}
    run = bench.cases(f"{name}.yaml")
    assert run.results
    assert [one.message for result in run.results for one in result.problems] == []


def written(node: Node) -> str:
    """A tree as YAML in brackets; numbers and flags stay as they are, all else goes into quotes."""
    if isinstance(node, Block):
        kept = [(key, one) for key, one in node.entries.items() if node.get(key) is not None]
        return "{" + ", ".join(f"{key}: {written(one)}" for key, one in kept) + "}"
    if isinstance(node, Items):
        return "[" + ", ".join(written(one) for one in node.items) + "]"
    bare = node.plain and re.fullmatch(r"-?\d+(\.\d+)?%?|true|false", node.text)
    return node.text if bare else json.dumps(node.text, ensure_ascii=False)


def without_places(rulebook: Rulebook) -> str:
    text = re.sub(r"Origin\(file='[^']*', line=\d+\)", "", repr(rulebook))
    return re.sub(r"files=\(.*?\)\)?, ", "", re.sub(r"RuleFile\([^)]*\),? ?", "", text))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_resolved_rulebook_equals_the_same_written_out_in_full(name: str, bench: Workbench) -> None:
    merged = load_all(bench.path(name), bench.root)
    assert merged.root is not None
    assert merged.rulebook is not None
    kept = {key: one for key, one in merged.root.entries.items() if key not in {"extends", "remove"}}
    assert set(OWN) - set(kept) <= {"extends", "remove"}
    bench.write("\n".join(f"{key}: {written(one)}" for key, one in kept.items()), name)
    alone, problems = load(bench.path(name), bench.root)
    assert problems == ()
    assert alone is not None
    assert [one.path for one in alone.files] == [f"rules/{name}"]
    assert without_places(alone) == without_places(merged.rulebook)
