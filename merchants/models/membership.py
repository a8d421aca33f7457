"""Who works for which merchant, and what that lets them do."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.records import Record
from merchants.models.owned import OwnedQuerySet

# What a merchant's customer service does for buyers, whatever else its role allows.
SERVE = {
    "aftersales.answer_inquiry",
    "aftersales.reply_complaint",
    "aftersales.add_repair",
    "aftersales.add_returnevidence",
    "aftersales.approve_returnrequest",
    "aftersales.arrive_returnrequest",
    "aftersales.cancel_repair",
    "aftersales.delay_repair",
    "aftersales.dispute_returnrequest",
    "aftersales.finish_repair",
    "aftersales.hand_back_repair",
    "aftersales.refund_returnrequest",
    "aftersales.refuse_returnrequest",
    "aftersales.replace_returnrequest",
    "aftersales.take_in_repair",
    "aftersales.compensate_breach",
    "aftersales.issue_invoice",
    "aftersales.pay_priceclaim",
    "aftersales.red_letter_invoice",
    "aftersales.send_invoice",
}
SEE = {
    "aftersales.view_deliveryalert",
    "aftersales.view_order",
    "aftersales.view_parcel",
    "aftersales.view_breach",
    "aftersales.view_inquiry",
    "aftersales.view_complaint",
    "aftersales.view_repair",
    "aftersales.view_repairprovider",
    "aftersales.view_returndispute",
    "aftersales.view_returnevidence",
    "aftersales.view_returnrequest",
    "aftersales.view_invoice",
    "aftersales.view_priceclaim",
    "aftersales.view_promiseaudit",
    "aftersales.view_servicepromise",
    "aftersales.view_review",
    "merchants.view_agreement",
    "merchants.view_businessline",
    "merchants.view_contact",
    "merchants.view_invitation",
    "merchants.view_membership",
    "merchants.view_merchant",
    "merchants.view_merchantcredential",
    "merchants.view_merchanthold",
    "products.view_card",
    "products.view_cardversion",
    "products.view_product",
    "products.view_productcredential",
    "products.view_producthold",
    "products.view_productverification",
    "products.view_sample",
    "products.view_sellingpoint",
    "products.view_sku",
    "sheets.view_import",
    "streamers.view_planline",
    "streamers.view_serviceplan",
}
EDIT = {
    "aftersales.add_servicepromise",
    "aftersales.change_servicepromise",
    "aftersales.end_servicepromise",
    "aftersales.submit_servicepromise",
    "aftersales.withdraw_servicepromise",
    "aftersales.add_order",
    "aftersales.change_order",
    "aftersales.change_parcel",
    "aftersales.prove_parcel",
    "aftersales.settle_deliveryalert",
    "aftersales.receive_order",
    "aftersales.ship_order",
    "aftersales.answer_review",
    "merchants.add_businessline",
    "merchants.add_contact",
    "merchants.add_merchantcredential",
    "merchants.change_contact",
    "merchants.change_merchant",
    "merchants.change_merchantcredential",
    "merchants.end_contact",
    "merchants.give_up_businessline",
    "merchants.submit_merchant",
    "merchants.withdraw_merchantcredential",
    "products.add_cardversion",
    "products.add_product",
    "products.add_productcredential",
    "products.add_sellingpoint",
    "products.add_sku",
    "products.change_cardversion",
    "products.change_product",
    "products.change_productcredential",
    "products.change_sellingpoint",
    "products.change_sku",
    "products.cost_product",
    "products.submit_cardversion",
    "products.submit_product",
    "products.withdraw_cardversion",
    "products.withdraw_product",
    "products.withdraw_productcredential",
    "sheets.add_import",
    "sheets.change_import",
    "streamers.add_serviceplan",
    "streamers.change_serviceplan",
    "streamers.submit_serviceplan",
    "streamers.withdraw_serviceplan",
}
OWN = {
    "merchants.add_invitation",
    "merchants.add_membership",
    "merchants.appeal_merchanthold",
    "merchants.change_membership",
    "merchants.end_membership",
    "merchants.revoke_invitation",
    "products.appeal_producthold",
}


class Membership(Record):
    """A person's place in a merchant, from a day until it ends; the role says what they may do there."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        EDITOR = "editor", _("editor")
        CUSTOMER_SERVICE = "customer_service", _("customer service")

    PERMISSIONS: dict[str, set[str]] = {
        Role.OWNER: SEE | SERVE | EDIT | OWN,
        Role.EDITOR: SEE | SERVE | EDIT,
        Role.CUSTOMER_SERVICE: SEE | SERVE,
    }

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("user")
    )
    merchant = models.ForeignKey(
        "merchants.Merchant", on_delete=models.PROTECT, related_name="memberships", verbose_name=_("merchant")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    started_on = models.DateField(_("started on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("merchant's member")
        verbose_name_plural = _("merchant's members")
        ordering = ["merchant", "-role", "id"]
        default_permissions = ["add", "change", "view"]
        permissions = [("end_membership", _("Can end a membership"))]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "merchant"],
                condition=Q(ended_on=None),
                name="member_once",
                violation_error_message=_("This person is a member of the merchant already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="membership_span",
                violation_error_message=_("A membership cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()}"
