"""In which fields a streamer speaks, the papers that let them, and whom the papers were reported to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.agency.models import Platform
from mcn.evidence.models import Credential, DocumentField
from mcn.kit.identity import normalise
from mcn.kit.records import Record
from merchants.models import Profession
from streamers.models.credential import StreamerCredential
from streamers.models.owned import OwnedQuerySet
from streamers.models.streamer import Streamer


class Specialism(Record):
    """A field in which a streamer speaks to buyers, until they give it up; it asks for a qualification."""

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="specialisms", verbose_name=_("streamer")
    )
    field = models.CharField(_("field of work"), max_length=20, choices=Profession)
    ended_on = models.DateField(_("given up on"), null=True, blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("field of work")
        verbose_name_plural = _("fields of work")
        ordering = ["streamer", "id"]
        default_permissions = ["add", "view"]
        permissions = [("give_up_specialism", _("Can note that a streamer gave up a field"))]
        constraints = [
            models.UniqueConstraint(
                fields=["streamer", "field"],
                condition=models.Q(ended_on=None),
                name="specialism_once",
                violation_error_message=_("The streamer works in this field already."),
            )
        ]

    def __str__(self):
        return self.get_field_display()


class Qualification(StreamerCredential):
    """A licence to practise in a field (law, medicine, securities ...), held by one streamer."""

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="qualifications", verbose_name=_("streamer")
    )
    field = models.CharField(_("field of work"), max_length=20, choices=Profession)
    name = models.CharField(_("qualification"), max_length=80, help_text=_("As the paper calls it."))

    class Meta(Credential.Meta):
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("verify_qualification", _("Can verify a streamer's qualification")),
            ("report_qualification", _("Can record that a qualification was reported to a platform")),
            ("withdraw_qualification", _("Can withdraw a streamer's qualification")),
        ]
        indexes = [models.Index(fields=["valid_to"], name="qualification_expiry")]
        constraints = [
            *Credential.Meta.constraints,
            models.UniqueConstraint(
                fields=["streamer", "field", "number", "valid_from"],
                name="qualification_once",
                violation_error_message=_("This qualification is there already: add a new file to it."),
            ),
        ]

    def __str__(self):
        return f"{self.get_field_display()} {self.number}"

    def clean(self):
        self.name = normalise(self.name)
        super().clean()

    @property
    def told(self):
        return [self.field, self.name]

    def platforms_told(self, on):
        """The ids of the platforms that had been told of it by a day; reads prefetched reports."""
        return {row.platform_id for row in self.reports.all() if row.reported_on <= on}


class QualificationReportQuerySet(OwnedQuerySet):
    """Reports are seen by who sees the qualification's streamer."""

    owner = "qualification__streamer"


class QualificationReport(Record):
    """That a platform was told of a qualification: on which day, with what receipt. It stays as it is."""

    qualification = models.ForeignKey(
        Qualification, on_delete=models.PROTECT, related_name="reports", verbose_name=_("qualification")
    )
    platform = models.ForeignKey(
        Platform, on_delete=models.PROTECT, related_name="+", verbose_name=_("platform")
    )
    reported_on = models.DateField(_("reported on"))
    receipt = models.CharField(
        _("platform's receipt"),
        max_length=80,
        blank=True,
        help_text=_("The platform's own number or answer."),
    )
    document = DocumentField(_("files"))

    objects = QualificationReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report to a platform")
        verbose_name_plural = _("reports to platforms")
        ordering = ["-reported_on", "-id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "platform", "reported_on"],
                name="reported_once_a_day",
                violation_error_message=_("This report is there already."),
            )
        ]

    def __str__(self):
        return f"{self.platform} {self.reported_on:%Y-%m-%d}"

    @property
    def streamer_id(self):
        """Whose report it is."""
        return self.qualification.streamer_id
