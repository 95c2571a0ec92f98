"""Slips of names: keys, kinds, checks, choices, and conditions that nothing bears."""

from __future__ import annotations

NAMES = [
    # keys, also where the parent has the right one
    ("    curve:\n      - {from: 0, share: measure}\n      - {from: 100%", "    curv:\n      - {from: 0, share: measure}\n      - {from: 100%", "E210", "", "是否应为“curve”"),  # noqa: E501
    ("    curve:\n      - {from: 0, share: 100%}", "    曲线:\n      - {from: 0, share: 100%}", "E210", "", "是否应为“curve”"),  # noqa: E501
    ("    curve:\n      - {from: 0, share: 100%}", "    计分标准:\n      - {from: 0, share: 100%}", "E210", "", "是否应为“curve”"),  # noqa: E501
    ("grades:\n", "等级:\n", "E210", "", "是否应为“grades”"),
    ("grades:\n", "grade:\n", "E210", "", "是否应为“grades”"),
    ("levels:\n", "定性档次:\n", "E210", "", "是否应为“levels”"),
    ("levels:\n", "level:\n", "E210", "", "是否应为“levels”"),
    ("sections:\n", "section:\n", "E210", "", "是否应为“sections”"),
    ("sections:\n", "分值构成:\n", "E210", "", "是否应为“sections”"),
    ("checks:\n", "核对:\n", "E210", "", "是否应为“checks”"),
    ("recognise:\n", "recognize:\n", "E210", "", "是否应为“recognise”"),
    ("overrides:\n", "override:\n", "E210", "", "是否应为“overrides”"),
    ("kinds:\n", "kind:\n", "E210", "", "是否应为“kinds”"),
    ("in_force:", "inforce:", "E210", "", "是否应为“in_force”"),
    ("extends: ", "extend: ", "E210", "", "是否应为“extends”"),
    ("  - {id: output, points: 50,", "  - {id: output, lable: 产出, points: 50,", "E210", "", "是否应为“label”"),
    ("  - {id: output, points: 50,", "  - {id: output, 名称: 产出, points: 50,", "E210", "", "是否应为“label”"),
    ("  - {id: output, points: 50,", "  - {id: output, 分值: 50,", "E210", "", "是否应为“points”"),
    ("levels1: [产出指标]", "level1: [产出指标]", "E210", "", "是否应为“levels1”"),
    ("level1: [满意度指标]", "levels1: [满意度指标]", "E210", "", "是否应为“level1”"),
    ("level1: [满意度指标]", "一级指标: [满意度指标]", "E210", "", "是否应为“level1”"),
    ("unit: [rate]", "units: [rate]", "E210", "", "是否应为“unit”"),
    ("        unit: [count]", "        单位类别: [count]", "E210", "", "是否应为“unit”"),
    ("        measure: per_unit", "        mesure: per_unit", "E210", "", "是否应为“measure”"),
    ("        measure: per_unit", "        计算方法: per_unit", "E210", "", "是否应为“measure”"),
    ("deduct: {points: 1, every: 1, part: whole}", "deduct: {points: 1, each: 1, part: whole}", "E210", "", "every"),
    ("deduct: {points: 1, every: 1, part: whole}", "deduction: {points: 1}", "E210", "", "是否应为“deduct”"),
    ("attention: {flag_from: 120%", "attention: {flag: 120%", "E210", "", "是否应为“flag_from”"),
    ("attention: {flag_from: 120%", "attention: {提示线: 120%", "E210", "", "是否应为“flag_from”"),
    ("when: {actual_missing: zero}", "when: {actual_mising: zero}", "E210", "", "是否应为“actual_missing”"),
    ("    because: 指标值", "    原因: 指标值", "E210", "", "是否应为“because”"),
    ("words: [力争]", "word: [力争]", "E210", "", "是否应为“words”"),
    ("if_empty: [{to:", "if_emtpy: [{to:", "E210", "", "是否应为“if_empty”"),
    # kinds, checks and choices
    ("  deadline:\n", "  deadlin:\n", "E220", "", "是否应为“deadline”"),
    ("  deadline:\n", "  时限:\n", "E220", "", "是否应为“deadline”"),
    ("  at_most:\n", "  atmost:\n", "E220", "", "是否应为“at_most”"),
    ("  at_most:\n", "  ≤:\n", "E220", "", "是否应为“at_most”"),
    ("  execution_low:", "  execution_lo:", "E220", "", "是否应为“execution_low”"),
    ("  unspent:", "  unspend:", "E220", "", "是否应为“unspent”"),
    ("    kind: deadline", "    kind: 时限", "E211", "", "是否应为“deadline”"),
    ("    measure: inverse_ratio", "    measure: inverse-ratio", "E211", "", "是否应为“inverse_ratio”"),
    ("    measure: inverse_ratio", "    measure: days_late", "E222", "", "excess"),
    ("        measure: rate", "        measure: raet", "E211", "", "ratio、rate、per_unit"),
    ("unit: [count]", "unit: [数量]", "E211", "", "是否应为“count”"),
    ("unit: [rate]", "unit: [百分比]", "E211", "", "是否应为“rate”"),
    ("part: whole", "part: half", "E211", "", "proportional"),
    ("actual_missing: zero", "actual_missing: 零分", "E211", "", "是否应为“zero”"),
    ("actual_missing: zero", "actual_missing: 0", "E211", "", "zero"),
    ("number: present", "number: presence", "E211", "", "是否应为“present”"),
    # references
    ("if_empty: [{to: output,", "if_empty: [{to: outputs,", "E220", "", "是否应为“output”"),
    ("  section: execution", "  section: 预算执行率", "E220", "", "execution"),
    ("  sources: [notice]\n\nkinds", "  sources: [notise]\n\nkinds", "E220", "", "是否应为“notice”"),
    ("extends: national-2020", "extends: national2020", "E212", "", "national-2020"),
    ("id: 2025\n", "id: 2024\n", "E230", "", "2025"),
    # conditions that nothing bears
    ("level1: [满意度指标]", "level1: [满意指标]", "W231", "", "是否应为“满意度指标”"),
    ("level2: [数量指标]", "level2: [数目指标]", "W231", "", "是否应为“数量指标”"),
    ("level2: [数量指标]", "level2: [数量指标, 成夲指标]", "W231", "", "是否应为“成本指标”"),
    ("level2: [数量指标]", "level3: [培训场数]", "W231", "", "是否应为“培训场次”"),
    ("level2: [数量指标]", "level1: [效益指标]\n        level2: [数量指标]", "W232", "- id: events", "同时成立"),
    ("level2: [成本指标], sources", "level2: [成夲指标], sources", "W231", "", "是否应为“成本指标”"),
    ("indicators: [P1-01]", "indicators: [NOPE-01]", "E242", "", "指标编号"),
    ("indicators: [P1-01]", "indicators: [P1-1]", "E242", "", "是否应为“P1-01”"),
    ("  - indicator: P1-03", "  - indicator: P1-3", "E233", "", "P1-03"),
    ("levels1: [产出指标]", "levels1: [产岀指标]", "W233", "", "产出指标"),
    # what shares a list with its parent
    ("  - {id: partly, default: 70%}", "  - {id: partly, default: 70%}\n  - {id: good, label: 较好, low: 70%, high: 80%, high_included: false, default: 75%, sources: [ours]}", "E225", "id: good", "remove: [levels.编号"),  # noqa: E501
    ("words: [力争]", "words: [力争, 不低于]", "E232", "", "rules/national-2020.yaml 第"),
    ("  - id: benefit\n", "  - id: benefits\n", "E209", "", "label"),
]  # fmt: skip
