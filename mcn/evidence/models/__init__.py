"""Proof, how long it is kept, and what stops its removal."""

from mcn.evidence.models.legal_hold import LegalHold
from mcn.evidence.models.proof import (
    ALLOWED_TYPES,
    ENDINGS,
    Credential,
    Document,
    DocumentField,
    Hold,
    Revision,
    Verification,
    path_of,
    sha256_of,
    type_of,
    validate_upload,
)
from mcn.evidence.models.retention import RetentionClass, RetentionRule, RetentionRun

__all__ = [
    "ALLOWED_TYPES",
    "ENDINGS",
    "Credential",
    "Document",
    "DocumentField",
    "Hold",
    "LegalHold",
    "RetentionClass",
    "RetentionRule",
    "RetentionRun",
    "Revision",
    "Verification",
    "path_of",
    "sha256_of",
    "type_of",
    "validate_upload",
]
