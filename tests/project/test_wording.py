"""One word for each thing, and the punctuation of the mainland, wherever a user reads Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from tests.project.texts import Text, everything

WORDS = (
    # what stands for a thing nowhere, the one word for it, why
    ("规则书|规则库", "规则文件（文件）、评分规则（内容）、评分细则（打印件）", "made up"),
    ("上级规则|下级规则|父规则", "基础规则", "上级 is an authority above the unit"),
    ("样例|范例", "用例；给填报科室和领导看的是示例", "two words for one thing"),
    ("工作目录|工作区(?!域)", "工作文件夹", "a programmer's word"),
    ("目标文本|(?<!绩效)目标表|目标文件", "绩效文本（来源）、绩效目标表（targets.xlsx）", "two words for one thing"),
    ("(?<!资金)支出计划", "资金支出计划", "as on the form"),
    ("本月支付", "当月支付", "as in 资金支出进度"),
    ("得分比例", "得分率", "one word with 完成率 and 执行率"),
    ("评分人(?!员)", "评分人员", "as the form says"),
    ("人工评分", "人工评定", "as the type is called"),
    ("格子|黄格|(?<![元表规价合资严])格(?=里|内|中(?!文))", "单元格", "the word of Excel and WPS"),
    ("[黄灰]色格|[逐各]格|其余格", "单元格", "the same"),
    ("[这那每下]一?格(?!式)", "这个单元格、下一个单元格", "the same"),
    ("下拉框|下拉选|下拉菜单", "下拉列表", "the word of Excel and WPS"),
    ("没有?认出|认不出|认得?出|认作|读作|看不懂|看懂|不认识|认得", "识别（为）、无法识别", "six words for one thing"),
    ("读不出|读得出", "无法识别（内容）、无法读取（文件）", "spoken"),
    ("读法|判读|怎样读(?!取)|照认|照读", "识别、识别说明、识别结果", "a file is 读取, what stands in it is 识别"),
    ("按[^，。；：]{1,20}读(?!者|写)|读错|漏读|读到|读成|读进|没有读", "按…识别；未读取、未采用", "the same"),
    ("凭什么|看不出|看得出|拿不准|是不是|一回事|清掉|不声不响|看一眼", "依据；不能判断；是否；清除", "spoken"),
    ("(?<![分级类区性特个识辨])别的", "其他", "spoken"),
    ("发表(?!格)", "下发", "发表 means to publish"),
    ("收表", "收集填报表", "a private abbreviation"),
    ("填报单位", "实施单位、填报科室", "as on the official form"),
    ("(?<!主管部门)(?<!财政部门)(?<!单位)审核意见", "复核意见", "审核 stands in the boxes for signatures alone"),
    ("审核结论|审核人(?!员)|审核日期", "复核结论、复核人、复核日期", "the same"),
    ("核定得分", "调整得分（复核人所填）、复核得分（最后的）", "two words for one thing"),
    ("(?<!按)偏离度", "自评复核偏差率", "偏离度 is how far a result is from its target, in 财预〔2020〕10号"),
    ("计量值|计量方法", "完成程度、计算方法", "made up"),
    ("曲线(?!图)|折线(?!图)", "计分标准、按区间线性计分", "mathematics, except for charts"),
    ("另行计分(?!办法)", "单独计分办法", "one word for variants"),
    ("个别指标", "单独指定的指标", "one word for overrides"),
    ("考核时点|空白时点", "计划节点、未设计划的节点", "made up"),
    ("界线|标注线", "标准、提示线", "made up"),
    ("(?<!支出)资金进度", "资金支出进度", "as the sheet is called"),
    ("暂评", "试算得分", "as the form says"),
    ("样子(?!的)", "格式", "spoken"),
    ("不合情理|数的大小", "数值异常", "spoken"),
    ("没有采用", "未采用", "spoken"),
    ("试问", "查询", "made up"),
    ("已有总分|已定的", "已评定", "one word for what has a total"),
    ("假如按|假如", "拟用规则", "spoken"),
    ("钱(?!塘|立)|花掉|花销", "资金、支出", "spoken"),
    ("活的公式|跑用例|仓库里", "由公式计算、运行用例、本文件夹", "a programmer's words"),
    ("财务评定", "以本单位审核确认的为准", "it is not finance that decides"),
    ("不是真实数据", "示例数据（虚构，仅供演示）", "one mark"),
    ("年度目标完成情况", "年度总体目标实际完成情况", "as the cell of the form is called"),
    ("本单位[^，。；]{0,10}约定|约定：", "本单位自定", "约定 is made by two sides"),
    ("印好的|打印出的", "列示的", "spoken"),
    ("(?<!指标)级次", "指标级次", "级别 is of problems"),
    ("年初预算(?!数|批复|安排|资金|的|为)", "年初预算数", "as on the official form"),
    ("(?<!全年)实际值", "实际完成值", "as on the official form"),
    ("怎么", "怎样；填报要求、处理办法（标题）", "spoken"),
    ("有疑问请问", "咨询联系人", "spoken"),
    ("疑点", "复核关注事项", "reads as blame"),
)  # fmt: skip

ELSEWHERE = {
    # where a word is no word for users, or must stay: the beginning of the place, what of it, and why
    "selfeval/domain/reading/remarks.py": (".", "words that readings know"),
    "selfeval/rulebook/text/suggesting.py": ("曲线", "what people may type for it"),
    "selfeval/sources/form/": ("支出计划", "labels of other people's documents"),
    "selfeval/sources/flat/columns.py": ("填报单位", "headings of other people's tables"),
    "selfeval/sources/form/labels": (".", "labels of other people's documents"),
    "selfeval/domain/reported.py": ("年度目标完成情况", "a column of reported tables, fixed by the contract"),
    "docs/forms.md": ("年度目标完成情况", "the column of reported tables"),
    "examples/sample-2024/README.md": ("年度目标完成情况", "the column of reported tables"),
}  # fmt: skip
"""Words that a place may hold; a full stop: any."""

_H = r"[\u4e00-\u9fff]"
_MARKS = r"[，。；：、）（“”！？《》〔〕]"
TYPED = re.compile(
    r"`[^`]*`"  # what is typed or is a name, in pages
    r"|selfeval(?: [ -~]+)?|--[ -~]+"  # commands
    r"|[A-Za-z]+ \d+\.\d+"  # a program and its version
    r"|\d{4}:\d+"  # a line of a rule file
    r"|[\w./<>-]*[A-Za-z_/<>][\w./<>-]*(?<![\u4e00-\u9fff])"  # words in Latin letters, names of files, codes
    r"|^\d{3}(?= )"  # the code of a department before its name
    r"|(?:\d{4}|\{\})-[\d-]+|\d{6,}|\d[\d.,]* [A-Za-z]+|\{\}",  # days, telephones, codes, Latin units, what is put in
    re.ASCII,
)
"""What keeps its spaces and its own marks."""

SPACES = re.compile(rf"(?<!年度指标) (?<={_H} )\d|\d[%‰]? {_H}|(?:{_H}|{_MARKS}) {_MARKS}|{_MARKS} {_H}")
HALF = re.compile(rf"(?<={_H})[,;:!?()](?={_H})|(?<={_MARKS})[,;:](?={_H})")
QUOTES = re.compile("[「」『』]")
_OTHERS = re.compile("(?<=“)[^“”]+(?=”)")
"""What is quoted is somebody else's."""


