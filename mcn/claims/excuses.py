"""The contexts in which a listed term says nothing unlawful, or may be said with evidence."""

import re
from dataclasses import dataclass
from enum import StrEnum

from mcn.claims.normalise import SENTENCE_ENDS


class Outcome(StrEnum):
    """What the scan says of a term, and of a text: the worst of its terms."""

    PASS = "pass"
    NEEDS_EVIDENCE = "needs_evidence"
    BANNED = "banned"

    @property
    def rank(self) -> int:
        """Where it stands from harmless to worst."""
        return list(Outcome).index(self)


NEAR = 28
SENTENCE = 70
LAST_END = re.compile(f"[{SENTENCE_ENDS}](?=[^{SENTENCE_ENDS}]*\\Z)")
FIRST_END = re.compile(f"[{SENTENCE_ENDS}]")


@dataclass(slots=True)
class Surroundings:
    """The sentence around a hit, before and behind it, as normalised and as written."""

    before: str
    after: str
    written_before: str
    written_after: str

    @classmethod
    def of(cls, text: str, start: int, end: int, original: str, span: tuple[int, int]) -> "Surroundings":
        """The surroundings of one stretch of a text."""
        return cls(
            since_last_end(text[max(0, start - SENTENCE) : start]),
            until_first_end(text[end : end + SENTENCE]),
            since_last_end(original[max(0, span[0] - NEAR) : span[0]]),
            until_first_end(original[span[1] : span[1] + NEAR]),
        )


def since_last_end(text: str) -> str:
    """What stands behind the last end of a sentence."""
    found = LAST_END.search(text)
    return text[found.end() :] if found else text


def until_first_end(text: str) -> str:
    """What stands before the first end of a sentence."""
    found = FIRST_END.search(text)
    return text[: found.start()] if found else text


@dataclass(frozen=True, slots=True)
class Excuse:
    """One context: any one of its sets of patterns must be found, each set as a whole.

    `before` is tried on what stands before the term, `after` on what stands behind it, `around` on the sentence.
    """

    code: str
    outcome: Outcome
    source: str
    reason: str
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    around: tuple[re.Pattern[str], ...] = ()
    both: bool = False
    as_written: bool = False

    def holds(self, near: Surroundings) -> bool:
        """Whether the context is there."""
        before, after = (
            (near.written_before, near.written_after) if self.as_written else (near.before, near.after)
        )
        if self.around:
            sentence = f"{near.before}\x00{near.after}"
            return all(pattern.search(sentence) for pattern in self.around)
        ahead = self.before is not None and self.before.search(before) is not None
        behind = self.after is not None and self.after.match(after) is not None
        return (ahead and behind) if self.both else (ahead or behind)


# What stands between a denial and the thing denied: no comma, and no turn such as 却.
WITHIN = r"(?:(?!却|但|也能|也可|就能|就可|胜似|照样|一样|还能|错过|犹豫|失望|后悔|纠结|再等|副作用|风险)[^，,、：:]){0,%d}\Z"

GUIDELINE = "广告绝对化用语执法指南"

