"""Slips over several files: folders of rulebooks, what a child does to its parent, files that are no text."""

# ruff: noqa: E501 - a slip is one line of the table
from __future__ import annotations

CITY, DEPT = "regions/changsha/2025", "regions/changsha/health/2025"


def city(extends: str = "../../national-2020", body: str = "") -> str:
    """The text of a rulebook of a city."""
    return f"id: 2025\ntitle: 某市规则\nextends: {extends}\nin_force: {{from: 2025, to: 2025}}\n{body}"


def dept(body: str = "", extends: str = "../2025") -> str:
    """The text of a rulebook of a department of the city."""
    return f"id: 2025\ntitle: 某局规则\nextends: {extends}\nin_force: {{from: 2025, to: 2025}}\n{body}"


def source(name: str, title: str, rest: str = "") -> str:
    """The sources of a rulebook: one."""
    return f"sources:\n  - {{id: {name}, title: {title}, verified: true{rest}}}\nexecution: {{sources: [{name}]}}\n"


OURS = source("ours", "本市约定", ", convention: true")
ENTRY = "recognise:\n  - {id: strive, kind: at_least, words: [力争], number: present}\n"
OVERRIDE = "overrides:\n  - {indicator: P1-03, kind: deadline, target: 12月31日, because: 多打了“12”}\n"
VARIANT = "kinds:\n  at_least:\n    variants:\n      - {id: city, level1: [满意度指标], curve: [{from: 0, share: measure}], sources: [mof-2020-10]}\n"
CASES = "rulebook: 2025\nyear: 2025\ncases:\n  - {name: 良, total: 89, grade: 良}\n"

