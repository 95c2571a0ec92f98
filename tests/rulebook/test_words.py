"""Words of the field belong to the rulebook: a unit adds one without touching code, or takes some away."""

from __future__ import annotations

from selfeval.domain.reading.nothing_happened import nothing_happened
from selfeval.domain.reading.recognise import Reading, recogniser
from selfeval.domain.reading.remarks import without_remarks
from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.loading import load
from tests.rulebook.workbench import Workbench, one


def child(bench: Workbench, body: str) -> Rulebook:
    bench.child(body)
    rulebook, problems = load(bench.path("2025.yaml"), bench.root)
    assert problems == ()
    assert rulebook is not None
    return rulebook


def read(rulebook: Rulebook, target: str, name: str = "数量") -> Reading:
    return recogniser(rulebook, 2025).read("P-01", target, "数量指标", "", name)


def test_a_word_that_a_unit_adds_is_known_beside_targets_and_reports(bench: Workbench) -> None:
    rulebook = child(
        bench,
        "words:\n"
        "  - {id: ours, use: verb, words: [巡护], sources: [choices]}\n"
        "  - {id: our_counters, use: counter, words: [趟], sources: [choices]}\n"
        "  - {id: our_events, use: event, words: [塌方], sources: [choices]}\n",
    )
    assert (read(rulebook, "巡护30次").numbers.value, read(rulebook, "举办3场").numbers.value) == (30, 3)
    assert read(rulebook, "巡护十二趟").numbers.value == 12
    assert without_remarks("巡护30次", rulebook.vocabulary).rest == "30次"
    assert nothing_happened("未发生塌方", rulebook.vocabulary)


def test_a_word_that_nobody_added_is_asked_about(bench: Workbench) -> None:
    rulebook = child(bench, "remove: [words.verbs, words.done, words.rates, words.events]\n")
    assert read(rulebook, "举办3场").code == "E501"
    assert read(rulebook, "90", "合格率").numbers.unit == ""
    assert not nothing_happened("未发生事故", rulebook.vocabulary)
    assert without_remarks("举办3场", rulebook.vocabulary).rest == "举办3场"


def test_units_taken_for_one_are_counters_too(bench: Workbench) -> None:
    rulebook = child(bench, "units: [{id: rides, same: [趟, 班次], sources: [choices]}]\n")
    assert read(rulebook, "十二趟").numbers.value == 12
    assert read(rulebook, "签订三方").kind == "qualitative"


def test_a_blank_word_is_named(bench: Workbench) -> None:
    bench.child('words: [{id: ours, use: verb, words: [巡护, ""], sources: [choices]}]\n')
    assert "words.ours" in one(bench.lint("2025.yaml"), "E264").message
