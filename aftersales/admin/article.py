"""The knowledge base: articles with their versions, who approves them, and the desk that finds an answer."""

from django.contrib import admin
from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from aftersales.actions import article as articles
from aftersales.admin.answers import AnswersMixin
from aftersales.models import Article, ArticleUse, ArticleVersion
from aftersales.rules.article import KNOWLEDGE
from mcn.kit import clock
from mcn.kit.admin import (
    ReasonForm,
    RecordAdmin,
    RecordForm,
    RecordTabularInline,
    Verb,
    VerbsOnlyAdmin,
    badge,
)
from mcn.sheets.admin import SheetAdminMixin
from products.rules.card_scan import OUTCOME_LABELS

State = ArticleVersion.State
STATE_LABELS = {
    "draft": "",
    "submitted": "info",
    "returned": "warning",
    "published": "success",
    "superseded": "",
    "retired": "",
}


def _words(name, widget):
    """A field of a version on the form of a new article."""
    column = ArticleVersion._meta.get_field(name)
    return column.formfield(widget=widget)


class NewArticleForm(RecordForm):
    """An article with the words of its first version."""

    title = _words("title", UnfoldAdminTextInputWidget)
    keywords = _words("keywords", UnfoldAdminTextInputWidget)
    answer = _words("answer", UnfoldAdminTextareaWidget(attrs={"rows": 8}))
    internal = _words("internal", UnfoldAdminTextareaWidget(attrs={"rows": 4}))
    basis = _words("basis", UnfoldAdminTextInputWidget)

    class Meta:
        model = Article
        fields = ["name", "topic", "audience", "category", "merchant"]


class VersionInline(RecordTabularInline):
    """The versions of an article, the newest first; each is read and written on its own page."""

    model = ArticleVersion
    fields = ["page", "title", "state", "written_by", "decided_by", "decided_at"]
    readonly_fields = fields
    ordering = ["-number"]
    show_change_link = False
    tab = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("article", "written_by", "decided_by")

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description=_("version"))
    def page(self, version):
        address = reverse("admin:aftersales_articleversion_change", args=[version.pk])
        return format_html('<a href="{}">v{}</a>', address, version.number)


@admin.register(Article)
class ArticleAdmin(SheetAdminMixin, AnswersMixin, RecordAdmin):
    """Questions by subject, with the answer that is given today and whether it helps."""

    sheet_name = "articles"
    list_display = ["code", "name", "topic", "audience", "state_label", "given", "helped", "review_on"]
    list_display_links = ["code", "name"]
    list_filter = [
        ("topic", ChoicesDropdownFilter),
        ("audience", ChoicesDropdownFilter),
        ("category", AutocompleteSelectFilter),
        ("merchant", AutocompleteSelectFilter),
        ("review_on", RangeDateFilter),
    ]
    search_fields = ["search"]
    search_help_text = _("Number or subject; to look through the answers use “Find an answer”.")
    autocomplete_fields = ["category", "merchant"]
    inlines = [VersionInline]
    readonly_fields = ["review_on"]
    verbs = [
        Verb(
            "open_version",
            articles.open_version,
            _("Begin a new version"),
            help=_("It begins with the words of the last one; what is published stays until it is approved."),
            needs="change",
        ),
        Verb(
            "confirm",
            articles.confirm,
            _("It still holds"),
            help=_("Say so after you have looked at the answer; the next look is due after the usual time."),
        ),
    ]

    def get_queryset(self, request):
        newest = ArticleVersion.objects.order_by("-number").only("article", "number", "state")
        used = {
            kind: Count("versions__uses", filter=Q(versions__uses__kind=kind), distinct=True)
            for kind in ArticleUse.Kind.values
        }
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("versions", newest, to_attr="newest"))
            .annotate(**{f"uses_{kind}": count for kind, count in used.items()})
        )

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = NewArticleForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        about = [("name", "topic"), ("audience",), ("category", "merchant")]
        if obj:
            return [(None, {"fields": [*about, "review_on", "opened_version"]})]
        answer = ["title", "keywords", "answer", "internal", "basis"]
        return [(None, {"fields": about}), (_("First version of the answer"), {"fields": answer})]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    @display(description=_("state"), label=STATE_LABELS)
    def state_label(self, article):
        states = [version.state for version in article.newest]
        shown = next((state for state in (State.PUBLISHED, *states) if state in states), State.DRAFT)
        return shown, State(shown).label

    @admin.display(description=_("given by agents"), ordering="uses_given")
    def given(self, article):
        return article.uses_given or "-"

    @admin.display(description=_("helped buyers"))
    def helped(self, article):
        said = article.uses_helpful + article.uses_unhelpful
        return f"{article.uses_helpful} / {said}" if said else "-"

    def open_verbs(self, request, obj):
        """A new version where none is open, a confirmation where one is published."""
        states = set(obj.versions.values_list("state", flat=True))
        fits = {
            "open_version": not states & set(ArticleVersion.OPEN),
            "confirm": State.PUBLISHED in states,
        }
        return [verb for verb in super().open_verbs(request, obj) if fits[verb.name]]

    def save_model(self, request, obj, form, change):
        by, at = request.user, clock.now()
        if change:
            articles.change(obj, by=by, at=at)
        else:
            words = {name: form.cleaned_data[name] for name in ArticleVersion.CONTENT}
            articles.add(obj, words=words, by=by, at=at)


