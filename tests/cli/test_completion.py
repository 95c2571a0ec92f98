"""Tab: commands, years, projects and rulebooks, asked for as each shell asks, without loading what scores."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from selfeval.cli.terminal.completion import _ASKED, PROGRAM
from tests.cli.conftest import FEW, Run
from tests.cli.desk import ROOT


def asked(shell: str, words: list[str], workspace: Path) -> list[str]:
    """What the program answers to a shell: the words typed so far, of which the last is being typed."""
    line = " ".join([PROGRAM, *words])
    asking = {_ASKED: f"complete_{shell}", "COMP_WORDS": line, "COMP_CWORD": str(len(words))}
    asking |= {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1]}
    command = [sys.executable, "-X", "importtime", "-m", "selfeval"]
    surroundings = {**os.environ, **asking, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, capture_output=True, check=True, cwd=workspace, env=surroundings)
    assert b"|pandas\n" not in ran.stderr.replace(b" ", b"")
    return ran.stdout.decode().splitlines()


@pytest.mark.parametrize(
    ("words", "first", "count"),
    [
        (["sc"], "score", 1),
        (["score", ""], "2024", 1),
        (["explain", "2024", "警"], "警察服装经费", 1),
        (["explain", "2024", "13080024P0001"], FEW[0], sum(code.startswith("13080024P0001") for code in FEW)),
        (["score", "2024", "--project", "“"], "", 0),
        (["rules", "check", "cen"], "central-2021", 1),
        (["score", "2024", "--rules", "nat"], "national-2020", 1),
        (["score", "1999", "--project", "警"], "", 0),
    ],
)
def test_bash(workspace: Path, words: list[str], first: str, count: int) -> None:
    found = [line for line in asked("bash", words, workspace) if line]
    assert (found[0] if found else "", len(found)) == (first, count)


def test_zsh_and_powershell_show_what_a_word_is(workspace: Path) -> None:
    assert asked("zsh", ["explain", "2024", "警"], workspace) == [f'_arguments \'*: :(("警察服装经费":"{FEW[1]}"))\'']
    assert asked("powershell", ["explain", "2024", "警"], workspace) == [f"警察服装经费:::{FEW[1]}"]
    assert asked("pwsh", ["explain", "2024", "警"], workspace) == [f"警察服装经费:::{FEW[1]}"]
    assert "score:::评分：" in asked("powershell", ["sc"], workspace)[0]


@pytest.mark.parametrize(("shell", "mark"), [("bash", "complete -o"), ("zsh", "#compdef"), ("pwsh", "Register-Arg")])
def test_the_script_is_that_of_the_shell(run: Run, shell: str, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda: (shell, f"/bin/{shell}"))
    ran = run("--show-completion")
    assert (ran.code, ran.err) == (0, "")
    assert mark in ran.out
    assert f"{_ASKED}" in ran.out


def test_a_shell_that_is_not_known_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("cmd", "cmd.exe"))
    ran = run("--install-completion")
    assert ran.code == 3
    assert "无法识别当前的终端（cmd）" in ran.err


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_installed_in_bash_it_completes(
    run: Run, tmp_path: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("bash", "/bin/bash"))
    monkeypatch.setenv("HOME", str(tmp_path))
    ran = run("--install-completion")
    assert "bash 的补全已装在" in ran.out
    program = tmp_path / PROGRAM
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m selfeval "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = f"""source ~/.bashrc; COMP_WORDS=({PROGRAM} explain 2024 警); COMP_CWORD=3
        _selfeval_completion {program}; printf '%s\\n' "${{COMPREPLY[@]}}"""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    command = ["bash", "-c", script + '"']
    done = subprocess.run(command, capture_output=True, check=True, cwd=workspace, env=surroundings)
    assert done.stdout.decode() == "警察服装经费\n"


def test_starting_takes_nothing_that_scores() -> None:
    heavy = "{'pandas', 'numpy', 'pydantic', 'openpyxl', 'rich'}"
    code = f"import sys, selfeval.cli.app; print({heavy} & {{*sys.modules}})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout == "set()\n"
