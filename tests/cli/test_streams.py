"""Output that nobody can take: the results are written all the same, and the exit code tells."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from selfeval.cli.printing import progress
from tests.cli.desk import small_desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and a shell")


@pytest.mark.parametrize(
    ("redirected", "code", "said"),
    [
        (">/dev/full", 4, "无法显示：磁盘已满；结果文件不受影响。"),
        (">/dev/full 2>/dev/full", 4, ""),
        (">&- 2>&-", 0, ""),
        ("| head -n 1 >/dev/null; exit ${PIPESTATUS[0]}", 0, ""),
    ],
)
def test_results_do_not_depend_on_the_screen(redirected: str, code: int, said: str, tmp_path: Path) -> None:
    small_desk(tmp_path)
    command = f'"{sys.executable}" -m selfeval score 2024 --workspace "{tmp_path}" {redirected}'
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr.strip()) == (code, said)
    assert (tmp_path / "outputs/2024/run.json").is_file()


def test_settings_that_know_no_chinese_do_not_matter(tmp_path: Path) -> None:
    small_desk(tmp_path)
    command = [sys.executable, "-m", "selfeval", "score", "2024", "--workspace", str(tmp_path)]
    surroundings = {**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    ran = subprocess.run(command, capture_output=True, check=False, env=surroundings)
    assert ran.returncode == 0, ran.stderr.decode()
    assert f"结果已写入 {tmp_path}/outputs/2024/" in ran.stdout.decode()


def test_a_name_is_no_markup_of_the_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setenv("TERM", "xterm")
    with progress(1, "写") as tick:
        tick("[/甲][red]乙")
    assert "[/甲][red]乙" in shown.getvalue()
