"""A run by several processes: the same outputs, however these begin and whatever becomes of them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from selfeval.packages import crew as crews
from selfeval.runs.execute import Making, outputs
from selfeval.runs.inputs import Choice, Inputs, load_inputs
from selfeval.runs.team import Team
from selfeval.runs.workspace import Workspace, open_workspace

DAY = date(2024, 12, 31)


@pytest.fixture
def workspace(project_root: Path, tmp_path: Path) -> Workspace:
    """The sample year with the forms of two projects, one that is no form, and one that nobody can read."""
    for part in ("rules", "inputs"):
        shutil.copytree(project_root / part, tmp_path / part)
    forms = sorted((tmp_path / "inputs" / "2024" / "forms").rglob("*.xlsx"))
    for path in forms[3:]:
        path.unlink()
    forms[2].write_bytes(b"PK")
    return open_workspace(tmp_path)[0]


def _made(workspace: Workspace, workers: int) -> dict[str, bytes]:
    choice = Choice(2024)
    with Team(workspace, choice, DAY, workers) as team:
        inputs = load_inputs(workspace, choice, team)
        assert isinstance(inputs, Inputs)
        making = Making(crew=team.crew(inputs.targets, inputs.rulebook))
        made = outputs(inputs, inputs.score(), DAY, making=making)
        return {name: content for name, content in made if isinstance(content, bytes)}


@pytest.mark.parametrize("begin", ["fork", "spawn"])
def test_the_outputs_are_the_same(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, begin: str) -> None:
    monkeypatch.setattr(crews, "way_to_begin", lambda: begin)
    alone = _made(workspace, 1)
    assert len(alone) > 28
    assert _made(workspace, 2) == alone


def test_a_team_without_forms_begins_for_the_workbooks(workspace: Workspace, project_root: Path) -> None:
    choice = Choice(2024, reported=project_root / "examples/sample-2024")
    with Team(workspace, choice, DAY, 1) as team:
        inputs = load_inputs(workspace, choice, team)
        assert isinstance(inputs, Inputs)
        assert team.crew(inputs.targets, inputs.rulebook) is team.crew(inputs.targets, inputs.rulebook)
