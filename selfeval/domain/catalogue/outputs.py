"""Codes 6xx: the workspace and outputs; from 610 on reviewed workbooks, and the comparison of two runs."""

from __future__ import annotations

from selfeval.domain.catalogue.entry import entries

OUTPUTS = entries("""
E601 不是工作目录
    这里没有 {missing} 文件夹，不像是 selfeval 的工作目录
    请换到含有 rules、inputs 的目录再运行，或用 --workspace 指明；新建的工作目录请先用 selfeval import 导入目标
E602 没有目标表
    没有找到 {year} 年的目标表 {file}
    请先运行 selfeval import 目标文件 --year {year}
E603 写不进去
    写不了 {path}：{why}
    如果它正在 Excel 或 WPS 中打开，请先关闭；再检查磁盘空间和文件夹权限
E604 没有这个项目
    {year} 年的目标表里没有项目 {found}
    {hint}
E605 没有这个指标
    {year} 年的目标表里没有指标 {found}
    {hint}
E606 没有这个文件
    没有找到文件 {path}
    请检查路径和文件名是否写对
E608 同一时间有另一次运行
    另一个 selfeval 正在写 {path}
    请等它结束再运行；如果确定没有，请删去文件 {lock}
E609 会覆盖已有的评分结果
    {path} 是放评分结果的文件夹，不能把{what}写进去，已有的结果没有改动
    请用 --out 换一个空文件夹，或不写 --out
E610 没有可以复核的结果
    没有找到 {path}，还没有评分结果可以对照
    请先运行 selfeval score {year}
E611 审核意见不认识
    审核意见“{found}”不是 认可、调整、退回 之一
    请在下拉框中选一项
E612 有核定得分，审核意见却不是调整
    填了核定得分 {found}，审核意见是{verdict}，不能确定要不要改分
    要改分的，审核意见选“调整”并写理由；不改分的，删去核定得分
E613 调整或退回没有理由
    审核意见是“{verdict}”，没有写理由，不予采用
    请在「理由」写明依据哪一条、什么事实
E614 调整没有核定得分
    审核意见是“调整”，没有填核定得分
    请填 0 到分值之间的核定得分；不改分的，审核意见改选“认可”
E615 核定得分不能用
    核定得分“{found}”应是 {least} 到 {points} 之间的数，{finest}，不予采用
    请改填 {least} 到 {points} 之间的数
E616 不涉及的指标不能调整
    这个指标不涉及、没有分值，却填了审核意见或核定得分
    请删去；应当考核的，请财务改正目标表或规则后重新评分
E617 同一个项目有几份复核过的工作簿
    项目 {project} 有几份填了审核意见的工作簿：{files}，不能确定用哪一份
    请只留一份，把其余的移出这个文件夹
E618 工作簿读不了
    {why}
    请用 Excel 或 WPS 打开后另存为 .xlsx，再放回来
E619 复核的项目不在评分结果中
    工作簿是 {year} 年项目 {project} 的，评分结果中没有这个项目
    请核对年度和文件夹；项目改了编码的，请在新工作簿上复核
E620 不是评分结果文件夹
    {path} 中没有 {missing}，不像是 selfeval score 的结果
    请给出结果文件夹（如 outputs/2024）或年度
E621 结果文件看不懂
    {file} {why}
    请重新运行 selfeval score 得到完整的结果；不要用 Excel 改动后保存 CSV
E622 复核用的规则与评分时不同
    {path} 记录的是按规则 {recorded} 评分，现在用的是 {found}{changed}，不能据此核对
    请用 --rules 指明评分时的规则（借用别的年度规则的用 --as-of）；规则改过的，请先重新运行 selfeval score {year}
W611 结论是认可，却有调整或退回
    项目的审核结论是“认可”，但有 {count} 个指标是调整或退回；按各指标的意见计
    请核对审核结论
W612 复核的不是现在的结果
    这份工作簿生成以后，项目又重新评过分，得分或数据有变化；核定得分照用，偏离度按现在的自评得分计算
    请与现在的自评表核对；差别可用 selfeval diff 查看
W613 复核过的工作簿没有覆盖
    {file} 已有审核意见，原样保留为 {kept}，新的自评表另写
    重新评分后得分有变化的，请在新的自评表上重新复核，并移走旧的
W614 工作簿中的自评得分被改动
    工作簿中的自评得分是 {found}，评分结果是 {score}；偏离度按评分结果计算
    试算时改了「评分依据」的，请改回来；要改分的，在审核意见选“调整”
W615 文件没有收
    这个文件是 {suffix}，没有读；复核只收 .xlsx 工作簿
    其中有审核意见的，压缩包请先解开，其他格式请用 Excel 或 WPS 另存为 .xlsx，再放回来
I611 核定得分与自评得分相同
    审核意见是“调整”，核定得分 {found} 与自评得分相同
    不改分的，审核意见可选“认可”
""")
