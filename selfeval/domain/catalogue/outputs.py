"""Codes 6xx: the workspace and outputs."""

from __future__ import annotations

from selfeval.domain.catalogue.entry import Entry

OUTPUTS: dict[str, Entry] = {
    "E601": Entry(
        "不是工作目录",
        "这里没有 {missing} 文件夹，不像是 selfeval 的工作目录",
        "请换到含有 rules、inputs 的目录再运行，或用 --workspace 指明；新建的工作目录请先用 selfeval import 导入目标",
    ),
    "E602": Entry(
        "没有目标表",
        "没有找到 {year} 年的目标表 {file}",
        "请先运行 selfeval import 目标文件 --year {year}",
    ),
    "E603": Entry(
        "写不进去",
        "写不了 {path}：{why}",
        "如果它正在 Excel 或 WPS 中打开，请先关闭；再检查磁盘空间和文件夹权限",
    ),
    "E604": Entry(
        "没有这个项目",
        "{year} 年的目标表里没有项目 {found}",
        "{hint}",
    ),
    "E605": Entry(
        "没有这个指标",
        "{year} 年的目标表里没有指标 {found}",
        "{hint}",
    ),
    "E606": Entry(
        "没有这个文件",
        "没有找到文件 {path}",
        "请检查路径和文件名是否写对",
    ),
    "E607": Entry(
        "路径在工作目录之外",
        "{path} 是一个链接，指向工作目录之外",
        "请把文件复制到工作目录里，不要用链接",
    ),
    "E608": Entry(
        "同一时间有另一次运行",
        "另一个 selfeval 正在写 {path}",
        "请等它结束再运行；如果确定没有，请删去文件 {lock}",
    ),
    "E609": Entry(
        "会覆盖已有的评分结果",
        "{path} 是放评分结果的文件夹，不能把{what}写进去，已有的结果没有改动",
        "请用 --out 换一个空文件夹，或不写 --out",
    ),
}
