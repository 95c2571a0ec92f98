"""Every fault of a rulebook: provoked, at its line, with the nearest word."""

from __future__ import annotations

import pytest

from selfeval.domain.targets import INDICATORS, Targets
from selfeval.rulebook.loading import load, load_year, point_at
from selfeval.rulebook.trying.cases import RuleCase
from selfeval.rulebook.trying.explaining import explain_text
from tests.rulebook.workbench import RULES, Workbench, bare, one

PARENT = "national-2020.yaml"
C21 = "central-2021.yaml"
PER_UNIT = "examples/per-unit-deduction.yaml"
ROUNDED = "examples/rounded-points.yaml"


SHIPPED = sorted(path.relative_to(RULES).as_posix() for path in RULES.rglob("*.yaml") if "." not in path.stem)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_rulebooks_have_no_fault_and_no_doubt(name: str, bench: Workbench) -> None:
    uncapped = name in {"examples/uncapped.yaml", "examples/shidian.yaml"}
    meant = {"I201", "W270"} if uncapped else {"I201"}  # uncapped scores are to be known of
    assert {found.code for found in bench.lint(name)} <= meant


FAULTS = [
    # code, file, old text, new text, text on the faulty line (after the change), what the message says
    ("E210", "2024.yaml", "because: 指标值写作“实际金额”", "becuase: 甲", "becuase", "是否应为“because”"),
    ("E210", "2024.yaml", "{flag_from: 120%", "{flag_form: 120%", "flag_form", "flag_from"),
    ("E211", "2024.yaml", "kind: judged", "kind: judge", "kind: judge", "是否应为“judged”"),
    ("E211", "2024.yaml", "default: 70%", "default: 七成", "default: 七成", "如 0.8 或 80%"),
    ("E211", "2024.yaml", "{from: 31, share: 60%}", "{from: 31, share: 160%}", "160%", "0到1之间"),
    ("E211", "2024.yaml", "{from: 31, share: 60%}", "{from: 三十, share: 60%}", "from: 三十", "“三十”，应为一个数"),
    ("E210", "2024.yaml", "{from: 31, share: 60%}", "{from: 31, shares: 60%}", "shares", "是否应为“share”"),
    ("E211", "2024.yaml", "      - {from: 31, share: 60%}", "      - 60%", "- 60%", "键: 值"),
    ("E211", "2024.yaml", "from: 2024", "from: 24", "from: 24", "四位年份"),
    ("E211", PARENT, "points: 50", "points: 50.005", "50.005", "最多两位小数"),
    ("E211", PARENT, "    verified: false", "    verified: no", "    verified: no", "true 或 false"),
    ("E211", PARENT, "levels1: [产出指标, 项目产出]", "levels1: 产出指标", "levels1: 产出指标", "一个列表"),
    ("E211", PARENT, "high_included: true", 'high_included: "maybe"', "maybe", "true 或 false"),
    ("E218", PARENT, "points: 50", "points: 40", "sections:", "90.00"),
    ("E219", PARENT, "[效益指标, 效果指标", "[效益指标, 产出指标", "[效益指标, 产出", "产出指标"),
    ("E220", PARENT, "section: execution", "section: excution", "section: excution", "是否应为“execution”"),
    ("E220", "2024.yaml", "sources: [mof-2020-10, unit-2024]", "sources: [mof-2020-11]", "mof-2020-11", "mof-2020-10"),
    ("E221", PARENT, "    levels1: [效益指标, 效果指标, 项目效益, 项目效果]\n", "", "id: benefit", "效益指标"),
    ("E222", PARENT, "measure: inverse_ratio", "measure: level", "measure: level", "excess"),
    ("E224", "2024.yaml", "{from: 91, share: 0}", "{from: 30, share: 0}", "{from: 30, share: 0}", "不大于前一项"),
    ("E224", "2024.yaml", "{from: 91, share: 0}", "{at: 91, share: 0}", "    curve:", "混在一起"),
    ("E225", PARENT, "low: 80%", "low: 85%", "high: 80%", "85%"),
    ("E225", PARENT, "words: [部分达成,", "words: [达成,", "words: [达成, 部分完成", "达成"),
    ("E226", "2024.yaml", "default: 70%", "default: 80%", "default: 80%", "80%"),
    ("E270", PARENT, "  section: execution", "  section: output", "  section: output", "产出指标"),
    ("E271", ROUNDED, "    points: 5\n", "    points: 5.05\n", "  - id: bonus", "5.05"),
    ("E272", ROUNDED, "    levels1: [加分项]\n", "", "    extra: bonus", "一级指标"),
    ("E272", ROUNDED, "    points: 10\n", "    points: 0\n", "    extra: deduction", "扣不了分"),
    ("E240", ROUNDED, "  deduct: {points: 2, every: 5, part: ignored}\n", "", "  measure: per_unit", "没有写 deduct"),
    ("E211", ROUNDED, "rounding: {to: 0.1,", "rounding: {to: 0.5,", "rounding: {to: 0.5", "0.01、0.1 或 1"),
    ("W270", "examples/uncapped.yaml", "cap: none", "cap: none", "cap: none", "超过分值"),
    ("W271", "examples/uncapped.yaml", "          - {from: 0, share: measure}", "          - {from: 0, share: 1}", "cap: none", "不会超过"),  # noqa: E501
    ("W272", PARENT, "not_applicable: within_section", "not_applicable: within_section\ntotal_cap: none", "total_cap: none", "不起作用"),  # noqa: E501
    ("E227", PARENT, "{label: 差, lowest: 0}", "{label: 差, lowest: 10}", "  scale:", "应为 0"),
    ("E227", PARENT, "{label: 良, lowest: 80}", "{label: 良, lowest: 95}", "lowest: 95", "应低于"),
    ("E228", "2024.yaml", "  judged:\n    sources: [unit-2024]", "  judged:\n    sources: []", "  judged:", "judged"),
    ("E229", "2024.yaml", "to: 2024", "to: 2023", "in_force:", "2023"),
    ("E230", "2024.yaml", "id: 2024", "id: 2042", "id: 2042", "2042"),
    ("E231", "2024.yaml", "  - id: bare_cost", "  - {id: empty, kind: range}\n  - id: bare_cost", "id: empty", "empty"),
    ("E232", PARENT, "words: [等于]", "words: [等于, 不低于]", "id: equal_word", "不低于"),
    ("E234", "2024.yaml", "target: 1套", "target: 好几套", "target: 好几套", "好几套"),
    ("E211", C21, "measure: rate", "measure: rat", "measure: rat", "rate"),
    ("E222", C21, "measure: rate", "measure: excess", "measure: excess", "ratio"),
    ("E224", C21, "        curve:\n          - {from: 0, share: 0}\n          - {from: 60%, share: 50%}\n          - {from: 80%, share: 80%}\n          - {from: 90%, share: 100%}\n", "", "measure: rate", "没有写计分标准"),  # noqa: E501
    ("E224", PER_UNIT, "          - {from: 0, share: measure}", "          - {from: 0, share: 1}", "        curve:", "扣分不起作用"),  # noqa: E501
    ("E228", C21, "        sources: [mof-2021-101]\n        note: 满意度", "        sources: []\n        note: 满意度", "      - id: satisfaction", "variants.satisfaction"),  # noqa: E501
    ("E220", C21, "{to: output, points: 10}", "{to: outputs, points: 10}", "to: outputs", "output"),
    ("E243", C21, "{to: output, points: 10}", "{to: output, points: 9}", "    if_empty:", "19.00"),
    ("E238", PER_UNIT, "        unit: [rate]\n", "", "id: points_over", "points_over"),
    ("E239", PER_UNIT, "      - id: points_over", "      - {id: twice, unit: [rate], sources: [example]}\n      - id: points_over", "- id: points_over", "twice"),  # noqa: E501
    ("E240", PER_UNIT, "        deduct: {points: 1, every: 1, part: whole}\n", "", "measure: per_unit", "没有写 deduct"),  # noqa: E501
    ("E240", PER_UNIT, "deduct: {points: 0.5, every: 1}", "deduct: {points: 0, every: 1}", "points: 0,", "大于 0"),
    ("E240", PARENT, "measure: inverse_ratio", "measure: excess\n    deduct: {points: 1}", "deduct:", "用不到"),
    ("E244", PARENT, "    seen: 公开网页转引，2026年11月\n", "", "quote: 优", "没有写 seen"),
    ("E244", PARENT, "    note: 规定了分值构成", "    article: 第三条\n    note: 规定了分值构成", "article: 第三条", "verified: false"),  # noqa: E501
    ("W202", PARENT, "{from: 1, share: 1}", "{from: 1, share: 1}\n    - {from: 2, share: 0}", "", ""),
    ("W203", "2024.yaml", "  - id: targets-2024", "  - {id: no, title: 甲, verified: true}\n  - id: targets-2024", "id: no", "no"),  # noqa: E501
    ("W204", PARENT, "measure: inverse_ratio", "measure: excess\n    attention: {flag_from: 2}", "flag_from: 2", "at_most"),  # noqa: E501
]  # fmt: skip


