"""What is to be said in a show, word for word, looked at before it is said."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from products.models import Product
from streamers.models.show import Show

LONGEST = 20_000


class ScriptQuerySet(models.QuerySet):
    """Scripts."""

    def visible_to(self, user):
        """All for staff who may view them; for streamers the approved ones of the shows they are in."""
        if user.has_perm("streamers.view_script"):
            return self
        if not user.pk:
            return self.none()
        own = Show.objects.filter(cast__streamer__user=user.pk, cast__removed_at=None)
        return self.filter(state=Script.State.APPROVED, show__in=own.values("pk"))


class Script(Record):
    """One version of a show's script, or of the part about one product; frozen once it is approved."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for approval")
        APPROVED = "approved", pgettext_lazy("design", "approved")
        RETURNED = "returned", _("sent back")
        SUPERSEDED = "superseded", _("superseded")

    MOVES = Moves(
        submit=([State.DRAFT, State.RETURNED], State.SUBMITTED),
        withdraw=([State.SUBMITTED], State.DRAFT),
        approve=([State.SUBMITTED], State.APPROVED),
        send_back=([State.SUBMITTED], State.RETURNED),
    )
    EDITABLE = [State.DRAFT, State.RETURNED]
    OPEN = [*EDITABLE, State.SUBMITTED]
    FROZEN = [State.APPROVED, State.SUPERSEDED]
    CONTENT = ["text", "product_id", "show_id"]

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="scripts", verbose_name=_("show"))
    product = models.ForeignKey(
        Product,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("about the product"),
        help_text=_("Empty for the script of the whole show."),
    )
    number = models.PositiveIntegerField(_("version number"), editable=False)
    text = models.TextField(_("script"), max_length=LONGEST, help_text=_("As it will be spoken."))
    document = DocumentField(_("files"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    hits = models.JSONField(_("found by the claim scan"), default=list, blank=True, editable=False)
    terms = models.CharField(_("version of the terms"), max_length=80, blank=True, editable=False)
    written_by = ActorField(_("written by"))
    submitted_by = ActorField(_("submitted by"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    decided_by = ActorField(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    comment = models.TextField(_("last comment"), blank=True, editable=False)

    objects = ScriptQuerySet.as_manager()

    class Meta:
        verbose_name = _("script")
        verbose_name_plural = _("scripts")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("submit_script", _("Can submit scripts for approval")),
            ("withdraw_script", _("Can withdraw scripts")),
            ("approve_script", _("Can approve scripts")),
            ("send_back_script", _("Can send scripts back")),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="script_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "product", "number"],
                name="script_number_once_a_product",
                violation_error_message=_("A version with this number is there already."),
            ),
            models.UniqueConstraint(
                fields=["show", "number"],
                condition=Q(product=None),
                name="script_number_once_a_show",
                violation_error_message=_("A version with this number is there already."),
            ),
            models.UniqueConstraint(
                fields=["show", "product"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="one_open_script_a_product",
                violation_error_message=_("There is an open version already: go on with that one."),
            ),
            models.UniqueConstraint(
                fields=["show"],
                condition=Q(product=None, state__in=["draft", "submitted", "returned"]),
                name="one_open_script_a_show",
                violation_error_message=_("There is an open version already: go on with that one."),
            ),
            models.UniqueConstraint(
                fields=["show", "product"],
                condition=Q(state="approved"),
                name="one_approved_script_a_product",
                violation_error_message=_("There is an approved version already."),
            ),
            models.UniqueConstraint(
                fields=["show"],
                condition=Q(product=None, state="approved"),
                name="one_approved_script_a_show",
                violation_error_message=_("There is an approved version already."),
            ),
        ]

    def __str__(self):
        about = self.product if self.product_id else _("whole show")
        return f"{self.show.code} {about} v{self.number}"

    @property
    def editable(self):
        """Whether its words may still change."""
        return self.state in self.EDITABLE

    def clean(self):
        """What was approved never changes."""
        if self.pk and (stored := self._frozen()) and stored != self._content():
            raise ValidationError(_("An approved version never changes: open a new one."), code="frozen")

    def _content(self):
        return {name: getattr(self, name) for name in self.CONTENT}

    def _frozen(self):
        return Script._base_manager.filter(pk=self.pk, state__in=self.FROZEN).values(*self.CONTENT).first()
