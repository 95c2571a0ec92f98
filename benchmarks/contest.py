"""The same year scored by selfeval and by its peers, each a process, in turns, with the floor between them."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.floors import pack, unpacked
from benchmarks.peers.constants import constants
from benchmarks.peers.same import differences

ROOT = Path(__file__).resolve().parents[1]
OURS, FLOOR, IMPORTS, AGAIN, VERSION = "selfeval", "floor", "imports", "again", "version"
PLAIN, CAREFUL, FAST, FAST_ISAL = "plain", "careful", "fast", "fast+isal"

Times = dict[str, list[float]]
Clock = Callable[[], float]


@dataclass
class Year:
    """A workspace with so many projects, the texts that the peers need, and where results go."""

    projects: int
    workspace: Path
    aside: Path
    texts: Path = field(init=False)

    def __post_init__(self) -> None:
        self.aside.mkdir(parents=True)
        self.texts = self.aside / "constants.json"

    def out(self, name: str) -> Path:
        return self.aside / name

    @property
    def forms(self) -> list[Path]:
        return sorted((self.workspace / "inputs" / "2024" / "forms").glob("*/*.xlsx"))


def peers() -> tuple[str, ...]:
    """The peers that can run here; the one with isal where that is installed."""
    return (PLAIN, CAREFUL, FAST, *((FAST_ISAL,) if importlib.util.find_spec("isal") else ()))


def score(year: Year, name: str) -> list[str]:
    """The command with which one of them scores a year."""
    out = str(year.out(name))
    usual = [sys.executable, "-m", "selfeval", "score", "2024", "--workspace", str(year.workspace)]
    if name in {OURS, AGAIN}:
        return usual if name == AGAIN else [*usual, "--out", out]
    module, _, isal = name.partition("+")
    arguments = [str(year.workspace), out, str(year.texts)]
    return [sys.executable, "-m", f"benchmarks.peers.{module}", *arguments, *(["--isal"] if isal else [])]


def run(command: Sequence[str]) -> None:
    """A process that may keep its byte code, as an installed program does."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    path = os.pathsep.join(filter(None, (str(ROOT), env.get("PYTHONPATH"))))
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=env | {"PYTHONPATH": path})


def prepare(year: Year, sample: Path | None = None) -> Path:
    """Score the year once with each (which also fills the byte code), and see that all did the same work.

    ``sample``: an output of selfeval to take the peers' texts from; its own without. Where selfeval's results lie.
    """
    ours = year.out(OURS)
    for name in (OURS, AGAIN):  # in its usual place, so that it has an answer for another run without a change
        run(score(year, name))
    year.texts.write_text(json.dumps(constants(year.workspace, sample or ours), ensure_ascii=False), encoding="utf-8")
    for name in peers():
        run(score(year, name))
        found = differences(ours, year.out(name))
        if found:
            raise SystemExit("\n".join((f"{name} 与 selfeval 的结果不同：", *found)))
    return ours


def contest(years: Sequence[Year], rounds: int, clock: Clock) -> dict[int, Times]:
    """Seconds of each round by the number of projects, and of what does not depend on it under 0."""
    times: dict[int, Times] = defaultdict(lambda: defaultdict(list))
    floors = {year.projects: partial(_floor, *_bytes_of(year), year.out(FLOOR)) for year in years}
    for _ in range(rounds):
        for year in years:
            found = times[year.projects]
            found[FLOOR].append(timed(floors[year.projects], clock))
            for name in (OURS, *peers()):
                shutil.rmtree(year.out(name))
                year.out(name).mkdir()
                found[name].append(timed(partial(run, score(year, name)), clock))
        for name, command in _others(years[0]):
            times[0][name].append(timed(partial(run, command), clock))
    return times


def _others(year: Year) -> Iterator[tuple[str, list[str]]]:
    yield IMPORTS, [sys.executable, "-c", "import pandas, xlsxwriter"]
    yield AGAIN, score(year, AGAIN)
    yield VERSION, [sys.executable, "-m", "selfeval", "--version"]


def processor() -> float:
    """Seconds that the processor spent on this process and on those it started: steadier on a busy machine."""
    if sys.platform == "win32":
        raise SystemExit("Windows 上不能用 --cpu")
    import resource  # noqa: PLC0415 - not on Windows

    found = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in found)


def timed(job: Callable[[], object], clock: Clock) -> float:
    start = clock()
    job()
    return clock() - start


Parts = list[list[tuple[str, bytes]]]


def _bytes_of(year: Year) -> tuple[list[Path], Parts, list[bytes]]:
    """The forms, and what selfeval made of them: the parts of each workbook, and the other files."""
    files = sorted(path for path in year.out(OURS).rglob("*") if path.is_file())
    workbooks = unpacked([path.read_bytes() for path in files if path.suffix == ".xlsx"])
    return year.forms, workbooks, [path.read_bytes() for path in files if path.suffix != ".xlsx"]


def _floor(forms: Sequence[Path], workbooks: Parts, others: Sequence[bytes], folder: Path) -> None:
    """Inflate the forms, deflate the same bytes (zlib 6), write them: what no program can do without."""
    for path in forms:
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                book.read(name)
    folder.mkdir(exist_ok=True)
    pack(workbooks, folder)
    for number, content in enumerate(others):
        (folder / f"{number}.other").write_bytes(content)
