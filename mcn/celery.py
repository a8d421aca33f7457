"""The Celery application: tasks load ids and make one call."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mcn.settings")

app = Celery("mcn")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
