"""``selfeval init``: a workspace that works at once, bears its own unit's name, and overwrites nothing."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import typer

from selfeval.cli import init
from selfeval.cli.app import main
from selfeval.domain.kinds import KINDS
from selfeval.domain.scored_case import ScoredCase
from selfeval.forms.writing.form import write_form
from selfeval.packages.sets import READY
from selfeval.rulebook.settings import read_settings
from selfeval.runs.init.example import MARK
from selfeval.runs.inputs import Choice, Inputs, load_inputs, score_one
from selfeval.runs.placing import write_new
from selfeval.runs.workspace import Workspace
from tests.cli.conftest import Run
from tests.cli.trouble import snapshot
from tests.sources.invented import document

UNIT = "清源县文化和旅游局"
TOLD = ("--unit-code", "412001", "--unit", UNIT, "--year", "2025")
ANSWERS = "inputs/2025/示例填报数据"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("init") / "清源"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["selfeval", "init", str(folder), *TOLD])
        with pytest.raises(SystemExit) as ended:
            main()
    assert not ended.value.code
    return folder


@pytest.fixture
def made(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace, which is the current folder."""
    shutil.copytree(template, tmp_path / "清源")
    monkeypatch.chdir(tmp_path / "清源")
    return tmp_path / "清源"


def inputs(root: Path) -> Inputs:
    found = load_inputs(Workspace(root), Choice(2025, root / ANSWERS))
    assert isinstance(found, Inputs), found
    return found


def cases(root: Path) -> Iterator[ScoredCase]:
    found = inputs(root)
    return (score_one(found, project)[1] for project in found.targets.projects.frame["project"])


def test_the_workspace_is_of_its_unit_and_of_no_other(made: Path) -> None:
    assert set(snapshot(made)) == {
        *("rules/2025.yaml", "rules/2025.cases.yaml", "rules/rulebook.schema.json", "rules/cases.schema.json"),
        *("inputs/settings.yaml", "inputs/2025/targets.xlsx", "说明.md"),
        *(f"{ANSWERS}/{name}.csv" for name in ("指标", "资金", "项目")),
    }
    assert (made / "outputs").is_dir()
    texts = {path.name: path.read_text(encoding="utf-8") for path in made.rglob("*") if path.suffix in {".yaml", ".md"}}
    assert "承德" not in "".join(texts.values())
    assert UNIT in texts["说明.md"]
    assert "extends: national-2020\n" in texts["2025.yaml"]
    assert f'title: "{UNIT}2025年度项目支出绩效自评规则（未经本单位审定）"' in texts["2025.yaml"]
    assert read_settings(made / "inputs/settings.yaml", "s")[0].unit == UNIT


def test_editors_find_the_schema_beside_the_rules(made: Path) -> None:
    for file in (made / "rules").glob("*.yaml"):
        first = file.read_text(encoding="utf-8").split("\n")[0]
        schema = made / "rules" / first.rpartition("$schema=")[2]
        assert json.loads(schema.read_text(encoding="utf-8"))["$schema"]


def test_its_rules_are_sound_and_say_where_they_are_from(run: Run, made: Path) -> None:
    assert run("rules", "check").code == 0
    assert run("rules", "test").code == 0
    shown = run("rules", "show", "2025", "--resolved").out
    assert re.search(
        r"^kinds\.deadline\.measure: days_late  # selfeval自带/national-2020\.yaml:\d+$", shown, re.MULTILINE
    )
    assert str(made) not in shown
    assert "site-packages" not in shown


def test_the_example_has_every_kind_and_says_everywhere_that_it_is_invented(made: Path) -> None:
    scored = list(cases(made))
    assert {row.kind for case in scored for row in case.rows if not row.is_execution} == set(KINDS)
    assert all(case.total is not None for case in scored)
    book = openpyxl.load_workbook(made / "inputs/2025/targets.xlsx")
    names = [[str(cell.value) for cell in row] for row in book["项目"].iter_rows(min_row=2)]
    for project in names:
        assert sum("虚构" in text for text in project) >= 3, project  # name, use, goal
        assert project[1:3] == ["412001", UNIT]
    for case in scored:
        assert case.case.mark == MARK
        assert case.case.project.name.startswith("示例（虚构）")


