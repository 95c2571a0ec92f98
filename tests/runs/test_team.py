"""A run by several processes: the same outputs, however these begin and whatever becomes of them."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from selfeval.packages import cluster as clusters
from selfeval.packages import crew as crews
from selfeval.packages.cluster import ClusterError
from selfeval.runs import team as teams
from selfeval.runs.execute import Making, outputs
from selfeval.runs.inputs import Choice, Inputs, load_inputs
from selfeval.runs.team import Cluster, Team
from selfeval.runs.workspace import Workspace, open_workspace
from tests.clusters import Cluster as Started
from tests.clusters import started

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


def _made(
    workspace: Workspace, workers: int | Cluster, tick: Callable[[str], None] = lambda _name: None
) -> dict[str, bytes]:
    choice = Choice(2024)
    with Team(workspace, choice, DAY, workers) as team:
        inputs = load_inputs(workspace, choice, team)
        assert isinstance(inputs, Inputs)
        making = Making(tick, team.crew(inputs.targets, inputs.rulebook))
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


@pytest.mark.xdist_group("dask")
def test_a_cluster_makes_the_same_also_where_a_worker_is_killed(
    workspace: Workspace, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters._Workers, "part", 1)
    alone, said, ticks = _made(workspace, 1), list[str](), list[str]()
    with started(tmp_path_factory.mktemp("dask")) as there:

        def tick(name: str) -> None:
            ticks.append(name)
            if len(ticks) == 3:
                os.kill(there.workers[0].pid, signal.SIGKILL)

        assert _made(workspace, Cluster(there.address, said.append), tick) == alone
        assert there.workers[0].wait() == -signal.SIGKILL
    assert len(ticks) > 28
    assert said == []
    assert [*(workspace.root / "outputs").iterdir()] == []


@pytest.mark.xdist_group("dask")
@pytest.mark.parametrize("changed", ["inputs/2024/targets.xlsx", "rules/2024.yaml", "inputs/settings.yaml"])
def test_a_cluster_that_finds_other_inputs_makes_nothing(
    workspace: Workspace, project_root: Path, dask: Started, changed: str
) -> None:
    choice = Choice(2024, reported=project_root / "examples/sample-2024")
    with Team(workspace, choice, DAY, Cluster(dask.address, print)) as team:
        inputs = load_inputs(workspace, choice)
        assert isinstance(inputs, Inputs)
        crew = team.crew(inputs.targets, inputs.rulebook)
        path = workspace.root / changed
        content = path.read_bytes() if path.exists() else b""
        path.write_bytes(content + ("unit: 另一个单位\n".encode() if "settings" in changed else b"\n"))
        making = Making(crew=crew)
        with pytest.raises(ClusterError, match=r"绩效目标表、评分规则或设置与本机评分开始时读取的不同.*重新启动"):
            dict(outputs(inputs, inputs.score(), DAY, making=making))
    assert dask.tasks() == 0


def test_who_does_not_see_the_workspace_or_is_another_program_says_so(tmp_path: Path) -> None:
    here = teams._facts(tmp_path, tmp_path)
    seen = tmp_path / "new"
    seen.touch()
    there = teams._facts(tmp_path, seen)
    (name,) = (name for name in here if here[name] != there[name])
    assert name == f"工作文件夹 {tmp_path} "
    assert (here[name], there[name]) == ("看不到", "看得到")
    assert {"程序文件", "python", "xlsxwriter", "压缩"} <= here.keys()


def test_no_file_is_put_where_a_link_leads_out_of_the_workspace(workspace: Workspace, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    root = tmp_path / "linked"
    root.mkdir()
    for part in ("rules", "inputs"):
        shutil.copytree(workspace.root / part, root / part)
    (root / "outputs").symlink_to(elsewhere)
    linked, choice = open_workspace(root)[0], Choice(2024)
    with Team(linked, choice, DAY, Cluster("tcp://127.0.0.1:9", print)) as team:
        inputs = load_inputs(linked, choice)
        assert isinstance(inputs, Inputs)
        with pytest.raises(ClusterError, match="里写不了文件（“outputs”是指向别处的链接，不写入）"):
            team.crew(inputs.targets, inputs.rulebook)
    assert [*elsewhere.iterdir()] == []
