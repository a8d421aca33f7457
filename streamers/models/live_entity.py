"""Who runs a live room: a firm or a natural person, the papers they show, and what their business needs."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import Credential
from mcn.kit.clock import business_day
from mcn.kit.fields import ActorField
from mcn.kit.identity import compact, normalise, read_id_number, validate_uscc
from mcn.kit.privacy import EncryptedField, KeyedHashField, keyed_hash, mask
from mcn.kit.records import Record
from mcn.kit.visibility import VisibleQuerySet
from merchants.models import Category, CredentialKind, Merchant
from streamers.models.credential import StreamerCredential
from streamers.models.streamer import Streamer


class LiveEntity(Record):
    """Who runs rooms and answers for them: a firm by its credit code, or a person by their ID number."""

    class Kind(models.TextChoices):
        LEGAL = "legal", _("legal person or other organisation")
        NATURAL = "natural", _("natural person")

    class Operation(models.TextChoices):
        SELF = "self", _("sells its own goods")
        MCN = "mcn", _("run by a streamer agency")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.LEGAL)
    operation = models.CharField(_("way of running"), max_length=20, choices=Operation, default=Operation.MCN)
    name = models.CharField(
        _("name"), max_length=120, help_text=_("As registered; for a person, the name that viewers read.")
    )
    uscc = models.CharField(
        _("unified social credit code"), max_length=18, blank=True, validators=[validate_uscc]
    )
    person_name = EncryptedField(_("person's legal name"), blank=True, default="")
    document_type = models.CharField(
        _("identity document"),
        max_length=20,
        choices=Streamer.DocumentType,
        default=Streamer.DocumentType.RESIDENT_ID,
    )
    id_number = EncryptedField(_("ID number"), blank=True, default="")
    id_number_hash = KeyedHashField(source="id_number")
    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("merchant"),
        help_text=_("Where a merchant runs its own rooms."),
    )
    streamer = models.ForeignKey(
        Streamer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("streamer"),
        help_text=_("Where a streamer runs rooms of their own."),
    )
    submitted_by = ActorField(_("submitted by"))
    ended_on = models.DateField(
        _("ended on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("From this day it runs no room."),
    )

    class Meta:
        verbose_name = pgettext_lazy("room", "live entity")
        verbose_name_plural = _("live entities")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("end_liveentity", _("Can note that a live entity runs rooms no more")),
            ("reveal_liveentity", _("Can see who a natural live entity is in clear")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="legal", id_number="") & ~Q(uscc="")
                | Q(kind="natural", uscc="") & ~Q(id_number=""),
                name="live_entity_is_a_firm_or_a_person",
                violation_error_message=_(
                    "A firm is named by its credit code, a person by their ID number: give one of them."
                ),
            ),
            models.UniqueConstraint(
                fields=["uscc"],
                condition=~Q(uscc="") & Q(ended_on=None),
                name="live_entity_once_a_firm",
                violation_error_message=_("This firm is there already."),
            ),
            models.UniqueConstraint(
                fields=["id_number_hash"],
                condition=~Q(id_number_hash="") & Q(ended_on=None),
                name="live_entity_once_a_person",
                violation_error_message=_("This person is there already."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        self.name, self.person_name = normalise(self.name), normalise(self.person_name)
        self.uscc, self.id_number = compact(self.uscc), compact(self.id_number)
        # The constraint that a person comes once asks for the hash before the write brings it in step.
        self.id_number_hash = keyed_hash(self.id_number)
        if self.is_natural and not (self.person_name and self.id_number):
            raise ValidationError({"id_number": _("Give the person's legal name and ID number.")})
        if not self.is_natural and not self.uscc:
            raise ValidationError({"uscc": _("Give the credit code of the firm.")})
        if self.id_number:
            self._require_real_number()

    def _require_real_number(self):
        try:
            read_id_number(self.id_number, self.document_type, on=business_day(self.created_at))
        except ValidationError as error:
            raise ValidationError({"id_number": error}) from error

    @property
    def is_natural(self):
        """Whether it is a person rather than a firm."""
        return self.kind == self.Kind.NATURAL


class PaperQuerySet(VisibleQuerySet):
    """Papers that staff alone know of."""

    def unverified(self):
        """The papers that count and that nobody has verified as they stand."""
        return self.filter(verified_digest="", ended_on=None)


class EntityPaperQuerySet(PaperQuerySet):
    """Papers of live entities."""

    def files_visible_to(self, user):
        """The papers whose files a person may open: identity documents only who verifies or may reveal."""
        rows = self.visible_to(user)
        trusted = user.has_perm("streamers.verify_entitypaper") or user.has_perm(
            "streamers.reveal_liveentity"
        )
        return rows if trusted else rows.exclude(kind=EntityPaper.Kind.IDENTITY)


class EntityPaper(StreamerCredential):
    """A paper of a live entity: who it is, its business licence, or a licence that its business needs."""

    class Kind(models.TextChoices):
        BUSINESS_LICENCE = "business_licence", _("business licence")
        IDENTITY = "identity", _("identity card or permit")
        PERMIT = "permit", _("licence for a line of business")
        AGREEMENT = "agreement", _("agreement on running the room together")

    entity = models.ForeignKey(
        LiveEntity,
        on_delete=models.PROTECT,
        related_name="papers",
        verbose_name=pgettext_lazy("room", "live entity"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.BUSINESS_LICENCE)
    permit = models.ForeignKey(
        CredentialKind,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("which licence"),
    )
    settles_duties = models.BooleanField(
        _("settles the four duties"),
        default=False,
        help_text=_(
            "Of an agreement: it says how marketers and content are managed, quality is reviewed and "
            "consumers are protected."
        ),
    )

    objects = EntityPaperQuerySet.as_manager()

    class Meta(Credential.Meta):
        verbose_name = _("live entity's paper")
        verbose_name_plural = _("live entities' papers")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("verify_entitypaper", _("Can verify a live entity's paper")),
            ("withdraw_entitypaper", _("Can withdraw a live entity's paper")),
        ]
        indexes = [models.Index(fields=["valid_to"], name="entity_paper_expiry")]
        constraints = [
            *Credential.Meta.constraints,
            models.UniqueConstraint(
                fields=["entity", "kind", "number", "valid_from"],
                name="entity_paper_once",
                violation_error_message=_("This paper is there already: add a new file to it."),
            ),
            models.CheckConstraint(
                condition=Q(kind="permit", permit__isnull=False) | ~Q(kind="permit") & Q(permit=None),
                name="entity_permit_says_which",
                violation_error_message=_(
                    "Say which licence it is, of a licence for a line of business only."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.permit or self.get_kind_display()} {self.number}"

    def clean(self):
        if self.kind == self.Kind.IDENTITY:
            # Which document it is stands on the entity, encrypted: here is enough to tell two apart.
            self.number = mask(self.entity.id_number)
        super().clean()

    @property
    def told(self):
        whose = self.entity.id_number_hash or self.entity.uscc
        settled = ["settles_duties"] if self.settles_duties else []
        return [self.kind, str(self.permit_id or ""), whose, *settled]


class EntityRequirement(Record):
    """That an entity's business, or certain goods it shows, need a licence from a day until a day."""

    entity = models.ForeignKey(
        LiveEntity,
        on_delete=models.PROTECT,
        related_name="requirements",
        verbose_name=pgettext_lazy("room", "live entity"),
    )
    permit = models.ForeignKey(
        CredentialKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("which licence")
    )
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for goods of"),
        help_text=_("Empty where its whole business needs it; what lies below the category counts too."),
    )
    valid_from = models.DateField(_("with effect from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("Inclusive."))
    source = models.CharField(
        _("source"), max_length=200, help_text=_("The clause, law or decision it comes from.")
    )

    class Meta:
        verbose_name = _("licence needed")
        verbose_name_plural = _("licences needed")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="entity_requirement_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.UniqueConstraint(
                fields=["entity", "permit", "category", "valid_from"],
                name="entity_requirement_once",
                violation_error_message=_("This is asked of the entity already."),
            ),
            models.UniqueConstraint(
                fields=["entity", "permit", "valid_from"],
                condition=Q(category=None),
                name="entity_requirement_of_all_goods_once",
                violation_error_message=_("This is asked of the entity already."),
            ),
        ]

    def __str__(self):
        return f"{self.permit} · {self.category}" if self.category_id else str(self.permit)

    def asks(self, on):
        """Whether it is asked on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
