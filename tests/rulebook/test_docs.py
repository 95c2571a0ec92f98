"""The pages for rule authors: exercises that can be solved, examples that load, a reference that does not drift."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from selfeval.rulebook.schema import schema
from selfeval.rulebook.writing.reference import reference
from tests.rulebook.workbench import ROOT, Workbench

DOCS = ROOT / "docs"
EXERCISES = sorted(path.name.removesuffix(".cases.yaml") for path in (DOCS / "exercises").glob("*.cases.yaml"))
PAGE = (DOCS / "rules.md").read_text(encoding="utf-8")
EXAMPLES = [dedent(found) for found in re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)]


def copied(name: str, bench: Workbench, *, answered: bool) -> None:
    bench.write((DOCS / "exercises" / f"{name}.cases.yaml").read_text(encoding="utf-8"), f"{name}.cases.yaml")
    answer = (DOCS / "exercises" / "answers" / f"{name}.yaml").read_text(encoding="utf-8")
    plain = f"id: {name}\ntitle: 练习\nextends: national-2020\nin_force: {{from: 2024}}\n"
    bench.write(answer if answered else plain, f"{name}.yaml")


@pytest.mark.parametrize("name", EXERCISES)
def test_the_answer_solves_the_exercise_and_nothing_less_does(name: str, bench: Workbench) -> None:
    copied(name, bench, answered=False)
    assert not bench.cases(f"{name}.yaml").passed
    copied(name, bench, answered=True)
    assert {one.code for one in bench.lint(f"{name}.yaml")} <= {"I201"}
    assert bench.cases(f"{name}.yaml").problems == ()


def test_the_page_names_every_exercise() -> None:
    assert len(EXERCISES) == 4
    assert all(name in PAGE for name in EXERCISES)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_of_the_page_is_good_as_it_stands(number: int, bench: Workbench) -> None:
    text = EXAMPLES[number]
    if text.startswith("rulebook:"):
        bench.write("id: 2025\ntitle: 试\nextends: 2024\nin_force: {from: 2025}\n", "2025.yaml")
        bench.change(
            "{from: 1, share: 80%}\n      - {from: 31, share: 60%}",
            "{from: 1, share: 80%}\n      - {from: 31, share: 0}",
        )
        bench.change("      - {from: 91, share: 0}\n", "")
        bench.write(text, "2025.cases.yaml")
        assert bench.cases("2025.yaml").passed
        return
    sources = "" if "\nsources:" in text else "sources:\n  - {id: notice, title: 试, verified: true}\n"
    head = (
        ""
        if text.startswith("id:")
        else f"id: 2025\ntitle: 试\nextends: national-2020\nin_force: {{from: 2025}}\n{sources}"
    )
    bench.write(head + text, "2025.yaml")
    assert {one.code for one in bench.lint("2025.yaml") if one.code[0] == "E"} == set()


def test_the_curves_of_the_table_are_good_as_they_stand(bench: Workbench) -> None:
    curves = re.findall(r"`(curve: \[.*?\])`", PAGE)
    assert len(curves) >= 5
    for curve in curves:
        kind = "at_most:\n    measure: rate" if "-100%" in curve else "at_least:"  # full from the lowest rate up
        bench.write(
            f"id: 2025\ntitle: 试\nextends: national-2020\nin_force: {{from: 2025}}\nkinds:\n  {kind}\n    {curve}\n"
            + (
                "    measure: per_unit\n    deduct: {points: 1}\n"
                if curve.count("share") == 1 and "measure" in curve
                else ""
            ),
            "2025.yaml",
        )
        assert {one.code for one in bench.lint("2025.yaml") if one.code[0] == "E"} == set(), curve


def test_the_reference_is_the_one_the_schema_gives() -> None:
    hint = "run: python -m selfeval.rulebook.writing.reference"
    assert (DOCS / "rules-reference.md").read_text(encoding="utf-8") == reference(), hint


def test_the_reference_names_every_key_with_words() -> None:
    page = reference()
    definitions = schema()["$defs"].values()
    for one in (schema(), *definitions):
        for key, value in one.get("properties", {}).items():
            assert f"| {key} | {value['title']} |" in page
