"""Who a merchant is, in what it deals, and whom to call."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import FormPage, Page, RecordPage, VerbPage
from merchants.actions import contact as contact_actions
from merchants.actions import merchant as merchant_actions
from merchants.forms import ContactForm, MerchantForm
from merchants.models import Category, Contact
from merchants.portal.base import MerchantMixin


class ProfilePage(MerchantMixin, RecordPage):
    """The merchant's own data: a form while it is a draft, to read afterwards."""

    section = tab = "profile"
    form_class = MerchantForm
    template_name = "merchants/portal/profile.html"

    def get_object(self):
        return self.merchant

    def act(self, form):
        return merchant_actions.change(form.instance, by=self.request.user, at=clock.now())

    def get_success_url(self):
        return reverse("portal_home", args=[self.merchant.code])

    def get_context_data(self, **kwargs):
        editable = "merchants.change_merchant" in self.allowed and merchant_actions.may_change(
            self.merchant, self.request.user
        )
        return super().get_context_data(editable=editable, **kwargs)


class CategoryChoice(forms.ModelChoiceField):
    """A category by its full name; banned ones are not offered."""

    def __init__(self, **options):
        offered = Category.objects.exclude(regime=Category.Regime.BANNED).order_by("code")
        super().__init__(queryset=offered, **options)


class LineForm(forms.Form):
    """One more category."""

    category = CategoryChoice(label=_("category"))


class LinesPage(MerchantMixin, FormPage):
    """In what the merchant deals, what papers that asks for, and one more category."""

    section, tab = "profile", "lines"
    form_class = LineForm
    template_name = "merchants/portal/lines.html"
    done = _("The category was added.")

    def act(self, form):
        category = form.cleaned_data["category"]
        return merchant_actions.declare(self.merchant, category, by=self.request.user, at=clock.now())

    def get_success_url(self):
        return reverse("portal_lines", args=[self.merchant.code])

    def get_context_data(self, **kwargs):
        lines = self.merchant.business_lines.filter(ended_on=None).select_related("category")
        asked = lines.prefetch_related("category__requirements__kind")
        rows = [(line, line.category.required_kinds("merchant")) for line in asked]
        return super().get_context_data(rows=rows, **kwargs)


class GiveUpPage(MerchantMixin, VerbPage):
    """Take a category off."""

    section, tab = "profile", "lines"
    title = action = _("Give the category up")
    done = _("The category was given up.")
    danger = True

    @cached_property
    def line(self):
        return get_object_or_404(self.merchant.business_lines, pk=self.kwargs["pk"])

    def ask(self):
        return _("Products of “%(category)s” can then no longer be listed.") % {
            "category": self.line.category
        }

    def act(self, form):
        return merchant_actions.give_up(self.line, by=self.request.user, at=clock.now(), **form.cleaned_data)

    def get_success_url(self):
        return reverse("portal_lines", args=[self.merchant.code])


class ContactsPage(MerchantMixin, Page):
    """Whom the agency calls."""

    section, tab = "profile", "contacts"
    template_name = "merchants/portal/contacts.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(contacts=self.merchant.contacts.filter(ended_on=None), **kwargs)


class ContactPage(MerchantMixin, RecordPage):
    """One contact, new or to change."""

    section, tab = "profile", "contacts"
    form_class = ContactForm
    template_name = "merchants/portal/contact.html"

    def get_object(self):
        if "pk" in self.kwargs:
            return get_object_or_404(self.merchant.contacts.filter(ended_on=None), pk=self.kwargs["pk"])
        return Contact(merchant=self.merchant)

    def act(self, form):
        verb = contact_actions.change if form.instance.pk else contact_actions.add
        return verb(form.instance, by=self.request.user, at=clock.now())

    def get_success_url(self):
        return reverse("portal_contacts", args=[self.merchant.code])


class EndContactPage(MerchantMixin, VerbPage):
    """Take a contact off the list."""

    section, tab = "profile", "contacts"
    title = action = _("Remove the contact")
    question = _("The agency no longer calls this person.")
    done = _("The contact was removed.")
    danger = True

    def get_object(self):
        return get_object_or_404(self.merchant.contacts, pk=self.kwargs["pk"])

    def act(self, form):
        return contact_actions.end(self.row, by=self.request.user, at=clock.now(), **form.cleaned_data)

    def get_success_url(self):
        return reverse("portal_contacts", args=[self.merchant.code])
