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
    for name in ("rules", "inputs"):
        shutil.copytree(project_root / name, tmp_path / name)
    return tmp_path
