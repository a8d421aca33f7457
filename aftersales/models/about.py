"""What something said, found or mended is about: a merchant, its product, a streamer, a show, or none."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.kit.fields import FixedKey
from mcn.kit.records import Record
from merchants.models import Merchant, OwnedQuerySet
from products.models import Product
from streamers.models import Show, Streamer


class AboutKey(FixedKey):
    """A key to what a row is about, which may be left open and is looked up from here alone."""

    FIXED = {"on_delete": models.PROTECT, "null": True, "blank": True, "related_name": "+"}


class About(Record):
    """A row about a merchant, a product, a streamer or a show; a product names its merchant by itself."""

    ABOUT = ["merchant", "product", "streamer", "show"]

    merchant = AboutKey(_("merchant"), to=Merchant)
    product = AboutKey(_("product"), to=Product)
    streamer = AboutKey(_("streamer"), to=Streamer)
    show = AboutKey(_("show"), to=Show)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self):
        if self.product is not None:
            self.merchant_id = self.product.merchant_id

    @property
    def subject(self):
        """What it is about, the closest first, or None where it is about the agency as a whole."""
        return self.product or self.streamer or self.show or self.merchant
