"""人工: what a rulebook says a person must score, with a reason."""

from __future__ import annotations

from selfeval.domain.expression.tree import when
from selfeval.domain.kind import Example, Kind
from selfeval.domain.measures.measure import ACTUAL, POINTS, Measure, always, by_id
from selfeval.domain.needs.judgement import JUDGEMENT

_SHARE = Measure(
    "judged_share",
    "评分人员评定的得分 ÷ 分值",
    always(when(POINTS.equals(0), 0, ACTUAL / POINTS)),
    lambda row: f"由评分人员评定{row.actual}（满分{row.target}）",
    at_most_one=True,
    never_negative=True,
)

KIND = Kind(
    id="judged",
    label="人工",
    rank=9,
    need=JUDGEMENT,
    measures=by_id(_SHARE),
    example=Example("效益指标", "可持续影响指标", "管理制度健全性", "由评审组评定"),
)
