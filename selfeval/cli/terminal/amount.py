"""``-q`` and ``-v``, which every command takes: how much of its answer is told."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from selfeval.cli.terminal.manner import manner

_QUIET = typer.Option("--quiet", "-q", help="不显示结果，只在不能继续时说明原因")
_FULL = typer.Option("--verbose", "-v", help="列出全部内容，包括提示")
_OPTIONS = {"quiet": Annotated[bool, _QUIET], "full": Annotated[bool, _FULL]}


def with_amount(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes both options too, and answers as they say."""

    @wraps(command)
    def answered(*, quiet: bool, full: bool, **given: Any) -> None:  # noqa: ANN401 - whatever the command takes
        manner().quiet, manner().full = quiet, full
        command(**given)

    own = inspect.signature(command, eval_str=True)
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=kind)
        for name, kind in _OPTIONS.items()
    ]
    parameters = [*own.parameters.values(), *added]
    answered.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    answered.__annotations__ = {one.name: one.annotation for one in parameters}
    return answered
