"""The product's own settings, with a home that is thrown away."""

import os
import tempfile

os.environ["TALLYSTICK_HOME"] = tempfile.mkdtemp(prefix="tallystick-test-")
# A browser driven from this thread leaves an event loop behind; no test is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from tallystick.site.settings import *  # noqa: F403  (the home must be set first)

# Argon2 is meant to be slow; tests of sign-in use it, all others need not wait.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
