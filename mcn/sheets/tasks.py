"""The queue's door: each task loads an import and makes one call."""

from celery import shared_task
from django.db import transaction

from mcn.kit import clock
from mcn.sheets import runs
from mcn.sheets.models import ImportJob


@shared_task
def preview(job_id):
    """Check the file of an import."""
    runs.preview(ImportJob.objects.get(pk=job_id), at=clock.now())


@shared_task
def carry_out(job_id):
    """Let the confirmed file of an import into the data."""
    runs.carry_out(ImportJob.objects.get(pk=job_id), at=clock.now())


@shared_task
def resume():
    """Send again what a killed worker has left half done, or what never reached one."""
    runs.forget_spools(at=clock.now())
    for job in ImportJob.objects.filter(state__in=ImportJob.RUNNING):
        if not runs.is_alive(job):
            send(job)


def send(job):
    """Hand an import to a worker once the transaction has ended."""
    task = carry_out if job.state == ImportJob.State.CONFIRMING else preview
    transaction.on_commit(lambda: task.delay(job.pk))
