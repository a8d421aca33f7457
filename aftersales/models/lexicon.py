"""The words by which a text is judged: what is good, what is bad, what turns it round, what is an alarm."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.identity import normalise
from mcn.kit.records import Record
from mcn.kit.visibility import SharedQuerySet


class Sentiment(models.TextChoices):
    """How a text sounds."""

    POSITIVE = "positive", pgettext_lazy("sentiment", "positive")
    NEUTRAL = "neutral", pgettext_lazy("sentiment", "neutral")
    NEGATIVE = "negative", pgettext_lazy("sentiment", "negative")


class SentimentWordQuerySet(SharedQuerySet):
    """Words with the days on which they count."""

    def in_force(self, on):
        """Those that count on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class SentimentWord(Record):
    """One word of the lexicon with its part in a sentence, its weight, and the days on which it counts."""

    class Kind(models.TextChoices):
        POSITIVE = "positive", _("praises")
        NEGATIVE = "negative", _("blames")
        NEGATION = "negation", _("turns round what follows")
        STRONG = "strong", _("makes stronger")
        WEAK = "weak", _("makes weaker")
        TURN = "turn", _("what follows counts more")
        NEITHER = "neither", _("says nothing although it looks so")
        ALARM = "alarm", _("raises an alarm")

    word = models.CharField(_("word"), max_length=20)
    kind = models.CharField(_("part in a sentence"), max_length=20, choices=Kind)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=2, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    valid_from = models.DateField(_("counts from"))
    valid_to = models.DateField(_("counts until"), null=True, blank=True, help_text=_("Inclusive."))
    source = models.CharField(_("source"), max_length=100, blank=True)

    objects = SentimentWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of the lexicon")
        verbose_name_plural = _("words of the lexicon")
        ordering = ["kind", "word", "valid_from"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["word", "valid_from"],
                name="sentiment_word_once",
                violation_error_message=_("This word is there already from that day."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="sentiment_word_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]

    def __str__(self):
        return self.word

    def clean(self):
        self.word = normalise(self.word).lower()
        if any(mark.isspace() for mark in self.word):
            raise ValidationError({"word": _("A word has no spaces.")})
