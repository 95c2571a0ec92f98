"""Mistakes in every kind of input, made by a seed: rules, target tables, reported tables, target texts, commands."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from tests.sameness.making.answers import TITLE, of_year
from tests.sameness.making.desk import YEAR, Desk, rules_file
from tests.sameness.making.tables import read_tables, write_reported_workbook, write_targets
from tests.sameness.making.years import ReportedYear, Rows, reported_year

RULE_MISTAKES = 60
TABLES = 6


def wrong_rules(desk: Desk) -> None:
    """A few lines of a rule file wrong, checked and tried; then the file as it was."""
    for number in range(RULE_MISTAKES):
        chance = random.Random(number)
        file = desk.folder / "rules" / chance.choice(("2024.yaml", "national-2020.yaml", "2024.cases.yaml"))
        before = file.read_text(encoding="utf-8")
        lines = before.splitlines()
        _spoil(lines, chance)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        desk.run(f"check-{number}", "rules", "check", YEAR, "--format", "text" if number % 3 else "json")
        if number % 5 == 0:
            desk.run(f"test-{number}", "rules", "test", YEAR)
            desk.run(f"score-{number}", "check", YEAR, "--reported", "sample")
        file.write_text(before, encoding="utf-8")


def _spoil(lines: list[str], chance: random.Random) -> None:
    at = chance.choice([i for i, one in enumerate(lines) if one.strip() and not one.startswith("#")])
    line = lines[at]
    match chance.randrange(10):
        case 0 | 1:
            del lines[at]
        case 2:
            lines.insert(at, line)
        case 3:
            lines[at] = f"  {line}"
        case 4 | 5:
            numbers = [i for i, one in enumerate(lines) if re.search(r": .*\d", one)]
            at = chance.choice(numbers)
            lines[at] = re.sub(r"\d+(?!.*\d)", lambda found: str(int(found.group()) * 3 + 1), lines[at])
        case 6:
            lines[at] = re.sub(r"(\w)(\w+):", r"\2\1:", line)
        case 7:
            lines[at] = re.sub(r": .*", ": 没有这个", line)
        case 8:
            ids = [one for one in lines if " id: " in one]
            lines[at] = chance.choice(ids) if " id: " in line else re.sub(r": .*", ":", line)
        case _:
            lines[at] = re.sub(r": .*", ": [1, -5]", line)


def wrong_targets(desk: Desk) -> None:
    """Target tables with wrong rows and cells, a sheet or a column too few."""
    path = desk.targets
    sound = read_tables(path)
    for number in range(TABLES):
        chance = random.Random(number)
        tables = {name: [dict(row) for row in rows] for name, rows in sound.items()}
        for name in ("项目", "指标", "资金计划"):
            for _ in range(12):
                _spoil_row(tables[name], chance)
        if number == TABLES - 2:
            del tables["资金计划"]
        if number == TABLES - 1:
            tables["指标"] = [{key: one for key, one in row.items() if key != "指标值"} for row in tables["指标"]]
        write_targets(path, tables)
        desk.run(f"targets-{number}", "check", YEAR, "--reported", "sample", "--format", "json")
    path.unlink()
    desk.run("none", "score", YEAR)


def _spoil_row(rows: Rows, chance: random.Random) -> None:
    at = chance.randrange(len(rows))
    row = rows[at]
    key = chance.choice(list(row))
    match chance.randrange(6):
        case 0:
            row[key] = None
        case 1:
            row[key] = "没有这个"
        case 2:
            row[key] = chance.choice((-3.0, 25.0, 1.5e18, 0.0))
        case 3:
            rows.insert(at, dict(row))
        case 4:
            row[key] = chance.choice(("≥-5次", "≥0%", "＝5", " ", "#REF!", "≥5次且≤9次", "5．5吨"))
        case _:
            row[key] = f"{row[key]}X"


def wrong_reports(desk: Desk) -> None:
    """Reported tables without a sheet or a column, with rows of nobody, of another kind of file."""
    tables = read_tables(desk.targets)
    year = reported_year(tables["指标"], tables["项目"], 3)
    spoiled: list[Callable[[ReportedYear], ReportedYear]] = [
        lambda one: ReportedYear(_without(one.indicators, "实际完成值"), one.funds, one.projects),
        lambda one: ReportedYear(_without(one.indicators, "偏差原因"), one.funds, _without(one.projects, "负责人")),
        lambda one: ReportedYear(one.indicators, _without(one.funds, "项目编码"), one.projects),
        lambda one: ReportedYear(one.indicators[:40], one.funds[::2], []),
    ]
    for number, spoil in enumerate(spoiled):
        write_reported_workbook(desk.folder / "reported.xlsx", spoil(year))
        desk.run(f"reported-{number}", "check", YEAR, "--reported", "reported.xlsx", "--format", "json")
    (desk.folder / "sample" / "资金.csv").unlink()
    desk.run("no-funds", "check", YEAR, "--reported", "sample")
    (desk.folder / "sample" / "指标.csv").write_bytes("指标编号,实际完成值\n未知,5\n".encode("gb18030"))
    desk.run("gb18030", "check", YEAR, "--reported", "sample")
    desk.run("no-file", "check", YEAR, "--reported", "没有.xlsx")


def _without(rows: Rows, key: str) -> Rows:
    return [{name: value for name, value in row.items() if name != key} for row in rows]


def wrong_forms(desk: Desk) -> None:
    """Forms with a row or a column lost, a sheet twice, a cell of the frame written over."""
    forms = desk.targets.parent / "forms"
    sound = sorted((desk.source / "inputs" / YEAR / "forms").rglob("*.xlsx"))
    for number in range(2):
        for file in sound:
            chance = random.Random(f"{file.name}{number}")
            book = load_workbook(file)
            _spoil_form(book, chance)
            target = forms / file.parent.name / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            book.save(target)
        desk.run(f"forms-{number}", "check", YEAR, "--format", "json")
        shutil.rmtree(forms)  # saved with the time of day: not for comparison


def _spoil_form(book: Workbook, chance: random.Random) -> None:
    sheet = book.worksheets[0]
    at = chance.randrange(1, sheet.max_row + 1)
    match chance.randrange(6):
        case 0:
            sheet.delete_rows(at)
        case 1:
            sheet.delete_cols(chance.randrange(1, sheet.max_column + 1))
        case 2:
            book.copy_worksheet(sheet)
        case 3:
            sheet.delete_rows(1, chance.choice((1, 2, 3)))
        case 4:
            sheet.insert_rows(at)
        case _:
            for column in range(1, 4):
                cell = sheet.cell(at, column)
                if isinstance(cell, Cell):
                    cell.value = "改写"


def wrong_texts(desk: Desk) -> None:
    """The published text with lines lost, doubled, joined or changed; other kinds of file."""
    text = desk.source / "examples" / "承德市司法局2024" / "部门预算绩效文本.txt"
    sound = text.read_text(encoding="utf-8").splitlines()
    for number in range(TABLES):
        chance = random.Random(number)
        lines = [line.replace(TITLE, of_year(2030 + number)) for line in sound]
        for _ in range(40):
            _spoil_line(lines, chance)
        file = desk.folder / f"文本{number}.txt"
        file.write_text("\n".join(lines), encoding="gb18030" if number % 2 else "utf-8")
        desk.run(f"text-{number}", "import", file.name, "--year", str(2030 + number), "--format", "json")
    for name, content in {"空.txt": b"", "图.pdf": b"%PDF-1.4", "乱.txt": bytes(range(128, 256)) * 9}.items():
        (desk.folder / name).write_bytes(content)
        desk.run(name, "import", name, "--year", "2030")


def _spoil_line(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines) - 1)
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines[at] += lines.pop(at + 1)
        case 3:
            lines[at] = lines[at].replace("\t", " ")
        case 4:
            lines[at] = re.sub(r"\d", "九", lines[at], count=1)
        case _:
            cells = lines[at].split("\t")
            chance.shuffle(cells)
            lines[at] = "\t".join(cells)


def wrong_commands(desk: Desk) -> None:
    """Names of nothing, results in the way of others, results that were spoiled."""
    desk.run("no-project", "score", YEAR, "--project", "13080024P00010310005X")
    desk.run("no-unit", "forms", YEAR, "--unit", "324009")
    desk.run("no-last-year", "forms", YEAR, "--from-year", "2022")
    desk.run("no-results", "review", YEAR)
    desk.run("no-rules", "rules", "doc", "没有")
    desk.run("other-year", "score", YEAR, "--as-of", "2019", "--reported", "sample")
    project = ("--project", "13080024P00010310005F", "--project", "13080024P00009710005F")
    desk.run("some", "score", YEAR, *project, "--reported", "sample")
    desk.run("taken", "score", YEAR, *project, "--reported", "sample", "--out", "rules")
    whole = desk.folder / "outputs" / YEAR
    shutil.copytree(desk.folder / "outputs" / f"{YEAR}-部分", whole)
    desk.run("fewer", "score", YEAR, *project[:2], "--reported", "sample", "--out", f"outputs/{YEAR}")
    desk.run("over", "score", YEAR, "--rules", rules_file("central-2021"), "--compare", "--out", f"outputs/{YEAR}")
    with (desk.folder / rules_file(YEAR)).open("a", encoding="utf-8") as file:
        file.write("# 改过\n")
    desk.run("other-rules", "review", YEAR)
    (whole / "results.csv").write_text("编号\n", encoding="utf-8")
    desk.run("spoiled", "diff", f"outputs/{YEAR}", f"outputs/{YEAR}-部分")
    (desk.folder / rules_file(YEAR)).unlink()
    desk.run("no-rule-file", "score", YEAR)
    desk.run("no-workspace", "score", YEAR, "--workspace", "sample")
