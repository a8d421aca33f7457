"""Who was punished for recommending by false advertising, and may therefore not come in for some years."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField
from mcn.kit.identity import compact, normalise, validate_uscc
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField, KeyedHashField, keyed_hash
from mcn.kit.records import Record


class AdPenaltyQuerySet(models.QuerySet):
    """Decisions are the agency's own notes on anybody, streamer here or not."""

    def visible_to(self, user):
        """All rows for staff who may view them, none for others."""
        return self if user.has_perm("streamers.view_adpenalty") else self.none()

    def barring(self, on):
        """The decisions that bar somebody on a day."""
        return self.filter(state=AdPenalty.State.STANDING, decided_on__lte=on, barred_to__gte=on)

    def about(self, number):
        """The decisions about whoever has this full ID number or credit code."""
        code = compact(number)
        return self.filter(Q(id_number_hash=keyed_hash(code)) | Q(uscc=code)) if code else self.none()


class AdPenalty(Record):
    """An authority's decision against a person or an organisation for recommending by false advertising."""

    class Party(models.TextChoices):
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")

    class State(models.TextChoices):
        STANDING = "standing", pgettext_lazy("penalty", "standing")
        REVOKED = "revoked", pgettext_lazy("penalty", "revoked")

    MOVES = Moves(revoke=([State.STANDING], State.REVOKED))

    party = models.CharField(_("party punished"), max_length=20, choices=Party, default=Party.PERSON)
    name = EncryptedField(_("name"))
    id_number = EncryptedField(_("ID number"), blank=True, default="")
    id_number_hash = KeyedHashField(source="id_number")
    uscc = models.CharField(
        _("unified social credit code"),
        max_length=18,
        blank=True,
        db_index=True,
        validators=[validate_uscc],
    )
    number = models.CharField(_("decision number"), max_length=80)
    authority = models.CharField(_("authority"), max_length=120)
    decided_on = models.DateField(_("decided on"))
    # Told by the decision's day and the policy of that day, so that many rows are asked by one query.
    barred_to = models.DateField(
        _("barred until"), editable=False, help_text=_("Inclusive: the last day of the bar.")
    )
    conduct = models.TextField(_("what it was for"), max_length=2000, blank=True)
    source = models.CharField(
        _("source"), max_length=200, help_text=_("Where the decision was published, or who told it.")
    )
    document = DocumentField(_("files"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.STANDING, editable=False)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True, editable=False)
    comment = models.TextField(_("why it was revoked"), blank=True, editable=False)

    objects = AdPenaltyQuerySet.as_manager()

    class Meta:
        verbose_name = _("advertising penalty")
        verbose_name_plural = _("advertising penalties")
        ordering = ["-decided_on", "-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("revoke_adpenalty", _("Can note that an advertising penalty was revoked")),
            ("reveal_adpenalty", _("Can see whom an advertising penalty is about in clear")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "id_number_hash", "uscc"],
                name="ad_penalty_once",
                violation_error_message=_("This decision against this party is there already."),
            ),
            models.CheckConstraint(
                condition=Q(party="person", uscc="") & ~Q(id_number="")
                | Q(party="organisation", id_number="") & ~Q(uscc=""),
                name="ad_penalty_names_its_party",
                violation_error_message=_(
                    "A person is named by the ID number, an organisation by the unified social credit code."
                ),
            ),
        ]

    def __str__(self):
        return self.number

    def clean(self):
        self.name, self.number = normalise(self.name), normalise(self.number)
        self.authority = normalise(self.authority)
        self.id_number, self.uscc = compact(self.id_number), compact(self.uscc)
        # The constraint that a decision comes once asks for the hash before the write brings it in step.
        self.id_number_hash = keyed_hash(self.id_number)
        if self.party == self.Party.PERSON and not self.id_number:
            raise ValidationError({"id_number": _("Give the ID number of the person.")})
        if self.party == self.Party.ORGANISATION and not self.uscc:
            raise ValidationError({"uscc": _("Give the credit code of the organisation.")})
