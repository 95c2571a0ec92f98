"""月度时序: payments kept to the spending plan at each checkpoint (3, 6, 10, 12月底)."""

from __future__ import annotations

from selfeval.domain.kind import Example, Kind
from selfeval.domain.measures.measure import MEAN_KEPT, Measure, always, by_id
from selfeval.domain.needs.payments import PAYMENTS

_MEAN = Measure(
    "schedule_mean",
    "各计划节点“累计支付比例 ÷ 计划比例”（超过100%按100%计）的平均数；未设计划的节点不计，12月底计划空白的按100%计",
    always(MEAN_KEPT),
    lambda row: f"各计划节点支付进度：{row.actual}；逐个节点与计划比较（超过计划的按100%计），平均为{row.shown}",
    "未达到的，按各计划节点支付进度与计划之比的平均数计分",
    at_most_one=True,
    never_negative=True,
)

KIND = Kind(
    id="monthly_schedule",
    label="月度时序",
    rank=6,
    need=PAYMENTS,
    measures=by_id(_MEAN),
    met="各计划节点的累计支付都达到资金支出计划",
    example=Example("产出指标", "时效指标", "资金支出进度", "月度时序"),
)
