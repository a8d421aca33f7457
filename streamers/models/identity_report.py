"""That a platform was told who stands before the camera (LSEC 28)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.agency.models import Platform
from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.records import Record
from streamers.models.show import Show


class IdentityReport(Record):
    """A show's streamers as reported to the platform, by verified identity; a later one supersedes it."""

    show = models.ForeignKey(
        Show, on_delete=models.PROTECT, related_name="identity_reports", verbose_name=_("show")
    )
    platform = models.ForeignKey(
        Platform, on_delete=models.PROTECT, related_name="+", verbose_name=_("platform"), editable=False
    )
    reported_on = models.DateField(_("reported on"))
    receipt = models.CharField(
        _("receipt"), max_length=80, blank=True, help_text=_("The platform's number, where it gives one.")
    )
    # Whom it names, by number and a digest of what was verified: no personal data.
    people = models.JSONField(_("streamers reported"), default=dict, editable=False)
    document = DocumentField(_("proof"))
    recorded_by = ActorField(_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("identity report to a platform")
        verbose_name_plural = _("identity reports to platforms")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["show"],
                condition=Q(superseded_at=None),
                name="one_identity_report_of_a_show_counts",
                violation_error_message=_("Another report was recorded at the same moment."),
            )
        ]

    def __str__(self):
        return f"{self.show.code} {self.reported_on}"
