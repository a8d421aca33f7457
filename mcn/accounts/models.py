"""People who log in: staff, merchants' people, and whoever comes later."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.kit.records import Record


class UserManager(DjangoUserManager):
    """Users, each made by name and password."""


class User(Record, AbstractUser):
    """A person who logs in; what they may do comes from their roles (groups) and memberships."""

    first_name = None
    last_name = None
    name = models.CharField(_("full name"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")

    objects = UserManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
