"""The one "no": what a verb raises and what every door translates once."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Finding:
    """Why something may not proceed: the clause, its strictness, the row at fault, and what to mend where.

    ``about`` is what was inspected: the merchant whose paper is at fault, the product whose item is.
    ``waiver`` is the row by which somebody set a warning aside.
    """

    clause: str
    level: str
    subject: Any
    message: str
    mend_url: str = ""
    about: Any = None
    waiver: Any = None

    @property
    def label(self):
        """The row at fault, with what it belongs to where its own name does not tell."""
        row, whole = str(self.subject), str(self.about or "")
        return row if whole in row else f"{whole} · {row}"

    @property
    def blocks(self):
        return self.level in ("shall", "shall not")

    def as_dict(self):
        """The finding as doors give it out."""
        told = {
            "clause": self.clause,
            "level": self.level,
            "subject": {
                "model": self.subject._meta.label_lower,
                "id": self.subject.pk,
                "label": str(self.subject),
            },
            "message": str(self.message),
            "mend_url": self.mend_url,
        }
        return told | ({"waiver": self.waiver.as_dict()} if self.waiver else {})


class Refused(Exception):
    """The domain says no; the message says why, in the user's language."""

    status = 409
    code = "refused"

    def __init__(self, message, *, findings=()):
        super().__init__(message)
        self.message = message
        self.findings = list(findings)

    def __str__(self):
        return str(self.message)


class WrongState(Refused):
    """The row is not in a state from which this verb leads on."""

    code = "wrong_state"


class Denied(Refused):
    """This person may not do this to this row."""

    status = 403
    code = "denied"


class Stale(Refused):
    """Somebody else changed the row since it was read."""

    status = 412
    code = "stale"


class Blocked(Refused):
    """Clauses forbid it; the findings say which and what to mend."""

    status = 422
    code = "blocked"

    def __init__(self, findings):
        findings = list(findings)
        lines = "；".join(f"{finding.clause}：{finding.message}" for finding in findings)
        super().__init__(_("Not yet allowed: %(findings)s") % {"findings": lines}, findings=findings)
