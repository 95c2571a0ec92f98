"""The record of a run, run.json: what went in, by which rules and versions, and what came out.

``selfeval.run.v2`` lists each project with its two digests: whether two runs scored it from the same, and came to the
same. v1, still read, did not.
"""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version

from selfeval.domain.scored import Scored
from selfeval.domain.scored_case import INDICATOR_SCORES, ScoredCase
from selfeval.packages.files import digest
from selfeval.runs.inputs import Inputs

FORMAT = "selfeval.run.v2"
FORMATS = ("selfeval.run.v1", FORMAT)
"""What is written, and what is read."""

_PACKAGES = ("selfeval", "numpy", "openpyxl", "pandas", "python-calamine", "pyyaml", "xlrd", "xlsxwriter")


@dataclass(frozen=True)
class ProjectDigests:
    """SHA-256 of what a project was scored from, and of what came out.

    The first is of its promise, plan, reported values and the problems of reading them; the rules stand apart in the
    record, by file. The second is of its scores, months and problems.
    """

    project: str
    scored_from: str
    scored: str


def project_digests(scored: ScoredCase) -> ProjectDigests:
    """The digests of a project."""
    case = scored.case
    given = digest_of((case.project, case.indicators, case.plan, case.reports, case.problems))
    rows = [[getattr(row, name) for name in INDICATOR_SCORES.names] for row in scored.rows]
    return ProjectDigests(case.code, given, digest_of((rows, scored.total, scored.months, scored.problems)))


def digest_of(parts: Iterable[object]) -> str:
    """SHA-256, in hexadecimal, of plain values (texts, numbers, tuples and dataclasses of them), in their order."""
    return digest("".join(f"{part!r}\x1e" for part in parts).encode())


def run_record(
    inputs: Inputs, scored: Scored, digests: Iterable[ProjectDigests], outputs: Mapping[str, str], day: date, code: int
) -> bytes:
    """The record as JSON; ``outputs`` maps each file written to its SHA-256.

    It holds no clock time and no path of the machine, so a second run gives the same bytes.
    """
    rulebook = inputs.rulebook
    record = {
        "format": FORMAT,
        "year": scored.year,
        "date": day.isoformat(),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}},
        "rulebook": {"id": rulebook.id, "title": rulebook.title},
        "rules": _hashes((file.path, file.sha256) for file in rulebook.files),
        "inputs": _hashes(inputs.files),
        "projects": [asdict(project) for project in digests],
        "counts": {
            "projects": len(scored.projects),
            "indicators": len(scored.indicators) - len(scored.projects),
            "states": dict(sorted(Counter(scored.indicators["state"].tolist()).items())),
            "problems": dict(sorted(Counter(str(problem.severity) for problem in scored.problems).items())),
        },
        "exit": code,
        "outputs": _hashes(sorted(outputs.items())),
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def _hashes(files: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"path": path, "sha256": sha256} for path, sha256 in files]
