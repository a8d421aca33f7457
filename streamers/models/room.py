"""Live rooms: on which platform, run by whom, from where, and what viewers are told there throughout."""

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.agency.models import Platform
from mcn.evidence.models import Credential, DocumentField, Hold
from mcn.kit.fields import ActorField
from mcn.kit.identity import normalise
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from mcn.kit.search import SearchField, TokenIndex
from streamers.models.credential import StreamerCredential
from streamers.models.live_entity import LiveEntity, PaperQuerySet
from streamers.models.venue import VenueKind


class Room(Record):
    """One account from which shows go out, with its title, its cover and the place before the camera."""

    class Sound(models.TextChoices):
        QUIET = "quiet", _("well insulated")
        NOISY = "noisy", _("noise from outside is heard")

    class State(models.TextChoices):
        DRAFT = "draft", _("being set up")
        OPEN = "open", pgettext_lazy("room", "open")
        SUSPENDED = "suspended", pgettext_lazy("room", "suspended")
        CLOSED = "closed", pgettext_lazy("room", "closed")

    MOVES = Moves(
        approve=([State.DRAFT, State.SUSPENDED], State.OPEN),
        suspend=([State.OPEN], State.SUSPENDED),
        close=([State.DRAFT, State.OPEN, State.SUSPENDED], State.CLOSED),
    )

    platform = models.ForeignKey(
        Platform, on_delete=models.PROTECT, related_name="+", verbose_name=_("platform")
    )
    entity = models.ForeignKey(
        LiveEntity,
        on_delete=models.PROTECT,
        related_name="rooms",
        verbose_name=pgettext_lazy("room", "live entity"),
    )
    account = models.CharField(_("account"), max_length=60, help_text=_("The number or name shown there."))
    title = models.CharField(_("title"), max_length=80, help_text=_("What viewers read above the picture."))
    cover = DocumentField(_("cover"))
    cover_text = models.CharField(_("words on the cover"), max_length=200, blank=True)
    venue = models.CharField(
        pgettext_lazy("room", "place"),
        max_length=120,
        help_text=_("Studio, shop or warehouse; of a home, the district alone."),
    )
    venue_kind = models.ForeignKey(
        VenueKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of place")
    )
    sound = models.CharField(_("sound"), max_length=20, choices=Sound, blank=True)
    equipment = models.TextField(_("sound, picture and power equipment"), max_length=1000, blank=True)
    is_virtual = models.BooleanField(_("virtual scene"), default=False)
    scene_label = models.CharField(
        _("label of the scene"),
        max_length=60,
        blank=True,
        help_text=_("What viewers read throughout of a scene that is not real."),
    )
    technician = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"is_staff": True},
        verbose_name=_("technician"),
    )
    technician_name = models.CharField(
        _("technician from outside"), max_length=40, blank=True, help_text=_("Where it is not our own staff.")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    submitted_by = ActorField(_("submitted by"))
    search = SearchField(_("search"), sources=["title", "account", "venue"])

    class Meta:
        verbose_name = _("live room")
        verbose_name_plural = _("live rooms")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("approve_room", _("Can open a live room for shows")),
            ("suspend_room", _("Can suspend a live room")),
            ("close_room", _("Can close a live room")),
            ("hold_room", _("Can place a hold on a live room")),
            ("blacklist_room", _("Can put a live room on the blacklist")),
        ]
        indexes = [TokenIndex(name="room_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "account"],
                condition=~Q(state="closed"),
                name="room_once_an_account",
                violation_error_message=_("This account has its room already."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        self.title, self.cover_text = normalise(self.title), normalise(self.cover_text)
        self.account, self.venue = normalise(self.account), normalise(self.venue)
        self.scene_label, self.technician_name = normalise(self.scene_label), normalise(self.technician_name)


class RoomLease(StreamerCredential):
    """The lease, deed or permission by which a room may use its place."""

    class Kind(models.TextChoices):
        LEASE = "lease", _("lease")
        DEED = "deed", _("deed of one's own place")
        PERMISSION = "permission", _("permission of who runs the place")

    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, related_name="leases", verbose_name=_("live room")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.LEASE)

    objects = PaperQuerySet.as_manager()

    class Meta(Credential.Meta):
        verbose_name = _("lease of a room")
        verbose_name_plural = _("leases of rooms")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("verify_roomlease", _("Can verify the lease of a room")),
            ("withdraw_roomlease", _("Can withdraw the lease of a room")),
        ]
        indexes = [models.Index(fields=["valid_to"], name="room_lease_expiry")]
        constraints = [
            *Credential.Meta.constraints,
            models.UniqueConstraint(
                fields=["room", "number", "valid_from"],
                name="room_lease_once",
                violation_error_message=_("This paper is there already: add a new file to it."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    @property
    def told(self):
        return [self.kind]


class RoomNotice(Record):
    """Something that viewers of a room can read throughout: what, where, and the picture that proves it."""

    class Kind(models.TextChoices):
        LICENCES = "licences", _("licences of who runs the room")
        SELLERS = "sellers", _("goods and who really sells them")
        AFTER_SALES = "after_sales", _("after-sales service, disputes and complaints")
        REPORTING = "reporting", _("where breaches are reported")
        VIRTUAL = "virtual", _("label of what is virtual")

    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, related_name="notices", verbose_name=_("live room")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    where = models.CharField(
        _("where viewers find it"),
        max_length=120,
        help_text=_("Such as: the licence icon on the room's page."),
    )
    link = models.CharField(
        _("link"), max_length=500, blank=True, validators=[URLValidator(["https", "http"])]
    )
    document = DocumentField(_("picture of it"))
    seen_by = ActorField(_("seen by"))
    seen_on = models.DateField(_("seen on"), editable=False)
    ended_on = models.DateField(_("gone since"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("notice in a room")
        verbose_name_plural = _("notices in rooms")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [("withdraw_roomnotice", _("Can note that a notice is shown no more"))]

    def __str__(self):
        return f"{self.get_kind_display()} {self.seen_on:%Y-%m-%d}"

    def clean(self):
        self.where = normalise(self.where)

    def shows(self, on):
        """Whether it was seen by a day and is still there."""
        return self.seen_on <= on and (self.ended_on is None or on < self.ended_on)


class RoomHold(Hold):
    """A stop on a room: no show goes out from there until it ends."""

    SUBJECT = "room"

    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, related_name="holds", verbose_name=_("live room")
    )

    class Meta(Hold.Meta):
        verbose_name = _("hold on a room")
        verbose_name_plural = _("holds on rooms")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [
            ("appeal_roomhold", _("Can appeal against a hold on a room")),
            ("uphold_roomhold", _("Can turn down an appeal against a hold on a room")),
            ("lift_roomhold", _("Can lift a hold on a room")),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.valid_from:%Y-%m-%d}"
