"""Printed paths are right from where one stands, and a workspace is found from the folders in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from selfeval.cli.terminal.manner import begin, suggested
from tests.cli.conftest import Run

_PATH = re.compile(
    r"[^\s（“：；、，]*(?:inputs|outputs|rules)/(?:2024[^\s/（]*/(?=（)|[^\s\[，；：。]*?\.(?:xlsx|yaml))"
)


def paths(said: str) -> list[Path]:
    """All paths of the workspace in what was printed."""
    return [*map(Path, _PATH.findall(said))]


@pytest.mark.parametrize(
    ("stand", "where"), [(".", ""), ("inputs/2024/forms", ""), ("rules/examples", ""), ("..", "{name}")]
)
def test_printed_paths_lead_from_here_to_the_files(
    run: Run, workspace: Path, stand: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace / stand)
    named = ["--workspace", where.format(name=workspace.name)] if where else []
    for arguments in (("check", "2024"), ("explain", "2024", "1-01"), ("score", "2024", "--project", "1")):
        ran = run(*arguments, *named)
        assert ran.code == 0
        found = paths(ran.out)
        assert found
        for path in found:
            assert path.exists(), ran.out
    assert (workspace / "outputs/2024-部分/results.csv").is_file()
    assert f"{workspace.name}/inputs" not in (workspace / "outputs/2024-部分/problems.csv").read_text("utf-8")


def test_what_cannot_be_written_is_named_from_here(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.parent)
    (workspace / "outputs").write_text("in the way", encoding="utf-8")
    ran = run("score", 2024, "--workspace", workspace.name)
    assert (ran.code, f"无法写入 {workspace.name}/outputs" in ran.err) == (4, True)
    ran = run("score", 2024, "--workspace", workspace.name, "--out", f"{workspace.name}/rules")
    assert (ran.code, f"无法写入 {workspace.name}/rules/：" in ran.err) == (4, True)


def test_what_one_typed_is_shown_as_typed(
    run: Run, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "别处").mkdir()
    monkeypatch.chdir(tmp_path / "别处")
    ran = run("score", 2024, "--reported", "inputs/没有", "--workspace", workspace)
    assert "没有找到文件 ./inputs/没有\n" in ran.err
    ran = run("rules", "doc", 2024, "--as", "md", "--out", "outputs/细则", "--workspace", workspace)
    assert "./outputs/细则/评分细则-2024.md" in ran.out
    assert Path("outputs/细则/评分细则-2024.md").is_file()


def test_a_folder_that_is_named_is_never_left(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workspace / "空的").mkdir()
    monkeypatch.chdir(workspace)
    ran = run("check", 2024, "--workspace", "空的")
    assert ran.code == 3
    assert "文件夹 空的 缺少rules、inputs文件夹" in ran.err
    assert "文件夹 没有的 不存在" in run("check", 2024, "--workspace", "没有的").err


def test_a_new_folder_with_rules_is_no_part_of_the_workspace_above(
    run: Run, workspace: Path, project_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = workspace / "新单位"
    (new / "rules").mkdir(parents=True)
    monkeypatch.chdir(new)
    document = project_root / "examples/承德市司法局2024/部门预算绩效文本.txt"
    assert run("import", document, "--year", 2024).code == 0
    assert (new / "inputs/2024/targets.xlsx").is_file()


def test_a_suggested_command_is_about_the_workspace_that_was_named(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace.parent)
    ran = run("status", 2024, "--workspace", workspace.name)
    assert f"selfeval forms --workspace {workspace.name} 2024 --due 日期" in ran.out
    ran = run("explain", 2024, 1, f"--workspace={workspace.name}")
    suggested = re.findall(r"：selfeval (explain .*)", ran.out)
    assert suggested
    assert run(*suggested[-1].split()).code == 0
    workspace.rename(workspace.with_name("有 空格"))
    ran = run("score", 2025, "--workspace", "有 空格")
    assert 'selfeval import --workspace "有 空格" ' in ran.err
    monkeypatch.chdir("有 空格")
    assert "--workspace" not in run("status", 2024).out


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "请运行 selfeval rules new 2025 --from 2024，核对",
            "请运行 selfeval rules new --workspace 甲 2025 --from 2024，核对",
        ),
        ("见 selfeval check，加 --write", "见 selfeval check --workspace 甲，加 --write"),
        ("不像是 selfeval score 的结果", "不像是 selfeval score 的结果"),
        ("用 selfeval --help 查看", "用 selfeval --help 查看"),
        ("运行 selfeval score 2024 --workspace 乙", "运行 selfeval score 2024 --workspace 乙"),
        ("selfeval 0.1", "selfeval 0.1"),
    ],
)
def test_only_commands_are_completed(said: str, shown: str) -> None:
    begin(["score", "--workspace", "甲"])
    assert suggested(said) == shown
    begin(["score"])
    assert suggested(said) == said
