"""What lets somebody of 16 or 17 go before the camera: a guardian's consent, and their own capacity."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField
from mcn.kit.clock import business_day
from mcn.kit.fields import ActorField
from mcn.kit.identity import compact, normalise, read_id_number, validate_phone
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField, KeyedHashField
from mcn.kit.records import Record
from streamers.models.owned import OwnedPersonalFilesQuerySet
from streamers.models.streamer import Streamer


class Consent(Record):
    """A guardian's consent: asked for by a link of their own, signed, and revocable at any time."""

    class Relation(models.TextChoices):
        FATHER = "father", _("father")
        MOTHER = "mother", _("mother")
        OTHER = "other", _("other legal guardian")

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for the guardian")
        SIGNED = "signed", pgettext_lazy("consent", "signed")
        REVOKED = "revoked", pgettext_lazy("consent", "revoked")
        CANCELLED = "cancelled", _("link withdrawn")

    MOVES = Moves(
        sign=([State.ASKED], State.SIGNED),
        revoke=([State.SIGNED], State.REVOKED),
        cancel=([State.ASKED], State.CANCELLED),
    )

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="consents", verbose_name=_("streamer")
    )
    guardian_name = EncryptedField(_("guardian's name"))
    guardian_name_hash = KeyedHashField(source="guardian_name", db_index=False)
    relation = models.CharField(_("relation"), max_length=20, choices=Relation)
    guardian_phone = EncryptedField(_("guardian's phone"), validators=[validate_phone])
    guardian_phone_hash = KeyedHashField(source="guardian_phone")
    guardian_document_type = models.CharField(
        _("guardian's identity document"),
        max_length=20,
        choices=Streamer.DocumentType,
        default=Streamer.DocumentType.RESIDENT_ID,
        editable=False,
    )
    guardian_id_number = EncryptedField(_("guardian's ID number"), blank=True, default="")
    guardian_id_number_hash = KeyedHashField(source="guardian_id_number")
    scope = models.TextField(
        _("scope"),
        max_length=1000,
        help_text=_("What the consent is for: kinds of shows and goods, hours, places."),
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), help_text=_("Inclusive."))
    # The words as the guardian read them: what was signed can be shown, and proved by its hash.
    text = models.TextField(_("text as signed"), blank=True, editable=False)
    text_version = models.CharField(_("version of the text"), max_length=20, blank=True, editable=False)
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True, editable=False)
    signature = DocumentField(_("drawn signature"))
    document = DocumentField(_("signed file"))
    revocation = DocumentField(_("revocation on paper"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASKED, editable=False)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(_("link good until"), null=True, blank=True, editable=False)
    asked_by = ActorField(_("asked by"))
    comment = models.TextField(_("last comment"), blank=True, editable=False)

    objects = OwnedPersonalFilesQuerySet.as_manager()

    class Meta:
        verbose_name = _("guardian's consent")
        verbose_name_plural = _("guardians' consents")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("sign_consent", _("Can sign a guardian's consent")),
            ("revoke_consent", _("Can revoke a guardian's consent")),
            ("cancel_consent", _("Can withdraw a guardian's link")),
            ("reveal_consent", _("Can see a guardian's personal data in clear")),
        ]
        indexes = [models.Index(fields=["valid_to"], name="consent_expiry")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="consent_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "cancelled"])
                | Q(signed_at__isnull=False) & (Q(signature__isnull=False) | Q(document__isnull=False)),
                name="signed_consent_has_a_signature",
                violation_error_message=_("A signed consent needs the guardian's signature."),
            ),
            models.UniqueConstraint(
                fields=["streamer"],
                condition=Q(state="asked"),
                name="one_guardians_link_at_a_time",
                violation_error_message=_(
                    "A guardian has been asked already: withdraw that link before you ask anew."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_relation_display()} {self.valid_from or ''}".strip()

    def clean(self):
        self.guardian_name, self.guardian_phone = (
            normalise(self.guardian_name),
            normalise(self.guardian_phone),
        )
        self.guardian_id_number = compact(self.guardian_id_number)
        if self.guardian_id_number:
            try:
                read_id_number(
                    self.guardian_id_number, self.guardian_document_type, on=business_day(self.created_at)
                )
            except ValidationError as error:
                raise ValidationError({"guardian_id_number": error}) from error

    def covers(self, on):
        """Whether it is signed, not revoked and good on a day."""
        return self.state == self.State.SIGNED and self.valid_from <= on <= self.valid_to


class CapacityRecord(Record):
    """The proof that a person of 16 or 17 lives mainly on their own labour: full civil capacity."""

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="capacity_records", verbose_name=_("streamer")
    )
    grounds = models.TextField(
        _("grounds"),
        max_length=1000,
        help_text=_("Employer or trade, income of the last months, what it pays for."),
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), help_text=_("Inclusive."))
    document = DocumentField(_("evidence"))
    assessed_by = ActorField(_("assessed by"))
    ended_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)

    objects = OwnedPersonalFilesQuerySet.as_manager()

    class Meta:
        verbose_name = _("record of civil capacity")
        verbose_name_plural = _("records of civil capacity")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [("withdraw_capacityrecord", _("Can withdraw a record of civil capacity"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="capacity_span",
                violation_error_message=_("The last day cannot be before the first."),
            )
        ]

    def __str__(self):
        return f"{self.streamer} {self.valid_from:%Y-%m-%d}"

    def covers(self, on):
        """Whether it is good on a day, with its evidence, and was not withdrawn."""
        spans = self.valid_from <= on <= self.valid_to
        return spans and self.document_id is not None and (self.ended_on is None or on < self.ended_on)
