"""The terms as staff keep them, and the versions in which they have stood."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.claims.contexts import EXCUSES
from mcn.claims.excuses import Outcome
from mcn.claims.terms import Regime, TermRow, parts_of, variants
from mcn.kit.records import Record

REGIME_LABELS = {
    Regime.GENERAL: _("goods without rules of their own"),
    Regime.ORDINARY_FOOD: _("ordinary food"),
    Regime.HEALTH_FOOD: _("health food"),
    Regime.INFANT_FOOD: _("infant food"),
    Regime.COSMETICS: _("ordinary cosmetics"),
    Regime.SPECIAL_COSMETICS: _("special cosmetics"),
    Regime.MEDICAL_DEVICE: _("medical devices"),
    Regime.DRUG: _("drugs"),
    Regime.DISINFECTANT: _("disinfectants"),
    Regime.MEDICAL_FOOD: _("food for special medical purposes"),
    Regime.MEDICAL_SERVICE: _("medical services"),
    Regime.ALCOHOL: _("alcohol"),
    Regime.FINANCE: _("financial products"),
    Regime.EDUCATION: _("education"),
    Regime.AGRI_INPUT: _("agricultural inputs"),
}
EXCUSE_LABELS = {excuse.code: excuse.reason for excuse in EXCUSES}


class Term(Record):
    """One thing that may not be said, or only with evidence, or that is harmless although it looks listed."""

    class Kind(models.TextChoices):
        ABSOLUTE = "absolute", _("absolute claim")
        PRICE = "price", _("price claim")
        SCARCITY = "scarcity", _("scarcity and urgency")
        DISEASE = "disease", _("disease and treatment")
        HEALTH = "health", _("health function")
        WEIGHT = "weight", _("weight loss")
        GUARANTEE = "guarantee", _("guarantee of effect or safety")
        HEALTH_FOOD = "health_food", _("health food")
        INFANT = "infant", _("infants and breast milk")
        COSMETICS = "cosmetics", _("cosmetic effect")
        DISINFECTANT = "disinfectant", _("disinfection")
        DEVICE = "device", _("drug and device advertising")
        CITATION = "citation", _("data, tests and honours cited")
        PATENT = "patent", _("patent")
        STATE = "state", _("state, army and flag")
        SUPERSTITION = "superstition", _("superstition")
        DISCRIMINATION = "discrimination", _("discrimination")
        VULGAR = "vulgar", _("vulgar language")
        VIOLENCE = "violence", _("violence, gambling and contraband")
        POLITICS = "politics", _("politics")
        RUMOUR = "rumour", _("rumour and hype")
        TRAFFIC = "traffic", _("faked traffic")
        REVIEWS = "reviews", _("faked reviews")
        OFF_PLATFORM = "off_platform", _("deals past the platform")
        FAKE = "fake", _("counterfeit goods")
        CONFUSION = "confusion", _("confusion with others")
        DEFAME = "defame", _("running others down")
        FINANCE = "finance", _("promised returns")
        EDUCATION = "education", _("promised exam results")
        RESULTS = "results", _("promised show results")
        ALCOHOL = "alcohol", _("alcohol")
        TOBACCO = "tobacco", _("tobacco")
        MINORS = "minors", _("minors")
        MISLEADING = "misleading", _("misleading")
        IDIOM = "idiom", _("harmless word")

    class Verdict(models.TextChoices):
        BANNED = Outcome.BANNED.value, _("banned")
        NEEDS_EVIDENCE = Outcome.NEEDS_EVIDENCE.value, _("only with evidence")
        PASS = Outcome.PASS.value, _("harmless")

    text = models.CharField(
        _("term"),
        max_length=200,
        help_text=_(
            "# stands for a number, … for up to six characters, ~ for up to twelve across commas, "
            "[a|b] for either, {病} {瑕} {域} for any word of that class."
        ),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    outcome = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    severity = models.PositiveSmallIntegerField(
        _("severity"), default=2, help_text=_("0 to 3; 3 is the worst.")
    )
    regimes = models.CharField(
        _("counts for"), max_length=200, blank=True, help_text=_("Kinds of goods; none chosen means all.")
    )
    excuses = models.CharField(
        _("excused by"), max_length=200, blank=True, help_text=_("Contexts in which it may be said.")
    )
    clause = models.CharField(_("clause"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    suggestion = models.CharField(_("what to say instead"), max_length=200, blank=True)
    in_use = models.BooleanField(_("in use"), default=True)
    shipped_as = models.CharField(_("digest as shipped"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("claim term")
        verbose_name_plural = _("claim terms")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "regimes"],
                name="term_once_for_its_goods",
                violation_error_message=_("This term is listed already for these goods."),
            ),
            models.CheckConstraint(
                condition=models.Q(severity__lte=3),
                name="severity_from_0_to_3",
                violation_error_message=_("The severity goes from 0 to 3."),
            ),
        ]

    def __str__(self):
        return self.text

    def clean(self):
        """Refuse a term that cannot be looked for, or that would flag a text without saying why."""
        errors = {}
        try:
            for wording in variants(self.text):
                parts_of(wording)
        except ValueError:
            errors["text"] = _(
                "Every wording needs a character that stands for itself, and 500 are the most."
            )
        known: dict[str, list[str]] = {"regimes": list(Regime), "excuses": list(EXCUSE_LABELS)}
        for name, codes in known.items():
            given = getattr(self, name).split()
            if unknown := [code for code in given if code not in codes]:
                errors[name] = _("Unknown: %(codes)s.") % {"codes": " ".join(unknown)}
            setattr(self, name, " ".join(code for code in codes if code in given))
        if self.outcome != self.Verdict.PASS:
            asked = [name for name in ("clause", "reason", "suggestion") if not getattr(self, name)]
            errors |= dict.fromkeys(asked, _("Whoever is stopped by this term has to be told."))
        if errors:
            raise ValidationError(errors)

    def row(self):
        """The term as the scan takes it."""
        return TermRow(
            text=self.text,
            kind=self.kind,
            outcome=Outcome(self.outcome),
            severity=self.severity,
            regimes=frozenset(map(Regime, self.regimes.split())),
            excuses=tuple(self.excuses.split()),
            clause=self.clause,
            source=self.source,
            reason=self.reason,
            suggestion=self.suggestion,
        )


class TermSet(Record):
    """A version of the terms: every scan names the one that it used."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    digest = models.CharField(_("digest"), max_length=64)
    count = models.PositiveIntegerField(_("terms in use"))
    made_at = models.DateTimeField(_("good from"))

    class Meta:
        verbose_name = _("version of the terms")
        verbose_name_plural = _("versions of the terms")
        ordering = ["-number"]
        default_permissions = ["view"]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """How scans name it."""
        return f"{self.number}-{self.digest[:8]}"
