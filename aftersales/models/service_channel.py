"""By which ways consumers reach the agency's after-sales, and at what hours somebody answers."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mcn.kit.records import Record
from mcn.kit.visibility import SharedQuerySet

A_DAY = 24 * 60


class ServiceChannel(Record):
    """One way to reach us, as it is published; a shipped row that nobody filled in is not offered yet."""

    class Kind(models.TextChoices):
        HOTLINE = "hotline", pgettext_lazy("service channel", "voice hotline")
        PHONE = "phone", pgettext_lazy("service channel", "people on the phone")
        SELF = "self", pgettext_lazy("service channel", "self-service")
        BOT = "bot", pgettext_lazy("service channel", "service robot")
        CHAT = "chat", pgettext_lazy("service channel", "people online")
        MESSAGE = "message", pgettext_lazy("service channel", "message left")
        HELP = "help", pgettext_lazy("service channel", "help centre")
        SOCIAL = "social", pgettext_lazy("service channel", "social media")
        EMAIL = "email", pgettext_lazy("service channel", "e-mail")

    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=Kind)
    reach = models.CharField(
        gettext_lazy("number, account or address"),
        max_length=120,
        blank=True,
        help_text=gettext_lazy("As consumers read it; empty while it is not offered."),
    )
    page = models.CharField(gettext_lazy("page of ours"), max_length=100, blank=True, editable=False)
    all_day = models.BooleanField(gettext_lazy("day and night"), default=False)
    opens = models.TimeField(gettext_lazy("from (time)"), null=True, blank=True)
    closes = models.TimeField(
        gettext_lazy("until (time)"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Not later than the beginning: on the next day."),
    )
    sends_text = models.BooleanField(
        gettext_lazy("followed by a text message"), default=False, help_text="EJAS 5.3.2 -2"
    )
    takes_media = models.BooleanField(
        gettext_lazy("takes voice, pictures and films"), default=False, help_text="EJAS 6.1.1.1"
    )
    note = models.CharField(
        gettext_lazy("note to consumers"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Such as longer hours at festivals and big sales."),
    )
    ended_on = models.DateField(
        gettext_lazy("offered until"),
        null=True,
        blank=True,
        help_text=gettext_lazy("From this day consumers are not told of it."),
    )

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("service channel")
        verbose_name_plural = gettext_lazy("service channels")
        ordering = ["id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(opens__isnull=False, closes__isnull=False),
                name="service_channel_hours_are_whole",
                violation_error_message=gettext_lazy("Give both times, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(all_day=False) | Q(opens=None),
                name="service_channel_day_and_night_or_hours",
                violation_error_message=gettext_lazy("Day and night needs no times."),
            ),
            models.CheckConstraint(
                condition=Q(opens=None) | ~Q(opens=F("closes")),
                name="service_channel_opens_and_closes",
                violation_error_message=gettext_lazy("It closes at another time than it opens."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.reach}".strip()

    @property
    def is_offered(self):
        """Whether consumers are told how to reach it."""
        return bool(self.reach or self.page)

    @property
    def minutes(self):
        """From which to which minute of the day somebody answers; beyond the day for the next morning."""
        if self.all_day:
            return 0, A_DAY
        if self.opens is None or self.closes is None:
            return None
        first, last = (60 * time.hour + time.minute for time in (self.opens, self.closes))
        return first, last if last > first else last + A_DAY

    @property
    def hours(self):
        """The hours as consumers read them."""
        if self.all_day:
            return _("day and night")
        if self.opens is None or self.closes is None:
            return ""
        told = {"opens": f"{self.opens:%H:%M}", "closes": f"{self.closes:%H:%M}"}
        if self.closes == datetime.time():
            told["closes"] = "24:00"
        night = datetime.time() < self.closes <= self.opens
        said = _("%(opens)s to %(closes)s on the next day") if night else _("%(opens)s to %(closes)s")
        return said % told
