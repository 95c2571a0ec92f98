"""What is shown of a web page: the chosen option, typed fields, and nothing that is hidden or stands in for others."""

from __future__ import annotations

import pytest

from selfeval.domain.problems import Place
from selfeval.sources.blocks import Document, Grid, Paragraph
from selfeval.sources.tables import web_page


def _read(page: str) -> Document:
    return web_page.read(page.encode(), Place(file="表.html"))


def _seen(inside: str, head: str = "") -> tuple[str, list[str]]:
    """What is read of a cell that stands beside another, and the codes of what is told."""
    document = _read(f"{head}<table><tr><td>甲</td><td>{inside}</td><td>乙</td></tr></table>")
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    return "|".join(cell.text for cell in grid.rows[0].cells[1:-1]), [one.code for one in document.problems]


@pytest.mark.parametrize(
    ("inside", "seen", "told"),
    [
        ("<select><option>≥1个</option><option selected>≥2个</option></select>", "≥2个", ""),
        ("<select><option>≥1个<option>≥2个</select>", "≥1个", ""),
        ("<select><option selected>≥1个<option selected>≥2个</select>", "≥2个", ""),
        ("约<select><option>≥1个<option SELECTED='selected'>≥2个</select>以上", "约≥2个以上", ""),
        ("<select><optgroup label=数量><option>≥1个</option></optgroup></select>", "≥1个", ""),
        ("<select><option label='≥3个'>3</option></select>", "≥3个", ""),
        ("<select><option value=''>请选择<option>≥2个</select>", "", ""),
        ("<select><option>--请选择--</option><option>≥2个</select>", "", ""),
        ("<select></select>", "", ""),
        ("<select hidden><option>≥1个</option></select>≥2个", "≥2个", "W157"),
        ("<select multiple><option>≥1个<option selected>≥2个</select>", "≥2个", ""),
        ("<select multiple><option selected>≥1个<option selected>≥2个</select>", "≥1个、≥2个", "E140"),
        ("<select multiple><option>≥1个<option>≥2个</select>", "≥1个、≥2个", "E140"),
        ("<select size=5><option>≥1个<option>≥2个</select>", "≥1个、≥2个", "E140"),
        ("<input value='≥95%'>", "≥95%", ""),
        ("<input type=text value='≥95' readonly>%", "≥95%", ""),
        ("<input type=number value=95>%", "95%", ""),
        ("<input type=hidden value=412001>≥95%", "≥95%", ""),
        ("<input type=button value=修改>≥95%", "≥95%", ""),
        ("<input value='1' style='display:none'>≥95%", "≥95%", ""),
        ("<input placeholder='请输入'>", "", ""),
        ("<textarea>≥95%</textarea>", "≥95%", ""),
        ("<input type=radio checked>达标<input type=radio>不达标", "☑达标☐不达标", ""),
        ("<datalist><option>≥1个</datalist>≥2个", "≥2个", ""),
    ],
)
def test_of_fields_and_lists_what_stands_in_them_is_read(inside: str, seen: str, told: str) -> None:
    assert _seen(inside) == (seen, [told] if told else [])


