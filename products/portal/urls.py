"""The addresses of products and their cards under ``/portal/``."""

from django.urls import path

from products.portal.card import form

urlpatterns = [path("cards/<int:pk>/", form, name="card")]
