"""What Tab completes: years, projects and rulebooks. Reads no more than their names, so that it is quick."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import typer

Completed = list[tuple[str, str]]
"""Words, each with what it is."""

_PLAIN = re.compile(r"[\w（）、，。—－·-]+")
"""A name that no shell takes apart: without spaces, quotes (the curly ones too) and signs of its own."""


def _root(ctx: typer.Context) -> Path:
    from selfeval.runs.folders import root_of

    return root_of(Path(ctx.params.get("root") or Path()))


def _quietly(found: Callable[[typer.Context, str], Iterator[tuple[str, str]]]) -> Callable[..., Completed]:
    """Completion never says anything of its own: what cannot be found is not completed."""

    @wraps(found)
    def completed(ctx: typer.Context, incomplete: str) -> Completed:
        with suppress(Exception):
            return list(found(ctx, incomplete))
        return []

    return completed


@_quietly
def years(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """The years that have targets, the last first."""
    from selfeval.runs.folders import years_with_targets

    found = reversed(years_with_targets(_root(ctx)))
    return ((str(year), f"{year}年度") for year in found if str(year).startswith(incomplete))


@_quietly
def projects(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """The projects of the year typed before: by name, or by code where that is typed or a name would not do."""
    from selfeval.sources.project_names import project_names, project_names_in

    year: Any = ctx.params.get("year")
    inputs = _root(ctx) / "inputs" / str(year)
    by_code = incomplete.isascii() and incomplete != ""
    for code, name in (project_names(inputs / "targets.xlsx") or project_names_in(inputs / "targets")).items():
        if not by_code and _PLAIN.fullmatch(name):
            yield name, code
        if by_code or not _PLAIN.fullmatch(name):
            yield code, name


@_quietly
def rulebooks(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """The rulebooks of the workspace, by name."""
    from selfeval.rulebook.shelf import on_shelf

    return ((name, "评分规则") for name in on_shelf(_root(ctx) / "rules") if name.startswith(incomplete))