BASE = "regions/base"
BASE_TEXT = "id: base\ntitle: 全省规则\nextends: ../national-2020\nin_force: {from: 2025}\n"
MERGED = "remove: [sections.satisfaction]\nsections:\n  - {id: benefit, points: 40, levels1: [效益指标, 满意指标]}\n"
FOLDERS = [
    # files by name, the one that is checked, code, file of the problem, text of its line, a word of message or cure
    ({CITY: city("national-2020x")}, CITY, "E212", CITY, "extends", "是否应为"),
    ({CITY: city("../../nationl-2020")}, CITY, "E212", CITY, "extends", "../../national-2020"),
    ({CITY: city("../../national-2020.yaml")}, CITY, "E212", CITY, "extends", "../../national-2020"),
    ({CITY: city("/rules/national-2020")}, CITY, "E212", CITY, "extends", "national-2020"),
    ({CITY: city("..\\..\\national-2020")}, CITY, "E212", CITY, "extends", "national-2020"),
    ({CITY: city("../../../national-2020")}, CITY, "E212", CITY, "extends", "national-2020"),
    ({CITY: city("../../../../etc/passwd")}, CITY, "E212", CITY, "extends", "找不到"),
    ({CITY: city("国家规则")}, CITY, "E212", CITY, "extends", "可以写"),
    ({CITY: city("[../../national-2020]")}, CITY, "E211", CITY, "extends", "一个名称"),
    ({CITY: city("2025")}, CITY, "E213", CITY, "extends", "又引用到自己"),
    ({CITY: city("health/2025"), DEPT: dept()}, CITY, "E213", DEPT, "extends", "又引用到自己"),
    ({CITY: city("health/2025"), DEPT: dept()}, DEPT, "E213", CITY, "extends", "又引用到自己"),
    ({CITY: city(), DEPT: dept(extends="../changsha")}, DEPT, "E212", DEPT, "extends", "可以写"),
    ({CITY: city().replace("extends: ", "extend: ")}, CITY, "E210", CITY, "extend:", "是否应为“extends”"),
    ({CITY: city().replace("extends: ", "基础规则: ")}, CITY, "E210", CITY, "基础规则", "是否应为“extends”"),
    ({CITY: city().replace("extends: ", "extends：")}, CITY, "E204", CITY, "extends：", "全角冒号"),
    ({CITY: city().replace("extends: ../../national-2020\n", "")}, CITY, "E209", CITY, "id: 2025", "写明 extends"),
    ({CITY: city().replace("extends: ../../national-2020\n", "extends:\n")}, CITY, "E209", CITY, "", "写明 extends"),
    ({CITY: city().replace("id: 2025", "id: changsha")}, CITY, "E230", CITY, "id: changsha", "请把 id 改为 2025"),
    ({CITY: city().replace("id: 2025", "id: regions/changsha/2025")}, CITY, "E230", CITY, "id:", "请把 id 改为 2025"),
    ({CITY: city().replace("from: 2025, to: 2025", "from: 2024, to: 2024")}, CITY, "E217", CITY, "in_force", "不能用于2025年"),
    # a parent that is broken is said once, where it is broken
    ({CITY: city(body="kinds:\n  at_leats: {}\n"), DEPT: dept()}, DEPT, "E220", CITY, "at_leats", "是否应为“at_least”"),
    ({CITY: city(body="kinds\n"), DEPT: dept()}, DEPT, "E204", CITY, "kinds", "冒号"),
    ({CITY: city(body="kinds:\n\tat_least:\n"), DEPT: dept()}, DEPT, "E204", CITY, "at_least", "Tab"),
    ({CITY: city(body="rounding: {to: 2}\n"), DEPT: dept()}, DEPT, "E211", CITY, "rounding", "0.01、0.1 或 1"),
    ({CITY: city(body="sections:\n  - {id: output, points: 4}\n"), DEPT: dept()}, DEPT, "E218", CITY, "sections", "相加为 100"),
    ({CITY: "", DEPT: dept()}, DEPT, "E208", CITY, "", "空的"),
    ({CITY: "# 还没有写\n", DEPT: dept()}, DEPT, "E208", CITY, "# 还没有写", "空的"),
    ({CITY: "- id: 2025\n", DEPT: dept()}, DEPT, "E208", CITY, "- id", "键: 值"),
    ({CITY: "2025\n", DEPT: dept()}, DEPT, "E208", CITY, "2025", "键: 值"),
    # files that are no text, or not of the usual kind
    ({CITY: city().encode("gbk")}, CITY, "E203", CITY, "", "UTF-8"),
    ({CITY: city().encode("utf-16")}, CITY, "E203", CITY, "", "UTF-8"),
    ({CITY: b"PK\x03\x04\xff\xfe"}, CITY, "E203", CITY, "", "UTF-8"),
    ({CITY: city(body="not_applicable: whole\x00_form\n")}, CITY, "E204", CITY, "not_applicable", "控制字符"),
    ({CITY: "x" * 1_000_001}, CITY, "E202", CITY, "", "MB"),
    ({CITY: city(body=f"rounding: {'[' * 40}{']' * 40}\n")}, CITY, "E207", CITY, "rounding", "层次超过"),
    ({CITY: city(body=f"not_applicable: {'很长' * 1000}\n")}, CITY, "E211", CITY, "not_applicable", "whole_form"),
    ({CITY: city(body=f"not_applicable: {'很长' * 4000}\n")}, CITY, "E207", CITY, "not_applicable", "3000字"),
    ({CITY: city() + "---\n" + city()}, CITY, "E207", CITY, "---", "两份文档"),
    # what a child does to its parent
    ({CITY: city(body=OURS), DEPT: dept(source("ours", "关于印发绩效办法的通知"))}, DEPT, "W245", DEPT, "id: ours", "rules/regions/changsha/2025.yaml:6"),
    ({CITY: city(body=ENTRY), DEPT: dept(ENTRY.replace("at_least", "at_most").replace("力争", "封顶"))}, DEPT, "W245", DEPT, "strive", "rules/regions/changsha/2025.yaml:6"),
    ({CITY: city(body=ENTRY), DEPT: dept(ENTRY.replace("力争", "奋勇"))}, DEPT, "W245", DEPT, "strive", "words 由“力争”变成“奋勇”"),
    ({CITY: city(body=ENTRY), DEPT: dept(ENTRY.replace("strive", "strive2"))}, DEPT, "E232", DEPT, "strive2", "rules/regions/changsha/2025.yaml 第"),
    ({CITY: city(body=ENTRY), DEPT: dept("remove: [recognise]\n" + ENTRY)}, DEPT, "W246", DEPT, "remove", "只删一条的"),
    ({CITY: city(body=OVERRIDE), DEPT: dept("remove: [overrides]\n")}, DEPT, "W246", DEPT, "remove", "只删一条的"),
    ({CITY: city(body=ENTRY), DEPT: dept("remove: [kinds]\n")}, DEPT, "E209", DEPT, "", "kinds"),
    ({CITY: city(body=ENTRY), DEPT: dept("remove: [recognise.strife]\n")}, DEPT, "E215", DEPT, "remove", "是否应为“recognise.strive”"),
    ({CITY: city(body=ENTRY), DEPT: dept("remove: [strive]\n")}, DEPT, "E215", DEPT, "remove", "是否应为“recognise.strive”"),
    ({CITY: city(body=OVERRIDE), DEPT: dept(OVERRIDE)}, DEPT, "W238", DEPT, "P1-03", "rules/regions/changsha/2025.yaml:6"),
    ({CITY: city(body=OVERRIDE + OVERRIDE.partition("\n")[2])}, CITY, "E214", CITY, "", "第6行已经有了"),
    ({CITY: city(body=VARIANT), DEPT: dept(VARIANT.replace("满意度指标", "产出指标"))}, DEPT, "W245", DEPT, "id: city", "换一个编号"),
    ({CITY: city(body=VARIANT), DEPT: dept(VARIANT.replace("id: city", "id: dept").replace("measure}", "1}"))}, DEPT, "E239", DEPT, "id: dept", "city"),
    ({CITY: city(), DEPT: dept("execution: {sources: [notice]}\n")}, DEPT, "E220", DEPT, "notice", "没有名为“notice”的依据"),
    ({CITY: city(body=OURS), DEPT: dept("execution: {sources: [oours]}\n")}, DEPT, "E220", DEPT, "oours", "是否应为“ours”"),
    ({CITY: city(), DEPT: dept("sections:\n  - {id: outputs, points: 50}\n")}, DEPT, "E209", DEPT, "outputs", "是否应为“output”"),
    ({CITY: city(), DEPT: dept("sections:\n  - {id: output, points: 60}\n")}, DEPT, "E218", DEPT, "", "= 1"),
    ({CITY: city(), DEPT: dept("levels:\n  - {id: good, label: 较好, low: 70%, high: 80%, high_included: false, default: 75%, sources: [choices]}\n")}, DEPT, "E225", DEPT, "id: good", "remove: [levels.编号"),
    ({CITY: city(), DEPT: dept("kinds:\n  at_least: {measure: inverse_ratio}\n")}, DEPT, "E222", DEPT, "inverse_ratio", "只能是 ratio、rate、per_unit"),
    ({CITY: city(), DEPT: dept("kinds:\n  at_least: {deduct: {points: 1}}\n")}, DEPT, "E240", DEPT, "deduct", "用不到 deduct"),
    # a base that serves many years
    ({BASE: BASE_TEXT + "levels:\n  - {id: partly, low: 85%}\n"}, BASE, "E225", BASE, "low: 85%", "85%"),
    ({BASE: BASE_TEXT + "levels:\n  - {id: met, low: 75%}\n"}, BASE, "E225", BASE, "low: 75%", "75%"),
    ({BASE: BASE_TEXT + MERGED}, BASE, "W233", BASE, "满意指标", "是否应为“满意度指标”"),
    ({BASE: BASE_TEXT + MERGED.replace("效益指标, 满意指标", "效益指标, 满意度指标").replace("效益", "效宜")}, BASE, "W233", BASE, "效宜指标", "是否应为“效益指标”"),
    # cases beside them
    ({CITY: city(), f"{CITY}.cases": CASES + "  - {name: 良, total: 88, grade: 良}\n"}, CITY, "W248", f"{CITY}.cases", "total: 88", "同名"),
    ({CITY: city(), f"{CITY}.cases": CASES.replace("rulebook: 2025", "rulebook: national-2020")}, CITY, "E237", f"{CITY}.cases", "rulebook", "应为“2025”"),
    ({CITY: city(), f"{CITY}.cases": CASES.replace("year: 2025", "year: 2024")}, CITY, "E263", f"{CITY}.cases", "year: 2024", "改正 year"),
    ({CITY: city(), f"{CITY}.cases": CASES.replace("grade: 良", "grade: 合格")}, CITY, "E236", f"{CITY}.cases", "total", "没有这个等级"),
    ({CITY: city(), f"{CITY}.cases": ""}, CITY, "E208", f"{CITY}.cases", "", "空的"),
    ({CITY: city(), f"{CITY}.cases": "- {name: 良}\n"}, CITY, "E208", f"{CITY}.cases", "name", "键: 值"),
    ({CITY: city(), f"{CITY}.cases": CASES.encode("gbk")}, CITY, "E203", f"{CITY}.cases", "", "UTF-8"),
    ({CITY: city(), f"{CITY}.cases": CASES.replace("cases:\n", "cases:\n\t")}, CITY, "E204", f"{CITY}.cases", "name", "Tab"),
]  # fmt: skip

