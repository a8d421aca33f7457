"""The product's settings for tests: a folder that goes with the run, cheap passwords, tasks at once."""

import os
import tempfile

_data = tempfile.TemporaryDirectory(prefix="mcn-test-")
os.environ["MCN_DATA_DIR"] = _data.name
os.environ["MCN_ENV"] = "development"

from mcn.settings import *
from mcn.settings import DATABASES, DATA_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
MEDIA_ROOT = DATA_DIR / "files"
# A pool keeps connections open, and PostgreSQL drops no test database that someone is connected to.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
