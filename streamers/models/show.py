"""One broadcast: where, when, who and what, from the plan to its end."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.accounts.models import User
from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from merchants.models.category import Profession
from products.models import Product
from streamers.models.room import Room
from streamers.models.streamer import Streamer


class ShowQuerySet(models.QuerySet):
    """Shows, or with ``show`` set what belongs to one."""

    show = ""

    def visible_to(self, user):
        """All for staff who may view them; their own for whoever is cast or has goods on the run sheet."""
        if user.has_perm(f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"):
            return self
        if not user.pk:
            return self.none()
        own = Show.objects.with_person(user)
        sold = Show.objects.filter(
            items__removed_at=None, items__product__in=Product.objects.visible_to(user)
        )
        name = f"{self.show}__in" if self.show else "pk__in"
        return self.filter(Q(**{name: own.values("pk")}) | Q(**{name: sold.values("pk")}))

    def with_person(self, user):
        """Shows in which a person stands before the camera."""
        return self.filter(cast__in=ShowCast.objects.filter(removed_at=None, streamer__user=user.pk))

    def on_air_between(self, starts_at, ends_at):
        """Shows neither over nor called off whose time overlaps a span."""
        return self.filter(state__in=Show.OPEN, starts_at__lt=ends_at, ends_at__gt=starts_at)


class Show(Record):
    """One broadcast: a room, its streamers, and the products on its run sheet."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("show", "planned")
        CLEARED = "cleared", _("cleared to go live")
        LIVE = "live", _("live")
        ENDED = "ended", pgettext_lazy("show", "ended")
        CANCELLED = "cancelled", pgettext_lazy("show", "cancelled")

    MOVES = Moves(
        clear=([State.PLANNED], State.CLEARED),
        recall=([State.CLEARED], State.PLANNED),
        start=([State.CLEARED], State.LIVE),
        end=([State.LIVE], State.ENDED),
        cancel=([State.PLANNED, State.CLEARED], State.CANCELLED),
    )
    VERB_LABELS = {"start": _("went live"), "end": _("went off the air")}
    EDITABLE = [State.PLANNED]
    OPEN = [State.PLANNED, State.CLEARED, State.LIVE]
    BEFORE_AIR = [State.PLANNED, State.CLEARED]

    code = models.CharField(_("show number"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("show title"), max_length=60, help_text=_("As viewers read it."))
    theme = models.CharField(
        _("field of the show"),
        max_length=20,
        choices=Profession,
        blank=True,
        help_text=_("Where the show speaks of a field that asks for a practising qualification."),
    )
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="shows", verbose_name=_("room"))
    starts_at = models.DateTimeField(_("planned start"), db_index=True)
    ends_at = models.DateTimeField(_("planned end"))
    plan = models.TextField(
        _("show plan"),
        blank=True,
        help_text=_("Whom it is for, what they need to know, how the show runs and who answers for what."),
    )
    plan_document = DocumentField(_("plan as a file"))
    cover_text = models.CharField(_("words on the cover"), max_length=100, blank=True)
    contingency = models.TextField(
        _("contingency plan"),
        blank=True,
        help_text=_("What may go wrong, who decides, and what is done and said then."),
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.PLANNED, editable=False, db_index=True
    )
    planned_by = ActorField(_("planned by"))
    cleared_by = ActorField(_("cleared by"))
    cleared_at = models.DateTimeField(_("cleared at"), null=True, blank=True, editable=False)
    started_at = models.DateTimeField(_("went live at"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = ShowQuerySet.as_manager()

    class Meta:
        verbose_name = _("show")
        verbose_name_plural = _("shows")
        ordering = ["-starts_at", "-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("clear_show", _("Can clear shows to go live")),
            ("recall_show", _("Can take back the clearance of shows")),
            ("start_show", _("Can put shows on air")),
            ("end_show", _("Can end shows")),
            ("cancel_show", _("Can cancel shows")),
            ("waive_show", _("Can set warnings against shows aside")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="show_ends_after_its_start",
                violation_error_message=_("The show ends after it starts."),
            )
        ]

    def __str__(self):
        return f"{self.code} {self.title}"


class ShowPartQuerySet(ShowQuerySet):
    """What belongs to a show."""

    show = "show"

    def standing(self):
        """Those that were not taken off again."""
        return self.filter(removed_at=None)


class ShowCast(Record):
    """A streamer of a show and the part they have in it."""

    class Role(models.TextChoices):
        HOST = "host", pgettext_lazy("cast", "host")
        CO_HOST = "co_host", _("co-host")
        GUEST = "guest", pgettext_lazy("cast", "guest")

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="cast", verbose_name=_("show"))
    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="casts", verbose_name=_("streamer")
    )
    role = models.CharField(pgettext_lazy("cast", "part"), max_length=20, choices=Role, default=Role.HOST)
    removed_at = models.DateTimeField(_("taken off at"), null=True, blank=True, editable=False)

    objects = ShowPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("streamer of a show")
        verbose_name_plural = _("streamers of a show")
        ordering = ["id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "streamer"],
                condition=Q(removed_at=None),
                name="streamer_once_a_show",
                violation_error_message=_("This streamer is in the show already."),
            )
        ]

    def __str__(self):
        return f"{self.streamer}（{self.get_role_display()}）"


class CrewMember(Record):
    """Somebody behind the camera of a show and what they answer for (DB4401 5.1.4.1-5.1.4.3)."""

    class Role(models.TextChoices):
        OPERATOR = "operator", _("show operator")
        MARKETER = "marketer", _("marketer")
        EQUIPMENT = "equipment", _("equipment keeper")
        PRODUCT = "product", _("product specialist")
        LAW = "law", _("law and policy")
        TECHNICIAN = "technician", pgettext_lazy("crew", "virtual-scene technician")

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="crew", verbose_name=_("show"))
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=pgettext_lazy("crew", "person")
    )
    role = models.CharField(_("duty"), max_length=20, choices=Role)
    removed_at = models.DateTimeField(_("taken off at"), null=True, blank=True, editable=False)

    objects = ShowPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("crew member")
        verbose_name_plural = _("crew")
        ordering = ["id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "person", "role"],
                condition=Q(removed_at=None),
                name="crew_role_once_a_person",
                violation_error_message=_("This person has this duty already."),
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.person}"
