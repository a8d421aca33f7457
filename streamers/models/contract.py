"""What the agency and a streamer agreed in writing."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField
from mcn.kit.identity import normalise
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField
from mcn.kit.records import Record
from streamers.models.owned import OwnedQuerySet
from streamers.models.streamer import Streamer


class ContractQuerySet(OwnedQuerySet):
    """Contracts: a streamer knows of what was signed, not of what the agency is still drafting."""

    def visible_to(self, user):
        """All rows for staff who may view them; for a streamer their own that were signed."""
        rows = super().visible_to(user)
        return rows if rows is self else rows.filter(signed_on__isnull=False)


class Contract(Record):
    """A written contract with a streamer: kind, parties, span, obligations, wording and signed file."""

    class Kind(models.TextChoices):
        SIGNING = "signing", _("signing contract")
        ENTRUSTED = "entrusted", _("entrustment contract")
        RENEWAL = "renewal", _("renewal")
        SUPPLEMENT = "supplement", _("supplementary agreement")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SIGNED = "signed", _("signed")
        SUPERSEDED = "superseded", pgettext_lazy("contract", "superseded")
        ENDED = "ended", _("ended")

    MOVES = Moves(
        sign=([State.DRAFT], State.SIGNED),
        supersede=([State.SIGNED], State.SUPERSEDED),
        end=([State.DRAFT, State.SIGNED], State.ENDED),
    )
    BUILDS_ON_ANOTHER = [Kind.RENEWAL, Kind.SUPPLEMENT]

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="contracts", verbose_name=_("streamer")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SIGNING)
    number = models.CharField(_("contract number"), max_length=60, unique=True)
    renews = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("builds on"),
        help_text=_("The contract that is renewed or supplemented."),
    )
    agency_party = models.CharField(_("agency's party"), max_length=120)
    streamer_party = EncryptedField(
        _("streamer's party"), help_text=_("The person's legal name, or their studio's or holder's.")
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), help_text=_("Inclusive."))
    obligations = models.TextField(
        _("obligations"),
        max_length=5000,
        help_text=_("What each side owes the other: shows, shares, training, conduct, breach."),
    )
    wording = models.TextField(
        pgettext_lazy("contract", "wording"),
        blank=True,
        help_text=_("The text, so that promises can be looked for in it."),
    )
    document = DocumentField(_("files"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    signed_on = models.DateField(_("signed on"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("streamer's contract")
        verbose_name_plural = _("streamers' contracts")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("sign_contract", _("Can record that a streamer's contract is signed")),
            ("supersede_contract", _("Can let one streamer's contract take another's place")),
            ("end_contract", _("Can end a streamer's contract")),
            ("reveal_contract", _("Can see the parties of a streamer's contract in clear")),
        ]
        indexes = [models.Index(fields=["valid_to"], name="contract_expiry")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="contract_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "superseded"])
                | Q(signed_on__isnull=False, document__isnull=False),
                name="signed_contract_has_its_file",
                violation_error_message=_("A signed contract needs its day and its signed file."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    def clean(self):
        self.number, self.agency_party = normalise(self.number), normalise(self.agency_party)
        self.streamer_party = normalise(self.streamer_party)
        if self.kind not in self.BUILDS_ON_ANOTHER:
            if self.renews_id:
                raise ValidationError({"renews": _("Only a renewal or a supplement builds on another.")})
        elif self.renews is None or self.renews.streamer_id != self.streamer_id or self.renews == self:
            raise ValidationError({"renews": _("Say which contract of this streamer it builds on.")})

    @property
    def stands_alone(self):
        """Whether it binds by itself; a supplement only adds to another."""
        return self.kind != self.Kind.SUPPLEMENT

    def covers(self, on):
        """Whether it is signed and in force on a day."""
        return self.state == self.State.SIGNED and self.valid_from <= on <= self.valid_to
