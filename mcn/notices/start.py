"""What the inbox puts on a person's start page."""

from django.utils.translation import gettext as _

from mcn.kit.start import BLOCKED, WAITS, pile, waited
from mcn.notices.models import Delivery, Receipt


def work(user, on):
    """What one has not read yet, and for who looks after it what could not be sent."""
    if user.has_perm("notices.view_receipt"):
        yield pile(
            WAITS,
            _("Notices not read yet"),
            Receipt.objects.visible_to(user).unread().select_related("notice").order_by("-id"),
            "unread=1",
            lambda receipt: (receipt.notice.title, waited(receipt.told_at, on)),
        )
    if user.has_perm("notices.send_again_delivery"):
        failed = Delivery.objects.filter(state=Delivery.State.FAILED)
        yield pile(
            BLOCKED,
            _("Letters and webhooks that were given up"),
            failed.select_related("endpoint", "notice").order_by("-id"),
            f"state__exact={Delivery.State.FAILED}",
            lambda delivery: (str(delivery), waited(delivery.due_at, on)),
        )
