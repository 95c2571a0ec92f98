"""``python -m tests.fuzz``: mutated files and laws for some seconds; a failure prints the seed that makes it again."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from itertools import chain, count
from pathlib import Path

from tests.fuzz.attack import ATTACKS, attack, corpus
from tests.fuzz.world import small_year


def main() -> int:
    """Exit code 1 when anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None, help="the first seed; by default the clock gives it")
    parser.add_argument("--what", choices=[*ATTACKS], default=None, help="one kind of attack only")
    parser.add_argument("--one", action="store_true", help="this seed alone")
    asked = parser.parse_args()
    first = int(time.time()) % 10**9 if asked.seed is None else asked.seed
    done, failed = dict.fromkeys(ATTACKS, 0), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        world = small_year(Path(folder))
        kinds = [asked.what] if asked.what else [*ATTACKS]
        kept = [] if asked.one else [(what, seed) for what, seed in corpus() if what in kinds]
        end = time.monotonic() + asked.seconds
        for number, (what, seed) in enumerate(chain(kept, ((kinds[one % len(kinds)], one) for one in count(first)))):
            if (number >= len(kept) and time.monotonic() > end) or (asked.one and number):
                break  # those of the corpus are tried to the last
            done[what] += 1
            try:
                attack(world, what, seed)
            except Exception:  # noqa: BLE001 - every one is a finding
                failed.append(f"{what} {seed}")
                sys.stderr.write(f"\npython -m tests.fuzz --what {what} --seed {seed} --one\n{traceback.format_exc()}")
    sys.stdout.write(f"seeds from {first}: {', '.join(f'{what} {number}' for what, number in done.items())}\n")
    sys.stdout.write("".join(f"failed: {one}\n" for one in failed) or "nothing failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
