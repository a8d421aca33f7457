"""Real people whose face or voice a virtual streamer uses."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField
from mcn.kit.identity import compact, normalise
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField, KeyedHashField
from mcn.kit.records import Record
from streamers.models.streamer import Streamer


class LikenessConsentQuerySet(models.QuerySet):
    """Whose face and voice is used is the agency's own business."""

    def visible_to(self, user):
        """All rows for staff who may view them, none for others."""
        return self if user.has_perm("streamers.view_likenessconsent") else self.none()


class LikenessConsent(Record):
    """A real person whose face or voice a virtual streamer uses, and their revocable consent to it."""

    class Kind(models.TextChoices):
        LIKENESS = "likeness", _("likeness")
        VOICE = "voice", _("voice")

    class State(models.TextChoices):
        DECLARED = "declared", _("consent missing")
        GIVEN = "given", _("consent given")
        REVOKED = "revoked", pgettext_lazy("consent", "revoked")
        DROPPED = "dropped", _("no longer used")

    MOVES = Moves(
        give=([State.DECLARED, State.REVOKED], State.GIVEN),
        revoke=([State.GIVEN], State.REVOKED),
        drop=([State.DECLARED, State.GIVEN, State.REVOKED], State.DROPPED),
    )

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="likeness_consents", verbose_name=_("streamer")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    owner_name = EncryptedField(_("whose it is"))
    owner_id_number = EncryptedField(_("owner's ID number"), blank=True, default="")
    owner_id_number_hash = KeyedHashField(source="owner_id_number")
    scope = models.TextField(_("scope"), max_length=1000, help_text=_("What it may be used for, and where."))
    valid_from = models.DateField(_("valid from"), null=True, blank=True, editable=False)
    valid_to = models.DateField(_("valid to"), null=True, blank=True, editable=False)
    document = DocumentField(_("signed file"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DECLARED, editable=False)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True, editable=False)

    objects = LikenessConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to a likeness or voice")
        verbose_name_plural = _("consents to likenesses and voices")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("give_likenessconsent", _("Can record the consent to a likeness or voice")),
            ("revoke_likenessconsent", _("Can record that a likeness's or voice's owner revoked")),
            ("drop_likenessconsent", _("Can note that a likeness or voice is no longer used")),
            ("reveal_likenessconsent", _("Can see in clear whose likeness or voice it is")),
        ]
        indexes = [models.Index(fields=["valid_to"], name="likeness_consent_expiry")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="given")
                | Q(document__isnull=False, valid_from__isnull=False, valid_to__gte=F("valid_from")),
                name="given_likeness_has_file_and_span",
                violation_error_message=_("A consent needs its signed file and a span, the last day last."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} #{self.pk or '-'}"

    def clean(self):
        self.owner_name = normalise(self.owner_name)
        self.owner_id_number = compact(self.owner_id_number)

    def covers(self, on):
        """Whether the owner's consent stands on a day."""
        return self.state == self.State.GIVEN and self.valid_from <= on <= self.valid_to
