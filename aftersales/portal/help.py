"""The help centre: answers to read without an account, and the way to a person where none fits."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from aftersales.actions import article as articles
from aftersales.actions import inquiry as inquiries
from aftersales.actions.clock import until
from aftersales.forms.inquiry import AgainForm, AskForm, TrackForm
from aftersales.models import ArticleUse, ArticleVersion, Inquiry, Topic
from aftersales.rules.inquiry import find, tracking_code
from aftersales.rules.service_channel import channels_on
from aftersales.rules.suggest import suggest
from mcn.kit import clock
from mcn.kit.attempts import count_attempt, count_number
from mcn.kit.portal import OpenFormPage
from mcn.kit.refusal import Refused

SALT = "inquiry"
SEARCHES, VOTES, QUESTIONS, LOOKS, OF_ONE_NUMBER = 120, 30, 10, 30, 10
# A page with somebody's question is kept by no cache and found by no search engine.
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"}


def too_many():
    """What a visitor reads who comes too often."""
    return _("Too many attempts came from here. Please try again in an hour.")


class HelpPage(TemplateView):
    """Answers by topic; a question finds the nearest ones."""

    template_name = "aftersales/portal/help.html"

    def get(self, request, *args, **kwargs):
        self.asked = request.GET.get("q", "").strip()[:200]
        try:
            if self.asked:
                count_attempt(request, "help_search", SEARCHES, too_many())
        except Refused as no:
            messages.error(request, str(no))
            self.asked = ""
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        found = suggest(self.asked, public=True, most=10) if self.asked else []
        shown = {"asked": self.asked, "found": found, "topics": self.topics()}
        channels = [row for row in channels_on(clock.today()) if row.reach]
        return super().get_context_data(channels=channels, **shown, **kwargs)

    def topics(self):
        """Each topic that has an answer, with its answers."""
        by_topic = {}
        rows = ArticleVersion.objects.public().only("title", "article__code", "article__topic")
        for row in rows.order_by("article__code"):
            by_topic.setdefault(row.article.topic, []).append(row)
        return [(label, by_topic[value]) for value, label in Topic.choices if value in by_topic]


class AnswerPage(TemplateView):
    """One answer, and whether it helped."""

    template_name = "aftersales/portal/answer.html"

    @cached_property
    def version(self):
        return get_object_or_404(ArticleVersion.objects.public(), article__code=self.kwargs["code"])

    def get_context_data(self, **kwargs):
        others = ArticleVersion.objects.public().filter(article__topic=self.version.article.topic)
        return super().get_context_data(
            version=self.version, others=others.exclude(pk=self.version.pk)[:5], **kwargs
        )

    def post(self, request, code):
        """Count whether it helped; who says no is led to a person."""
        helped = request.POST.get("helped") == "yes"
        kind = ArticleUse.Kind.HELPFUL if helped else ArticleUse.Kind.UNHELPFUL
        try:
            count_attempt(request, "help_vote", VOTES, too_many())
            articles.use(self.version, kind, by=None, at=clock.now())
        except Refused as no:
            messages.error(request, str(no))
            return redirect(request.path)
        if helped:
            messages.success(request, _("Thank you, we are glad that it helped."))
            return redirect(request.path)
        messages.info(request, _("Thank you. Tell us what is still open, and a person answers."))
        return redirect(f"{reverse('help_ask')}?about={code}")


def token_of(inquiry):
    """What leads to the page of a question; it cannot be guessed."""
    return signing.dumps(inquiry.pk, salt=SALT)


class AskPage(OpenFormPage):
    """Hands the buyer over to a person, and says by when the answer comes."""

    form_class = AskForm
    template_name = "aftersales/portal/ask.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Inquiry(channel=Inquiry.Channel.HELP)}

    def get_initial(self):
        about = (
            ArticleVersion.objects.public().filter(article__code=self.request.GET.get("about", "")).first()
        )
        text = self.request.GET.get("q", "")[:200]
        return {"text": _("About “%(title)s”: ") % {"title": about.title} if about else text}

    def get_context_data(self, **kwargs):
        return super().get_context_data(due_at=until(inquiries.STEP, at=clock.now()), **kwargs)

    def act(self, form):
        count_attempt(self.request, "help_ask", QUESTIONS, too_many())
        self.inquiry = inquiries.ask(form.instance, by=None, at=clock.now())
        return self.inquiry

    def said(self, result):
        return _("Your question was received. Keep the number and the code: with them you find the answer.")

    def get_success_url(self):
        return reverse("help_question", args=[token_of(self.inquiry)])


class TrackPage(OpenFormPage):
    """From the number and the code to the page of a question; what is wrong of both is not said."""

    form_class = TrackForm
    template_name = "aftersales/portal/track.html"
    done = gettext_lazy("Found: here is how it stands.")

    def act(self, form):
        count_attempt(self.request, "help_track", LOOKS, too_many())
        count_number("help", form.cleaned_data["number"], OF_ONE_NUMBER, too_many())
        self.inquiry = find(form.cleaned_data["number"], form.cleaned_data["code"])
        if self.inquiry is None:
            raise ValidationError(_("Number and code do not belong together. Please look at both again."))
        return self.inquiry

    def get_success_url(self):
        return reverse("help_question", args=[token_of(self.inquiry)])


class QuestionMixin:
    """The question of a signed link; anything else leads nowhere."""

    def dispatch(self, request, *args, **kwargs):
        try:
            number = signing.loads(kwargs["token"], salt=SALT)
        except signing.BadSignature as error:
            raise Http404 from error
        self.inquiry = get_object_or_404(
            Inquiry.objects.select_related("article_version__article"), pk=number
        )
        answer = super().dispatch(request, *args, **kwargs)
        for name, value in PRIVATE.items():
            answer.headers[name] = value
        return answer

    def get_success_url(self):
        return reverse("help_question", args=[self.kwargs["token"]])


class QuestionPage(QuestionMixin, OpenFormPage):
    """A question with its answer or the moment until which it comes, and room to ask again."""

    form_class = AgainForm
    template_name = "aftersales/portal/question.html"
    done = gettext_lazy("Your further question was received.")

    def act(self, form):
        count_attempt(self.request, "help_ask", QUESTIONS, too_many())
        return inquiries.ask_again(self.inquiry, by=None, at=clock.now(), **form.cleaned_data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            inquiry=self.inquiry,
            code=tracking_code(self.inquiry),
            late=self.inquiry.state == Inquiry.State.WAITING and self.inquiry.due_at < clock.now(),
            **kwargs,
        )


class SettledPage(QuestionMixin, View):
    """The buyer says that all is answered."""

    http_method_names = ["post"]

    def post(self, request, token):
        try:
            inquiries.close(self.inquiry, by=None, at=clock.now(), note=_("settled, says the buyer"))
        except Refused as no:
            messages.error(request, str(no))
        else:
            messages.success(request, _("Thank you. The question is closed."))
        return redirect(self.get_success_url())
