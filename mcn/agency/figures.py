"""The figures and platforms that the product ships with; staff add later ones in the admin."""

import datetime
from decimal import Decimal

from mcn.agency.models import Figure, Platform
from mcn.kit import records

START = datetime.date(2000, 1, 1)
SHIPPED = [
    (Figure.Key.MERCHANT_VERIFICATION_MONTHS, 6, "LSEC 8"),
    (Figure.Key.PRODUCT_VERIFICATION_MONTHS, 6, "DB4401 5.6.3.1; LSEC 8"),
    (Figure.Key.STREAMER_VERIFICATION_MONTHS, 6, "机构默认值"),
    (Figure.Key.EXPIRY_WARNING_DAYS, 30, "机构默认值"),
    (Figure.Key.EXPIRY_URGENT_DAYS, 7, "机构默认值"),
    (Figure.Key.EXPIRY_LAST_DAYS, 1, "机构默认值"),
    (Figure.Key.VIOLATION_POINTS_MONTHS, 12, "DB4401 5.6.3.8; 机构默认值"),
    (Figure.Key.VIOLATION_APPEAL_DAYS, 15, "机构默认值"),
    (Figure.Key.VIOLATION_CORRECTION_DAYS, 3, "DB4401 5.4.3.2 d; 机构默认值"),
    (Figure.Key.TIER_FIGURES_DAYS, 35, "DB4401 5.4.3.2 e; 机构默认值"),
    (Figure.Key.EXAM_ATTEMPTS, 3, "机构默认值"),
    (Figure.Key.EXAM_WAIT_DAYS, 1, "机构默认值"),
    (Figure.Key.CHECK_IN_MINUTES, 30, "机构默认值"),
    (Figure.Key.CHECK_IN_CODE_SECONDS, 90, "机构默认值"),
    (Figure.Key.PRICE_HISTORY_DAYS, 7, "《规范促销行为暂行规定》"),
    (Figure.Key.TRADE_COMPLETION_DAYS, 90, "DB4401 5.1.5.3; 机构默认值"),
    (Figure.Key.ON_AIR_CORRECTION_MINUTES, 5, "DB4401 5.2.2.6; 机构默认值"),
    (Figure.Key.ON_AIR_SILENCE_MINUTES, 15, "DB4401 5.6.3.6; 机构默认值"),
    (Figure.Key.ON_AIR_LATE_HOURS, 24, "机构默认值"),
    (Figure.Key.METRICS_CLICK_PERCENT, 60, "DB4401 5.6.3.9; 机构默认值"),
    (Figure.Key.METRICS_ORDER_PERCENT, 50, "DB4401 5.6.3.9; 机构默认值"),
    (Figure.Key.METRICS_RETURN_PERCENT, 60, "DB4401 5.6.3.9; 机构默认值"),
    (Figure.Key.SHOW_CLEARED_HOURS, 48, "机构默认值"),
    (Figure.Key.AD_PENALTY_BAR_YEARS, 3, "DB4401 5.1.1 f"),
    (Figure.Key.SERVICE_SOLD_PERCENT, 100, "DB4401 6.2.2 b; 机构默认值"),
    (Figure.Key.SERVICE_PRESALE_PERCENT, 130, "DB4401 6.2.2 b; 机构默认值"),
    (Figure.Key.SERVICE_PEAK_PERCENT, 10, "DB4401 6.2.2 b; 机构默认值"),
    (Figure.Key.SERVICE_HANDLING_SECONDS, 300, "DB4401 6.2.2 b; 机构默认值"),
    (Figure.Key.SERVICE_CHATS, 3, "DB4401 6.2.2 b; 机构默认值"),
    (Figure.Key.SERVICE_BUSY_PERCENT, 85, "DB4401 6.2.2 b; 机构默认值"),
    (Figure.Key.SERVICE_ANSWER_PERCENT, 80, "DB4401 6.2.2 b; 机构默认值"),
    (Figure.Key.KPI_OUTLIER_TENTHS, 35, "EJAS 7.3.1; 机构默认值"),
    (Figure.Key.KPI_LEAST_ROWS, 5, "EJAS 7.3.1; 机构默认值"),
    (Figure.Key.SERVICE_ANSWER_SECONDS, 30, "DB4401 6.2.2 b; 机构默认值"),
    (Figure.Key.SHIP_WORKING_DAYS, 3, "DB4401 5.5.2.4"),
    (Figure.Key.SHIP_WARNING_HOURS, 12, "DB4401 6.4.3 b; 机构默认值"),
    (Figure.Key.PARCEL_STUCK_HOURS, 48, "EJAS 6.2.1.2; 机构默认值"),
    (Figure.Key.VALUABLE_YUAN, 2_000, "EJAS 6.2.3.1; 机构默认值"),
    (Figure.Key.NO_REASON_DAYS, 7, "LSMS 7.2.7; 《消费者权益保护法》第二十五条"),
    (Figure.Key.FAST_REFUND_AMOUNT, 200, "EJAS 6.3.2.1; 机构默认值"),
    (Figure.Key.FAST_REFUND_ORDERS, 3, "EJAS 6.3.2.1; 机构默认值"),
    (Figure.Key.FAST_REFUND_PERCENT, 30, "EJAS 6.3.2.1; 机构默认值"),
    (Figure.Key.INSURED_RETURN_AMOUNT, 2000, "EJAS 6.3.4.2; 机构默认值"),
    (Figure.Key.KNOWLEDGE_REVIEW_DAYS, 180, "EJAS 6.7.1; 机构默认值"),
    (Figure.Key.PROMISE_AUDIT_DAYS, 90, "EJAS 6.10.4; 机构默认值"),
    (Figure.Key.REVIEW_NEGATIVE_STARS, 2, "EJAS 7.1.3; 机构默认值"),
]

PLATFORMS = [
    ("douyin", "抖音", "北京微播视界科技有限公司"),
    ("kuaishou", "快手", "北京快手科技有限公司"),
    ("taobao", "淘宝直播", "浙江淘宝网络有限公司"),
    ("channels", "微信视频号", "深圳市腾讯计算机系统有限公司"),
    ("xiaohongshu", "小红书", "行吟信息科技（上海）有限公司"),
    ("jd", "京东直播", "北京京东叁佰陆拾度电子商务有限公司"),
    ("pinduoduo", "拼多多", "上海寻梦信息技术有限公司"),
    ("bilibili", "哔哩哔哩", "上海幻电信息科技有限公司"),
]


def sync_platforms(*, at):
    """Add the shipped platforms that are not there; what staff changed stays."""
    known = set(Platform.objects.values_list("code", flat=True))
    made = [
        Platform(code=code, name=name, operator=operator)
        for code, name, operator in PLATFORMS
        if code not in known
    ]
    records.save_many(made, by=None, at=at, verb="ship")


def sync_figures(*, at):
    """Add the shipped figures that are not there; what staff changed stays."""
    known = set(Figure.objects.values_list("key", flat=True))
    made = [
        Figure(key=key, value=Decimal(value), valid_from=START, source=source)
        for key, value, source in SHIPPED
        if key not in known
    ]
    records.save_many(made, by=None, at=at, verb="ship")
