"""Proves that a redesign changes nothing that a user gets: make outputs before and after, compare, recalculate."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.sameness.comparison.compare import compare
from tests.sameness.making.make import Setting, make
from tests.sameness.parts import PARTS, scenes_of
from tests.sameness.recalculating import recalculate

HERE = Path(__file__).resolve().parents[2]


def main(words: Sequence[str] | None = None) -> int:
    """The exit code: 0 when all is well, 1 when something differs or went wrong."""
    given = _parser().parse_args(words)
    only = given.only or []
    if given.command == "make":
        past = given.past.resolve() if given.past else None
        setting = Setting(given.out.resolve(), given.inputs.resolve(), past)
        return 1 if make(setting, given.program.resolve(), scenes_of(only), given.jobs) else 0
    if given.command == "compare":
        return compare(given.old, given.new, only, given.jobs, most=given.most, full=given.full)
    return recalculate(given.out, only, given.some)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.sameness", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="write a full set of outputs")
    making.add_argument("out", type=Path)
    making.add_argument("--program", type=Path, default=HERE, help="the checkout whose selfeval is run")
    making.add_argument("--inputs", type=Path, default=HERE, help="the checkout whose rules and inputs are taken")
    making.add_argument("--past", type=Path, help="outputs of an older state, for the scene past (else left out)")
    comparing = commands.add_parser("compare", help="tell every difference of two sets of outputs")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.add_argument("--most", type=int, default=20, help="how many shapes of a kind are shown")
    comparing.add_argument("--full", action="store_true", help="show texts uncut")
    again = commands.add_parser("recalculate", help="let LibreOffice compute the workbooks anew")
    again.add_argument("out", type=Path)
    again.add_argument("--some", type=int, help="so many workbooks, spread over all")
    for one in (making, comparing, again):
        one.add_argument("--only", nargs="+", choices=list(PARTS), metavar="PART", help=", ".join(PARTS))
    for one in (making, comparing):
        one.add_argument("--jobs", type=int, default=2)
    return parser


if __name__ == "__main__":
    sys.exit(main())
