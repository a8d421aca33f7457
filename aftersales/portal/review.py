"""A merchant's reviews: what consumers say, what waits for an answer, how each dimension stands."""

from django.core.paginator import Paginator
from django.db.models import Avg, Case, Count, IntegerField, Value, When
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from aftersales.actions import review as review_actions
from aftersales.forms.answer import AnswerForm
from aftersales.models import Clock, GoodPractice, Review, ReviewScore
from mcn.kit import clock
from mcn.kit.portal import FormPage, Page
from merchants.portal.base import MerchantMixin

PAGE = 20
WAITING_FIRST = Case(
    When(state=Review.State.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField()
)


class ReviewsPage(MerchantMixin, Page):
    """The ones that wait for an answer first; the mean of each dimension above them."""

    section = "reviews"
    template_name = "aftersales/portal/reviews.html"

    def get_context_data(self, **kwargs):
        own = Review.objects.filter(merchant=self.merchant)
        rows = own.select_related("product", "show").prefetch_related("scores__dimension")
        page = Paginator(rows.order_by(WAITING_FIRST, "-given_at", "-pk"), PAGE).get_page(
            self.request.GET.get("page")
        )
        scores = ReviewScore.objects.filter(review__merchant=self.merchant)
        means = scores.values("dimension__service", "dimension__name").annotate(
            mean=Avg("stars"), number=Count("pk")
        )
        return super().get_context_data(
            page=page,
            told=own.aggregate(number=Count("pk"), mean=Avg("score")),
            means=means.order_by("mean")[:8],
            practices=GoodPractice.objects.visible_to(self.request.user).order_by("-published_at")[:5],
            may_answer="aftersales.answer_review" in self.allowed,
            **kwargs,
        )


class AnswerPage(MerchantMixin, FormPage):
    """One review with the form of its answer; anybody else's is 404."""

    section = "reviews"
    template_name = "aftersales/portal/review_answer.html"
    form_class = AnswerForm
    done = _("Answered.")

    @cached_property
    def review(self):
        own = Review.objects.filter(merchant=self.merchant).prefetch_related("scores__dimension")
        return get_object_or_404(own.select_related("product"), pk=self.kwargs["pk"])

    def act(self, form):
        return review_actions.answer(self.review, **form.cleaned_data, by=self.request.user, at=clock.now())

    def get_success_url(self):
        return reverse("portal_reviews", args=[self.merchant.code])

    def get_context_data(self, **kwargs):
        due = Clock.objects.of(self.review).open().first()
        shown = {
            "review": self.review,
            "due_at": due and due.due_at,
            "may_answer": "aftersales.answer_review" in self.allowed and self.review.state != "answered",
        }
        return super().get_context_data(**shown | kwargs)


class PracticePage(MerchantMixin, Page):
    """One good practice, as the agency shares it."""

    section = "reviews"
    template_name = "aftersales/portal/practice.html"

    def get_context_data(self, **kwargs):
        shared = GoodPractice.objects.visible_to(self.request.user)
        return super().get_context_data(practice=get_object_or_404(shared, pk=self.kwargs["pk"]), **kwargs)
