"""Where files lie: uploads, static files, and recordings on our own disks and in a bucket."""


def storages(env, data_dir):
    """Django's storages; the bucket is there where the environment names one."""
    recordings = env("MCN_RECORDINGS_DIR", default=str(data_dir / "recordings"))
    found = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "recordings": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": recordings},
        },
    }
    bucket = env("MCN_RECORDINGS_S3_BUCKET", default="")
    if bucket:
        found["recordings_s3"] = {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": bucket,
                "endpoint_url": env("MCN_RECORDINGS_S3_ENDPOINT", default="") or None,
                "access_key": env("MCN_RECORDINGS_S3_KEY", default="") or None,
                "secret_key": env("MCN_RECORDINGS_S3_SECRET", default="") or None,
                "region_name": env("MCN_RECORDINGS_S3_REGION", default="") or None,
            },
        }
    return found
