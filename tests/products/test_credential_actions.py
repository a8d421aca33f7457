"""A product's papers: taken in with their file, mended, withdrawn."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mcn.kit.refusal import Denied, Refused
from products.actions import credential as credential_actions
from products.models import ProductCredential
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import MerchantUserFactory
from tests.factories.merchants import CredentialKindFactory
from tests.factories.products import ProductCredentialFactory, ProductFactory, ProductKindFactory

YEAR = datetime.timedelta(days=365)


def paper(product, **values):
    given = {"kind": ProductKindFactory(), "number": "GD-1", "issuer": "省质检中心", "valid_from": DAY}
    return ProductCredential(product=product, **given | {"valid_to": DAY + YEAR} | values)


@pytest.mark.clause("LSEC 27", "LSEC 45")
def test_a_merchants_person_uploads_a_paper():
    owner = MerchantUserFactory()
    product = ProductFactory(merchant=owner.memberships.get().merchant, parts=False)

    made = credential_actions.add(paper(product), pdf(), by=owner, at=AT)

    assert made.covers(DAY)
    assert made.file_sha256 == made.document.latest.sha256
    assert (made.document.owner_model, made.document.owner_id) == ("products.productcredential", made.pk)


def test_a_paper_needs_its_file(reviewer):
    with pytest.raises(ValidationError, match="请上传证照"):
        credential_actions.add(paper(ProductFactory(parts=False)), None, by=reviewer, at=AT)


@pytest.mark.parametrize(
    "values",
    [{"valid_to": DAY - YEAR}, {"valid_to": None}, {"long_term": True}, {"number": ""}],
    ids=str,
)
def test_a_wrong_paper_is_refused(values, reviewer):
    with pytest.raises(ValidationError):
        credential_actions.add(paper(ProductFactory(parts=False), **values), pdf(), by=reviewer, at=AT)
    assert not ProductCredential.objects.exists()


def test_a_merchants_kind_of_paper_is_refused(reviewer):
    licence = CredentialKindFactory(code="food_licence")
    with pytest.raises(ValidationError, match="不属于商品"):
        credential_actions.add(paper(ProductFactory(parts=False), kind=licence), pdf(), by=reviewer, at=AT)


def test_the_same_paper_is_not_taken_twice(reviewer):
    product = ProductFactory(parts=False)
    credential_actions.add(paper(product), pdf(), by=reviewer, at=AT)

    with pytest.raises(ValidationError, match="该资质已存在"):
        credential_actions.add(paper(product), pdf(), by=reviewer, at=AT)


def test_a_file_that_is_no_scan_leaves_no_paper(reviewer):
    file = pdf()
    file.file.write(b"MZ")
    file.file.seek(0)
    with pytest.raises(ValidationError):
        credential_actions.add(paper(ProductFactory(parts=False)), file, by=reviewer, at=AT)
    assert not ProductCredential.objects.exists()


def test_a_better_file_is_another_revision(reviewer):
    made = ProductCredentialFactory()
    before = made.file_sha256

    credential_actions.change(made, pdf(body=b"a better scan"), by=reviewer, at=AT)

    assert made.document.revisions.count() == 2
    assert made.file_sha256 != before


def test_a_withdrawn_paper_counts_no_more_and_stays(reviewer):
    made = ProductCredentialFactory()

    gone = credential_actions.withdraw(made, by=reviewer, at=AT, note="报告被撤销")

    assert not gone.covers(DAY)
    assert gone.covers(DAY - datetime.timedelta(days=1))
    with pytest.raises(Refused, match="已作废"):
        credential_actions.withdraw(made, by=reviewer, at=AT)


def test_a_stranger_handles_no_paper():
    stranger = MerchantUserFactory()
    made = ProductCredentialFactory()
    with pytest.raises(Denied):
        credential_actions.add(paper(made.product, number="X"), pdf(), by=stranger, at=AT)
    with pytest.raises(Denied):
        credential_actions.change(made, pdf(body=b"other"), by=stranger, at=AT)
    with pytest.raises(Denied):
        credential_actions.withdraw(made, by=stranger, at=AT)
