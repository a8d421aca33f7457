"""Repairs: who is admitted to do them, and the record of each, by which an exchange can be claimed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.guarantee import Delay
from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.privacy import ConcealedTextField
from mcn.kit.records import Record
from merchants.models import Merchant, OwnedQuerySet, merchants_of


class ProviderQuerySet(models.QuerySet):
    """Repairers: staff see all, a merchant's people their own and the admitted ones that serve everybody."""

    def visible_to(self, user):
        """The repairers that this person may know of."""
        if user.has_perm("aftersales.view_repairprovider"):
            return self
        own = Q(merchant__in=merchants_of(user))
        return (
            self.filter(own | Q(merchant=None, state=RepairProvider.State.ADMITTED))
            if user.pk
            else self.none()
        )

    def open_for(self, merchant_id, on):
        """Those who may take a merchant's goods in on a day."""
        return self.filter(
            Q(merchant=None) | Q(merchant=merchant_id),
            Q(qualified_to=None) | Q(qualified_to__gte=on),
            state=RepairProvider.State.ADMITTED,
        )


class RepairProvider(Record):
    """Who repairs: the merchant, the brand's own workshop or a third party, admitted after an assessment."""

    class Kind(models.TextChoices):
        MERCHANT = "merchant", _("the merchant itself")
        BRAND = "brand", _("authorised by the brand")
        THIRD_PARTY = "third_party", _("independent repairer")

    class State(models.TextChoices):
        APPLIED = "applied", _("waiting for admission")
        ADMITTED = "admitted", pgettext_lazy("repair provider", "admitted")
        REFUSED = "refused", pgettext_lazy("repair provider", "refused")
        SUSPENDED = "suspended", pgettext_lazy("repair provider", "suspended")

    MOVES = Moves(
        admit=([State.APPLIED, State.SUSPENDED], State.ADMITTED),
        refuse=([State.APPLIED], State.REFUSED),
        resubmit=([State.REFUSED], State.APPLIED),
        suspend=([State.ADMITTED], State.SUSPENDED),
    )
    VERB_LABELS = {"resubmit": pgettext_lazy("repair provider", "put forward again")}

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repair_providers",
        verbose_name=_("merchant"),
        help_text=_("Empty for one that serves every merchant."),
    )
    covers = models.CharField(_("goods repaired"), max_length=200)
    region = models.CharField(_("region served"), max_length=100, blank=True)
    address = models.CharField(_("address of the workshop"), max_length=200)
    phone = models.CharField(_("service phone"), max_length=40)
    hours = models.CharField(_("service hours"), max_length=100, blank=True)
    qualification = models.CharField(
        _("qualification"),
        max_length=200,
        blank=True,
        help_text=_("Licence or authorisation and its number."),
    )
    qualified_to = models.DateField(
        _("qualified until"), null=True, blank=True, help_text=_("Inclusive; empty for long-term.")
    )
    document = DocumentField(_("papers"))
    skill = models.TextField(
        _("technical level"), max_length=2_000, blank=True, help_text=_("People, tools, brands they know.")
    )
    norms = models.TextField(
        _("service norms"),
        max_length=2_000,
        blank=True,
        help_text=_("How goods are taken in, priced, repaired and given back (GB/T 27922)."),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.APPLIED, editable=False)
    submitted_by = ActorField(_("put forward by"))
    assessment = models.TextField(_("assessment"), blank=True, editable=False)
    assessed_by = ActorField(pgettext_lazy("repair provider", "assessed by"))
    assessed_at = models.DateTimeField(_("assessed at"), null=True, blank=True, editable=False)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        verbose_name = _("repairer")
        verbose_name_plural = _("repairers")
        ordering = ["name"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("admit_repairprovider", _("Can admit repairers")),
            ("refuse_repairprovider", _("Can refuse repairers")),
            ("resubmit_repairprovider", _("Can put repairers forward again")),
            ("suspend_repairprovider", _("Can suspend repairers")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "merchant"],
                name="repairer_once",
                violation_error_message=_("This repairer is there already."),
            ),
            # SQLite knows no constraint that takes two rows without a merchant for the same.
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(merchant=None),
                name="repairer_of_nobody_once",
                violation_error_message=_("This repairer is there already."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def editable(self):
        """Whether what it says of itself may change without a new assessment."""
        return self.state in (self.State.APPLIED, self.State.REFUSED)


class RepairQuerySet(OwnedQuerySet):
    """Repairs: seen by staff and by the merchant whose goods they are."""


class Repair(Record):
    """The record of one repair: taken in, why it takes long, given back working or not."""

    class State(models.TextChoices):
        ASKED = "asked", _("waiting to be taken in")
        IN_REPAIR = "in_repair", _("in repair")
        FINISHED = "finished", _("finished, to be given back")
        HANDED_BACK = "handed_back", _("given back")
        CANCELLED = "cancelled", pgettext_lazy("repair", "cancelled")

    MOVES = Moves(
        take_in=([State.ASKED], State.IN_REPAIR),
        delay=([State.IN_REPAIR], State.IN_REPAIR),
        finish=([State.IN_REPAIR], State.FINISHED),
        hand_back=([State.FINISHED], State.HANDED_BACK),
        cancel=([State.ASKED, State.IN_REPAIR], State.CANCELLED),
    )
    VERB_LABELS = {
        "take_in": _("goods taken in"),
        "delay": _("delay noted"),
        "finish": _("repair finished"),
        "hand_back": _("goods given back"),
    }
    OPEN = [State.ASKED, State.IN_REPAIR, State.FINISHED]

    class Outcome(models.TextChoices):
        WORKS = "works", _("works again")
        FAILED = "failed", _("could not be repaired")

    code = models.CharField(_("repair number"), max_length=12, unique=True, editable=False)
    order = models.ForeignKey(
        "aftersales.Order", on_delete=models.PROTECT, related_name="repairs", verbose_name=_("order")
    )
    line = models.ForeignKey(
        "aftersales.OrderLine",
        on_delete=models.PROTECT,
        related_name="repairs",
        verbose_name=_("goods"),
    )
    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.PROTECT,
        related_name="repairs",
        verbose_name=_("merchant"),
        editable=False,
    )
    provider = models.ForeignKey(
        RepairProvider,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repairs",
        verbose_name=_("repairer"),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASKED, editable=False)
    fault = ConcealedTextField(_("fault as the buyer tells it"), max_length=2_000)
    misuse = models.BooleanField(_("caused by the buyer's own use"), default=False, editable=False)
    found = ConcealedTextField(_("fault as found"), max_length=2_000, blank=True, editable=False)
    free = models.BooleanField(_("free of charge"), default=True, editable=False)
    price = models.DecimalField(
        _("price agreed (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True, editable=False
    )
    asked_at = models.DateTimeField(_("asked for at"), editable=False)
    taken_in_on = models.DateField(_("taken in on"), null=True, blank=True, editable=False)
    delay_cause = models.CharField(
        _("reason of the delay"), max_length=20, choices=Delay, blank=True, editable=False
    )
    delay_note = ConcealedTextField(_("the delay in words"), max_length=2_000, blank=True, editable=False)
    delay_noted_on = models.DateField(_("delay noted on"), null=True, blank=True, editable=False)
    finished_on = models.DateField(_("finished on"), null=True, blank=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True, editable=False)
    work_done = ConcealedTextField(
        _("work done, parts changed"), max_length=2_000, blank=True, editable=False
    )
    handed_back_on = models.DateField(_("given back on"), null=True, blank=True, editable=False)
    purged_at = models.DateTimeField(_("removed after its term at"), null=True, blank=True, editable=False)
    entitlement = models.JSONField(_("entitlement and reasons"), default=dict, blank=True, editable=False)

    objects = RepairQuerySet.as_manager()

    class Meta:
        verbose_name = _("repair")
        verbose_name_plural = _("repairs")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("take_in_repair", _("Can take goods in for repair")),
            ("delay_repair", _("Can note why a repair takes long")),
            ("finish_repair", _("Can finish repairs")),
            ("hand_back_repair", _("Can give repaired goods back")),
            ("cancel_repair", _("Can cancel repairs")),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="repair_by_state"),
            models.Index(fields=["merchant", "-id"], name="repair_of_a_merchant"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(state__in=["asked", "in_repair", "finished"]),
                name="one_open_repair",
                violation_error_message=_("These goods are in repair already."),
            ),
            models.CheckConstraint(
                condition=Q(finished_on=None)
                | Q(taken_in_on__isnull=False, finished_on__gte=F("taken_in_on")),
                name="repair_span",
                violation_error_message=_("A repair cannot end before it began."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "in_repair", "cancelled"])
                | (~Q(outcome="") & Q(finished_on__isnull=False)),
                name="finished_repair_says_how",
                violation_error_message=_("A finished repair says when and with what outcome."),
            ),
            models.CheckConstraint(
                condition=Q(free=True) | Q(price__isnull=False) | Q(state__in=["asked", "cancelled"]),
                name="paid_repair_has_a_price",
                violation_error_message=_("A repair that is not free has a price that was agreed before."),
            ),
        ]

    def __str__(self):
        return self.code
