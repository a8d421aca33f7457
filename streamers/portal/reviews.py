"""What a streamer verifies of a show's products before it, and the words they will speak."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import FormPage, Page
from streamers.actions import cast_review as cast_review_actions
from streamers.actions.preparation import OPEN
from streamers.forms.cast_review import ReviewForm
from streamers.models import CastReview, Script, Show
from streamers.portal.base import StreamerMixin
from streamers.rules.cast_review import Status, reviewers, statuses
from streamers.rules.preparation import for_preparation

TO_DO = (Status.MISSING, Status.STALE, Status.BAD)


class ReviewsMixin(StreamerMixin):
    """The streamer's own shows that are still ahead; another's, or one that is over, is 404."""

    section = "reviews"

    def own_shows(self):
        """The shows ahead in which the streamer is cast."""
        return Show.objects.filter(
            cast__streamer=self.streamer, cast__removed_at=None, state__in=OPEN, ends_at__gte=clock.now()
        ).order_by("starts_at", "id")

    @cached_property
    def show(self):
        """The show of the address, with what its reviews read."""
        found = for_preparation(self.own_shows().filter(pk=self.kwargs["pk"]))
        if not found:
            raise Http404
        return found[0]

    def asked(self, show):
        """Whether the streamer sells in a show, and so has to know its goods."""
        return any(row.streamer_id == self.streamer.pk for row in reviewers(show))

    def lines(self, show):
        """How the streamer's reviews of a show stand, product by product."""
        return statuses(show, self.streamer.pk) if self.asked(show) else []


class ReviewsPage(ReviewsMixin, Page):
    """The shows ahead, with how many products are still to be reviewed and whether there is a script."""

    template_name = "streamers/portal/reviews.html"

    def get_context_data(self, **kwargs):
        told = []
        for show in for_preparation(self.own_shows()):
            lines = self.lines(show)
            open_ones = [line for line in lines if line.status in TO_DO]
            scripted = any(row.state == Script.State.APPROVED for row in show.scripts.all())
            told.append((show, len(lines), len(lines) - len(open_ones), scripted))
        return super().get_context_data(shows=told, **kwargs)


class ShowReviewsPage(ReviewsMixin, Page):
    """The products of one show, the open ones first in the order of the run sheet."""

    template_name = "streamers/portal/show_reviews.html"

    def get_context_data(self, **kwargs):
        lines = self.lines(self.show)
        return super().get_context_data(
            show=self.show,
            lines=lines,
            done=sum(line.status not in TO_DO for line in lines),
            next_line=next((line for line in lines if line.status in TO_DO), None),
            **kwargs,
        )


class ReviewPage(ReviewsMixin, FormPage):
    """One product: what the merchant says, aspect by aspect, and the streamer's answers."""

    template_name = "streamers/portal/review.html"
    form_class = ReviewForm

    @cached_property
    def line(self):
        """The product of the address with the review that stands for it."""
        wanted = [line for line in self.lines(self.show) if line.item.product_id == self.kwargs["product"]]
        if not wanted:
            raise Http404
        return wanted[0]

    def get_form(self, form_class=None):
        return ReviewForm(self.line.item, self.request.POST or None)

    def act(self, form):
        review = CastReview(
            show=self.show, streamer=self.streamer, product=self.line.item.product, **form.cleaned_data
        )
        return cast_review_actions.review(review, by=self.request.user, at=clock.now())

    def said(self, result):
        if result.outcome == result.Outcome.BAD:
            return _("Recorded. The agency is told what is not right; the product stays out until it is.")
        return _("Recorded: %(product)s is as told.") % {"product": result.product}

    def get_success_url(self):
        rest = [line for line in self.lines(self.show) if line.status in (Status.MISSING, Status.STALE)]
        later = [line for line in rest if line.item.product_id != self.line.item.product_id]
        if later:
            return reverse("streamer_review", args=[self.show.pk, later[0].item.product_id])
        return reverse("streamer_show_reviews", args=[self.show.pk])

    def get_context_data(self, **kwargs):
        lines = self.lines(self.show)
        place = [line.item.product_id for line in lines].index(self.line.item.product_id) + 1
        return super().get_context_data(
            show=self.show, line=self.line, place=place, count=len(lines), **kwargs
        )


class ScriptPage(ReviewsMixin, Page):
    """The approved scripts of one show, to be read from a phone."""

    template_name = "streamers/portal/show_script.html"

    def get_context_data(self, **kwargs):
        own = Script.objects.filter(show=self.show, state=Script.State.APPROVED).select_related("product")
        scripts = list(own.order_by("product_id", "id"))
        if not scripts:
            raise Http404
        return super().get_context_data(show=self.show, scripts=scripts, **kwargs)
