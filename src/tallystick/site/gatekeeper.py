"""The gate before every view: an undeclared address, or one beyond the viewer, is not found."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from tallystick.actions.refusals import NotPermitted, require
from tallystick.records.people import Person, viewer_of
from tallystick.records.viewer import Viewer
from tallystick.site.doors import absent, ask_to_sign_in, refused
from tallystick.site.registry import ROUTES, Reach, Route


def _admits(route: Route, viewer: Viewer) -> bool:
    if route.reach is Reach.CLIENT:
        return viewer.is_client
    if route.reach is Reach.PROVIDER:
        return not viewer.is_client
    return True


class GatekeeperMiddleware:
    """Decide who is looking, once, and whether the address exists for them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the viewer, pass the request on, and keep private answers out of caches."""
        user = request.user
        viewer = viewer_of(user) if isinstance(user, Person) else None
        request.viewer = viewer  # type: ignore[attr-defined]
        response = self.get_response(request)
        if viewer is not None:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse what the registry does not declare for this viewer, as if it did not exist."""
        match = request.resolver_match
        route = ROUTES.get(match.view_name) if match else None
        if route is None:
            return absent(request)
        viewer: Viewer | None = getattr(request, "viewer", None)
        if route.reach is not Reach.ANYONE and viewer is None:
            return ask_to_sign_in(request)
        if viewer is not None and not _admits(route, viewer):
            return absent(request)
        if request.method not in route.methods:
            return HttpResponseNotAllowed(sorted(route.methods))
        return _without_duty(request, route, viewer)


def _without_duty(request: HttpRequest, route: Route, viewer: Viewer | None) -> HttpResponse | None:
    """Refuse a role that lacks the duty, before any look-up: hidden and absent answer alike."""
    if viewer is None or route.duty is None:
        return None
    try:
        require(viewer, route.duty)
    except NotPermitted as refusal:
        return refused(request, refusal)
    return None
