"""The labels above the indicator rows in the layouts of the state and the provinces, by what they mean."""

from __future__ import annotations

from collections.abc import Mapping

from selfeval.sources.form.labels import UPPER, by_spelling, plain_label
from selfeval.sources.years import dated


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ABOVE: Mapping[str, tuple[str, ...]] = {
    "code": ("项目编码", "项目代码", "项目编号"),
    "name": ("项目名称", "项目名称及编码", "项目名称及代码"),
    "department": _words(
        "主管部门 主管部门及代码 主管部门名称 主管单位 一级预算单位 项目主管部门 部门名称 市级主管部门 "
        "县级主管部门 省级主管部门 主管部门（单位） 主管部门及编码 主管预算单位"
    ),
    "unit": _words(
        "填报单位 预算单位 单位名称 单位 部门 申报单位 编报单位 填报单位名称 预算单位名称 填报部门 编制单位 "
        "部门（单位）名称 部门/单位 预算部门 预算单位及代码 单位名称及代码 自评单位 预算部门（单位）"
    ),
    "executor": _words(
        "实施单位 项目单位 项目实施单位 具体实施单位 资金使用单位 实施单位及代码 项目单位名称 实施单位名称 "
        "用款单位 项目承担单位 执行单位"
    ),
    "unit_code": _words("单位编码 单位代码 预算单位编码 预算单位代码 实施单位编码 部门编码 部门代码"),
    "scope": _words(
        "预算规模及资金用途 项目资金 资金金额 预算规模 项目预算 资金情况 年度预算 项目资金情况 预算执行情况 "
        "预算资金情况 资金投入 项目资金申请 资金来源 年度预算申请 项目预算资金 资金总体情况 项目投资 项目经费 "
        "项目资金总额 年度资金情况 年度项目资金 资金构成"
    ),
    "total": _words(
        "年度资金总额 资金总额 预算数 年度预算总额 本年度资金总额 年度预算资金总额 预算总额 年度资金 当年资金总额 "
        "年度预算数 年度总额 项目预算总额 预算金额 预算资金总额 本年资金总额 预算资金 年初预算总额 年度金额 "
        "年度预算金额 当年预算 本年预算 预算安排 资金合计 合计 总额 预算合计 年度预算申请资金总额 预算申请资金总额 "
        "申请资金总额 年度资金申请总额 年度预算申请总额"
    ),
    "period_total": _words("实施期资金总额 中期资金总额 项目总投资 实施期总额 项目期资金总额 项目总额 总投资"),
    "granted": _words(
        "财政拨款 当年财政拨款 本年财政拨款 财政资金 年度财政拨款 财政拨款资金 财政性资金 财政预算 当年财政资金 "
        "本年财政资金 财政预算资金 预算内资金 财政安排 财政拨款小计"
    ),
    "own": _words(
        "本级安排 本级财政资金 本级资金 本级财政安排 本级财政拨款 省级资金 市级资金 县级资金 区级资金 地方资金 "
        "市县资金 省级财政资金 市级财政资金 县级财政资金 区级财政资金 地方财政资金"
    ),
    "upper": _words(
        "上级补助 上级资金 上级转移支付 中央补助 中央资金 省级补助 上级补助资金 中央财政资金 上级转移支付资金 "
        "中央转移支付 中央和省级资金 上级财政资金 省级转移支付 上级专项资金"
    ),
    "public": _words("一般公共预算 一般公共预算资金 一般公共预算拨款 一般公共预算财政拨款 一般公共预算拨款资金"),
    "fund": _words("政府性基金 政府性基金预算 政府性基金预算资金 政府性基金预算拨款 政府性基金预算财政拨款"),
    "state": _words("国有资本经营预算 国有资本经营预算资金 国有资本经营预算拨款 国有资本经营"),
    "carried": _words("上年结转资金 上年结转 结转资金 上年结转结余 上年结转结余资金 结转结余资金 年初结转和结余"),
    "special": _words("财政专户管理资金 财政专户 财政专户资金 财政专户核拨资金"),
    "own_money": _words(
        "单位资金 自有资金 单位自有资金 事业收入 自筹资金 经营收入 事业单位经营收入 自筹 单位自筹 单位自筹资金"
    ),
    "other": _words("其他资金 其他 其他来源资金 社会资金 其他收入 其它资金"),
    "initial": _words("年初预算数 年初预算 年初数 年初安排 年初安排数 年初批复数 申请数 金额 年度预算安排"),
    "adjusted": _words("全年预算数 调整后预算数 全年预算 调整预算数 调整后预算 调整数 预算调整数"),
    "done": _words(
        "全年执行数 预算执行数 执行数 执行率 预算执行率 执行率分值 分值 得分 权重 原因 自评得分 支出数 未完成原因分析 "
        "实际支出 实际执行数 偏差原因 完成率 全年支出数 执行率（%） 到位数 资金到位数"
    ),
    "goal": _words(
        "绩效目标 总体目标 年度总体目标 年度绩效目标 项目绩效目标 项目总体目标 总体绩效目标 年度总体绩效目标 "
        "项目目标 项目年度目标 项目总目标 绩效总目标 项目绩效总目标 目标 项目年度绩效目标 项目整体目标 年度总目标"
    ),
    "goal_year": _words("年度目标 预期目标 当年目标 本年度目标 年初设定目标 年初目标 本年目标 年度预期目标"),
    "goal_other": _words(
        "实施期目标 中期目标 长期目标 实际完成情况 目标实际完成情况 全年实际完成情况 完成情况 三年目标 "
        "实施期绩效目标 实施期总目标 年度目标完成情况 实施期总体目标 中期绩效目标 目标完成情况 项目期目标 "
        "中长期目标 年度总体目标完成情况 总目标"
    ),
    "purpose": _words("资金用途 项目资金用途 主要用途 资金主要用途 经费用途"),
    "plan": UPPER["plan"],
    "passed": _words(
        "项目属性 项目期 项目类型 项目类别 项目负责人 负责人 联系人 联系电话 项目起止时间 项目起始时间 "
        "项目终止时间 实施期限 项目实施期 资金性质 项目概况 立项依据 项目内容 项目简介 政策依据 项目周期 开始时间 "
        "结束时间 存续期限 项目立项依据 自评等级 填报人 填报日期 年度 预算年度 项目分类 一级项目 二级项目 "
        "项目概述 项目背景 实施方案 项目实施计划 是否公开 项目级次 支出方向 功能科目 项目立项必要性 必要性 可行性 "
        "分配方式 项目开始时间 项目结束时间 电话 填报时间 项目状态 项目期限 项目执行期 项目性质 支出类型 评价得分 "
        "项目基本情况 基本情况 年度计划 管理制度 保障措施 总得分 自评总分 评价等级 密级 项目用途类别"
    ),
}
"""The labels above the indicator rows of all forms but the published one, by meaning, in whatever order."""

