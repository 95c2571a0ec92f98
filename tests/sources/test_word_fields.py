"""Word documents: rows that are hidden, and the boxes and lists of forms of old, as a person sees them."""

from __future__ import annotations

import pytest

from tests.sources.test_word import codes, docx, p, read, tbl, tc, texts, tr


def test_a_hidden_row_is_read_and_told() -> None:
    rows = tbl(tr(tc("甲"), tc("≥50场")), tr(tc("乙"), tc("≥40场"), how="<w:hidden/>"))
    document = read(docx(rows))
    assert "≥40场" in "".join(cell.text for row in document.blocks[0].rows for cell in row.cells)  # type: ignore[union-attr]
    assert codes(document) == ["W142"]
    assert "乙≥40场" in document.problems[0].message
    assert codes(read(docx(tbl(tr(tc("甲")), tr(tc("乙"), how='<w:hidden w:val="0"/>'))))) == []


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("<w:checkBox><w:default w:val='1'/></w:checkBox>", "☑"),
        ("<w:checkBox><w:default w:val='0'/></w:checkBox>", "☐"),
        ("<w:checkBox><w:sizeAuto/><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>", "☐"),
        ("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>", "☑"),
        ("<w:checkBox/>", "☐"),
        ("<w:ddList><w:result w:val='1'/><w:listEntry w:val='≥4场'/><w:listEntry w:val='≥5场'/></w:ddList>", "≥5场"),
        ("<w:ddList><w:default w:val='1'/><w:listEntry w:val='≥4场'/><w:listEntry w:val='≥5场'/></w:ddList>", "≥5场"),
        ("<w:ddList><w:listEntry w:val='≥4场'/><w:listEntry w:val='≥5场'/></w:ddList>", "≥4场"),
        ("<w:ddList><w:result w:val='7'/><w:listEntry w:val='≥4场'/></w:ddList>", ""),
        ("<w:textInput><w:default w:val='请填写'/></w:textInput>", ""),
    ],
)
def test_fields_of_old_forms_are_read_as_they_are_seen(said: str, seen: str) -> None:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="A"/>{said}</w:ffData></w:fldChar></w:r>'
    kind = "<w:r><w:instrText> FORM </w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    assert texts(read(docx(p("指标", begin + kind, "止")))) == [f"指标{seen}止"]
