"""The product's settings for tests: a folder that goes with the run, cheap passwords, tasks at once."""

import gc
import os
import re
import tempfile

# Most of what tests make stays to the end: to look through it again and again took a tenth of their time.
gc.set_threshold(100_000, 20, 100)

data = tempfile.TemporaryDirectory(prefix="mcn-test-")
os.environ["MCN_DATA_DIR"] = data.name
# Each process of a run has its own database of the one Redis: they purge each other's queue otherwise.
number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
broker = os.environ.get("CELERY_BROKER_URL", "")
if broker.startswith("redis"):
    os.environ["CELERY_BROKER_URL"] = re.sub(r"/\d+$", f"/{number}", broker)

from mcn import settings as product

globals().update({name: value for name, value in vars(product).items() if name.isupper()})

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# Static files are looked up when asked for, not all listed at the start of every test's client.
WHITENOISE_AUTOREFRESH = True
# A pool keeps connections open, and PostgreSQL drops no test database that someone is connected to.
DATABASES = product.DATABASES
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
