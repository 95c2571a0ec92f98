"""``checks:`` in a rulebook: lines are drawn, moved and taken away in YAML; slips are said at their line."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import pytest

from selfeval.rulebook.loading import load, point_at
from selfeval.rulebook.schema import schema
from selfeval.rulebook.text import reading
from tests.conftest import ROOT

HEAD = """id: child
title: 测试
extends: national-2020
in_force:
  from: 2024
"""


def child(tmp_path: Path, text: str) -> Path:
    (tmp_path / "national-2020.yaml").write_bytes((ROOT / "rules" / "national-2020.yaml").read_bytes())
    file = tmp_path / "child.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    return file


def test_a_child_moves_a_line_and_turns_a_check_off(tmp_path: Path) -> None:
    file = child(tmp_path, "checks:\n  unspent:\n    limit: 30%\n  full_unit:\n    enabled: false\n")
    rulebook, problems = load(file, tmp_path)
    assert rulebook is not None, problems
    assert rulebook.checks["unspent"].limit == Fraction(3, 10)
    assert str(rulebook.checks["unspent"].origin) == "child.yaml:7"
    assert not rulebook.checks["full_unit"].enabled
    assert rulebook.checks["full_unit"].limit == 2
    assert rulebook.checks["execution_low"].enabled


SLIPS = {
    "unspend:\n    limit: 30%\n    sources: [choices]": ("E220", "unspent"),
    "after_year:\n    limit: 3": ("E245", "不用 limit"),
    "unspent:\n    limit: -1": ("E245", "不能小于0"),
    "unspent:\n    words: [结余]": ("E245", "不用 words"),
    "budget_changed:\n    words: []": ("E245", "没有写 words"),
    "unspent:\n    sources: []": ("E228", "checks.unspent"),
    "unspent:\n    sources: [nothing]": ("E220", "nothing"),
    "unspent:\n    limit: 很多": ("E211", "很多"),
    "unspent:\n    on: false": ("E210", "on"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_said_at_its_line(tmp_path: Path, slip: str) -> None:
    rulebook, problems = load(child(tmp_path, f"checks:\n  {slip}\n"), tmp_path)
    assert rulebook is None
    code, text = SLIPS[slip]
    assert [one.code for one in problems] == [code]
    assert text in problems[0].message + problems[0].remedy
    assert problems[0].place.file == "child.yaml"


def test_a_check_without_its_line_is_said(tmp_path: Path) -> None:
    file = child(tmp_path, "checks:\n  unspent:\n    sources: [choices]\nremove: [checks.unspent.limit]\n")
    rulebook, problems = load(file, tmp_path)
    assert rulebook is None
    assert "没有写 limit" in problems[0].message


def test_an_editor_completes_the_names_of_checks() -> None:
    names = schema()["properties"]["checks"]["propertyNames"]["enum"]
    assert "better_than_execution" in names


def test_a_file_of_nothing_but_unknown_keys_is_told_by_the_first_hundred(tmp_path: Path) -> None:
    rulebook, problems = load(child(tmp_path, "".join(f"k{number}: 1\n" for number in range(130))), tmp_path)
    assert rulebook is None
    assert [one.code for one in problems].count("E210") == 100


def test_a_file_of_more_words_than_a_rulebook_has_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_NODES", 20)
    reading.parse.cache_clear()
    rulebook, problems = load(child(tmp_path, f"k: [{'1, ' * 20}]\n"), tmp_path)
    reading.parse.cache_clear()
    assert rulebook is None
    assert [(one.code, one.place.file) for one in problems] == [("E207", "child.yaml")]
    assert "内容超过" in problems[0].message


@pytest.mark.parametrize(("length", "codes"), [(3000, []), (3001, ["E207"])])
def test_a_text_that_nobody_would_read_is_refused_at_its_line(tmp_path: Path, length: int, codes: list[str]) -> None:
    file = tmp_path / "child.yaml"
    child(tmp_path, "")
    file.write_text(HEAD.replace("测试", "字" * length), encoding="utf-8")
    problems = load(file, tmp_path)[1]
    assert [one.code for one in problems] == codes
    assert all(one.place.cell == "第2行第8列" and "3001字" in one.message for one in problems)


def test_a_fault_in_an_endless_line_is_shown_with_what_stands_around_it(tmp_path: Path) -> None:
    file = tmp_path / "child.yaml"
    file.write_text("k: [" + "1, " * 5000 + "&x 2]\n", encoding="utf-8")
    problems = load(file, tmp_path)[1]
    line, caret = point_at(problems[0], tmp_path)
    assert len(line) < 220
    assert line[caret.index("^")] == "&"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_no_rulebook(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "child.yaml")
    assert [one.code for one in load(tmp_path / "child.yaml", tmp_path)[1]] == ["E201"]
