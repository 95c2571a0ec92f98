"""The department's own goals (二、分项绩效目标): partial goals, and the indicators that their clauses speak of.

A clause (年度内组织培训1期，考试合格率达90%。) is linked by names, conservatively: a blank is better than a
wrong link, and every link is reported as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import zip_longest

from selfeval.domain.targets import DEPARTMENT
from selfeval.sources.blocks import Spot
from selfeval.sources.form.outline import Passage, plain
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, tidy

_END = re.compile(r"[，；。]|[,;](?!\d)")
_SENTENCE_END = re.compile(r"[；。]|;(?!\d)")
_BOUND = "大于等于|小于等于|不低于|不少于|不高于|不超过|不大于|不小于|低于|高于|少于|超过|大于|小于|至少|[≥≤≧≦＝=<>]"
_UNIT = (
    "%|百分比|百分点|‰|万元|亿元|元|人次|人天|人|名|场次|场|次|件|期|份|套|台|个工作日|个月|个|小时|日|天|月|年|家|户|所|"
    "项|篇|册|部|处|条|起|例|批次|批|组|支|辆|平方公里|平方米|立方米|延长米|公里|米|公顷|亩|吨|公斤|升|张|宗|队|村|座|"
    "棵|株|头|只|眼|盏|根|块|片|课时|学时|班|间|栋|幅|车次|架次"
)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_DATE = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末)(?:之?前)?(?:完成)?"
_VALUE = rf"(?:(?:{_BOUND})?{_NUMBER}(?:{_UNIT})(?:以上|以下|以内|左右)?|{_DATE})"
_LINK = "(?:均|都)?(?:达到|控制在|达|在|为|于)?"
_CLAUSE = re.compile(rf"(?P<name>.+?){_LINK}(?P<value>{_VALUE})")
_TWO_RATES = re.compile(rf"(?P<first>.+?率)(?:以?及|和|与|、)(?P<second>.+率)(?P<rest>{_LINK}{_VALUE})")

_ALIKE = 0.8  # names at least this alike are the same thing in other words
_ALIKE_IN_CONTEXT = 0.5  # … when a neighbouring clause already points to the project, and the values are equal
_ALIKE_WITH_RARE_NUMBER = 0.45  # … when both state the same number, and it is no percentage (2500人次, 2500人)
_RARE = 100
_MOST_COMPARED = 300_000  # pairs of a clause and an indicator; 28 projects have 6,000
_NEAR_BEST = 0.05
_CONTAINED = 6  # a name of at least this many characters that stands whole inside another
_STATED = re.compile(r"(\d+(?:\.\d+)?)(%|百分比|百分点)?")
_FILLER = re.compile("^(?:年度内|年内|本年度内?|全年)")


@dataclass(frozen=True)
class Clause:
    """One promise: its words, its value as printed (blank when it names none), and the sentence it stands in."""

    text: str
    value: str
    sentence: int


def split(text: str) -> list[Clause]:
    """The clauses of a text, in order. Two rates that share one value are two clauses.

    >>> [(c.text, c.value) for c in split("解答12348来电次数达7000次，送达率及审结率达100%。")]
    [('解答12348来电次数', '7000次'), ('送达率', '100%'), ('审结率', '100%')]
    """
    clauses = []
    for number, sentence in enumerate(_SENTENCE_END.split(text)):
        for part in filter(None, map(str.strip, _END.split(sentence))):
            both = _TWO_RATES.fullmatch(part)
            for clause in [both["first"] + both["rest"], both["second"] + both["rest"]] if both else [part]:
                # The value must end the clause: a number inside a name (12348来电) is not one.
                hit = _CLAUSE.fullmatch(clause)
                clauses.append(Clause(hit["name"], hit["value"], number) if hit else Clause(clause, "", number))
    return clauses


@dataclass(frozen=True)
class Candidate:
    """An indicator of a project that a clause may speak of."""

    indicator: str
    project: str
    project_name: str
    name: str
    target: str


def match(clauses: Sequence[Clause], candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """The indicators each clause speaks of: by name; else by equal value where its sentence points to a project."""
    found = [_by_name(clause, candidates) for clause in clauses]
    for i, clause in enumerate(clauses):
        beside = (found[j] for j, other in enumerate(clauses) if other.sentence == clause.sentence)
        projects = {candidate.project for matches in beside for candidate in matches}
        near = [candidate for candidate in candidates if candidate.project in projects]
        found[i] = found[i] or _best(clause, near, _ALIKE_IN_CONTEXT, same_value=True)
    return found


def differs(clause: Clause, candidate: Candidate) -> bool:
    """Whether both state a number, and not the same."""
    mine, theirs = _number(clause.value), _number(candidate.target)
    return mine is not None and theirs is not None and mine != theirs


def _by_name(clause: Clause, candidates: Sequence[Candidate]) -> list[Candidate]:
    found = _best(clause, candidates, _ALIKE, same_value=False)
    value = _number(clause.value)
    if found or value is None or value[1] or value[0] < _RARE:
        return found
    return _best(clause, candidates, _ALIKE_WITH_RARE_NUMBER, same_value=True)


def _best(clause: Clause, candidates: Sequence[Candidate], least: float, *, same_value: bool) -> list[Candidate]:
    """The most similar candidates; among them those with the clause's own value, if there are any."""
    value, said = _number(clause.value), plain(_FILLER.sub("", clause.text))

    def is_equal(candidate: Candidate) -> bool:
        return value is not None and _number(candidate.target) == value

    pool = filter(is_equal, candidates) if same_value else candidates
    scores = [(_likeness(said, candidate, least), candidate) for candidate in pool]
    top = max((score for score, _ in scores), default=0.0)
    floor = 1.0 if top == 1.0 else max(least, top - _NEAR_BEST)
    best = [candidate for score, candidate in scores if score >= floor]
    return list(filter(is_equal, best)) or best


