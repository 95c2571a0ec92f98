"""``selfeval import``: several files, what is read and told, and a table that is there."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.domain.scored import EXECUTION
from selfeval.domain.targets import SPENDING_PLAN
from selfeval.sources.codes import MARK
from selfeval.sources.targets_reader import read_targets
from tests.cli.conftest import Run
from tests.sources.invented import PUMPS, RIVER, TABLES, TREES, Table, document


@pytest.fixture
def home(tmp_path: Path, project_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with rules and nothing else, in which one stands."""
    (tmp_path / "rules").mkdir()
    for rules in ("2024.yaml", "national-2020.yaml"):
        (tmp_path / "rules" / rules).write_bytes((project_root / "rules" / rules).read_bytes())
    (tmp_path / "inputs").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: Path, *tables: Table, title: str = "某某市水务局2024年部门预算绩效文本") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document(tables or TABLES, title=title), encoding="utf-8")
    return path


def table(home: Path) -> Path:
    return home / "inputs/2024/targets.xlsx"


def facts(run: Run, *arguments: str) -> dict[str, Any]:
    found = json.loads(run("import", *arguments, "--year", "2024", "--format", "json").out)
    assert isinstance(found, dict)
    return found


def codes_of(found: dict[str, Any]) -> list[str]:
    return [one["code"] for one in found["problems"]]


def change(path: Path, **cells: float | str | None) -> None:
    """Set cells, named as 项目_D2."""
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        sheet, cell = name.split("_")
        page = book[sheet]
        assert isinstance(page, Worksheet)
        page[cell] = value
    book.save(path)


def test_what_was_read_is_shown_by_unit(run: Run, home: Path) -> None:
    put(home / "甲.txt")
    ran = run("import", "甲.txt", "--year", "2024")
    assert ran.code == 0
    assert "400001 某某市水务局本级\n  河道清淤经费" in ran.out
    assert "4项指标  12.5万元  ≥ 3，定性 1" in ran.out
    assert "总计：3个项目，11项指标，预算数合计1225万元。" in ran.out
    found = facts(run, "甲.txt")
    assert [one["indicators"] for one in found["projects"]] == [4, 3, 4]
    assert found["projects"][1]["kinds"] == {"≥": 1, "≤": 1, "=": 1}
    assert found["sources"] == [
        {"path": "甲.txt", "sha256": hashlib.sha256((home / "甲.txt").read_bytes()).hexdigest()}
    ]


def test_the_projects_of_a_unit_stand_together(run: Run, home: Path) -> None:
    put(home / "甲.txt", RIVER, replace(TREES, unit="400002 另一个单位"), replace(PUMPS, unit=RIVER.unit))
    ran = run("import", "甲.txt", "--year", "2024", "--dry-run")
    units = [line for line in ran.out.splitlines() if line.startswith("4000")]
    assert units == [RIVER.unit, "400002 另一个单位"]


def test_indicators_that_are_not_recognised_are_named(run: Run, home: Path) -> None:
    text = put(home / "甲.txt").read_text(encoding="utf-8")
    text = text.replace("≥3 公里", "≤95%以上", 1).replace("≥3 公里", "")
    (home / "甲.txt").write_text(text, encoding="utf-8")
    ran = run("import", "甲.txt", "--year", "2024", "--dry-run")
    assert "未识别 1" in ran.out
    assert "未识别的2项指标（导入后用 selfeval list 2024 项目 查看怎样指定）：" in ran.out
    assert "  河道清淤经费 清淤长度“≤95%以上”\n  泵站维护经费 清淤长度（指标值空白）\n" in ran.out
    run("import", "甲.txt", "--year", "2024")
    assert "selfeval rules override" in run("list", "2024", "河道清淤经费").said, "how it is told apart, as was said"


def test_without_rules_no_kinds_are_told(run: Run, home: Path) -> None:
    put(home / "甲.txt")
    (home / "rules/2024.yaml").unlink()
    assert [one["kinds"] for one in facts(run, "甲.txt")["projects"]] == [None] * 3


