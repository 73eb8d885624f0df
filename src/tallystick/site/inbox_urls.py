"""The addresses of what one person is told."""

from django.urls import path

from tallystick.web.inbox import entries

_ENTRY = "inbox/<str:notification_id>/"

urlpatterns = [
    path("inbox/", entries.index, name="inbox"),
    path("inbox/read/", entries.read_all, name="inbox_read_all"),
    path(_ENTRY + "open/", entries.open_, name="inbox_open"),
    path(_ENTRY + "read/", entries.read, name="inbox_read"),
]
