"""The catalogue of problem codes: one entry a code, in one place.

The letter is the severity (E 错误, W 警告, I 提示), the first digit the subject: 1 targets, 2 rules, 3 forms,
4 reported values, 5 scoring and checks, 6 outputs. Templates take the facts that ``problem`` is given. Each code has
a test that provokes it, and ``docs/problems.md`` is written from here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A code's short title, its message and its cure; ``{…}`` are facts of the case."""

    title: str
    message: str
    remedy: str


CATALOGUE: dict[str, Entry] = {
    # 1 targets: documents and targets.xlsx
    # 2 rules
    # 3 forms and reported tables
    # 4 reported values
    "E401": Entry(
        "没有填写",
        "「{what}」没有填写",
        "请填写「{what}」；确实没有发生的填 0，不能留空",
    ),
    "E402": Entry(
        "应为数字",
        "「{what}」应为数字，现在是“{found}”",
        "请改填数字{unit_hint}；“完成”“达标”之类的文字不能用来计算",
    ),
    "E403": Entry(
        "约数",
        "「{what}」是约数“{found}”，不能用来计分",
        "请填准确的数{unit_hint}，去掉“约”“余”“左右”等字",
    ),
    "E404": Entry(
        "单位不同",
        "「{what}」是“{found}”，与要求的单位“{unit}”不同，无法换算",
        "请按“{unit}”填写，或只填数字",
    ),
    "E405": Entry(
        "可能是小数形式的百分比",
        "「{what}」填的是 {found}，不清楚是 {found}% 还是 {percent}%",
        "请写明百分号：是 {percent}% 就填“{percent}%”，是 {found}% 就填“{found}%”",
    ),
    "E406": Entry(
        "应为数字，填成了日期",
        "「{what}」应为数字，现在是日期 {found}",
        "请把单元格格式改为常规，再填数字{unit_hint}",
    ),
    "E407": Entry(
        "单元格是错误值",
        "「{what}」的单元格显示错误值 {found}",
        "请删去出错的公式，直接填写数值",
    ),
    "E408": Entry(
        "有指标值，不能填不涉及",
        "「{what}」填的是“{found}”，但这个指标年初定有指标值“{target}”",
        "请填实际完成情况；经批准不再考核的，由财务在规则文件的 overrides 中按 not_applicable 列明原因",
    ),
    "E409": Entry(
        "应为日期，填成了数字",
        "「{what}」应为日期，现在是“{found}”",
        "请填完成日期，如 {year}-12-20",
    ),
    "E410": Entry(
        "日期没有年份",
        "「{what}」的日期“{found}”没有写年份",
        "请写全年月日，如 {year}-12-20；跨年完成的尤其要写明年份",
    ),
    "E411": Entry(
        "应为日期",
        "「{what}」应为完成日期，现在是“{found}”",
        "请填完成日期，如 {year}-12-20；只写“已完成”“按时”无法计算是否逾期",
    ),
    "E412": Entry(
        "日期的年份不对",
        "「{what}」的日期 {found} 离 {year} 年太远，像是填错了",
        "请核对年份，按 {year}-12-20 的样子填写",
    ),
    "E413": Entry(
        "没有选完成档次",
        "「{what}」没有选",
        "请在下拉框中选一档；可以另填该档之内的比例",
    ),
    "E414": Entry(
        "档次不认识",
        "完成档次“{found}”不在可选的档次之内",
        "请选 {known} 之一",
    ),
    "E415": Entry(
        "完成比例应为百分数",
        "完成比例应为百分数，现在是“{found}”",
        "请填如 85% 的百分数，或者留空由规则取该档默认值",
    ),
    "E416": Entry(
        "完成比例不在所选档次之内",
        "完成比例 {found} 不在「{level}」的范围 {band} 之内",
        "请改选与比例相符的档次，或改填该档之内的比例",
    ),
    "E417": Entry(
        "没有人工评分",
        "这个指标须由人评分，「人工得分」没有填写",
        "请填 0 到 {points} 之间的得分，并在「偏差原因」写明理由",
    ),
    "E418": Entry(
        "人工得分超出范围",
        "人工得分 {found} 不在 0 到 {points} 分之间",
        "请改填 0 到 {points} 之间的得分",
    ),
    "E419": Entry(
        "人工评分没有理由",
        "人工评了 {found}，但没有写理由",
        "请在「偏差原因」写明评分理由",
    ),
    "E420": Entry(
        "各月支付不全",
        "月度时序须用 12 个月的支付金额计算，缺：{months}",
        "请补齐这些月份的支付金额（万元），没有支付的月份填 0",
    ),
    "E421": Entry(
        "全年预算数不能用",
        "执行率要用的「全年预算数」是 {found}",
        "请填大于 0 的全年预算数（万元）；确实没有预算的项目请与财务商定如何评价",
    ),
    "E422": Entry(
        "金额为负数",
        "「{what}」是负数 {found}",
        "请核对金额（万元）；执行数和预算数不能小于 0",
    ),
    "E423": Entry(
        "没有任何填报数据",
        "项目「{name}」没有任何填报数据",
        "请收齐该项目的填报表，或在填报数据表中补上该项目",
    ),
    "W401": Entry(
        "实际值为负数",
        "「{what}」是负数 {found}，按 0 计",
        "请核对是否多写了负号",
    ),
    "W402": Entry(
        "有月份的支付金额为负数",
        "{months} 的支付金额为负数",
        "退款请在说明中写明；如是笔误请改正",
    ),
    # 5 scoring and checks
    "E501": Entry(
        "指标值没有规则认得",
        "指标值“{target}”没有一条识别规则认得，未评分",
        "请在规则文件的 recognise 中加词，或在 overrides 中为 {indicator} 写明怎样读",
    ),
    "E502": Entry(
        "指标值有两条规则同样适用",
        "指标值“{target}”同时符合规则 {rules}，分不出用哪一条",
        "请修改规则文件，使其中一条匹配得更长；或在 overrides 中为 {indicator} 写明怎样读",
    ),
    "E503": Entry(
        "指标值读不出数值",
        "指标值“{target}”按「{label}」评分，应有{wanted}，但读不出来",
        "请在规则文件的 overrides 中为 {indicator} 写明怎样读，并写 because",
    ),
    "E504": Entry(
        "指标值为负数",
        "指标值“{target}”是负数，按比例计分没有意义",
        "请在规则文件的 overrides 中为 {indicator} 改为 judged（人工评分）",
    ),
    "E505": Entry(
        "指标值是空的",
        "指标 {indicator} 没有指标值",
        "请在目标表中补上指标值；不考核的写“不涉及”",
    ),
    "E506": Entry(
        "类型不认识",
        "目标表的「类型」是“{found}”，不是已知的类型",
        "请改为 {known} 之一，或者留空由规则识别",
    ),
    "E507": Entry(
        "一级指标不在规则之内",
        "一级指标“{level1}”不属于规则中的任何一个部分，无法分配分值",
        "请改正目标表的一级指标，或在规则文件的 sections 中写明它属于哪一部分",
    ),
    "E508": Entry(
        "目标表的分值加起来不对",
        "「{section}」的分值合计 {found} 分，应为 {expected} 分",
        "请改正目标表的「分值」列，或全部留空由规则平均分配",
    ),
    "E509": Entry(
        "目标表的分值不全",
        "「{section}」有的指标有分值，有的没有",
        "请把这一部分的分值填全，或全部留空由规则平均分配",
    ),
    "E510": Entry(
        "失分没有说明原因",
        "得 {score} 分，失 {lost} 分，没有填写偏差原因",
        "请在「偏差原因」写明为什么没有达到指标值，并写改进措施",
    ),
    "E511": Entry(
        "超额较多没有说明原因",
        "完成率 {completion}，达到或超过 {threshold}，没有填写偏差原因",
        "请在「偏差原因」写明为什么大幅超过指标值（例如年初指标值定低了）",
    ),
    "E512": Entry(
        "执行数超过预算数",
        "全年执行数 {executed} 万元大于全年预算数 {budget} 万元，执行率 {rate}",
        "请核对两个数；有追加预算的，把追加数计入全年预算数",
    ),
    "E513": Entry(
        "项目没有可以评分的指标",
        "项目「{name}」没有一个可以评分的指标，{points} 分无处分配",
        "请检查目标表；不需要自评的项目请从目标表中删去",
    ),
    "W501": Entry(
        "整个部分不涉及",
        "「{section}」全部不涉及，它的 {points} 分按比例分给了其他部分",
        "请确认这样分配经过批准",
    ),
    "W502": Entry(
        "没有资金支出计划的时点",
        "12月底的计划是空的，按 100% 计",
        "请核对目标文本中的资金支出计划",
    ),
    "W503": Entry(
        "各月支付合计与执行数不符",
        "12 个月支付合计 {paid} 万元，全年执行数 {executed} 万元，相差 {difference} 万元",
        "请核对各月支付金额和全年执行数",
    ),
    "W504": Entry(
        "指标值为 0",
        "指标值“{target}”为 0，“不少于 0”总能达到，起不到考核作用",
        "请复核指标值是否填错",
    ),
    "W505": Entry(
        "按规则处理的缺项",
        "{detail}；规则写明这种情况{action}",
        "请确认；如有实际数据请补填",
    ),
    "I501": Entry(
        "超额完成",
        "完成率 {completion}，达到或超过 {threshold}，请核对指标值是否定低了",
        "不扣分；请复核人员关注",
    ),
    "I502": Entry(
        "与指标值不一致",
        "实际完成 {actual}，指标值是 {target}，不相等",
        "请复核人员核对",
    ),
    "I503": Entry(
        "恰好等于带严格符号的指标值",
        "指标值“{target}”写的是“大于/小于”一类，实际恰好相等，按达到计",
        "请复核人员核对",
    ),
    # 6 outputs
}
