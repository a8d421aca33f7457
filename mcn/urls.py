"""Every address of the product, by door."""

from django.contrib import admin
from django.urls import include, path

from mcn.healthz import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
]
