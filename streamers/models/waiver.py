"""Warnings of the gate that somebody set aside for one show, and why."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.fields import ActorField
from mcn.kit.records import Record
from streamers.models.show import Show, ShowQuerySet


class WaiverQuerySet(ShowQuerySet):
    """Warnings set aside for shows."""

    show = "show"


class Waiver(Record):
    """The warnings of one clause that stood at some rows of a show, set aside with a reason; never changed.

    A further row at which the same clause warns later is a warning again, and takes a waiver of its own.
    """

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="waivers", verbose_name=_("show"))
    clause = models.CharField(_("clause"), max_length=40)
    rows = models.JSONField(_("rows at which it warned"), editable=False)
    reason = models.TextField(_("reason"), max_length=2000)
    waived_by = ActorField(_("set aside by"))
    waived_at = models.DateTimeField(_("set aside at"), editable=False)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("warning set aside")
        verbose_name_plural = _("warnings set aside")
        ordering = ["id"]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="waiver_has_a_reason",
                violation_error_message=_("Say why."),
            )
        ]

    def __str__(self):
        return f"{self.show.code} · {self.clause}"

    def as_dict(self):
        """The waiver as doors give it out beside a finding."""
        return {
            "by": self.waived_by.name if self.waived_by else "",
            "at": self.waived_at.isoformat(),
            "reason": self.reason,
        }
