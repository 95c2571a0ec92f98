"""The department's own goals (二、分项绩效目标): five or so partial goals, each with indicator clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from selfeval.sources.form import clauses
from selfeval.sources.form.clauses import Candidate, Clause
from selfeval.sources.form.outline import Passage
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, tidy

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
    for start, following in zip_longest(starts, starts[1:]):
        seq, spot = int(squeeze(start[1])), passage.spot(start.start(1))
        title, goal, indicators = _parts(text[start.end() : following.start() if following else len(text)])
        promised = clauses.split(indicators)
        if not promised:
            account.report("W109", spot, title=title)
        found = clauses.match(promised, candidates)
        for clause, matches in zip(promised, found, strict=True):
            linked = "、".join(candidate.indicator for candidate in matches)
            goals = {"seq": seq, "title": title, "goal": goal}
            records.append({**goals, "indicator_text": clause.text, "target": clause.value, "indicators": linked})
        if any(found):
            account.infer("部门目标的对应指标编号", f"{seq}、{title}", _links(promised, found), spot)
    return records


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
        f"{clause.text}（此处 {clause.value}，{one.indicator} 为 {one.target}）"
        for clause, matches in zip(promised, found, strict=True)
        for one in matches
        if clauses.differs(clause, one)
    ]
    said = f"{len(promised)} 条指标中有 {linked} 条按名称和数值相近找到项目指标，见“部门目标”表，请核对"
    return said + ("；名称相近而数值不同：" + "；".join(unequal) if unequal else "")
