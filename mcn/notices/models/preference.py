"""How a person wishes to be told."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.clock import SHANGHAI
from mcn.kit.records import Record


class Preference(Record):
    """By which way a person is told besides the inbox, when not, and of what not; theirs alone to set.

    Who has set nothing is told as an unsaved row of this table says.
    """

    class Letters(models.TextChoices):
        AT_ONCE = "at_once", _("at once, after the quiet hours")
        DIGEST = "digest", _("once a day, all in one letter")
        NONE = "none", pgettext_lazy("letters", "none: the inbox will do")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="notice_preference",
        verbose_name=_("person"),
    )
    letters = models.CharField(_("letters"), max_length=20, choices=Letters, default=Letters.AT_ONCE)
    quiet_from = models.TimeField(_("quiet from"), default=datetime.time(22))
    quiet_to = models.TimeField(
        _("quiet until"),
        default=datetime.time(8),
        help_text=_("The same time twice: no quiet hours. Urgent notices come at any time."),
    )
    digest_hour = models.PositiveSmallIntegerField(
        _("hour of the daily letter"), default=9, validators=[MaxValueValidator(23)]
    )
    muted = models.JSONField(
        _("no letters about"), default=list, blank=True, help_text=_("They stay in the inbox.")
    )

    class Meta:
        verbose_name = _("notice preference")
        verbose_name_plural = _("notice preferences")
        ordering = ["user"]
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.user} · {self.get_letters_display()}"

    def wants(self, kind):
        """Whether a kind of notice goes out by letter at all."""
        return self.letters != self.Letters.NONE and (kind.urgent or kind.name not in self.muted)

    def waits_for_digest(self, kind):
        """Whether it goes out with the daily letter."""
        return self.letters == self.Letters.DIGEST and not kind.urgent

    def comes_at(self, at):
        """When a letter of this moment may come: at once, or when the quiet hours end."""
        here = at.astimezone(SHANGHAI)
        time, day = here.time(), here.date()
        start, end = self.quiet_from, self.quiet_to
        if start <= end:
            quiet = start <= time < end
        else:
            quiet = time >= start or time < end
            day += datetime.timedelta(days=time >= start)
        return datetime.datetime.combine(day, end, SHANGHAI) if quiet else at

    def last_digest(self, at):
        """The latest moment of a daily letter that is not after a moment."""
        here = at.astimezone(SHANGHAI)
        moment = datetime.datetime.combine(here.date(), datetime.time(self.digest_hour), SHANGHAI)
        return moment if moment <= at else moment - datetime.timedelta(days=1)
