"""What stands behind a virtual streamer: its label, who runs it, and the rights to its image."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Credential
from mcn.kit.identity import normalise
from mcn.kit.records import Record
from streamers.models.credential import StreamerCredential
from streamers.models.owned import OwnedQuerySet
from streamers.models.streamer import Streamer


class VirtualProfile(Record):
    """How a virtual streamer is shown: the label on screen, who runs it, and whether it copies a person."""

    streamer = models.OneToOneField(
        Streamer, on_delete=models.PROTECT, related_name="virtual_profile", verbose_name=_("streamer")
    )
    label = models.CharField(
        _("label on screen"),
        max_length=60,
        help_text=_("Shown clearly throughout the show, such as: virtual streamer made with AI."),
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
    equipment = models.TextField(_("equipment and network"), max_length=1000, blank=True)
    likeness_of_a_person = models.BooleanField(_("built on a real person's likeness"), null=True, blank=True)
    voice_of_a_person = models.BooleanField(_("made with a real person's voice"), null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("virtual streamer's profile")
        verbose_name_plural = _("virtual streamers' profiles")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]

    def __str__(self):
        return self.label

    def clean(self):
        self.label, self.technician_name = normalise(self.label), normalise(self.technician_name)
        if not self.label:
            raise ValidationError({"label": _("Say what viewers read throughout the show.")})


class VirtualRight(StreamerCredential):
    """The right to use a virtual streamer's image: who holds it, by which licence, for which span."""

    class Basis(models.TextChoices):
        OWN = "own", _("our own work")
        LICENCE = "licence", _("licensed")
        ASSIGNMENT = "assignment", _("rights bought")

    streamer = models.ForeignKey(
        Streamer, on_delete=models.PROTECT, related_name="virtual_rights", verbose_name=_("streamer")
    )
    basis = models.CharField(_("basis of the right"), max_length=20, choices=Basis, default=Basis.LICENCE)
    holder = models.CharField(_("rights holder"), max_length=120)
    scope = models.TextField(
        _("scope"), max_length=1000, blank=True, help_text=_("Platforms, goods and countries it is for.")
    )

    class Meta(Credential.Meta):
        verbose_name = _("right to an image")
        verbose_name_plural = _("rights to images")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("verify_virtualright", _("Can verify the right to a virtual streamer's image")),
            ("withdraw_virtualright", _("Can withdraw the right to a virtual streamer's image")),
        ]
        indexes = [models.Index(fields=["valid_to"], name="virtual_right_expiry")]
        constraints = [
            *Credential.Meta.constraints,
            models.UniqueConstraint(
                fields=["streamer", "number", "valid_from"],
                name="virtual_right_once",
                violation_error_message=_("This right is there already: add a new file to it."),
            ),
        ]

    def __str__(self):
        return f"{self.get_basis_display()} {self.number}"

    def clean(self):
        self.holder = normalise(self.holder)
        super().clean()

    @property
    def told(self):
        return [self.basis, self.holder]