@lru_cache(maxsize=1)
def _all(project: Path, desk: Path) -> tuple[Text, ...]:
    return tuple(everything(project, desk))


@pytest.fixture(scope="module")
def texts(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Text, ...]:
    return _all(project_root, tmp_path_factory.mktemp("desk"))


def offenders(texts: Iterable[Text]) -> Iterator[str]:
    """Each word that stands for a thing which has another one: place, word, the one to use."""
    patterns = [(re.compile(word), better) for word, better, _ in WORDS]
    for place, text in texts:
        allowed = [re.compile(words) for start, (words, _) in ELSEWHERE.items() if place.startswith(start)]
        for pattern, better in patterns:
            for found in pattern.finditer(text):
                if not any(one.fullmatch(found[0]) or one.pattern == "." for one in allowed):
                    yield f"{place}: “{found[0]}” → {better}: {_around(text, found)}"


def misspelt(texts: Iterable[Text]) -> Iterator[str]:
    """Each slip of punctuation: place, what it is."""
    for place, text in texts:
        if any(place.startswith(start) and words == "." for start, (words, _) in ELSEWHERE.items()):
            continue
        for what, pattern in (("a space", SPACES), ("a half-width mark", HALF)):
            bare = _OTHERS.sub(_hidden, TYPED.sub(_hidden, text))
            for found in pattern.finditer(bare):
                yield f"{place}: {what}: {_around(text, found)}"
        for found in QUOTES.finditer(text):
            yield f"{place}: 「」 → “”: {_around(text, found)}"


