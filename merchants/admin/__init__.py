"""The back office's pages about merchants."""

from merchants.admin.agreement import AgreementAdmin
from merchants.admin.category import CategoryAdmin, CategoryRequirementAdmin, CredentialKindAdmin
from merchants.admin.contact import BusinessLineAdmin, ContactAdmin
from merchants.admin.credential import MerchantCredentialAdmin
from merchants.admin.hold import MerchantHoldAdmin
from merchants.admin.merchant import MerchantAdmin
from merchants.admin.people import ApplicationAdmin, InvitationAdmin, MembershipAdmin
from merchants.admin.verification import MerchantVerificationAdmin

__all__ = [
    "AgreementAdmin",
    "ApplicationAdmin",
    "BusinessLineAdmin",
    "CategoryAdmin",
    "CategoryRequirementAdmin",
    "ContactAdmin",
    "CredentialKindAdmin",
    "InvitationAdmin",
    "MembershipAdmin",
    "MerchantAdmin",
    "MerchantCredentialAdmin",
    "MerchantHoldAdmin",
    "MerchantVerificationAdmin",
]
