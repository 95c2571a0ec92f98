"""Setting up on a machine that lacks something: a plain sentence, and nothing half made."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="on Windows the README's py commands set up")


@pytest.fixture
def clone(project_root: Path, tmp_path: Path) -> Path:
    """What the set-up needs of the repository, in a folder whose name has a space and Chinese in it."""
    folder = tmp_path / "绩效 自评"
    folder.mkdir()
    shutil.copytree(project_root / "requirements", folder / "requirements")
    shutil.copy(project_root / "pyproject.toml", folder)
    shutil.copy(project_root / "Makefile", folder)
    return folder


def install(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    shell = shutil.which("sh")
    assert shell
    return subprocess.run(
        [shell, "requirements/install.sh", "runtime"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"} | environment,
        capture_output=True,
        check=False,
        text=True,
    )


def stand_in(file: Path, script: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def test_a_python_that_does_not_exist_is_named(clone: Path) -> None:
    ended = install(clone, PYTHON="python3.99")
    assert ended.returncode == 1
    assert "PYTHON=python3.99 用不了：要 Python 3.11 或更新的版本" in ended.stderr
    assert not (clone / ".venv").exists()


def test_without_any_python_the_message_says_what_to_install(clone: Path, tmp_path: Path) -> None:
    old = tmp_path / "bin"
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"):
        stand_in(old / name, "exit 1")  # as Python 3.10 answers the question for its version
    ended = install(clone, PATH=f"{old}:{os.environ['PATH']}")
    assert ended.returncode == 1
    assert "没有找到 Python 3.11 或更新的版本" in ended.stderr
    assert "No Python 3.11 or later" in ended.stderr
    assert not (clone / ".venv").exists()


def test_a_wish_that_cannot_be_met_leaves_the_present_environment(clone: Path) -> None:
    present = stand_in(clone / ".venv" / "bin" / "python", "exit 1")
    assert install(clone, PYTHON="python3.99").returncode == 1
    assert present.exists()
