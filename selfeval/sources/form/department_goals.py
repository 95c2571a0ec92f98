"""The department's own goals (二、分项绩效目标): five or so partial goals, each with indicator clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from selfeval.sources.blocks import Spot
from selfeval.sources.form import clauses
from selfeval.sources.form.clauses import Candidate, Clause
from selfeval.sources.form.outline import Passage
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, tidy

_ITEM = re.compile(r"(?:^|(?<=\n)) *(\d(?:[ \n]*\d)?)[ \n]*[、.．]")
_GOAL = re.compile(r"(?:^|(?<=\n)) *绩[ \n]*效[ \n]*目[ \n]*标[ \n]*[:：]")
_INDICATORS = re.compile(r"(?:^|(?<=\n)) *绩[ \n]*效[ \n]*指[ \n]*标[ \n]*[:：]")


@dataclass(frozen=True)
class _Goal:
    """One partial goal, and where it starts."""

    seq: int
    spot: Spot
    title: str
    goal: str
    indicators: str


def read(passage: Passage, candidates: Sequence[Candidate], account: Account) -> list[dict[str, object]]:
    """One record of ``targets.DEPARTMENT`` a clause, linked to the indicators of projects that it speaks of."""
    goals, before = _goals(passage)
    if before:
        account.report("W105", passage.spot(0), found=before)
    if not goals:
        account.report("W110")
    records: list[dict[str, object]] = []
    for goal in goals:
        promised = clauses.split(goal.indicators)
        if not promised:
            account.report("W109", goal.spot, title=goal.title)
        found = clauses.match(promised, candidates)
        common = {"seq": goal.seq, "title": goal.title, "goal": goal.goal}
        for clause, matches in zip(promised, found, strict=True):
            linked = "、".join(one.indicator for one in matches)
            records.append({**common, "indicator_text": clause.text, "target": clause.value, "indicators": linked})
        if any(found):
            said = _links(promised, found)
            account.infer("部门目标的对应指标编号", f"{goal.seq}、{goal.title}", said, goal.spot)
    return records


def _goals(passage: Passage) -> tuple[list[_Goal], str]:
    """The partial goals, and text before the first one."""
    text = passage.text
    starts = _item_starts(text)
    ends = [start.start() for start in starts[1:]] + [len(text)]
    goals = []
    for start, end in zip(starts, ends, strict=False):
        body = text[start.end() : end]
        goal = _GOAL.search(body)
        promised = _INDICATORS.search(body, goal.end() if goal else 0)
        title_end = min(hit.start() for hit in (goal, promised) if hit) if goal or promised else len(body)
        said = body[goal.end() : promised.start() if promised else len(body)] if goal else ""
        texts = (tidy(text) for text in (body[:title_end], said, body[promised.end() :] if promised else ""))
        goals.append(_Goal(int(squeeze(start[1])), passage.spot(start.start(1)), *texts))
    return goals, tidy(text[: starts[0].start()] if starts else text)


def _item_starts(text: str) -> list[re.Match[str]]:
    """Where partial goals begin: a number in sequence, or one that 绩效目标 follows before anything else."""
    starts: list[re.Match[str]] = []
    hits = list(_ITEM.finditer(text))
    for place, hit in enumerate(hits):
        end = hits[place + 1].start() if place + 1 < len(hits) else len(text)
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
