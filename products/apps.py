from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    """Products, their papers and verifications, and their selling-point cards."""

    name = "products"
    label = "products"
    verbose_name = _("products")
