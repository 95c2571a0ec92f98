"""Rulebooks as files: one for a new year, and 评分细则 as documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import Rulebook
from selfeval.packages.documents.markdown import as_markdown
from selfeval.packages.documents.word import as_word
from selfeval.rulebook.trying.cases import cases_path, read_cases
from selfeval.rulebook.writing.document import scoring_rules
from selfeval.rulebook.writing.drafting import draft, draft_cases, review_list
from selfeval.runs.publish import CannotWriteError, why_not, write_keeping
from selfeval.runs.workspace import Workspace


@dataclass(frozen=True)
class Drafted:
    """The files of a new rulebook, and what a person must look at in them."""

    files: tuple[Path, ...]
    review: tuple[str, ...]


@dataclass(frozen=True)
class Documented:
    """The documents written, and what was wrong with the cases that should stand in them as examples."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def new_rulebook(workspace: Workspace, year: int, path: Path, base: Rulebook) -> Drafted | Problem:
    """Write ``rules/<year>.yaml``, which extends the rulebook in the file ``path``, and a first file of cases.

    Nothing that is there is written over.
    """
    target = workspace.rules / f"{year}.yaml"
    name = _named_from(workspace.rules, path)
    if not name:
        return problem("E606", Place(), path=(workspace.rules / path.name).as_posix())
    text = draft(year, base, name)
    contents = {target: text, cases_path(target): draft_cases(year, base)}
    for one in contents:
        if one.exists():
            return problem("E241", Place(file=workspace.name(one)), file=workspace.name(one))
    for one, text in contents.items():
        try:
            with one.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            return problem("E603", Place(), path=workspace.name(one), why=why_not(error))
    return Drafted(tuple(contents), review_list(base))


def _named_from(rules: Path, path: Path) -> str:
    """How a rulebook in ``rules`` names the one in ``path``; blank for one that lies elsewhere."""
    if path.resolve().is_relative_to(rules.resolve()):
        return path.resolve().relative_to(rules.resolve()).with_suffix("").as_posix()
    return ""


def write_document(
    workspace: Workspace, path: Path, rulebook: Rulebook, folder: Path, endings: tuple[str, ...]
) -> Documented | Problem:
    """Write 评分细则 of a rulebook into a folder, as docx and md, the cases beside it as examples."""
    beside = cases_path(path)
    cases = read_cases(beside, workspace.root) if beside.is_file() else None
    parts = scoring_rules(rulebook, cases.cases if cases else ())
    made = []
    for ending in endings:
        target = folder / f"评分细则-{rulebook.id}.{ending}"
        content = as_word(parts) if ending == "docx" else as_markdown(parts).encode()
        try:
            write_keeping(target, content)
        except CannotWriteError as error:
            return problem("E603", Place(), path=error.path.name, why=error.why)
        made.append(target)
    return Documented(tuple(made), cases.problems if cases else ())
