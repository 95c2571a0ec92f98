"""Who does the work of a run: this process, others beside it once it is known how much there is to do, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from selfeval.domain.rulebook import Rulebook
from selfeval.domain.targets import Targets
from selfeval.forms.reading.folder import Each, Looked, Promised
from selfeval.packages.cluster import ClusterError, Terms, cluster
from selfeval.packages.crew import Crew, crew, workers_for
from selfeval.packages.deflated import compressed_by
from selfeval.packages.links import inside
from selfeval.packages.writing import held, unfinished_name, why_not
from selfeval.runs.inputs import Choice, Unusable, load_promised
from selfeval.runs.program import code_digest, versions
from selfeval.runs.project_books import Desk, Made, looked_at
from selfeval.runs.settings import load_settings
from selfeval.runs.whole import asked_for, whole_in
from selfeval.runs.workspace import Workspace, open_workspace

Watch = Callable[[int], AbstractContextManager[Callable[[str], None]]]
"""Told how many forms there are to be read, gives what is called with the name of each."""


_UNLIKE = (
    "请在每台电脑上安装同一版本的 selfeval、Python 和依赖，把工作文件夹放在共享文件夹里（不是各存一份），"
    "在每台电脑上用同一个路径打开，再重新启动调度进程和工作进程"
)


@dataclass(frozen=True)
class Cluster:
    """A Dask cluster by the address of its scheduler; ``tell`` is told, in Chinese, what does not go as asked for."""

    address: str
    tell: Callable[[str], None]


@contextmanager
def _unwatched(_count: int) -> Iterator[Callable[[str], None]]:
    yield lambda _name: None


class Team:
    """Those who read the forms and make the workbooks of a choice; other processes end with the block."""

    def __init__(
        self,
        workspace: Workspace,
        choice: Choice,
        day: date,
        workers: int | Cluster | None = None,
        watch: Watch = _unwatched,
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
            desk = _desk(self._workspace, targets, rulebook, self._day)
            known = _known(self._workspace, targets, rulebook)
            again = partial(_desk_again, self._workspace.root, self._whole_choice(), self._day, known)
            if isinstance(self._workers, Cluster):
                others = self._on(self._workers, desk, again)
            else:
                others = crew(desk, workers_for(len(targets.projects), self._workers), again)
            self._crew = self._stack.enter_context(others)
        return self._crew

    def _whole_choice(self) -> Choice:
        """The choice as it means the same wherever one stands."""
        rules = self._choice.rules
        return replace(self._choice, rules=rules.absolute() if rules is not None and rules.is_file() else rules)

    def _on(self, where: Cluster, desk: Desk, again: Callable[[], Desk]) -> AbstractContextManager[Crew[Desk]]:
        """The workers of a cluster. They show that they have this workspace, and no copy, by a file that is new."""
        root = self._workspace.root
        new = root / "outputs" / unfinished_name()
        try:
            inside(new, root)
            new.parent.mkdir(parents=True, exist_ok=True)
            self._stack.enter_context(_new_file(new))
        except OSError as error:
            raise ClusterError(f"工作文件夹 {root} 里写不了文件（{why_not(error)}），集群里的电脑无法核对") from None
        terms = Terms(partial(_facts, root, new), again, _UNLIKE, _sure)
        return cluster(where.address, desk, terms, where.tell)


@contextmanager
def _new_file(path: Path) -> Iterator[None]:
    try:
        with held(path):
            yield
    finally:
        path.unlink(missing_ok=True)


def _facts(root: Path, new: Path) -> dict[str, str]:
    """What must be the same in each process that works on a run; ``new`` is a file of the workspace.

    A name that somebody asks for over the network for the first time is looked up where it lies.
    """
    seen = "看得到" if new.is_file() else "看不到"
    program = {"程序文件": code_digest()[:12], **versions(), "压缩": compressed_by()}
    return {f"工作文件夹 {root} ": seen, **program}


def _sure(result: object) -> bool:
    """Whether a form or a workbook came out; what did not may have failed for want of rights or room there."""
    return result.broken is None if isinstance(result, Made) else getattr(result, "reports", None) is not None


def _known(workspace: Workspace, targets: Targets, rulebook: Rulebook) -> object:
    """What the files that a desk is made of hold."""
    return targets.sha256, rulebook.files, load_settings(workspace)[0].unit


def _desk(workspace: Workspace, targets: Targets, rulebook: Rulebook, day: date) -> Desk:
    promised = Promised.of(asked_for(targets, whole_in(workspace, targets, rulebook)), workspace.root)
    return Desk(rulebook, day, promised)


def _desk_again(root: Path, choice: Choice, day: date, known: object) -> Desk:
    """The same desk in a new process. Raises ClusterError where the files are no longer those that were read."""
    workspace = open_workspace(root)[0]
    found = load_promised(workspace, choice)
    if isinstance(found, Unusable) or _known(workspace, found[0], found[1]) != known:
        raise ClusterError("绩效目标表、评分规则或设置与本机评分开始时读取的不同（评分期间不要改动）")
    return _desk(workspace, found[0], found[1], day)
