"""What the knowledge base and buyers' questions put on a person's start page."""

from django.utils.translation import gettext as _

from aftersales.models import Article, ArticleVersion, Inquiry
from mcn.kit.start import EXPIRES, WAITS, left, pile, waited


def work(user, on):
    """Answers to approve, questions to answer, and answers that are to be looked at again."""
    if user.has_perm("aftersales.approve_articleversion"):
        waiting = ArticleVersion.objects.filter(state=ArticleVersion.State.SUBMITTED)
        waiting = waiting.exclude(submitted_by=user).exclude(written_by=user)
        yield pile(
            WAITS,
            _("Answers of the knowledge base to approve"),
            waiting.select_related("article").order_by("submitted_at", "id"),
            "state__exact=submitted",
            lambda version: (version.title, waited(version.submitted_at, on)),
        )
    if user.has_perm("aftersales.answer_inquiry"):
        yield pile(
            WAITS,
            _("Buyers' questions to answer"),
            Inquiry.objects.filter(state=Inquiry.State.WAITING).order_by("due_at", "id"),
            "state__exact=waiting",
            lambda inquiry: (f"{inquiry.code} · {inquiry.get_topic_display()}", waited(inquiry.asked_at, on)),
        )
    if user.has_perm("aftersales.confirm_article"):
        yield pile(
            EXPIRES,
            _("Answers to be looked at again"),
            Article.objects.filter(review_on__lte=on).order_by("review_on", "id"),
            f"review_on_to={on:%Y-%m-%d}",
            lambda article: (article.name, left(article.review_on, on)),
        )
