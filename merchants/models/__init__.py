"""Merchants and what belongs to them."""

from merchants.models.agreement import Agreement
from merchants.models.category import Category, CategoryRequirement, CredentialKind, Profession
from merchants.models.contact import Contact
from merchants.models.credential import MerchantCredential
from merchants.models.hold import MerchantHold
from merchants.models.invitation import Application, Invitation
from merchants.models.membership import Membership
from merchants.models.merchant import BusinessLine, Merchant
from merchants.models.owned import OwnedQuerySet, merchants_of
from merchants.models.verification import MerchantVerification

__all__ = [
    "Agreement",
    "Application",
    "BusinessLine",
    "Category",
    "CategoryRequirement",
    "Contact",
    "CredentialKind",
    "Invitation",
    "Membership",
    "Merchant",
    "MerchantCredential",
    "MerchantHold",
    "MerchantVerification",
    "OwnedQuerySet",
    "Profession",
    "merchants_of",
]
