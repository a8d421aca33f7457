"""Every address of the product, by door; an app brings its own in ``<app>/api/urls.py`` and the like."""

from pathlib import Path

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from mcn.evidence.files import download
from mcn.healthz import healthz
from mcn.kit.api.views import NothingHere


def addresses_of(door):
    """The addresses that the product's apps bring for a door."""
    names = [app.name for app in apps.get_app_configs() if Path(app.path, door, "urls.py").is_file()]
    return [path("", include(f"{name}.{door}.urls")) for name in names]


@login_required
def home(request):
    """Send staff to their work in the admin and everybody else to the portal."""
    return redirect("admin:index" if request.user.is_staff else "/portal/")


urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    # The admin's own form would count no attempts and ask for no second factor.
    path("admin/login/", secure_admin_login(admin.site.login)),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("files/<int:pk>/", download, name="file"),
    path("portal/", include(addresses_of("portal"))),
    path("api/v1/", include(addresses_of("api"))),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    re_path(r"^api/", NothingHere.as_view()),
]
