"""Ctrl-C, as typed on a terminal while a command writes: it is answered, and nothing is written by halves."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfeval.cli import start
from selfeval.cli.terminal.interruptions import interruptions
from tests.cli.conftest import Run
from tests.cli.desk import ROOT, small_desk

_TRIES = 5
"""How often a busy machine may be done before it hears."""


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """A shell makes what it starts in the background deaf to Ctrl-C: here it is heard wherever the tests run."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def typed_while_scoring(root: Path) -> tuple[int, str]:
    """The exit code of ``score``, and what it said, with Ctrl-C typed once its bar of progress is drawn."""
    pty = pytest.importorskip("pty")
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(root)
        os.execve(
            sys.executable,
            [sys.executable, "-m", "selfeval", "score", "2024"],
            {**os.environ, "TERM": "xterm", "PYTHONPATH": str(ROOT)},
        )
    said = os.read(terminal, 1)
    os.write(terminal, b"\x03")
    try:
        while piece := os.read(terminal, 4096):
            said += piece
    except OSError:  # how Linux says that the other end is gone
        pass
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said.decode(errors="replace")


def test_control_c_says_its_sentence(tmp_path: Path) -> None:
    small_desk(tmp_path)
    for _ in range(_TRIES):
        code, said = typed_while_scoring(tmp_path)
        assert code in {0, 130}
        assert "Traceback" not in said
        if code == 130 and not (tmp_path / "outputs/2024").exists():
            break
        shutil.rmtree(tmp_path / "outputs/2024")  # on a busy machine all was written before it was heard
    assert "已中断；已有的结果文件仍是完整的。" in said
    assert code == 130
    assert not (tmp_path / "outputs/2024").exists()


def test_control_c_after_the_last_word_is_answered_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def late() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("selfeval.cli.app.main", late)
    with pytest.raises(SystemExit) as ended:
        start.main()
    assert (ended.value.code, capsys.readouterr().err) == (130, f"{start.STOPPED}\n")
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # nothing is left to interrupt


def test_another_error_that_a_library_makes_of_it_is_no_fault_of_ours(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise ImportError("numpy") from None

    monkeypatch.setattr("selfeval.runs.inputs.load_inputs", interrupted)
    ran = run("check", 2024, "--workspace", workspace)
    assert (ran.code, ran.err) == (130, "已中断；已有的结果文件仍是完整的。\n")


def test_the_usual_answer_comes_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interruptions() as stopped:
        assert not stopped()
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
