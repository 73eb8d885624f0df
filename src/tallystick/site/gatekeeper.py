"""The gate before every view: an undeclared address, or one beyond the viewer, is not found."""

from collections.abc import Callable
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.utils.http import urlencode

from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.records.people import Person, viewer_of
from tallystick.records.viewer import Viewer
from tallystick.site.registry import ROUTES, Reach, Route

API_PREFIX = "/api/"


class SignInNeeded(Refusal):
    """Nobody is signed in."""

    code = "sign-in-needed"


def _admits(route: Route, viewer: Viewer) -> bool:
    if route.reach is Reach.CLIENT:
        return viewer.is_client
    if route.reach is Reach.PROVIDER:
        return not viewer.is_client
    return True


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(API_PREFIX):
        problem = {
            "code": SignInNeeded.code,
            "message": "This needs a signed-in session.",
            "place": "",
            "remedy": "Sign in at /sign-in/ and send the session cookie.",
        }
        return JsonResponse(problem, status=401)
    return HttpResponseRedirect("/sign-in/?" + urlencode({"next": request.get_full_path()}))


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
            raise Http404
        viewer: Viewer | None = getattr(request, "viewer", None)
        if route.reach is not Reach.ANYONE and viewer is None:
            return _ask_to_sign_in(request)
        if viewer is not None and not _admits(route, viewer):
            raise Http404
        if request.method not in route.methods:
            return HttpResponseNotAllowed(sorted(route.methods))
        if viewer is not None and route.duty is not None:
            # Before any look-up, so that a hidden and an absent object answer alike.
            require(viewer, route.duty)
        return None
