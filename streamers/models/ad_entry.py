"""The register of advertisements: for every product that a show advertises, who answers for what."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.identity import normalise
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from mcn.kit.visibility import VisibleQuerySet
from products.models import CardVersion
from streamers.models.run_sheet import RunItem
from streamers.models.show import Show


class AdEntry(Record):
    """One product of one show as an advertisement: accepted, reviewed by another, kept after the show."""

    class State(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("advertisement", "accepted, waiting for review")
        REVIEWED = "reviewed", pgettext_lazy("advertisement", "reviewed")
        REFUSED = "refused", pgettext_lazy("advertisement", "refused")
        EXEMPT = "exempt", _("no commercial advertisement")
        ARCHIVED = "archived", _("archived")

    MOVES = Moves(
        review=([State.ACCEPTED], State.REVIEWED),
        refuse=([State.ACCEPTED], State.REFUSED),
        exempt=([State.ACCEPTED], State.EXEMPT),
        accept=([State.REVIEWED, State.REFUSED, State.EXEMPT], State.ACCEPTED),
        archive=([State.REVIEWED, State.EXEMPT], State.ARCHIVED),
    )
    VERB_LABELS = {
        "register": _("put on the register"),
        "review": pgettext_lazy("advertisement", "reviewed"),
        "exempt": _("found to be no advertisement"),
        "accept": _("accepted anew"),
        "archive": _("archived"),
    }
    # What lets a product be shown.
    SETTLED = [State.REVIEWED, State.EXEMPT, State.ARCHIVED]

    item = models.OneToOneField(
        RunItem, on_delete=models.PROTECT, related_name="ad_entry", verbose_name=_("product on the run sheet")
    )
    show = models.ForeignKey(
        Show, on_delete=models.PROTECT, related_name="ad_entries", verbose_name=_("show")
    )
    product_name = models.CharField(_("product name"), max_length=200)
    card_version = models.ForeignKey(
        CardVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version of the selling-point card"),
    )
    advertiser = models.CharField(_("advertiser"), max_length=300)
    operator = models.CharField(_("advertising operator"), max_length=300)
    publisher = models.CharField(_("advertising publisher"), max_length=1000)
    endorsers = models.CharField(_("endorsers"), max_length=500, blank=True)
    beyond_material = models.BooleanField(
        _("went beyond the merchant's material"),
        default=False,
        editable=False,
        help_text=_("Then the streamers answer as the operator too."),
    )
    # Whose names the texts tell, by their numbers: another cast or operator since is seen at once.
    parties = models.CharField(_("parties"), max_length=200, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ACCEPTED, editable=False)
    accepted_by = ActorField(_("accepted by"))
    accepted_at = models.DateTimeField(_("accepted at"), editable=False)
    reviewed_by = ActorField(_("reviewed by"))
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True, editable=False)
    comment = models.TextField(_("last comment"), blank=True, editable=False)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    purged_at = models.DateTimeField(_("removed after its term at"), null=True, blank=True, editable=False)
    document = DocumentField(_("files"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("advertisement")
        verbose_name_plural = _("register of advertisements")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("review_adentry", _("Can review an advertisement")),
            ("refuse_adentry", _("Can refuse an advertisement")),
            ("exempt_adentry", _("Can find that something is no advertisement")),
            ("accept_adentry", _("Can accept an advertisement anew")),
            ("archive_adentry", _("Can archive an advertisement")),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="ad_entry_by_state")]

    def __str__(self):
        return self.product_name

    def clean(self):
        for name in ("advertiser", "operator", "publisher", "endorsers"):
            setattr(self, name, normalise(getattr(self, name)))
