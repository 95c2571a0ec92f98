"""Scenes of papers that go to departments and reviewers and come back."""

from __future__ import annotations

import shutil

from tests.sameness.making.desk import YEAR, Desk, keep_some
from tests.sameness.making.reviewing import fill_reviews
from tests.sameness.making.tables import read_tables, vary_targets, write_targets


def blank_forms(desk: Desk) -> None:
    desk.both("forms", "forms", YEAR)
    desk.run("again", "forms", YEAR, "--overwrite", "--due", "2025-01-20", "--contact", "财务科 0314-0000000")
    desk.run("check", "check", YEAR, "--format", "json")


def prefilled_forms(desk: Desk) -> None:
    desk.run("forms", "forms", YEAR, "--prefill", "sample", "--due", "2025-01-20")
    desk.run("one-unit", "forms", YEAR, "--unit", "324004", "--overwrite")


def last_year(desk: Desk) -> None:
    """Last year's forms, and this year's with their words."""
    desk.run("new", "rules", "new", "2023", "--from", YEAR)
    (desk.folder / "inputs" / "2023").mkdir()
    shutil.copyfile(desk.targets, desk.folder / "inputs" / "2023" / "targets.xlsx")
    desk.run("forms-2023", "forms", "2023", "--prefill", "sample")
    desk.run("forms", "forms", YEAR, "--from-year", "2023")


def varied_forms(desk: Desk) -> None:
    write_targets(desk.targets, vary_targets(read_tables(desk.targets), 3))
    desk.run("forms", "forms", YEAR)


def collect(desk: Desk) -> None:
    shutil.copytree(desk.source / "examples" / "faulty" / "inputs" / YEAR / "forms", desk.folder / "got" / "a")
    sent = sorted((desk.source / "inputs" / YEAR / "forms").rglob("*.xlsx"))[::2]
    for number, file in enumerate(sent):
        shutil.copyfile(file, desk.folder / "got" / f"新建表格{number}.xlsx")
    desk.run("collect", "collect", "got", "--year", YEAR)
    desk.run("again", "collect", "got", "--year", YEAR, "--accept-newest", "--date", "2025-02-01", "--format", "json")
    desk.both("check", "check", YEAR)


def lists(desk: Desk) -> None:
    """The lists of the forms; of a reported table, which has none but those of its own mistakes."""
    outputs = desk.folder / "outputs"
    desk.both("check", "check", YEAR, "--write")
    outputs.rename(desk.folder / "lists")
    for seed in (1, 2, 5):
        reported = desk.fill_year(seed)
        desk.run(f"check-{seed}", "check", YEAR, "--reported", reported, "--write", "--date", "2025-02-01")
        if outputs.is_dir():
            outputs.rename(desk.folder / f"lists-{seed}")


def review(desk: Desk) -> None:
    desk.run("score", "score", YEAR)
    desk.run("nothing", "review", YEAR)
    outputs = desk.folder / "outputs" / YEAR
    fill_reviews(outputs, desk.folder / "_reviewed", desk.codes)
    keep_some(outputs, desk.some(2))
    desk.both("review", "review", YEAR, "_reviewed")
    reviewed = min((desk.folder / "_reviewed").glob("*.xlsx"))
    shutil.copyfile(reviewed, min(outputs.rglob("*_自评表.xlsx")))
    desk.run("score-over", "score", YEAR, "--reported", desk.fill_year(4))
    for kept in outputs.rglob("*（已复核）*"):
        kept.unlink()  # saved with the time of day: not for comparison
    keep_some(outputs, ())
    desk.both("review-older", "review", YEAR, "_reviewed")
