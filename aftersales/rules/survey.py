"""What the consumers of a survey said, counted: how many were asked, how many answered, and what."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Avg, Count

from aftersales.models import SurveyAnswer, SurveyQuestion

Kind = SurveyQuestion.Kind
SHOWN_WORDS = 20


@dataclass
class Result:
    """What was said to one question: by how many, the mean of its stars, how often each answer came."""

    question: SurveyQuestion
    answered: int = 0
    mean: Decimal | None = None
    counts: dict = field(default_factory=dict)
    words: list = field(default_factory=list)

    @property
    def bars(self):
        """Each answer with how many gave it and its share in percent."""
        return [
            (label, number, round(100 * number / self.answered) if self.answered else 0)
            for label, number in self.counts.items()
        ]


@dataclass
class Standing:
    """How a survey stands."""

    asked: int
    answered: int
    satisfaction: Decimal | None
    results: list

    @property
    def share(self):
        """How many in a hundred answered."""
        return round(100 * self.answered / self.asked) if self.asked else 0


def standing(survey):
    """How a survey stands, in three queries."""
    told = survey.invitations.aggregate(
        asked=Count("pk"), answered=Count("answered_at"), satisfaction=Avg("satisfaction")
    )
    said = {}
    rows = SurveyAnswer.objects.filter(invitation__survey=survey).order_by("-id")
    for question, stars, words in rows.values_list("question", "stars", "said"):
        said.setdefault(question, []).append((stars, words))
    results = [_result(question, said.get(question.pk, [])) for question in survey.questions.all()]
    return Standing(told["asked"], told["answered"], told["satisfaction"], results)


def _result(question, said):
    result = Result(question, len(said))
    if question.kind == Kind.TEXT:
        result.words = [words for _stars, words in said][:SHOWN_WORDS]
    elif question.kind == Kind.STARS:
        counts = Counter(stars for stars, _words in said)
        result.counts = {"★" * number: counts.get(number, 0) for number in (5, 4, 3, 2, 1)}
        result.mean = round(Decimal(sum(stars for stars, _words in said)) / len(said), 2) if said else None
    else:
        counts = Counter(words for _stars, words in said)
        options = question.choices if question.kind == Kind.CHOICE else ["yes", "no"]
        result.counts = {option: counts.get(option, 0) for option in options}
    return result
