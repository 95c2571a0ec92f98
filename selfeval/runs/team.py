"""Who does the work of a run: this process, and others beside it once it is known how much there is to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from selfeval.domain.rulebook import Rulebook, RuleFile
from selfeval.domain.targets import Targets
from selfeval.forms.reading.folder import Each, Looked, Promised
from selfeval.packages.crew import Crew, crew, workers_for
from selfeval.runs.inputs import Choice, Unusable, load_promised
from selfeval.runs.project_books import Desk, looked_at
from selfeval.runs.whole import asked_for, whole_in
from selfeval.runs.workspace import Workspace, open_workspace

Watch = Callable[[int], AbstractContextManager[Callable[[str], None]]]
"""Told how many forms there are to be read, gives what is called with the name of each."""


@contextmanager
def _unwatched(_count: int) -> Iterator[Callable[[str], None]]:
    yield lambda _name: None


class Team:
    """Those who read the forms and make the workbooks of a choice; other processes end with the block."""

    def __init__(
        self, workspace: Workspace, choice: Choice, day: date, workers: int | None = None, watch: Watch = _unwatched
    ) -> None:
        self._workspace, self._choice, self._day, self._workers = workspace, choice, day, workers
        self._watch = watch
        self._stack = ExitStack()
        self._crew: Crew[Desk] | None = None

    def __enter__(self) -> Self:
        """Nobody begins before there is something to do."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The other processes end."""
        self._stack.__exit__(kind, error, trace)

    def __call__(self, targets: Targets, rulebook: Rulebook) -> Each:
        """Who looks at the forms of a year."""
        team = self.crew(targets, rulebook)

        def each(paths: Iterable[Path]) -> Iterator[Looked]:
            files = [*paths]
            with self._watch(len(files)) as tick:
                for path, looked in zip(files, team.each(looked_at, files), strict=True):
                    tick(path.name)
                    yield looked

        return each

    def crew(self, targets: Targets, rulebook: Rulebook) -> Crew[Desk]:
        """Those who do the jobs; they begin when they are first asked for."""
        if self._crew is None:
            desk, count = _desk(self._workspace, targets, rulebook, self._day), len(targets.projects)
            known = targets.sha256, rulebook.files
            again = partial(_desk_again, self._workspace.root, self._choice, self._day, known)
            self._crew = self._stack.enter_context(crew(desk, workers_for(count, self._workers), again))
        return self._crew


def _desk(workspace: Workspace, targets: Targets, rulebook: Rulebook, day: date) -> Desk:
    promised = Promised.of(asked_for(targets, whole_in(workspace, targets, rulebook)), workspace.root)
    return Desk(rulebook, day, promised)


def _desk_again(root: Path, choice: Choice, day: date, known: tuple[str, tuple[RuleFile, ...]]) -> Desk:
    """The same desk in a new process. Raises ValueError where the files are no longer those that were read."""
    workspace = open_workspace(root)[0]
    found = load_promised(workspace, choice)
    if isinstance(found, Unusable) or (found[0].sha256, found[1].files) != known:
        raise ValueError("targets or rules were changed while the run was going on")
    return _desk(workspace, found[0], found[1], day)
