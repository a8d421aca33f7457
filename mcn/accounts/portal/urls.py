"""The addresses of people under ``/portal/``."""

from django.urls import path

from mcn.accounts.portal.views import language

urlpatterns = [path("language/", language, name="language")]
