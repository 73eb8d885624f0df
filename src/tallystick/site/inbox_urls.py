"""The addresses of what one person is told."""

from django.urls import path

from tallystick.web.inbox import calendar, entries, mail

_ENTRY = "inbox/<str:notification_id>/"

urlpatterns = [
    path("inbox/", entries.index, name="inbox"),
    path("inbox/mail/", mail.preference, name="mail_preference"),
    path("inbox/calendar/", calendar.show, name="my_calendar"),
    path("inbox/calendar/make/", calendar.make, name="calendar_feed_make"),
    path("inbox/calendar/revoke/", calendar.revoke, name="calendar_feed_revoke"),
    path("calendar/<str:feed_secret>.ics", calendar.ics, name="calendar_feed"),
    path("no-mail/<str:mail_token>/", mail.stop, name="mail_stop"),
    path("inbox/read/", entries.read_all, name="inbox_read_all"),
    path(_ENTRY + "open/", entries.open_, name="inbox_open"),
    path(_ENTRY + "read/", entries.read, name="inbox_read"),
]
