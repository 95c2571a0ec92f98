"""The settings of a workspace, as commands use them, and what a command was told for next time."""

from __future__ import annotations

from dataclasses import replace

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.settings import Settings
from selfeval.packages.links import is_plain
from selfeval.packages.printable import printable
from selfeval.packages.writing import why_not, write_whole
from selfeval.rulebook.settings import Noted, is_noted, noted, read_settings
from selfeval.runs.workspace import Workspace


def load_settings(workspace: Workspace) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings, and what is wrong with their file (W643); a faulty one stops nothing."""
    found, problems = read_settings(workspace.settings, workspace.name(workspace.settings))
    return replace(found, unit=printable(found.unit), contact=printable(found.contact)), problems


def note_settings(workspace: Workspace, year: int, told: Noted) -> tuple[str, tuple[Problem, ...]]:
    """Keep what a command was told: the file that was written, blank for none, and why it was not (W644)."""
    path = workspace.settings
    name = workspace.name(path)
    settings, faulty = load_settings(workspace)
    if faulty or is_noted(settings, year, told):
        return "", ()
    lines = [f"contact: {told.contact}"] if told.contact and told.contact != settings.contact else []
    lines += [f"years: {{{year}: {{due: {told.due}}}}}"] if told.due and told.due != settings.of(year).due else []
    facts = {"file": name, "what": "、".join(line.partition(":")[0] for line in lines), "lines": "；".join(lines)}
    data = noted(path, name, year, told) if is_plain(path) or not path.exists() else None
    if data is None:
        return "", (problem("W644", Place(file=name), **facts),)
    try:
        write_whole(path, data, workspace.root)
    except (OSError, UnicodeEncodeError) as fault:
        return "", (problem("W645", Place(file=name), reason=why_not(fault), **facts),)
    return name, ()
