"""说明.md of a new workspace: the steps of the year, with its year and its unit."""

from __future__ import annotations

_HEAD = """\
# {unit}{year}年度项目支出绩效自评

这是 selfeval 的工作文件夹。命令都在本文件夹里运行；每条命令后面加 --help 有中文说明。

| 文件 | 内容 |
| --- | --- |
| `rules/{year}.yaml` | 本单位{year}年度的评分规则，尚未经本单位审定；没有写的，取自 selfeval 自带的 `{base}` |
"""
_OWN = """\
| `inputs/{year}/targets.xlsx` | 绩效目标表 |
"""
_EXAMPLE = """\
| `inputs/{year}/targets.xlsx` | 绩效目标表，现在是**示例数据（虚构，仅供演示）**，用来试做一遍 |
| `inputs/{year}/示例填报数据/` | 与示例相配的填报数据，也是虚构的 |
"""
_MORE = """\
| `inputs/settings.yaml` | 设置：单位名称；报送期限、联系人在生成填报表时记入 |
| `outputs/` | 评分结果，由命令生成 |

"""
_TRIAL = """\
## 先用示例试做一遍

```sh
selfeval forms {year}
selfeval score {year} --reported inputs/{year}/示例填报数据
selfeval explain {year} 1 --reported inputs/{year}/示例填报数据
```

第一条生成两份空白的填报表，在 `inputs/{year}/forms/`，可以打开试填；第二条用示例填报数据评分，自评表和
`汇总.xlsx` 在 `outputs/{year}/`；第三条查询一个项目在哪些指标上失分。项目名称前都写着“示例（虚构）”。

试完以后，删去 `inputs/{year}/forms`、`inputs/{year}/示例填报数据` 和 `outputs/{year}` 三个文件夹，
再按下面的步骤做；示例的绩效目标表没有改过的，导入时直接换成本单位的。

"""
_STEPS = """\
## {year}年度自评的步骤

1. **评分规则**：对照当地财政部门的通知核对 `rules/{year}.yaml`，不同的写进去。
   - `selfeval rules check {year}` 检查，`selfeval rules test {year}` 运行用例；
   - `selfeval rules doc {year}` 生成评分细则，报领导审定；
   - 审定以后，把规则文件 title 里的“{unapproved}”删去。
2. **导入绩效目标**：`selfeval import 文件或文件夹 --year {year}`（Excel、Word、PDF、网页、文本都可以）；
   只看不写的加 `--dry-run`；没有文件的，用 `selfeval import --template --year {year}` 写出空白表来填；
   导入后用 `selfeval list {year}` 对照原文核对。
3. **生成填报表**：`selfeval forms {year} --due 报送期限 --contact 联系人`，下发各科室。
4. **收集**：`selfeval collect 收到的文件夹 --year {year}`；进度和催报文字见 `selfeval status {year}`。
5. **检查**：`selfeval check {year} --write`，每个单位一份退回修改清单。
6. **评分**：`selfeval score {year}`；一个得分怎样得来，见 `selfeval explain {year} 项目`。
7. **复核**：复核人员在自评表的“复核意见”中填写，`selfeval review {year}` 汇总。
8. **公开**：`selfeval publish {year}`。

以后的年度：`selfeval rules new {next} --from {year}`，再从第2步做起。
"""


def guide(*, example: bool) -> str:
    """The page, for a year, a unit and the names of its rules to be put in; with how to try the ``example``."""
    return _HEAD + (_EXAMPLE if example else _OWN) + _MORE + (_TRIAL if example else "") + _STEPS