@pytest.mark.parametrize(("code", "file", "old", "new", "line", "says"), FAULTS)
def test_each_fault_is_named_at_its_line(
    code: str, file: str, old: str, new: str, line: str, says: str, bench: Workbench
) -> None:
    if code == "W202":
        bench.change(
            "curve:\n      - {from: 0, share: 100%}",
            "curve:\n      - {from: -5, share: 1}\n      - {from: 0, share: 100%}",
        )
        line, says = "from: -5", "最小为 0"
    else:
        bench.change(old, new, file)
    problems = bench.lint("2024.yaml" if file == PARENT else file)
    found = [problem for problem in problems if problem.code == code]
    assert found, [(problem.code, problem.message) for problem in problems]
    assert any(bare(says) in bare(one.message) for one in found)
    assert found[0].place.file == f"rules/{file}" or code == "W202"
    assert found[0].place.cell.startswith(f"第{bench.line_of(line, found[0].place.file[6:])}行")


def test_a_kind_that_no_rule_names_is_no_fault_until_a_target_needs_it(bench: Workbench) -> None:
    bench.change("extends: national-2020\n", "extends: national-2020\nremove: [kinds.range]\n")
    text = bench.path().read_text(encoding="utf-8")
    start = text.index("  range:\n")
    bench.write(text[:start] + text[text.index("  deadline:\n") :])
    assert not [found for found in bench.lint() if found.code.startswith("E")]
    rulebook, _ = load(bench.path(), bench.root)
    assert rulebook is not None
    reading = explain_text(RuleCase(name="试算", target="90%-95%"), rulebook, 2024)
    assert (reading.kind, reading.rule) == ("range", None)
    assert [found.code for found in reading.problems] == ["E516"]


