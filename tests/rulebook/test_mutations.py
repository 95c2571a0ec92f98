"""Broken rulebooks, by the hundred: a plain message for each, never a traceback."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfeval.rulebook.soundness.lint import lint
from selfeval.rulebook.trying.trial import run_cases
from tests.rulebook.workbench import Workbench

SIGNS = [
    "\t",
    "*",
    "&a ",
    "!",
    "@",
    "%",
    "`",
    ":",
    "：",
    "-",
    "- ",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "#",
    "|",
    ">",
    ",",
    "\x00",
    "0",
    "-1",
    "=",
    "\u2028",
    " ",
]


def mutated(text: str, chance: random.Random) -> str:
    """One to three accidents: lines lost, doubled, moved or shifted; signs typed or lost; values exchanged."""
    for _ in range(chance.randint(1, 3)):
        lines = text.split("\n")
        i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
        accident = chance.randrange(8)
        if accident == 0:
            del lines[i]
        elif accident == 1:
            lines.insert(j, lines[i])
        elif accident == 2:
            lines[i] = " " * chance.randint(1, 5) + lines[i]
        elif accident == 3:
            lines[i] = lines[i][chance.randint(1, 4) :]
        elif accident == 4:
            at = chance.randint(0, len(lines[i]))
            lines[i] = lines[i][:at] + chance.choice(SIGNS) + lines[i][at:]
        elif accident == 5 and lines[i]:
            at = chance.randrange(len(lines[i]))
            lines[i] = lines[i][:at] + lines[i][at + 1 :]
        elif accident == 6:
            head, colon, _ = lines[i].partition(": ")
            lines[i] = (
                head
                + colon
                + chance.choice(["", "1", "[]", "{}", "[[1]]", "x", "true", "-3", "99999999999999999", '""'])
            )
        else:
            lines = lines[: max(i, 1)]
        text = "\n".join(lines)
    return text


@pytest.mark.parametrize("name", ["2024.yaml", "national-2020.yaml", "2024.cases.yaml"])
def test_no_accident_ends_in_a_traceback(name: str, bench: Workbench) -> None:
    original = bench.path(name).read_text(encoding="utf-8")
    chance = random.Random(name)
    refused = 0
    for _ in range(70):
        text = mutated(original, chance)
        bench.write(text, name)
        if name.endswith(".cases.yaml"):
            problems = run_cases(bench.path(), bench.root).problems
        else:
            problems = lint(bench.path(), bench.root)
            if not any(one.code.startswith("E") for one in problems):
                problems = run_cases(bench.path(), bench.root).problems
        refused += any(one.code.startswith("E") for one in problems)
        for one in problems:
            assert one.message
            assert one.remedy
            assert one.place.file.startswith("rules/")
            assert "Traceback" not in one.message
    assert refused > 20  # the accidents are real ones


@pytest.mark.parametrize("line", range(1, 107, 3))
def test_a_stray_sign_is_named_at_its_line_or_where_it_opens(line: int, bench: Workbench, tmp_path: Path) -> None:
    lines = bench.path().read_text(encoding="utf-8").split("\n")
    assert line < len(lines)
    lines.insert(line - 1, "@")
    bench.write("\n".join(lines))
    found = lint(bench.path(), tmp_path)[0]
    assert (found.code, found.place.cell) == ("E204", f"第{line}行第1列")


BAD_VALUES = (">=95", "*x", "@x", "%x", "&a", "!x", "`x", "[甲", '"甲', "{甲: 1", "a: b")


def mistakes(line: str) -> Iterator[str]:
    """What is typed wrong in one line with a key: the key, the colon, the indent, the value."""
    found = re.match(r"^(\s*(?:- )?)([\w-]+):(.*)$", line)
    if found is None:
        return
    start, key, rest = found.groups()
    yield f"{start}{key}x:{rest}"
    yield f"{start}{key}：{rest.lstrip()}"
    yield "\t" + line.lstrip()
    if rest.strip():
        yield f"{start}{key}:{rest.lstrip()}"
        # where the lines below end a list, an open one is none that lacks its end
        yield from (f"{start}{key}: {value}" for value in BAD_VALUES if rest.strip() != "[" or value[:1] != "[")


@pytest.mark.parametrize(
    "name", ["2024.yaml", "national-2020.yaml", "central-2021.yaml", "examples/per-unit-deduction.yaml"]
)
def test_fifty_slips_each_are_named_at_their_line(name: str, bench: Workbench) -> None:
    lines = bench.path(name).read_text(encoding="utf-8").split("\n")
    slips = [
        (i, wrong) for i, line in enumerate(lines) if line.strip()[:1] not in {"", "#"} for wrong in mistakes(line)
    ]
    for i, wrong in random.Random(name).sample(slips, 50):
        bench.write("\n".join([*lines[:i], wrong, *lines[i + 1 :]]), name)
        errors = [one for one in lint(bench.path(name), bench.root) if one.code.startswith("E")]
        places = [(one.place.file, one.place.cell.partition("行")[0]) for one in errors]
        assert (f"rules/{name}", f"第{i + 1}") in places, (i + 1, wrong, errors)
