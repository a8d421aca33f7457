"""The addresses of streamers under ``/portal/``; a streamer's own lie below ``s/``."""

from django.urls import path

from streamers.portal import home

urlpatterns = [
    path("s/", home.HomePage.as_view(), name="streamer_home"),
]
