"""The scenes of a make: each runs the commands of one part of the program on inputs that are always the same.

A scene is a list of desks, so that the desks of all scenes can be worked at side by side.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.sameness.desk import YEAR, Desk, keep_some
from tests.sameness.reviewing import fill_reviews
from tests.sameness.tables import (
    read_tables,
    vary_targets,
    write_reported_csv,
    write_reported_workbook,
    write_targets,
)
from tests.sameness.years import reported_year

Work = Callable[[Desk], None]

SEEDS = range(20)
VARIED = 4
"""Every so many random years has a target table of its own as well."""

KEPT = 4
"""Workbooks kept of a random year or of a rulebook: another few projects each time."""

TEXTS = (
    *("≥7000次", "≤22.59万元", "0起", "12月底", "月度时序", "有所提升", "不涉及"),
    *("90%-95%", "＞5次", "约50", "3-5个工作日"),
)
RULEBOOKS = (
    *("national-2020", "central-2021", "examples/hubei", "examples/jiangxi", "examples/inverse-ratio"),
    *("examples/per-unit-deduction", "examples/whole-form"),
)
COMMANDS = ("import", "forms", "collect", "check", "score", "explain", "review", "diff", "rules")
RULES_COMMANDS = ("check", "test", "show", "schema", "explain", "doc", "new")


def _rules_file(name: str) -> str:
    return f"rules/{name}.yaml"


def _targets(desk: Desk) -> Path:
    return desk.folder / "inputs" / YEAR / "targets.xlsx"


def _codes(desk: Desk) -> list[str]:
    return [str(one["项目编码"]) for one in read_tables(_targets(desk))["项目"]]


def _some(desk: Desk, number: int) -> list[str]:
    codes = _codes(desk)
    return [codes[(number * KEPT + i) % len(codes)] for i in range(KEPT)]


def _fill_year(desk: Desk, seed: int) -> str:
    """Make the random year of a seed; the path that ``--reported`` takes."""
    tables = read_tables(_targets(desk))
    if seed % VARIED == VARIED - 1:
        tables = vary_targets(tables, seed)
        write_targets(_targets(desk), tables)
    year = reported_year(tables["指标"], tables["项目"], seed)
    if seed % 2:
        write_reported_workbook(desk.folder / "reported.xlsx", year)
        return "reported.xlsx"
    write_reported_csv(desk.folder / "reported", year)
    return "reported"


def _sample(desk: Desk) -> None:
    desk.run("score", "score", YEAR)
    desk.run("score-json", "score", YEAR, "--format", "json", "--out", "again", "--date", "2025-03-01")
    keep_some(desk.folder / "again", _some(desk, 1))


def _faulty(desk: Desk) -> None:
    example = desk.source / "examples" / "faulty"
    shutil.rmtree(desk.folder / "inputs")
    shutil.copytree(example / "inputs", desk.folder / "inputs")
    desk.both("score", "score", YEAR)
    desk.both("check", "check", YEAR, "--write")


def _year(seed: int) -> Work:
    def work(desk: Desk) -> None:
        reported = _fill_year(desk, seed)
        desk.run("score", "score", YEAR, "--reported", reported, "--format", "json" if seed % 2 else "text")
        keep_some(desk.folder / "outputs", _some(desk, seed))

    return work


def _filled(seed: int) -> Work:
    """A random year written into forms, and scored from the forms."""

    def work(desk: Desk) -> None:
        reported = _fill_year(desk, seed)
        desk.run("forms", "forms", YEAR, "--prefill", reported)
        desk.run("check", "check", YEAR, "--write")
        desk.run("score", "score", YEAR)
        keep_some(desk.folder / "outputs", _some(desk, seed))

    return work


def _rulebook(number: int) -> Work:
    def work(desk: Desk) -> None:
        rules = _rules_file(RULEBOOKS[number])
        desk.run("score", "score", YEAR, "--rules", rules)
        keep_some(desk.folder / "outputs", _some(desk, number))
        seed = 100 + number
        reported = _fill_year(desk, seed)
        some = [word for code in _some(desk, number + 1) for word in ("--project", code)]
        words = ("score", YEAR, "--rules", rules, "--reported", reported)
        desk.run("score-random", *words, "--out", "random", *some)
        desk.run("forms", "forms", YEAR, "--rules", rules, "--prefill", reported, *some, "--overwrite")

    return work


def _as_of(desk: Desk) -> None:
    (desk.folder / "inputs" / YEAR).rename(desk.folder / "inputs" / "2025")
    desk.run("no-rules", "score", "2025", "--reported", "sample")
    desk.run("score", "score", "2025", "--reported", "sample", "--as-of", YEAR)
    keep_some(desk.folder / "outputs", _some_of_2025(desk))


def _some_of_2025(desk: Desk) -> list[str]:
    tables = read_tables(desk.folder / "inputs" / "2025" / "targets.xlsx")
    return [str(one["项目编码"]) for one in tables["项目"]][:KEPT]


def _blank_forms(desk: Desk) -> None:
    desk.both("forms", "forms", YEAR)
    desk.run("again", "forms", YEAR, "--overwrite", "--due", "2025-01-20", "--contact", "财务科 0314-0000000")
    desk.run("check", "check", YEAR, "--format", "json")


def _prefilled_forms(desk: Desk) -> None:
    desk.run("forms", "forms", YEAR, "--prefill", "sample", "--due", "2025-01-20")
    desk.run("one-unit", "forms", YEAR, "--unit", "324004", "--overwrite")


def _last_year(desk: Desk) -> None:
    """Last year's forms, and this year's with their words."""
    desk.run("new", "rules", "new", "2023", "--from", YEAR)
    (desk.folder / "inputs" / "2023").mkdir()
    shutil.copyfile(_targets(desk), desk.folder / "inputs" / "2023" / "targets.xlsx")
    desk.run("forms-2023", "forms", "2023", "--prefill", "sample")
    desk.run("forms", "forms", YEAR, "--from-year", "2023")


def _varied_forms(desk: Desk) -> None:
    write_targets(_targets(desk), vary_targets(read_tables(_targets(desk)), 3))
    desk.run("forms", "forms", YEAR)


def _collect(desk: Desk) -> None:
    shutil.copytree(desk.source / "examples" / "faulty" / "inputs" / YEAR / "forms", desk.folder / "got" / "a")
    sent = sorted((desk.source / "inputs" / YEAR / "forms").rglob("*.xlsx"))[::2]
    for number, file in enumerate(sent):
        shutil.copyfile(file, desk.folder / "got" / f"新建表格{number}.xlsx")
    desk.run("collect", "collect", "got", "--year", YEAR)
    desk.run("again", "collect", "got", "--year", YEAR, "--accept-newest", "--date", "2025-02-01", "--format", "json")
    desk.both("check", "check", YEAR)


def _lists(desk: Desk) -> None:
    desk.both("check", "check", YEAR, "--write")
    for seed in (1, 2, 5):
        reported = _fill_year(desk, seed)
        desk.run(f"check-{seed}", "check", YEAR, "--reported", reported, "--write", "--date", "2025-02-01")
        (desk.folder / "outputs").rename(desk.folder / f"lists-{seed}")


def _review(desk: Desk) -> None:
    desk.run("score", "score", YEAR)
    desk.run("nothing", "review", YEAR)
    outputs = desk.folder / "outputs" / YEAR
    fill_reviews(outputs, desk.folder / "_reviewed", _codes(desk))
    keep_some(outputs, _some(desk, 2))
    desk.both("review", "review", YEAR, "_reviewed")


def _diff(desk: Desk) -> None:
    desk.run("sample", "score", YEAR, "--reported", "sample", "--out", "a")
    desk.run("rules", "score", YEAR, "--reported", "sample", "--rules", _rules_file("central-2021"), "--out", "b")
    reported = _fill_year(desk, 7)  # of a varied target table
    some = [word for code in _codes(desk)[:20] for word in ("--project", code)]
    desk.run("random", "score", YEAR, "--reported", reported, "--out", "c", *some)
    for old, new in (("a", "a"), ("a", "b"), ("a", "c"), ("c", "b")):
        desk.run(f"diff-{old}-{new}", "diff", old, new, "--write", f"{old}-{new}.xlsx")
        desk.run(f"diff-{old}-{new}-json", "diff", old, new, "--format", "json")
    desk.run("missing", "diff", "a", "nowhere")
    for folder in "abc":
        keep_some(desk.folder / folder, ())


def _rules(desk: Desk) -> None:
    desk.both("check", "rules", "check")
    desk.both("test", "rules", "test")
    desk.run("schema", "rules", "schema")
    desk.run("schema-cases", "rules", "schema", "--cases")
    for name in (YEAR, *RULEBOOKS):
        label = name.replace("/", "-")
        desk.both(f"show-{label}", "rules", "show", name, "--resolved")
        desk.run(f"doc-{label}", "rules", "doc", name)
    desk.both("explain", "rules", "explain", *TEXTS)
    desk.run("new", "rules", "new", "2026", "--from", YEAR)
    desk.run("new-again", "rules", "new", "2026", "--from", YEAR, "--format", "json")


def _explain(desk: Desk) -> None:
    """Rows of every kind and state: every 17th of the sample year from its forms, every 13th of a random year."""
    indicators = [str(one["指标编号"]) for one in read_tables(_targets(desk))["指标"]]
    for number, indicator in enumerate(indicators[::17]):
        form = "json" if number % 3 == 2 else "text"
        desk.run(indicator, "explain", YEAR, indicator, "--format", form)
    desk.run("execution", "explain", YEAR, indicators[0].rpartition("-")[0])
    reported = _fill_year(desk, 5)
    for number, indicator in enumerate(indicators[::13]):
        form = "json" if number % 3 == 2 else "text"
        desk.run(f"random-{indicator}", "explain", YEAR, indicator, "--reported", reported, "--format", form)
    rules = _rules_file("examples/per-unit-deduction")
    for indicator in indicators[5::60]:
        desk.run(f"rules-{indicator}", "explain", YEAR, indicator, "--reported", reported, "--rules", rules)
    desk.run("unknown", "explain", YEAR, "13080024P00010310005X-01")


def _whatif(desk: Desk) -> None:
    for name in RULEBOOKS:
        label = name.replace("/", "-")
        form = "json" if "/" in name else "text"
        words = ("score", YEAR, "--reported", "sample", "--rules", _rules_file(name), "--compare", "--format", form)
        desk.run(label, *words)


def _import(desk: Desk) -> None:
    text = desk.source / "examples" / "承德市司法局2024" / "部门预算绩效文本.txt"
    shutil.copyfile(text, desk.folder / "目标.txt")
    shutil.copyfile(_targets(desk), desk.folder / "目标.xlsx")
    desk.both("text", "import", "目标.txt", "--year", "2025")
    desk.run("workbook", "import", "目标.xlsx", "--year", "2026")
    lines = text.read_text(encoding="utf-8").splitlines()
    cut = [line for number, line in enumerate(lines) if number % 97 != 50]
    (desk.folder / "残缺.txt").write_text("\n".join(cut), encoding="utf-8")
    desk.both("cut", "import", "残缺.txt", "--year", "2027")


def _help(desk: Desk) -> None:
    desk.run("help", "--help")
    for name in COMMANDS:
        desk.run(name, name, "--help")
    for name in RULES_COMMANDS:
        desk.run(f"rules-{name}", "rules", name, "--help")
    mistakes = (("scor",), ("score",), ("score", "1"), ("score", YEAR, "--rule", "x"), ("score", YEAR, "--format", "x"))
    for number, words in enumerate(mistakes):
        desk.run(f"mistake-{number}", *words)


WITH_FORMS = frozenset({"sample", "rulebooks", "lists", "review", "explain"})
"""The scenes whose desks have the filled forms of the sample year."""

SCENES: Mapping[str, Mapping[str, Work]] = {
    "years": {f"{seed:02}": _year(seed) for seed in SEEDS},
    "rulebooks": {
        **{name.rpartition("/")[2]: _rulebook(number) for number, name in enumerate(RULEBOOKS)},
        "as-of": _as_of,
    },
    "sample": {"": _sample},
    "faulty": {"": _faulty},
    "forms": {"blank": _blank_forms, "prefilled": _prefilled_forms, "last-year": _last_year, "varied": _varied_forms},
    "filled": {f"{seed:02}": _filled(seed) for seed in (31, 32)},
    "collect": {"": _collect},
    "lists": {"": _lists},
    "review": {"": _review},
    "diff": {"": _diff},
    "explain": {"": _explain},
    "whatif": {"": _whatif},
    "rules": {"": _rules},
    "import": {"": _import},
    "help": {"": _help},
}
"""Scene to desk (the folder below the scene's) to what is done there."""
