"""Mentions and reviews by spreadsheet: taken in once, refused by cell, out and in again without a change."""

import datetime

import pytest

from aftersales.models import Mention, Review
from aftersales.resources.mention import MentionSheet
from aftersales.resources.review import ReviewSheet
from tests.aftersales.books import bring, columns_of, exported, row
from tests.factories.accounts import StaffFactory
from tests.factories.conduct import PlatformFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.opinion import MentionFactory, OutletFactory, ReviewFactory
from tests.factories.products import ProductFactory
from tests.factories.streamers import StreamerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]
MORNING = "2026-03-16 08:00:00"


def outcomes(report):
    tally = report.tally
    return tally.created, tally.updated, tally.unchanged, tally.refused


@pytest.mark.clause("GDAS 5.4")
def test_mentions_come_in_judged_and_without_numbers(tmp_path):
    outlet, streamer = OutletFactory(code="weibo", name="微博"), StreamerFactory(verified=False)
    seen = MentionFactory(outlet=outlet, reach=3, text="好看\r\n会回购")
    sheet, by = MentionSheet(), StaffFactory(role="after_sales")
    new = {
        "outlet": "微博",
        "published_at": MORNING,
        "text": "假货，退款打 13800138000",
        "author": "张三丰四",
    }
    again = dict(zip([column.name for column in sheet.columns], exported(sheet, by)[0], strict=True))
    report = bring(
        sheet,
        tmp_path,
        row(sheet, **new, number="1", streamer=streamer.code.lower()),
        row(sheet, **again | {"reach": 90}),
        row(sheet, **new | {"outlet": "没有这个渠道"}, number="2"),
        row(sheet, **new | {"published_at": "2099-01-01 08:00"}, number="3"),
        row(sheet, **new | {"published_at": "昨晚"}, number="4"),
        row(sheet, **new, number="5", merchant="M9999"),
        row(sheet, **new | {"text": ""}, number="6"),
        by=by,
    )
    made = Mention.objects.get(number="1")
    seen.refresh_from_db()
    assert outcomes(report) == (1, 1, 0, 5), report.errors
    assert (made.sentiment, made.streamer, made.author, made.source) == (
        "negative",
        streamer,
        "张三丰四",
        "sheet",
    )
    assert ("13800138000" in made.text, seen.reach, seen.text) == (False, 90, "好看\r\n会回购")
    assert columns_of(report) == [
        (4, "舆情渠道"),
        (5, "发布时间"),
        (6, "发布时间"),
        (7, "商家编号"),
        (8, "内容"),
    ]

    lines = exported(sheet, by)
    assert "张三丰四" not in str(lines)
    assert outcomes(bring(sheet, tmp_path, lines[0], row(sheet, **new, number="1"), by=by)) == (0, 0, 2, 0)


@pytest.mark.clause("EJAS 7.1.1")
def test_reviews_come_in_once_and_stay_as_they_were_said(tmp_path):
    platform = PlatformFactory(code="douyin")
    product = ProductFactory()
    merchant = product.merchant
    ReviewFactory(platform=platform, number="0", given_at=datetime.datetime.fromisoformat(f"{MORNING}+08:00"))
    sheet, by = ReviewSheet(), StaffFactory(role="after_sales")
    new = {
        "platform": "抖音",
        "score": 2,
        "text": "收到就是破的",
        "given_at": MORNING,
        "merchant": merchant.code,
    }
    report = bring(
        sheet,
        tmp_path,
        *exported(sheet, by),
        row(sheet, **new, number="1", product=product.code),
        row(sheet, **new | {"platform": "没有这个平台"}, number="2"),
        row(sheet, **new | {"merchant": "M9999"}, number="3"),
        row(
            sheet, **new | {"merchant": MerchantFactory(papers=False).code}, number="4", product=product.code
        ),
        row(sheet, **new | {"given_at": "2099-01-01 08:00"}, number="5"),
        row(sheet, **new | {"score": 6}, number="6"),
        by=by,
    )
    made = Review.objects.get(number="1")
    assert outcomes(report) == (1, 0, 1, 5), report.errors
    assert (made.negative, made.product, made.service, made.source) == (True, product, "purchase", "sheet")
    assert columns_of(report) == [
        (4, "平台"),
        (5, "商家编号"),
        (6, "商品编码"),
        (7, "评价时间"),
        (8, "评分"),
    ]

    again = bring(
        sheet, tmp_path, exported(sheet, by)[0], row(sheet, **new | {"score": 5}, number="1"), by=by
    )
    assert (outcomes(again), Review.objects.get(number="1").score) == ((0, 0, 2, 0), 2)
