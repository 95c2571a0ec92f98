"""The command line: ``selfeval COMMAND …``. Parses, calls, prints."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from selfeval.cli import diff, imports, init, inputs, publish, review, rules, score, status
from selfeval.cli.asking import explain, listing
from selfeval.cli.chinese import HELP_NAMES, USAGE, ChineseGroup, commands, complaint
from selfeval.cli.options import flag
from selfeval.cli.printing import print_json, say
from selfeval.cli.start import INTERRUPTED, STOPPED
from selfeval.cli.streams import in_chinese_names, patient
from selfeval.cli.terminal.completion import (
    INSTALL,
    PROGRAM,
    SHOW,
    completing,
    install_for_this_shell,
    show_for_this_shell,
)
from selfeval.cli.terminal.helping import for_help
from selfeval.cli.terminal.interruptions import interruptions
from selfeval.cli.terminal.manner import begin, manner
from selfeval.cli.terminal.whereabouts import stand_in
from selfeval.packages.printable import printable
from selfeval.packages.writing import ENVIRONMENT, why_not
from selfeval.runs.exits import Exit

_SHOWN = 60
_NOT_YOURS = "这不是您的文件的问题，已有的结果文件仍是完整的。请将本提示和出错时运行的命令发给维护人员。"

app = typer.Typer(
    name=PROGRAM,
    help="预算项目支出绩效自评：导入绩效目标，生成和收集填报表，按评分规则评分，生成自评表。",
    cls=ChineseGroup,
    add_completion=False,  # its options are ours: typer's speak English
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings=HELP_NAMES,
    pretty_exceptions_enable=False,
)
commands(
    app,
    ("init", init.init_workspace, init.HELP),
    ("import", imports.import_targets, imports.IMPORT),
    ("forms", inputs.write_forms, inputs.FORMS),
    ("collect", inputs.collect_forms, inputs.COLLECT),
    ("status", status.show_status, status.HELP),
    ("check", inputs.check_forms, inputs.CHECK),
    ("score", score.score_year, score.SCORE),
    ("list", listing.list_things, listing.HELP),
    ("explain", explain.explain_score, explain.HELP),
    ("publish", publish.publish_year, publish.HELP),
    ("review", review.review_year, review.HELP),
    ("diff", diff.diff_runs, diff.HELP),
)
app.add_typer(rules.app, name="rules", help=rules.HELP)


@app.callback(invoke_without_command=True)
def program(
    *,
    version: Annotated[bool, flag("--version", "显示版本号")] = False,
    install: Annotated[bool, flag("--install-completion", INSTALL)] = False,
    show: Annotated[bool, flag("--show-completion", SHOW)] = False,
) -> None:
    """Options of the program itself."""
    install_for_this_shell(asked=install)
    show_for_this_shell(asked=show)
    if version:
        from selfeval import __version__

        typer.echo(f"selfeval {__version__}")
        raise typer.Exit


_GARBAGE = 50_000, 20, 20
"""Objects that are made before garbage is looked for: by Python's own 700, a sixth of the writing goes into that."""


def main() -> None:
    """Run a command; whatever goes wrong ends in one plain sentence and an exit code, never in a traceback.

    What cannot be printed changes no result: it is said where that is possible, and a run that was right otherwise
    ends with CANNOT_WRITE. Nobody reading any more (``| head``) is no fault.
    """
    gc.set_threshold(*_GARBAGE)
    in_chinese_names()
    if completing():
        typer.main.get_command(app)(prog_name=PROGRAM)
        return
    with patient() as streams:
        with interruptions() as stopped:
            code = _run(stopped)
        for stream in streams:
            stream.flush()
        lost = next((one.fault for one in streams if one.fault and not isinstance(one.fault, BrokenPipeError)), None)
        if lost is not None:
            say([f"无法显示：{why_not(lost)}；结果文件不受影响。"], err=True)
            code = code or Exit.CANNOT_WRITE
    raise SystemExit(code)


def _run(stopped: Callable[[], bool]) -> int:
    """The exit code; ``stopped`` says whether somebody pressed Ctrl-C."""
    begin(sys.argv[1:])
    stand_in(None)
    try:
        program = typer.main.get_command(app)
        code = program(args=for_help(sys.argv[1:], program), standalone_mode=False, prog_name=PROGRAM)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except typer.Abort:
        return _ended(Exit.PROBLEMS, "已取消。", "E652", said="已取消")
    except OSError as error:
        return _refused(error)
    except Exception as error:  # noqa: BLE001 - the last line of defence
        if not stopped():
            return _ended_by(error)
        code = INTERRUPTED  # a library made another error of it
    if code == INTERRUPTED:  # which typer makes an exit code of
        return _ended(INTERRUPTED, STOPPED, "E652", said="已中断")
    return int(code or 0)


def _refused(error: OSError) -> int:
    """The exit code of what the system would not do, which is said."""
    from selfeval.domain.faults import NO_NAME

    if error.errno in NO_NAME:
        given = error.filename if isinstance(error.filename, str) else ""
        shown = f"“{printable(given[:_SHOWN])}…”（名称太长，或者路径循环）"
        said = f"没有这个文件或文件夹：{shown}。请核对命令里的路径。"
        return _ended(Exit.UNUSABLE, said, "E606", path=shown)
    if error.errno not in ENVIRONMENT:
        return _ended_by(error)
    why = why_not(error)
    said = f"读写文件时系统出错：{why}。已有的结果没有改动；处理好以后请再运行一次。"
    return _ended(Exit.CANNOT_WRITE, said, "E653", why=why)


def _ended_by(error: Exception) -> int:
    from selfeval.domain.faults import described

    said = complaint(error)
    if said:
        return _ended(Exit.USAGE, f"{said}\n{USAGE}", "E651", said=said)
    why = described(error)
    return _ended(Exit.BUG, f"程序出现内部错误：{why}\n{_NOT_YOURS}", "E690", what="命令没有完成", error=why)


def _ended(exit_code: int, sentence: str, number: str, **facts: object) -> int:
    """Say how the command ended, in JSON where that was asked for, as a problem of the catalogue; the exit code."""
    if manner().json and not manner().answered:
        from selfeval.domain.problems import Place, problem

        print_json("problems", {"problems": (problem(number, Place(), **facts),), "exit": int(exit_code)})
    else:
        say([sentence], err=True)
    return int(exit_code)
