"""Production refuses to start with a setting that is unsafe, and says which."""

import os
import subprocess
import sys

import pytest

from run import ROOT

SAFE = {
    "MCN_ENV": "production",
    "SECRET_KEY": "s" * 50,
    "MCN_FIELD_KEYS": "one:" + "5a" * 32,
    "ALLOWED_HOSTS": "youju.example",
    "DATABASE_URL": "postgres://user:word@localhost/youju",
}


def start(folder, **changed):
    """Read the settings in a process of its own; what it says when it refuses."""
    own = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    told = own | SAFE | {"MCN_DATA_DIR": str(folder)} | changed
    done = subprocess.run(
        [sys.executable, "-c", "import mcn.settings"], cwd=ROOT, env=told, capture_output=True, text=True
    )
    return done.stderr.strip().rpartition("\n")[2]


def test_production_starts_with_safe_settings(tmp_path):
    assert start(tmp_path) == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("MCN_FIELD_KEYS", "dev:" + "00" * 32),
        ("MCN_DEBUG", "1"),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", ""),
        ("MCN_REAL_NAME_PROVIDER", "recorded"),
    ],
)
def test_production_refuses_what_is_unsafe(tmp_path, name, value):
    assert start(tmp_path, **{name: value}).endswith(f"Production needs safe values for: {name}")


def test_a_file_for_a_database_needs_neither_psycopg_nor_redis(tmp_path):
    code = "import sys; sys.modules.update(psycopg=None, redis=None); import django; django.setup()"
    bare = {
        "PATH": os.environ["PATH"],
        "MCN_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "mcn.settings",
    }
    told = subprocess.run([sys.executable, "-c", code], env=bare, cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
