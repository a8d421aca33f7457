"""The things that are verified of a streamer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Verification
from streamers.models.owned import with_files_for
from streamers.models.streamer import Streamer


class VerificationQuerySet(models.QuerySet):
    """Verifications are the agency's own notes: a streamer learns what to mend from the findings."""

    def visible_to(self, user):
        """All rows for staff who may view them, none for others."""
        return self if user.has_perm("streamers.view_streamerverification") else self.none()

    def files_visible_to(self, user):
        """The rows whose files this person may open; others may know of the rows alone."""
        return with_files_for(self, user)


class StreamerVerification(Verification):
    """One item looked at; it keeps a digest of what it looked at; a later one supersedes it."""

    class Item(models.TextChoices):
        IDENTITY = "identity", _("identity by real name")
        CONTACT = "contact", _("contact and usual address")
        ACCOUNTS = "accounts", _("platform accounts")
        RECORD = "record", _("penalties and standing")
        POST = "post", _("post and qualification")
        GUARDIAN = "guardian", _("guardian in person")

    class Method(models.TextChoices):
        DOCUMENT = "document", _("papers looked at")
        REGISTER = "register", _("official register asked")
        CALL = "call", _("called back")
        VIDEO = "video", _("seen by video call")
        MEETING = "meeting", _("met in person")
        VISIT = "visit", _("visited")

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="verifications", verbose_name=_("streamer")
    )
    item = models.CharField(_("item"), max_length=20, choices=Item)
    method = models.CharField(_("method"), max_length=20, choices=Method)
    digest = models.CharField(_("digest"), max_length=64, editable=False, default="")
    # What a provider of real-name checks answered: its name and its own reference, never the number.
    provider = models.CharField(_("provider"), max_length=40, blank=True, editable=False)
    reference = models.CharField(_("provider's reference"), max_length=100, blank=True, editable=False)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("streamer verification")
        verbose_name_plural = _("streamer verifications")
        ordering = ["streamer", "-id"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["next_due_on"], name="streamer_verification_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["streamer", "item"],
                condition=Q(superseded_at=None),
                name="one_streamer_verification_stands",
                violation_error_message=_(
                    "Another verification of this item was recorded at the same moment."
                ),
            )
        ]

    def __str__(self):
        return f"{self.get_item_display()} {self.verified_on:%Y-%m-%d}"
