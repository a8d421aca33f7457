"""Which rows of merchants a list may be narrowed to."""

from django_filters import CharFilter, DateFromToRangeFilter, MultipleChoiceFilter
from django_filters.rest_framework import BooleanFilter, IsoDateTimeFilter

from mcn.kit.attempts import count_look_up
from mcn.kit.filters import RecordFilterSet, SearchFilter
from mcn.kit.privacy import keyed_hash
from merchants.models import (
    Agreement,
    BusinessLine,
    Category,
    Contact,
    CredentialKind,
    Merchant,
    MerchantCredential,
    MerchantHold,
    MerchantVerification,
)


class HashFilter(CharFilter):
    """Rows whose encrypted value is exactly the one asked for."""

    def filter(self, qs, value):
        if not value:
            return qs
        count_look_up(self.parent.request.user)
        return qs.filter(**{self.field_name: keyed_hash(value)})


class MerchantFilter(RecordFilterSet):
    """Merchants by words or codes, state and kind."""

    q = SearchFilter()
    state = MultipleChoiceFilter(choices=Merchant.State.choices)
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Merchant
        fields = ["kind", "code", "uscc"]


class EndedFilterSet(RecordFilterSet):
    """Rows that end: ``ended=false`` for those that still stand."""

    ended = BooleanFilter(field_name="ended_on", lookup_expr="isnull", exclude=True)


class ContactFilter(EndedFilterSet):
    """Contacts by merchant, duty, or the whole phone number."""

    phone = HashFilter(field_name="phone_hash")

    class Meta:
        model = Contact
        fields = ["merchant", "duty"]


class BusinessLineFilter(EndedFilterSet):
    """Lines of business by merchant and category."""

    class Meta:
        model = BusinessLine
        fields = ["merchant", "category"]


class MerchantCredentialFilter(EndedFilterSet):
    """Papers by merchant, kind and the days on which they run out."""

    valid_to = DateFromToRangeFilter()

    class Meta:
        model = MerchantCredential
        fields = ["merchant", "kind", "number"]


class MerchantVerificationFilter(RecordFilterSet):
    """Verifications by merchant, item, outcome, and whether they stand."""

    superseded = BooleanFilter(field_name="superseded_at", lookup_expr="isnull", exclude=True)
    next_due_on = DateFromToRangeFilter()

    class Meta:
        model = MerchantVerification
        fields = ["merchant", "item", "outcome"]


class AgreementFilter(RecordFilterSet):
    """Agreements by merchant, kind, state and the days on which they run out."""

    valid_to = DateFromToRangeFilter()

    class Meta:
        model = Agreement
        fields = ["merchant", "kind", "state", "number"]


class MerchantHoldFilter(RecordFilterSet):
    """Holds by merchant, kind and state."""

    class Meta:
        model = MerchantHold
        fields = ["merchant", "kind", "state"]


class CategoryFilter(RecordFilterSet):
    """Categories by words or codes, regime and parent."""

    q = SearchFilter()

    class Meta:
        model = Category
        fields = ["code", "regime", "parent"]


class CredentialKindFilter(RecordFilterSet):
    """Kinds of papers by code and holder."""

    class Meta:
        model = CredentialKind
        fields = ["code", "holder"]
