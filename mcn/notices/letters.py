"""The words of a letter: one notice as it is, several as a list, in the language of who reads it."""

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from mcn.unfold import PRODUCT_NAME


def page_of(notice):
    """The address of a notice's page from outside; the inbox where it has none."""
    return urljoin(f"{settings.MCN_SITE_URL}/", notice.url or reverse("inbox"))


def letter(user, notices, connection):
    """A letter with these notices, the newest first."""
    with translation.override(user.language):
        if len(notices) == 1:
            subject = " ".join(notices[0].title.split())
        else:
            subject = ngettext("%(count)s notice", "%(count)s notices", len(notices)) % {
                "count": len(notices)
            }
        context = {
            "user": user,
            "notices": [(notice, page_of(notice)) for notice in notices],
            "wishes_url": urljoin(f"{settings.MCN_SITE_URL}/", reverse("inbox_wishes")),
            "PRODUCT_NAME": PRODUCT_NAME,
        }
        body = render_to_string("notices/letter.txt", context)
        return EmailMessage(f"[{PRODUCT_NAME}] {subject}", body, to=[user.email], connection=connection)
