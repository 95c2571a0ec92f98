"""Every step of commands in trouble: ``python -m tests.cli.trouble_all [kill | ENOSPC | EACCES | …] [command …]``."""

from __future__ import annotations

import errno
import sys
import tempfile
from pathlib import Path

from tests.cli.desk import COMMANDS
from tests.cli.test_trouble import Trial, killed, refused


def main() -> int:
    """Print what went wrong at each step; 1 when anything did."""
    what, *names = sys.argv[1:] or ["kill"]
    bad = 0
    for name in names or COMMANDS:
        with tempfile.TemporaryDirectory() as folder:
            trial = Trial(name, Path(folder).resolve())
            times, wrong = killed(trial) if what == "kill" else refused(trial, getattr(errno, what))
        bad += len(wrong)
        sys.stdout.write("\n  ".join([f"{name}: {what} {times}", *wrong]) + "\n")
        sys.stdout.flush()
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