@pytest.mark.parametrize(
    ("inside", "seen", "told"),
    [
        ("<span style='display:none'>≥1</span>≥2个", "≥2个", "W157"),
        ("<span hidden>≥1<b>0</b></span>≥2个", "≥2个", "W157"),
        ("<div style='visibility: hidden'>≥1</div>≥2个", "≥2个", "W157"),
        ("<p hidden>≥1<p>≥2个", "≥2个", "W157"),
        ("<br hidden>≥2个", "≥2个", ""),
        ("<span hidden></span>≥2个", "≥2个", ""),
        ("<details><summary>依据</summary>≥1</details>≥2个", "≥2个", "W157"),
        ("<details open>≥2个</details>", "≥2个", ""),
        ("<dialog>≥1</dialog>≥2个", "≥2个", "W157"),
        ("<script>1</script><style>a{}</style><template>2</template><noscript>3</noscript>≥2个", "≥2个", ""),
        ("<ruby>清<rp>(</rp><rt>qing</rt><rp>)</rp>淤<rt>yu</ruby>长度", "清淤长度", ""),
        ("<span style='text-decoration: line-through'>≥1</span>≥2个", "≥1≥2个", "E140"),
        ("10<span style='vertical-align:super'>4</span>人", "104人", "E140"),
        ("<span class='a hid'>≥1</span>≥2个", "≥2个", "W157"),
        ("<span class=gone>≥1</span>≥2个", "≥1≥2个", "E140"),
        ("<span class=print>≥2个</span>", "≥2个", ""),
    ],
)
def test_what_is_hidden_in_a_cell_is_left_out_and_told(inside: str, seen: str, told: str) -> None:
    styles = "<style>/* .print{display:none} */ td, .hid {display:none} .x .print{display:none} td.gone{text-decoration"
    styles += ":line-through} @media print{.print{display:none} .a{display:none}} .a{}</style>"
    assert _seen(inside, styles) == (seen, [told] if told else [])


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<table><tr><td hidden>甲</td><td>乙</td></tr></table>", ["W142"]),
        ("<table><tbody style='display:none'><tr><td>甲<td>乙</tbody></table>", ["W142"]),
        ("<div hidden><table><tr><td>甲<td>乙</table></div>", ["W142"]),
        ("<table><col hidden><tr><td>甲<td>乙</table>", ["W142"]),
        ("<table><tr><td>甲<td>乙</tr><tr style='display:none'><td></td></tr><tr><td>甲<td>乙</table>", []),
        ("<table><tr><td style='text-decoration:line-through'>甲</td><td>乙</td></tr></table>", ["E140"]),
        ("<table><tr style='text-decoration:line-through'><td>甲<td>乙<tr><td>甲<td>乙</table>", ["E140", "E140"]),
    ],
)
def test_hidden_rows_are_read_as_those_of_workbooks(page: str, told: list[str]) -> None:
    document = _read(page)
    cells = [
        cell.text for block in document.blocks if isinstance(block, Grid) for row in block.rows for cell in row.cells
    ]
    assert cells in (["甲", "乙"], ["甲", "乙", "丙"], ["甲", "乙", "甲", "乙"])
    assert [one.code for one in document.problems] == told


def test_hidden_text_around_tables_is_read_and_told() -> None:
    document = _read("<p hidden>单位：元</p><table><tr><td>甲<td>乙</table>")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["单位：元"]
    assert [(one.code, "单位：元" in one.message) for one in document.problems] == [("W142", True)]


def test_elements_in_each_other_beyond_reason_are_refused() -> None:
    assert [one.code for one in _read("<table><tr><td>" + "<s>" * 10_000 + "甲</table>").problems] == ["E145"]


@pytest.mark.parametrize(
    ("inside", "seen", "told"),
    [
        ("≥<math><mfrac><mn>2</mn><mn>3</mn></mfrac></math>", "≥2/3", ""),
        ("<math><mfrac><mrow><mn>1</mn><mn>2</mn></mrow><mrow><mn>3</mn></mrow></mfrac></math>以上", "12/3以上", ""),
        ("<math><msqrt><mn>2</mn></msqrt></math>", "√2", ""),
        ("<math><msup><mn>10</mn><mn>4</mn></msup></math>", "104", "E140"),
        ("<math><msub><mn>10</mn><mn>4</mn></msub></math>", "104", "E140"),
        ("<math><semantics><mn>5</mn><annotation>5x</annotation></semantics></math>场", "5场", ""),
        ("<math><mn>2</mn></math><mark>3</mark>", "23", ""),
    ],
)
def test_the_bar_of_a_fraction_is_seen(inside: str, seen: str, told: str) -> None:
    assert _seen(inside) == (seen, [told] if told else [])


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ('.ge::before{content:"≥"}', "E140"),
        (".ge:after{content:'场'}", "E140"),
        ('td .ge::before{content:"\\2265"}', "E140"),
        (".ge::before{content:attr(title)}", "E140"),
        ('span::before{content:"≥"}', "E140"),
        ('td.a::before{content:"≥"}', ""),
        ('.ge::before{content:""}', ""),
        ('.ge::before{content:"\\e601";font-family:icons}', ""),
        ('.ge::before{content:"•"}', ""),
        ('.ge::after{content:"*";color:red}', ""),
        ('.ge::after{content:"x";display:none}', ""),
        ('@media print{.ge::before{content:"≥"}}', ""),
        ('i::before{content:"≥"}', ""),
    ],
)
def test_text_that_a_style_sheet_adds_is_told(style: str, told: str) -> None:
    assert _seen("<span class=ge></span>50场", f"<style>{style}</style>") == ("50场", [told] if told else [])


def test_formulas_in_each_other_without_end_are_refused() -> None:
    assert [one.code for one in _read("<table><tr><td>" + "<math>" * 1000).problems] == ["E145"]
