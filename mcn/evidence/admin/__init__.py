"""The admin's pages of evidence, of what is kept how long, and of what stops its removal."""

from mcn.evidence.admin.proof import (
    DocumentAdmin,
    HoldAdmin,
    PersonalFilesMixin,
    RevisionInline,
    StandingFilter,
    file_links,
    revision_links,
)
from mcn.evidence.admin.retention import LegalHoldAdmin, RetentionRuleAdmin, RetentionRunAdmin

__all__ = [
    "DocumentAdmin",
    "HoldAdmin",
    "LegalHoldAdmin",
    "PersonalFilesMixin",
    "RetentionRuleAdmin",
    "RetentionRunAdmin",
    "RevisionInline",
    "StandingFilter",
    "file_links",
    "revision_links",
]
