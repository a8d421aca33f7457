"""Which priority a nature and an urgency give, from a day on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aftersales.models.complaint_kinds import Nature, Priority, Urgency
from mcn.kit.records import Record


class PriorityRule(Record):
    """The priority of complaints of one nature and urgency from a day on (EJAS 6.6.1)."""

    nature = models.CharField(
        _("nature"), max_length=20, choices=Nature, blank=True, help_text=_("Empty for all others.")
    )
    urgency = models.CharField(_("urgency"), max_length=20, choices=Urgency)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority)
    valid_from = models.DateField(_("with effect from"))
    source = models.CharField(
        _("source"), max_length=200, help_text=_("The clause, law or decision it comes from.")
    )

    class Meta:
        verbose_name = _("priority of complaints")
        verbose_name_plural = _("priorities of complaints")
        ordering = ["urgency", "nature", "-valid_from"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["nature", "urgency", "valid_from"],
                name="priority_rule_once_a_day",
                violation_error_message=_("This priority changes on that day already."),
            )
        ]

    def __str__(self):
        nature = self.get_nature_display() or str(_("all others"))
        return f"{nature} · {self.get_urgency_display()} = {self.get_priority_display()}"
