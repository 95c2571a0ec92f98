"""Running commands as a user does: arguments in, exit code and printed text out."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from selfeval.cli.app import main
from selfeval.sources.imported import Imported
from selfeval.sources.targets_reader import read_targets
from selfeval.sources.targets_workbook import targets_workbook


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


FEW = (
    "13080024P00010310005F",
    "13080024P000105100047",
    "13080024P00009710005F",
    "13080024P000093100070",
    "13080024P00010710004J",
    "13080023P000242100025",
    "13080023P00044010010X",
    "13080024P000108100048",
    "13080024P00010910005H",
)
"""Projects of both units of the sample, those among them whose readings the rules of the year override."""


@pytest.fixture
def workspace(tmp_path: Path, _few: Path) -> Path:
    """The repository's rules and a few projects of the sample inputs: what is true of a year is true of a small one."""
    return _copy(_few, tmp_path)


@pytest.fixture
def scored(_few_scored: Path, workspace: Path) -> Path:
    """The same, scored."""
    _copy(_few_scored, workspace / "outputs")
    return workspace


@pytest.fixture
def sample(tmp_path: Path, project_root: Path) -> Path:
    """A copy of the repository's rules and whole sample inputs."""
    return _sample(tmp_path, project_root)


@pytest.fixture(scope="session")
def _few(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    home = _sample(tmp_path_factory.mktemp("few"), project_root)
    year = home / "inputs/2024"
    targets, _ = read_targets(year / "targets.xlsx", 2024, "targets.xlsx")
    (year / "targets.xlsx").write_bytes(targets_workbook(Imported(targets.only([*FEW]))))
    for form in (year / "forms").rglob("*.xlsx"):
        if not form.name.startswith(FEW):
            form.unlink()
    return home


@pytest.fixture(scope="session")
def _few_scored(tmp_path_factory: pytest.TempPathFactory, _few: Path) -> Path:
    """What comes out of the same, scored once for all tests, which copy it."""
    home = _copy(_few, tmp_path_factory.mktemp("few-scored"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["selfeval", "score", "2024", "--workspace", str(home)])
        with pytest.raises(SystemExit) as ended:
            main()
    assert ended.value.code == 0
    return home / "outputs"


def _sample(home: Path, project_root: Path) -> Path:
    for name in ("rules", "inputs"):
        shutil.copytree(project_root / name, home / name)
    return home


def _copy(source: Path, home: Path) -> Path:
    shutil.copytree(source, home, dirs_exist_ok=True)
    return home
