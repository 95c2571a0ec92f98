"""The inputs of a run: targets, rulebook and reported values, found in the workspace and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from selfeval.domain.case import cases
from selfeval.domain.faults import unless_faulty
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.rulebook.carrying import carried
from selfeval.domain.scored import Scored
from selfeval.domain.scored_case import ScoredCase
from selfeval.domain.scoring.score import Before, score, score_case
from selfeval.domain.targets import Targets
from selfeval.forms.reading.folder import Each
from selfeval.packages.shelf import Shelf
from selfeval.rulebook.finding import named_rulebook, not_named
from selfeval.rulebook.loading import load, load_year
from selfeval.runs.folders import as_typed, years_with_rules, years_with_targets
from selfeval.runs.naming import chosen_projects
from selfeval.runs.whole import Read, is_named, not_scored, read_table, read_year, whole_in
from selfeval.runs.workspace import Workspace
from selfeval.runs.years import without_targets
from selfeval.sources.targets_folder import read_folder
from selfeval.sources.targets_reader import read_targets, usable

_OTHER_YEAR = "请核对 --as-of 后面的年度：写规则适用的年度，或去掉 --as-of"
READINGS_KEPT = "I202"
"""The code that says that a year's readings were carried over to another rulebook."""


@dataclass(frozen=True)
class Choice:
    """What a command chose instead of the usual places; blank: the usual.

    ``reported`` is a reported table (workbook or CSV folder), ``rules`` a rule file or the name of one in the
    workspace, ``projects`` name projects in any way (``runs/naming``).
    ``as_of`` asks for the rulebook of another year, which is then said everywhere.
    """

    year: int
    reported: Path | None = None
    rules: Path | None = None
    projects: tuple[str, ...] = ()
    as_of: int | None = None


@dataclass(frozen=True)
class WholeInputs:
    """The department's own part as inputs of one project more, and what it is told of when its form did not come."""

    inputs: Inputs
    sent: bool
    notice: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """Everything a run reads; ``files`` are the input files as (workspace path, SHA-256 of the bytes read), sorted."""

    workspace: Workspace
    targets: Targets
    rulebook: Rulebook
    reported: Reported
    files: tuple[tuple[str, str], ...]
    from_forms: bool = False
    """Whether what was reported stands in forms, and not in a table."""
    whole: WholeInputs | None = None
    """The department's own part; None where there is none, or only some projects were chosen (``left_out``)."""
    left_out: bool = False
    """Whether there is a department's own part, and it is left out for only some projects were chosen."""

    def score(self, before: Before | None = None) -> Scored:
        """The scores of all this; what is known from ``before`` is not scored again."""
        return score(self.targets, self.reported, self.rulebook, Shelf, before)

    @property
    def parts(self) -> tuple[Inputs, ...]:
        """All that is evaluated, each part under its own rulebook: the department's own part first, then projects."""
        return (self,) if self.whole is None else (self.whole.inputs, self)

    def only(self, projects: Sequence[str]) -> Inputs:
        """The same, cut down to the named projects; problems of no project stay."""
        kept = tuple(found for found in self.reported.problems if found.place.project in {"", *projects})
        reported = replace(self.reported, problems=kept)
        return replace(self, targets=self.targets.only(list(projects)), reported=reported)


@dataclass(frozen=True)
class Unusable:
    """Why a run cannot start: the rulebook or the targets, or a choice that names nothing."""

    problems: tuple[Problem, ...]


def load_targets(workspace: Workspace, year: int) -> tuple[Targets | None, tuple[Problem, ...]]:
    """The year's targets; None, with the reasons, when they cannot be used."""
    path, folder = workspace.targets(year), workspace.target_folder(year)
    name, several = workspace.name(path), workspace.name(folder)
    if workspace.has_folder_of_targets(year):
        if path.exists():
            return None, (problem("E168", Place(file=name), file=name, folder=several),)
        read = unless_faulty(Place(file=several), read_folder, folder, year, several)
        return (None, (read,)) if isinstance(read, Problem) else read
    if not path.is_file():
        return None, (without_targets(workspace, year),)
    found = unless_faulty(Place(file=name), read_targets, path, year, name)
    if isinstance(found, Problem):
        return None, (found,)
    targets, problems = found
    return (targets if usable(targets, problems) else None), problems


def load_rulebook(workspace: Workspace, choice: Choice) -> tuple[Rulebook | None, tuple[Problem, ...]]:
    """The rulebook in force for the year (or the one asked for with ``as_of``), or the chosen file.

    Another than the year's own reads the year's texts as the year's own does.
    """
    year = choice.year if choice.as_of is None else choice.as_of
    known = years_with_rules(workspace.root)
    if choice.rules is None and year != choice.year and year not in known:
        return None, (not_named(workspace.rules, str(year), [*map(str, known)]),)  # a slip: nobody wants rules for it
    if choice.rules is None:
        rulebook, problems = load_year(workspace.rules, year, workspace.root)
    else:
        # a path, or central-2021, examples/hubei
        path = choice.rules if choice.rules.is_file() else named_rulebook(workspace.rules, choice.rules.as_posix())
        if path is None:
            return None, (not_named(workspace.rules, choice.rules.as_posix()),)
        slip = choice.as_of is not None and year != choice.year  # nobody wants rules for a year that is only lent
        rulebook, problems = load(path, workspace.root, year, _OTHER_YEAR if slip else "")
    if rulebook is not None and year != choice.year:  # its title, which every workbook prints, says so
        title = f"{rulebook.title}【应要求按{year}年度规则评{choice.year}年度】"
        rulebook = replace(rulebook, title=title)
    if rulebook is not None and (choice.rules is not None or year != choice.year):
        return _with_readings(workspace, choice.year, rulebook)
    return rulebook, problems


