"""``selfeval import`` of files that are not what they seem: what stands over cells, is out of place, or misnamed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.sources import test_contents as contents
from tests.sources.raw_pdf import pdf, text
from tests.sources.test_pdf import page_of_table
from tests.sources.test_pdf_strangers import look

HEAD, ROW = contents.HEAD, contents.ROW
SECOND = ["河道整治", "产出指标", "数量指标", "清淤次数", "≥3次"]
WIDTHS = (60, 60, 60, 60, 60)
NARROW = (50, 30, 30, 30, 30)
TABLE = page_of_table([HEAD, ROW], 500, widths=WIDTHS)
UPPER, LOWER = ["防洪工程", "效益", "社会", "水质改", "达到"], ["二期", "目标", "效益", "善程度", "三类"]
TWICE = page_of_table([HEAD, [*ROW[:-1], "≥3公里\n "]], 500, widths=WIDTHS)
TORN = [
    page_of_table([[f"{one[:2]}\n{one[2:]}" for one in row] for row in (HEAD, ROW)] + [UPPER], 160, widths=NARROW),
    page_of_table([LOWER], 800, widths=NARROW),
]
SPANS = "<table><tr><td>{}<tr><td rowspan=3>{}<tr><td>{}<tr><td>{}</table>".format(
    *("<td>".join(row) for row in (HEAD, ROW, SECOND[1:], ["防洪", "产出指标", "数量指标", "堤防", "≥9里"]))
)


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("a.pdf", pdf([TABLE + look(text(130, 480, "内部资料注意保存", 12), "0.8 g")]), "W155", "第1页第1个表第1行"),
        ("a.pdf", pdf([TWICE + look(text(345, 464, "已审核", 9), "1 0 0 rg")]), "W156", "第1页第1个表第2行"),
        ("a.pdf", pdf([TABLE + look(text(345, 474, "密件", 7), "1 g")]), "W157", "第1页第1个表第2行"),
        ("a.pdf", pdf(TORN), "W158", "第2页第1个表第1行"),
        ("a.html", SPANS.encode(), "E156", "第1个表第2行"),
        ("a.csv", "\n".join(map(",".join, [HEAD, ROW, ['"河道整治', *SECOND[1:]]])).encode(), "E157", "第3行的引号"),
        ("a.xlsx", contents.word(), "W159", "内容却是Word 文档"),
        ("a.xlsx", contents.packed(), "E150", "压缩包"),
    ],
)
def test_what_is_doubtful_in_a_file_is_told_by_an_import(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, code: str, said: str
) -> None:
    (tmp_path / "inputs").mkdir()
    (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    found = json.loads(run("import", name, "--year", "2025", "--dry-run", "--format", "json").out)
    told = [one["message"] for one in found["problems"] if one["code"] == code]
    assert [said in one for one in told] == [True], found["problems"]
