"""Rulebooks as files: one for a new year, and 评分细则 as documents."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from selfeval.domain.filenames import safe_name
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import Rulebook
from selfeval.packages.documents import as_markdown, as_word
from selfeval.packages.files import holds
from selfeval.packages.links import is_plain, real
from selfeval.rulebook.schema import FILES, schema_text
from selfeval.rulebook.shelf import on_shelf
from selfeval.rulebook.trying.cases import cases_path, read_cases
from selfeval.rulebook.writing.document import scoring_rules
from selfeval.rulebook.writing.drafting import draft, draft_cases
from selfeval.runs.placing import CannotWriteError, home_of, write_file, write_keeping, write_new
from selfeval.runs.workspace import Workspace

_YEAR = re.compile(r"20\d\d")
_SCHEMAS = "selfeval/rulebook"
_UP_TO_SCHEMAS = re.compile(rf"(?:\.\./)+{_SCHEMAS}/")


def year_of(name: str, base: Rulebook) -> int:
    """The year of a rulebook's name (2025, hunan/2025); of one without, the first for which ``base`` is in force."""
    stem = name.rpartition("/")[2]
    return int(stem) if _YEAR.fullmatch(stem) else base.in_force.start


def new_rulebook(workspace: Workspace, name: str, path: Path, base: Rulebook) -> tuple[Path, ...] | Problem:
    """Write ``rules/<name>.yaml``, which extends that at ``path``, and cases, over no file. Raises CannotWriteError."""
    target = workspace.rules / f"{name}.yaml"
    extended = _extended(workspace, path, name)
    if not extended:
        return problem("E606", Place(), path=workspace.name(workspace.rules / path.name))
    year = year_of(name, base)
    contents = {target: draft(year, base, extended, name), cases_path(target): draft_cases(year, base, name)}
    files = {file.name: with_schema_beside(text, workspace.root).encode() for file, text in contents.items()}
    files |= {name: text for name, text in schemas_beside(workspace.root) if not (target.parent / name).exists()}
    there = write_new(target.parent, files, workspace.root)
    if there:
        file = workspace.name(target.with_name(there))
        return problem("E241", Place(file=file), file=file)
    return tuple(contents)


def _extended(workspace: Workspace, path: Path, name: str) -> str:
    """How the rulebook ``name`` is to write in ``extends`` the one at ``path``; blank where it could not be named."""
    rules, parent = real(workspace.rules), real(path)
    if parent.is_relative_to(rules):
        return os.path.relpath(parent, (rules / name).parent).replace(os.sep, "/").removesuffix(".yaml")
    return next((known for known, other in on_shelf(workspace.rules).items() if other == path), "")


def with_schema_beside(text: str, root: Path) -> str:
    """The text of a rule file whose first line names a schema that is there: the repository's, else one beside it."""
    return text if (root / _SCHEMAS).is_dir() else _UP_TO_SCHEMAS.sub("", text)


def schemas_beside(root: Path) -> Iterator[tuple[str, bytes]]:
    """The schemas by which editors complete rule files, where the repository's are not at hand."""
    if not (root / _SCHEMAS).is_dir():
        yield from ((name, schema_text(name).encode()) for name in FILES)


def renew_schemas(workspace: Workspace, folder: Path) -> tuple[str, ...]:
    """Put the schemas of this version in the place of an earlier version's in a folder of rules; gives their names.

    A file of that name that is no such schema stays, and so does one that cannot be written: nothing hangs on it.
    """
    renewed = []
    for name, text in schemas_beside(workspace.root):
        path = folder / name
        if is_plain(path) and not holds(path, text) and _is_schema(path, text):
            with suppress(CannotWriteError):
                write_file(path, text, workspace.root)
                renewed.append(workspace.name(path))
    return tuple(renewed)


def _is_schema(path: Path, own: bytes) -> bool:
    """Whether a file is the same schema, of whatever version."""
    with suppress(OSError, ValueError):
        old, new = (json.loads(data) for data in (path.read_bytes(), own))
        return isinstance(old, dict) and all(old.get(key) == new[key] for key in ("$schema", "title"))
    return False


def write_document(
    workspace: Workspace, path: Path, rulebook: Rulebook, folder: Path, endings: tuple[str, ...]
) -> tuple[list[Path], tuple[Problem, ...]]:
    """Write 评分细则 into a folder, with the cases as examples, and tell what is wrong with these."""
    beside = cases_path(path)
    written, problems = read_cases(beside, workspace.root) if beside.is_file() else (None, ())
    parts = scoring_rules(rulebook, written.cases if written else ())
    made = [folder / f"{safe_name(f'评分细则-{rulebook.id}')}.{ending}" for ending in endings]
    for target in made:
        content = as_word(parts) if target.suffix == ".docx" else as_markdown(parts).encode()
        write_keeping(target, content, home_of(target, workspace.root))
    return made, problems
