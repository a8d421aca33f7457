"""Other systems that are told by webhook."""

import base64
import os

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField
from mcn.kit.records import Record
from mcn.notices.addresses import Forbidden, parts_of


def new_secret():
    """A secret for signatures, as the Standard Webhooks write one."""
    return f"whsec_{base64.b64encode(os.urandom(32)).decode()}"


class Endpoint(Record):
    """An address of another system to which notices of some kinds are posted, signed."""

    class State(models.TextChoices):
        ON = "on", pgettext_lazy("endpoint", "on")
        OFF = "off", pgettext_lazy("endpoint", "off")

    MOVES = Moves(
        switch_off=([State.ON], State.OFF),
        switch_on=([State.OFF], State.ON),
    )

    name = models.CharField(_("name"), max_length=60, unique=True)
    url = models.CharField(
        _("webhook address"),
        max_length=300,
        help_text=_("Over HTTPS, reachable from the internet; no redirect is followed."),
    )
    kinds = models.JSONField(
        _("kinds of notices"), default=list, blank=True, help_text=_("None chosen means all of them.")
    )
    secret = EncryptedField(_("secret"), editable=False, default=new_secret)
    # Signs along with the new one until the other side has taken that over.
    old_secret = EncryptedField(_("secret before"), editable=False, blank=True, default="")
    old_until = models.DateTimeField(_("old secret signs until"), null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ON, editable=False)
    added_by = ActorField(_("added by"))

    class Meta:
        verbose_name = _("webhook endpoint")
        verbose_name_plural = _("webhook endpoints")
        ordering = ["name"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("switch_off_endpoint", _("Can switch a webhook off")),
            ("switch_on_endpoint", _("Can switch a webhook on")),
            ("rotate_endpoint", _("Can give a webhook a new secret")),
            ("reveal_endpoint", _("Can see a webhook's secret in clear")),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """An address on the spot that is never called is refused before it is stored."""
        try:
            parts_of(self.url)
        except Forbidden as no:
            raise ValidationError({"url": str(no)}) from no

    def hears(self, kind):
        """Whether it is told of a kind of notice."""
        return not self.kinds or kind in self.kinds

    def secrets(self, at):
        """The secrets that sign at a moment, the newest first."""
        old = [self.old_secret] if self.old_secret and self.old_until and at < self.old_until else []
        return [self.secret, *old]
