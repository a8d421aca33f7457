"""What a show went on air with: frozen at its start, hashed, and never changed."""

import hashlib
import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.fields import ActorField
from mcn.kit.records import Record
from streamers.models.show import Show


class FrozenText(models.TextField):
    """A text whose hash stands in the audit trail in its place."""

    audited = False


class ShowRecord(Record):
    """The run sheet, cards, prices, plans, credentials and findings with which a show went live.

    The content is canonical JSON. The database itself refuses to change it, or to empty it before its day.
    """

    show = models.OneToOneField(Show, on_delete=models.PROTECT, related_name="record", verbose_name=_("show"))
    frozen_at = models.DateTimeField(_("frozen at"))
    frozen_by = ActorField(_("frozen by"))
    content = FrozenText(_("content"), blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    purged_at = models.DateTimeField(_("removed after its term at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("frozen record of a show")
        verbose_name_plural = _("frozen records of shows")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [("pack_showrecord", _("Can make evidence packs of shows"))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(content="") | Q(purged_at__isnull=False),
                name="show_record_says_something",
                violation_error_message=_("A frozen record is empty only after its term."),
            )
        ]

    def __str__(self):
        return f"{self.show.code} · {self.sha256[:12]}"

    @property
    def facts(self):
        """The content as it is read: ``{part: rows}``; empty once it was removed."""
        return json.loads(self.content) if self.content else {}

    @property
    def is_intact(self):
        """Whether the content is what was hashed; what is left of a removed one is its hash."""
        return self.purged_at is not None or sha256_of_text(self.content) == self.sha256


def sha256_of_text(text):
    """SHA-256 of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()
