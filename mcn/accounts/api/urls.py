"""The addresses of people under ``/api/v1/``."""

from django.urls import path

from mcn.accounts.api.views import LoginView, LogoutAllView, LogoutView, MeView

urlpatterns = [
    path("auth/login/", LoginView.as_view()),
    path("auth/logout/", LogoutView.as_view()),
    path("auth/logoutall/", LogoutAllView.as_view()),
    path("me/", MeView.as_view()),
]
