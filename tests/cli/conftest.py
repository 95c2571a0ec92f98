"""Running commands as a user does: arguments in, exit code and printed text out."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from selfeval.cli.app import main


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["selfeval", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def workspace(tmp_path: Path, project_root: Path) -> Path:
    """A copy of the repository's rules and sample inputs."""
    return _sample(tmp_path, project_root)


@pytest.fixture
def scored(_scored: Path, workspace: Path) -> Path:
    """The same, scored."""
    shutil.copytree(_scored / "outputs", workspace / "outputs")
    return workspace


@pytest.fixture(scope="session")
def _scored(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """The sample year scored once for all tests, which copy it."""
    home = _sample(tmp_path_factory.mktemp("scored"), project_root)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["selfeval", "score", "2024", "--workspace", str(home)])
        with pytest.raises(SystemExit) as ended:
            main()
    assert ended.value.code == 0
    return home


def _sample(home: Path, project_root: Path) -> Path:
    for name in ("rules", "inputs"):
        shutil.copytree(project_root / name, home / name)
    return home