def test_an_unknown_kind_names_the_nearest(bench: Workbench) -> None:
    bench.change("  deadline:\n    curve", "  deadlines:\n    label: 时限\n    curve")
    assert "deadline" in one(bench.lint(), "E220").message


def test_faults_come_all_at_once(bench: Workbench) -> None:
    bench.change("kind: judged", "kind: judge")
    bench.change("default: 70%", "default: 七成")
    bench.change("flag_from: 120%", "flag_form: 120%")
    assert [found.code for found in bench.lint()] == ["E210", "E211", "E211"]


def test_an_override_of_an_indicator_that_does_not_exist_names_the_nearest(bench: Workbench) -> None:
    rows = [{"indicator": one} for one in ("13080023P000242100025-01", "13080023P000242100025-04")]
    rows += [{"indicator": one} for one in ("13080023P00044010010X-01", "13080024P00010910005H-03")]
    targets = Targets(2024, indicators=INDICATORS.rows([*rows, {"indicator": "13080024P000108100048-05"}]))
    found = one(bench.lint(targets=targets), "E233")
    assert "13080024P000108100048-05" in found.message
    assert found.place.cell.startswith(f"第{bench.line_of('13080024P000108100048-04')}行")


def test_an_unverified_source_is_said(bench: Workbench) -> None:
    assert "mof-2020-10" in one(bench.lint(), "I201").message


def test_a_fault_can_be_shown_with_its_line_and_a_caret(bench: Workbench) -> None:
    bench.change("kind: judged", "kind: judge")
    line, caret = point_at(one(bench.lint(), "E211"), bench.root)
    assert line.endswith("    kind: judge")
    assert line[caret.index("^") :] == "judge"


def test_a_year_without_a_rulebook_names_the_command(bench: Workbench) -> None:
    rulebook, (found,) = load_year(bench.rules, 2025, bench.root)
    assert rulebook is None
    assert found.code == "E216"
    assert "selfeval rules new 2025 --from 2024" in found.remedy


def test_a_rulebook_is_not_used_for_a_year_it_does_not_hold(bench: Workbench) -> None:
    bench.child("")
    bench.change("in_force: {from: 2025, to: 2025}", "in_force: {from: 2026}", "2025.yaml")
    rulebook, (found,) = load_year(bench.rules, 2025, bench.root)
    assert rulebook is None
    assert (found.code, "2026年起" in found.message) == ("E217", True)


def test_the_rulebook_of_a_year_is_found_by_its_name(bench: Workbench) -> None:
    rulebook, problems = load_year(bench.rules, 2024, bench.root)
    assert problems == ()
    assert rulebook is not None
    assert (rulebook.id, rulebook.in_force.start, rulebook.in_force.end) == ("2024", 2024, 2024)


def test_what_is_unverified_or_agreed_is_printed_as_such(bench: Workbench) -> None:
    rulebook, _ = load(bench.path(), bench.root)
    assert rulebook is not None
    cited = rulebook.cite(rulebook.kinds["at_most"].sources)
    assert "《项目支出绩效评价管理办法》（财预〔2020〕10号）〔原文未核对〕" in cited
    assert "本单位自定（2024年度自评评分办法，示例）〔未经审定〕" in cited


@pytest.mark.parametrize(("measure", "says"), [("ratio", "只能是inverse_ratio"), ("percent", "percent")])
def test_an_unknown_measure_is_told_once_without_a_wrong_guess(measure: str, says: str, bench: Workbench) -> None:
    bench.write(
        "id: 2025\ntitle: 规则\nextends: national-2020\nin_force: {from: 2025}\nkinds:\n  at_most:\n"
        f"    measure: {measure}\n    deduct: {{points: 1, every: 1}}\n    curve: [{{from: 0, share: measure}}]\n",
        "2025.yaml",
    )
    (found,) = (fault for fault in bench.lint("2025.yaml") if fault.code[0] == "E")
    said = found.message + found.remedy
    assert bare(says) in bare(said)
    assert "请改为 per_unit" not in said
    assert "None" not in said
