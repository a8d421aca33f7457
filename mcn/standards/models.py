"""The standards and their clauses, and the inspections that say whether they are met."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.records import Record


class Standard(Record):
    """A document that the agency answers to."""

    class Kind(models.TextChoices):
        LAW = "law", _("law")
        LOCAL = "local_standard", _("local standard")
        GROUP = "group_standard", _("group standard")
        DRAFT = "draft", _("draft standard")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=100)
    number = models.CharField(_("number"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        ordering = ["code"]

    def __str__(self):
        return self.name


ACTORS = {
    "agency": _("agency"),
    "all": _("everybody"),
    "live entity": _("live entity"),
    "marketer": _("marketer"),
    "merchant": _("merchant"),
    "platform": _("platform"),
    "streamer": _("streamer"),
}


class Clause(Record):
    """One clause in our own words: whom it binds, how strictly, and what in the product serves it."""

    class Level(models.TextChoices):
        SHALL = "shall", _("shall")
        SHALL_NOT = "shall not", _("shall not")
        SHOULD = "should", _("should")
        MAY = "may", _("may")

    standard = models.ForeignKey(
        Standard, on_delete=models.PROTECT, related_name="clauses", verbose_name=_("standard")
    )
    place = models.PositiveIntegerField(_("place"), help_text=_("Its order within the standard."))
    code = models.CharField(_("clause"), max_length=20)
    actor = models.CharField(_("binds"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    title = models.CharField(_("title"), max_length=40)
    told = models.TextField(_("what it asks"))
    served_by = models.CharField(_("served by"), max_length=200)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["standard", "place"]
        default_permissions = ["view"]
        permissions = [("attest_clause", _("Can attest how a clause stands"))]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "code"],
                name="clause_once_in_a_standard",
                violation_error_message=_("This clause is in the catalogue already."),
            )
        ]

    def __str__(self):
        return f"{self.standard.code} {self.code} {self.title}"

    @property
    def binds_others(self):
        """Whether it binds the platforms alone, which an agency is not."""
        return self.actor == "platform"

    @property
    def actor_labels(self):
        """Whom it binds, in the reader's language."""
        return "、".join(str(ACTORS[actor]) for actor in self.actor.split("; "))


class Inspection(Record):
    """One stored run of a rulebook over many subjects: a record for reports, never a permit."""

    rulebook = models.CharField(_("rulebook"), max_length=40)
    on = models.DateField(_("for the day"))
    inspected_at = models.DateTimeField(_("inspected at"))
    by = ActorField(_("by"))
    subjects = models.PositiveIntegerField(_("subjects"))

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.rulebook} {self.on:%Y-%m-%d}"


class StoredFinding(Record):
    """A finding of a stored inspection, for the page of its clause."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="findings", verbose_name=_("inspection")
    )
    clause = models.CharField(_("clause"), max_length=40, db_index=True)
    level = models.CharField(_("level"), max_length=10, choices=Clause.Level)
    subject_model = models.CharField(_("subject's model"), max_length=60)
    subject_id = models.PositiveBigIntegerField(_("subject's id"))
    subject_label = models.CharField(_("subject"), max_length=200)
    message = models.TextField(_("message"))
    mend_url = models.CharField(_("where to mend it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["id"]

    def __str__(self):
        return f"{self.clause}: {self.subject_label}"


class Attestation(Record):
    """A person's word on how a clause stands that no check can judge; the newest counts until due."""

    class Outcome(models.TextChoices):
        MET = "met", _("met")
        NOT_MET = "not_met", _("not met")
        NOT_APPLICABLE = "not_applicable", _("does not bind us")

    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, related_name="attestations", verbose_name=_("clause")
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    statement = models.TextField(_("how it is met, or what is missing"))
    document = DocumentField(_("evidence"))
    attested_by = ActorField(_("attested by"))
    attested_on = models.DateField(_("attested on"))
    next_due_on = models.DateField(_("next due on"))

    class Meta:
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")
        ordering = ["-id"]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(next_due_on__gt=models.F("attested_on")),
                name="attestation_due_later",
                violation_error_message=_("The next day due lies after the attestation."),
            )
        ]

    def __str__(self):
        return f"{self.clause}: {self.get_outcome_display()}"