def _with_readings(workspace: Workspace, year: int, tried: Rulebook) -> tuple[Rulebook | None, tuple[Problem, ...]]:
    """A rulebook that is tried on a year, with the readings of the year's own; what came over is said.

    Without a rulebook of the year nothing comes over; one that does not load is said, for its readings would be lost.
    """
    path = workspace.rules / f"{year}.yaml"
    if not path.is_file():
        return tried, ()
    own, problems = load(path, workspace.root)
    if own is None:
        return None, problems
    found = carried(tried, own)
    if not found.said:
        return tried, ()
    facts = {"tried": tried.id, "said": found.said, "file": found.year_file}
    return found.rulebook, (problem(READINGS_KEPT, Place(file=found.year_file), **facts),)


def load_promised(
    workspace: Workspace, choice: Choice, *wrong: Problem
) -> tuple[Targets, Rulebook, tuple[Problem, ...]] | Unusable:
    """The targets with their problems, and the rulebook; all reasons against come together, with ``wrong``."""
    targets, target_problems = load_targets(workspace, choice.year)
    rules = choice.rules or workspace.rules / f"{choice.year}.yaml"
    loaded = unless_faulty(Place(file=workspace.name(rules)), load_rulebook, workspace, choice)
    rulebook, rule_problems = (None, (loaded,)) if isinstance(loaded, Problem) else loaded
    if targets is None and years_with_targets(workspace.root) and not workspace.has_targets(choice.year):
        rule_problems = ()  # a year that is not there needs no rules: it is mistyped, or its targets come first
    if choice.reported is not None and not choice.reported.exists():
        wrong += (problem("E606", Place(), path=as_typed(choice.reported)),)
    if targets is None or rulebook is None or wrong:
        return Unusable((*target_problems, *rule_problems, *wrong))
    return targets, rulebook, (*target_problems, *rule_problems)


Hire = Callable[[Targets, Rulebook], Each]
"""Gives who looks at the forms of a year, once it is known what they are of."""


def load_inputs(workspace: Workspace, choice: Choice, hire: Hire | None = None) -> Inputs | Unusable:
    """Read everything a run needs; all reasons why it cannot start come together."""
    promised = load_promised(workspace, choice)
    if isinstance(promised, Unusable):
        return promised
    targets, rulebook, target_problems = promised
    projects, unknown = _chosen(workspace, targets, rulebook, choice.projects)
    if unknown:
        return Unusable(unknown)
    if choice.reported is None:
        read = read_year(workspace, targets, rulebook, None if hire is None else hire(targets, rulebook))
    else:
        read = read_table(workspace, targets, rulebook, choice.reported)
    reported = read.reported
    files = dict(targets.read_from) | dict(reported.files)
    inputs = Inputs(workspace, targets, rulebook, reported, tuple(sorted(files.items())), choice.reported is None)
    if projects:
        inputs = replace(inputs.only(projects), left_out=read.whole is not None)
    else:
        inputs = replace(inputs, whole=_whole(inputs, read))
    facts = {"as_of": choice.as_of, "year": choice.year}
    lent = () if choice.as_of in {None, choice.year} else (problem("W206", Place(), **facts),)
    unscored = () if projects else not_scored(targets, rulebook)
    problems = (*target_problems, *lent, *unscored, *inputs.reported.problems)
    return replace(inputs, reported=replace(inputs.reported, problems=problems))


def _chosen(
    workspace: Workspace, targets: Targets, rulebook: Rulebook, texts: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The codes of the projects that texts name, and a problem for every text that names none, as the department."""
    whole = whole_in(workspace, targets, rulebook) if texts else None
    named = [text for text in texts if is_named(whole, text) and chosen_projects(targets, [text])[1]]
    projects, unknown = chosen_projects(targets, [text for text in texts if text not in named])
    alone = (problem("E266", Place(), found=text, year=targets.year) for text in named)
    return projects, (*unknown, *alone)


def _whole(inputs: Inputs, read: Read) -> WholeInputs | None:
    """The department's own part as inputs."""
    if read.whole is None:
        return None
    targets, rulebook = read.whole.targets, read.whole.rulebook
    own = replace(inputs, targets=targets, rulebook=rulebook, reported=read.of_whole)
    return WholeInputs(own, read.sent, read.problems)


def unit_names(targets: Targets) -> dict[str, str]:
    """单位名称 by 单位编码, in document order."""
    return dict(targets.projects.columns("unit_code", "unit_name"))


def unknown_units(targets: Targets, units: Sequence[str]) -> tuple[Problem, ...]:
    """A problem for every 单位编码 that the targets do not have."""
    known = unit_names(targets)
    listed = "、".join(f"{code} {name}" for code, name in known.items())
    facts = {"year": targets.year, "known": listed}
    return tuple(problem("E327", Place(), found=unit, **facts) for unit in units if unit not in known)


def score_one(inputs: Inputs, project: str) -> tuple[Inputs, ScoredCase]:
    """The inputs cut down to one project, and that project scored."""
    cut = inputs.only([project])
    (case,) = cases(cut.targets, cut.reported)
    return cut, score_case(case, inputs.rulebook)
