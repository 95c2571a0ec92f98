"""Import: target documents to the year's target table, never replacing unasked a table that says something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from selfeval.domain.faults import unless_faulty
from selfeval.domain.problems import Place, Problem, Severity, problem
from selfeval.domain.targets import Targets
from selfeval.packages.clutter import is_clutter
from selfeval.packages.files import Unreadable, read_bytes
from selfeval.packages.links import is_plain, real
from selfeval.packages.resaved import is_as_made
from selfeval.runs.folders import FOLDERS, as_typed
from selfeval.runs.imported import ReadProject, read_projects
from selfeval.runs.init.example import ANSWERS, is_example
from selfeval.runs.placing import only_writer, write_keeping
from selfeval.runs.settings import load_settings
from selfeval.runs.workspace import Workspace
from selfeval.sources.differences import CHANGED, REMOVED, Difference, differences, same
from selfeval.sources.imported import Imported, Reading, printed_years
from selfeval.sources.keeping import Unit, lacking, with_kept_codes
from selfeval.sources.merging import merged
from selfeval.sources.read import read_file, takes
from selfeval.sources.readings import once, where
from selfeval.sources.targets_reader import read_targets, targets_in, usable
from selfeval.sources.targets_workbook import targets_workbook

DIFFERENT = "E166"
"""The code of a table that is there and says something else."""
MOST_FILES = 1000
"""Files of a folder that are read: more than any department has units."""


@dataclass(frozen=True)
class ImportOptions:
    """What a command asked for besides: nothing written, a table that is there replaced, the unit without a code."""

    dry_run: bool = False
    replace: bool = False
    unit: Unit = field(default_factory=Unit)

    def command(self, source: Path, year: int, *, again: bool = False) -> str:
        """The command that was typed, for a year; ``again``: the same with --replace."""
        options = [f"--year {year}"]
        options += [f"--unit-code {self.unit.code}"] if self.unit.code else []
        options += [f"--unit {_quoted(self.unit.name)}"] if self.unit.name else []
        return " ".join(["selfeval import", _quoted(as_typed(source)), *options, *(["--replace"] if again else [])])


def _quoted(text: str) -> str:
    return f'"{text}"' if any(map(str.isspace, text)) else text


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did: the table it is about (``written`` or not; None: there is none), the name of one kept.

    ``sources`` are the files read, ``passed_over`` those that were not; ``differences`` are from the table that was
    there before (``before``), ``edited`` by a person or not; ``forms`` names the projects whose forms are of before,
    ``strays`` those that are no more and have one still, ``refilled`` the indicators that these do not ask for.
    The example of a new workspace is none that was there before: ``tried`` is what lies there of it besides.
    """

    path: str | None
    kept: str = ""
    written: bool = False
    before: bool = False
    edited: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    sources: tuple[dict[str, str], ...] = ()
    passed_over: tuple[str, ...] = ()
    projects: tuple[ReadProject, ...] = ()
    readings: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    forms: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()
    refilled: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def import_documents(source: Path, year: int, workspace: Workspace, options: ImportOptions) -> ImportOutcome:
    """Write ``inputs/<year>/targets.xlsx`` from a document or a folder of them, keeping one there under another name.

    A table that says something else, and is not the untouched example, is replaced only when that was asked for.
    Raises CannotWriteError and BusyError.
    """
    files, passed_over = _files(source, workspace)
    parts, problems = _read(files, source, year)
    if wrong := [*_of_other_years(parts, source, year, options)]:
        return ImportOutcome(None, passed_over=passed_over, problems=tuple(wrong))
    if not files:
        problems.append(problem("E164", Place(), path=as_typed(source)))
    before, told = _there(workspace, year)
    imported = merged(parts, year)
    imported, code_wanted = _with_codes(imported, before, workspace, options.unit)
    problems += (*imported.problems, *code_wanted)
    content = targets_workbook(imported)
    table = workspace.targets(year)
    back, found = targets_in(content, year, workspace.name(table))
    example = is_example(before) and _as_made(table)
    outcome = ImportOutcome(
        workspace.name(table),
        before=is_plain(table) and not example,
        counts=_counts(imported.targets),
        sources=tuple({"path": name, "sha256": sha256} for name, sha256 in imported.files),
        passed_over=passed_over,
        projects=read_projects(imported.targets, workspace),
        readings=tuple(map(_line, once(imported.readings))),
        tried=tuple(_tried(workspace, year)) if example else (),
        problems=tuple(sorted(problems, key=lambda one: [*Severity].index(one.severity))),
    )
    if workspace.has_folder_of_targets(year) and not options.dry_run:
        facts = {"year": year, "folder": workspace.name(workspace.target_folder(year))}
        why = problem("E190", Place(file=str(facts["folder"])), **facts)
        return replace(outcome, path=None, before=False, problems=(*outcome.problems, why))
    if code_wanted or not usable(back, found):
        grave = (one for one in found if one.severity is Severity.ERROR and outcome.projects and not code_wanted)
        return replace(outcome, path=None, problems=(*outcome.problems, *grave))
    if outcome.before:
        changes = tuple(_differences(before, told, back))
        forms, strays = _forms(workspace, year, changes)
        refilled = tuple(_refilled(before, back, forms))
        outcome = replace(outcome, differences=changes, edited=not _as_made(table), forms=tuple(forms.values()))
        outcome = replace(outcome, strays=strays, refilled=refilled)
        if changes and not (options.replace or options.dry_run):
            facts = {"file": outcome.path, "count": len(changes), "command": options.command(source, year, again=True)}
            why = problem(DIFFERENT, Place(file=workspace.name(table)), **facts)
            return replace(outcome, problems=(*outcome.problems, why))
    if options.dry_run:
        return outcome
    if outcome.before and not outcome.differences:
        with only_writer(table, workspace.root):  # what a killed run left there is tidied up
            return outcome
    return replace(outcome, written=True, kept=write_keeping(table, content, workspace.root))