DEPARTMENT = ("年度主要任务", "任务名称", "部门整体绩效目标", "整体绩效目标", "部门整体支出绩效目标", "部门整体目标")
"""What only the table of a whole department has as a label."""

_ABOVE = by_spelling(ABOVE)


def above_of(text: str) -> str:
    """What a label above the indicator rows says (a meaning of ``ABOVE``); blank where a text is none.

    One that has a year is of another one than asked for: the year's own has lost it by then.
    """
    years, base = dated(text)
    if years and base and (meaning := _ABOVE.get(plain_label(base), "")) in OF_YEARS:
        return "goal_other" if meaning in _GOALS else "passed"
    return _ABOVE.get(plain_label(text), "")


def dated_above(base: str) -> str:
    """What a label says that has a year before it, without that."""
    return _ABOVE.get(plain_label(base), "") or _WITH_A_YEAR.get(base, "")


OF_YEARS = frozenset({"total", "initial", "adjusted", "goal", "goal_year", "goal_other"})
"""What labels may say for several years; 2023年结转资金 is as likely the name of a project."""
_GOALS = frozenset({"goal", "goal_year", "goal_other"})
_WITH_A_YEAR = dict.fromkeys(
    [
        "预算",
        "预算安排",
        "安排预算",
        "资金预算",
        "项目预算",
        "资金",
        "安排",
        "安排资金",
        "资金安排",
        "投入",
        "资金投入",
        "投资",
        "金额",
    ],
    "total",
)
"""What is a label only with a year before it."""
