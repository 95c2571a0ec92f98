"""Projects for what rulebooks say of points: rounding, uncapped scores, additions and deductions, no budget."""

from __future__ import annotations

from pathlib import Path

from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.loading import load
from tests.workbooks.sample import BENEFIT, MET, OUTPUT, PARTLY, SATISFACTION, Indicator, Project

ROUNDED, UNCAPPED = "examples/rounded-points", "examples/uncapped"
BONUS, DEDUCTION = "加分项", "扣分项"

_MAIN = (
    Indicator(OUTPUT, "数量指标", "正好一半", "≥1000件", {"actual": 865, "reason": "案件减少"}),
    Indicator(OUTPUT, "数量指标", "除不尽", "≥900件", {"actual": 860, "reason": "案件减少"}),
    Indicator(OUTPUT, "数量指标", "超过很多", "≥20场", {"actual": 31.9, "reason": "需求多"}),
    Indicator(OUTPUT, "质量指标", "合格率", "≥98%", {"actual": ("percent", 0.9315), "reason": "返工"}),
    Indicator(OUTPUT, "时效指标", "按月支付", "月度时序", {"reason": "合同签订较晚"}),
    Indicator(OUTPUT, "成本指标", "总成本", "≤22.59万元", {"actual": 25.1, "reason": "材料涨价"}),
    Indicator(
        BENEFIT,
        "社会效益指标",
        "提升",
        "有所提升",
        {"level": PARTLY, "percentage": ("percent", 0.725), "reason": "一般"},
    ),
    Indicator(SATISFACTION, "服务对象满意度指标", "满意度", "≥95%", {"actual": 93, "reason": "排队较长"}),
)
_EXTRA = (
    Indicator(BONUS, "创新", "经验做法推广", "≥3篇", {"actual": 2}),
    Indicator(BONUS, "创新", "获得表彰", "有所提升", {"level": MET}),
    Indicator(DEDUCTION, "违规", "违规问题", "≤0起", {"actual": 1, "reason": "审计发现"}),
    Indicator(DEDUCTION, "违规", "凭证不全", "酌情", {"judged": 1.5, "reason": "审计发现"}, "judged"),
)
_STILL_OPEN = (
    Indicator(BONUS, "创新", "经验做法推广", "≥3篇", {"actual": ""}),
    Indicator(DEDUCTION, "违规", "违规问题", "≤0起", {"actual": ""}),
    Indicator(DEDUCTION, "违规", "凭证不全", "酌情", {"judged": ""}, "judged"),
)
_NONE = (0,) * 12
_OPEN = Indicator(OUTPUT, "数量指标", "没有填", "≥5场", {"actual": ""})
_MET = Indicator(OUTPUT, "数量指标", "达到", "≥5场", {"actual": 5})

PLAIN = (
    Project("Q0001", "没有加分扣分的", _MAIN),
    Project("Q0002", "没有填完的", (*_MAIN[:2], _OPEN, *_MAIN[6:])),
    Project("Q0003", "已取消的", (_MAIN[4], *_MAIN[6:]), full_year=0, executed=0, paid=_NONE),
    Project("Q0004", "没有预算却花了钱的", _MAIN, full_year=0, executed=3, paid=_NONE),
    Project("Q0005", "执行率低的", _MAIN, full_year=100, executed=88),
)
EXTRAS = (
    Project("Q0006", "有加分扣分的", (*_MAIN, *_EXTRA)),
    Project("Q0007", "加分扣分没有填完的", (*_MAIN, *_STILL_OPEN)),
    Project("Q0008", "满分再加分的", (_MET, *_EXTRA[:2]), executed=22.59),
)


def rulebook(name: str, root: Path) -> Rulebook:
    """A shipped rulebook."""
    found, problems = load(root / "rules" / f"{name}.yaml", root)
    assert problems == ()
    assert found is not None
    return found
