"""What somebody said in public about the agency, its streamers or what they sell."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.about import About
from aftersales.models.lexicon import Sentiment
from aftersales.models.outlet import Outlet
from mcn.kit.clock import business_day
from mcn.kit.fields import ActorField
from mcn.kit.identity import normalise
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField
from mcn.kit.search import SearchField, TokenIndex
from mcn.kit.visibility import VisibleQuerySet


class Mention(About):
    """One post, comment, video or article; how it sounds is judged on arrival and mended by people."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("mention", "new")
        FOLLOWED = "followed", pgettext_lazy("mention", "followed up")
        SET_ASIDE = "set_aside", pgettext_lazy("mention", "set aside")

    class Source(models.TextChoices):
        HAND = "hand", _("entered by hand")
        SHEET = "sheet", _("by spreadsheet")
        PROGRAM = "program", _("by a program")

    MOVES = Moves(
        follow=([State.NEW, State.SET_ASIDE], State.FOLLOWED),
        set_aside=([State.NEW], State.SET_ASIDE),
    )

    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, related_name="mentions", verbose_name=_("outlet")
    )
    number = models.CharField(
        _("number there"),
        max_length=120,
        help_text=_("What the outlet itself calls it; its address at worst."),
    )
    address = models.CharField(
        _("web address"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    author = EncryptedField(_("who said it"), blank=True, default="")
    text = models.TextField(_("what was said"), max_length=5_000)
    published_at = models.DateTimeField(_("published at"))
    published_on = models.DateField(_("published on"), editable=False)
    reach = models.PositiveIntegerField(
        _("reach"), default=0, help_text=_("Likes, comments and shares together.")
    )
    source = models.CharField(
        _("how it came"), max_length=20, choices=Source, default=Source.HAND, editable=False
    )
    sentiment = models.CharField(
        _("how it sounds"), max_length=20, choices=Sentiment, default=Sentiment.NEUTRAL, editable=False
    )
    heard = models.CharField(
        _("as the lexicon heard it"),
        max_length=20,
        choices=Sentiment,
        default=Sentiment.NEUTRAL,
        editable=False,
        help_text=_("Kept beside what a person says, so that the accuracy can be told."),
    )
    points = models.DecimalField(
        _("points of the words"), max_digits=6, decimal_places=1, default=0, editable=False
    )
    words = models.JSONField(_("words found"), default=list, blank=True, editable=False)
    alarms = models.JSONField(_("alarming words"), default=list, blank=True, editable=False)
    alarming = models.BooleanField(_("has an alarming word"), default=False, editable=False)
    lexicon = models.CharField(_("version of the lexicon"), max_length=16, blank=True, editable=False)
    judged_by = ActorField(_("judged by"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.NEW, editable=False)
    case = models.ForeignKey(
        "aftersales.OpinionCase",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="mentions",
        verbose_name=_("case"),
    )
    search = SearchField(_("search"), sources=["text"])

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("follow_mention", _("Can put a mention into a case")),
            ("set_aside_mention", _("Can set a mention aside")),
            ("judge_mention", _("Can say how a mention really sounds")),
            ("reveal_mention", _("Can see in clear who said something in public")),
        ]
        indexes = [
            TokenIndex(name="mention_search"),
            models.Index(fields=["published_at", "sentiment"], name="mention_by_moment"),
            models.Index(fields=["state", "-id"], name="mention_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["outlet", "number"],
                name="mention_once",
                violation_error_message=_("This mention is there already."),
            ),
            models.CheckConstraint(
                condition=Q(state="followed", case__isnull=False) | ~Q(state="followed") & Q(case=None),
                name="followed_mention_has_a_case",
                violation_error_message=_("A mention that is followed up belongs to a case."),
            ),
        ]

    def __str__(self):
        return f"{self.outlet} {self.published_on:%Y-%m-%d} {self.text[:20]}"

    def clean(self):
        super().clean()
        self.number, self.author = normalise(self.number), normalise(self.author)
        if self.published_at:
            self.published_on = business_day(self.published_at)
