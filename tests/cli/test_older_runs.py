"""What an older version published is compared and reviewed by this one."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import FEW, Run

PROJECT = "13080024P00010310005F"


@pytest.fixture
def older(workspace: Path, project_root: Path) -> Path:
    """A workspace whose results of 2024 are of the first format, by the rules that lie there."""
    folder = shutil.copytree(project_root / "tests/runs/published_v1", workspace / "outputs/2024")
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    for rule in record["rules"]:
        rule["sha256"] = hashlib.sha256((workspace / rule["path"]).read_bytes()).hexdigest()
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    return workspace


def test_it_is_compared_with_a_run_of_today(run: Run, older: Path) -> None:
    assert run("score", "2024", "--project", PROJECT, "--out", older / "now", "--workspace", older).code == 0
    assert json.loads((older / "now/run.json").read_text(encoding="utf-8"))["format"] == "selfeval.run.v2"
    ran = run("diff", "2024", "now", "--workspace", older, "--format", "json")
    assert ran.code == 0
    found = json.loads(ran.out)
    mine = [one for one in found["indicators"] if one["project"] == PROJECT]
    assert not any("规则" in one["rules"] for one in mine), "a column that the old file had not says nothing"
    assert [one["change"] for one in found["projects"] if one["project"] != PROJECT] == ["没有了"]


def test_it_is_reviewed(run: Run, older: Path) -> None:
    ran = run("review", "2024", "--workspace", older, "--format", "json")
    assert ran.code == 0
    found = json.loads(ran.out)
    assert [(one["project"], one["self_total"]) for one in found["projects"]] == [
        (PROJECT, 98.38),
        ("13080024P00009710005F", 99.25),
    ]


def test_it_is_replaced_by_the_next_score(run: Run, older: Path) -> None:
    assert run("score", "2024", "--workspace", older).code == 0
    record = json.loads((older / "outputs/2024/run.json").read_text(encoding="utf-8"))
    assert (record["format"], len(record["projects"])) == ("selfeval.run.v2", len(FEW))
