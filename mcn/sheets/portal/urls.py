"""The addresses of spreadsheets under ``/portal/``."""

from django.urls import path

from mcn.sheets.portal import views

urlpatterns = [
    path("imports/", views.imports, name="sheets_imports"),
    path("imports/<int:pk>/", views.job, name="sheets_import"),
    path("imports/<int:pk>/progress/", views.progress, name="sheets_progress"),
    path("imports/<int:pk>/errors.xlsx", views.faults, name="sheets_faults"),
    path("imports/<int:pk>/<slug:name>/", views.step, name="sheets_step"),
    path("sheets/<slug:name>/template.xlsx", views.template_of, name="sheets_template"),
    path("sheets/<slug:name>/export.<slug:kind>", views.export, name="sheets_export"),
]
