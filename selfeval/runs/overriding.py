"""Overriding: how one indicator is to be read, tried first, then written into the rule file of its year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from selfeval.domain.case import Case, cases
from selfeval.domain.kind import Kind
from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.promise import Promise, promises
from selfeval.domain.reading.addressed import addressed_to
from selfeval.domain.reading.proposal import Proposal
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.reading.recognise import recogniser
from selfeval.domain.rulebook import Origin, Override, Rulebook
from selfeval.domain.targets import Indicator
from selfeval.packages.printable import printable
from selfeval.rulebook.loading import load
from selfeval.rulebook.soundness.overrides import said_against
from selfeval.rulebook.writing.overriding import with_override
from selfeval.runs.inputs import Choice, Unusable, load_promised
from selfeval.runs.naming import named_indicator
from selfeval.runs.placing import only_writer, write_file
from selfeval.runs.workspace import Workspace


@dataclass(frozen=True)
class Wanted:
    """What a person says of one indicator: the text to read instead, its kind (id or label; blank: as it is read)."""

    indicator: str
    target: str
    kind: str
    because: str
    replace: bool = False


@dataclass(frozen=True)
class Overridden:
    """What was written, where, and what is read now. ``before`` is the override that it replaced."""

    override: Override
    promise: Promise
    before: Override | None

    @property
    def replaced(self) -> str:
        """What was read before, and why; blank for nothing."""
        return "" if self.before is None else f"{_words(self.before)}（{self.before.because}）"


def override(workspace: Workspace, asked_year: int | None, wanted: Wanted) -> Overridden | Unusable:
    """Write an override into ``rules/<year>.yaml`` once it is known to be read.

    Without a year it is the last that has both rules and targets. Raises CannotWriteError and BusyError.
    """
    years = sorted(int(path.stem) for path in workspace.rules.glob("[12][0-9][0-9][0-9].yaml"))
    in_use = [year for year in years if workspace.has_targets(year)]
    year = asked_year or max(in_use or years, default=0)
    found = load_promised(workspace, Choice(year))
    if isinstance(found, Unusable):
        return found
    targets, rulebook, _ = found
    path = workspace.rules / f"{year}.yaml"
    meant = named_indicator(targets, wanted.indicator)
    if isinstance(meant, Problem):
        return Unusable((meant,))
    wanted = replace(wanted, indicator=meant)
    asked = ((case, row) for case in cases(targets) for row in case.indicators if row.indicator == wanted.indicator)
    case, indicator = next(asked)
    file = workspace.name(path)
    made = _made(wanted, (case, indicator), rulebook, file)
    if isinstance(made, Problem):
        return Unusable((replace(made, place=Place(case.code, wanted.indicator, file)),))
    before = rulebook.overrides.get(wanted.indicator)
    again = _write(workspace, path, made, before)
    if isinstance(again, Unusable):
        return again
    promise, _ = _read(case, indicator, again)
    return Overridden(again.overrides[wanted.indicator], promise, before)


def _write(workspace: Workspace, path: Path, made: Override, before: Override | None) -> Rulebook | Unusable:
    """Put the override into the rule file, and give the rulebook that it then is."""
    file = workspace.name(path)
    with only_writer(path, workspace.root):
        data = path.read_bytes()
        changed = with_override(data, made, whole=before is not None and before.origin.file != file)
        if changed is None:
            line = Proposal(made.kind, made.target, because=made.because).line(made.indicator, made.printed)
            return Unusable((problem("E253", Place("", made.indicator, file), file=file, line=line),))
        write_file(path, changed, workspace.root)
        again, wrong = load(path, workspace.root, int(path.stem))
        if again is None:  # whatever the cause, the file that was in use comes back
            write_file(path, data, workspace.root)
            return Unusable(wrong)
        return again


def _made(wanted: Wanted, asked: tuple[Case, Indicator], rulebook: Rulebook, file: str) -> Override | Problem:
    """The override, once it is known that it may be written and can be read."""
    case, indicator = asked
    before = rulebook.overrides.get(wanted.indicator)
    if before is not None and not wanted.replace:
        facts = {"indicator": wanted.indicator, "origin": str(before.origin), "read": _words(before)}
        return problem("E250", Place(), **facts)
    if not wanted.because.strip():
        return problem("E251", Place(), indicator=wanted.indicator)
    kind = _kind(wanted, indicator, rulebook, case.year)
    if isinstance(kind, Problem):
        return kind
    target, because = printable(wanted.target), printable(wanted.because.strip())
    made = Override(
        indicator=wanted.indicator,
        kind=kind.id,
        target=target,
        printed=printable(addressed_to(indicator.level3, indicator.target)),
        because=because,
        origin=Origin(file, 0),
    )
    trial = replace(rulebook, overrides={**rulebook.overrides, wanted.indicator: made})
    _, faults = _read(case, indicator, trial)
    if faults:
        facts = {"text": wanted.target or indicator.target, "detail": faults[0].message}
        return problem("E252", Place(), **facts)
    if doubt := said_against(made, trial):
        return problem("E256", Place(), target=made.target, doubt=doubt, kind=f"{kind.id}（{kind.label}）")
    return made


def _kind(wanted: Wanted, indicator: Indicator, rulebook: Rulebook, year: int) -> Kind | Problem:
    """The kind that is named, or that the text is read as where it stands."""
    if wanted.kind:
        named = normalise(wanted.kind)
        found = next((kind for kind in KINDS.values() if named in {kind.id, normalise(kind.label)}), None)
        known = "、".join(f"{kind.id}（{kind.label}）" for kind in KINDS.values())
        return found or problem("E506", Place(), found=wanted.kind, known=known)
    if not wanted.target:
        return problem("E254", Place(), indicator=wanted.indicator)
    plain = recogniser(replace(rulebook, overrides={}), year)
    reading = plain.read("", wanted.target, indicator.level2, "", indicator.level3)
    if reading.kind:
        return KINDS[reading.kind]
    facts = {"target": wanted.target, "year": year, "indicator": wanted.indicator, "line": "", "command": ""}
    fault = problem(reading.code, Place(), **{**facts, **reading.facts})
    return problem("E252", Place(), text=wanted.target, detail=fault.message)


def _read(case: Case, indicator: Indicator, rulebook: Rulebook) -> tuple[Promise, list[Problem]]:
    """The one indicator as a rulebook reads it; an explicit 类型 of the table goes before any override."""
    (promise,), faults = promises(replace(case, indicators=(indicator,)), rulebook)
    return promise, faults


def _words(written: Override) -> str:
    label = KINDS[written.kind].label
    return written.target if written.target.startswith(label) else f"{label} {written.target}".strip()
