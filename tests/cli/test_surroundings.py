"""What a command touches of the machine: no network, no other program, no file outside the folder that it works in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.world import TABLE, TARGETS, small_year

YEAR = "2024"
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("import", "targets.xlsx", "--year", YEAR),
    ("rules", "check", "national-2020"),
    ("rules", "test", "national-2020"),
    ("rules", "used", YEAR),
    ("rules", "doc", YEAR),
    ("rules", "new", "2025", "--from", YEAR),
    ("forms", YEAR, "--prefill", TABLE),
    ("collect", "sent.zip", "--year", YEAR),
    ("check", YEAR, "--write"),
    ("score", YEAR),
    ("score", YEAR, "--reported", TABLE, "--out", "other"),
    ("explain", YEAR, "13080024P00010310005F-01"),
    ("review", YEAR),
    ("status", YEAR),
    ("publish", YEAR),
    ("diff", "outputs/2024", "other", "--write", "变化.xlsx"),
)
"""One of each that reads or writes, in the order of a year."""
CHANGES = ("write", "os.ch", "os.link", "os.mkdir", "os.re", "os.rmdir", "os.symlink", "os.truncate", "os.utime")
"""What changes files; all else that is noted is the network or another program."""


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with rules and a reported table; beside them a target table, and an archive of forms."""
    folder = tmp_path_factory.mktemp("year")
    small_year(folder)
    shutil.move(folder / TARGETS, folder / "targets.xlsx")
    shutil.make_archive(str(folder / "sent"), "zip", folder / "inputs" / YEAR / "forms")
    shutil.rmtree(folder / "inputs")
    return folder


@pytest.fixture(scope="module")
def tell(year: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], str]:
    """What each command did, told by Python itself; all have run, in their order, in one process."""
    folder = tmp_path_factory.mktemp("log")
    log, printed = folder / "events", folder / "printed"
    root = Path(__file__).resolve().parents[2]
    surroundings = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    surroundings["PATH"] = str(folder)  # no LibreOffice, which ``publish`` would start
    done: dict[tuple[str, ...], str] = {}
    arguments = (sys.executable, "-m", "tests.cli.watched", str(log))
    with (
        printed.open("w+", encoding="utf-8") as said,
        subprocess.Popen(
            arguments, cwd=year, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        seen = 0
        for command in COMMANDS:
            process.stdin.write(f"{json.dumps(command)}\n")
            process.stdin.flush()
            ended = process.stdout.readline().strip()
            assert ended in {"0", "1"}, (command, printed.read_text(encoding="utf-8"))
            told = log.read_text(encoding="utf-8")
            done[command], seen = told[seen:], len(told)
        process.stdin.close()
        assert process.wait() == 0
    return done


def events(tell: dict[tuple[str, ...], str]) -> list[tuple[str, str, str]]:
    """The command, what it did and where."""
    lines = ((" ".join(command), *line.partition("\t")) for command, told in tell.items() for line in told.splitlines())
    return [(command, event, where) for command, event, _, where in lines]


def test_a_command_changes_only_its_folder_and_uses_no_network_and_no_other_program(
    tell: dict[tuple[str, ...], str], year: Path
) -> None:
    told = events(tell)
    home = f"{year.resolve()}{os.sep}"
    assert [one for one in told if not one[1].startswith(CHANGES)] == []
    assert [one for one in told if one[1].startswith(CHANGES) and not f"{one[2]}{os.sep}".startswith(home)] == []
    # four workbooks, the summary, three tables, the record, the department's three: else nothing would be proved
    aside = str(year.resolve() / "outputs" / f".{YEAR}.new-")
    scoring = [one[1:] for one in told if one[0] == f"score {YEAR}"]
    assert len({where for event, where in scoring if event == "write" and where.startswith(aside)}) == 12


@pytest.mark.parametrize(
    ("does", "seen"),
    [
        ("import socket; socket.socket()", "socket.__new__"),
        ("import socket; socket.getaddrinfo('localhost', 80)", "socket.getaddrinfo"),
        ("import subprocess, sys; subprocess.run([sys.executable, '-V'])", "subprocess.Popen"),
        ("import os; os.system('true')", "os.system"),
        ("open('/dev/null', 'w')", "write\t/dev/null"),
        ("import os; os.mkdir('made'); d = os.open('.', os.O_RDONLY); os.rmdir('made', dir_fd=d)", "os.rmdir\t"),
    ],
)
def test_the_watching_sees_what_no_command_may_do(does: str, seen: str, tmp_path: Path, project_root: Path) -> None:
    script = f"from pathlib import Path; from tests.cli.watched import watch; watch(Path('log')); {does}"
    surroundings = {**os.environ, "PYTHONPATH": str(project_root), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run((sys.executable, "-c", script), cwd=tmp_path, env=surroundings, capture_output=True, check=True)
    assert seen in (tmp_path / "log").read_text(encoding="utf-8")
