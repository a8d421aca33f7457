"""What each week brought, by merchant, product, streamer, show and in all: the rows that KPIs are made of."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.records import Record


def amount(label):
    """A sum that only counts up."""
    return models.PositiveIntegerField(label, default=0)


class ServiceFigures(Record):
    """The counts of one week about one of them; worked out anew while the week and the one after it run."""

    audited = False  # counted from rows that have their own entries

    class Dimension(models.TextChoices):
        AGENCY = "agency", _("the agency as a whole")
        MERCHANT = "merchant", _("merchant")
        PRODUCT = "product", _("product")
        STREAMER = "streamer", _("streamer")
        SHOW = "show", _("show")

    dimension = models.CharField(_("counted by"), max_length=10, choices=Dimension)
    subject_id = models.BigIntegerField(_("number of the row"), default=0)
    week = models.DateField(_("week"), help_text=_("Its Monday."))
    orders = amount(_("orders"))
    due = amount(_("orders to be shipped"))
    late = amount(_("orders shipped late"))
    complaints = amount(_("complaints"))
    unfounded = amount(_("complaints not upheld"))
    answered = amount(_("complaints answered"))
    answer_seconds = models.PositiveBigIntegerField(_("seconds to the first answer"), default=0)
    resolved = amount(_("complaints resolved"))
    resolve_seconds = models.PositiveBigIntegerField(_("seconds until resolved"), default=0)
    returns = amount(_("orders with returns"))
    reviews = amount(_("reviews"))
    stars = models.DecimalField(_("stars in all"), max_digits=12, decimal_places=2, default=0)
    asked = amount(_("consumers who rated us"))
    satisfied = models.DecimalField(_("satisfaction in all"), max_digits=12, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("service figures of a week")
        verbose_name_plural = _("service figures")
        ordering = ["-week", "dimension", "subject_id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["dimension", "week", "subject_id"],
                name="service_figures_once_a_week",
                violation_error_message=_("There are figures of this week already."),
            ),
            models.CheckConstraint(
                condition=Q(dimension="agency", subject_id=0)
                | (~Q(dimension="agency") & Q(subject_id__gt=0)),
                name="service_figures_of_something",
                violation_error_message=_("Only the agency's figures are about nothing else."),
            ),
        ]

    def __str__(self):
        return f"{self.get_dimension_display()} {self.subject_id or ''} {self.week:%Y-%m-%d}"
