"""Who is trained: a streamer, one of the staff, or a merchant's service person."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.privacy import mask
from mcn.kit.records import Record
from merchants.models import Contact, Membership
from streamers.models.streamer import Streamer


def own(user, path=""):
    """What makes a trainee, at the end of a path, the person themselves or one of their merchant's people."""
    merchants = Membership.objects.filter(user=user.pk, ended_on=None).values("merchant")
    return (
        Q(**{f"{path}streamer__user": user.pk})
        | Q(**{f"{path}user": user.pk})
        | Q(**{f"{path}contact__merchant__in": merchants})
    )


class TrainedQuerySet(models.QuerySet):
    """Rows of a trainee: staff who may view see all, a person their own, a merchant its own people's."""

    path = "trainee__"

    def visible_to(self, user):
        """The rows that this person may know of."""
        if user.has_perm(f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"):
            return self.all()
        return self.filter(own(user, self.path)) if user.pk else self.none()


class TraineeQuerySet(TrainedQuerySet):
    """Trainees."""

    path = ""

    def standing(self):
        """Those who still work with us: not ended, not closed, not taken off the list."""
        gone = (
            Q(streamer__state__in=[Streamer.State.ENDED])
            | Q(user__is_active=False)
            | Q(contact__ended_on__isnull=False)
        )
        return self.exclude(pk__in=self.model._base_manager.filter(gone).values("pk"))

    def of(self, user):
        """The trainee who a person themselves is."""
        return self.filter(Q(streamer__user=user.pk) | Q(user=user.pk))


class Trainee(Record):
    """One person in the training log, whoever they work for; made when they are first to be trained."""

    class Kind(models.TextChoices):
        STREAMER = "streamer", _("streamer")
        STAFF = "staff", _("staff")
        SERVICE = "service", _("merchant's service person")

    kind = models.CharField(_("kind of trainee"), max_length=20, choices=Kind, editable=False)
    streamer = models.OneToOneField(
        Streamer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="trainee",
        verbose_name=_("streamer"),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="trainee",
        limit_choices_to={"is_staff": True},
        verbose_name=_("staff"),
    )
    contact = models.OneToOneField(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="trainee",
        verbose_name=_("merchant's service person"),
    )
    started_on = models.DateField(_("to be trained since"))

    objects = TraineeQuerySet.as_manager()

    class Meta:
        verbose_name = _("trainee")
        verbose_name_plural = _("trainees")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="streamer", streamer__isnull=False, user=None, contact=None)
                | Q(kind="staff", streamer=None, user__isnull=False, contact=None)
                | Q(kind="service", streamer=None, user=None, contact__isnull=False),
                name="trainee_is_one_person",
                violation_error_message=_(
                    "A trainee is one person: a streamer, one of the staff, or a merchant's service person."
                ),
            )
        ]

    def __str__(self):
        if self.contact_id:
            return f"{self.contact.merchant.short_name or self.contact.merchant.name} · {self.shown_name}"
        return str(self.streamer or self.user)

    @property
    def shown_name(self):
        """What others may read: the stage name, a colleague's name, a service person's masked one."""
        if self.contact_id:
            return mask(self.contact.name)
        return self.streamer.stage_name if self.streamer_id else str(self.user)

    @property
    def merchant_id(self):
        """The merchant whose person it is, for the permissions of the merchant's members."""
        return self.contact.merchant_id if self.contact_id else None

    def is_person(self, user):
        """Whether it is this very person who is logged in."""
        own_login = self.streamer.user_id if self.streamer_id else self.user_id
        return own_login is not None and own_login == user.pk


class TraineeRecord(Record):
    """What belongs to a trainee."""

    trainee = models.ForeignKey(
        Trainee, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("trainee")
    )

    objects = TrainedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def streamer_id(self):
        """The streamer whose row it is, for the permissions on their own rows."""
        return self.trainee.streamer_id
