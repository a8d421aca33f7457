"""The excuses that terms may name, after the guideline on absolute claims of 2023 and the advertising law."""

import functools
import re

from mcn.claims.excuses import Excuse, Outcome, Tier
from mcn.claims.phrases import ANY, CLAUSE, DENIED, PERIOD, STANDARD, WHEN, begins, either, ends

GUIDELINE = "广告绝对化用语执法指南"

EXCUSES = [
    Excuse("denied", Outcome.PASS, "", "否定表述", before=ends(f"{ANY['denials']}{DENIED}{{0,6}}")),
    Excuse(
        "denied",
        Outcome.PASS,
        "",
        "否定表述",
        after=begins(CLAUSE + "{0,4}" + ANY["disowned"]),
        hint=re.compile("不可能|是假的|骗人|不可信|谈不上|算不上|不敢当|不存在|关系|无关|这一说|说法|这回事"),
    ),
    Excuse(
        "denied_effect",
        Outcome.PASS,
        "",
        "否定、警示或说明限制",
        before=ends(f"{ANY['warnings']}{DENIED}{{0,10}}", "不(?<![要好能得]不)"),
    ),
    Excuse(
        "denied_effect",
        Outcome.PASS,
        "",
        "否定、警示或说明限制",
        after=begins(
            "[^。]{0,10}" + either("请?举报 请?报警 别信 不要信 不要相信 别上当 勿信 当心 谨防"),
            CLAUSE
            + "{0,8}(?:的?(?:一律|都|均|全部)?(?:是|属于)?"
            + either("诈骗 骗子 骗局 假的 违规 违法 不可信")
            + "|"
            + either("这一说 这种说法 这回事 的?说法(?!是真) 旗号 请咨询 请遵医嘱 请就医 请及时就医")
            + ")",
        ),
        hint=re.compile(
            "举报|报警|信|上当|当心|谨防|诈骗|骗|假的|违规|违法|这一说|说法|这回事|旗号|请咨询|遵医|就医"
        ),
    ),
    Excuse(
        "meta", Outcome.PASS, "", "讲解用语规则", before=ends(f"{ANY['rules_of_wording']}{CLAUSE}{{0,14}}")
    ),
    Excuse(
        "meta",
        Outcome.PASS,
        "",
        "讲解用语规则",
        after=begins(
            f"{CLAUSE}{{0,12}}(?:等?{ANY['words']}|[是都]?{either('不能说 不让说 不许说 禁止说 不可以说')})"
        ),
        hint=re.compile("词|用语|字样|字眼|措辞|不能说|不让说|不许说|禁止说|不可以说"),
    ),
    Excuse(
        "motto",
        Outcome.PASS,
        f"{GUIDELINE} 5(1)",
        "表明经营理念",
        before=ends(ANY["mottos"] + either("永远是 始终是 永远 始终 至上 是 放在 放 摆在 为") + "?"),
    ),
    Excuse(
        "attitude", Outcome.PASS, f"{GUIDELINE} 5(1)", "表明服务态度", after=begins(f"的?{ANY['service']}")
    ),
    Excuse(
        "goal",
        Outcome.PASS,
        f"{GUIDELINE} 5(2)",
        "只表达追求的目标",
        before=ends(
            f"{ANY['goals']}{CLAUSE}{{0,14}}",
            f"{ANY['hopes']}{CLAUSE}{{0,10}}{ANY['becoming']}{CLAUSE}{{0,14}}",
        ),
    ),
    Excuse(
        "tip",
        Outcome.PASS,
        f"{GUIDELINE} 6(2)",
        "使用或保存的提示",
        before=ends(f"{ANY['keeping']}{CLAUSE}{{0,4}}"),
        after=begins(f"的?{ANY['using']}"),
    ),
    Excuse(
        "advice",
        Outcome.PASS,
        f"{GUIDELINE} 6(2)",
        "怎样用、何时用的建议",
        before=ends(f"{ANY['occasions']}[^。]{{0,12}}"),
        after=re.compile(r"\A(?:[，,。、\s~]|\Z|了|啦|哦|呢|的?时候|吃|喝|用|为\d|是\d)"),
        both=True,
    ),
    Excuse(
        "spec",
        Outcome.PASS,
        f"{GUIDELINE} 5(3)",
        "规格、参数或条件的说明",
        after=begins(f"的?{ANY['measures']}"),
    ),
    Excuse(
        "size",
        Outcome.PASS,
        f"{GUIDELINE} 6(1)",
        "在同一款商品的规格之间比较",
        after=begins("的?[那这]?(?:一?[款个件种档号只袋瓶]|杯|码|箱)"),
    ),
    Excuse(
        "self_spec",
        Outcome.PASS,
        f"{GUIDELINE} 6(1)",
        "在自家商品之间比较规格或新旧",
        before=ends(f"{ANY['own']}{ANY['within_own']}?的?"),
        after=begins(CLAUSE + "{0,6}[(（]?" + either("本店 本系列 自家 我们家 店内")),
    ),
    Excuse(
        "self",
        Outcome.NEEDS_EVIDENCE,
        f"{GUIDELINE} 6(1)",
        "同一品牌或企业的商品之间的自我比较，须有证据证明比较属实",
        before=ends(
            either("本品牌 本店 本系列 我司 店里") + "(?:(?![是全国世])[^，,]){0,5}",
            f"{ANY['own_house']}{ANY['own_range']}{{0,4}}",
            either("系列 店 家 品牌 款 产品 直播间") + f"(?:里面?|当中|之中|中){CLAUSE}{{0,5}}",
        ),
    ),
    Excuse(
        "grade",
        Outcome.PASS,
        f"{GUIDELINE} 6(3)",
        "按写明的标准分级",
        around=(re.compile(STANDARD),),
        gate="GgＧOo/／",
    ),
    Excuse(
        "grade_unstated",
        Outcome.NEEDS_EVIDENCE,
        f"{GUIDELINE} 6(3)",
        "按标准分级的用语，须能说明所依据的国家、行业或地方标准",
        around=(
            re.compile(
                either("国标 行标 国家标准 行业标准 地方标准 团体标准 质量等级 产品等级 分级标准 等级评定")
            ),
        ),
        gate="标標等",
    ),
    Excuse(
        "title",
        Outcome.PASS,
        f"{GUIDELINE} 6(4)",
        "作品或栏目的名称",
        before=ends("《[^《》]{0,10}"),
        after=begins("[^《》]{0,10}》"),
        both=True,
        as_written=True,
        gate="《",
    ),
    Excuse(
        "title",
        Outcome.PASS,
        f"{GUIDELINE} 6(4)",
        "作品或栏目的名称",
        before=ends('[“「『"][^”」』"]{0,8}'),
        after=begins(
            '[^“「『"]{0,8}[”」』"](?:[是为]|这[部本首款个])?[^，,。]{0,6}'
            + either("名字 名称 书名 剧名 歌名 店名 桌游 游戏 电影 综艺 节目 绘本 小说 栏目")
        ),
        both=True,
        as_written=True,
        gate='“「『"',
    ),
    Excuse(
        "name",
        Outcome.NEEDS_EVIDENCE,
        f"{GUIDELINE} 6(4)",
        "商品名称、注册商标、型号或专利中的用语，须有注册证等证据，且只用来指代该商品",
        before=ends(ANY["naming"] + '(?:名称|名|称|是|叫|为){0,2}[“「『"：: ]?[^，,“”]{0,4}'),
        after=begins(
            r"[^，,“”]{0,6}(?:[”」』\"]\s*(?:牌|品牌|系列|商标|®|™|注册|旗舰店|专卖店|联名)|®|™|[是为]?我们?的?注册商标|牌(?:的|\w{2,4}))"
        ),
        as_written=True,
        gate='商品型牌”」』"®™',
    ),
    Excuse(
        "award",
        Outcome.NEEDS_EVIDENCE,
        f"{GUIDELINE} 6(5)",
        "依据国家有关规定评定的奖项、称号，须有证书等证据",
        before=ends(f"{ANY['awarded']}{CLAUSE}{{0,14}}"),
        after=begins(f"{CLAUSE}{{0,8}}{ANY['awards']}"),
    ),
    Excuse(
        "bounded",
        Outcome.NEEDS_EVIDENCE,
        f"{GUIDELINE} 6(6)",
        "限定了时间、地域等条件的事实，须有证据证明",
        around=(re.compile(WHEN), re.compile(ANY["where"])),
        gate="年月季半近连連双雙6截去上当當昨",
    ),
    Excuse(
        "dated",
        Outcome.PASS,
        "明码标价和禁止价格欺诈规定",
        "写明了促销的期限",
        around=(re.compile(PERIOD),),
        gate="月点點:：活优優促",
    ),
    Excuse(
        "registered",
        Outcome.PASS,
        "化妆品监督管理条例 17",
        "写明了特殊化妆品的注册证号",
        around=(re.compile(r"国妆特[字进网备]*g?\d{4,}|特妆[字备]|特殊化妆品注册证"),),
        gate="妆妝证證",
    ),
    Excuse(
        "basis",
        Outcome.PASS,
        "明码标价和禁止价格欺诈规定",
        "写明了被比较价格的依据",
        around=(
            re.compile(
                r"(?:近|前|过去)(?:7|七|30|三十)[日天][内的]?(?:最低)?成交价|成交价[为是]|以[^，,]{0,8}成交价"
            ),
        ),
        gate="成",
    ),
    Excuse(
        "stock",
        Outcome.PASS,
        "DB4401 5.2.3.3 i",
        "写明了库存的来源",
        around=(re.compile(r"(?:后台|系统|实时|页面)(?:显示的?|的)?(?:实际|真实|实时)?库存"),),
        gate="库庫",
    ),
    Excuse(
        "season",
        Outcome.PASS,
        f"{GUIDELINE} 6(2)",
        "说明适用的季节、场合或人群",
        after=begins(f"{CLAUSE}{{0,8}}{ANY['seasons']}"),
    ),
    Excuse(
        "consult",
        Outcome.PASS,
        "",
        "提示就医或遵医嘱",
        before=ends(
            either("正在 接受 进行 服药 住院 术后 如需 需要 若需") + "(?:接受|进行)?",
            f"如有{CLAUSE}{{0,8}}",
        ),
        after=begins(CLAUSE + "{0,8}" + ANY["patients"]),
    ),
]

# Every character of a gate: one search of a text tells which gates stand open.
GATES = re.compile(f"[{re.escape(''.join({c for excuse in EXCUSES for c in excuse.gate}))}]")


@functools.cache
def tiers_of(codes: tuple[str, ...], banned: bool) -> list[Tier]:
    """The excuses by these codes: those that let a term pass, then, for a banned one, those by evidence."""
    named = [excuse for excuse in EXCUSES if excuse.code in codes]
    outcomes = [Outcome.PASS, Outcome.NEEDS_EVIDENCE] if banned else [Outcome.PASS]
    return [Tier(excuse for excuse in named if excuse.outcome is outcome) for outcome in outcomes]