def test_a_folder_is_one_table(run: Run, home: Path) -> None:
    put(home / "来文/甲.txt", RIVER, TREES)
    put(home / "来文/镇/乙.txt", RIVER, PUMPS)
    (home / "来文/读我.jpg").write_bytes(b"x")
    (home / "来文/~$甲.txt").write_bytes(b"x")
    put(home / "来文/.丙.txt", TREES)
    put(home / "来文/.旧/丁.txt", TREES)
    found = facts(run, "来文")
    assert (found["exit"], found["passed_over"]) == (0, [".丙.txt", ".旧/丁.txt", "读我.jpg"])
    assert [one["project"] for one in found["projects"]] == [RIVER.code, TREES.code, PUMPS.code]
    assert any("内容相同，只读入一次" in line for line in found["readings"])
    targets, problems = read_targets(table(home), 2024, "t")
    assert problems == ()
    assert targets.projects.frame["seq"].tolist() == [1, 2, 3]
    assert targets.indicators.frame["cell"].tolist() == [f"指标!G{row}" for row in range(2, 13)]
    assert [name for name, _ in targets.sources] == ["甲.txt", "乙.txt"]


def test_of_a_plan_that_cannot_be_read_only_what_is_measured_against_it_waits(run: Run, home: Path) -> None:
    put(home / "来文.txt", replace(RIVER, plan="资金支出计划（%）\t3月底\t\t6月底\n\t\t\t20%\t30%\t40%"), TREES)
    ran = run("import", "来文.txt", "--year", "2024")
    assert (ran.code, "E112" in ran.out) == (1, True)
    targets, problems = read_targets(table(home), 2024, "t")
    assert {(one.code, one.place.project, one.place.indicator) for one in problems} == {
        ("E162", RIVER.code, SPENDING_PLAN)
    }
    assert targets.faulty == {(RIVER.code, SPENDING_PLAN)}
    path = table(home)
    path.rename(home / "改过的.xlsx")  # a table that is imported again says the same
    run("import", "改过的.xlsx", "--year", "2024")
    assert read_targets(path, 2024, "t")[0].faulty == targets.faulty


def test_a_project_that_two_files_tell_differently_is_not_scored_until_it_is_settled(run: Run, home: Path) -> None:
    put(home / "来文/a.txt", RIVER, TREES)
    put(home / "来文/b.txt", replace(TREES, budget="1,300.00"), PUMPS)
    ran = run("import", "来文", "--year", "2024")
    assert ran.code == 1
    assert re.search("“2023年“三北”补助资金—植树”在a.txt（第\\d+行）和b.txt（第\\d+行）里都有，内容不同", ran.out)
    assert "预算数“1200”与“1300”" in ran.out
    targets, problems = read_targets(table(home), 2024, "t")
    assert [(one.code, one.place.project) for one in problems] == [("E162", TREES.code)]
    assert targets.faulty == {(TREES.code, EXECUTION)}
    book = openpyxl.load_workbook(table(home))
    book["待处理"].delete_rows(2)
    book.save(table(home))
    assert read_targets(table(home), 2024, "t")[0].faulty == frozenset()
    assert "没有差别" in run("import", "来文", "--year", "2024").out


def test_a_file_that_cannot_be_read_stops_no_other(run: Run, home: Path) -> None:
    put(home / "来文/a.txt")
    (home / "来文/b.txt").write_bytes(b"\xff\x00\x81\x20\xff")
    (home / "来文/c.xlsx").write_bytes(b"PK")
    (home / "来文/d.txt").write_text("只有一句话。", encoding="utf-8")
    found = facts(run, "来文")
    assert (found["exit"], found["written"], len(found["projects"])) == (1, True, 3)
    assert sorted(codes_of(found)) == ["E102", "E105", "E120"]


