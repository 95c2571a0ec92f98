"""Scenes of what is read rather than filled in: differences, rules, imported targets, help."""

from __future__ import annotations

import shutil

from tests.sameness.making.desk import RULEBOOKS, YEAR, Desk, keep_some, rules_file

TEXTS = (
    *("≥7000次", "≤22.59万元", "0起", "12月底", "月度时序", "有所提升", "不涉及"),
    *("90%-95%", "＞5次", "约50", "3-5个工作日"),
)
COMMANDS = ("import", "forms", "collect", "check", "score", "explain", "review", "diff", "rules")
RULES_COMMANDS = ("check", "test", "show", "schema", "explain", "doc", "new")


def diff(desk: Desk) -> None:
    desk.run("sample", "score", YEAR, "--reported", "sample", "--out", "a")
    desk.run("rules", "score", YEAR, "--reported", "sample", "--rules", rules_file("central-2021"), "--out", "b")
    reported = desk.fill_year(8)  # of a target table of its own
    some = [word for code in desk.codes[:20] for word in ("--project", code)]
    desk.run("random", "score", YEAR, "--reported", reported, "--out", "c", *some)
    for old, new in (("a", "a"), ("a", "b"), ("a", "c"), ("c", "b")):
        desk.run(f"diff-{old}-{new}", "diff", old, new, "--write", f"{old}-{new}.xlsx")
        desk.run(f"diff-{old}-{new}-json", "diff", old, new, "--format", "json")
    desk.run("missing", "diff", "a", "nowhere")
    for folder in "abc":
        keep_some(desk.folder / folder, ())


def rules(desk: Desk) -> None:
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


TITLE = "2024 年部门预算绩效文本"
"""What the published text is called; it is imported for the year that it names, and for no other."""


def of_year(year: int) -> str:
    """The same of another year."""
    return TITLE.replace("2024", str(year))


def import_texts(desk: Desk) -> None:
    text = (desk.source / "examples" / "承德市司法局2024" / "部门预算绩效文本.txt").read_text(encoding="utf-8")
    (desk.folder / "目标.txt").write_text(text.replace(TITLE, of_year(2025)), encoding="utf-8")
    shutil.copyfile(desk.targets, desk.folder / "目标.xlsx")
    desk.both("text", "import", "目标.txt", "--year", "2025")
    desk.run("workbook", "import", "目标.xlsx", "--year", "2026")
    lines = text.replace(TITLE, of_year(2027)).splitlines()
    cut = [line for number, line in enumerate(lines) if number % 97 != 50]
    (desk.folder / "残缺.txt").write_text("\n".join(cut), encoding="utf-8")
    desk.both("cut", "import", "残缺.txt", "--year", "2027")


def show_help(desk: Desk) -> None:
    desk.run("help", "--help")
    for name in COMMANDS:
        desk.run(name, name, "--help")
    for name in RULES_COMMANDS:
        desk.run(f"rules-{name}", "rules", name, "--help")
    mistakes = (("scor",), ("score",), ("score", "1"), ("score", YEAR, "--rule", "x"), ("score", YEAR, "--format", "x"))
    for number, words in enumerate(mistakes):
        desk.run(f"mistake-{number}", *words)


def past(desk: Desk) -> None:
    """Runs and reviewed workbooks that an older state of the program made are still read."""
    if desk.past is None:
        return
    for run in "abc":
        shutil.copytree(desk.past / "diff" / run, desk.folder / run)
    for old, new in (("a", "b"), ("c", "b")):
        desk.both(f"diff-{old}-{new}", "diff", old, new)
    shutil.copytree(desk.past / "review" / "outputs", desk.folder / "outputs")
    shutil.copytree(desk.past / "review" / "_reviewed", desk.folder / "_reviewed")
    desk.both("review", "review", YEAR, "_reviewed")
