"""The addresses of evidence under ``/api/v1/``."""

from django.urls import path

from mcn.evidence.api.views import FileView

urlpatterns = [path("files/<int:pk>/", FileView.as_view())]
