"""The addresses of after-sales under ``/api/v1/``."""

urlpatterns = []
