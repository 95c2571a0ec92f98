"""Ctrl-C, as typed on a terminal while a command writes: it is answered, and nothing is written by halves."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfeval.cli.terminal.interruptions import interruptions
from tests.cli.conftest import Run
from tests.cli.desk import ROOT, small_desk


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """A shell makes what it starts in the background deaf to Ctrl-C: here it is heard wherever the tests run."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_control_c_says_its_sentence(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    small_desk(tmp_path)
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(tmp_path)
        os.execve(
            sys.executable,
            [sys.executable, "-m", "selfeval", "score", "2024"],
            {**os.environ, "TERM": "xterm", "PYTHONPATH": str(ROOT)},
        )
    said = os.read(terminal, 1)  # the bar of progress is the first that is drawn
    os.write(terminal, b"\x03")
    try:
        while piece := os.read(terminal, 4096):
            said += piece
    except OSError:  # how Linux says that the other end is gone
        pass
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 130
    assert "已中断；已有的结果文件仍是完整的。" in said.decode(errors="replace")
    assert "Traceback" not in said.decode(errors="replace")
    assert not (tmp_path / "outputs/2024").exists()


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
