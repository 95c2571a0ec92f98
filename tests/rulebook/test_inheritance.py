"""A rulebook says only what differs; everything knows where it was written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from selfeval.domain.curves import share_of
from selfeval.rulebook.finding import named_rulebook
from selfeval.rulebook.loading import as_text, load, resolve, resolved_lines
from selfeval.rulebook.shelf import every_rulebook
from tests.rulebook.workbench import Workbench, one


def test_mappings_merge_by_key_and_named_items_by_name(bench: Workbench) -> None:
    bench.child(
        "kinds: {at_least: {attention: {flag_from: 150%}}}\n"
        "levels: [{id: partly, default: 65%}]\n"
        "overrides: [{indicator: 13080023P00044010010X-01, because: 另有原因}]\n"
    )
    rulebook, problems = load(bench.path("2025.yaml"), bench.root)
    assert problems == ()
    assert rulebook is not None
    attention = rulebook.kinds["at_least"].attention
    assert (attention.flag_from, attention.reason_from) == (Fraction(3, 2), Fraction(13, 10))
    assert [level.default for level in rulebook.levels] == [1, Fraction(13, 20), Fraction(3, 10)]
    changed = rulebook.overrides["13080023P00044010010X-01"]
    assert (changed.because, changed.target) == ("另有原因", "1套")
    assert len(rulebook.overrides) == 5


def test_other_lists_are_replaced_whole(bench: Workbench) -> None:
    bench.child("kinds: {deadline: {curve: [{from: 0, share: 1}, {from: 1, share: 50%}]}}\n")
    rulebook, _ = load(bench.path("2025.yaml"), bench.root)
    assert rulebook is not None
    assert share_of(rulebook.kinds["deadline"].curve, Fraction(100)) == Fraction(1, 2)


def test_remove_takes_away_what_the_parent_wrote(bench: Workbench) -> None:
    bench.child(
        "remove: [overrides.13080023P00044010010X-01, recognise.bare_rate, kinds.at_least.attention.reason_from]\n"
    )
    rulebook, problems = load(bench.path("2025.yaml"), bench.root)
    assert problems == ()
    assert rulebook is not None
    assert len(rulebook.overrides) == 4
    assert "bare_rate" not in [entry.id for entry in rulebook.recognise]
    assert rulebook.kinds["at_least"].attention.reason_from is None


def test_a_blank_value_unsets_what_the_parent_wrote(bench: Workbench) -> None:
    bench.child("kinds:\n  at_least:\n    attention:\n      reason_from:\n")
    rulebook, problems = load(bench.path("2025.yaml"), bench.root)
    assert problems == ()
    assert rulebook is not None
    assert rulebook.kinds["at_least"].attention.reason_from is None


def test_removing_what_is_not_there_names_the_nearest(bench: Workbench) -> None:
    bench.child("remove: [recognise.bare_rates]\n")
    assert "recognise.bare_rate" in one(bench.lint("2025.yaml"), "E215").message


def test_a_parent_that_does_not_exist_names_the_nearest(bench: Workbench) -> None:
    bench.change("extends: national-2020", "extends: national-2021")
    found = one(bench.lint(), "E212")
    assert "national-2020" in found.message
    assert found.place.cell == f"第{bench.line_of('extends:')}行第10列"


def test_a_parent_outside_the_folder_is_not_looked_for(bench: Workbench) -> None:
    (bench.root / "secret.yaml").write_text("id: secret\n", encoding="utf-8")
    bench.change("extends: national-2020", "extends: ../secret")
    assert one(bench.lint(), "E212").place.file == "rules/2024.yaml"


def test_rulebooks_of_regions_stand_in_folders(bench: Workbench) -> None:
    folder = bench.rules / "regions" / "hunan"
    folder.mkdir(parents=True)
    head = "title: 湖南\nin_force: {from: 2025}\n"
    bench.write(f"id: base\n{head}extends: ../national-2020\n", "regions/hunan/base.yaml")  # two folders up: found
    for parent in ("base", "hunan/base", "../hunan/base", "regions/hunan/base"):
        bench.write(f"id: dept\n{head}extends: {parent}\n", "regions/hunan/dept.yaml")
        found, problems = load(folder / "dept.yaml", bench.root)
        assert problems == ()
        assert found is not None
        files = [file.path for file in found.files]
        assert files == ["rules/national-2020.yaml", "rules/regions/hunan/base.yaml", "rules/regions/hunan/dept.yaml"]
    assert named_rulebook(bench.rules, "hunan/dept") == folder / "dept.yaml"
    assert named_rulebook(bench.rules, "regions/hunan/dept") == folder / "dept.yaml"
    assert folder / "dept.yaml" in every_rulebook(bench.rules)


def test_a_missing_parent_of_a_region_says_where_it_would_have_to_stand(bench: Workbench) -> None:
    (bench.rules / "hunan").mkdir()
    bench.write("id: dept\ntitle: 湖南\nin_force: {from: 2025}\nextends: bas\n", "hunan/dept.yaml")
    found = one(bench.lint("hunan/dept.yaml"), "E212")
    assert "rules/hunan/bas.yaml" in found.remedy
    bench.write("id: base\ntitle: 湖南\nin_force: {from: 2025}\n", "hunan/base.yaml")
    assert "是否应为“base”" in one(bench.lint("hunan/dept.yaml"), "E212").message


@pytest.mark.parametrize("parent", ["../../secret", "../../../secret", "/etc/passwd", "examples/../../secret", "a//b"])
def test_no_name_leads_out_of_the_rules(bench: Workbench, parent: str) -> None:
    (bench.root / "secret.yaml").write_text("id: secret\n", encoding="utf-8")
    bench.write(f"id: x\ntitle: 试\nin_force: {{from: 2025}}\nextends: {parent}\n", "examples/x.yaml")
    assert one(bench.lint("examples/x.yaml"), "E212").place.file == "rules/examples/x.yaml"


def test_a_circle_of_parents_is_shown(bench: Workbench) -> None:
    bench.change("id: national-2020", "id: national-2020\nextends: 2024", "national-2020.yaml")
    assert "2024 → national-2020 → 2024" in one(bench.lint(), "E213").message


def test_a_fault_in_the_parent_names_the_parents_file(bench: Workbench) -> None:
    bench.change("measure: ratio", "measure: ratoi", "national-2020.yaml")
    found = one(bench.lint(), "E211")
    assert found.place.file == "rules/national-2020.yaml"
    assert "是否应为“ratio”" in found.message


def test_a_name_given_twice_is_refused(bench: Workbench) -> None:
    bench.change("  - id: bare_count", "  - id: bare_rate")
    assert "bare_rate" in one(bench.lint(), "E214").message


def test_every_resolved_value_shows_its_file_and_line(bench: Workbench) -> None:
    resolved = resolve(bench.path(), bench.root).root
    values = {path: (value, origin) for path, value, origin in resolved_lines(resolved)}
    line = bench.line_of("default: 70%")
    assert values["levels[partly].default"] == ("70%", f"rules/2024.yaml:{line}")
    line = bench.line_of("low: 60%", "national-2020.yaml")
    assert values["levels[partly].low"] == ("60%", f"rules/national-2020.yaml:{line}")
    assert f"levels[partly].low: 60%  # rules/national-2020.yaml:{line}" in as_text(resolved)


def test_rules_carry_their_lines_and_files_their_hashes(bench: Workbench) -> None:
    rulebook, _ = load(bench.path(), bench.root)
    assert rulebook is not None
    assert [file.path for file in rulebook.files] == ["rules/national-2020.yaml", "rules/2024.yaml"]
    assert all(len(file.sha256) == 64 for file in rulebook.files)
    assert str(rulebook.kinds["deadline"].origin) == f"rules/2024.yaml:{bench.line_of('  deadline:')}"


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("kinds: {at_most: {measure: excess, curve: [{from: 0, share: measure}]}}", "at_most"),
        ("execution: {measure: per_unit, deduct: {points: 1}, curve: [{from: 0, share: measure}]}", "execution"),
        ("levels: [{id: partly, default: 65%}]", "levels"),
    ],
)
def test_a_note_about_another_way_to_score_does_not_outlive_it(written: str, part: str, bench: Workbench) -> None:
    bench.write(f"id: 2025\ntitle: 试\nextends: national-2020\nin_force: {{from: 2025}}\n{written}\n", "2025.yaml")
    found, problems = load(bench.path("2025.yaml"), bench.root)
    assert problems == ()
    assert found is not None
    notes = {"at_most": found.kinds["at_most"].note, "execution": found.execution.note, "levels": found.levels[1].note}
    assert [name for name, note in notes.items() if not note] == [part]