def _likeness(clause: str, candidate: Candidate, least: float) -> float:
    """0 to 1: how alike the clause and the indicator are, also with the project's name before it; 0 below ``least``."""
    name = plain(candidate.name)
    if len(clause) >= _CONTAINED and clause in name and clause != name:
        return _ALIKE + (1 - _ALIKE) * len(clause) / len(name) / 2
    return max(_ratio(clause, name, least), _ratio(clause, plain(candidate.project_name) + name, least))


def _ratio(first: str, second: str, least: float) -> float:
    """Twice the longest common subsequence over the two lengths; 0 where it cannot reach ``least``."""
    if 2 * min(len(first), len(second)) < least * (len(first) + len(second)):
        return 0.0
    return 2 * _common(first, second) / (len(first) + len(second) or 1)


def _common(first: str, second: str) -> int:
    """The length of the longest common subsequence, a row of the table at a time as the bits of one number.

    Source: H. Hyyrö, Bit-parallel LCS-length computation revisited, AWOCA 2004.
    """
    places: dict[str, int] = {}
    for at, letter in enumerate(first):
        places[letter] = places.get(letter, 0) | 1 << at
    whole = (1 << len(first)) - 1
    row = whole
    for letter in second:
        both = row & places.get(letter, 0)
        row = (row + both | row - both) & whole
    return len(first) - row.bit_count()


def _number(text: str) -> tuple[Fraction, bool] | None:
    """The number a value states, and whether it is a percentage."""
    hit = _STATED.search(text)
    return (Fraction(hit[1]), hit[2] is not None) if hit else None


_ITEM = re.compile(r"(?:^|(?<=\n)) *(\d(?:[ \n]*\d)?)[ \n]*[、.．]")
_GOAL = re.compile(r"(?:^|(?<=\n)) *绩[ \n]*效[ \n]*目[ \n]*标[ \n]*[:：]")
_INDICATORS = re.compile(r"(?:^|(?<=\n)) *绩[ \n]*效[ \n]*指[ \n]*标[ \n]*[:：]")


