"""Faults of the options that printed regimes need: each provoked by a small rulebook, at its line."""

from __future__ import annotations

import pytest

from tests.rulebook.workbench import Workbench, one

AT_LEAST = (
    "kinds:\n  at_least:\n    variants:\n      - id: v\n        level1: [产出指标]\n        sources: [mof-2020-10]\n"
)
PER_UNIT = "        measure: per_unit\n        curve: [{from: 0, share: measure}]\n"
LEVELS = "kinds:\n  qualitative:\n    variants:\n      - id: v\n        level2: [甲]\n        sources: [mof-2020-10]\n"

TWICE = """\
        when_category:
          - {categories: [其他], curve: [{from: 0, share: 1}]}
          - {categories: [其他], curve: [{from: 0, share: 0}]}
"""

FAULTS = [
    # what is written, the code, words of the message
    (
        f"{AT_LEAST}        curve: [{{above: 10%, share: 0}}, {{from: 10%, share: 1}}]\n",
        "E224",
        "第2项 from: 10%，不大于前一项的10%",
    ),
    (
        f"{AT_LEAST}        curve: [{{above: 10%, share: 0}}, {{above: 10%, share: 1}}]\n",
        "E224",
        "第2项 above: 10%，不大于前一项的10%",
    ),
    (f"{AT_LEAST}        curve: [{{from: 0, above: 10%, share: 0}}]\n", "E210", "above"),
    (f"{AT_LEAST}        curve: [{{above: 10%, share: 3/2}}]\n", "E211", "2/3"),
    (f"{AT_LEAST}{PER_UNIT}        deduct: {{points: 1, above: 90%}}\n", "E240", "起扣的数用 below"),
    (f"{AT_LEAST}{PER_UNIT}        deduct: {{points: 1, below: 九成}}\n", "E211", "如90%"),
    (f"{AT_LEAST}        when: {{evidence_missing: 120%}}\n", "E211", "50%"),
    (f"{AT_LEAST}        when: {{evidence_missing: full}}\n", "E211", "zero"),
    (
        f"{AT_LEAST}        when_category: [{{categories: [], curve: [{{from: 0, share: 1}}]}}]\n",
        "E209",
        "缺少“categories”（偏差类别）",
    ),
    (
        f"{AT_LEAST}{TWICE}",
        "E214",
        "“其他”在第",
    ),
    (f"{AT_LEAST}        when_category: [{{categories: [其他], curve: []}}]\n", "E224", "没有写一档"),
    (f"{AT_LEAST}        levels: [{{label: 好, share: 100%}}]\n", "E225", "不选档次"),
    (f"{LEVELS}        levels: [{{label: 好, share: 80%}}, {{label: 坏, share: 80%}}]\n", "E225", "应低于前一档"),
    (
        f"{LEVELS}        levels: [{{label: 好, share: 80%}}, {{label: 坏, share: 0, words: [好]}}]\n",
        "E225",
        "同时属于",
    ),
    (f"{LEVELS}        levels: [{{label: 好, share: 80%, low: 90%}}]\n", "E226", "90%"),
]


_SOURCES = "sources: [choices]"
FAULTS += [
    (f"department: {{sections: [{{id: duties, points: {points}}}]}}\n", "E265", said)
    for points, said in ((80, "相加是90.00"), (0, "相加是10.00"))
]
FAULTS += [
    (f"department: {{sections: [{{id: more, label: 其他, points: 0, {_SOURCES}}}]}}\n", "E265", "只能有一个部分不写"),
    ("department: {sections: [{id: duties, extra: bonus}]}\n", "E265", "写了 extra 或 if_empty"),
    ("department: {sections: [{id: duties, sources: []}]}\n", "E228", ""),
]


def test_sections_of_a_department_that_a_child_cannot_use_count_for_nothing(bench: Workbench) -> None:
    bench.child("department: {enabled: false}\n")
    assert not [found for found in bench.lint("2025.yaml") if found.code == "E265"]


@pytest.mark.parametrize(("body", "code", "said"), FAULTS)
def test_a_fault_is_said_where_it_stands(body: str, code: str, said: str, bench: Workbench) -> None:
    bench.child(body)
    found = one(bench.lint("2025.yaml"), code)
    assert said in found.message + found.remedy
    assert found.place.file == "rules/2025.yaml"


def test_a_category_that_no_form_offers_is_doubtful(bench: Workbench) -> None:
    bench.child(f"{AT_LEAST}        when_category: [{{categories: [指标值偏低], curve: [{{from: 0, share: 1}}]}}]\n")
    assert "是否应为“指标值偏低或偏高”" in one(bench.lint("2025.yaml"), "W221").message


def test_a_band_that_begins_above_all_that_can_be_is_never_reached(bench: Workbench) -> None:
    bench.change("  at_most:", "  at_most:\n    curve: [{from: 0, share: measure}, {above: 100%, share: 0}]")
    assert "最大为1" in one(bench.lint(), "W202").message
