"""Labels: what stands before a target's number and only says what it counts, 完成率100%, 举办12场."""

from __future__ import annotations

import re

from selfeval.domain.reading.reworded import SIGNS, Reworded, Step, Under, Written

_NUMBER_NEXT = re.compile(rf"[:为是]?[{SIGNS}]?\d")
_LABEL = re.compile(
    rf"^(?P<label>[^\d{SIGNS}]{{1,20}}?)(?P<link>[:为是])?(?P<rest>[{SIGNS}]?\d[\d,.]*[^\d{SIGNS},;、]*)$"
)
_HEAD_WORDS = re.compile(r"(?:年度|全年)?(?:目标值?|指标值|预期值?|计划值?)")
_PLAIN_LABEL = (
    r".*(?:【rate】|度|百分比)|(?:【verb】|【done】|实现|确保|保证|保持|计划|目标|标准|达成|"
    r"全年|年度|本年|当年|每年|一年|共|共计|合计|总计|为|是)+"
)
# words that say which way a number holds stay with it
_SIGN_WORD = (
    r"(?:不(?:得|能|应)?[低高少多大小超突下]|[低高少多大小等]于|超过|超出|突破|控制|[增降减升提扩压缩节]|达|至少|至多|最[多少高低]|"
    r"以[上下内]|每(?!年)|各|均|约|近|第|分别|其中|前|后|比|较|【sign】)[^率度比例]{0,3}$"
)


def _named(found: Reworded, under: Under) -> Reworded:
    """The text without the name of the indicator before its number."""
    name, rest = under.name, found.text.removeprefix(under.name)
    if not name or rest == found.text or _holds_sign(name, under) or not _NUMBER_NEXT.match(rest):
        return found
    return found.to(rest.lstrip(":为是"), f"“{name}”是指标名称", label=name)


def _labelled(found: Reworded, under: Under) -> Reworded:
    """The text without a part of the name, a rate, or plain verbs before its number (举办12次)."""
    match = _LABEL.match(found.text)
    if match is None:
        return found
    label, rest = match["label"], match["rest"]
    head = _HEAD_WORDS.fullmatch(label) is not None
    counted = under.words.pattern("^(?:【verb】|【done】)+").sub("", label)  # 建成平台1个, under 平台建设
    same = bool(under.name) and (counted in under.name or under.name in label)
    plain = same or head or under.words.pattern(_PLAIN_LABEL).fullmatch(label)
    if rest[0] not in SIGNS and (not plain or _holds_sign(label, under)):
        return found
    return found.to(rest, "" if head else f"数前的“{label}”是说明", label=label)


def _holds_sign(label: str, under: Under) -> bool:
    """Whether a label says which way its number holds."""
    return under.words.pattern(_SIGN_WORD).search(label) is not None


LABELS: tuple[Step, ...] = (
    _named,  # 完成率100%, under that name
    Written(
        r"(?P<rate>\d[\d.]*%)(?:全部|按时|按期)?(?:【done】|达标|合格)(?:任务|率)?",
        r"\g<rate>",
        r"“\g<0>”按\g<rate>识别",
    ),
    Written(rf"(?P<label>[^\d{SIGNS}]{{1,20}}(?:【rate】|度))达(?P<rest>\d[\d,.]*[^\d{SIGNS}]*)", r"达\g<rest>"),
    Written(
        rf"(?P<label>[^{SIGNS}]{{1,30}}(?:【rate】|度|数量?))(?P<rest>[{SIGNS}]\d[^{SIGNS}]*)",
        r"\g<rest>",
        r"数前的“\g<label>”是说明",
    ),
    _labelled,  # 举办12场
)
"""What takes a label off, the longest known first."""
