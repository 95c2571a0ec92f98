"""The command line: ``selfeval COMMAND …``. Parses, calls, prints."""

from __future__ import annotations

import typer

from selfeval.cli import diff, inputs, review, rules, score, status
from selfeval.cli.chinese import ChineseGroup, commands, complaint
from selfeval.cli.printing import say
from selfeval.cli.streams import in_chinese_names, patient
from selfeval.packages.printable import printable
from selfeval.packages.writing import ENVIRONMENT, why_not
from selfeval.runs.exits import Exit

_SHOWN = 60

app = typer.Typer(
    name="selfeval",
    help="预算项目支出绩效自评：导入目标、发填报表、按规则评分、出自评工作簿。",
    cls=ChineseGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)
commands(
    app,
    ("import", inputs.import_targets, inputs.IMPORT),
    ("forms", inputs.write_forms, inputs.FORMS),
    ("collect", inputs.collect_forms, inputs.COLLECT),
    ("status", status.show_status, status.HELP),
    ("check", inputs.check_forms, inputs.CHECK),
    ("score", score.score_year, score.SCORE),
    ("explain", score.explain_indicator, score.EXPLAIN),
    ("review", review.review_year, review.HELP),
    ("diff", diff.diff_runs, diff.HELP),
)
app.add_typer(rules.app, name="rules", help=rules.HELP)


@app.callback(invoke_without_command=True)
def version(*, show: bool = typer.Option(False, "--version", help="显示版本号")) -> None:
    """Options of the program itself."""
    if show:
        from selfeval import __version__

        typer.echo(f"selfeval {__version__}")
        raise typer.Exit


def main() -> None:
    """Run a command; whatever goes wrong ends in one plain sentence and an exit code, never in a traceback.

    What cannot be printed changes no result: it is said where that is possible, and a run that was right otherwise
    ends with CANNOT_WRITE. Nobody reading any more (``| head``) is no fault.
    """
    in_chinese_names()
    with patient() as streams:
        code = _run()
        for stream in streams:
            stream.flush()
        lost = next((one.fault for one in streams if one.fault and not isinstance(one.fault, BrokenPipeError)), None)
        if lost is not None:
            say([f"打印不出来：{why_not(lost)}；结果文件不受影响。"], err=True)
            code = code or Exit.CANNOT_WRITE
    raise SystemExit(code)


def _run() -> int:
    try:
        code = typer.main.get_command(app)(standalone_mode=False, prog_name="selfeval")
    except KeyboardInterrupt:
        say(["已中断；结果文件不会只写一半。"], err=True)
        code = 130
    except typer.Abort:
        say(["已取消。"], err=True)
        code = Exit.PROBLEMS
    except OSError as error:
        return _refused(error)
    except Exception as error:  # noqa: BLE001 - the last line of defence
        return _ended_by(error)
    return int(code or 0)


def _refused(error: OSError) -> int:
    """The exit code of what the system would not do, which is said."""
    from selfeval.domain.faults import NO_NAME

    if error.errno in NO_NAME:
        given = error.filename if isinstance(error.filename, str) else ""
        shown = f"“{printable(given[:_SHOWN])}…”（名称太长，或者绕了圈）"
        say([f"没有这个文件或文件夹：{shown}。请核对命令里的路径。"], err=True)
        return int(Exit.UNUSABLE)
    if error.errno not in ENVIRONMENT:
        return _ended_by(error)
    say([f"读写文件时系统出错：{why_not(error)}。已有的结果没有改动；处理好以后再运行一次。"], err=True)
    return int(Exit.CANNOT_WRITE)


def _ended_by(error: Exception) -> int:
    said = complaint(error)
    say([said or _bug(error)], err=True)
    return int(Exit.USAGE if said else Exit.BUG)


def _bug(error: Exception) -> str:
    from selfeval.domain.faults import described

    return (
        f"程序出了内部错误：{described(error)}\n"
        "这不是您的文件的问题；结果文件不会只写一半。请把这段话和出错时运行的命令发给维护人员。"
    )
