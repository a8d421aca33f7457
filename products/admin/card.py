"""Selling-point cards in the back office: the review queue, a page to decide on, the cards by product."""

from dataclasses import replace

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, DropdownFilter
from unfold.decorators import display

from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb, VerbsOnlyAdmin
from mcn.kit.moves import may
from mcn.kit.refusal import Refused
from products.actions import card as cards
from products.admin.card_review import ReviewForm, rows
from products.models import Card, CardVersion
from products.rules.card import CARD, for_reading
from products.rules.card_scan import OUTCOME_LABELS

State = CardVersion.State
DECISIONS = {"approve": cards.approve, "send_back": cards.send_back}
LABELS = {
    State.DRAFT: "",
    State.SUBMITTED: "info",
    State.APPROVED: "success",
    State.RETURNED: "warning",
    State.SUPERSEDED: "",
}


class QueueFilter(DropdownFilter):
    """By state; what waits for review where nothing is asked for."""

    title = gettext_lazy("state")
    parameter_name = "queue"
    all_option = None

    def lookups(self, request, model_admin):
        others = [choice for choice in State.choices if choice[0] != State.SUBMITTED]
        return [("", State.SUBMITTED.label), *others, ("all", _("all"))]

    def queryset(self, request, queryset):
        asked = self.value() or State.SUBMITTED
        return queryset.filter(state=asked) if asked in State.values else queryset


class HitsFilter(DropdownFilter):
    """By whether the claim scan hit anything at the submission."""

    title = gettext_lazy("claim scan")
    parameter_name = "scan"

    def lookups(self, request, model_admin):
        return [("hit", _("with hits")), ("clean", _("without hits"))]

    def queryset(self, request, queryset):
        asked = {"hit": {"hits__gt": 0}, "clean": {"hits": 0}}.get(self.value())
        return queryset.filter(**asked) if asked else queryset


