"""``python -m tests.mutation``: small changes of the program, one at a time, and whether a test sees each.

``record`` runs tests once and keeps which lines each of them runs (some minutes); ``try`` judges a sample of mutants
with the quickest tests that run the changed line, and lists those that no test saw.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from pathlib import Path

import pytest

from tests.mutation.judging import UNPROVEN, Judge
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.recording import Recorder, Touched, read

_RECORD = Path("build/tests-by-line.json")
_TESTS = ("tests/domain", "tests/forms", "tests/rulebook")
_PYTEST = ("-q", "-s", "-p", "no:cacheprovider", "--no-header", "--no-summary")


def main() -> int:
    """Exit code 1 when a mutant lives or nothing is known of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--record", type=Path, default=_RECORD, help="where the record of the tests is")
    ways = parser.add_subparsers(dest="way", required=True)
    recording = ways.add_parser("record")
    recording.add_argument("tests", nargs="*", default=_TESTS, help="added to what the record has")
    trying = ways.add_parser("try")
    trying.add_argument(
        "paths", nargs="*", type=Path, default=[Path("selfeval/domain"), Path("selfeval/forms/reading")]
    )
    trying.add_argument("--number", type=int, default=100, help="mutants: each file has its share, and at least one")
    trying.add_argument("--seed", type=int, default=1)
    trying.add_argument("--mutant", type=int, nargs="+", help="these of one file alone")
    trying.add_argument("--seconds", type=float, default=60, help="of tests for one mutant")
    trying.add_argument(
        "--once", action="store_true", help="for code that caches nothing: no second look at what lives"
    )
    asked = parser.parse_args()
    if asked.way == "record":
        asked.record.parent.mkdir(parents=True, exist_ok=True)
        return int(pytest.main([*_PYTEST, *asked.tests], plugins=[Recorder(Path.cwd(), "selfeval", asked.record)]))
    files = sorted(file for path in asked.paths for file in (path.rglob("*.py") if path.is_dir() else [path]))
    found = [mutants(file, file.read_text(encoding="utf-8")) for file in files]
    some = [found[0][number] for number in asked.mutant] if asked.mutant else _sample(found, asked.number, asked.seed)
    return _try(some, read(asked.record), asked.seconds, once=asked.once)


def _sample(found: list[list[Mutant]], number: int, seed: int) -> list[Mutant]:
    chance, every = random.Random(seed), sum(map(len, found))
    shares = [min(len(each), max(1, round(number * len(each) / every))) for each in found]
    some = [mutant for each, share in zip(found, shares, strict=True) for mutant in chance.sample(each, share)]
    return chance.sample(some, len(some))


def _try(some: list[Mutant], touched: dict[str, Touched], seconds: float, *, once: bool) -> int:
    chosen = [(mutant, *_tests_for(mutant, touched, seconds)) for mutant in some]
    tests = sorted({test for _, each, _ in chosen for test in each})
    judge = Judge(chosen, once=once)
    with tempfile.TemporaryDirectory() as folder:
        pytest.main([*_PYTEST, f"--basetemp={folder}/tmp", *sorted({test.split("::")[0] for test in tests})], [judge])
    lived = [mutant for mutant, verdict in zip(some, judge.verdicts, strict=True) if verdict is None]
    unproven = [
        mutant for mutant, verdict in zip(some, judge.verdicts, strict=True) if str(verdict).startswith(UNPROVEN)
    ]
    killed = len(some) - len(lived) - len(unproven)
    sys.stdout.write(f"\n{len(some)} mutants, {killed} killed, {len(unproven)} unproven, {len(lived)} live:\n")
    sys.stdout.write("".join(f"{mutant}\n" for mutant in lived))
    sys.stdout.write("".join(f"unproven: {mutant}\n" for mutant in unproven))
    return 1 if lived or unproven else 0


def _tests_for(mutant: Mutant, touched: dict[str, Touched], seconds: float) -> tuple[list[str], float]:
    """The quickest tests that run its line, up to so many seconds, and how many those are.

    A line that runs while its module loads is met by whatever runs a line that has the name of what is made there; one
    that no test was seen to run, by whatever runs its file, or else by any.
    """
    lines = {mutant.file.as_posix(): {mutant.line}} if mutant.within else _naming(mutant)
    seeing = [
        test for test, each in touched.items() if any(lines[file] & each.lines.get(file, set()) for file in lines)
    ]
    near = seeing or [test for test, each in touched.items() if mutant.file.as_posix() in each.lines] or list(touched)
    taken, spent = list[str](), 0.0
    for test in sorted(near, key=lambda test: touched[test].seconds):
        if taken and spent + touched[test].seconds > seconds:
            break
        taken.append(test)
        spent += touched[test].seconds
    return taken, spent


def _naming(mutant: Mutant) -> dict[str, set[int]]:
    """The lines with one of its names, in its own file and in those that import it."""
    word = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in mutant.names) or "$.")
    texts = {file: Path(file).read_text(encoding="utf-8").splitlines() for file in _importing(mutant.file)}
    return {file: {at for at, line in enumerate(text, 1) if word.search(line)} for file, text in texts.items()}


def _importing(file: Path) -> set[str]:
    module = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
    folder, name = module.rsplit(".", 1)
    words = (f"from {module} import", f"import {module}", f"from {folder} import {name}")
    texts = ((each.as_posix(), each.read_text(encoding="utf-8")) for each in Path("selfeval").rglob("*.py"))
    return {file.as_posix(), *(each for each, text in texts if any(word in text for word in words))}


if __name__ == "__main__":
    sys.exit(main())