def _hidden(found: re.Match[str]) -> str:
    return "＃" * len(found[0])


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 12) : found.end() + 12].replace("\n", " ").strip()


def told(found: Iterable[str]) -> str:
    lines = sorted(set(found))
    return f"{len(lines)} texts:\n" + "\n".join(lines)


def test_each_thing_has_one_word(texts: tuple[Text, ...]) -> None:
    found = list(offenders(texts))
    assert not found, told(found)


def test_marks_and_spaces_are_those_of_the_mainland(texts: tuple[Text, ...]) -> None:
    found = list(misspelt(texts))
    assert not found, told(found)


@pytest.mark.parametrize("start", ELSEWHERE)
def test_each_exemption_is_needed(texts: tuple[Text, ...], start: str) -> None:
    held = [Text("", text) for place, text in texts if place.startswith(start)]
    assert any(re.search(ELSEWHERE[start][0], found) for found in (*offenders(held), *misspelt(held)))


@pytest.mark.parametrize(
    "start", ["E301 ", "W520 ", "selfeval rules doc --help", "README.md", "docs/workflow.md", "CHANGELOG.md"]
)
def test_every_face_is_looked_at(texts: tuple[Text, ...], start: str) -> None:
    assert any(place.startswith(start) for place, _ in texts)


@pytest.mark.parametrize(
    "part", ["自评填报]", "自评表]", "评分依据]", "复核意见]", "复核汇总.xlsx", "概览]", "退回修改清单", "评分细则"]
)
def test_every_sheet_is_looked_at(texts: tuple[Text, ...], part: str) -> None:
    assert any(part in place for place, _ in texts)


@pytest.mark.parametrize(
    "planted",
    [
        *(
            "请在下拉框里选",
            "规则书有误",
            "收表以后",
            "不得超过偏离度",
            "填在目标表里",
            "这一格没有填",
            "本单位的评分约定",
        ),
        *(
            "指标值的读法",
            "没有写符号，按不低于读",
            "按“不超过”读取",
            "写明怎样读、凭什么",
            "截短的照认",
            "正文读到3张表",
        ),
        *("请核对是不是少写了百分号", "看不出方向", "请移到别的文件夹"),
    ],
)
def test_a_planted_word_is_found(planted: str) -> None:
    assert list(offenders([Text("planted", planted)]))
    assert not list(offenders([Text("selfeval/domain/reading/remarks.py:1", planted)]))


@pytest.mark.parametrize(
    "fine",
    [
        "填在绩效目标表里",
        "资金支出计划",
        "按偏离度适当调减分值",
        "主管部门审核意见",
        "折线图",
        "单元格里",
        "评分人员",
        "年初预算数",
        *(
            "按内容识别，不读取文件名",
            "请检查读取权限",
            "按偏差类别的计分标准",
            "没有写符号，按“不低于”识别",
            "磁盘是只读的",
        ),
    ],
)
def test_a_standard_word_is_not_found(fine: str) -> None:
    assert not list(offenders([Text("planted", fine)]))


@pytest.mark.parametrize(
    "planted",
    [
        "共 3项",
        "第3 行",
        "得 90%，",
        "达到90% 的",
        "没有填,请补填",
        "甲(乙)丙",
        "请选「认可」",
        "单位:万元",
        "见“甲” ，乙",
    ],
)
def test_a_planted_slip_is_found(planted: str) -> None:
    assert list(misspelt([Text("planted", planted)]))


@pytest.mark.parametrize(
    "fine",
    [
        "共3项",
        "运行 selfeval score 2024 即可",
        "写成 2024-12-31 的格式",
        "文件 outputs/2024/汇总.xlsx 已写",
        "见 `rules/2024.yaml` 第3行",
        "用 Excel 打开",
        "达到90%的",
    ],
)
def test_what_is_typed_keeps_its_spaces(fine: str) -> None:
    assert not list(misspelt([Text("planted", fine)]))
