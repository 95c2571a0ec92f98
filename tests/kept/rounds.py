"""Rounds of changes and of killed runs over a year; each is told in a line. An AssertionError tells what went wrong."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from tests.kept.edits import EDITS, books, results

ROOT = Path(__file__).resolve().parents[2]
Score = Callable[..., int]
_CODES = {0, 1}


def scored(root: Path, *more: str) -> int:
    """Score a year in a process of its own."""
    return _begun(root, *more).wait()


def _begun(root: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "selfeval", "score", "2024", "--workspace", str(root), *more]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, **quiet)  # type: ignore[call-overload,no-any-return]


def fresh(root: Path, *more: str, score: Score = scored) -> dict[str, bytes]:
    """What a run gives that knows nothing."""
    other = root.with_name(f"{root.name}-fresh")
    shutil.rmtree(other, ignore_errors=True)
    for part in ("inputs", "rules"):
        shutil.copytree(root / part, other / part)
    score(other, *more)
    return results(other)


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The names of files that are not the same."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def edited(root: Path, random: Random, rounds: int, score: Score = scored) -> Iterator[str]:
    """Change something, score, and compare; now and then for another date, or for some projects before."""
    shutil.copytree(root / "inputs", root / "first")
    for number in range(rounds):
        if number % 12 == 11:  # not all has gone by then
            shutil.rmtree(root / "inputs")
            shutil.copytree(root / "first", root / "inputs")
        names = random.choices([*EDITS], k=random.randrange(1, 4))
        for name in names if (root / "outputs/2024").exists() else ():
            EDITS[name](root, random)
        more = random.choice([(), (), (), ("--date", "2025-01-31"), ("--workers", "2")])
        if random.random() < 0.2:
            score(root, "--project", "1")
            names.append("some projects")
        if random.random() < 0.2:
            score(root, "--rules", "central-2021", "--out", str(root.with_name("out")))
            names.append("other rules")
        before, code = results(root), score(root, *more)
        expected = fresh(root, *more, score=score) if code in _CODES else before
        wrong = differing(results(root), expected)
        assert not wrong, (number, names, more, wrong)
        yield f"{number} {'+'.join(names)} {' '.join(more)}: {code}"


def killed(root: Path, random: Random, rounds: int) -> Iterator[str]:
    """Kill runs at random moments; each time one that is not gives what an undisturbed one gives, and does less."""
    expected = fresh(root)
    began = time.monotonic()
    scored(root)
    whole = time.monotonic() - began
    shutil.rmtree(root / "outputs")
    for number in range(rounds):
        if random.random() < 0.5:
            shutil.rmtree(root / "outputs", ignore_errors=True)
        kills = random.randrange(1, 4)
        for _ in range(kills):
            run = _begun(root, *random.choice([(), ("--workers", "2")]))
            time.sleep(random.random() * whole)
            run.send_signal(random.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT]))
            run.wait()
        began = time.monotonic()
        code = scored(root)
        took = time.monotonic() - began
        assert code in _CODES, (number, code)
        wrong = differing(results(root), expected)
        assert not wrong, (number, wrong)
        left = [
            path.name for path in (root / "outputs").iterdir() if path.name not in {"2024", ".2024.kept", ".2024.known"}
        ]
        assert not left, (number, left)
        yield f"{number}: killed {kills}, then {took:.2f} s of {whole:.2f} s, {len(books(root))} workbooks"
