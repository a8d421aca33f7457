"""The ground floor of the back office; Celery is loaded with it, so that tasks find their broker."""

from mcn.celery import app as celery_app

__all__ = ["celery_app"]
