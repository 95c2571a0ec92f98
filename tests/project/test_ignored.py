"""What runs hold while they write, and a killed one leaves, is no change that anybody has to commit."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

from selfeval.packages.files import lock_of
from selfeval.packages.writing import unfinished_name
from selfeval.runs.collecting import unpacking_beside


@pytest.fixture(scope="module")
def ignored(project_root: Path) -> list[str]:
    """The patterns of what is not for the history, files and folders alike."""
    lines = (project_root / ".gitignore").read_text(encoding="utf-8").splitlines()
    return [line.removesuffix("/") for line in lines if line]


@pytest.mark.parametrize(
    "target", ["rules", "rules/2024.yaml", "inputs/2024/forms", "outputs/2024-退回修改清单", "表" * 90]
)
def test_locks_are_not_for_the_history(ignored: list[str], target: str) -> None:
    lock = lock_of(Path(target)).name
    assert [pattern for pattern in ignored if fnmatch(lock, pattern)], lock
    assert not any(fnmatch(Path(target).name, pattern) for pattern in ignored)


def test_neither_is_what_is_unfinished_or_unpacked(ignored: list[str], tmp_path: Path) -> None:
    with unpacking_beside(tmp_path / "forms", tmp_path) as aside:
        for name in (unfinished_name(), aside.name):
            assert [pattern for pattern in ignored if fnmatch(name, pattern)], name
