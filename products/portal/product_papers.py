"""A product's papers and the appeals against its holds, at the merchant's door."""

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import RecordPage, VerbPage
from merchants.models import CredentialKind
from products.actions import credential as credential_actions
from products.actions import hold as hold_actions
from products.forms import CredentialForm
from products.models import ProductCredential
from products.portal.product import ProductMixin


class PaperPage(ProductMixin, RecordPage):
    """One paper of a product: uploaded, corrected, or given a better file."""

    form_class = CredentialForm
    template_name = "products/portal/product_paper.html"
    done = _("The paper was saved. The agency will verify it.")

    def get_object(self):
        if "paper_pk" in self.kwargs:
            papers = self.product.credentials.filter(ended_on=None)
            return get_object_or_404(papers, pk=self.kwargs["paper_pk"])
        return ProductCredential(product=self.product)

    def get_initial(self):
        if "paper_pk" in self.kwargs:
            return {}
        kind = CredentialKind.objects.filter(code=self.request.GET.get("kind", "")).first()
        return {"kind": kind, "issuer": kind.issuer} if kind else {}

    def act(self, form):
        verb = credential_actions.change if form.instance.pk else credential_actions.add
        return verb(form.instance, form.cleaned_data["file"], by=self.request.user, at=clock.now())


class WithdrawPaperPage(ProductMixin, VerbPage):
    """Let a paper of a product count no more."""

    title = action = _("Withdraw the paper")
    done = _("The paper was withdrawn.")
    danger = True

    @cached_property
    def paper(self):
        papers = self.product.credentials.select_related("kind")
        return get_object_or_404(papers, pk=self.kwargs["paper_pk"])

    @property
    def question(self):
        return _("%(paper)s then counts no more; its record and files stay.") % {"paper": self.paper}

    def act(self, form):
        return credential_actions.withdraw(
            self.paper, by=self.request.user, at=clock.now(), **form.cleaned_data
        )


class AppealForm(forms.Form):
    """What the merchant says against a hold."""

    appeal = forms.CharField(label=_("appeal"), widget=forms.Textarea(attrs={"rows": 5}))


class AppealPage(ProductMixin, VerbPage):
    """Speak against a hold on the product."""

    form_class = AppealForm
    title = action = _("Appeal against the hold")
    done = _("The agency has your appeal.")

    @cached_property
    def hold(self):
        return get_object_or_404(self.product.holds.all(), pk=self.kwargs["hold_pk"])

    @property
    def question(self):
        return self.hold.reason

    def act(self, form):
        return hold_actions.appeal(self.hold, by=self.request.user, at=clock.now(), **form.cleaned_data)
