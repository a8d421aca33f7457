"""A merchant's service plans: the shows that need one, the form that saves itself, what both agreed to."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from mcn.kit import clock
from mcn.kit.moves import may
from mcn.kit.portal import WRONG_INPUT, Page, VerbPage
from mcn.kit.refusal import Blocked, Refused
from merchants.portal.base import MerchantMixin
from streamers.actions import service_plan as plans
from streamers.forms.service_plan import PlanSheet
from streamers.models import ServicePlan, Show
from streamers.rules.service_plan import LINES, PLAN

State = ServicePlan.State
PAGE = 20


class PlansPage(MerchantMixin, Page):
    """Shows with the merchant's goods that need a plan, then every plan by its show, the next first."""

    section = "plans"
    template_name = "streamers/portal/plans.html"

    def get_context_data(self, **kwargs):
        own = ServicePlan.objects.filter(merchant=self.merchant)
        newest = own.filter(show=OuterRef("show")).order_by("-number")
        shown = own.filter(pk=Subquery(newest.values("pk")[:1])).select_related("show__room__platform")
        in_force = own.filter(show=OuterRef("show"), state=State.AGREED)
        shown = shown.annotate(agreed_number=Subquery(in_force.values("number")[:1]))
        page = Paginator(shown.order_by("-show__starts_at", "-pk"), PAGE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(
            page=page,
            missing=self._missing(own),
            before=plans.BEFORE,
            may_write="streamers.add_serviceplan" in self.allowed,
            **kwargs,
        )

    def _missing(self, own):
        """The shows to come that have goods of the merchant and no plan of theirs."""
        sold = Show.objects.filter(
            state__in=plans.BEFORE,
            items__removed_at=None,
            items__product__merchant=self.merchant,
        )
        missing = sold.exclude(pk__in=own.values("show")).select_related("room__platform")
        return missing.distinct().order_by("starts_at", "pk")


class PlanMixin(MerchantMixin):
    """One plan of the merchant of the address; any other is 404."""

    section = "plans"

    @cached_property
    def plan(self):
        own = ServicePlan.objects.filter(merchant=self.merchant)
        return get_object_or_404(own.select_related("show__room__platform", "merchant"), pk=self.kwargs["pk"])

    @property
    def writable(self):
        """Whether this person may write it now."""
        before = self.plan.show.state in plans.BEFORE
        return before and self.plan.editable and may(self.request.user, "change", self.plan)

    @property
    def url(self):
        return reverse("portal_plan", args=[self.merchant.code, self.kwargs["pk"]])


class PlanPage(PlanMixin, View):
    """The form of a plan that may be written, and the plain page of one that may not."""

    http_method_names = ["get", "head", "post"]

    def get(self, request, code, pk):
        return self.form_page(PlanSheet(self.plan)) if self.writable else self.read_page()

    def post(self, request, code, pk):
        """Save what was sent as far as it is right, then do what the button asks."""
        sheet = PlanSheet(self.plan, request.POST)
        try:
            complete = sheet.write(by=request.user, at=clock.now())
            if complete:
                return self.do(request.POST.get("do", "save"))
        except Blocked as no:
            messages.error(request, _("Saved, but not submitted: mend first what is listed."))
            return self.form_page(PlanSheet(self.plan), refused=no.findings, status=no.status)
        except Refused as no:
            messages.error(request, str(no))
            return self.form_page(sheet, status=no.status) if self.writable else redirect(self.url)
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
            return self.form_page(sheet, status=WRONG_INPUT)
        messages.error(request, _("Saved, but for what is marked below."))
        return self.form_page(sheet, status=WRONG_INPUT)

    def do(self, asked):
        """Do what a button of the saved form asks."""
        by, at = self.request.user, clock.now()
        if asked == "submit":
            plans.submit(self.plan, by=by, at=at)
            messages.success(
                self.request, _("Agreed for your side. The agency looks at it and agrees, or says why not.")
            )
        elif asked == "refill":
            plans.refill(self.plan, by=by, at=at)
            messages.success(self.request, _("The quantities are those of the run sheet now."))
        else:
            messages.success(self.request, _("Saved."))
        return redirect(self.url)

    def form_page(self, sheet, *, refused=(), status=200):
        context = self.get_context_data() | {
            "plan": self.plan,
            "sheet": sheet,
            "findings": refused or PLAN.inspect(self.plan, on=clock.today()).findings,
            "refused": bool(refused),
        }
        return TemplateResponse(self.request, "streamers/portal/plan_form.html", context, status=status)

    def read_page(self):
        """What both sides see of a version that is not written now."""
        versions = list(self.plan.show.service_plans.filter(merchant=self.merchant).order_by("-number"))
        before = self.plan.show.state in plans.BEFORE
        waits = versions[0].state in ServicePlan.OPEN
        context = self.get_context_data() | {
            "plan": self.plan,
            "sheet": PlanSheet(self.plan),
            "lines": LINES.filter(plan=self.plan),
            "versions": versions,
            "may_withdraw": before
            and self.plan.state == State.SUBMITTED
            and may(self.request.user, "withdraw", self.plan),
            "may_amend": before
            and self.plan.state == State.AGREED
            and not waits
            and may(self.request.user, "add", self.plan),
        }
        return TemplateResponse(self.request, "streamers/portal/plan_read.html", context)

    def get_context_data(self, **kwargs):
        own = {"merchant": self.merchant, "membership": self.membership, "allowed": self.allowed}
        return own | {"section": self.section} | kwargs


class AutosavePage(PlanMixin, View):
    """Takes the form as far as it is right while it is typed, and answers with what became of it."""

    http_method_names = ["post"]

    def handle_no_permission(self):
        """Say it where the page says whether it is saved: a login page would be put there instead."""
        said = _("You were signed out. Sign in again in another window, then press the button here.")
        return TemplateResponse(self.request, "streamers/portal/_status.html", {"refusal": said}, status=401)

    def post(self, request, code, pk):
        at = clock.now()
        sheet = PlanSheet(self.plan, request.POST)
        refusal, status = "", 200
        try:
            sheet.write(by=request.user, at=at)
        except Refused as no:
            refusal, status = str(no), no.status
        except ValidationError as error:
            refusal, status = "；".join(error.messages), WRONG_INPUT
        del self.plan
        shown = {
            "plan": self.plan,
            "sheet": sheet,
            "refusal": refusal,
            "saved_at": at,
            "findings": PLAN.inspect(self.plan, on=clock.today()).findings,
        }
        return TemplateResponse(request, "streamers/portal/_plan_saved.html", shown, status=status)


class OpenPage(MerchantMixin, View):
    """Begins the plan for a show that has goods of the merchant, or the next version of the agreed one."""

    http_method_names = ["post"]

    def post(self, request, code, show_pk):
        shows = Show.objects.visible_to(request.user)
        show = get_object_or_404(shows, pk=show_pk)
        try:
            plan = plans.open_version(show, self.merchant, by=request.user, at=clock.now())
        except Refused as no:
            messages.error(request, str(no))
            return redirect("portal_plans", code)
        return redirect("portal_plan", code, plan.pk)


class WithdrawPage(PlanMixin, VerbPage):
    """Take a plan back to go on writing."""

    title = action = gettext_lazy("Take the plan back")
    question = gettext_lazy("You can then change it, and agree to it again.")
    done = gettext_lazy("Taken back: you can go on writing.")

    def get_object(self):
        return self.plan

    def act(self, form):
        return plans.withdraw(self.row, by=self.request.user, at=clock.now(), **form.cleaned_data)

    def get_success_url(self):
        return self.url
