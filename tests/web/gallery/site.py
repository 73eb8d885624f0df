"""The gallery's addresses, its pretended viewer and its server."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from allauth.account import views as account
from django.contrib import messages
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import override_settings
from django.urls import path

from tallystick.records.organisations import Organisation
from tallystick.records.people import Person
from tallystick.records.roles import Role, Side
from tallystick.records.viewer import Viewer
from tallystick.web import errors, theme
from tests.web.gallery.samples import gallery_context


def ada() -> Viewer:
    """Return a client's sourcing lead who is nowhere stored."""
    nordwind = Organisation(name="Nordwind Energy", side=Side.CLIENT)
    return Viewer(
        Person(email="ada@example.org", name="Ada Lindqvist"), nordwind, Role.SOURCING_LEAD
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    request.viewer = ada()  # type: ignore[attr-defined]
    messages.success(request, "The lesson is published.")
    messages.error(request, "The guardrail could not be raised.")
    return render(request, "gallery.html", gallery_context())


def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in page as a demo has it."""
    named = [("Sourcing lead", "Nordwind Energy", "ada"), ("Delivery lead", "Baltic Desk", "cleo")]
    accounts = [
        {
            "role": role,
            "organisation": organisation,
            "email": f"{name}@example.org",
            "password": "a tally of notches",
        }
        for role, organisation, name in named
    ]
    view = account.LoginView.as_view(extra_context={"demo_accounts": accounts})
    return view(request)


def broken(request: HttpRequest) -> HttpResponse:
    """Fail, as a fault of ours would."""
    raise RuntimeError("a fault")


urlpatterns = [
    path("", gallery, name="home"),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("password/", gallery, name="account_change_password"),
    path("theme/", theme.set_theme, name="theme"),
    path("inbox/", gallery, name="inbox"),
    path("broken/", broken),
]
handler404 = errors.not_found
handler500 = errors.server_error

_WITHOUT = ("Gatekeeper",)
_INBOX = ("tallystick.web.templatetags.inbox", "tests.web.gallery.inbox")


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Keep requests out of the tests' output."""


def _settings(settings: Any, home: Path) -> dict[str, Any]:
    templates = [dict(settings.TEMPLATES[0])]
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "templates"]
    # Whoever is nowhere stored has no inbox; the gallery draws one.
    options = dict(templates[0]["OPTIONS"])
    options["builtins"] = [each.replace(*_INBOX) for each in options["builtins"]]
    templates[0]["OPTIONS"] = options
    return {
        "ROOT_URLCONF": "tests.web.gallery.site",
        "TEMPLATES": templates,
        "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
        "MIDDLEWARE": [m for m in settings.MIDDLEWARE if not any(w in m for w in _WITHOUT)],
        "STATICFILES_DIRS": [home],
        "ALLOWED_HOSTS": ["127.0.0.1"],
    }


@contextmanager
def gallery_server(settings: Any, assets: Path) -> Iterator[str]:
    """Serve the gallery on a free port of loopback; yields its address."""
    with override_settings(**_settings(settings, assets)):
        application: Callable[..., Any] = get_wsgi_application()
        server = make_server(
            "127.0.0.1", 0, application, server_class=_Server, handler_class=_Silent
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
