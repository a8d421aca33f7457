"""What happened on air: the timeline of a show, second by second; nothing in it is changed or removed."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.fields import ActorField
from mcn.kit.records import Record
from streamers.models.run_sheet import Offer, RunItem
from streamers.models.show import Show, ShowPartQuerySet
from streamers.models.streamer import Streamer
from streamers.models.violation import Violation

LONGEST = 2_000


class Topic(models.TextChoices):
    """What is said of a product on air (DB4401 6.3.1 a, 5.2.3.4; GDAS 5.2.2 a)."""

    PRICE = "price", _("price")
    DELIVERY = "delivery", _("delivery time")
    SPOT = "spot", _("spot quantity")
    PRESALE = "presale", _("presale quantity")
    LOGISTICS = "logistics", _("logistics")
    RETURNS = "returns", _("returns and exchanges")
    PROMISES = "promises", _("after-sales promises")
    HAZARDS = "hazards", _("hazards in use")
    WARNINGS = "warnings", _("warnings for special groups")
    ACCIDENT = "accident", _("what to do in an accident")
    DATES = "dates", _("production date and shelf life")
    PROMOTION = "promotion", _("promotion")
    SOURCE = "source", _("source of what goes beyond the merchant's papers")


class ShowEventQuerySet(ShowPartQuerySet):
    """Events on air: staff see those of every show, a streamer those of the shows they are in."""

    def visible_to(self, user):
        """All for staff who may view them; for a streamer those of their own shows."""
        if user.has_perm("streamers.view_showevent"):
            return self
        return self.filter(show__cast__streamer__user=user.pk).distinct() if user.pk else self.none()


class ShowEvent(Record):
    """One thing that happened on air: what, in which second, noted by whom; a new one takes back a slip."""

    class Kind(models.TextChoices):
        ON_TABLE = "on_table", _("on the table")
        SAID = "said", pgettext_lazy("event", "said")
        DEMONSTRATION = "demonstration", _("demonstration")
        LISTED = "listed", _("put on the shelf")
        UNLISTED = "unlisted", _("taken off the shelf")
        PRICE = "price", _("price changed")
        STOCK = "stock", _("quantity changed")
        SOLD_OUT = "sold_out", _("sold out")
        QUESTION = "question", _("viewers' question")
        ANSWER = "answer", pgettext_lazy("event", "answer")
        COMMENT = "comment", _("comments cleaned up")
        REMINDER = "reminder", pgettext_lazy("event", "reminder")
        CORRECTION = "correction", _("corrected on air")
        INCIDENT = "incident", _("incident")
        NOTE = "note", _("note")
        ALERT = "alert", _("alert")
        TAKE_DOWN = "take_down", _("goods taken down")
        STOP = "stop", _("show stopped")
        BAN = "ban", _("banned from the air")
        RETRACT = "retract", _("entry taken back")

    GOODS = [Kind.ON_TABLE, Kind.SAID, Kind.LISTED, Kind.UNLISTED, Kind.SOLD_OUT, Kind.TAKE_DOWN]
    CHANGES = [Kind.PRICE, Kind.STOCK]
    MEASURES = [Kind.TAKE_DOWN, Kind.STOP, Kind.BAN]
    WORDED = [
        Kind.QUESTION,
        Kind.ANSWER,
        Kind.COMMENT,
        Kind.REMINDER,
        Kind.CORRECTION,
        Kind.INCIDENT,
        Kind.NOTE,
        Kind.ALERT,
        *MEASURES,
        Kind.RETRACT,
    ]
    # What stays open until another event answers it, and by which kinds.
    ANSWERED_BY = {
        Kind.QUESTION: [Kind.ANSWER, Kind.DEMONSTRATION],
        Kind.REMINDER: [Kind.CORRECTION, *MEASURES],
        Kind.INCIDENT: [Kind.CORRECTION, Kind.NOTE, *MEASURES],
    }
    # What was done stays done: only what was noted can have been noted by mistake.
    FINAL = [*CHANGES, *MEASURES, Kind.ALERT, Kind.RETRACT]

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="events", verbose_name=_("show"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    happened_at = models.DateTimeField(_("happened at"))
    second = models.PositiveIntegerField(
        _("second of the show"), editable=False, help_text=_("Counted from its start.")
    )
    item = models.ForeignKey(
        RunItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("product on the run sheet"),
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic, blank=True)
    text = models.TextField(_("what was said or done"), max_length=LONGEST, blank=True)
    streamer = models.ForeignKey(
        Streamer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("streamer"),
    )
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("offer")
    )
    before = models.DecimalField(
        _("value before"), max_digits=12, decimal_places=2, null=True, blank=True, editable=False
    )
    after = models.DecimalField(_("value after"), max_digits=12, decimal_places=2, null=True, blank=True)
    about = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("about"),
    )
    violation = models.ForeignKey(
        Violation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="events",
        verbose_name=_("violation"),
    )
    hits = models.JSONField(_("hits of the claim scan"), default=list, blank=True, editable=False)
    by = ActorField(_("noted by"))
    recorded_at = models.DateTimeField(_("noted at"), editable=False)
    # The console's own name for the entry: sent twice, it is noted once.
    key = models.UUIDField(_("key"), default=uuid.uuid4, editable=False)

    objects = ShowEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event on air")
        verbose_name_plural = _("events on air")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("take_down_showevent", _("Can take goods down on air")),
            ("stop_showevent", _("Can stop a show on air")),
            ("ban_showevent", _("Can ban a streamer from the air")),
        ]
        indexes = [models.Index(fields=["show", "second", "id"], name="event_of_a_show")]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "key"],
                name="event_once",
                violation_error_message=_("This entry has been noted already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["on_table", "said", "listed", "unlisted", "sold_out", "take_down"])
                | Q(item__isnull=False),
                name="event_says_which_goods",
                violation_error_message=_("Say which product on the run sheet it is about."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="said") | ~Q(topic=""),
                name="event_says_what_was_said",
                violation_error_message=_("Say what was told of the product."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["price", "stock"])
                | Q(offer__isnull=False, before__isnull=False, after__isnull=False, after__gte=0),
                name="event_says_from_what_to_what",
                violation_error_message=_("Say of which offer, and the new value."),
            ),
            models.CheckConstraint(
                condition=~Q(
                    kind__in=[
                        "question",
                        "answer",
                        "comment",
                        "reminder",
                        "correction",
                        "incident",
                        "note",
                        "alert",
                        "take_down",
                        "stop",
                        "ban",
                        "retract",
                    ]
                )
                | ~Q(text=""),
                name="event_is_in_words",
                violation_error_message=_("Write down what was said or done."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="retract") | Q(about__isnull=False),
                name="event_says_what_it_takes_back",
                violation_error_message=_("Say which entry is taken back."),
            ),
        ]

    def __str__(self):
        return f"{self.show.code} {self.clock} {self.get_kind_display()}"

    @property
    def clock(self):
        """Its second as people read it: hours, minutes, seconds since the start."""
        minutes, seconds = divmod(self.second or 0, 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"

    def clean(self):
        """What it names belongs to its show."""
        for name, field in [("item", self.item), ("about", self.about)]:
            if field and field.show_id != self.show_id:
                raise ValidationError({name: _("This belongs to another show.")})
        if self.offer and self.offer.item_id != self.item_id:
            raise ValidationError({"offer": _("This offer is of another product.")})
