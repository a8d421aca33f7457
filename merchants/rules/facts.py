"""What each item of a verification looks at, as a digest: when it changes, only that item is stale."""

from mcn.kit.privacy import keyed_hash
from merchants.models import Contact, MerchantVerification

Item = MerchantVerification.Item


def facts(merchant, item):
    """The merchant's own data that an item covers; papers are verified one by one."""
    identity = [merchant.kind, merchant.name, merchant.uscc or merchant.id_number]
    if item == Item.LICENCE:
        return [*identity, merchant.legal_representative]
    if item == Item.ADDRESS:
        return [merchant.region, merchant.address]
    if item == Item.CONTACT:
        return [merchant.phone, *sorted(contact.phone for contact in business_contacts(merchant))]
    if item == Item.CREDIT:
        return identity
    return []


def business_contacts(merchant):
    """The people to call about business now; reads prefetched contacts."""
    contacts = merchant.contacts.all()
    return [row for row in contacts if row.ended_on is None and row.duty == Contact.Duty.BUSINESS]


def digest(merchant, item):
    """The keyed hash of an item's facts."""
    return keyed_hash("|".join([item, *facts(merchant, item)]))
