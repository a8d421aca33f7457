"""The streamer: who stands before the camera, and how far they are with us."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.agency.models import Platform
from mcn.kit.clock import business_day
from mcn.kit.fields import ActorField
from mcn.kit.identity import compact, normalise, read_id_number, validate_phone, validate_uscc
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField, KeyedHashField, PersonalDateField, keyed_hash
from mcn.kit.records import Record
from mcn.kit.search import SearchField, TokenIndex
from streamers.models.owned import OwnedQuerySet


class StreamerQuerySet(OwnedQuerySet):
    """Streamers."""

    owner = "pk"


class Streamer(Record):
    """One face before the camera, a person or a virtual figure, from the application to the end."""

    class Kind(models.TextChoices):
        NATURAL = "natural", _("natural person")
        VIRTUAL = "virtual", _("virtual streamer")

    class Engagement(models.TextChoices):
        SIGNED = "signed", _("signed with the agency")
        ENTRUSTED = "entrusted", _("entrusted cooperation")

    class DocumentType(models.TextChoices):
        RESIDENT_ID = "resident_id", _("resident ID card")
        HMT_RESIDENCE = "hmt_residence", _("Hong Kong, Macao or Taiwan residence permit")
        FOREIGN_RESIDENCE = "foreign_residence", _("foreigner's permanent residence card")

    class State(models.TextChoices):
        DRAFT = "draft", _("application being filled in")
        APPLIED = "applied", _("applied")
        VERIFIED = "verified", pgettext_lazy("streamer", "verified")
        TRAINED = "trained", _("trained")
        ACTIVE = "active", pgettext_lazy("streamer", "active")
        SUSPENDED = "suspended", pgettext_lazy("streamer", "suspended")
        ENDED = "ended", _("cooperation ended")

    MOVES = Moves(
        apply=([State.DRAFT], State.APPLIED),
        send_back=([State.APPLIED], State.DRAFT),
        accept=([State.APPLIED], State.VERIFIED),
        graduate=([State.VERIFIED], State.TRAINED),
        activate=([State.TRAINED], State.ACTIVE),
        suspend=([State.ACTIVE], State.SUSPENDED),
        resume=([State.SUSPENDED], State.ACTIVE),
        end=(
            [State.DRAFT, State.APPLIED, State.VERIFIED, State.TRAINED, State.ACTIVE, State.SUSPENDED],
            State.ENDED,
        ),
        reopen=([State.ENDED], State.DRAFT),
    )
    VERB_LABELS = {
        "accept": pgettext_lazy("streamer", "passed the verification"),
        "graduate": pgettext_lazy("streamer", "declared trained"),
        "activate": pgettext_lazy("streamer", "let on camera"),
    }

    code = models.CharField(_("streamer code"), max_length=12, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NATURAL)
    engagement = models.CharField(
        _("engagement"), max_length=20, choices=Engagement, default=Engagement.SIGNED
    )
    stage_name = models.CharField(_("stage name"), max_length=40)
    name = EncryptedField(pgettext_lazy("person", "legal name"), blank=True, default="")
    name_hash = KeyedHashField(source="name")
    document_type = models.CharField(
        _("identity document"), max_length=20, choices=DocumentType, default=DocumentType.RESIDENT_ID
    )
    id_number = EncryptedField(_("ID number"), blank=True, default="")
    id_number_hash = KeyedHashField(source="id_number")
    # Told by the ID number and kept beside it, so that ages can be asked of many rows at once.
    born_on = PersonalDateField(_("born on"), null=True, blank=True, editable=False)
    phone = EncryptedField(_("phone"), blank=True, default="", validators=[validate_phone])
    phone_hash = KeyedHashField(source="phone")
    address = EncryptedField(_("usual address"), blank=True, default="", validators=[MaxLengthValidator(200)])
    address_hash = KeyedHashField(source="address", db_index=False)
    experience = models.TextField(
        _("experience"),
        max_length=2000,
        validators=[MaxLengthValidator(2000)],  # the length above binds forms alone
        blank=True,
        help_text=_("Shows, platforms, lines of goods and results so far."),
    )
    organisation = models.CharField(
        _("organisation"),
        max_length=120,
        blank=True,
        help_text=_("The studio or agency that an entrusted streamer belongs to."),
    )
    organisation_uscc = models.CharField(
        _("organisation's unified social credit code"), max_length=18, blank=True, validators=[validate_uscc]
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="streamer",
        verbose_name=_("login"),
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="managed_streamers",
        limit_choices_to={"is_staff": True},
        verbose_name=_("streamer manager"),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    submitted_by = ActorField(_("submitted by"))
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True, editable=False)
    activated_on = models.DateField(_("active since"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    comment = models.TextField(_("last comment"), blank=True, editable=False)
    search = SearchField(_("search"), sources=["code", "stage_name", "organisation"])

    objects = StreamerQuerySet.as_manager()

    class Meta:
        verbose_name = _("streamer")
        verbose_name_plural = _("streamers")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("apply_streamer", _("Can hand in a streamer's application")),
            ("send_back_streamer", _("Can send a streamer's application back")),
            ("accept_streamer", _("Can accept a streamer's identity as verified")),
            ("graduate_streamer", _("Can declare a streamer trained")),
            ("activate_streamer", _("Can let a streamer before the camera")),
            ("suspend_streamer", _("Can suspend a streamer")),
            ("resume_streamer", _("Can resume a suspended streamer")),
            ("end_streamer", _("Can end the work with a streamer")),
            ("reopen_streamer", _("Can reopen a streamer whose work has ended")),
            ("verify_streamer", _("Can verify a streamer")),
            ("hold_streamer", _("Can place a hold on a streamer")),
            ("blacklist_streamer", _("Can put a streamer on the blacklist")),
            ("reveal_streamer", _("Can see a streamer's personal data in clear")),
        ]
        indexes = [
            TokenIndex(name="streamer_search"),
            models.Index(fields=["state", "-id"], name="streamer_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["id_number_hash"],
                condition=~Q(id_number_hash=""),
                name="streamer_once_a_person",
                violation_error_message=_("This person is a streamer here already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="natural") | Q(id_number=""),
                name="virtual_streamer_has_no_id",
                violation_error_message=_("A virtual streamer has no ID number of its own."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.stage_name}"

    def clean(self):
        self.stage_name, self.name = normalise(self.stage_name), normalise(self.name)
        self.phone, self.address = normalise(self.phone), normalise(self.address)
        self.organisation = normalise(self.organisation)
        self.organisation_uscc = compact(self.organisation_uscc)
        self.id_number = compact(self.id_number)
        # The constraint that a person comes once asks for the hash before the write brings it in step.
        self.id_number_hash = keyed_hash(self.id_number)
        self.born_on = self._birth_day() if self.id_number else None

    def _birth_day(self):
        try:
            return read_id_number(
                self.id_number, self.document_type, on=business_day(self.created_at)
            ).born_on
        except ValidationError as error:
            raise ValidationError({"id_number": error}) from error

    @property
    def is_natural(self):
        """Whether it is a person, with an age and an ID number."""
        return self.kind == self.Kind.NATURAL


class PlatformAccount(Record):
    """A streamer's account on a platform, and when the platform was told who stands behind it."""

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="accounts", verbose_name=_("streamer")
    )
    platform = models.ForeignKey(
        Platform, on_delete=models.PROTECT, related_name="+", verbose_name=_("platform")
    )
    account = models.CharField(_("account"), max_length=60, help_text=_("The number or name shown there."))
    followers = models.PositiveBigIntegerField(_("followers"), null=True, blank=True)
    real_name_on = models.DateField(
        _("registered by real name on"),
        null=True,
        blank=True,
        help_text=_("The day on which the platform took the person's real name."),
    )
    ended_on = models.DateField(_("given up on"), null=True, blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("platform account")
        verbose_name_plural = _("platform accounts")
        ordering = ["streamer", "platform", "id"]
        default_permissions = ["add", "change", "view"]
        permissions = [("end_platformaccount", _("Can note that a platform account was given up"))]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "account"],
                condition=Q(ended_on=None),
                name="platform_account_once",
                violation_error_message=_("This account is a streamer's already."),
            ),
        ]

    def __str__(self):
        return f"{self.platform} {self.account}"

    def clean(self):
        self.account = normalise(self.account)