SOUND_FOLDERS = [
    ({CITY: city()}, CITY),
    ({CITY: city(), DEPT: dept()}, DEPT),
    ({CITY: city("national-2020")}, CITY),
    ({CITY: city("../national-2020")}, CITY),
    ({CITY: city(), DEPT: dept(extends="../../../national-2020")}, DEPT),
    ({CITY: "\ufeff" + city()}, CITY),
    ({CITY: city().replace("\n", "\r\n")}, CITY),
    ({CITY: city().replace("id: 2025", "id: '2025'")}, CITY),
    ({CITY: "---\n" + city()}, CITY),
    ({CITY: city(body=OURS), DEPT: dept("execution: {sources: [ours], rate_first: true}\n")}, DEPT),
    ({CITY: city(body=ENTRY), DEPT: dept(ENTRY.replace("[力争]", "[力争, 奋勇]"))}, DEPT),
    ({CITY: city(body=ENTRY), DEPT: dept("recognise:\n  - {id: strive, words: [力争, 争取达到]}\n")}, DEPT),
    ({CITY: city(body=ENTRY), DEPT: dept("remove: [recognise.strive]\n" + ENTRY.replace("力争", "奋勇"))}, DEPT),
    ({CITY: city(body=ENTRY), DEPT: dept("remove: [checks.same_indicators]\n")}, DEPT),
    ({CITY: city(body=OVERRIDE), DEPT: dept(OVERRIDE.replace("12月31日", "11月30日"))}, DEPT),
    ({CITY: city(body=VARIANT), DEPT: dept(VARIANT.replace("measure}", "measure}, {from: 95%, share: 1}"))}, DEPT),
    ({CITY: city(), DEPT: dept("sections:\n  - {id: output, label: 产出, points: 50}\n")}, DEPT),
    ({CITY: city(body="recognise:\n  - {id: bare_rate, kind: exactly, sources: [choices]}\n")}, CITY),
    ({CITY: city(), f"{CITY}.cases": CASES}, CITY),
    ({CITY: city(), f"{CITY}.cases": CASES.replace("rulebook: 2025", "rulebook: regions/changsha/2025")}, CITY),
]  # fmt: skip