def test_the_steps_of_the_page_work_as_they_are_written(run: Run, made: Path) -> None:
    page = (made / "说明.md").read_text(encoding="utf-8")
    steps = [line.split()[1:] for line in page.partition("```sh\n")[2].partition("```")[0].splitlines()]
    assert [step[0] for step in steps] == ["forms", "score", "explain"]
    for step in steps:
        ended = run(*step)
        assert ended.code == 0, ended.said
    record = json.loads((made / "outputs/2025/run.json").read_text(encoding="utf-8"))
    assert [rules["path"] for rules in record["rules"]] == ["selfeval自带/national-2020.yaml", "rules/2025.yaml"]
    assert record["exit"] == 0
    summary = openpyxl.load_workbook(made / "outputs/2025/汇总.xlsx")["概览"]
    assert "未经本单位审定" in str(summary["A2"].value)
    steps_of_the_year = "rules check,import,forms 2025 --due,collect,check 2025 --write,score 2025`,review,publish"
    order = [page.index(f"`selfeval {command}") for command in steps_of_the_year.split(",")]
    assert order == sorted(order)


def test_targets_are_imported_over_the_untouched_example_at_once(run: Run, made: Path) -> None:
    (made / "甲.txt").write_text(document(title="某局2025年部门预算绩效文本"), encoding="utf-8")
    assert run("forms", "2025").code == 0
    ended = run("import", "甲.txt", "--year", "2025", "--dry-run")
    assert (ended.code, "示例" in ended.out) == (0, False), ended.said
    ended = run("import", "甲.txt", "--year", "2025")
    assert ended.code == 0, ended.said
    assert "原来的绩效目标表（示例，虚构）改名为 targets.旧1.xlsx。" in ended.out
    assert f"请删去：inputs/2025/forms、{ANSWERS}。" in ended.out
    assert "处不同" not in ended.out
    assert "没有差别" in run("import", "甲.txt", "--year", "2025").out


def test_an_example_that_a_person_changed_is_not_replaced_unasked(run: Run, made: Path) -> None:
    (made / "甲.txt").write_text(document(title="某局2025年部门预算绩效文本"), encoding="utf-8")
    table = made / "inputs/2025/targets.xlsx"
    book = openpyxl.load_workbook(table)
    book["项目"]["E2"] = "本单位的项目"
    book.save(table)
    before = table.read_bytes()
    ended = run("import", "甲.txt", "--year", "2025")
    assert (ended.code, "E166" in ended.said, table.read_bytes() == before) == (1, True, True)


def test_forms_that_come_back_filled_in_are_collected_and_scored(run: Run, made: Path, tmp_path: Path) -> None:
    found = inputs(made)
    assert run("forms", "2025").code == 0
    for project in found.targets.projects.frame["project"]:
        case = score_one(found, project)[1].case
        (tmp_path / "收到").mkdir(exist_ok=True)
        (tmp_path / "收到" / f"{project}.xlsx").write_bytes(write_form(case, found.rulebook))
    assert run("collect", tmp_path / "收到", "--year", "2025").code == 0
    assert run("check", "2025").code == 0
    ended = run("score", "2025")
    assert (ended.code, "2个项目，2个已评定" in ended.out) == (0, True), ended.said


def test_other_rules_of_selfeval_are_tried_by_name(run: Run, made: Path) -> None:
    told = run("score", "2025", "--reported", ANSWERS, "--rules", "central-2021", "--compare")
    assert told.code == 0, told.said
    assert "selfeval自带/central-2021.yaml:" in told.out
    assert "central-2021" in run("rules", "show").out
    assert run("rules", "test", "hubei").code == 0
    assert run("rules", "doc", "examples/hubei", "--as", "md").code == 0
    assert run("rules", "new", "2026", "--from", "central-2021").code == 0
    assert run("rules", "check", "2026").code == 0
    assert not list((made / "rules").rglob("hubei*"))