def read(passage: Passage, candidates: Sequence[Candidate], account: Account) -> list[dict[str, object]]:
    """One record of ``targets.DEPARTMENT`` a clause, linked to the indicators of projects that it speaks of."""
    text = passage.text
    starts = _item_starts(text)
    before = tidy(text[: starts[0].start()] if starts else text)
    if before:
        account.report("W105", passage.spot(0), found=before)
    if not starts:
        account.report("W110")
    records: list[dict[str, object]] = []
    compared = 0
    for start, following in zip_longest(starts, starts[1:]):
        seq, spot = int(squeeze(start[1])), passage.spot(start.start(1))
        title, goal, indicators = _bounded(
            account, spot, *_parts(text[start.end() : following.start() if following else len(text)])
        )
        promised = split(indicators)
        if not promised:
            account.report("W109", spot, title=title)
        compared += len(promised) * len(candidates)
        if compared > _MOST_COMPARED:
            account.report("W112", spot, title=title)
        found = match(promised, candidates) if compared <= _MOST_COMPARED else [[] for _ in promised]
        for clause, matches in zip(promised, found, strict=True):
            linked = "、".join(candidate.indicator for candidate in matches)
            goals = {"seq": seq, "title": title, "goal": goal}
            records.append({**goals, "indicator_text": clause.text, "target": clause.value, "indicators": linked})
        if any(found):
            account.infer("部门目标的对应指标编号", f"{seq}、{title}", _links(promised, found), spot)
    return records


def _bounded(account: Account, spot: Spot, title: str, goal: str, indicators: str) -> tuple[str, str, str]:
    """The parts of a partial goal, without those that are longer than any."""
    columns = (DEPARTMENT["title"], DEPARTMENT["goal"])
    title, goal = (account.bounded(text, column, spot) for text, column in zip((title, goal), columns, strict=True))
    return title, goal, account.bounded(indicators, replace(DEPARTMENT["goal"], header="绩效指标"), spot)


def _parts(body: str) -> tuple[str, str, str]:
    """The title of a partial goal, the goal, and the indicators that it promises."""
    goal = _GOAL.search(body)
    promised = _INDICATORS.search(body, goal.end() if goal else 0)
    above, below = (body[: promised.start()], body[promised.end() :]) if promised else (body, "")
    title, said = (above[: goal.start()], above[goal.end() :]) if goal else (above, "")
    return tidy(title), tidy(said), tidy(below)


def _item_starts(text: str) -> list[re.Match[str]]:
    """Where partial goals begin: a number in sequence, or one that 绩效目标 follows before anything else."""
    starts: list[re.Match[str]] = []
    hits = list(_ITEM.finditer(text))
    for hit, following in zip_longest(hits, hits[1:]):
        end = following.start() if following else len(text)
        goal, promised = _GOAL.search(text, hit.end(), end), _INDICATORS.search(text, hit.end(), end)
        labelled = goal is not None and (promised is None or goal.start() < promised.start())
        expected = int(squeeze(starts[-1][1])) + 1 if starts else 1
        if labelled or (int(squeeze(hit[1])) == expected and promised is not None):
            starts.append(hit)
    return starts


def _links(promised: list[Clause], found: list[list[Candidate]]) -> str:
    linked = sum(bool(matches) for matches in found)
    unequal = [
        f"{clause.text}（此处{clause.value}，{near.indicator}为{near.target}）"
        for clause, matches in zip(promised, found, strict=True)
        for near in matches
        if differs(clause, near)
    ]
    said = f"{len(promised)}条指标中有{linked}条按名称和数值相近找到项目指标，见“部门目标”表，请核对"
    return said + ("；名称相近而数值不同：" + "；".join(unequal) if unequal else "")
