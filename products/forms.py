"""Shapes of products' rows that doors share."""

from django import forms
from django.db.models import Q
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import validate_upload
from mcn.kit.forms import RecordForm, formfield
from merchants.models import Category, CredentialKind
from products.models import Product, ProductCredential, Sku


class ProductForm(RecordForm):
    """The facts of a product, as its merchant tells them."""

    picture = forms.FileField(label=_("picture"), required=False, validators=[validate_upload])

    class Meta:
        model = Product
        fields = [
            "name",
            "code",
            "category",
            "brand",
            "unit",
            "specification",
            "net_content",
            "packaging",
            "origin",
            "producer",
            "producer_address",
            "performance",
            "uses",
            "ingredients",
            "shelf_life_days",
            "validity_term",
            "standard",
            "marks",
            "service_promises",
            "intellectual_property",
            "traceability",
            "list_price_basis",
        ]
        formfield_callback = formfield

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = self._categories()

    def _categories(self):
        """Where the merchant may sell, and below; all that is not banned while it has declared nothing."""
        lines = self.instance.merchant.business_lines.filter(ended_on=None).values_list(
            "category__code", flat=True
        )
        wanted = Q(pk=self.instance.category_id)
        for code in lines:
            wanted |= Q(code=code) | Q(code__startswith=f"{code}.")
        allowed = wanted if lines else ~Q(regime=Category.Regime.BANNED)
        return Category.objects.filter(allowed).order_by("code")


class SkuForm(RecordForm):
    """A SKU on its product's page, which tells its merchant."""

    class Meta:
        model = Sku
        fields = ["code", "specification", "gtin", "price", "list_price", "cost_price", "stock", "on_sale"]

    def _get_validation_exclusions(self):
        # The merchant comes from the product, and with it the code is unique.
        self.instance.merchant_id = self.instance.product.merchant_id
        return super()._get_validation_exclusions() - {"merchant"}


class SkuFormSet(BaseInlineFormSet):
    """The SKUs of one product, known to each of them also while it is new."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.product = self.instance
        return form


def sku_formset(extra):
    """A set of SKU forms with some empty ones, so that a page without scripts can add as well."""
    return inlineformset_factory(
        Product,
        Sku,
        form=SkuForm,
        formset=SkuFormSet,
        extra=extra,
        can_delete=False,
        formfield_callback=formfield,
    )


class CredentialForm(RecordForm):
    """A paper of a product with its file; an earlier file stays as a revision."""

    file = forms.FileField(label=_("file"), required=False, validators=[validate_upload])

    class Meta:
        model = ProductCredential
        fields = ["kind", "number", "issuer", "valid_from", "valid_to", "long_term"]
        formfield_callback = formfield

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("A PDF, or a photo taken with your phone.")
        self.fields["kind"].queryset = CredentialKind.objects.filter(holder=CredentialKind.Holder.PRODUCT)

    def clean(self):
        if not self.instance.pk and not self.cleaned_data.get("file") and "file" not in self.errors:
            self.add_error("file", _("Attach the paper itself: a scan or a photo."))
        return super().clean()
