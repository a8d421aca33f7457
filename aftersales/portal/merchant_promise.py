"""What a merchant promises its buyers: written here, submitted for review, taken back, ended."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from aftersales.actions import promise as promises
from aftersales.forms.order_service import PromiseForm
from aftersales.models import ServicePromise
from mcn.kit import clock
from mcn.kit.moves import may
from mcn.kit.portal import Page, RecordPage, VerbPage
from merchants.portal.base import MerchantMixin

PAGE = 20


class PromisesPage(MerchantMixin, Page):
    """What the merchant promises its buyers, and how far each promise is."""

    section = "promises"
    template_name = "aftersales/portal/merchant_promises.html"

    def get_context_data(self, **kwargs):
        rows = self.merchant.promises.select_related("kind", "product").order_by("-id")
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


class PromiseMixin(MerchantMixin):
    """One promise of the merchant of the address."""

    section = "promises"

    @cached_property
    def promise(self):
        rows = self.merchant.promises.select_related("kind", "product", "merchant")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_success_url(self):
        return reverse("portal_promises", args=[self.merchant.code])


class PromisePage(PromiseMixin, RecordPage):
    """Write a promise; one that is looked at or in force is only read."""

    form_class = PromiseForm
    template_name = "aftersales/portal/merchant_promise.html"
    done = _("Saved. Submit it when it is complete.")

    def get_object(self):
        return self.promise if "pk" in self.kwargs else ServicePromise(merchant=self.merchant)

    def get_context_data(self, **kwargs):
        row = self.promise if "pk" in self.kwargs else None
        return super().get_context_data(promise=row, moves=self.moves(row), **kwargs)

    def moves(self, row):
        """The verbs that this person may use now, with their pages."""
        verbs = row.MOVES.leaving(row.state) if row else []
        mine = [verb for verb in verbs if verb in VERBS and may(self.request.user, verb, row)]
        place = [self.merchant.code, row.pk] if row else []
        return [(reverse(f"portal_promise_{verb}", args=place), VERBS[verb].action) for verb in mine]

    def act(self, form):
        by, at = self.request.user, clock.now()
        if form.instance.pk is None:
            return promises.add(form.instance, by=by, at=at)
        words = {name: form.cleaned_data[name] for name in form.changed_data if name in form.cleaned_data}
        return promises.save_draft(self.promise, words=words, by=by, at=at)


class PromiseVerbPage(PromiseMixin, VerbPage):
    """Submit a promise, take it back, or end it."""

    verb: str

    def act(self, form):
        return getattr(promises, self.verb)(
            self.promise, by=self.request.user, at=clock.now(), **form.cleaned_data
        )


class SubmitPage(PromiseVerbPage):
    verb = "submit"
    title = action = _("Submit for review")
    question = _("The agency looks at whether it can be kept, then buyers are shown it.")
    done = _("Submitted: the agency looks at it.")


class WithdrawPage(PromiseVerbPage):
    verb = "withdraw"
    title = action = _("Take the promise back")
    question = _("You can then change it and submit it again.")
    done = _("Taken back: you can go on writing.")


class EndPage(PromiseVerbPage):
    verb = "end"
    title = action = _("End the promise")
    question = _("Buyers are shown it no more; for what was bought until today it holds.")
    done = _("The promise ends with today.")
    danger = True


VERBS = {page.verb: page for page in (SubmitPage, WithdrawPage, EndPage)}
