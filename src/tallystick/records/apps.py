"""The one Django app: what is stored."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Name the app `records`, so that its tables start with that word."""

    name = "tallystick.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