EXCUSES = [
    Excuse(
        "denied",
        Outcome.PASS,
        "",
        "否定表述，未作宣称",
        before=re.compile(
            r"(?:不是|并非|不敢说|不能说|不会说|不说|不敢保证|不承诺|不保证|不一定|未必|没有说|没说|算不上|谈不上|称不上|不等于|不代表"
            r"|不追求|不追|不吹|不属于|绝不|从不|拒绝|杜绝|禁止|严禁|反对|请勿|切勿|勿|不得|不要相信|别信|不存在|没有所谓|没有)" + WITHIN % 6
        ),
        after=re.compile(r"\A[^，,]{0,4}(?:是不可能的|是假的|都是骗人的|不可信|谈不上|算不上|不敢当|不存在)"),
    ),
    Excuse(
        "denied_effect",
        Outcome.PASS,
        "",
        "否定、警示或说明限制，未作宣称",
        before=re.compile(
            r"(?:不是|并非|不能|不可|不得|不应|不允许|不具有|不具备|不宣称|不宣传|不涉及|不承诺|不保证|不作为|不用于|不适用于|不属于"
            r"|不代替|不替代|不会|不参与|不支持|不接受|不诱导|不要|不建议|无法|没有|没法|未|从不|绝不|拒绝|杜绝|禁止|严禁|谨防|警惕|小心|当心"
            r"|切勿|请勿|勿|别|防止|避免|打击|举报|查处|非|停止|遇到|涉嫌)" + WITHIN % 10
        ),
        after=re.compile(
            r"\A[^，,]{0,8}(?:的?(?:一律|都|均|全部)?(?:是|属于)?(?:诈骗|骗子|骗局|假的|违规|违法|不可信|请举报)|请咨询|请遵医嘱|请就医|请及时就医)"
        ),
    ),
    Excuse(
        "meta",
        Outcome.PASS,
        "",
        "讲解用语规则，未作宣称",
        before=re.compile(
            r"(?:违禁词|违规词|禁用词|敏感词|极限词|绝对化用语|禁止使用|不得使用|不得出现|不要使用|不要出现|不能使用|不能用|不许用|不许说|不能说"
            r"|不让说|不要说|不可以说|别说|避免使用|避免出现|例如|比如说?)[^，,]{0,14}\Z"
        ),
        after=re.compile(
            r"\A[^，,]{0,12}(?:等?(?:违禁词|违规词|极限词|绝对化用语|禁用词|敏感词|用语|字样|字眼|措辞|这种词|这类词|这样的词|这些词)"
            r"|(?:是|都)?(?:不能说|不让说|不许说|禁止说|不可以说))"
        ),
    ),
    Excuse(
        "motto",
        Outcome.PASS,
        f"{GUIDELINE} 5(1)",
        "表明经营理念",
        before=re.compile(
            r"(?<!全国)(?<!全网)(?<!行业)(?<!世界)(?<!全球)(?<!国内)(?<!同类)"
            r"(?:质量|品质|安全|顾客|客户|用户|顾客体验|体验|服务|诚信|信誉|健康|消费者|环保|卫生|责任|家人|粉丝|人品|效率|孩子|宝宝|生命|友谊)"
            r"(?:永远|始终|至上|永远是|始终是|是|放在|放|摆在|为)?\Z"
        ),
    ),
    Excuse(
        "attitude",
        Outcome.PASS,
        f"{GUIDELINE} 5(1)",
        "表明服务态度",
        after=re.compile(
            r"\A的?(?:服务|态度|诚意|努力|敬意|祝福|祝愿|热情|耐心|责任心|关怀|问候|谢意|感谢|心意|歉意|售后|陪伴|支持|力量|善意|初心|用心|信任|回报大家"
            r"|回馈|速度(?:给|为|帮|发|处理|回复|解决|安排|响应))"
        ),
    ),
    Excuse(
        "goal",
        Outcome.PASS,
        f"{GUIDELINE} 5(2)",
        "只表达追求的目标",
        before=re.compile(
            r"(?:目标|追求|愿景|理想|使命|梦想|初心|宗旨|立志|致力于?|力争|力求|争做|争当|向着|朝着|旨在|志在|向往|立志于"
            r"|(?:希望|想要?|争取|努力|期待|期望|一心|坚持|尽力|要把[^，,]{1,8})[^，,]{0,8}(?:做到|做成|成为|打造|达到|做好|做出|变成|做))"
            r"[^，,]{0,14}\Z"
        ),
    ),
    Excuse(
        "tip",
        Outcome.PASS,
        f"{GUIDELINE} 6(2)",
        "使用或保存的提示",
        before=re.compile(
            r"(?:保质期|赏味期|有效期|水温|温度|冷藏|冷冻|室温|食用|饮用|冲泡|浸泡|清洗|洗涤|使用时|保存|储存|存放|每天|每日|每次|每周|用量|间隔"
            r"|饭后|饭前|睡前|早晚|早上|晚上|空腹|开封后|开盖后|加热|温水|静置|醒酒|搭配|配着|趁热|现泡|现吃|尽快"
            r"|\d(?:天|小时|分钟|度|℃|个月)(?:内|左右|后|以内|以上)?)[^，,]{0,8}\Z"
        ),
        after=re.compile(
            r"\A的?(?:赏味|食用|使用|饮用|品尝|品饮|口感期|保存|储存|存放|贮存|冷藏|冲泡|冲调|入口|观赏|涂抹|洗涤|清洗|搭配|温度|水温|时间|时机|时段|时期"
            r"|期限|适饮|安装|佩戴|观看|视距|距离|采摘|播种|种植|护理|收纳|烹饪|烹煮|食材比例|比例|剂量|用量|保质|穿着|吃法|喝法|做法|方式是|方法是"
            r"|睡眠时|坐姿|角度|补水|入睡|沐浴|敷)"
        ),
    ),
    Excuse(
        "spec",
        Outcome.PASS,
        f"{GUIDELINE} 5(3)",
        "规格、参数或条件的说明",
        after=re.compile(
            r"\A的?(?:是|为|约|达|可|能|支持|承|载|容量|功率|尺码|尺寸|规格|码|号|转速|风力|风量|音量|档|限度|程度|值|压力|气压|噪音|时速|高度|宽度|长度|厚度"
            r"|直径|射程|行程|温|水温|气温|分辨率|光圈|倍率|续航|待机|输出|输入|电流|电压|亮度|水深|起订|订购|限购|数量|重量|单位|独立包装|包装|消费|立减"
            r"|减\d|直降|返|抵|省\d|赔|报销|保额|不超过|明天|今天|后天|周|下周|几点|什么时候|发货|送达|次日|当天|身高|体重|年龄|月龄|公约数|公倍数|块|格"
            r"|[:：\d]|[一二三四五六七八九十百千两几半](?:[天个件斤年月米克]|小时|分钟))"
        ),
    ),
    Excuse(
        "self_spec",
        Outcome.PASS,
        f"{GUIDELINE} 6(1)",
        "在自家商品之间比较规格或新旧",
        before=re.compile(
            r"(?:本店|本家|我们店|我店|我们家|我家|咱们?家|自家|店里|店内|家里|本品牌|系列|我们品牌|我司|直播间|款|色|套装|码)"
            r"(?:里面?|中|内|当中|之中|上)?的?[^，,]{0,2}\Z"
        ),
        after=re.compile(r"\A[^，,]{0,6}[(（]?(?:本店|本系列|自家|我们家|店内)"),
    ),
    Excuse(
        "self",
        Outcome.NEEDS_EVIDENCE,
        f"{GUIDELINE} 6(1)",
        "同一品牌或企业的商品之间的自我比较，须有证据证明比较属实",
        before=re.compile(
            r"(?:(?:本店|我们店|我店|我们家|我家|咱们?家|自家|店里|店内|家里|本品牌|本?系列|我们品牌|本公司|我们公司|我司|本?直播间|本厂|我们厂|同品牌|品牌历代)"
            r"(?:里面?|中|内|当中|之中|历史上?|历代|所有|有史以来|开播以来|今年|目前|这个|的|产品|款式|商品|机型|型号|面膜|面霜){0,4}"
            r"|(?:系列|店|家|品牌|款|产品|直播间)(?:里面?|当中|之中|中)[^，,]{0,5})\Z"
        ),
    ),
    Excuse(
        "grade",
        Outcome.PASS,
        f"{GUIDELINE} 6(3)",
        "按写明的标准分级",
        around=(re.compile(r"(?:gb/?t?|[a-z]{2}/?t|db\d\d/?t?|t/?[a-z]{3,6}|q/?[a-z0-9]{3,8}|iso)\d{3,}"),),
    ),
    Excuse(
        "grade_unstated",
        Outcome.NEEDS_EVIDENCE,
        f"{GUIDELINE} 6(3)",
        "按标准分级的用语，须能说明所依据的国家、行业或地方标准",
        around=(re.compile(r"国标|行标|国家标准|行业标准|地方标准|团体标准|质量等级|产品等级|分级标准|等级评定"),),
    ),
    Excuse(
        "title",
        Outcome.PASS,
        f"{GUIDELINE} 6(4)",
        "作品或栏目的名称",
        before=re.compile(r"《[^《》]{0,10}\Z"),
        after=re.compile(r"\A[^《》]{0,10}》"),
        both=True,
        as_written=True,
    ),
    Excuse(
        "name",
        Outcome.NEEDS_EVIDENCE,
        f"{GUIDELINE} 6(4)",
        "商品名称、注册商标、型号或专利中的用语，须有注册证等证据，且只用来指代该商品",
        before=re.compile(r"(?:注册商标|商标(?:名|名称|为|是)?|品牌名(?:称|是|叫|为)*|商品名(?:称|是|叫|为)*|产品名(?:称|是|叫|为)*|品牌叫|型号(?:是|为|叫)?)[“「『\"：: ]?[^，,“”]{0,4}\Z"),
        after=re.compile(
            r"\A[^，,“”]{0,6}(?:[”」』\"]\s*(?:牌|品牌|系列|商标|®|™|注册|旗舰店|专卖店|联名)|®|™|(?:是|为)?我们?的?注册商标|牌(?:的|\w{2,4}))"
        ),
        as_written=True,
    ),
    Excuse(
        "award",
        Outcome.NEEDS_EVIDENCE,
        f"{GUIDELINE} 6(5)",
        "依据国家有关规定评定的奖项、称号，须有证书等证据",
        before=re.compile(
            r"(?:荣获|获得|获评|获颁|被评为|评为|评定为|授予|入选|斩获|摘得|认定为|列入|赢得|获|经认定的?|经评定的?)[^，,]{0,14}\Z"
        ),
        after=re.compile(
            r"\A[^，,]{0,8}(?:奖|称号|荣誉|勋章|认定|非遗|非物质|高新|专精特新|实验室|检测中心|质检中心|技术中心|龙头企业|地理标志|保护区|风景|名胜|公园|度假区"
            r"|景区|示范|绿色工厂|评定|裁判|运动员|健将|教练|演员|传承人|科技进步|重点研发|课题)"
        ),
    ),
    Excuse(
        "bounded",
        Outcome.NEEDS_EVIDENCE,
        f"{GUIDELINE} 6(6)",
        "限定了时间、地域等条件的事实，须有证据证明",
        around=(
            re.compile(
                r"(?:19|20)\d{2}(?:年|[-./]|\D)|\d{1,2}月|双十一|双11|双十二|双12|618|年货节|近[\d一二三半]+|连续[\d一二三四五六七八九十]+|截至|截止"
                r"|[第q][一二三四1-4]季度|[上下]半年|去年|上月|上个月|当日|当天|昨天"
            ),
            re.compile(
                r"天猫|淘宝|京东|抖音|快手|拼多多|小红书|视频号|唯品会|平台|类目|品类|榜|全国|全省|全市|[省市县区]|北京|上海|广东|广州|同类|行业|国内|线上|数据|来源"
                r"|统计|报告|尼尔森|欧睿|沙利文|中怡康|奥维|认证|公证|调研|监测|史料|记载|据"
            ),
        ),
    ),
    Excuse(
        "dated",
        Outcome.PASS,
        "明码标价和禁止价格欺诈规定",
        "写明了促销的期限",
        around=(
            re.compile(
                r"\d{1,2}月\d{1,2}[日号]|\d{1,2}[:：点]\d{0,2}(?:分|整|截止|结束|下架|恢复)|(?:活动|优惠|促销)(?:时间|期间|截[至止]|到)[^，,]{0,4}\d"
            ),
        ),
    ),
    Excuse(
        "spf",
        Outcome.PASS,
        "化妆品监督管理条例 17",
        "写明了特殊化妆品的注册证号",
        around=(re.compile(r"国妆特[字进网备]*g?\d{4,}|特妆[字备]|特殊化妆品注册证"),),
    ),
    Excuse(
        "basis",
        Outcome.PASS,
        "明码标价和禁止价格欺诈规定",
        "写明了被比较价格的依据",
        around=(re.compile(r"(?:近|前|过去)(?:7|七|30|三十)[日天](?:内|的)?(?:最低)?成交价|成交价(?:为|是)|以[^，,]{0,8}成交价"),),
    ),
    Excuse(
        "stock",
        Outcome.PASS,
        "DB4401 5.2.3.3 i",
        "写明了库存的来源",
        around=(re.compile(r"(?:以|按|据)?(?:后台|系统|实时|页面)(?:显示的?|的)?(?:实际|真实|实时)?库存"),),
    ),
    Excuse(
        "season",
        Outcome.PASS,
        "广告绝对化用语执法指南 6(2)",
        "说明适用的季节、场合或人群",
        after=re.compile(
            r"\A[^，,]{0,8}(?:春|夏|秋|冬|季|早餐|午餐|晚餐|下午茶|送礼|旅行|出差|户外|露营|居家|办公|上班|上学|运动|孩子|老人|宝宝|小朋友|学生"
            r"|煲汤|炖|炒|蒸|煮|烤|火锅|涮|凉拌|新手|小户型|cm|斤|身高|体型)"
        ),
    ),
    Excuse(
        "consult",
        Outcome.PASS,
        "",
        "提示就医或遵医嘱",
        before=re.compile(r"(?:正在|接受|进行|服药|住院|术后|如需|需要|若需|如有[^，,]{0,8})(?:接受|进行)?\Z"),
        after=re.compile(r"\A[^，,]{0,8}(?:期间|的?(?:患者|病人|人群|人士)|者(?:请|慎|禁|应)|请(?:咨询|遵|及时|到|先|在医生))"),
    ),
]  # fmt: skip

BY_CODE = {excuse.code: excuse for excuse in EXCUSES}


def excuse_of(codes: tuple[str, ...], near: Surroundings) -> Excuse | None:
    """The most lenient of these excuses that holds here."""
    held = [BY_CODE[code] for code in codes if BY_CODE[code].holds(near)]
    return min(held, key=lambda excuse: excuse.outcome.rank, default=None)
