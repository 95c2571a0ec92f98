"""What a number format shows beside a number, section by section."""

from __future__ import annotations

import pytest

from selfeval.packages.number_formats import Shown, beside_day, beside_text, shown_by

_ACCOUNTING = '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ '
_RATE = '[>=10]0.00"%";[<0]-0.00%;0.00%'


@pytest.mark.parametrize(
    ("code", "number"),
    [
        *((code, 7321) for code in ("", "General", "G/通用格式", "@", "0", "#,##0.00", "0.00E+00", "# ?/?", "+0")),
        ("[红色]0", 7321),
        *((code, 15) for code in (_ACCOUNTING, "[$¥-804]#,##0", '"￥"0', "[DBNum1]0", "0_%", "0.00_%_)", "0*%", "0 ")),
        *((code, 0) for code in ('0.00;-0.00;"/"', '0;-0;"零"')),
        *((code, 0) for code in (_ACCOUNTING, '0;-0;"-"', "-0", "0;-0;", '#,##0.00;-#,##0.00;""', '[=0]"";General')),
        *((code, -15) for code in (_ACCOUNTING, "0.00_);(0.00)", "0;[Red]-0", "0", "[Red]0", "0;@")),
        *((code, -15) for code in ("[<100]0;0.0", "[>=0]0;-0", "[>0]0;[<0]-0;0", "0;（0）")),
        *((code, 15) for code in ('@"元"', '0;-0;@"元"')),
        ("#,##0.00_%_);(#,##0.00)_%", 0.978),
        ("0;-0%", 0.978),
        ("[>=10]0元;0", 9),
    ],
)
def test_nothing_is_seen_beside_it(code: str, number: float) -> None:
    assert shown_by(code, number) == Shown()


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("0%", 0.95, Shown(percent=True)),
        ("0.00 %", 0.95, Shown(percent=True)),
        ("0;-0%", -0.95, Shown(percent=True)),
        (_RATE, 0.95, Shown(percent=True)),
        (_RATE, -0.95, Shown(percent=True)),
        (_RATE, 95, Shown(after="%")),
        ('0"%"', 95, Shown(after="%")),
        (r"0\%", 95, Shown(after="%")),
        ('0%"以上"', 0.95, Shown(after="以上", percent=True)),
        ('0"千元"', 15, Shown(after="千元")),
        ('G/通用格式"次"', 15, Shown(after="次")),
        ("0万次", 15, Shown(after="万次")),
        ('[>=10]0"元";0', 10, Shown(after="元")),
        ("[$$-409]0", 15, Shown("$")),
        ("-0", 15, Shown("-")),
        ("(0)", 15, Shown("(", ")")),
        ('0"次";@', -15, Shown(after="次")),
        ('0"元";-0"元"', -15, Shown(after="元")),
        ("0.0%;(0.0%)", -0.15, Shown(percent=True)),
        ('[<0]"下降"0;"增长"0', 15, Shown("增长")),
        ('"约"0', 15, Shown("约")),
        ('0".5"', 15, Shown(after=".5")),
        ('0"0"', 15, Shown(after="0")),
    ],
)
def test_what_is_seen_beside_it(code: str, number: float, shown: Shown) -> None:
    assert shown_by(code, number) == shown


@pytest.mark.parametrize(
    ("code", "number"),
    [
        *((code, 15) for code in (";;;", '"已完成"', "0,", "#,##0.00,,", r"0\.0,\万", '0"."0', "000-0000", "%0")),
        *((code, 0.95) for code in ("0%%", '0"以上"%')),
        *(
            (code, -15)
            for code in ("0;", "0;0", "0;[Red]0", '0"元";0"元"', "-0", "(0)", '"下降"0', '0;"下降"0', '0;"下降"-0')
        ),
        *((code, -15) for code in ('[<0]"下降"0;0', '[>=0]0;"下降"0', "[>=10]0元;0", "[<-5]0;0", "[<=0]-0;0", "0;0-")),
        *((code, 7) for code in ("[>=10]0元", "[>=10]0元;[<5]0", "[>=1E2]0元;0")),
        ('"-"', 15),
        ('0;-0;"无"', 0),
    ],
)
def test_the_number_itself_is_not_seen(code: str, number: float) -> None:
    assert shown_by(code, number) is None


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        *((code, Shown()) for code in ("", "General", "0.00", "@", _ACCOUNTING, "0;-0;0;@", '0"次"', "0;0;0")),
        (';;;@"万"', Shown(after="万")),
        ('@"千元"', Shown(after="千元")),
        ('0;0;0;"-"@', Shown("-")),
        (";;;", None),
        ('0;0;0;"已完成"', None),
    ],
)
def test_what_is_seen_beside_a_text(code: str, shown: Shown | None) -> None:
    assert beside_text(code) == shown


@pytest.mark.parametrize(
    "code",
    [
        "",
        "yyyy-m-d",
        "yyyy/m/d;@",
        "yyyy\\-mm\\-dd",
        '[$-804]yyyy"年"m"月"d"日";@',
        '[DBNum1][$-804]yyyy"年"m"月"d"日"',
        'm"月"d"日"',
        'yyyy"年"m"月"',
        "mmm-yy",
        'yyyy-m-d" 星期五"',
        "yyyy-m-d aaaa",
        "m/d/yy h:mm",
        "[$-F800]dddd\\, mmmm dd\\, yyyy",
    ],
)
def test_nothing_is_seen_beside_a_day(code: str) -> None:
    assert beside_day(code) == Shown()


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('"计划"yyyy-m-d', Shown("计划")),
        ('yyyy-m-d"（未完成）"', Shown(after="（未完成）")),
        ('yyyy-m"（约）"-d', Shown(after="（约）")),
        ('"2023-"m-d', Shown("2023")),
        ("yyyy", None),
        ("d", None),
        ("h:mm", None),
        (";;;", None),
    ],
)
def test_what_is_seen_beside_a_day(code: str, shown: Shown | None) -> None:
    assert beside_day(code) == shown
