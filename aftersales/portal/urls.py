"""The addresses of after-sales under ``/portal/``."""

urlpatterns = []