@admin.register(ArticleVersion)
class ArticleVersionAdmin(RecordAdmin):
    """Answers by what waits: written, looked at with what the claim scan found, published or sent back."""

    rulebook = KNOWLEDGE
    list_display = ["article", "number", "title", "state_label", "found", "written_by", "submitted_at"]
    list_display_links = ["article", "title"]
    list_filter = [("state", ChoicesDropdownFilter), ("article__topic", ChoicesDropdownFilter)]
    list_select_related = ["article", "written_by"]
    search_fields = ["article__search"]
    search_help_text = _("Number or subject of the article")
    editable_states = ArticleVersion.EDITABLE
    empty_note = _("Begun with a new article, or on an article's page by “Begin a new version”.")
    readonly_fields = [
        "article",
        "number",
        "found_told",
        "written_by",
        "submitted_by",
        "submitted_at",
        "decided_by",
        "decided_at",
        "comment",
    ]
    fieldsets = [
        (
            None,
            {"fields": [("article", "number"), "title", "keywords", "answer", "internal", "basis"]},
        ),
        (
            _("Decision"),
            {
                "fields": [
                    "found_told",
                    ("written_by", "submitted_by"),
                    ("submitted_at", "decided_at"),
                    "decided_by",
                    "comment",
                ]
            },
        ),
    ]
    verbs = [
        Verb("submit", articles.submit, _("Submit for approval")),
        Verb("withdraw", articles.withdraw, _("Withdraw")),
        Verb("approve", articles.approve, _("Approve and publish")),
        Verb("send_back", articles.send_back, _("Send back"), ReasonForm),
        Verb("retire", articles.retire, _("Take out of use"), ReasonForm, danger=True),
    ]
    state_label = badge("state", _("state"), STATE_LABELS)

    def has_add_permission(self, request):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("words")

    @admin.display(description=_("found by the claim scan"))
    def found(self, version):
        return len(version.hits) or "-"

    @admin.display(description=_("found by the claim scan"))
    def found_told(self, version):
        """Each hit with where it stands and what is wrong with it."""
        if not version.hits:
            return _("nothing found") if version.submitted_at else "-"
        return "；".join(
            f"{ArticleVersion._meta.get_field(hit['place']).verbose_name}“{hit['matched']}”"
            f"（{OUTCOME_LABELS[hit['outcome']]}）：{hit['reason']}"
            for hit in version.hits
        )

    def save_model(self, request, obj, form, change):
        words = {name: getattr(obj, name) for name in form.changed_data if name in ArticleVersion.CONTENT}
        articles.save_draft(obj, words=words, by=request.user, at=clock.now())


@admin.register(ArticleUse)
class ArticleUseAdmin(VerbsOnlyAdmin):
    """Which answers are given, and what buyers say of them."""

    list_display = ["version_used", "kind", "used_at", "used_by"]
    list_filter = [("kind", ChoicesDropdownFilter), ("used_at", RangeDateFilter)]
    list_select_related = ["version_used__article", "used_by"]
    search_fields = ["version_used__article__search"]
    search_help_text = _("Number or subject of the article")
    empty_note = _("Counted when agents give an answer and when buyers say whether it helped.")
    fields = ["version_used", "kind", "used_at", "used_by"]
