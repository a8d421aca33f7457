"""The desk where an agent finds an answer: a question pasted, the nearest articles, one click when given."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from aftersales.actions import article as articles
from aftersales.models import ArticleUse, ArticleVersion
from aftersales.rules.suggest import suggest
from mcn.kit import clock


class AnswersMixin:
    """Gives the list of articles the desk, ``answers/``."""

    actions_list = ["answers_page"]

    def get_urls(self):
        answers = self.admin_site.admin_view(self.answers_view)
        return [path("answers/", answers, name="aftersales_article_answers"), *super().get_urls()]

    @action(description=_("Find an answer"), url_path="find")
    def answers_page(self, request):
        """From the list to the desk."""
        return redirect("admin:aftersales_article_answers")

    def answers_view(self, request):
        """What the knowledge base says to a question; giving an answer is counted."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("text", "").strip()[:2_000]
        if request.method == "POST":
            return self._given(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Find an answer"),
            "opts": self.opts,
            "asked": asked,
            "suggestions": suggest(asked, public=False) if asked else [],
        }
        return TemplateResponse(request, "aftersales/admin/answers.html", context)

    def _given(self, request):
        number = request.POST.get("version", "")
        version = ArticleVersion.objects.published().filter(pk=number if number.isdecimal() else 0).first()
        if version is None:
            raise Http404
        articles.use(version, ArticleUse.Kind.GIVEN, by=request.user, at=clock.now())
        self.message_user(request, gettext("Counted as given: %(answer)s") % {"answer": version})
        return redirect(request.get_full_path())
