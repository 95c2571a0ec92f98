"""The shelf: what comes with selfeval is extended by name, a workspace's own first, and says where it is from."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.rulebook import shelf
from selfeval.rulebook.finding import named_rulebook, not_named
from selfeval.rulebook.loading import load, load_all, point_at, resolved_lines
from selfeval.rulebook.shelf import SHIPPED, on_shelf, rule_name, rule_path
from selfeval.rulebook.soundness.lint import lint
from selfeval.rulebook.trying.trial import run_cases
from tests.rulebook.workbench import RULES, one

HEAD = "id: {id}\ntitle: 试\nin_force: {{from: 2025}}\n"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The folder of rules of a workspace that holds none of selfeval's."""
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


def write(rules: Path, name: str, extends: str, body: str = "") -> Path:
    path = rules / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{HEAD.format(id=path.stem)}extends: {extends}\n{body}", encoding="utf-8")
    return path


def files(path: Path, root: Path) -> list[str]:
    rulebook, problems = load(path, root)
    assert rulebook is not None, problems
    return [file.path for file in rulebook.files]


@pytest.mark.parametrize("name", ["2025", "regions/hunan/dept"])
@pytest.mark.parametrize("parent", ["national-2020", "central-2021", "examples/hubei"])
def test_what_comes_with_selfeval_is_extended_by_name(name: str, parent: str, rules: Path) -> None:
    path = write(rules, name, parent)
    assert files(path, rules.parent)[0] == f"{SHIPPED}/national-2020.yaml"
    assert files(path, rules.parent)[-2:] == [f"{SHIPPED}/{parent}.yaml", f"rules/{name}.yaml"]
    assert not [found for found in lint(path, rules.parent) if found.code.startswith("E")]


def test_a_copy_of_an_example_finds_its_parent_by_the_way_that_it_writes(rules: Path) -> None:
    (rules / "examples").mkdir()
    copy = rules / "examples/hubei.yaml"
    copy.write_bytes((RULES / "examples/hubei.yaml").read_bytes())
    assert files(copy, rules.parent) == [f"{SHIPPED}/national-2020.yaml", "rules/examples/hubei.yaml"]


def test_a_workspaces_own_file_of_the_same_name_comes_first_for_all(rules: Path) -> None:
    own = rules / "national-2020.yaml"
    own.write_bytes((RULES / "national-2020.yaml").read_bytes().replace(b"points: 50", b"points: 50 "))
    child = write(rules, "2025", "central-2021")
    middle = f"{SHIPPED}/central-2021.yaml"
    assert files(child, rules.parent) == ["rules/national-2020.yaml", middle, "rules/2025.yaml"]
    assert on_shelf(rules)["national-2020"] == own
    assert named_rulebook(rules, "national-2020") == own


def test_every_value_and_every_fault_says_where_it_is_from_and_no_folder_of_a_machine(rules: Path) -> None:
    root = rules.parent
    path = write(rules, "2025", "national-2020", "levels: [{id: partly, default: 65%}]\n")
    origins = {where: origin for where, _, origin in resolved_lines(load_all(path, root).root)}
    assert origins["levels[partly].default"] == "rules/2025.yaml:5"
    assert origins["levels[partly].low"].startswith(f"{SHIPPED}/national-2020.yaml:")
    assert {origin.rpartition(":")[0] for origin in origins.values()} == {
        f"{SHIPPED}/national-2020.yaml",
        "rules/2025.yaml",
    }
    found = one(lint(path, root), "I201")
    assert found.place.file == f"{SHIPPED}/national-2020.yaml"
    assert "mof-2020-10" in point_at(found, root)[0]


def test_names_lead_back_to_files(rules: Path) -> None:
    root = rules.parent
    for path in on_shelf(rules).values():
        assert rule_path(rule_name(path, root), root) == path
        assert rule_name(path, root).startswith(f"{SHIPPED}/")


def test_the_year_of_one_unit_is_nobodys_base(rules: Path) -> None:
    path = write(rules, "2025", "2024")
    found = one(lint(path, rules.parent), "E212")
    assert "national-2020" in found.remedy
    assert "examples/hubei" in found.remedy
    assert "2024" not in on_shelf(rules)
    assert named_rulebook(rules, "2024") is None


def test_a_mistyped_name_finds_the_nearest_on_the_whole_shelf(rules: Path) -> None:
    assert "是否应为“central-2021”" in not_named(rules, "centrl-2021").message
    assert named_rulebook(rules, "hubei") == RULES / "examples/hubei.yaml"


def test_no_name_leads_out_of_what_comes_with_selfeval(rules: Path) -> None:
    path = write(rules, "2025", "../pyproject")
    assert one(lint(path, rules.parent), "E212").place.file == "rules/2025.yaml"


def test_a_file_elsewhere_extends_what_the_workspace_has_and_then_what_selfeval_has(
    rules: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = write(tmp_path_factory.mktemp("elsewhere"), "mine", "national-2020")
    assert files(elsewhere, rules.parent) == [f"{SHIPPED}/national-2020.yaml", "mine.yaml"]
    (rules / "national-2020.yaml").write_bytes((RULES / "national-2020.yaml").read_bytes())
    assert files(elsewhere, rules.parent) == ["rules/national-2020.yaml", "mine.yaml"]


def test_the_cases_beside_a_rulebook_of_selfeval_run_anywhere(rules: Path) -> None:
    ran = run_cases(on_shelf(rules)["examples/hubei"], rules.parent)
    assert ran.passed
    assert ran.results


def test_a_package_that_lies_in_the_workspace_is_still_selfevals(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = rules.parent / ".venv/lib/site-packages/selfeval/rulebook/base"
    packed.mkdir(parents=True)
    (packed / "national-2020.yaml").write_bytes((RULES / "national-2020.yaml").read_bytes())
    monkeypatch.setattr(shelf, "_PACKED", packed)
    path = write(rules, "2025", "national-2020")
    assert files(path, rules.parent) == [f"{SHIPPED}/national-2020.yaml", "rules/2025.yaml"]