def _of_other_years(parts: Sequence[Imported], source: Path, year: int, options: ImportOptions) -> Iterator[Problem]:
    """A problem for each document whose title names another year, and not the one asked for."""
    for part in parts:
        years = printed_years(part.title)
        if years and year not in years:
            facts = {"title": part.title, "printed": max(years), "year": year}
            yield problem("E160", Place(file=part.source), command=options.command(source, max(years)), **facts)


def _with_codes(
    imported: Imported, before: Targets | None, workspace: Workspace, given: Unit
) -> tuple[Imported, tuple[Problem, ...]]:
    """The import with all codes that are known; or as it is, and a problem, when it is not clear whose a code is."""
    open_units = lacking(imported.targets)
    if given.code and not given.name and len(open_units) > 1:
        return imported, (problem("E165", Place(), count=len(open_units), names="、".join(open_units)),)
    # the name of the workspace's unit is for documents that name none, and for nothing else
    name = given.name or (load_settings(workspace)[0].unit if "" in open_units else "")
    return with_kept_codes(imported, before, Unit(given.code, name)), ()


def _files(source: Path, workspace: Workspace) -> tuple[list[Path], tuple[str, ...]]:
    """The files to read, by name, and the names of those that no reader takes, or that systems hide.

    What lies in the workspace's own folders is none of what was sent, unless the folder is one within them.
    """
    if not source.is_dir():
        return [source], ()
    whole = real(source)
    own = [workspace.root / name for name in FOLDERS if not whole.is_relative_to(workspace.root / name)]
    there = [
        path
        for path in sorted(source.rglob("*"))
        if is_plain(path)
        and not any(map(is_clutter, path.relative_to(source).parts))
        and not any((whole / path.relative_to(source)).is_relative_to(folder) for folder in own)
    ]
    hidden = {path for path in there if any(part.startswith(".") for part in path.relative_to(source).parts)}
    fit = [path for path in there if takes(path) and path not in hidden]
    rest = [path for path in there if not takes(path) or path in hidden] + fit[MOST_FILES:]
    return fit[:MOST_FILES], tuple(path.relative_to(source).as_posix() for path in rest)


