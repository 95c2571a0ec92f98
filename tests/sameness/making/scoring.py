"""Scenes of scoring: the sample year, faulty forms, random years, every rulebook, and what explains a score."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from tests.sameness.making.desk import RULEBOOKS, YEAR, Desk, keep_some, rules_file
from tests.sameness.making.tables import read_tables

Work = Callable[[Desk], None]
"""What is done at a desk."""


def sample(desk: Desk) -> None:
    desk.run("score", "score", YEAR)
    desk.run("score-json", "score", YEAR, "--format", "json", "--out", "again", "--date", "2025-03-01")
    keep_some(desk.folder / "again", desk.some(1))


def faulty(desk: Desk) -> None:
    example = desk.source / "examples" / "faulty"
    shutil.rmtree(desk.folder / "inputs")
    shutil.copytree(example / "inputs", desk.folder / "inputs")
    desk.both("score", "score", YEAR)
    desk.both("check", "check", YEAR, "--write")


def year(seed: int) -> Work:
    def work(desk: Desk) -> None:
        reported = desk.fill_year(seed)
        desk.run("score", "score", YEAR, "--reported", reported, "--format", "json" if seed % 2 else "text")
        keep_some(desk.folder / "outputs", desk.some(seed))

    return work


def filled(seed: int) -> Work:
    """A random year written into forms, and scored from the forms."""

    def work(desk: Desk) -> None:
        reported = desk.fill_year(seed)
        desk.run("forms", "forms", YEAR, "--prefill", reported)
        desk.run("check", "check", YEAR, "--write")
        desk.run("score", "score", YEAR)
        keep_some(desk.folder / "outputs", desk.some(seed))

    return work


def rulebook(number: int) -> Work:
    def work(desk: Desk) -> None:
        rules = rules_file(RULEBOOKS[number])
        desk.run("score", "score", YEAR, "--rules", rules)
        keep_some(desk.folder / "outputs", desk.some(number))
        seed = 100 + number
        reported = desk.fill_year(seed)
        some = [word for code in desk.some(number + 1) for word in ("--project", code)]
        words = ("score", YEAR, "--rules", rules, "--reported", reported)
        desk.run("score-random", *words, "--out", "random", *some)
        desk.run("forms", "forms", YEAR, "--rules", rules, "--prefill", reported, *some, "--overwrite")

    return work


def options(name: str) -> Work:
    """A rulebook of the harness: as a document, over the sample and random years, in forms, explained."""

    def work(desk: Desk) -> None:
        rules = ("--rules", rules_file(name))
        desk.both("check-rules", "rules", "check", name)
        desk.run("show", "rules", "show", name, "--resolved")
        desk.run("doc", "rules", "doc", name)
        desk.run("score", "score", YEAR, *rules, "--reported", "sample")
        keep_some(desk.folder / "outputs", desk.some(2))
        indicators = [str(one["指标编号"]) for one in read_tables(desk.targets)["指标"]]
        for seed in (4, 7, 10, 2):  # the last one has a target table of its own
            reported = desk.fill_year(seed)
            words = ("score", YEAR, *rules, "--reported", reported)
            desk.run(f"score-{seed}", *words, "--out", f"random-{seed}")
            keep_some(desk.folder / f"random-{seed}", desk.some(seed))
        for indicator in indicators[::19]:
            desk.run(indicator, "explain", YEAR, indicator, *rules, "--reported", "reported")
        some = [word for code in desk.some(3) for word in ("--project", code)]
        desk.run("forms", "forms", YEAR, *rules, "--prefill", "reported", *some)

    return work


def as_of(desk: Desk) -> None:
    some = desk.some(0)
    (desk.folder / "inputs" / YEAR).rename(desk.folder / "inputs" / "2025")
    desk.run("no-rules", "score", "2025", "--reported", "sample")
    desk.run("score", "score", "2025", "--reported", "sample", "--as-of", YEAR)
    keep_some(desk.folder / "outputs", some)


def whatif(desk: Desk) -> None:
    for name in RULEBOOKS:
        label = name.replace("/", "-")
        form = "json" if "/" in name else "text"
        words = ("score", YEAR, "--reported", "sample", "--rules", rules_file(name), "--compare", "--format", form)
        desk.run(label, *words)


def explain(desk: Desk) -> None:
    """Rows of every kind and state: every 17th of the sample year from its forms, every 13th of a random year."""
    indicators = [str(one["指标编号"]) for one in read_tables(desk.targets)["指标"]]
    for number, indicator in enumerate(indicators[::17]):
        form = "json" if number % 3 == 2 else "text"
        desk.run(indicator, "explain", YEAR, indicator, "--format", form)
    desk.run("execution", "explain", YEAR, indicators[0].rpartition("-")[0])
    reported = desk.fill_year(5)
    for number, indicator in enumerate(indicators[::13]):
        form = "json" if number % 3 == 2 else "text"
        desk.run(f"random-{indicator}", "explain", YEAR, indicator, "--reported", reported, "--format", form)
    rules = rules_file("examples/per-unit-deduction")
    for indicator in indicators[5::60]:
        desk.run(f"rules-{indicator}", "explain", YEAR, indicator, "--reported", reported, "--rules", rules)
    desk.run("unknown", "explain", YEAR, "13080024P00010310005X-01")
