"""Two runs at once: one writes, the other says so and changes nothing; what a killed run held is free."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from selfeval.packages.files import alone, lock_of
from tests.cli.desk import COMMANDS, DONE, prepared
from tests.cli.trouble import run, snapshot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are forked, and watched through /proc")

LOCKED = {
    "score": "outputs/2024",
    "review": "outputs/2024",
    "compare": "比较/2024-central-2021",
    "forms --overwrite": "inputs/2024/forms",
    "collect": "inputs/2024/forms",
    "import": "inputs/2024/targets.xlsx",
    "check --write": "outputs/2024-退回修改清单",
    "rules new": "rules",
    "init": "新",
    "rules override": "rules/2024.yaml",
    "rules doc": "评分细则/评分细则-2024.md",
}


@pytest.mark.parametrize("name", LOCKED)
def test_a_second_run_is_refused_and_a_dead_one_stops_nobody(name: str, tmp_path: Path) -> None:
    assert name in COMMANDS
    arguments = prepared(name, tmp_path)
    target = tmp_path / LOCKED[name]
    target.parent.mkdir(exist_ok=True)
    lock = lock_of(target)
    with alone(lock):
        before = snapshot(tmp_path)
        ended = run(tmp_path, arguments)
        assert (ended.code, "E608" in ended.said, lock.name in ended.said) == (4, True, True), ended.said
        assert snapshot(tmp_path) == before
    lock.write_text("12345")  # of a run that was killed
    ended = run(tmp_path, arguments)
    assert ended.code in DONE, ended.said
    assert not lock.exists()
