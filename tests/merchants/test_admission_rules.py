"""Each clause that a merchant must meet, broken once."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mcn.kit import records
from mcn.kit.clock import add_months
from merchants.models import Agreement, Contact, CredentialKind, Merchant, MerchantVerification
from merchants.rules.admission import ADMISSION, CHECKS, REOPENING, STANDING
from merchants.rules.submission import SUBMISSION
from tests.factories import AT, DAY
from tests.factories.merchants import (
    BusinessLineFactory,
    CategoryFactory,
    ContactFactory,
    CredentialKindFactory,
    MerchantCredentialFactory,
    MerchantFactory,
    MerchantHoldFactory,
    MerchantVerificationFactory,
)

Item = MerchantVerification.Item
TOMORROW = DAY + datetime.timedelta(days=1)


def changed(row, **values):
    """The row with other values, written without asking any action."""
    for name, value in values.items():
        setattr(row, name, value)
    return records.save(row, by=None, at=AT)


def findings(merchant, on=DAY, book=ADMISSION):
    return [(finding.clause, finding.message) for finding in book.inspect(merchant, on=on).findings]


def clauses(merchant, on=DAY, book=ADMISSION):
    return [clause for clause, _message in findings(merchant, on, book)]


@pytest.fixture
def merchant():
    """An admitted merchant in whose way nothing stands."""
    return MerchantFactory()


@pytest.fixture
def licence(merchant):
    return merchant.credentials.get()


def test_nothing_stands_in_the_way_of_the_default_merchant(merchant):
    assert findings(merchant, book=STANDING) == []
    assert findings(merchant, book=SUBMISSION) == []


@pytest.mark.clause("DB4401 5.1.2.4")
def test_a_merchant_needs_a_licence(merchant, licence):
    changed(licence, ended_on=DAY)
    assert findings(merchant) == [("DB4401 5.1.2.4", "营业执照缺失，请上传。")]


@pytest.mark.clause("DB4401 5.1.2.4")
def test_a_licence_is_good_to_its_last_day_and_no_longer(merchant, licence):
    changed(licence, valid_to=DAY)
    changed(licence, verified_digest=licence.digest)

    assert findings(merchant) == []
    assert findings(merchant, TOMORROW) == [
        ("DB4401 5.1.2.4", "营业执照已于2026-03-16到期，请上传换发的新证照。")
    ]


def test_a_licence_to_come_does_not_count_yet(merchant, licence):
    changed(licence, valid_from=TOMORROW)
    assert findings(merchant) == [("DB4401 5.1.2.4", "营业执照自2026-03-17起才生效。")]


def test_a_natural_person_needs_a_ground_of_exemption_instead():
    person = MerchantFactory(
        kind=Merchant.Kind.NATURAL_PERSON, uscc=None, id_number="11010519491231002X", papers=False
    )
    assert ("DB4401 5.1.2.4", "自然人免于登记说明缺失，请上传。") in findings(person)

    kind = CredentialKindFactory(code=CredentialKind.REGISTRATION_EXEMPTION)
    MerchantCredentialFactory(merchant=person, kind=kind)
    assert not [message for _clause, message in findings(person) if "免于登记" in message]


@pytest.mark.clause("DB4401 5.5.1.1")
def test_a_licence_is_the_merchants_own(merchant, licence):
    changed(licence, number="91440101MA5XXXXXXX")
    assert clauses(merchant) == ["DB4401 5.5.1.1", "DB4401 5.1.2.4"], "and it must be verified anew"


@pytest.mark.clause("DB4401 5.1.2.4", "LSEC 27")
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"legal_representative": ""}, "未填写法定代表人（经营者）。"),
        ({"address": ""}, "所在地区或经营地址未填写完整。"),
        ({"region": ""}, "所在地区或经营地址未填写完整。"),
        ({"phone": ""}, "未填写商家联系电话。"),
    ],
)
def test_a_merchant_says_who_and_where_it_is(merchant, values, message):
    changed(merchant, **values)
    assert ("DB4401 5.1.2.4", message) in findings(merchant, book=SUBMISSION)


@pytest.mark.clause("DB4401 5.1.2.4")
def test_a_merchant_has_somebody_to_call(merchant):
    changed(merchant.contacts.get(), duty=Contact.Duty.FINANCE)
    assert findings(merchant, book=SUBMISSION) == [("DB4401 5.1.2.4", "没有商务联系人，请添加并填写电话。")]


@pytest.mark.clause("DB4401 5.5.1.1", "DB4401 5.4.3.1 a")
def test_a_merchant_says_in_what_it_deals(merchant):
    changed(merchant.business_lines.get(), ended_on=DAY)
    assert findings(merchant) == [("DB4401 5.5.1.1", "未申报经营类目，请选择要合作销售的类目。")]


@pytest.mark.clause("DB4401 5.5.1.2", "DB4401 5.6.2.3")
def test_a_merchant_sells_nothing_banned(merchant):
    BusinessLineFactory(merchant=merchant, category=CategoryFactory(name="烟草制品", regime="banned"))
    assert findings(merchant) == [("DB4401 5.5.1.2", "“烟草制品”属于禁止直播销售的类目，请移除。")]


@pytest.mark.clause("DB4401 5.1.2.4", "DB4401 5.5.1.1", "LSEC 45")
def test_a_merchant_holds_the_permits_of_its_lines(merchant):
    BusinessLineFactory(merchant=merchant, category=CategoryFactory(name="零食", requires=["food_licence"]))
    assert findings(merchant) == [("DB4401 5.1.2.4", "零食：证照 food_licence缺失，请上传。")]

    MerchantCredentialFactory(merchant=merchant, kind=CredentialKindFactory(code="food_licence"))
    assert findings(merchant) == []


def test_a_kind_that_is_no_longer_asked_for_is_not_missed(merchant):
    line = BusinessLineFactory(merchant=merchant, category=CategoryFactory(requires=["food_licence"]))
    changed(line.category.requirements.get(), ended_on=DAY)
    assert findings(merchant) == []


@pytest.mark.clause("LSEC 45", "LSEC 27")
def test_a_paper_is_there_as_a_file(merchant, licence):
    changed(licence, document=None)
    assert clauses(merchant) == ["LSEC 45"]


@pytest.mark.clause("DB4401 5.1.2.4", "LSEC 27", "LSEC 43")
@pytest.mark.parametrize("item", Item.values)
def test_each_item_is_verified(merchant, item):
    changed(merchant.verifications.get(item=item), superseded_at=AT)
    assert findings(merchant) == [("DB4401 5.1.2.4", f"{Item(item).label}：尚未核验。")]


@pytest.mark.clause("DB4401 5.1.2.4")
def test_an_item_found_not_good_stands_in_the_way(merchant):
    changed(merchant.verifications.get(item="credit"), outcome="bad", note="被列入经营异常名录。")
    assert findings(merchant) == [("DB4401 5.1.2.4", "信用情况：核验未通过。被列入经营异常名录。")]


def test_permits_may_be_not_applicable(merchant):
    changed(merchant.verifications.get(item="permits"), outcome="not_applicable")
    assert findings(merchant) == []


@pytest.mark.parametrize(
    ("item", "values"),
    [
        ("licence", {"legal_representative": "李四"}),
        ("address", {"address": "天河路1号"}),
        ("contact", {"phone": "020-38880000"}),
    ],
)
def test_what_changed_since_it_was_verified_is_verified_anew(merchant, item, values):
    changed(merchant, **values)
    label = Item(item).label
    assert findings(merchant) == [("DB4401 5.1.2.4", f"{label}：核验后信息有变更，请重新核验。")]


def test_a_further_contact_for_finance_changes_nothing(merchant):
    ContactFactory(merchant=merchant, duty=Contact.Duty.FINANCE, phone="13600136000")
    assert findings(merchant) == []


@pytest.mark.clause("LSEC 8")
def test_a_verification_runs_out_after_six_months(merchant):
    last = add_months(DAY, 6) - datetime.timedelta(days=1)
    assert findings(merchant, last) == []
    assert clauses(merchant, last + datetime.timedelta(days=1)) == ["LSEC 8"] * 5


@pytest.mark.clause("DB4401 5.1.2.4", "LSEC 45")
def test_a_paper_that_counts_was_verified(merchant, licence):
    changed(licence, verified_digest="")
    assert findings(merchant) == [("DB4401 5.1.2.4", f"{licence}尚未核验，或核验后有变更。")]


def test_a_renewal_uploaded_early_does_not_stop_the_merchant(merchant):
    MerchantCredentialFactory(merchant=merchant, valid_from=DAY, verified=False)
    assert findings(merchant) == []


@pytest.mark.clause("DB4401 5.4.2.4", "DB4401 5.5.1.4", "LSEC 43")
def test_a_cooperation_agreement_is_in_force(merchant):
    agreement = merchant.agreements.get(kind=Agreement.Kind.COOPERATION)
    assert findings(merchant, agreement.valid_from) == []

    changed(agreement, valid_to=DAY - datetime.timedelta(days=1))
    assert findings(merchant) == [("DB4401 5.4.2.4", "没有生效中的合作协议。")]


@pytest.mark.clause("DB4401 5.5.2.1", "DB4401 5.5.2.2", "DB4401 5.5.2.4", "DB4401 5.5.3 b")
@pytest.mark.clause("DB4401 6.4.2 a", "GDAS 5.3.2 a")
@pytest.mark.parametrize(
    ("duty", "cited", "said"),
    [
        ("as_advertiser", "DB4401 5.5.2.1", "由商家承担广告主责任"),
        ("as_publisher", "DB4401 5.5.2.1", "商家人员参与直播宣传时承担广告发布者责任"),
        ("on_delivery", "DB4401 5.5.2.4", "按约定时限发货，未约定的三个工作日内发货"),
        ("on_attendance", "DB4401 5.5.3 b", "直播期间安排客服、销售人员协助"),
        ("on_lawful_trade", "DB4401 6.4.2 a", "依法经营，保护消费者权益、知识产权、网络安全和个人信息"),
    ],
)
def test_the_merchants_duties_are_agreed_in_writing(merchant, duty, cited, said):
    for agreement in merchant.agreements.all():
        changed(agreement, **{duty: False})

    assert findings(merchant) == [(cited, f"没有生效中的协议约定：{said}。")]


@pytest.mark.clause("DB4401 6.2.1 a", "DB4401 6.2.1 c", "GDAS 5.1.2 a", "GDAS 5.1.2 c")
@pytest.mark.parametrize("kind", ["service_quality", "after_sales", "account_monitoring"])
def test_other_agreements_are_advised(merchant, kind):
    changed(merchant.agreements.get(kind=kind), state=Agreement.State.ENDED)
    report = ADMISSION.inspect(merchant, on=DAY)
    assert len(report.warnings) == 1
    assert report.blockers == []


@pytest.mark.clause("DB4401 5.1.5.2 c")
def test_a_hold_stands_in_the_way_while_it_holds(merchant):
    MerchantHoldFactory(merchant=merchant, valid_to=DAY)

    assert clauses(merchant) == ["DB4401 5.1.5.2 c"]
    assert clauses(merchant, TOMORROW) == []
    assert clauses(merchant, book=REOPENING) == []


def test_the_blacklist_bars_a_new_start(merchant):
    MerchantHoldFactory(merchant=merchant, kind="blacklist")
    assert clauses(merchant, book=REOPENING) == ["DB4401 5.1.5.2 c"]


@pytest.mark.clause("DB4401 5.4.3.1 a")
@pytest.mark.parametrize("state", [state for state in Merchant.State if state != Merchant.State.ADMITTED])
def test_goods_are_sold_only_for_an_admitted_merchant(merchant, state):
    changed(merchant, state=state)
    assert clauses(merchant, book=STANDING) == ["DB4401 5.4.3.1 a"]
    assert clauses(merchant) == []


def test_every_finding_says_where_to_mend_it(merchant, licence):
    changed(merchant, legal_representative="")
    changed(licence, document=None)
    BusinessLineFactory(merchant=merchant, category=CategoryFactory(regime="banned"))
    MerchantHoldFactory(merchant=merchant)

    found = STANDING.inspect(merchant, on=DAY).findings
    assert len(found) >= 5
    assert all(finding.mend_url.startswith("/admin/merchants/") for finding in found)


def test_a_hundred_merchants_take_as_many_queries_as_one():
    category = CategoryFactory(requires=["food_licence"])

    def several(count):
        for _number in range(count):
            merchant = MerchantFactory(papers=False)
            BusinessLineFactory(merchant=merchant, category=category)
            MerchantCredentialFactory(merchant=merchant)
            MerchantVerificationFactory(merchant=merchant)

    several(1)
    with CaptureQueriesContext(connection) as one:
        assert len(STANDING.inspect_many(Merchant.objects.all(), on=DAY)) == 1
    several(19)
    with CaptureQueriesContext(connection) as many:
        assert len(STANDING.inspect_many(Merchant.objects.all(), on=DAY)) == 20

    assert len(one) == len(many) == 9


def test_every_check_names_its_clauses():
    for check in CHECKS:
        assert check.clauses
        assert check.__doc__
