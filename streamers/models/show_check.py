"""What is looked through before a show: venue, words, set, goods and people as viewers will see them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField, Verification
from mcn.kit.fields import ActorField
from mcn.kit.records import Record
from streamers.models.show import Show


class ShowCheck(Record):
    """One item of a show looked at; it remembers a digest of what it saw, a later one supersedes it."""

    Outcome = Verification.Outcome

    class Item(models.TextChoices):
        VENUE = "venue", _("venue")
        TITLE = "title", _("titles of show and room")
        COVER = "cover", _("cover")
        SET = "set", pgettext_lazy("show", "set")
        PROPS = "props", _("props")
        DISPLAY = "display", _("goods on display")
        LINKS = "links", _("product links")
        CLOTHING = "clothing", _("clothing")
        EQUIPMENT = "equipment", _("sound, picture and power equipment")

    # Every show has these; cover, set and props may be none.
    ALWAYS = frozenset({Item.VENUE, Item.TITLE, Item.DISPLAY, Item.LINKS, Item.CLOTHING, Item.EQUIPMENT})

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="checks", verbose_name=_("show"))
    item = models.CharField(_("item"), max_length=20, choices=Item)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Verification.Outcome)
    note = models.CharField(_("note"), max_length=500, blank=True)
    document = DocumentField(_("evidence"))
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    checked_by = ActorField(_("looked through by"))
    checked_at = models.DateTimeField(_("looked through at"), editable=False)
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("check before a show")
        verbose_name_plural = _("checks before shows")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "item"],
                condition=Q(superseded_at=None),
                name="one_check_of_an_item_stands",
                violation_error_message=_("Another check of this item was recorded at the same moment."),
            )
        ]

    def __str__(self):
        return f"{self.show.code} {self.get_item_display()}"