def test_the_workspace_itself_may_hold_what_was_sent(run: Run, home: Path) -> None:
    put(home / "甲.txt", RIVER)
    put(home / "inputs/2023/乙.txt", PUMPS)
    found = facts(run, ".")
    assert [one["path"] for one in found["sources"]] == ["甲.txt"]
    assert [one["path"] for one in facts(run, "inputs/2023")["sources"]] == ["乙.txt"]


def test_a_folder_without_a_file_to_read_is_told(run: Run, home: Path) -> None:
    (home / "来文").mkdir()
    (home / "来文/a.jpg").write_bytes(b"x")
    found = facts(run, "来文")
    assert (found["exit"], codes_of(found), table(home).exists()) == (3, ["E164"], False)


@pytest.mark.parametrize("title", ["某某市水务局\n\n2023 年部门预算绩效文本", "某某市水务局二〇二三年部门预算绩效文本"])
def test_a_document_of_another_year_is_not_imported(run: Run, home: Path, title: str) -> None:
    put(home / "甲 乙.txt", title=title)
    ran = run("import", "甲 乙.txt", "--year", "2024")
    assert (ran.code, table(home).exists()) == (3, False)
    assert 'selfeval import "甲 乙.txt" --year 2023' in ran.out


def test_a_title_that_names_the_year_among_others_is_of_the_year(run: Run, home: Path) -> None:
    put(home / "甲.txt", title="某某市水务局2024年部门预算绩效文本（2023年12月）")
    assert facts(run, "甲.txt")["exit"] == 0


def test_a_dry_run_writes_nothing(run: Run, home: Path) -> None:
    put(home / "甲.txt")
    ran = run("import", "甲.txt", "--year", "2024", "--dry-run")
    assert (ran.code, [*(home / "inputs").iterdir()]) == (0, [])
    assert "没有写文件" in ran.out


def test_a_correction_of_the_source_is_told_and_waits_for_replace(run: Run, home: Path) -> None:
    put(home / "甲.txt")
    assert run("import", "甲.txt", "--year", "2024").code == 0
    before = table(home).read_bytes()
    again = run("import", "甲.txt", "--year", "2024")
    assert (again.code, "没有差别" in again.out, table(home).read_bytes()) == (0, True, before)
    rows = tuple(row.replace("≥3 公里", "≥4 公里") for row in RIVER.rows)
    put(home / "甲.txt", replace(RIVER, rows=(*rows, rows[0].replace("清淤长度", "护坡长度"))), PUMPS)
    ran = run("import", "甲.txt", "--year", "2024")
    assert (ran.code, table(home).read_bytes()) == (1, before)
    assert f"修改　河道清淤经费 {RIVER.code}-01 指标值：≥3公里 → ≥4公里" in ran.out
    assert f"增加　河道清淤经费 {RIVER.code}-05（护坡长度：≥4公里）" in ran.out
    assert "删除　2023年“三北”补助资金—植树（3项指标，预算数1200万元）" in ran.out
    assert ran.out.index("删除　2023年") < ran.out.index("修改　河道清淤经费"), "projects that go are not folded away"
    assert "导入后没有人改过" in ran.out
    assert "selfeval import 甲.txt --year 2024 --replace" in ran.err
    tried = run("import", "甲.txt", "--year", "2024", "--dry-run", "--replace")
    assert (tried.code, "≥3公里 → ≥4公里" in tried.out, table(home).read_bytes()) == (0, True, before)
    done = run("import", "甲.txt", "--year", "2024", "--replace")
    assert (done.code, "targets.旧1.xlsx" in done.out) == (0, True)
    assert table(home).with_name("targets.旧1.xlsx").read_bytes() == before
    assert "没有差别" in run("import", "甲.txt", "--year", "2024").out


