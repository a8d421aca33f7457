"""Kinds of places, and from when until when no show may go out from there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.records import Record


class VenueKind(Record):
    """A kind of place from which shows go out, or may not, with effect from a day and by a clause."""

    class Ground(models.TextChoices):
        SECURITY = "DB4401 5.1.3.4 a", _("national or public security")
        SECRET = "DB4401 5.1.3.4 b", _("secrecy")
        ORDER = "DB4401 5.1.3.4 c", _("public order")
        VICE = "DB4401 5.1.3.4 d", _("pornography, gambling, drugs")
        SCHOOL = "DB4401 5.1.3.4 e", _("schools and kindergartens")
        NEIGHBOURS = "DB4401 5.1.3.4 f", _("other people's life")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    needs_lease = models.BooleanField(
        _("lease asked for"), default=True, help_text=_("Whether a lease or a deed should be on file.")
    )
    forbidden_from = models.DateField(_("forbidden from"), null=True, blank=True)
    forbidden_to = models.DateField(
        _("forbidden until"), null=True, blank=True, help_text=_("Inclusive; empty for no end.")
    )
    clause = models.CharField(_("forbidden by"), max_length=40, choices=Ground, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kind of place")
        verbose_name_plural = _("kinds of places")
        ordering = ["id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.CheckConstraint(
                condition=Q(forbidden_to=None) | Q(forbidden_to__gte=F("forbidden_from")),
                name="venue_kind_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(forbidden_from=None) | ~Q(clause=""),
                name="forbidden_venue_cites_its_clause",
                violation_error_message=_("Say by which clause it is forbidden."),
            ),
        ]

    def __str__(self):
        return self.name

    def is_forbidden(self, on):
        """Whether no show may go out from such a place on a day."""
        begun = self.forbidden_from is not None and self.forbidden_from <= on
        return begun and (self.forbidden_to is None or on <= self.forbidden_to)
