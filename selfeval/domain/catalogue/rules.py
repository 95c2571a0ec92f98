"""Codes 2xx: rules: rule files, their cases, and years in force."""

from __future__ import annotations

from selfeval.domain.catalogue.entry import entries

RULES = entries("""
E201 规则文件打不开
    规则文件 {file} 不存在或打不开
    请核对文件名和路径；文件正在其他程序中打开的，先关闭
E202 规则文件太大
    规则文件 {file} 有{size} MB，超过上限{limit} MB
    请核对是否放错了文件；规则文件一般只有几十 KB
E203 规则文件不是 UTF-8 文字
    规则文件 {file} 不是 UTF-8 编码的文字文件
    请用记事本打开，另存为 UTF-8 编码；如果是 Excel、Word 文件则放错了位置
E204 规则文件写法有误
    {found}
    {cure}
E205 规则文件不允许的写法
    这里用了{what}，规则文件不允许
    请直接写出内容；如果是普通文字（如以 *、&、! 开头），给它加上双引号
E206 同一条目写了两遍
    “{key}”在第{first}行已经写过，这里重复
    请删去其中一个，或者合并
E207 规则文件结构不对
    {what}
    请参照 rules 文件夹中现有的规则文件改写
E208 规则文件没有内容
    {what}
    请参照 rules 文件夹中现有的规则文件填写
E209 缺少必须写的内容
    缺少{what}{near}
    {cure}
E210 条目名称无法识别
    条目名称“{key}”无法识别{near}
    这里还可以写：{known}
E211 内容不合要求
    {where} 写的是“{found}”，应为{expected}{near}
    请改为{cure}
E212 找不到基础规则
    extends 写的基础规则“{parent}”找不到{near}
    可以写：{known}；请改正 extends，或把基础规则放在 {wanted}
E213 基础规则互相引用
    extends 又引用到自己：{chain}
    请改正其中一个 extends，最上面的规则文件不写 extends
E214 编号重复
    {key} 中的“{name}”在第{first}行已经有了
    请改用另一个编号，或删去一条
E215 要删去的内容不存在
    remove 要删去的“{path}”不存在{near}
    写法如 recognise.规则编号、kinds.类型、overrides.指标编号
E216 没有这一年的规则文件
    没有{year}年的规则文件 {file}{known}
    请运行 selfeval rules new {year} --from {base}，核对后再评分；不会自动沿用往年的规则
E217 规则文件不适用于这一年
    规则文件“{title}”适用{span}，不能用于{year}年
    {how}
E218 各部分分值相加不是100
    {parts} = {total}，应为100.00{hint}
    请调整 sections 中的 points，使其相加为100
E219 一级指标属于两个部分
    一级指标“{level1}”已经属于{first}，又写在{second}
    请只留一处
E220 引用的名称不存在
    没有名为“{found}”的{what}{near}
    可以写：{known}
E221 部分没有一级指标
    “{section}”没有写属于它的一级指标（levels1），没有指标会归入它
    请写明 levels1，或删去这一部分
E222 计算方法与类型不符
    类型 {kind} 的计算方法写的是“{found}”，只能是{known}
    请改正 measure
E224 计分标准有误
    {where}：{what}
    各项由低到高排列，只用 from、above（分档）或只用 at（按区间线性计分），得分率在0到1之间
E225 定性档次有误
    {what}
    各档由高到低首尾相接：上一档的 low 就是下一档的 high（不含），从100%到0
E226 默认比例不在档内
    “{level}”的默认比例{found}不在本档{low}至{high}之间
    请改为本档之内的比例
E227 等级有误
    {what}
    各级由高到低，最后一级从0起
E228 没有写依据
    {what}没有写依据（sources）
    请写明依据的文件；没有文件依据的，在 sources 中列一条本单位自定的依据（convention: true）再引用
E229 适用年度有误
    适用年度从{start}年到{end}年，止于开始之前
    请改正 in_force
E230 规则文件编号与文件名不同
    规则文件编号是“{found}”，文件名是“{expected}”
    请把 id 改为{expected}，或把文件改名
E231 识别规则没有写识别什么
    识别规则 {entry} 没有写符号、词、词尾、全文、匹配式或格式，或者写了空的词
    请至少写一项，不要留空字
E232 两条识别规则有同样的词
    {second} 与 {where} 的 {first} 都识别：{words}；遇到时不能确定用哪一条
    请从一条中删去（基础规则的用 remove: [recognise.{first}] 删去，再改写），或用 number、unit、level2 把两条的条件分开
E233 单独指定的指标不在绩效目标表中
    overrides 中的指标 {indicator} 不在绩效目标表中{near}
    请核对指标编号（项目编码-两位序号）；不再需要的请删去
E234 指标单独指定后仍无法识别
    指标 {indicator} 指定为“{target}”，按 {kind} 仍无法识别：{detail}
    请改写 target，如 ≥100件、12月31日；没有数值的改为 judged
E235 用例与规则不符
    用例“{name}”：{what}应为{expected}，实际是{found}{trace}
    请核对是规则有误，还是用例有误；两者应一致
E236 用例无法运行
    用例“{name}”：{what}
    请参照同一文件中的其他用例改写
E237 用例写的规则文件不对
    用例文件写的规则文件是“{found}”，应为“{expected}”
    请改正 rulebook，或把文件改名
E238 单独计分办法没有写用于哪些指标
    kinds.{kind}.variants 中的“{variant}”没有写条件
    请至少写一项：{known}；整个类型都用的，直接写在 kinds.{kind} 下
E239 两种单独计分办法的条件有重叠
    kinds.{kind}.variants 中的“{first}”和“{second}”可能用于同一个指标，不能确定用哪一种
    请改条件，使一个指标只符合一种（一种写 level1、另一种写 level3 的，给后一种也写上它的 level1），或写 indicators
E240 扣分的写法不对
    {what}
    写法如 measure: per_unit 和 deduct: {{points: 1, every: 1, part: whole}}
E241 规则文件已经存在
    {file} 已经存在，没有改动
    需要重新建立的，先把原来的文件移走或改名
E242 单独计分办法的指标不在绩效目标表中
    单独计分办法（variants）中的指标 {indicator} 不在绩效目标表中{near}
    请核对指标编号（项目编码-两位序号）；不再需要的请删去
E243 没有指标时的分值没有分完
    “{section}”没有指标时归入别处的分值合计{total}，应为它的{points}
    请调整 if_empty 中的 points，使其相加等于这一部分的分值
E244 引用的原文未见到
    依据“{source}”写了 {key}，但{lacking}
    原话和条款只能照抄见到的原文：见到了的，写 verified: true 和 seen；没有见到的，删去 {key}，把大意写进 note
E245 核对的写法不对
    checks.{name} {fault}
    请按 docs/checks.md 补上或删去；不要这项核对的写 enabled: false
E265 部门整体的分值构成不能用
    {fault}
    请改 department 下的 sections；不评部门整体的写 enabled: false
E266 部门整体不能单独评
    --project 只选项目，“{found}”不是项目；部门整体和全部项目一起评分、检查
    请去掉 --project {found}；只看部门整体的得分用 selfeval explain {year} 部门，只生成它的填报表用 selfeval forms
E270 预算执行率和指标合用一个部分
    execution.section 写的是“{section}”，而这一部分又有一级指标：{levels1}
    请删去这里的 levels1；或给预算执行率另列一个部分，从 {where} 中分出它的分值（不计分的写 points: 0）
E271 分值与得分取整的办法不符
    “{section}”的{what}是{found}，不是{step}的整倍数，而 rounding 要求得分取到{step}分
    请改为{step}的整倍数，或改 rounding 的 to
E272 100分之外的部分有误
    “{section}”{fault}
    写法如{{id: bonus, label: 加分项, extra: bonus, points: 5, levels1: [加分项], sources: [choices]}}
E246 没有这份规则文件
    没有名为“{found}”的规则文件{near}
    可以写：{known}
E250 指标已经单独指定
    指标 {indicator} 已在 {origin} 单独指定，识别为“{read}”，没有改动
    用新的代替的，请在命令后加 --replace
E251 单独指定没有写原因
    指标 {indicator} 的单独指定没有写明依据，没有改动
    请写 --because "…"：凡用到这一识别结果的地方都会印出
E252 指定的指标值无法识别
    “{text}”本身无法识别，没有改动规则文件：{detail}
    请换一种写法，如 --as "≤30万元"、--as "12月31日"；由评分人员评定的写 --kind judged，不评分的写 --kind not_applicable
E253 规则文件不能自动加入
    {file} 的写法不能自动加入 overrides，没有改动
    请自己加上这一条：{line}
E254 没有写指定为什么
    指标 {indicator} 没有写指定的指标值，也没有写类型，没有改动
    请写 --as "≤30万元" 一类，或 --kind judged、qualitative、not_applicable
E255 待确认的用例还没有处理
    {file} 已经存在，没有改动；现在缺少的用例与它写的不同
    请把核对过的用例移到 {cases} 里，删去（或移走）{file}，再运行一次
E256 指定的类型与写法相反
    “{target}”{doubt}，而 --kind 写的是 {kind}，没有改动
    请核对 --as 和 --kind，改其中一个
E257 自带的规则文件不能改动
    {file} 是 selfeval 自带的，旁边不能另写文件
    请运行 selfeval rules new 新的名称 --from {name}，在本单位的规则文件里修改
E260 计分标准的数超出完成程度的范围
    {where} 的计分标准第{number}项写的是{found}：{fault}
    请按完成程度的单位改写
E261 等级的最低分写成了比例
    “{grade}”的最低总分写的是{found}，而总分是0到100分
    请写分数，如90
E262 计分标准不合理
    {where}：{fault}
    请改正计分标准：完成得越好得分越高，恰好完成的应得分
E263 用例的年度不适用这份规则文件
    用例写的年度是{year}，规则文件 {rulebook} 适用{span}
    请改正 year，或把用例移到那一年的规则文件旁边
E264 同一单位或合理范围写得不对
    {where}：{fault}
    请改正；写法如 same: [台, 套]、names: [合格率] 和 highest: 100%
W201 规则没有用例
    {what}没有用例
    请在 {file} 中加一个用例，写明这种情况应得几分
W202 计分标准中有用不到的一档
    {where} 第{number}档从{start}起，而完成程度{limit}，用不到
    请核对是否写错，或删去这一档
W203 依据没有用到
    依据 {source} 没有一条规则引用
    请删去，或在规则的 sources 中引用
W204 提示线不起作用
    kinds.{kind} 写了{what}，但这一类指标与完成率无关，不起作用
    请删去；完成率的提示线只用于 at_least 和 exactly
W205 没有用例文件
    规则文件 {rulebook} 没有用例文件 {file}
    请在规则文件旁边建立用例文件，写明各种情况应得几分
W206 按其他年度的规则评分
    按要求用{as_of}年度的规则评{year}年度，不是{year}年度自己的规则
    正式评分请运行 selfeval rules new {year} --from {as_of}，核对后再评
W220 列表里用了全角逗号
    方括号里的“{text}”含“{sign}”，只算一项，不是几项
    要分成几项的，改用英文逗号，如 [甲, 乙]；确实是一项的，加双引号
W221 填报表没有这种偏差类别
    when_category 中的“{found}”不在填报表的偏差类别之内{near}
    填报表可选：{known}；填报人自己写的才会用到
W222 计分标准的数太大
    {where} 的计分标准第{number}项写的是{found}，就是完成{percent}
    请核对是否少写了百分号或多写了一位
W223 比例太小
    {found}不到1%
    请核对是否应为{meant}
W224 计分标准各档一样
    {where} 各档的得分率都是{share}，怎样完成都一样
    请核对各档的 share；确实不论完成情况的，不必写分档
W225 完成得好反而少得分
    {where}：{worse}得{more}，{better}却只得{less}
    请核对各项的次序和 share：完成得越好得分不应越低；完成程度可能为负的，第一项从负数起，如 from: -100%
W226 得不到满分
    {where} 最多只能得{most}
    请核对最高一档的 share，满分写100%
W227 恰好完成得不到满分
    {where}：恰好完成只得{share}，要再超过才得满分
    请核对各档；恰好完成应得满分的，从100%起写100%
W228 提示线不高于指标值
    {key} 写的是{found}，完成率到这里就提示，按指标值完成的也会提示
    请写指标值的多少，如超过二成写120%；这里是否应为{meant}
W229 等级的最低分太低
    “{grade}”从{found}分起，几乎每个项目都能达到
    请核对是否少写了一位，如60、80、90
W230 扣分的单位太小
    deduct 的 every 写的是{found}；指标值是百分比时，它是{found}个百分点
    每1个百分点写 every: 1；确实按这么小的单位扣的，在 unit 中写明用于哪类单位
W231 条件中的名称没有指标用到
    {where} 写的“{found}”，{scope}{near}
    请按绩效目标表的写法改正；确实没有的请删去
W232 没有指标符合单独计分办法的条件
    {where} 的条件合在一起，绩效目标表里没有一个指标符合
    请核对几个条件能不能同时成立；今年用不到的可以删去
W233 绩效目标表的一级指标不属于任何部分
    {known}一级指标“{level1}”{count}没有写进任何一个部分的 levels1{near}
    不写的，这些指标不能评分；应计入“{label}”的，{how}；应单列的，另写一部分
W234 说明线低于提示线
    reason_from 是{reason}，低于 flag_from 的{flag}
    请核对两条线，必须说明原因的线一般更高
W235 文字被 # 截断
    “{text}”后面的“{rest}”以 # 开头，按注释处理，未读取
    是文字的一部分的，给整段文字加双引号；确实是注释的，在 # 后面空一格
W236 单独指定的指标值与类型不一致
    指标 {indicator} 的类型写的是 {kind}，而指定的“{target}”{doubt}
    请核对 kind 和 target，改其中一个
W237 识别规则的类型与写法相反
    识别规则 {entry} 识别的“{look}”里有“{found}”，那是{meant}的写法，而它的类型是 {kind}
    请核对 kind：越多越好的是 at_least，越少越好的是 at_most
W238 这一条不起作用
    {where}：{why}
    请改正或删去这一条
W239 扣分的数不合理
    {where} 的 deduct：{what}
    请核对 points 和 every
W240 起扣的数不合理
    {where} 的 deduct 中 {key} 写的是{found}
    请核对是否应为{meant}
W241 执行率的提示线高于100%
    flag_below 写的是{found}，全部执行的项目也会提示
    请写100%以下的比例，如90%
W242 加分项、扣分项写反了
    “{label}”写的是 extra: {extra}（{said}）
    请核对：加分写 bonus，扣分写 deduction
W243 打印时会重复的书名号或引号
    依据 {source} 的 {key} 写了{marks}，打印时会再加一层
    请删去{marks}
W244 特殊情形不起作用
    {where} 写了 {key}，这一类指标没有这种情形
    请删去，或写到有这种情形的类型下
W245 编号和基础规则的一条相同
    {where} 和 {first} 的一条同一个编号，因此改动了那一条：{what}
    是另一条的，换一个编号；确实改那一条的，先用 remove 删去它，再全部写出
W246 删去了基础规则的整个部分
    remove 中的“{part}”删去了基础规则的整个部分（{gone}条），{now}
    只删一条的，写{part}.编号，如{part}.{one}；确实全部不要的，不用处理
W247 单独指定没有写明依据
    指标 {indicator} 的 because 还是提示的“（写明这样识别的依据）”，会原样印出
    请写明依据，如 批复调整、原文多打了一个字
W248 用例同名
    用例“{name}”和第{line}行的用例同名，报出结果不符时不能分清是哪一条
    请改一个名称，写明这一条验证什么
W249 匹配式没有写含义
    识别规则 {entry} 用了匹配式（patterns），没有写明匹配式指什么样的指标值，评分细则只能印“本单位规定的格式”
    请在 means 用一句话写明，如“只有一个大于0的数，没有单位”；评分细则印出的是这句话
W270 得分可以超过分值
    {what}写了 cap: none，得分可以超过分值，总分可能超过100
    这是规则文件的选择，请确认有文件依据；打印的表上会注明
W271 不封顶不起作用
    {what}写了 cap: none，但{why}，得分不会超过分值
    请把计分标准的最后一档写成 share: measure，或删去 cap
W272 总分封顶不起作用
    写了 total_cap: none，但没有{bonus}（extra: bonus），不起作用
    请删去；得分不封顶的指标本来就不受它限制
I201 依据的原文未核对
    依据 {source} 的原文未核对，打印时会注明
    请核对原文后把 verified 改为 true；规则是自带的，写在本单位的规则文件里：sources: [{{id: {source}, verified: true}}]
W260 部门目标与所对应项目指标的指标值不同
    部门目标“{name}”的指标值是“{target}”，所对应的{linked}是“{other}”；实际完成值取自项目，按部门目标的指标值计分
    请核对绩效目标表“部门目标”的指标值和对应指标编号；对应错了的，请改后再评
W261 部门填报的值与项目填报的不同
    部门整体填报表填的“{name}”是“{found}”，所对应的{linked}填的是“{other}”；以部门整体填报表为准
    请核对两处填报；应取自项目的，请清空部门整体填报表里的这个单元格
W262 部门目标的对应指标编号不在绩效目标表里
    部门目标的对应指标编号{found}不在“指标”表里，这些部门目标的实际完成值在部门整体填报表里填
    请核对“部门目标”的对应指标编号；几个编号之间用“、”分开
W264 部门目标没有写指标值
    “{name}”没有写指标值，对应的几个指标的指标值不同（{found}），按它的文字识别类型
    请核对：有指标值的，填在“部门目标”的指标值里；本来没有的不用处理
W263 规则没有评部门整体
    绩效目标表里有部门目标，但没有评部门整体：预算执行率所在的部分是“{section}”，department 里没有（有{known}）
    要评的，请在 {file} 写 department，sections 里有“{section}”；不评的，写 department: {{enabled: false}}
I202 指标值和填报内容的识别沿用本年度的规则
    按 {tried} 计分；{said}沿用 {file}：指标值和填报内容按本年度的规则识别，不随计分规则改变
    不用处理；需要改变识别办法的，请改 {file}
I260 部门整体的填报表没有报送
    部门整体支出绩效自评：填报表{state}，{asked}项指标和预算执行情况还没有填报，{taken}项取自项目
    用 selfeval forms {year} 生成填报表，填好用 selfeval collect 收集；不评的，规则文件写 department: {{enabled: false}}
I262 部门整体没有列入公开版
    “{name}”没有收到可用的填报表（待补充{missing}项），没有列入公开版
    要公开的，请用 selfeval forms {year} 生成填报表，填好、评分后再公开；不评的，规则写 department: {{enabled: false}}
I263 填报数据表里没有部门整体
    部门整体支出绩效自评：填报数据表里没有{project}的内容，{asked}项指标和预算执行情况还没有填报，{taken}项取自项目
    请在“指标”“资金”“项目”里补上，指标编号见 selfeval list {year} 部门；不评的，规则写 department: {{enabled: false}}
I264 部门整体的填报表未采用
    本年度没有评部门整体（绩效目标表里没有部门目标，或者规则写明不评），这份填报表未采用
    不用处理；要评的，请看 docs/department.md 里的规则
""")