@admin.register(CardVersion)
class CardVersionAdmin(RecordAdmin):
    """The review queue, the longest waiting first; a version's page compares, marks and decides."""

    empty_note = gettext_lazy("Handed in by merchants in their portal.")
    list_display = ["card", "merchant", "number", "state_label", "hits_label", "waiting", "submitted_by"]
    list_filter = [
        QueueFilter,
        HitsFilter,
        ("card__product__merchant", AutocompleteSelectFilter),
        ("card__product__category", AutocompleteSelectFilter),
    ]
    list_select_related = ["card__product__merchant", "submitted_by"]
    search_fields = ["card__product__search__tokens"]
    search_help_text = gettext_lazy("Product name, pinyin initials or code")
    sortable_by: list[str] = []
    editable_states: list = []
    verbs = [
        Verb("submit", cards.submit, gettext_lazy("Submit")),
        Verb("withdraw", cards.withdraw, gettext_lazy("Take back from review")),
        Verb("approve", cards.approve_clean, gettext_lazy("Approve where nothing was found"), bulk=True),
    ]

    class Media:
        css = {"all": ["products/card_admin.css"]}

    def get_ordering(self, request):
        return ["submitted_at", "id"] if request.GET.get("queue", "") in ("", State.SUBMITTED) else ["-id"]

    @display(description=gettext_lazy("merchant"))
    def merchant(self, version):
        return version.card.product.merchant

    @display(description=gettext_lazy("state"), label=LABELS)
    def state_label(self, version):
        return version.state, version.get_state_display()

    @display(description=gettext_lazy("hits"), label={"hit": "warning", "clean": "success"})
    def hits_label(self, version):
        return ("hit" if version.hits else "clean"), str(version.hits)

    @display(description=gettext_lazy("waiting"))
    def waiting(self, version):
        submitted = version.state == State.SUBMITTED and version.submitted_at
        return timesince(submitted, clock.now(), depth=1) if submitted else "-"

    def has_add_permission(self, request):
        return False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The review page: both versions side by side, and the decision."""
        obj = self.get_object(request, object_id) if object_id else None
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(object_id))
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        version = for_reading(CardVersion.objects.filter(pk=obj.pk)).get()
        decidable = version.state == State.SUBMITTED and may(request.user, "approve", version)
        form = ReviewForm(request.POST or None, version=version) if decidable else None
        refusal = None
        if form is not None and request.POST.get("decision") in DECISIONS and form.is_valid():
            try:
                return self.decide(request, version, form)
            except Refused as no:
                refusal = no
            except ValidationError as error:
                form.add_error("note", error.messages)
        context = self.review_context(request, version, form) | {"refusal": refusal}
        status = refusal.status if refusal else 200
        return TemplateResponse(request, "products/admin/card_review.html", context, status=status)

    def decide(self, request, version, form):
        """Approve or send back as the reviewer chose, and go on to the queue."""
        decision = request.POST["decision"]
        said = {"note": form.cleaned_data["note"], "comments": form.comments()}
        DECISIONS[decision](version, by=request.user, at=clock.now(), **said)
        done = _("Approved: %(row)s") if decision == "approve" else _("Sent back: %(row)s")
        self.message_user(request, done % {"row": version}, messages.SUCCESS)
        return redirect(reverse(f"{self.admin_site.name}:products_cardversion_changelist"))

    def review_context(self, request, version, form):
        """All that the page shows."""
        before = _approved_before(version)
        open_verbs = [verb for verb in self.open_verbs(request, version) if verb.name != "approve"]
        return {
            **self.admin_site.each_context(request),
            "title": str(version),
            "opts": self.opts,
            "original": version,
            "media": self.media,
            "version": version,
            "product": version.card.product,
            "before": before,
            "rows": rows(version, before, form),
            "form": form,
            "findings": [
                replace(one, mend_url="") for one in CARD.inspect(version, on=clock.today()).findings
            ],
            "scan": version.scans.last(),
            "outcomes": OUTCOME_LABELS,
            "said": version.comments.filter(part="").select_related("said_by"),
            "others": version.card.versions.exclude(pk=version.pk),
            "open_verbs": [(verb, self.verb_url(version, verb)) for verb in open_verbs],
            "writable": version.editable and may(request.user, "change", version),
        }


def _approved_before(version):
    """The version that was approved last before this one, or None."""
    earlier = version.card.versions.filter(state__in=CardVersion.FROZEN, number__lt=version.number)
    return for_reading(earlier).order_by("number").last()


@admin.register(Card)
class CardAdmin(VerbsOnlyAdmin):
    """Which product has a card, and how far it is."""

    empty_note = gettext_lazy("Written by merchants in their portal, once a product is there.")
    list_display = ["product", "merchant", "newest_state", "approved"]
    list_filter = [
        ("product__merchant", AutocompleteSelectFilter),
        ("product__category", AutocompleteSelectFilter),
    ]
    list_select_related = ["product__merchant"]
    search_fields = ["product__search__tokens"]
    search_help_text = gettext_lazy("Product name, pinyin initials or code")
    fields = ["product", "merchant", "versions"]
    readonly_fields = ["product", "merchant", "versions"]
    sortable_by: list[str] = []
    verbs: list[Verb] = []

    class Media:
        css = {"all": ["products/card_admin.css"]}

    def get_queryset(self, request):
        newest_first = CardVersion.objects.order_by("-number")
        return super().get_queryset(request).prefetch_related(Prefetch("versions", newest_first))

    @display(description=gettext_lazy("merchant"))
    def merchant(self, card):
        return card.product.merchant

    @display(description=gettext_lazy("newest version"), label=LABELS)
    def newest_state(self, card):
        newest = next(iter(card.versions.all()), None)
        return (newest.state, f"v{newest.number} {newest.get_state_display()}") if newest else None

    @admin.display(description=gettext_lazy("approved version"))
    def approved(self, card):
        found = [version for version in card.versions.all() if version.state == State.APPROVED]
        return _link(found[0]) if found else "-"

    @admin.display(description=gettext_lazy("card versions"))
    def versions(self, card):
        links = [(_link(version), version.get_state_display()) for version in card.versions.all()]
        return format_html_join("", "<p>{} {}</p>", links) or "-"


def _link(version):
    url = reverse("admin:products_cardversion_change", args=[version.pk])
    return format_html('<a class="card-link" href="{}">v{}</a>', url, version.number)
