"""The pages that a consumer reaches by a link: a review of one service, a survey after one matter."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from aftersales.actions import review as review_actions
from aftersales.actions import review_link as review_links
from aftersales.actions import survey as survey_actions
from aftersales.forms.review import ReviewForm, SurveyForm
from aftersales.rules.review import dimensions
from mcn.kit import clock
from streamers.portal.links import LinkPage


class FeedbackPage(LinkPage):
    """A page that takes one answer; a second look tells who answered already that it was received."""

    done = _("Received. Thank you.")

    def get_success_url(self):
        return reverse("feedback_received")

    def answer(self, request, *args, **kwargs):
        if self.row is not None and self.is_given():
            return redirect("feedback_received")
        return super().answer(request, *args, **kwargs)

    def is_given(self):
        """Whether it was answered already."""
        raise NotImplementedError


class ReviewPage(FeedbackPage):
    """Stars by dimension, and words; anonymous unless a name is given."""

    template_name = "aftersales/portal/review.html"
    form_class = ReviewForm
    attempts = "reviews"

    def find(self, token):
        return review_links.begun(token)

    def is_open(self):
        return True

    def is_given(self):
        return review_links.is_given(self.row)

    def get_form_kwargs(self):
        asked = dimensions(self.row.service, clock.today())
        return super().get_form_kwargs() | {"instance": self.row, "dimensions": asked}

    def act(self, form):
        self.count()
        review = form.instance
        review.anonymous = not review.author
        return review_actions.give(review, form.stars(), at=clock.now())

    def get_context_data(self, **kwargs):
        return super().get_context_data(review=self.row, **kwargs)


class SurveyPage(FeedbackPage):
    """The questions of a survey, once."""

    template_name = "aftersales/portal/survey.html"
    form_class = SurveyForm
    attempts = "surveys"

    def find(self, token):
        return survey_actions.find(token)

    def is_open(self):
        return survey_actions.is_open(self.row, clock.now())

    def is_given(self):
        return self.row.answered_at is not None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"questions": list(self.row.survey.questions.all())}

    def act(self, form):
        self.count()
        return survey_actions.answer(self.row, form.said(), at=clock.now())

    def get_context_data(self, **kwargs):
        return super().get_context_data(survey=self.row.survey, **kwargs)

    def get_success_url(self):
        """Thanks; after a matter about an order that was received, with the way to review the order."""
        order = getattr(self.row.matter, "order", None)
        token = review_links.token_after(order) if order else ""
        return f"{super().get_success_url()}?review={token}" if token else super().get_success_url()


class ReceivedPage(TemplateView):
    """Thanks, what becomes of it, and the review that may still be written."""

    template_name = "aftersales/portal/received.html"

    def get_context_data(self, **kwargs):
        token = self.request.GET.get("review", "")
        review = review_links.begun(token)
        wanted = review is not None and not review_links.is_given(review)
        link = reverse("review", args=[token]) if wanted else ""
        return super().get_context_data(review=link, **kwargs)
