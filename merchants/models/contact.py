"""Whom to call at a merchant."""

from django.core.validators import validate_email
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.identity import normalise, validate_phone
from mcn.kit.privacy import EncryptedField, KeyedHashField, keyed_hash, mask
from mcn.kit.records import Record
from merchants.models.merchant import Merchant
from merchants.models.owned import OwnedQuerySet


class Contact(Record):
    """A person to call at a merchant, for one duty, until it ends."""

    class Duty(models.TextChoices):
        BUSINESS = "business", _("business")
        AFTER_SALES = "after_sales", _("after-sales")
        QUALITY = "quality", _("product quality")
        FINANCE = "finance", _("finance")
        EMERGENCY = "emergency", _("emergency")

    merchant = models.ForeignKey(
        Merchant, on_delete=models.PROTECT, related_name="contacts", verbose_name=_("merchant")
    )
    duty = models.CharField(_("duty"), max_length=20, choices=Duty, default=Duty.BUSINESS)
    name = EncryptedField(_("contact's name"))
    name_hash = KeyedHashField(source="name")
    position = models.CharField(_("position"), max_length=40, blank=True)
    phone = EncryptedField(_("phone"), validators=[validate_phone])
    phone_hash = KeyedHashField(source="phone")
    email = EncryptedField(_("e-mail"), blank=True, default="", validators=[validate_email])
    email_hash = KeyedHashField(source="email")
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["merchant", "id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("end_contact", _("Can end a contact")),
            ("reveal_contact", _("Can see a contact's data in clear")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "duty", "phone_hash"],
                condition=Q(ended_on=None),
                name="contact_once_for_a_duty",
                violation_error_message=_("This phone number is there already for this duty."),
            )
        ]

    def __str__(self):
        return f"{mask(self.name)} · {self.get_duty_display()}"

    def clean(self):
        self.name, self.phone, self.email = normalise(self.name), normalise(self.phone), normalise(self.email)
        # The constraint on the hash is asked before the write that would set it.
        self.phone_hash = keyed_hash(self.phone)
