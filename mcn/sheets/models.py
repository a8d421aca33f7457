"""Imports as they run: the file that was sent, what became of each row, and the mappings people saved."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from mcn.kit.storage import sealed_storage
from mcn.kit.visibility import VisibleQuerySet
from mcn.sheets.sheet import sheet_named


class UnauditedJSONField(models.JSONField):
    """JSON that is itself a report: the audit trail notes that it was written, not what it says."""

    audited = False

    def validate(self, value, model_instance):
        """Nothing is asked: it was made here, and what JSON has no word for fails as it is written."""


def path_of(job, filename):
    """Uploads lie by their content's hash, never by the name that the sender gave."""
    return f"imports/{job.sha256[:2]}/{job.sha256}"


def faults_path_of(job, filename):
    """Where the error workbook of an import lies."""
    return f"imports/{job.sha256[:2]}/{job.sha256}-errors.xlsx"


class ImportQuerySet(VisibleQuerySet):
    """Imports."""

    def visible_to(self, user):
        """Every import for staff who may view them, else one's own."""
        if user.is_staff and user.has_perm("sheets.view_importjob"):
            return self
        return self.filter(created_by_id=user.pk)


class ImportJob(Record):
    """One file on its way into the data: uploaded, matched, checked, confirmed, reconciled to the cent."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        UNMATCHED = "unmatched", _("columns to be matched")
        PREVIEWING = "previewing", _("being checked")
        PREVIEWED = "previewed", _("checked")
        CONFIRMING = "confirming", _("being imported")
        DONE = "done", _("imported")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    MOVES = Moves(
        check=([State.UPLOADED, State.UNMATCHED, State.PREVIEWED], State.PREVIEWING),
        ask=([State.PREVIEWING], State.UNMATCHED),
        report=([State.PREVIEWING], State.PREVIEWED),
        confirm=([State.PREVIEWED], State.CONFIRMING),
        finish=([State.CONFIRMING], State.DONE),
        fail=([State.UPLOADED, State.PREVIEWING, State.CONFIRMING], State.FAILED),
        cancel=([State.UPLOADED, State.UNMATCHED, State.PREVIEWING, State.PREVIEWED], State.CANCELLED),
    )
    RUNNING = (State.UPLOADED, State.PREVIEWING, State.CONFIRMING)

    sheet = models.SlugField(_("sheet"), max_length=40)
    scope = models.CharField(_("imported into"), max_length=60, blank=True)
    file = models.FileField(_("file"), upload_to=path_of, storage=sealed_storage, max_length=200, blank=True)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.UPLOADED)
    created_by = ActorField(_("uploaded by"))
    confirmed_by = ActorField(_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    format = models.CharField(_("format"), max_length=10, blank=True)
    sheet_title = models.CharField(_("worksheet"), max_length=200, blank=True)
    header_row = models.PositiveIntegerField(_("header row"), default=0)
    titles = UnauditedJSONField(_("column titles"), default=list, blank=True)
    names = models.JSONField(_("columns as matched"), default=list, blank=True)
    matched_by_hand = models.BooleanField(_("matched by hand"), default=False)
    fingerprint = models.CharField(_("fingerprint of the titles"), max_length=64, blank=True)
    skipped = UnauditedJSONField(_("explaining rows left out"), default=list, blank=True)
    warnings = UnauditedJSONField(_("notes"), default=list, blank=True)

    all_or_nothing = models.BooleanField(_("all or nothing"), default=False)
    run = models.PositiveIntegerField(_("pass"), default=0)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    reached_row = models.PositiveIntegerField(_("done up to row"), default=0)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    created = models.PositiveIntegerField(_("new rows"), default=0)
    updated = models.PositiveIntegerField(_("changed rows"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged rows"), default=0)
    refused = models.PositiveIntegerField(_("refused rows"), default=0)
    # Wide enough for a million barcodes in the column of prices: refused rows count too.
    price_sum = models.DecimalField(_("sum of prices"), max_digits=24, decimal_places=2, default=0)
    price_sum_refused = models.DecimalField(
        _("sum of prices in refused rows"), max_digits=24, decimal_places=2, default=0
    )
    reason = models.TextField(_("why it failed"), blank=True)
    faults = models.FileField(
        _("error workbook"), upload_to=faults_path_of, storage=sealed_storage, max_length=200, blank=True
    )

    purged_at = models.DateTimeField(_("files removed after their term at"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        indexes = [
            models.Index(fields=["created_by", "-id"], name="import_of_a_person"),
            models.Index(fields=["state", "-id"], name="import_in_a_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("created") + F("updated") + F("unchanged") + F("refused")),
                name="import_reconciles",
                violation_error_message=_("The rows of the file and what became of them do not add up."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def declared(self):
        """The sheet that the app declares."""
        return sheet_named(self.sheet)

    def gives_files_to(self, user):
        """Whether a person may take its files while they last: private cells stay with whoever sent them."""
        if self.purged_at:
            return False
        private = any(column.private for column in self.declared.columns)
        return not private or (user.pk is not None and self.created_by_id == user.pk)

    @property
    def price_sum_taken(self):
        """The sum of prices in the rows that were not refused."""
        return self.price_sum - self.price_sum_refused

    @property
    def is_running(self):
        """Whether a worker has, or will have, something to do with it."""
        return self.state in self.RUNNING


class ImportPage(Record):
    """What became of one stretch of rows in one pass, each with its reasons; never a private cell."""

    job = models.ForeignKey(
        ImportJob, on_delete=models.PROTECT, related_name="pages", verbose_name=_("import")
    )
    run = models.PositiveIntegerField(_("pass"))
    number = models.PositiveIntegerField(_("page"))
    created = models.PositiveIntegerField(_("new rows"), default=0)
    updated = models.PositiveIntegerField(_("changed rows"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged rows"), default=0)
    refused = models.PositiveIntegerField(_("refused rows"), default=0)
    lines = UnauditedJSONField(_("rows"), default=list, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("page of an import")
        verbose_name_plural = _("pages of imports")
        ordering = ["job", "run", "number"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "run", "number"],
                name="import_page_once",
                violation_error_message=_("This page of the import is there already."),
            )
        ]

    def __str__(self):
        return f"{self.job} {self.number}"


class Mapping(Record):
    """How the columns of files with the same titles are matched, as a person corrected and saved it."""

    sheet = models.SlugField(_("sheet"), max_length=40)
    scope = models.CharField(_("imported into"), max_length=60, blank=True)
    fingerprint = models.CharField(_("fingerprint of the titles"), max_length=64)
    titles = models.JSONField(_("column titles"), default=list)
    names = models.JSONField(_("columns as matched"), default=list)

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "scope", "fingerprint"],
                name="mapping_once_for_the_same_titles",
                violation_error_message=_("A mapping for these titles is there already."),
            )
        ]

    def __str__(self):
        return f"{self.sheet} {self.scope}".strip()
