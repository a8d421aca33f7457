"""How a merchant and its people come in: an application from outside, and an invitation by link."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.fields import ActorField
from mcn.kit.identity import normalise, validate_phone
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField, KeyedHashField
from mcn.kit.records import Record
from merchants.models.category import Category
from merchants.models.membership import Membership
from merchants.models.merchant import Merchant, UsccField
from merchants.models.owned import OwnedQuerySet


class Application(Record):
    """A stranger's wish to work with the agency: it makes no account; the desk invites or declines."""

    class State(models.TextChoices):
        RECEIVED = "received", _("to be answered")
        INVITED = "invited", _("invited")
        DECLINED = "declined", _("declined")

    MOVES = Moves(
        invite=([State.RECEIVED], State.INVITED),
        decline=([State.RECEIVED], State.DECLINED),
    )

    name = models.CharField(_("legal name"), max_length=120)
    uscc = UsccField(_("unified social credit code"))
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("main category"),
    )
    contact_name = EncryptedField(_("contact"))
    phone = EncryptedField(_("phone"), validators=[validate_phone])
    phone_hash = KeyedHashField(source="phone")
    message = models.TextField(_("message"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED, editable=False)
    answer = models.TextField(_("answer"), blank=True, editable=False)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [
            ("invite_application", _("Can invite an applicant")),
            ("decline_application", _("Can decline an application")),
            ("reveal_application", _("Can see an applicant's personal data in clear")),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        self.name, self.phone = normalise(self.name), normalise(self.phone)


class Invitation(Record):
    """A link that lets one person in, once and until it expires: to draft a new merchant, or to join one."""

    class State(models.TextChoices):
        OPEN = "open", _("not used yet")
        ACCEPTED = "accepted", _("accepted")
        REVOKED = "revoked", _("revoked")

    MOVES = Moves(
        accept=([State.OPEN], State.ACCEPTED),
        revoke=([State.OPEN], State.REVOKED),
    )

    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("merchant"),
        help_text=_("Empty for a new merchant, which the invited person then drafts."),
    )
    application = models.ForeignKey(
        Application,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="invitations",
        verbose_name=_("application"),
    )
    name = models.CharField(
        _("for whom"), max_length=120, help_text=_("The firm or the person who gets the link.")
    )
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role, default=Membership.Role.OWNER)
    expires_at = models.DateTimeField(_("expires at"), editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN, editable=False)
    invited_by = ActorField(_("invited by"))
    accepted_by = ActorField(_("accepted by"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [("revoke_invitation", _("Can revoke an invitation"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(merchant__isnull=False) | Q(role="owner"),
                name="a_new_merchant_gets_an_owner",
                violation_error_message=_("The first person of a new merchant is its owner."),
            )
        ]

    def __str__(self):
        return self.name
