"""A show gone through before it is shown (DB4401 5.4.3.1 c)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.records import Record
from streamers.models.show import Show


class Rehearsal(Record):
    """One rehearsal of a show: who took part, what was wrong and what was settled; the last one counts."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("fit to be shown")
        FAILED = "failed", _("to be rehearsed again")

    show = models.ForeignKey(
        Show, on_delete=models.PROTECT, related_name="rehearsals", verbose_name=_("show")
    )
    held_at = models.DateTimeField(_("held at"))
    with_entity = models.BooleanField(_("the live entity took part"), default=False)
    with_cast = models.BooleanField(_("the streamers took part"), default=False)
    with_marketers = models.BooleanField(_("the marketers took part"), default=False)
    outcome = models.CharField(pgettext_lazy("rehearsal", "outcome"), max_length=20, choices=Outcome)
    found = models.TextField(
        pgettext_lazy("rehearsal", "what was found"),
        max_length=2000,
        blank=True,
        help_text=_("Wrong or doubtful words, actions, pictures; how they were mended."),
    )
    safeguards = models.TextField(
        _("safeguards against slips"),
        max_length=2000,
        blank=True,
        help_text=_("Who prompts, who stops whom, which words are not said."),
    )
    document = DocumentField(_("files"))
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    recorded_by = ActorField(_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("rehearsal")
        verbose_name_plural = _("rehearsals")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["show"],
                condition=Q(superseded_at=None),
                name="one_rehearsal_of_a_show_counts",
                violation_error_message=_("Another rehearsal was recorded at the same moment."),
            )
        ]

    def __str__(self):
        return f"{self.show.code} {self.get_outcome_display()}"

    def clean(self):
        """A rehearsal that failed says what was wrong."""
        if self.outcome == self.Outcome.FAILED and not self.found.strip():
            raise ValidationError({"found": _("Say what was wrong.")})
