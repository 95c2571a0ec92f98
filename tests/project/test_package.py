"""What users install: the wheel and the sdist hold all that is needed, and work in an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.rulebook.workbench import RULES

pytestmark = pytest.mark.xdist_group("package")  # built once

BASE = "selfeval/rulebook/base/"


def started(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """A program's end, run from a folder without what points it to this clone."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    return subprocess.run(
        [*map(str, command)], cwd=folder, env=environment, capture_output=True, check=False, text=True, encoding="utf-8"
    )


def built(source: Path, out: Path, *what: str) -> Path:
    ended = started(source, sys.executable, "-m", "hatchling", "build", "-d", out, *what)
    assert ended.returncode == 0, ended.stderr
    return next(out.iterdir())


@pytest.fixture(scope="module")
def wheel(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(project_root, tmp_path_factory.mktemp("wheel"), "-t", "wheel")


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that has the wheel, and what it depends on from this one."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    install = ("-m", "pip", "--python", programs / "python", "install", "--no-index", "--no-deps", "--no-compile", "-q")
    ended = started(home, sys.executable, *install, wheel)
    assert ended.returncode == 0, ended.stderr
    (site,) = {path.parent for path in home.rglob("selfeval") if (path / "__init__.py").is_file()}
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return programs


ALL = """
import json, sys
from selfeval.cli.app import main
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["selfeval", *arguments]
    try:
        main()
    except SystemExit as ended:
        print(f"exit {ended.code}", flush=True)
"""
"""Several commands in one process: to start one takes longer than what they do."""


def shipped() -> set[str]:
    """The rule files and cases of the repository but those of the sample year, by their names from ``rules``."""
    files = (path.relative_to(RULES).as_posix() for path in RULES.rglob("*.yaml"))
    return {name for name in files if not name.startswith("2024.")}


def test_the_wheel_holds_every_base_rulebook_with_its_cases_and_no_units_year(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        names = set(package.namelist())
        base = {name.removeprefix(BASE) for name in names if name.startswith(BASE)}
        assert base == shipped()
        for name in base:
            assert package.read(BASE + name) == (RULES / name).read_bytes()
        (metadata,) = (name for name in names if name.endswith("/METADATA"))
        said = package.read(metadata).decode()
    assert {"selfeval/rulebook/rulebook.schema.json", "selfeval/rulebook/cases.schema.json"} <= names
    assert {name.split("/")[0] for name in names} == {"selfeval", metadata.split("/")[0]}
    for version in ("3.11", "3.12", "3.13", "3.14"):
        assert f"Programming Language :: Python :: {version}\n" in said


def test_the_sdist_gives_the_same_wheel(project_root: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(built(project_root, tmp_path / "sdist", "-t", "sdist")) as package:
        package.extractall(tmp_path, filter="data")
    (source,) = tmp_path.glob("selfeval-*")
    again = built(source, tmp_path / "wheel", "-t", "wheel")
    assert again.read_bytes() == wheel.read_bytes()


def test_an_installed_package_begins_in_an_empty_folder(scripts: Path, tmp_path: Path) -> None:
    told = ("--unit-code", "412001", "--unit", "清源县文化和旅游局", "--year", "2025")
    begun = started(tmp_path, scripts / "selfeval", "init", "工作", *told)
    assert begun.returncode == 0, begun.stderr
    commands = (
        ("forms", "2025"),
        ("rules", "check"),
        ("score", "2025", "--reported", "inputs/2025/示例填报数据"),
        ("rules", "show", "central-2021", "--resolved"),
    )
    ended = started(tmp_path / "工作", scripts / "python", "-c", ALL, json.dumps(commands))
    assert ended.stdout.count("exit 0\n") == len(commands), ended.stdout + ended.stderr
    assert "2个项目，2个已评定" in ended.stdout
    assert "# selfeval自带/central-2021.yaml:" in ended.stdout
    assert "site-packages" not in ended.stdout
    record = json.loads((tmp_path / "工作/outputs/2025/run.json").read_text(encoding="utf-8"))
    assert [rules["path"] for rules in record["rules"]] == ["selfeval自带/national-2020.yaml", "rules/2025.yaml"]
