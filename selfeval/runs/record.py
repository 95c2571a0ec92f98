"""The record of a run, run.json: what went in, by which rules and versions, and what came out.

``selfeval.run.v2`` lists each project with its two digests (``selfeval.runs.digest``). v1, still read, did not.
"""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from importlib.metadata import version

from selfeval.domain.scored import Scored
from selfeval.runs.digest import ProjectDigests
from selfeval.runs.inputs import Inputs

FORMAT = "selfeval.run.v2"
FORMATS = ("selfeval.run.v1", FORMAT)
"""What is written, and what is read."""

_PACKAGES = ("selfeval", "numpy", "openpyxl", "pandas", "python-calamine", "pyyaml", "xlrd", "xlsxwriter")


def run_record(
    inputs: Inputs,
    scored: Scored,
    digests: Iterable[ProjectDigests],
    outputs: Mapping[str, str],
    day: date,
    exit_code: int,
) -> bytes:
    """The record as JSON; ``outputs`` maps each file written to its SHA-256.

    It holds no clock time and no path of the machine, so a second run gives the same bytes.
    """
    record = {
        "format": FORMAT,
        "year": scored.year,
        "date": day.isoformat(),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}},
        "rulebook": {"id": inputs.rulebook.id, "title": inputs.rulebook.title},
        "rules": [{"path": one.path, "sha256": one.sha256} for one in inputs.rulebook.files],
        "inputs": [{"path": path, "sha256": sha256} for path, sha256 in inputs.files],
        "projects": [asdict(one) for one in digests],
        "counts": {
            "projects": len(scored.projects),
            "indicators": len(scored.indicators) - len(scored.projects),
            "states": dict(sorted(Counter(scored.indicators["state"].tolist()).items())),
            "problems": dict(sorted(Counter(str(one.severity) for one in scored.problems).items())),
        },
        "exit": exit_code,
        "outputs": [{"path": path, "sha256": sha256} for path, sha256 in sorted(outputs.items())],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()
