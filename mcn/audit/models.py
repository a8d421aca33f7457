"""The audit trail: entries as they happen, sealed into blocks that hash them and the block before."""

import json

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One change of one row: who, what, when, old and new values, and why."""

    at = models.DateTimeField(_("at"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Empty for the system itself."),
    )
    verb = models.CharField(_("verb"), max_length=40)
    model = models.CharField(_("model"), max_length=60)
    row = models.CharField(_("row"), max_length=40)
    label = models.CharField(_("label"), max_length=200, blank=True)
    changes = models.TextField(
        _("changes"), default="{}", help_text=_("Canonical JSON: field -> [old, new].")
    )
    why = models.TextField(_("why"), blank=True)
    request_id = models.CharField(_("request"), max_length=40, blank=True)
    mark = models.CharField(
        _("mark of the product"),
        max_length=96,
        blank=True,
        help_text=_("Keyed hash of the entry: the database alone cannot make one."),
    )

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-id"]
        indexes = [models.Index(fields=["model", "row", "-id"], name="entry_of_a_row")]
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.verb} {self.model} {self.row}"

    @property
    def diff(self):
        """The changes as ``{field: [old, new]}``."""
        return json.loads(self.changes)


class Block(models.Model):
    """A run of entries sealed together: the hash of each, and the hash of all with the block before."""

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    sealed_at = models.DateTimeField(_("sealed at"))
    leaves = models.TextField(_("leaves"), help_text=_("Lines of entry id and SHA-256, in order."))
    previous = models.CharField(_("previous digest"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("audit block")
        verbose_name_plural = _("audit blocks")
        ordering = ["number"]
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.number} {self.digest[:12]}"


class Sealed(models.Model):
    """That an entry stands in a block: what is not here still waits for its seal."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="sealed")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sealed entry")
        verbose_name_plural = _("sealed entries")
        default_permissions = []

    def __str__(self):
        return f"{self.entry_id} in {self.block_id}"
