"""The retention rules that the product ships with; staff add longer ones."""

import datetime

from mcn.evidence.models import RetentionClass, RetentionRule
from mcn.kit import records

START = datetime.date(2000, 1, 1)
DAYS, MONTHS = RetentionRule.Unit.DAYS, RetentionRule.Unit.MONTHS
ADVERTISING_LAW = "《广告法》第三十四条；广告发布行为终了之日起算"
NO_LONGER = "《个人信息保护法》第十九条：只存必要的最短时间；留作对账，导入结束之日起算，天数由机构定"
SHIPPED = [
    (RetentionClass.SHOW_CONTENT, "DB4401 5.1.5.3", 60, DAYS, "直播结束之日起算"),
    (RetentionClass.SHOW_CONTENT, "LSMS 7.2.9", 36, MONTHS, "机构自愿执行，可停用"),
    (RetentionClass.TRADE, "DB4401 5.1.5.3", 36, MONTHS, "交易完成之日起算"),
    (RetentionClass.VERIFICATION, "LSEC 27", 36, MONTHS, "直播结束之日起算"),
    (RetentionClass.VERIFICATION, "LSEC 45", 36, MONTHS, "直播结束之日起算"),
    (RetentionClass.CORRECTION, "LSEC 31", 36, MONTHS, "直播结束之日起算"),
    (
        RetentionClass.ADVERTISING,
        "DB4401 5.1.2.3",
        36,
        MONTHS,
        ADVERTISING_LAW,
    ),
    (RetentionClass.IMPORT_FILES, "PIPL 19", 90, DAYS, NO_LONGER),
]


def sync_retention(*, at):
    """Add the shipped rules that are not there; what staff added stays."""
    known = set(RetentionRule.objects.values_list("retention_class", "clause"))
    for name, clause, length, unit, source in SHIPPED:
        if (name, clause) not in known:
            made = RetentionRule(
                retention_class=name,
                clause=clause,
                length=length,
                unit=unit,
                valid_from=START,
                source=source,
            )
            records.save(made, by=None, at=at, verb="ship")