def _read(files: Sequence[Path], source: Path, year: int) -> tuple[list[Imported], list[Problem]]:
    """What each file gave, and the problems of those that gave nothing.

    Each goes by its name; where several in a folder have the same, with that of the folder behind it.
    """
    parts, problems = list[Imported](), list[Problem]()
    count = Counter(file.name for file in files)
    for file in files:
        within = "、".join(file.parent.relative_to(source).parts) if count[file.name] > 1 else ""
        name = f"{file.name}（{within}）" if within else file.name
        found = unless_faulty(Place(file=name), read_file, file, year)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        named = tuple(replace(one, place=one.place.at(file=name)) for one in found.problems)
        parts.append(replace(found, source=name, problems=named))
    return parts, problems


def _there(workspace: Workspace, year: int) -> tuple[Targets | None, tuple[Problem, ...]]:
    """The table that is there, as far as it can be read; a link is none, for it gives way."""
    table = workspace.targets(year)
    if not is_plain(table):
        return None, ()
    name = workspace.name(table)
    found = unless_faulty(Place(file=name), read_targets, table, year, name)
    return (None, (found,)) if isinstance(found, Problem) else found


def _as_made(table: Path) -> bool:
    """Whether the table that is there holds just what a run wrote into it."""
    old = read_bytes(table)
    return not isinstance(old, Unreadable) and is_as_made(old)


def _tried(workspace: Workspace, year: int) -> Iterator[str]:
    """The folders of a year in which something of the example's trial lies."""
    for folder in (workspace.forms(year), workspace.inputs(year) / ANSWERS, workspace.outputs(year)):
        if folder.is_dir():
            yield workspace.name(folder)


def _differences(before: Targets | None, told: Sequence[Problem], back: Targets) -> Iterator[Difference]:
    """The differences, what makes the table there unusable among them."""
    if before is None or not usable(before, told):
        why = next((one.message for one in told if one.severity is Severity.ERROR), "")
        yield Difference(REMOVED, "", "现有的绩效目标表", old=f"不能使用：{why}")
    if before is None:
        return
    yield from differences(before, back)
    for project, indicator in sorted(before.faulty - back.faulty):
        yield Difference(CHANGED, project, before.names[project], indicator, "错误", "现有的表里有错误", "没有")


def _refilled(before: Targets | None, after: Targets, projects: Container[str]) -> Iterator[str]:
    """The indicators of projects with a form whose row there asks for another one, or that have none."""
    names = {row["indicator"]: same(row["level3"]) for row in before.indicators.records} if before else {}
    for row in after.indicators.records:
        if row["project"] in projects and same(row["level3"]) not in names.get(row["indicator"], ""):
            yield f"{row['indicator']} {row['level3']}"


def _forms(workspace: Workspace, year: int, changes: Sequence[Difference]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The projects of which a form lies there, by code and name: those that changed, and those that are no more."""
    forms = [path.name for path in workspace.forms(year).rglob("*.xlsx")]
    names = {one.project: one.name for one in changes if one.project}
    gone = {one.project for one in changes if one.what == REMOVED and not (one.column or one.indicator)}
    with_form = [code for code in names if any(form.startswith(f"{code}_") for form in forms)]
    changed = {code: names[code] for code in with_form if code not in gone}
    return changed, tuple(names[code] for code in with_form if code in gone)


def _counts(targets: Targets) -> dict[str, int]:
    frames = {"项目": targets.projects, "指标": targets.indicators, "部门目标": targets.department}
    return {what: len(frame) for what, frame in frames.items()}


def _line(reading: Reading) -> str:
    original = f"原文“{reading.original}”，" if reading.original else ""
    return f"{reading.project} {reading.what}（{where(reading)}）：{original}{reading.reading}".strip()