def test_a_table_that_a_person_changed_is_not_replaced_unasked(run: Run, home: Path) -> None:
    put(home / "甲.txt")
    run("import", "甲.txt", "--year", "2024")
    change(table(home), 指标_G2="≥5公里", 项目_F2=13)
    found = facts(run, "甲.txt")
    assert (found["exit"], found["written"], found["edited"], codes_of(found)) == (1, False, True, ["E166"])
    told = [(one["column"], one["old"], one["new"]) for one in found["differences"]]
    assert told == [("预算数", "13", "12.5"), ("指标值", "≥5公里", "≥3公里")]
    book = openpyxl.load_workbook(table(home))
    book["指标"].append([cell.value for cell in book["指标"][2]])
    book.save(table(home))
    assert ("错误", "现有的表里有错误") in [(one["column"], one["old"]) for one in facts(run, "甲.txt")["differences"]]


def test_a_table_that_cannot_be_read_is_not_replaced_unasked(run: Run, home: Path) -> None:
    put(home / "甲.txt")
    table(home).parent.mkdir()
    table(home).write_bytes(b"x")
    found = facts(run, "甲.txt")
    assert (found["exit"], found["differences"][0]["name"]) == (1, "现有的绩效目标表")
    assert table(home).read_bytes() == b"x"


def test_forms_of_before_are_told(run: Run, home: Path) -> None:
    put(home / "甲.txt")
    run("import", "甲.txt", "--year", "2024")
    assert run("forms", "2024").code == 0
    put(home / "甲.txt", replace(RIVER, budget="13.00", fiscal="13.00"), TREES, PUMPS)
    ran = run("import", "甲.txt", "--year", "2024", "--replace")
    assert "这些项目的填报表还是按原来的目标生成的：河道清淤经费。" in ran.out
    assert "请运行 selfeval forms 2024 重新生成" in ran.out
    put(home / "甲.txt", TREES, PUMPS)
    ran = run("import", "甲.txt", "--year", "2024")
    assert "这次的绩效目标里没有这些项目，填报表还在：河道清淤经费。\n    → 换成这次的以后，请把它们移出" in ran.out
    assert "重新生成" not in ran.out


def test_rows_of_forms_that_must_be_filled_in_again_are_named(run: Run, home: Path) -> None:
    put(home / "甲.txt")
    run("import", "甲.txt", "--year", "2024")
    assert run("forms", "2024").code == 0
    first, *others = RIVER.rows
    renamed = replace(RIVER, rows=(first.replace("清淤长度\t", "换了名称的指标\t"), *others))
    put(home / "甲.txt", renamed, TREES, PUMPS)
    ran = run("import", "甲.txt", "--year", "2024", "--replace")
    assert f"{RIVER.code}-01 换了名称的指标。" in ran.out
    assert "除下面列出的以外照常收集" in ran.out
    assert "（E340）" in ran.out
    put(home / "甲.txt", replace(renamed, budget="13.00", fiscal="13.00"), TREES, PUMPS)
    ran = run("import", "甲.txt", "--year", "2024", "--replace")
    assert "（E340）" not in ran.out


def test_the_code_of_a_unit_may_be_given(run: Run, home: Path) -> None:
    put(home / "甲.txt", replace(RIVER, unit=""), PUMPS)
    assert "（没有单位编码和名称）\n  河道清淤经费" in run("import", "甲.txt", "--year", "2024", "--dry-run").out
    found = facts(run, "甲.txt", "--unit-code", "412001", "--unit", "清源县水务局")
    assert [(one["unit_code"], one["unit_name"]) for one in found["projects"]] == [
        ("412001", "清源县水务局"),
        ("400002", "某某市泵站管理所"),
    ]
    again = facts(run, "甲.txt")
    assert (again["differences"], again["projects"][0]["unit_code"]) == ([], "412001")


