"""Clauses of a sentence that promises results: 年度内组织培训1期，考试合格率达90%。"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
        for part in _END.split(sentence):
            clauses += [_clause(one, number) for one in _apart(part.strip())]
    return clauses


def _apart(part: str) -> list[str]:
    both = _TWO_RATES.fullmatch(part)
    if both:
        return [both["first"] + both["rest"], both["second"] + both["rest"]]
    return [part] if part else []


def _clause(part: str, sentence: int) -> Clause:
    # The value must end the clause: a number inside a name (12348来电) is not one.
    hit = _CLAUSE.fullmatch(part)
    return Clause(hit["name"], hit["value"], sentence) if hit else Clause(part, "", sentence)
