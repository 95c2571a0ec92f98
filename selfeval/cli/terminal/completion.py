"""``--install-completion`` and ``--show-completion``: Tab in bash, zsh, PowerShell and fish, by typer's scripts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from selfeval.cli.printing import say
from selfeval.runs.exits import Exit

PROGRAM = "selfeval"
_ASKED = "_SELFEVAL_COMPLETE"
"""What a shell sets when it asks what may follow."""

INSTALL = "为当前的终端（bash、zsh、PowerShell 或 fish）安装 Tab 补全"
SHOW = "显示当前终端的补全脚本，供自行安装"


def completing() -> bool:
    """Whether a shell asks what may follow, instead of running a command; it is made ready to be answered."""
    if _ASKED not in os.environ:
        return False
    from typer.completion import completion_init  # type: ignore[attr-defined]  # where every version has it

    completion_init()
    if os.name == "posix":  # on Windows PowerShell reads what it is told in the console's own encoding
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
    return True


def install_for_this_shell(*, asked: bool) -> None:
    """Install completion for the shell that the program was started from."""
    if not asked:
        return
    from typer.completion import install  # type: ignore[attr-defined]

    shell, path = install(shell=_shell(), prog_name=PROGRAM)
    say([f"{shell} 的补全已装在 {Path(path).as_posix()}，重新打开终端以后生效。"])
    raise typer.Exit


def show_for_this_shell(*, asked: bool) -> None:
    """Print the script for the shell that the program was started from."""
    if not asked:
        return
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    say([get_completion_script(prog_name=PROGRAM, complete_var=_ASKED, shell=_shell())])
    raise typer.Exit


def _shell() -> str:
    """The name of the shell; one that is not known is said and ends the command."""
    import shellingham

    try:
        name, _ = shellingham.detect_shell()
    except shellingham.ShellDetectionFailure:
        name = ""
    if name not in {"bash", "zsh", "fish", "powershell", "pwsh"}:
        say([f"无法识别当前的终端{f'（{name}）' if name else ''}；补全支持 bash、zsh、PowerShell 和 fish。"], err=True)
        raise typer.Exit(Exit.UNUSABLE)
    return str(name)