@pytest.mark.parametrize("command", [("rules", "check"), ("rules", "new", "2026", "--from", "2025")])
def test_schemas_of_an_earlier_version_are_renewed_and_other_files_stay(
    run: Run, made: Path, command: tuple[str, ...]
) -> None:
    now = (made / "rules/rulebook.schema.json").read_bytes()
    older = json.dumps(json.loads(now) | {"properties": {}}).encode()
    (made / "rules/rulebook.schema.json").write_bytes(older)
    (made / "rules/cases.schema.json").write_bytes(b'{"title": "own"}')
    told = run(*command)
    assert told.code == 0, told.said
    assert "rules/rulebook.schema.json 是以前版本的，已更新" in told.out
    assert (made / "rules/rulebook.schema.json").read_bytes() == now
    assert (made / "rules/cases.schema.json").read_bytes() == b'{"title": "own"}'
    assert "已更新" not in run("rules", "check").out


def test_beside_selfevals_own_rules_nothing_is_written(
    run: Run, made: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, project_root: Path
) -> None:
    base = tmp_path / "base"
    shutil.copytree(project_root / "rules", base)
    (base / "examples/hubei.cases.yaml").unlink()
    monkeypatch.setattr("selfeval.rulebook.shelf._PACKED", base)
    before = snapshot(base)
    ended = run("rules", "cases", "hubei", "--missing")
    assert (ended.code, "E257" in ended.said, "--from examples/hubei" in ended.said) == (4, True, True), ended.said
    assert snapshot(base) == before
    assert "说明.md" in snapshot(made)


def test_targets_that_were_imported_before_are_kept_without_an_example(run: Run, made: Path) -> None:
    (made / "说明.md").unlink()
    shutil.rmtree(made / "rules")
    shutil.rmtree(made / ANSWERS)
    before = snapshot(made)
    assert "selfeval init" in run("forms", "2025").said
    ended = run("init", ".", "--unit", "另一个局", "--year", "2025")
    assert (ended.code, "已有的绩效目标表没有改动" in ended.out) == (0, True), ended.said
    after = snapshot(made)
    assert {name: after[name] for name in before} == before
    assert not (made / ANSWERS).exists()
    assert "示例" not in (made / "说明.md").read_text(encoding="utf-8")
    assert run("forms", "2025").code == 0


@pytest.mark.parametrize("what", ["the same again", "a year beside it"])
def test_nothing_is_ever_overwritten(run: Run, made: Path, what: str) -> None:
    before = snapshot(made)
    ended = run("init", made, *TOLD[:-1], "2026" if what == "a year beside it" else "2025")
    assert (ended.code, "E630" in ended.said) == (4, True)
    assert "inputs/settings.yaml" in ended.said
    assert "rules/2025.yaml" in ended.said
    assert snapshot(made) == before


def test_what_a_unit_has_in_the_folder_stays(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "绩效目标.pdf").write_bytes(b"%PDF")
    monkeypatch.chdir(tmp_path)
    assert run("init", ".", *TOLD).code == 0
    assert (tmp_path / "绩效目标.pdf").read_bytes() == b"%PDF"
    assert (tmp_path / "rules/2025.yaml").is_file()
    (tmp_path / "另一个").mkdir()
    (tmp_path / "另一个/说明.md").write_text("我的", encoding="utf-8")
    ended = run("init", "另一个", *TOLD)
    assert (ended.code, "说明.md" in ended.said) == (4, True)
    assert snapshot(tmp_path / "另一个") == {"说明.md": "我的".encode()}


def test_an_init_that_could_not_write_leaves_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[Path] = []
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        moved.append(self)
        if len(moved) == 5:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    ended = run("init", tmp_path / "新", *TOLD)
    assert (ended.code, "E603" in ended.said) == (4, True)
    assert list(tmp_path.iterdir()) == []


