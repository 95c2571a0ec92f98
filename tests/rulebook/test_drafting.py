"""A new year's rulebook: usable at once, for its own year only, and with a list of what to look at."""

from __future__ import annotations

from dataclasses import replace

from selfeval.rulebook.loading import load, load_year
from selfeval.rulebook.writing.drafting import draft, review_list
from tests.rulebook.workbench import Workbench


def test_a_draft_can_be_used_for_its_year_and_leaves_last_years_overrides_behind(bench: Workbench) -> None:
    base, _ = load(bench.path(), bench.root)
    assert base is not None
    bench.write(draft(2025, base), "2025.yaml")
    made, problems = load_year(bench.rules, 2025, bench.root)
    assert problems == ()
    assert made is not None
    assert (made.in_force.start, made.in_force.end, made.overrides) == (2025, 2025, {})
    assert made.kinds["deadline"].curve == base.kinds["deadline"].curve
    assert made.title == "2025年度项目支出绩效自评规则（未经本单位审定）"
    for mark in ("", "（未经本单位审定）"):  # the one before was approved, or was not
        text = draft(2025, replace(base, title=f"某局2024年度自评规则{mark}"))
        assert 'title: "某局2025年度自评规则（未经本单位审定）"\n' in text
        assert "审定以后，把 title 里的“（未经本单位审定）”删去" in text


def test_the_review_list_names_conventions_unread_sources_and_overrides(bench: Workbench) -> None:
    base, _ = load(bench.path(), bench.root)
    assert base is not None
    said = "\n".join(review_list(base))
    assert "时限" in said
    assert "财预〔2020〕10号" in said
    assert "5个指标" in said
