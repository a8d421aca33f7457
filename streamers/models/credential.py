"""What a streamer's papers share: a file, who gave it, and whether it was verified as it stands now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Credential
from mcn.kit.fields import ActorField
from mcn.kit.identity import normalise
from mcn.kit.privacy import keyed_hash
from streamers.models.owned import OwnedQuerySet


class StreamerCredentialQuerySet(OwnedQuerySet):
    """Papers of streamers."""

    def unverified(self):
        """The papers that count and that nobody has verified as they stand."""
        return self.filter(verified_digest="", ended_on=None)


class StreamerCredential(Credential):
    """A paper with its file, verified by somebody else than who gave it; a renewed one is a new row."""

    # The hash of its newest file: a replaced file has to be verified anew.
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, editable=False)
    submitted_by = ActorField(_("submitted by"))
    verified_digest = models.CharField(_("digest when verified"), max_length=64, blank=True, editable=False)
    verified_by = ActorField(_("verified by"))
    verified_on = models.DateField(_("verified on"), null=True, blank=True, editable=False)
    ended_on = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("From this day it counts no more."),
    )

    objects = StreamerCredentialQuerySet.as_manager()

    class Meta(Credential.Meta):
        abstract = True

    def clean(self):
        self.number, self.issuer = normalise(self.number), normalise(self.issuer)
        if self.verified_digest and not self.is_verified:
            self.verified_digest, self.verified_by, self.verified_on = "", None, None

    @property
    def told(self):
        """What a verification looks at beside number, issuer, span and file."""
        return []

    @property
    def digest(self):
        """The hash of what a verification looked at."""
        span = "long-term" if self.long_term else str(self.valid_to)
        facts = [self.number, self.issuer, str(self.valid_from), span, self.file_sha256, *self.told]
        return keyed_hash("|".join(facts))

    @property
    def is_verified(self):
        """Whether it was verified as it stands now."""
        return bool(self.verified_digest) and self.verified_digest == self.digest

    def covers(self, on):
        """Whether it is good on a day and was not withdrawn."""
        return super().covers(on) and (self.ended_on is None or on < self.ended_on)

    def proves(self, on):
        """Whether it is good on a day and was verified as it stands."""
        return self.covers(on) and self.is_verified