def test_a_killed_init_is_finished_by_the_next(
    run: Run, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, ready = tmp_path / "新", next(iter(_left(tmp_path / "新", snapshot(template), monkeypatch)))
    assert ready.suffix == READY
    assert not (folder / "rules").exists()
    ended = run("init", folder, *TOLD)
    assert "E630" in ended.said  # it is whole now
    assert snapshot(folder) == snapshot(template)


def _left(folder: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What a run leaves that was killed when half of its files were in place."""

    class Killed(BaseException):
        pass

    def stop(*_: object) -> None:
        raise Killed

    replace, moved = Path.replace, list[Path]()

    def some(self: Path, target: Path) -> Path:
        moved.append(self)
        if len(moved) == 3:
            raise Killed
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", some)
        patched.setattr("selfeval.packages.sets._put_back", lambda *_: None)
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Killed):
            write_new(folder, files, folder.parent)
    return list(folder.glob(f".*{READY}"))


def test_whoever_sits_at_a_terminal_is_asked(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str | None]] = []
    answers = iter(["", "清源\x07局", UNIT, "412 001", "412001", "25", "二〇二五", "２０２５年度", "工作"])

    def prompt(what: str, default: str | None = None, **_: object) -> str:
        asked.append((what, default))
        return next(answers) if default is not None else next(filter(None, answers))  # as typer, which says nothing

    monkeypatch.setattr(typer, "prompt", prompt)
    monkeypatch.setattr(init, "_somebody_there", lambda: True)
    monkeypatch.chdir(tmp_path)
    ended = run("init")
    assert ended.code == 0, ended.said
    assert "没有填写：单位名称写全称" in ended.err
    assert "“25”不行：年度写四位数字" in ended.err
    assert [what[:4] for what, _ in asked] == ["单位名称"] * 3 + ["单位编码"] * 2 + ["评价哪个"] * 3 + ["工作文件"]
    assert asked[-1][1] == f"{UNIT}绩效自评"
    assert asked[3][1] is not None  # one of its own for a unit that has none
    assert asked[3][1].startswith("自编")
    assert (tmp_path / "工作/rules/2025.yaml").is_file()


def test_without_anybody_to_ask_the_whole_command_is_shown(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for told in ((), ("新",), ("新", "--unit", UNIT), TOLD):
        ended = run("init", *told)
        assert (ended.code, "E631" in ended.said) == (2, True)
        assert "selfeval init 文件夹 --unit-code 412001 --unit 清源县文化和旅游局 --year 2025" in ended.said
    assert json.loads(run("init", "--format", "json").out)["problems"][0]["code"] == "E631"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "wrong", [("--year", "25"), ("--year", "二〇二五"), ("--unit", "12"), ("--unit", "甲" * 61), ("--unit-code", "4/1")]
)
def test_what_cannot_be_is_said_with_what_would_do(run: Run, tmp_path: Path, wrong: tuple[str, str]) -> None:
    ended = run("init", tmp_path / "新", *TOLD, *wrong)
    assert (ended.code, "E632" in ended.said, wrong[0] in ended.said) == (2, True, True)
    assert list(tmp_path.iterdir()) == []


def test_a_unit_without_a_code_gets_one_of_its_own(run: Run, tmp_path: Path) -> None:
    ended = run("init", tmp_path / "新", "--unit", '甲: "局" #1', "--year", "2024", "--format", "json")
    made = json.loads(ended.out)
    assert (ended.code, made["unit_code"][:2], made["year"]) == (0, "自编", 2024)
    assert read_settings(tmp_path / "新/inputs/settings.yaml", "s")[0].unit == '甲: "局" #1'
    assert run("rules", "check", "--workspace", tmp_path / "新").code == 0


def test_outside_a_workspace_commands_point_to_init(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (("forms", "2025"), ("score", "2025"), ("rules", "check"), ("status", "2025")):
        ended = run(*command)
        assert "E601" in ended.said
        assert "selfeval init" in ended.said
    (tmp_path / "rules").mkdir()
    assert "selfeval import" in run("forms", "2025").said
