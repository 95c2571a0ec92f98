"""The department's own part wherever the projects of a year are: made public, reviewed, compared, listed, reminded."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from selfeval.cli.app import main
from selfeval.runs import public
from selfeval.runs.review import is_reviewed
from tests.cli.conftest import Run
from tests.cli.test_whole import BOOK, CODE, FILLED, FORM, filled, rows_of
from tests.forms.forms import cells_of, open_form
from tests.recalculation.engine import Calculator
from tests.workbooks.review.reviewer import Typed, review

NAME = "承德市司法局部门整体支出"


@pytest.fixture(autouse=True)
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "find_soffice", lambda: None)


def ran(*arguments: str | Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["selfeval", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
    assert not ended.value.code


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    home = tmp_path_factory.mktemp("whole")
    for name in ("rules", "inputs"):
        shutil.copytree(project_root / name, home / name)
    ran("forms", "2024", "--workspace", home, "--project", "部门整体")
    (home / FORM).write_bytes(filled(home / FORM, FILLED))
    ran("score", "2024", "--workspace", home)
    return home


@pytest.fixture
def year(_made: Path, tmp_path: Path) -> Path:
    """The sample year with the department's form filled in, scored."""
    shutil.copytree(_made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def answer(run: Run, *arguments: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--format", "json").out)
    return found


def test_it_is_published_first_and_not_counted_among_projects(run: Run, year: Path) -> None:
    found = run("publish", "2024", "--workspace", year)
    assert (found.code, found.err) == (0, "")
    assert f"公开版有{NAME}和28个项目的自评表。" in found.out
    book = load_workbook(year / "outputs/2024/公开版_自评表.xlsx")
    assert book.sheetnames[:3] == ["目录", "部门整体", "01 12348法律服务热线"]
    assert len(book.sheetnames) == 30
    contents = [[cell.value for cell in row[:3]] for row in book["目录"].iter_rows(min_row=1, max_row=4)]
    assert contents[0][0] is not None
    assert str(contents[0][0]).startswith("部门整体支出和项目支出绩效自评表（2024年度）")
    assert contents[2:] == [["—", "承德市司法局", NAME], [1, "承德市司法局本级", "12348法律服务热线"]]
    texts = {str(cell.value) for row in book["部门整体"] for cell in row if cell.value is not None}
    assert {"部门整体支出绩效自评表", "部门名称", "负责人：李四"} <= texts
    assert any(cell.value == 97.35 for row in book["部门整体"] for cell in row)
    assert not any("2020000" in text or text == "优" for text in texts)  # neither telephone nor grade
    told = answer(run, "publish", "2024", "--workspace", year)
    assert (told["projects"], told["department"], told["left_out"]) == (28, True, [])


def test_what_changed_in_it_since_the_scoring_is_refused(run: Run, year: Path) -> None:
    (year / FORM).write_bytes(filled(year / FORM, {(f"{CODE}-08", "actual"): 10}))
    found = run("publish", "2024", "--workspace", year)
    assert found.code == 3
    assert f"1份自评的目标或填报数据（“{NAME}”）有改动" in found.err


def test_without_its_form_the_projects_are_published_and_a_notice_says_so(run: Run, year: Path) -> None:
    (year / FORM).unlink()
    assert run("score", "2024", "--workspace", year).code == 0
    found = answer(run, "publish", "2024", "--workspace", year)
    assert [one["code"] for one in found["problems"]] == ["I262"]
    assert f"“{NAME}”没有收到可用的填报表（待补充4项），没有列入公开版" in found["problems"][0]["message"]
    assert (found["exit"], found["projects"], found["department"], found["left_out"]) == (0, 28, False, [])


def test_a_form_of_it_that_lacks_something_is_left_out_as_that_of_a_project(run: Run, year: Path) -> None:
    (year / FORM).write_bytes(filled(year / FORM, {("funds.executed.granted", "actual"): None}))
    assert run("score", "2024", "--workspace", year).code == 1
    found = answer(run, "publish", "2024", "--workspace", year)
    assert (found["exit"], found["left_out"]) == (1, [CODE])
    assert found["problems"][0]["message"] == f"“{NAME}”没有总分（待补充1项），没有列入公开版"


def test_of_a_large_year_it_has_a_file_of_its_own(run: Run, year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "MOST_SHEETS", 28)
    found = answer(run, "publish", "2024", "--workspace", year)
    assert found["files"][0] == "公开版_自评表_324_承德市司法局.xlsx"
    book = load_workbook(year / "outputs/2024" / found["files"][0])
    assert book.sheetnames == ["目录", "部门整体"]
    assert str(book["目录"]["A1"].value).startswith("部门整体支出绩效自评表（2024年度）")


def test_an_adjustment_of_it_reaches_the_table_and_the_summary(run: Run, year: Path, calculator: Calculator) -> None:
    outputs = year / "outputs/2024"
    adjusted: Typed = {"verdict": "调整", "adjusted": 1, "reason": "台账只有15场", "reviewer": "李某"}
    review(outputs / BOOK, {f"{CODE}-08": adjusted})
    found = run("review", "2024", "--workspace", year)
    assert (found.code, found.err) == (0, "")
    assert "28个项目，0个有复核意见，28个没有。" in found.out
    assert f"{NAME}：复核中（不计入项目数）。" in found.out
    rows = {row["指标编号"]: row for row in rows_of(outputs / "reviews.csv")}
    assert len(rows) == 26
    assert {row["项目编码"] for row in rows.values()} == {CODE}
    line = rows[f"{CODE}-08"]
    assert [line[name] for name in ("自评得分", "复核得分", "偏离", "采用")] == ["1.39", "1.00", "0.39", "是"]
    summary = load_workbook(outputs / "复核汇总.xlsx", data_only=True)
    lines = [[cell.value for cell in row] for row in summary["复核汇总"].iter_rows()]
    at = next(at for at, row in enumerate(lines) if CODE in row)
    assert lines[at][:7] == ["—", "324 承德市司法局", CODE, NAME, 97.35, 96.96, pytest.approx(0.39)]
    assert lines[at - 1][0] == 28
    everything = next(row for row in lines if row[0] == "全部单位")
    assert everything[2:5] == [28, 0, "—"]  # it is in no count and in no average
    assert any(row[0].value == NAME for row in summary["调整明细"].iter_rows())
    assert calculator.differences(outputs / "复核汇总.xlsx") == ()
    told = answer(run, "review", "2024", "--workspace", year)
    assert len(told["projects"]) == 28
    assert (told["department"]["self_total"], told["department"]["review_total"]) == (97.35, 96.96)


def test_what_may_not_be_adjusted_is_refused_as_of_a_project(run: Run, year: Path) -> None:
    book = year / "outputs/2024" / BOOK
    review(book, {"预算执行率": {"verdict": "调整", "adjusted": 11, "reason": "多"}, f"{CODE}-08": {"verdict": "退回"}})
    found = answer(run, "review", "2024", "--workspace", year)
    assert sorted(one["code"] for one in found["problems"]) == ["E613", "E615"]
    assert found["department"]["review_total"] == 97.35
    run("score", "2024", "--workspace", year)
    assert any(map(is_reviewed, book.parent.glob("部门整体支出绩效自评表*.xlsx")))


def test_two_runs_are_compared_with_it(run: Run, year: Path) -> None:
    outputs = year / "outputs/2024"
    shutil.copytree(outputs, year / "旧")
    (year / FORM).write_bytes(filled(year / FORM, {(f"{CODE}-08", "actual"): 12, (f"{CODE}-08", "reason"): "雨"}))
    run("score", "2024", "--workspace", year)
    found = run("diff", "旧", "2024", "--workspace", year, "--write", year / "比较.xlsx").out
    assert f"\n部门整体\n  改动  {NAME}（{CODE}）  总分-0.35\n      总分：97.35 → 97.00\n" in found
    assert "\n项目（" not in found
    assert f"改动  {NAME} {CODE}-08 组织普法宣传活动场次  原因：数据\n" in found
    assert "数据  实际完成值：20次 → 12次" in found
    (change,) = answer(run, "diff", "旧", "2024", "--workspace", year)["projects"]
    assert (change["project"], change["difference"]) == (CODE, -0.35)
    book = load_workbook(year / "比较.xlsx")
    assert any(row[0].value == CODE for row in book["项目"].iter_rows())


def test_a_run_that_evaluated_it_is_beside_one_that_did_not(run: Run, year: Path) -> None:
    shutil.copytree(year / "outputs/2024", year / "旧")
    rules = year / "rules/2024.yaml"
    rules.write_text(rules.read_text(encoding="utf-8") + "\ndepartment: {enabled: false}\n", encoding="utf-8")
    ended = run("score", "2024", "--workspace", year)
    assert ended.code == 0
    assert [row["文件"] for row in problems(year) if row["代码"] == "I264"] == [FORM]  # which is there, and not used
    assert f"\n部门整体\n  没有了  {NAME}（{CODE}）" in run("diff", "旧", "2024", "--workspace", year).out
    assert f"\n部门整体\n  新增  {NAME}（{CODE}）" in run("diff", "2024", "旧", "--workspace", year).out


def test_a_table_of_it_that_is_gone_is_missed(run: Run, year: Path) -> None:
    (year / "outputs/2024/部门整体总分.csv").unlink()
    assert "部门整体总分.csv" in run("diff", "2024", "2024", "--workspace", year).said


def test_it_is_listed_with_its_clauses(run: Run, year: Path) -> None:
    assert f"28个项目。\n另有{NAME}，25项指标，列出：" in run("list", "2024", "--workspace", year).out
    said = run("list", "2024", "部门", "--workspace", year).out
    assert said.startswith(f"部门 {NAME}（{CODE}）　324 承德市司法局\n")
    assert "部门-18  解答12348来电次数" in said
    told = answer(run, "list", "2024", "--workspace", year)
    assert (len(told["projects"]), told["department"]["number"], told["department"]["indicators"]) == (28, "部门", 25)
    (year / "rules/2024.yaml").unlink()  # the projects are listed without rules
    assert NAME not in run("list", "2024", "--workspace", year).out


def test_its_form_that_did_not_come_back_is_reminded_of(run: Run, year: Path) -> None:
    status = ("status", "2024", "--workspace", year, "--as-of", "2025-01-22")
    assert "催报文字" not in run(*status).out
    (year / FORM).unlink()
    never = run(*status)  # nobody is reminded of a form that was not made
    assert f"{NAME}：未报送，还没有填报表（不计入项目数）。" in never.out
    assert (never.code, "催报文字" in never.out) == (0, False)
    run("forms", "2024", "--workspace", year, "--due", "2025-01-20")
    found = run(*status)
    assert (
        "承德市司法局：\n2024年度部门整体支出绩效自评填报表报送期限为2025年1月20日，已逾期2天。"
        "截至2025年1月22日，未报送。\n请尽快填好报送。" in found.out
    )
    assert found.code == 0  # the projects are complete
    alone = run(*status, "--unit", "324")
    assert (alone.code, "个项目：" in alone.out, NAME in alone.out) == (0, False, True)
    assert NAME not in run(*status, "--unit", "324001").out
    (year / FORM).write_bytes(filled(year / FORM, {(f"{CODE}-08", "actual"): 20}))
    found = run(*status)
    assert "，不完整，" in found.out
    assert found.code == 1  # as score has it: what came back counts


def test_of_chosen_projects_it_is_said_that_it_is_left_out(run: Run, year: Path) -> None:
    some = run("score", "2024", "--workspace", year, "--project", "3")
    assert "部门整体不在所选项目之内，没有评；" in some.out
    assert "部门整体" not in run("score", "2024", "--workspace", year).out.split("不计入上面的项目数")[1]
    for command in ("score", "check"):
        alone = run(command, "2024", "--workspace", year, "--project", "部门")
        assert alone.code == 3
        assert "E266" in alone.err
        assert "“部门”不是项目" in alone.err
    compared = run("score", "2024", "--workspace", year, "--compare", "--rules", "central-2021")
    assert compared.out.endswith("部门整体没有比较。\n")


def test_rules_that_mean_to_score_it_and_cannot_say_so(run: Run, year: Path) -> None:
    rules = year / "rules/2024.yaml"
    given = rules.read_text(encoding="utf-8")
    changed = (
        "\nsections:\n"
        "  - {id: money, label: 执行, points: 10, sources: [choices]}\n"
        "  - {id: output, points: 50}\n  - {id: benefit, points: 30}\n  - {id: satisfaction, points: 10}\n"
        "execution: {section: money}\nremove: [sections.execution]\n"
    )
    rules.write_text(given + changed, encoding="utf-8")
    found = run("score", "2024", "--workspace", year)
    assert "W263" in found.out, found.said
    assert "预算执行率所在的部分是“money”，department 里没有（有execution、duties）" in found.out
    assert "W263" in run("forms", "2024", "--workspace", year).out
    assert "W263" not in run("score", "2024", "--workspace", year, "--project", "3").out
    rules.write_text(f"{given}{changed}department: {{enabled: false}}\n", encoding="utf-8")
    assert "W263" not in run("score", "2024", "--workspace", year).out


CALLS = "13080024P00010310005F-01"
ANSWERS = f"指标编号,实际完成值,完成档次\n{CALLS},7000,\n{CODE}-02,,达成年度指标\n{CODE}-08,20,\n"


def table(year: Path, answers: str) -> Path:
    folder = year / "数据"
    folder.mkdir()
    (folder / "指标.csv").write_text(answers, encoding="utf-8")
    (folder / "资金.csv").write_text(
        f"项目编码,年初预算数,全年预算数,全年执行数\n13080024P00010310005F,22.59,22.59,22.59\n{CODE},2000,2000,1900\n"
        if CODE in answers
        else "项目编码,年初预算数,全年预算数,全年执行数\n13080024P00010310005F,22.59,22.59,22.59\n",
        encoding="utf-8",
    )
    return folder


def test_a_reported_table_may_speak_of_it_too(run: Run, year: Path) -> None:
    found = run("score", "2024", "--workspace", year, "--reported", table(year, ANSWERS))
    assert "E318" not in found.said  # 指标编号 that is not known
    rows = {row["指标编号"]: row for row in rows_of(year / "outputs/2024/部门整体.csv")}
    shown = {key: (rows[key]["实际完成值"], rows[key]["得分"]) for key in (f"{CODE}-08", f"{CODE}-18", "预算执行率")}
    assert shown == {f"{CODE}-08": ("20次", "1.39"), f"{CODE}-18": ("7000次", "1.38"), "预算执行率": ("1900", "9.50")}
    assert rows[f"{CODE}-20"]["得分"] == ""  # nothing is scored without a value
    assert "I263" not in found.out
    assert any(row["项目编码"] == CODE and row["代码"] == "E401" for row in problems(year))


def test_a_reported_table_without_it_is_told_in_one_notice(run: Run, year: Path) -> None:
    given = "".join(line for line in ANSWERS.splitlines(keepends=True) if CODE not in line)
    found = run("score", "2024", "--workspace", year, "--reported", table(year, given))
    assert f"填报数据表里没有{CODE}的内容，24项指标和预算执行情况还没有填报，1项取自项目" in found.out
    assert [row["代码"] for row in problems(year) if row["项目编码"] == CODE] == ["I263"]
    rows = {row["指标编号"]: row for row in rows_of(year / "outputs/2024/部门整体.csv")}
    assert (rows[f"{CODE}-18"]["得分"], rows[f"{CODE}-08"]["得分"]) == ("1.38", "")


def test_its_form_is_filled_from_a_reported_table(run: Run, year: Path) -> None:
    (year / FORM).unlink()
    found = run("forms", "2024", "--workspace", year, "--prefill", table(year, ANSWERS))
    assert "E318" not in found.said
    _, sheet = open_form(year / FORM)
    at = cells_of(sheet)
    assert at(f"{CODE}-08", "actual").value == 20
    assert at("funds.executed.granted", "actual").value is None


def problems(year: Path) -> list[dict[str, str]]:
    return rows_of(year / "outputs/2024/problems.csv")
