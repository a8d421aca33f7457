"""How long what may take, from which day, and who is told when it takes longer."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.complaint_kinds import Channel, Nature, Urgency
from aftersales.models.return_request import ReturnRequest
from aftersales.models.review import Service
from mcn.kit.records import Record
from mcn.kit.visibility import SharedQuerySet

# What matters are told apart by, in words; what another noun tells apart by stands as it is.
FACTS = {
    "channel": dict(ReturnRequest.Channel.choices) | dict(Channel.choices),
    "nature": dict(Service.choices) | dict(Nature.choices),
    "urgency": dict(Urgency.choices),
}


def told(name, value):
    """A fact in words."""
    return str(FACTS[name].get(value, value)) if name in FACTS else str(value)


class DeadlineRule(Record):
    """The time that a step of after-sales may take, from a day on; the most particular one counts."""

    class Kind(models.TextChoices):
        COMPLAINT_ACCEPT = "complaint_accept", _("complaint: accepted or redirected")
        COMPLAINT_MERCHANT = "complaint_merchant", _("complaint: merchant's answer")
        COMPLAINT_RESOLVE = "complaint_resolve", _("complaint: resolved and answered")
        COMPLAINT_CALL_BACK = "complaint_call_back", _("complaint: called back")
        COMPLAINT_REDIRECT = "complaint_redirect", _("complaint: redirected and followed")
        RETURN_DECIDE = "return_decide", _("return: decided on")
        RETURN_SETTLE = "return_settle", _("return: refunded or exchanged")
        DISPUTE = "dispute", _("dispute: settled")
        REPAIR = "repair", _("repair: done")
        PRICE_PROTECTION = "price_protection", _("price protection: paid")
        INVOICE = "invoice", _("invoice: issued")
        INVOICE_RED = "invoice_red", _("invoice: red-lettered")
        INQUIRY = "inquiry", _("buyer's question: answered")
        BREACH = "breach", _("broken promise: made good")
        OPINION_CASE = "opinion_case", _("opinion case: dealt with")
        REVIEW_ANSWER = "review_answer", _("negative review: answered")

    # What merchants have to do; the others are the agency's, and merchants look on.
    OF_MERCHANTS = [
        Kind.COMPLAINT_MERCHANT,
        Kind.RETURN_DECIDE,
        Kind.RETURN_SETTLE,
        Kind.REPAIR,
        Kind.PRICE_PROTECTION,
        Kind.INVOICE,
        Kind.INVOICE_RED,
        Kind.INQUIRY,
        Kind.BREACH,
        Kind.REVIEW_ANSWER,
    ]

    class Unit(models.TextChoices):
        HOURS = "hours", pgettext_lazy("deadline", "hours")
        WORKING_DAYS = "working_days", _("working days")

    # What a matter may be told apart by; an empty one fits all.
    FILTERS = ["channel", "nature", "urgency"]

    kind = models.CharField(pgettext_lazy("clock", "step"), max_length=40, choices=Kind)
    channel = models.CharField(_("only this channel"), max_length=40, blank=True)
    nature = models.CharField(_("only this nature"), max_length=40, blank=True)
    urgency = models.CharField(_("only this urgency"), max_length=40, blank=True)
    amount = models.PositiveSmallIntegerField(
        _("time allowed"), validators=[MinValueValidator(1), MaxValueValidator(2_400)]
    )
    unit = models.CharField(_("counted in"), max_length=20, choices=Unit)
    valid_from = models.DateField(
        _("with effect from"), help_text=_("It applies to what begins on this day or later.")
    )
    valid_to = models.DateField(_("with effect to"), null=True, blank=True)
    source = models.CharField(
        _("source"), max_length=200, help_text=_("The clause, law or decision it comes from.")
    )

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")
        ordering = ["kind", "nature", "channel", "urgency", "-valid_from"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "channel", "nature", "urgency", "valid_from"],
                name="deadline_rule_once_a_day",
                violation_error_message=_("A rule for the same begins on that day already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="deadline_rule_span",
                violation_error_message=_("A rule cannot end before it begins."),
            ),
        ]

    def __str__(self):
        named = "·".join(told(name, value) for name in self.FILTERS if (value := getattr(self, name)))
        span = f"{self.amount} {self.get_unit_display()}"
        return f"{self.get_kind_display()} {f'({named}) ' if named else ''}{span}"


class Rung(Record):
    """One step of a rule's ladder: how long before or after the deadline whom is told."""

    class Tells(models.TextChoices):
        AGENT = "agent", pgettext_lazy("ladder", "the agent")
        LEAD = "lead", pgettext_lazy("ladder", "the lead of after-sales")
        MERCHANT = "merchant", pgettext_lazy("ladder", "the merchant's people")
        OWNER = "owner", pgettext_lazy("ladder", "the merchant's owner")
        EMERGENCY = "emergency", pgettext_lazy("ladder", "those of the emergency plan")

    rule = models.ForeignKey(
        DeadlineRule, on_delete=models.PROTECT, related_name="rungs", verbose_name=_("deadline rule")
    )
    offset = models.SmallIntegerField(
        _("hours from the deadline"),
        help_text=_("Negative before it, a warning. Only time that the deadline counts is counted."),
    )
    level = models.PositiveSmallIntegerField(
        pgettext_lazy("ladder", "level"),
        validators=[MaxValueValidator(9)],
        help_text=_("0 is a warning; from 1 on the matter is late and rises."),
    )
    tells = models.CharField(pgettext_lazy("ladder", "tells"), max_length=20, choices=Tells)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of the ladder")
        verbose_name_plural = _("steps of the ladder")
        ordering = ["rule", "offset", "level", "id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "offset", "tells"],
                name="rung_once",
                violation_error_message=_("The ladder tells these people at that moment already."),
            ),
            models.CheckConstraint(
                condition=Q(offset__lt=0, level=0) | Q(offset__gte=0, level__gte=1),
                name="rung_level_fits",
                violation_error_message=_(
                    "Before the deadline it is a warning (0), after it a level from 1."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.offset:+d} h · {self.level} · {self.get_tells_display()}"
