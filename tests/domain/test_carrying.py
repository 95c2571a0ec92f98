"""How a year's texts are read comes over to any rulebook that is tried on the year; how it scores does not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from selfeval.domain.reading.recognise import recogniser
from selfeval.domain.rulebook import Origin, Override, RuleFile, Source
from selfeval.domain.rulebook.carrying import carried
from selfeval.domain.rulebook.plausible import Plausible, SameUnits
from tests.domain.rules import AT, at, entry, rulebook_2024

TRIED_FILE, YEAR_FILE = RuleFile("rules/other.yaml", "1"), RuleFile("rules/2024.yaml", "2")
ONE = Override(indicator="P1-01", kind="exactly", target="15套", because="一句话", origin=AT)


def test_overrides_of_the_year_go_before_those_of_the_tried_book() -> None:
    year = replace(rulebook_2024(), overrides={"P1-01": ONE}, files=(YEAR_FILE,))
    other = replace(ONE, target="16套")
    tried = replace(rulebook_2024(), overrides={"P1-01": other, "P1-02": other}, files=(TRIED_FILE,))
    found = carried(tried, year)
    assert found.rulebook.overrides == {"P1-01": ONE, "P1-02": other}
    assert found.came["overrides"] == ("P1-01",)
    assert found.rulebook.files == (YEAR_FILE, TRIED_FILE)
    assert "1个单独指定的指标" in found.said
    assert recogniser(found.rulebook, 2024).read("P1-01", "x", "", "").numbers.value == 15


def test_own_entries_come_over_with_their_sources() -> None:
    mine = replace(entry("mine", "qualitative", words=("力争上游",)), sources=("unit",))
    agreement = Source(id="unit", title="约定", verified=True)
    year = replace(rulebook_2024(), recognise=(mine,), sources={"unit": agreement}, files=(YEAR_FILE,))
    elsewhere = {"unit": replace(agreement, title="别的约定")}
    tried = replace(rulebook_2024(), recognise=(), sources=elsewhere, files=(TRIED_FILE,))
    found = carried(tried, year)
    (came,) = found.rulebook.recognise
    assert found.rulebook.cite(came.sources) == "《约定》"
    assert found.rulebook.cite(("unit",)) == "《别的约定》"
    assert found.came["recognise"] == ("mine",)


def test_an_entry_of_both_keeps_its_conditions_and_takes_the_words() -> None:
    theirs, mine = (entry("q", "qualitative", words=(word,)) for word in ("甲", "乙"))
    year = replace(rulebook_2024(), recognise=(replace(mine, level2=("数量指标",)),), files=(YEAR_FILE,))
    found = carried(replace(rulebook_2024(), recognise=(theirs,), files=(TRIED_FILE,)), year)
    (merged,) = found.rulebook.recognise
    assert (merged.words, merged.level2) == (("甲", "乙"), ())


def test_an_entry_that_means_another_kind_stays_the_tried_books() -> None:
    theirs, mine = entry("q", "qualitative", words=("甲",)), entry("q", "judged", words=("甲",))
    year = replace(rulebook_2024(), recognise=(mine,), files=(YEAR_FILE,))
    tried = replace(rulebook_2024(), recognise=(theirs,), files=(TRIED_FILE,))
    assert carried(tried, year).rulebook is not year
    assert carried(tried, year).rulebook.recognise == (theirs,)
    assert carried(tried, year).said == ""


def test_a_child_of_the_year_that_removed_its_overrides_reads_them_all_the_same() -> None:
    year = replace(rulebook_2024(), overrides={"P1-01": ONE}, files=(YEAR_FILE,))
    child = replace(rulebook_2024(), overrides={}, files=(YEAR_FILE, TRIED_FILE))
    assert carried(child, year).rulebook.overrides == {"P1-01": ONE}


def test_the_book_of_the_year_itself_takes_nothing_over() -> None:
    year = replace(rulebook_2024(), overrides={"P1-01": ONE}, files=(YEAR_FILE,))
    assert carried(year, year).said == ""
    assert carried(year, year).rulebook == year


YEARS = at(7)
PARENTS = Origin("rules/national-2020.yaml", 3)


def test_units_names_and_words_of_the_year_come_over() -> None:
    devices = SameUnits(id="devices", same=("台", "套"), sources=(), origin=YEARS)
    rate = Plausible(
        id="whole", names=("率",), unless=("增长", "达标率"), highest=Fraction(1), sources=(), origin=YEARS
    )
    profit = Plausible(id="profit", names=("利润",), negative=True, sources=(), origin=YEARS)
    book = rulebook_2024()
    best, *worse = book.levels
    year = replace(
        book,
        units=(devices,),
        plausible=(rate, profit),
        levels=(replace(best, words=("圆满", "完成")), *worse),
        files=(YEAR_FILE,),
    )
    elsewhere = replace(devices, same=("台", "部"), origin=PARENTS)
    parents = replace(rate, unless=("增长",), origin=PARENTS)
    theirs = replace(best, words=("完成",), low=Fraction(9, 10), origin=PARENTS)
    tried = replace(
        book, units=(elsewhere,), plausible=(parents,), levels=(theirs, *worse), overrides={}, files=(TRIED_FILE,)
    )
    found = carried(tried, year)
    assert [unit.same for unit in found.rulebook.units] == [("台", "部", "套")]
    assert found.rulebook.plausible == (rate, profit)
    assert found.rulebook.levels[0] == replace(theirs, words=("完成", "圆满"))  # the words come over, the band does not
    assert found.said == f"1组同一单位（devices）、2条合理范围（whole、profit）和1个档次的同义写法（{best.id}）"


def test_what_both_build_on_comes_over_from_neither() -> None:
    profit = Plausible(id="profit", names=("利润",), negative=True, sources=(), origin=PARENTS)
    year = replace(rulebook_2024(), plausible=(profit,), levels=(), overrides={}, files=(YEAR_FILE,))
    assert carried(replace(year, plausible=(), files=(TRIED_FILE,)), year).said == ""


def test_an_entry_that_the_year_removed_is_not_read() -> None:
    parent = RuleFile(PARENTS.file, "0")
    removed, kept = (replace(entry(name, "at_least", words=(name,)), origin=PARENTS) for name in ("甲", "乙"))
    year = replace(rulebook_2024(), recognise=(kept,), overrides={}, levels=(), files=(parent, YEAR_FILE))
    added = replace(entry("丙", "at_least", words=("丙",)), origin=Origin(TRIED_FILE.path, 1))
    tried = replace(year, recognise=(removed, kept, added), files=(parent, TRIED_FILE))
    found = carried(tried, year)
    assert [one.id for one in found.rulebook.recognise] == ["乙", "丙"]
    assert found.came["recognise"] == ("甲",)


def test_names_that_an_entry_looks_at_come_over() -> None:
    theirs, mine = (
        replace(entry("q", "at_most", words=("甲",)), names=(one,), unless_names=(two,))
        for one, two in (("时长", "率"), ("耗时", "次"))
    )
    year = replace(rulebook_2024(), recognise=(mine,), files=(YEAR_FILE,))
    (merged,) = carried(replace(rulebook_2024(), recognise=(theirs,), files=(TRIED_FILE,)), year).rulebook.recognise
    assert (merged.names, merged.unless_names) == (("时长", "耗时"), ("率", "次"))
