"""What streamers and merchants said when they were asked how satisfied they are, together with a platform."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.agency.models import Platform
from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.records import Record


class SatisfactionSurvey(Record):
    """One survey: who was asked with which platform, when, how many answered, and what came of it."""

    class Audience(models.TextChoices):
        STREAMERS = "streamers", _("streamers")
        MERCHANTS = "merchants", _("merchants")

    audience = models.CharField(_("who was asked"), max_length=20, choices=Audience)
    platform = models.ForeignKey(
        Platform, on_delete=models.PROTECT, related_name="surveys", verbose_name=_("together with")
    )
    held_from = models.DateField(_("held from"))
    held_to = models.DateField(_("held to"), help_text=_("Inclusive."))
    asked = models.PositiveIntegerField(pgettext_lazy("survey", "asked"), validators=[MinValueValidator(1)])
    answered = models.PositiveIntegerField(pgettext_lazy("survey", "answered"))
    satisfied = models.DecimalField(
        _("satisfied (%)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Share of the answers; empty where nobody answered."),
    )
    findings = models.TextField(_("what was found"), max_length=5000)
    measures = models.TextField(_("what is done about it"), max_length=5000, blank=True)
    document = DocumentField(_("report"))
    recorded_by = ActorField(_("recorded by"))

    class Meta:
        verbose_name = _("satisfaction survey")
        verbose_name_plural = _("satisfaction surveys")
        ordering = ["-held_to", "-id"]
        default_permissions = ["add", "view"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_to__gte=F("held_from")),
                name="survey_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(answered__lte=F("asked")),
                name="survey_answers_among_the_asked",
                violation_error_message=_("More people answered than were asked."),
            ),
            models.CheckConstraint(
                condition=Q(answered=0, satisfied=None) | Q(answered__gt=0, satisfied__isnull=False),
                name="survey_says_how_many_are_satisfied",
                violation_error_message=_("Say how many percent are satisfied, if anybody answered."),
            ),
        ]

    def __str__(self):
        return f"{self.get_audience_display()} {self.held_to or ''}".strip()
