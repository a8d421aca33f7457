"""Where people talk in public: the media and platforms that are watched for what consumers say."""

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.kit.fields import ActorField
from mcn.kit.records import Record
from mcn.kit.visibility import SharedQuerySet


class Outlet(Record):
    """One medium or platform, until when it is watched, and when somebody last looked."""

    code = models.SlugField(_("outlet code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=40, unique=True)
    address = models.CharField(
        _("web address"), max_length=200, blank=True, validators=[URLValidator(["http", "https"])]
    )
    named = models.BooleanField(
        _("named by the standard"), default=False, editable=False, help_text=_("GDAS 5.4 names it itself.")
    )
    place = models.PositiveSmallIntegerField(_("place in lists"), default=100)
    watch_days = models.PositiveSmallIntegerField(
        _("looked through every (days)"), default=1, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    ended_on = models.DateField(
        _("watched until"), null=True, blank=True, help_text=_("From this day it is not watched any more.")
    )
    watched_at = models.DateTimeField(_("last looked at"), null=True, blank=True, editable=False)
    watched_by = ActorField(_("last looked at by"))

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["place", "id"]
        default_permissions = ["add", "change", "view"]
        permissions = [("watch_outlet", _("Can note that an outlet was looked through"))]

    def __str__(self):
        return self.name
