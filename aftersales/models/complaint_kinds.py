"""By what way a complaint comes, what it is about, and how long it can wait."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """By which way a complaint came (EJAS 5.3.1, 6.6.1)."""

    FORM = "form", _("complaint page")
    PHONE = "phone", pgettext_lazy("channel", "phone")
    CHAT = "chat", _("online service")
    PLATFORM = "platform", pgettext_lazy("channel", "platform")
    SOCIAL = "social", _("social media")
    EMAIL = "email", pgettext_lazy("channel", "e-mail")
    AUTHORITY = "authority", _("12315 and authorities")
    MERCHANT = "merchant", _("through the merchant")


class Nature(models.TextChoices):
    """What a complaint is about."""

    SAFETY = "safety", _("somebody came to harm")
    COMPENSATION = "compensation", _("compensation claimed")
    PROMISE = "promise", _("promise broken")
    FALSEHOOD = "falsehood", _("false advertising")
    QUALITY = "quality", _("quality of goods")
    MISMATCH = "mismatch", _("not as shown")
    DELIVERY = "delivery", _("delivery and logistics")
    REFUND = "refund", _("returns and refunds")
    PRICE = "price", _("price and promotions")
    REPAIR = "repair", _("repair and warranty")
    SERVICE = "service", _("service and attitude")
    INVOICE = "invoice", pgettext_lazy("complaint", "invoice")
    PRIVACY = "privacy", _("personal data")
    OTHER = "other", pgettext_lazy("complaint", "something else")


class Urgency(models.TextChoices):
    """How long a complaint can wait."""

    NORMAL = "normal", pgettext_lazy("urgency", "normal")
    URGENT = "urgent", pgettext_lazy("urgency", "urgent")
    CRITICAL = "critical", pgettext_lazy("urgency", "cannot wait")


class Priority(models.IntegerChoices):
    """In which order complaints are worked on; one comes first."""

    FIRST = 1, _("P1 at once")
    HIGH = 2, _("P2 high")
    NORMAL = 3, _("P3 normal")
    LOW = 4, _("P4 low")
