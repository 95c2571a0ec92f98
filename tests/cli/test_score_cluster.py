"""``score --scheduler``: a cluster does the work, and what it says against that is said plainly."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from selfeval.packages import cluster
from tests.cli.conftest import Run
from tests.cli.test_score import snapshot
from tests.clusters import Cluster

pytestmark = pytest.mark.xdist_group("dask")

NOBODY = "tcp://127.0.0.1:9"


def test_the_results_are_those_of_one_process(run: Run, scored: Path, dask: Cluster) -> None:
    before = snapshot(scored / "outputs")
    ran = run("score", 2024, "--workspace", scored, "--scheduler", dask.address, "--fresh")
    assert ran.code == 0
    assert ran.err == ""
    assert snapshot(scored / "outputs") == before
    assert dask.tasks() == 0


@pytest.mark.parametrize("rest", [("--workers", "2"), ("--compare", "--rules", "central-2021")])
def test_what_does_not_go_with_a_cluster_is_refused(run: Run, scored: Path, rest: tuple[str, ...]) -> None:
    ran = run("score", 2024, "--workspace", scored, "--scheduler", NOBODY, *rest)
    assert ran.code == 2
    assert f"--scheduler 和 {rest[0]} 不能同时使用，请去掉一个" in ran.err


def test_where_dask_is_missing_it_is_said_what_to_install(
    run: Run, scored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _name: None)
    ran = run("score", 2024, "--workspace", scored, "--scheduler", NOBODY)
    assert ran.code == 2
    assert '没有安装 Dask，不能用集群；请先运行 pip install "selfeval[cluster]"' in ran.err


def test_what_is_no_address_is_said(run: Run, scored: Path) -> None:
    ran = run("score", 2024, "--workspace", scored, "--scheduler", "8786")
    assert ran.code == 2
    assert "--scheduler 后面应为 Dask 调度进程的地址，如 tcp://10.0.0.1:8786" in ran.err


@pytest.mark.parametrize("more", [(), ("--format", "json")])
def test_where_nobody_answers_nothing_is_written(
    run: Run, scored: Path, dask: Cluster, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    del dask  # skipped where Dask is not installed
    monkeypatch.setattr(cluster, "_CONNECT", 0.5)
    before = snapshot(scored / "outputs")
    ran = run("score", 2024, "--workspace", scored, "--scheduler", NOBODY, "--fresh", *more)
    assert ran.code == 4
    said = json.loads(ran.out)["problems"][0]["message"] if more else ran.err
    assert f"连不上 {NOBODY}。请核对地址" in said
    assert snapshot(scored / "outputs") == before


def test_nobody_loads_dask_who_does_not_ask_for_it() -> None:
    code = "import sys, selfeval.cli.score, selfeval.runs.team; print({'dask', 'distributed'} & {*sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"
