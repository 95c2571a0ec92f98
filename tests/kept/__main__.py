"""Many rounds: ``python -m tests.kept WORKSPACE edits|kills ROUNDS [SEED]``; the workspace is copied.

``edits``: something happens to a workspace, and a run over what is known must give the bytes of a fresh one. ``kills``:
runs are killed at random moments, and one that is not must give them too.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from random import Random

from tests.kept.rounds import edited, killed


def main() -> None:
    """As the module says."""
    source, what, rounds, *seed = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "year"
        for part in ("inputs", "rules"):
            shutil.copytree(Path(source) / part, root / part)
        random = Random(int(seed[0]) if seed else 1)
        for told in {"edits": edited, "kills": killed}[what](root, random, int(rounds)):
            sys.stdout.write(f"{told}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
