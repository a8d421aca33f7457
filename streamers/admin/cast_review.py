"""Streamers' own reviews of products: the record, how a show stands, and entering one handed in on paper."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
)
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminTextareaWidget

from mcn.evidence.admin import file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import VerbsOnlyAdmin, badge
from mcn.kit.moves import may
from mcn.kit.refusal import Refused
from streamers.actions import cast_review as cast_review_actions
from streamers.actions.preparation import OPEN
from streamers.admin.show_check import OUTCOME_LABELS, CountsFilter
from streamers.admin.show_page import ShowPageMixin
from streamers.forms.cast_review import ReviewForm
from streamers.models import CastReview, Show
from streamers.rules.cast_review import reviewers, statuses
from streamers.rules.preparation import for_preparation


class PaperReviewForm(ReviewForm):
    """The answers of a streamer as they handed them in, with the paper they signed."""

    radio = UnfoldAdminRadioSelectWidget

    def __init__(self, item, *args, **kwargs):
        super().__init__(item, *args, **kwargs)
        self.fields["note"].widget = UnfoldAdminTextareaWidget(attrs={"rows": 3})
        self.fields["file"] = file_field(label=_("signed review"), required=False)

    def clean(self):
        return super().clean() | {"file": self.cleaned_data.get("file")}


class AheadFilter(DropdownFilter):
    """The reviews of shows that are still made ready."""

    title = gettext_lazy("shows ahead")
    parameter_name = "ahead"

    def lookups(self, request, model_admin):
        return [("now", gettext_lazy("shows ahead"))]

    def queryset(self, request, queryset):
        return queryset.filter(show__state__in=OPEN) if self.value() == "now" else queryset


@admin.register(CastReview)
class CastReviewAdmin(ShowPageMixin, VerbsOnlyAdmin):
    """The append-only record; streamers answer in their portal, staff enter what was signed on paper."""

    empty_note = gettext_lazy("Made by streamers in their portal, before each show.")
    list_display = ["show", "streamer", "product", "outcome_label", "note", "reviewed_at", "counts"]
    list_filter = [
        ("outcome", ChoicesDropdownFilter),
        CountsFilter,
        AheadFilter,
        ("streamer", AutocompleteSelectFilter),
        ("product", AutocompleteSelectFilter),
    ]
    list_select_related = ["show", "streamer", "product"]
    search_fields = ["show__code", "show__title"]
    search_help_text = gettext_lazy("Number or title of the show")
    fields = [
        ("show", "streamer"),
        ("product", "outcome"),
        "answers_told",
        "note",
        "files",
        ("reviewed_by", "reviewed_at"),
        "superseded_at",
    ]
    readonly_fields = ["outcome", "answers_told", "files", "reviewed_by", "reviewed_at", "superseded_at"]
    show_template = "streamers/admin/show_reviews.html"
    show_title = gettext_lazy("Streamers' own product review")
    outcome_label = badge("outcome", gettext_lazy("outcome"), OUTCOME_LABELS)

    def get_urls(self):
        view = self.admin_site.admin_view(self.record_view)
        address = "show/<int:show_id>/<int:streamer_id>/<int:product_id>/"
        return [path(address, view, name="streamers_castreview_record"), *super().get_urls()]

    @admin.display(description=gettext_lazy("answers"))
    def answers_told(self, row):
        outcomes = dict(CastReview.Outcome.choices)
        return "；".join(
            f"{aspect.label}：{outcomes.get(row.answers.get(aspect.value), '—')}" for aspect in row.Aspect
        )

    @admin.display(description=gettext_lazy("signed review"))
    def files(self, row):
        return file_links(row) or "-"

    @admin.display(description=gettext_lazy("still counts"), boolean=True)
    def counts(self, row):
        return row.superseded_at is None

    def show_context(self, request, show):
        cast = reviewers(show)
        found = [statuses(show, row.streamer_id) for row in cast]
        lines = [(cells[0].item, zip(cast, cells, strict=True)) for cells in zip(*found, strict=True)]
        return {"cast": cast, "lines": lines, "may_record": self._may_record(request, show, cast)}

    def _may_record(self, request, show, cast):
        return any(may(request.user, "add", CastReview(show=show, streamer=row.streamer)) for row in cast)

    def record_view(self, request, show_id, streamer_id, product_id):
        """Enter one streamer's answers about one product."""
        get_object_or_404(Show.objects.visible_to(request.user), pk=show_id)
        [show] = for_preparation(Show.objects.filter(pk=show_id))
        item = next((row for row in show.items.all() if row.product_id == product_id), None)
        cast = next((row for row in show.cast.all() if row.streamer_id == streamer_id), None)
        if item is None or cast is None:
            raise Http404
        row = CastReview(show=show, streamer=cast.streamer, product=item.product)
        if not may(request.user, "add", row):
            raise PermissionDenied
        form = PaperReviewForm(item, request.POST or None, request.FILES or None)
        refusal, back = None, reverse("admin:streamers_castreview_show", args=[show.pk])
        if request.method == "POST" and form.is_valid():
            row.answers, row.note = form.cleaned_data["answers"], form.cleaned_data["note"]
            try:
                cast_review_actions.review(row, form.cleaned_data["file"], by=request.user, at=clock.now())
            except Refused as no:
                refusal = no
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                self.message_user(request, _("Recorded: %(row)s") % {"row": row}, messages.SUCCESS)
                return redirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Record a review"),
            "subtitle": str(row),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
            "refusal": refusal,
            "back_url": back,
        }
        template = "streamers/admin/record_review.html"
        return TemplateResponse(request, template, context, status=refusal.status if refusal else 200)