def test_a_code_that_may_be_of_several_units_is_asked_about(run: Run, home: Path) -> None:
    put(home / "甲.txt")
    run("import", "甲.txt", "--year", "2024")
    change(table(home), 项目_B2="", 项目_B3="", 项目_B4="")
    (home / "乙.xlsx").write_bytes(table(home).read_bytes())
    table(home).unlink()
    found = facts(run, "乙.xlsx", "--unit-code", "412001")
    assert (found["exit"], codes_of(found), table(home).exists()) == (3, ["E165"], False)
    found = facts(run, "乙.xlsx", "--unit-code", "412001", "--unit", "某某市泵站管理所")
    codes = [one["unit_code"] for one in found["projects"]]
    assert (codes[0] == codes[1], codes[0].startswith(MARK), codes[2]) == (True, True, "412001")


def test_a_table_that_names_no_number_of_points_is_not_scored_by_it(run: Run, home: Path) -> None:
    put(home / "甲.txt")
    run("import", "甲.txt", "--year", "2024")
    change(table(home), 指标_J2="十分", 指标_G6=None)
    (home / "乙.xlsx").write_bytes(table(home).read_bytes())
    table(home).unlink()
    assert facts(run, "乙.xlsx")["exit"] == 1
    targets, problems = read_targets(table(home), 2024, "t")
    assert targets.faulty == {(RIVER.code, "")}
    assert [(one.code, one.place.indicator) for one in problems] == [("E162", "")]
    assert "十分" in problems[0].message


def test_a_blank_target_of_a_document_stops_nothing(run: Run, home: Path) -> None:
    rows = (RIVER.rows[0].replace("≥3 公里", ""), *RIVER.rows[1:])
    put(home / "甲.txt", replace(RIVER, rows=rows), PUMPS)
    assert codes_of(facts(run, "甲.txt")) == ["E107"]
    assert "待处理" not in openpyxl.load_workbook(table(home)).sheetnames
    ran = run("score", "2024")
    assert (ran.code, "E505" in ran.said) == (1, True)


def test_a_run_records_the_files_that_the_targets_are_from(run: Run, home: Path) -> None:
    put(home / "来文/甲.txt", RIVER)
    put(home / "来文/乙.txt", PUMPS)
    run("import", "来文", "--year", "2024")
    run("score", "2024")
    record = json.loads((home / "outputs/2024/run.json").read_text(encoding="utf-8"))
    assert record["sources"] == [
        {"path": name, "sha256": hashlib.sha256((home / "来文" / name).read_bytes()).hexdigest()}
        for name in ("乙.txt", "甲.txt")
    ]


def test_many_readings_are_folded(run: Run, home: Path) -> None:
    many = [
        replace(
            TREES, seq=number, code=f"ZZ{number:04d}", name=f"植树{number}", unit=f"{400000 + number} 某某市{number}所"
        )
        for number in range(1, 71)
    ]
    put(home / "甲.txt", *many)
    ran = run("import", "甲.txt", "--year", "2024")
    assert "……另有" in ran.out
    assert "加 -v 列出每个项目" in ran.out
    assert len(run("import", "甲.txt", "--year", "2024", "-v").out) > 2 * len(ran.out)


def test_an_empty_table_is_written_over_none(run: Run, home: Path) -> None:
    ran = run("import", "--template", "--year", "2025")
    assert ran.code == 0
    assert "selfeval import 绩效目标表_2025_空白.xlsx --year 2025" in ran.out
    written = (home / "绩效目标表_2025_空白.xlsx").read_bytes()
    again = run("import", "--template", "--year", "2025")
    assert (again.code, "E167" in again.err, (home / "绩效目标表_2025_空白.xlsx").read_bytes()) == (4, True, written)
    assert run("import", "--template", "下发/空白", "--year", "2025").code == 0
    assert (home / "下发/空白.xlsx").read_bytes() == written
    assert facts(run, "下发/空白.xlsx")["exit"] == 3


def test_import_without_a_file_says_so(run: Run, home: Path) -> None:
    assert home.is_dir()
    ran = run("import", "--year", "2025")
    assert (ran.code, "--template" in ran.err) == (2, True)
