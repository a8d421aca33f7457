"""The health page: what a load balancer or an operator asks before sending people here."""

import os

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def database_answers() -> bool:
    """The database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def files_can_be_written() -> bool:
    """The folder of uploaded files, or the one that it will be made in, takes new files."""
    return os.access(settings.DATA_DIR, os.W_OK | os.X_OK)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when this process can serve people, else 503, and no more than a stranger may know."""
    checks = {"database": database_answers(), "files": files_can_be_written()}
    words = {name: "ok" if good else "failing" for name, good in checks.items()}
    return JsonResponse(words, status=200 if all(checks.values()) else 503)
