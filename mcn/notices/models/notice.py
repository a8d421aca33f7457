"""What was told, and to whom: the in-app inbox."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.records import Record
from mcn.notices.kinds import choices, kinds


class Notice(Record):
    """Something that people should know, in words that hold no personal data; never changed once told."""

    audited = False  # what it tells of has its own entry

    kind = models.CharField(_("kind"), max_length=40, choices=choices)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(pgettext_lazy("notice", "text"), blank=True)
    url = models.CharField(_("page"), max_length=300, blank=True)
    subject_model = models.CharField(_("about a"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("number of the row"), null=True, blank=True)
    told_at = models.DateTimeField(_("told at"))
    once = models.CharField(
        _("told once as"),
        max_length=120,
        blank=True,
        help_text=_("Told again under the same name it is left alone: a task may run twice."),
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["subject_model", "subject_id", "-id"], name="notice_of_a_row")]
        constraints = [
            models.UniqueConstraint(
                fields=["once"],
                condition=~Q(once=""),
                name="notice_told_once",
                violation_error_message=_("This was told already."),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def urgent(self):
        """Whether it comes at once, also in the quiet hours."""
        return self.kind in kinds() and kinds()[self.kind].urgent


class ReceiptQuerySet(models.QuerySet):
    """Copies of notices: everybody reads their own, and nobody another person's."""

    def visible_to(self, user):
        """One's own."""
        return self.filter(user_id=user.pk)

    def unread(self):
        """Those not opened yet."""
        return self.filter(read_at=None)


class Receipt(Record):
    """A person's copy of a notice: since when it is read, and with which letter it went out."""

    audited = False  # a reader's own mark

    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("notice")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="receipts",
        verbose_name=_("told to"),
    )
    told_at = models.DateTimeField(_("told at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True, editable=False)
    letter = models.ForeignKey(
        "notices.Delivery",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="receipts",
        verbose_name=_("went out with"),
    )

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice in the inbox")
        verbose_name_plural = _("inbox")
        ordering = ["-id"]
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["user", "-id"], name="inbox_of_a_person"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="inbox_unread"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "user"],
                name="receipt_once_a_person",
                violation_error_message=_("This person was told already."),
            )
        ]

    def __str__(self):
        return str(self.notice)

    @property
    def unread(self):
        """Whether it waits to be opened."""
        return self.read_at is None
