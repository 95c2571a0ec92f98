"""Words of the field that readings know: what a unit may add to or see otherwise, so that a rulebook says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from selfeval.domain.options import Folded, Option
from selfeval.domain.reading.vocabulary import Use
from selfeval.domain.rulebook.parts import CITED, Origin

USE_WORDS: dict[Use, str] = {
    "counter": "量词：前面的中文数字是数（十二次），units 中的单位不必再写",
    "verb": "数前的动词：不改变数的意思（举办12场）",
    "done": "办完：写在数或日期旁（100%到位、12月竣工）",
    "dated": "日期旁的动词：那一天做的（12月开工）",
    "begun": "开头：名称或指标值所指即为该事项的，日期方为有效（9月开工不是验收时间）",
    "happen": "发生：未发生、零发生是0，写在数前的不改变数的意思",
    "event": "不应发生的事项：未发生、没有、零，即为0（零投诉）",
    "grave": "轻重和范围：无重大事故，不等于没有事故",
    "undone": "没有做、没有统计：未开展、无数据不是0",
    "rate": "比率：名称以此结尾的是比率，未写单位的数按百分比",
    "not_rate": "不是比率：名称以此结尾的除外（频率）",
    "per_mille": "常用千分比的比率：未写单位的数先询问",
    "lasting": "越长越好的时间：名称中有这些词的不是时限（保修期）",
    "time": "时间：名称中有这些词的，2024.12是年月",
}
"""What a word may be used for, in Chinese."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """Words of one use; those of all items of a use count together."""

    id: Annotated[str, Option("编号", "短名，如 verbs；继承它的规则文件用它来改动或删去（remove），另起编号的是增加")]
    use: Annotated[Use, Option("用途", "；".join(f"{use} {said}" for use, said in USE_WORDS.items()), words=USE_WORDS)]
    words: Annotated[tuple[Folded, ...], Option("词", "这一用途的词，如 [举办, 开展]")]
    sources: Annotated[tuple[str, ...], CITED]
    note: Annotated[str, Option("说明", "为什么")] = ""
    origin: Origin
