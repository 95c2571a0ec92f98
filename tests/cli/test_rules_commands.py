"""``selfeval rules …``, ``score --compare`` and ``--as-of``, as an analyst runs them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from selfeval.packages.made import MADE
from tests.cli.conftest import Run

CODE = "13080024P00010310005F"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_rulebook_is_checked_and_tested_the_examples_among_them(run: Run, workspace: Path) -> None:
    checked = run("rules", "check", "--workspace", workspace)
    assert checked.code == 0
    assert checked.out.count("依据 mof-2020-10 的原文未核对") == 1
    tested = run("rules", "test", "--workspace", workspace)
    assert tested.code == 0
    for name in ("2024", "central-2021", "examples/hubei", "examples/per-unit-deduction"):
        assert f"rules/{name}.yaml：" in tested.out


def test_the_coverage_is_counted_by_group_and_may_be_demanded(run: Run, workspace: Path) -> None:
    test = ("rules", "test", "2024", "--at-least", 100, "--workspace", workspace)
    assert run(*test).code == 0
    path = workspace / "rules" / "2024.cases.yaml"
    kept = [line for line in path.read_text(encoding="utf-8").split("\n") if "逾期九十一天" not in line]
    path.write_text("\n".join(kept), encoding="utf-8")
    ran = run(*test)
    assert ran.code == 1
    assert "计分标准各档3/4" in ran.out
    assert "rules/2024.yaml 的用例覆盖率低于100%" in ran.out
    assert run("rules", "test", "2024", "--at-least", 90, "--workspace", workspace).code == 0
    (found,) = json.loads(run(*test, "--format", "json").out)["rulebooks"]
    coverage = found["coverage"]
    assert coverage["format"] == "selfeval.coverage.v1"
    steps = {group["group"]: group for group in coverage["groups"]}["steps"]
    assert (steps["things"], steps["covered"], steps["percent"]) == (4, 3, 75.0)
    assert [thing["what"] for thing in coverage["things"] if not thing["covered"]] == ["deadline 计分标准第4档（91起）"]


def test_a_fault_shows_the_line_with_a_caret(run: Run, workspace: Path) -> None:
    path = workspace / "rules" / "2024.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("default: 70%", "default: 七成"), encoding="utf-8")
    ran = run("rules", "check", "2024", "--workspace", workspace)
    assert ran.code == 3
    assert "default: 七成" in ran.out
    assert "^" in ran.out


def test_a_target_is_explained_before_anybody_reports(run: Run, workspace: Path) -> None:
    ran = run("rules", "explain", "≥7000次", "12月底", "--workspace", workspace)
    assert ran.code == 0
    for text in ("at_least_sign", "rules/national-2020.yaml:", "6300", "9.00", "2025年1月1日", "8.00"):
        assert text in ran.out
    other = run(
        "rules", "explain", "≥95%", "--level1", "满意度指标", "--rules", "central-2021", "--workspace", workspace
    )
    assert "单独计分办法 satisfaction" in other.out


def test_a_variant_for_a_third_level_is_explained_when_it_is_named(run: Run, workspace: Path) -> None:
    variant = (
        "kinds: {at_least: {variants: [{id: trained, level3: [培训场次], curve: [{from: 1, share: 1}], sources: [x]}]}}"
    )
    rules = (
        "id: 2025\ntitle: 试\nextends: 2024\nin_force: {from: 2025}\nsources: [{id: x, title: 甲, verified: true}]\n"
    )
    (workspace / "rules" / "2025.yaml").write_text(rules + variant + "\n", encoding="utf-8")
    ask = ("rules", "explain", "≥10场", "--year", 2025, "--workspace", workspace)
    assert "未用到的单独计分办法：trained（三级指标为培训场次）" in run(*ask).out
    assert "（单独计分办法 trained）" in run(*ask, "--level3", "培训场次").out


def test_an_unknown_target_says_what_to_write(run: Run, workspace: Path) -> None:
    ran = run("rules", "explain", "实际金额", "--workspace", workspace)
    assert ran.code == 1
    assert "overrides" in ran.out


def test_explanations_come_as_json_too(run: Run, workspace: Path) -> None:
    ran = run("rules", "explain", "≤20万元", "--year", "2024", "--format", "json", "--workspace", workspace)
    (reading,) = json.loads(ran.out)["readings"]
    assert (reading["kind"], reading["entry"]["id"], reading["target"]) == ("at_most", "at_most_sign", "20万元")
    assert {one["actual"]: one["score"] for one in reading["trials"]}["22"] == 9.09


def test_each_resolved_value_has_its_line(run: Run, workspace: Path) -> None:
    ran = run("rules", "show", "2024", "--resolved", "--format", "json", "--workspace", workspace)
    values = {one["path"]: one for one in json.loads(ran.out)["values"]}
    assert values["kinds.deadline.curve[1].share"]["origin"].startswith("rules/2024.yaml:")
    assert values["kinds.deadline.measure"]["origin"].startswith("rules/national-2020.yaml:")


def test_a_new_year_is_drafted_checked_and_never_written_over(run: Run, workspace: Path) -> None:
    made = run("rules", "new", 2025, "--from", "2024", "--workspace", workspace)
    assert made.code == 0
    assert "请逐项核对" in made.out
    checked = run("rules", "check", "2025", "--workspace", workspace)
    assert checked.code == 0
    assert "W246" not in checked.said  # the overrides of the year before are meant to go
    tested = run("rules", "test", "2025", "--workspace", workspace)
    assert "7个用例，7个通过" in tested.out
    before = (workspace / "rules" / "2025.yaml").read_bytes()
    assert "2024" not in before.decode().split("title:")[1].split("\n")[0]
    again = run("rules", "new", 2025, "--from", "2024", "--workspace", workspace)
    assert again.code == 4
    assert "E241" in again.err
    assert (workspace / "rules" / "2025.yaml").read_bytes() == before


@pytest.mark.parametrize("name", ["2025", "hunan/2025"])
def test_a_new_rulebook_names_a_schema_that_is_there(run: Run, workspace: Path, name: str) -> None:
    assert run("rules", "new", name, "--from", "2024", "--workspace", workspace).code == 0
    for file in (workspace / f"rules/{name}.yaml", workspace / f"rules/{name}.cases.yaml"):
        schema = file.read_text(encoding="utf-8").splitlines()[0].partition("$schema=")[2]
        assert json.loads((file.parent / schema).read_text(encoding="utf-8"))["properties"]
    assert run("rules", "check", name, "--workspace", workspace).code == 0


def test_the_number_of_a_regulation_is_never_made_to_fit_a_year(run: Run, workspace: Path) -> None:
    run("rules", "new", 2026, "--from", "national-2020", "--workspace", workspace)
    text = (workspace / "rules" / "2026.yaml").read_text(encoding="utf-8")
    assert "财预〔2026〕" not in text


def test_the_rules_become_a_document_for_approval(run: Run, workspace: Path) -> None:
    ran = run("rules", "doc", "2024", "--workspace", workspace)
    assert ran.code == 0
    assert files(workspace / "评分细则") == {"评分细则-2024.docx", "评分细则-2024.md"}
    assert "## 一、分值构成" in (workspace / "评分细则" / "评分细则-2024.md").read_text(encoding="utf-8")


def test_missing_rules_are_named_with_those_that_there_are(run: Run, workspace: Path) -> None:
    ran = run("rules", "doc", "没有", "--workspace", workspace)
    assert ran.code == 3
    assert "没有名为“没有”的规则文件" in ran.said
    assert "2024、central-2021、national-2020、examples/" in ran.said


def test_the_schema_of_rules_and_of_cases_is_printed(run: Run) -> None:
    assert "sections" in json.loads(run("rules", "schema").out)["properties"]
    assert "cases" in json.loads(run("rules", "schema", "--cases").out)["properties"]


def test_a_comparison_prints_and_writes_and_leaves_the_outputs_alone(run: Run, workspace: Path) -> None:
    before = files(workspace)
    ran = run("score", 2024, "--rules", "central-2021", "--compare", "--workspace", workspace)
    assert ran.code == 0
    assert f"预算执行率 {workspace}/rules/central-2021.yaml:" in ran.out
    made = {f"比较/2024-central-2021/{name}" for name in ("项目变化.csv", "指标变化.csv", MADE)}
    assert files(workspace) - before == made
    changes = {one["项目编码"]: one for one in rows(workspace / "比较" / "2024-central-2021" / "项目变化.csv")}
    assert changes[CODE]["原总分"] == "98.38"
    assert changes[CODE]["新总分"] == "97.76"
    assert changes[CODE]["总分变化"] == "-0.62"
    moved = [one for one in rows(workspace / "比较" / "2024-central-2021" / "指标变化.csv") if one["项目编码"] == CODE]
    assert [(one["指标编号"], one["原得分"], one["新得分"]) for one in moved] == [(f"{CODE}-03", "7.91", "7.29")]
    assert moved[0]["新规则"].startswith("≥ rules/central-2021.yaml:")


def test_a_comparison_with_the_same_rules_finds_nothing(run: Run, workspace: Path) -> None:
    ran = run("score", 2024, "--rules", "2024", "--compare", "--format", "json", "--workspace", workspace)
    found = json.loads(ran.out)
    assert found["rows"] == []
    assert {one["difference"] for one in found["projects"]} == {"0.00"}


def test_a_comparison_needs_other_rules(run: Run, workspace: Path) -> None:
    ran = run("score", 2024, "--compare", "--workspace", workspace)
    assert ran.code == 2
    assert "--rules" in ran.err


class TestAnotherYear:
    """Rules of another year are refused, unless asked for, and then said in every workbook."""

    @pytest.fixture
    def next_year(self, workspace: Path) -> Path:
        shutil.copytree(workspace / "inputs" / "2024", workspace / "inputs" / "2025")
        return workspace

    def test_a_year_without_rules_is_refused_with_the_command(self, run: Run, next_year: Path) -> None:
        ran = run("score", 2025, "--workspace", next_year)
        assert ran.code == 3
        assert f"selfeval rules new --workspace {next_year} 2025 --from 2024" in ran.err

    def test_rules_of_another_year_are_refused_even_by_name(self, run: Run, next_year: Path) -> None:
        ran = run("score", 2025, "--rules", "2024", "--workspace", next_year)
        assert ran.code == 3
        assert "E217" in ran.err

    def test_a_year_of_rules_that_they_do_not_hold_in_is_a_slip(self, run: Run, workspace: Path) -> None:
        command = ("score", 2024, "--rules", "rules/2024.yaml", "--as-of", 2099, "--workspace", workspace)
        ran = run(*command)
        assert (ran.code, "E217" in ran.err, "rules new" in ran.err) == (3, True, False)
        assert "适用2024年，不能用于2099年" in ran.err
        assert "请核对 --as-of 后面的年度" in ran.err

    def test_lent_rules_are_named_in_every_workbook(self, run: Run, next_year: Path) -> None:
        run("score", 2025, "--as-of", 2024, "--project", CODE, "--workspace", next_year)
        out = next(one for one in (next_year / "outputs").iterdir() if one.name.startswith("2025"))
        problems = rows(out / "problems.csv")
        assert [one["代码"] for one in problems if one["代码"] == "W206"] == ["W206"]
        books = list(out.rglob("*.xlsx"))
        assert len(books) == 2
        for path in books:
            book = openpyxl.load_workbook(path, read_only=True)
            said = [
                str(cell.value) for sheet in book for row in sheet.iter_rows(max_row=3) for cell in row if cell.value
            ]
            assert any("应要求按2024年度规则评2025年度" in text for text in said), path.name
        record = json.loads((out / "run.json").read_text(encoding="utf-8"))
        assert "应要求" in record["rulebook"]["title"]


def contents(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_a_comparison_never_touches_published_results(run: Run, scored: Path) -> None:
    workspace = scored
    compare = ("score", 2024, "--rules", "central-2021", "--compare", "--workspace", workspace, "--out")
    results = workspace / "outputs/2024"
    before = contents(results)
    elsewhere = workspace / "副本"
    for target in (results, workspace / "outputs", results / "比较"):
        ran = run(*compare, target)
        assert ran.code == 4
        assert "E609" in ran.said
    assert contents(results) == before
    results.rename(elsewhere)
    assert run(*compare, elsewhere).code == 4
    assert contents(elsewhere) == before


def test_a_comparison_leaves_the_other_files_of_its_folder(run: Run, workspace: Path) -> None:
    folder = workspace / "我的"
    folder.mkdir()
    (folder / "笔记.txt").write_text("mine")
    ran = run("score", 2024, "--rules", "central-2021", "--compare", "--workspace", workspace, "--out", folder)
    assert ran.code == 0
    assert sorted(contents(folder)) == sorted(["项目变化.csv", "指标变化.csv", "笔记.txt", MADE])


def test_the_standards_of_rows_are_printed_for_approval_and_written_when_approved(run: Run, workspace: Path) -> None:
    path = workspace / "inputs" / "2024" / "targets.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["指标"]
    column = sheet.max_column + 1
    sheet.cell(1, column, "评分标准")
    sheet.cell(2, column, "达到得满分，否则不得分")
    sheet.cell(3, column, "由专家评定")
    book.save(path)
    rules = workspace / "rules" / "2024.yaml"
    before = rules.read_text(encoding="utf-8")
    listed = run("rules", "standards", "2024", "--workspace", workspace)
    assert listed.code == 1  # one cannot be read
    for text in ("待批准1个，无法识别1个", "无法识别：", "试算：", f"- id: standard-{CODE}-01"):
        assert text in listed.out
    assert rules.read_text(encoding="utf-8") == before
    written = run("rules", "standards", "2024", "--write", "--workspace", workspace)
    assert "已写入1条" in written.out
    after = rules.read_text(encoding="utf-8")
    assert all(line in after for line in before.splitlines())
    assert "待批准0个" in run("rules", "standards", "2024", "--workspace", workspace).out
    assert run("rules", "check", "2024", "--workspace", workspace).code == 0


def test_rulebooks_of_regions_are_made_found_and_listed(run: Run, workspace: Path) -> None:
    made = run("rules", "new", "hunan/base", "--from", "national-2020", "--workspace", workspace)
    assert made.code == 0
    assert run("rules", "new", "hunan/2025", "--from", "hunan/base", "--workspace", workspace).code == 0
    assert "extends: base" in (workspace / "rules/hunan/2025.yaml").read_text(encoding="utf-8")
    for name in ("hunan/base", "hunan/2025"):
        assert run("rules", "check", name, "--workspace", workspace).code == 0
        assert run("rules", "test", name, "--workspace", workspace).code == 0
    listed = run("rules", "show", "--workspace", workspace).out
    assert "hunan/2025　" in listed
    missing = run("rules", "show", "hunan/2026", "--workspace", workspace)
    assert missing.code == 3
    assert "是否应为“hunan/2025”" in missing.said
    assert run("rules", "new", "../2025", "--from", "2024", "--workspace", workspace).code == 2
    assert not (workspace / "2025.yaml").exists()
    assert run("score", "2025", "--rules", "hunan/2024", "--workspace", workspace).code == 3


@pytest.mark.parametrize("name", ["2025.cases", "2025.yaml", "CON", "nul", "x/AUX"])
def test_a_name_that_cannot_be_that_of_a_rulebook_is_refused(run: Run, workspace: Path, name: str) -> None:
    before = sorted((workspace / "rules").rglob("*"))
    assert run("rules", "new", name, "--from", "2024", "--workspace", workspace).code == 2
    assert sorted((workspace / "rules").rglob("*")) == before
