"""The question bank."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.privacy import ConcealedJSONField, ConcealedTextField
from mcn.kit.records import Record
from streamers.models.course import Course

MOST_OPTIONS = 8
LONGEST_OPTION = 300


class Question(Record):
    """One version of a question of a course; a change makes the next version, exams keep what they drew."""

    class Kind(models.TextChoices):
        SINGLE = "single", gettext_lazy("one right answer")
        MULTIPLE = "multiple", gettext_lazy("several right answers")
        TRUE_FALSE = "true_false", gettext_lazy("true or false")

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="questions", verbose_name=gettext_lazy("course")
    )
    code = models.SlugField(gettext_lazy("question code"), max_length=20, blank=True, editable=False)
    number = models.PositiveSmallIntegerField(gettext_lazy("version"), default=1, editable=False)
    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=Kind, default=Kind.SINGLE)
    text = models.TextField(gettext_lazy("question"), max_length=1000)
    # A list of {"text": ..., "right": ...}, in the order in which they are asked.
    options = ConcealedJSONField(gettext_lazy("answers"), default=list)
    explanation = ConcealedTextField(gettext_lazy("explanation"), max_length=1000, blank=True)
    clause = models.CharField(gettext_lazy("clause"), max_length=60, blank=True)
    superseded_at = models.DateTimeField(gettext_lazy("superseded at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = gettext_lazy("question")
        verbose_name_plural = gettext_lazy("question bank")
        ordering = ["course", "code", "-number"]
        default_permissions = ["add", "change", "view"]
        permissions = [("end_question", gettext_lazy("Can take a question out of the bank"))]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "code", "number"],
                name="question_version_once",
                violation_error_message=gettext_lazy("This version is there already."),
            ),
            models.UniqueConstraint(
                fields=["course", "code"],
                condition=Q(superseded_at=None),
                name="one_question_version_stands",
                violation_error_message=gettext_lazy("Another version of this question stands."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.text[:40]}"

    def clean(self):
        self.text = self.text.strip()
        said = self._wrong_with_options()
        if said:
            raise ValidationError({"options": said})

    def _wrong_with_options(self):
        shaped = isinstance(self.options, list) and all(
            isinstance(option, dict)
            and option.keys() == {"text", "right"}
            and isinstance(option["text"], str)
            and isinstance(option["right"], bool)
            for option in self.options
        )
        if not shaped:
            return _("Each answer is a text and whether it is right.")
        texts = [option["text"].strip() for option in self.options]
        right = sum(option["right"] for option in self.options)
        if not 2 <= len(texts) <= MOST_OPTIONS:
            return _("Give 2 to %(most)s answers.") % {"most": MOST_OPTIONS}
        if any(not text or len(text) > LONGEST_OPTION for text in texts):
            return _("An answer has 1 to %(longest)s characters.") % {"longest": LONGEST_OPTION}
        if len(set(texts)) != len(texts):
            return _("Two answers are the same.")
        if self.kind == self.Kind.TRUE_FALSE and len(texts) != 2:
            return _("True or false has two answers.")
        if self.kind == self.Kind.MULTIPLE and right < 2:
            return _("Mark at least two answers as right.")
        if self.kind != self.Kind.MULTIPLE and right != 1:
            return _("Mark exactly one answer as right.")
        return ""

    def as_drawn(self):
        """What an exam keeps of it."""
        return {
            "question": self.pk,
            "code": self.code,
            "number": self.number,
            "kind": self.kind,
            "text": self.text,
            "options": self.options,
            "explanation": self.explanation,
            "clause": self.clause,
        }
