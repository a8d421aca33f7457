"""The addresses of people under ``/portal/``."""

from django.urls import path

from mcn.accounts.portal.views import language, start

urlpatterns = [
    path("", start, name="portal"),
    path("language/", language, name="language"),
]
