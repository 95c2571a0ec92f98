"""The record of a run, run.json: what went in, by which rules and versions, and what came out."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version

from selfeval.domain.scored import Scored
from selfeval.runs.inputs import Inputs

FORMAT = "selfeval.run.v1"
_PACKAGES = ("selfeval", "numpy", "openpyxl", "pandas", "python-calamine", "pyyaml", "xlrd", "xlsxwriter")


def run_record(
    inputs: Inputs, scored: Scored, outputs: Iterable[tuple[str, bytes]], day: date, exit_code: int
) -> bytes:
    """The record as JSON. It holds no clock time and no path of the machine, so a second run gives the same bytes."""
    counts: dict[str, int] = {}
    for state in scored.indicators["state"].tolist():
        counts[state] = counts.get(state, 0) + 1
    severities: dict[str, int] = {}
    for one in scored.problems:
        severities[str(one.severity)] = severities.get(str(one.severity), 0) + 1
    record = {
        "format": FORMAT,
        "year": scored.year,
        "date": day.isoformat(),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}},
        "rulebook": {"id": inputs.rulebook.id, "title": inputs.rulebook.title},
        "rules": [{"path": one.path, "sha256": one.sha256} for one in inputs.rulebook.files],
        "inputs": [{"path": path, "sha256": digest} for path, digest in inputs.files],
        "counts": {
            "projects": len(scored.projects),
            "indicators": len(scored.indicators) - len(scored.projects),
            "states": dict(sorted(counts.items())),
            "problems": dict(sorted(severities.items())),
        },
        "exit": exit_code,
        "outputs": [{"path": path, "sha256": hashlib.sha256(content).hexdigest()} for path, content in sorted(outputs)],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()
