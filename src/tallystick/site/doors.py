"""Which door a request came to, and that door's way of saying no."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from tallystick.api import problems
from tallystick.engine.refusals import Refusal
from tallystick.web import errors

API_PREFIX = "/api/"


class SignInNeeded(Refusal):
    """Nobody is signed in."""

    code = "sign-in-needed"


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith(API_PREFIX)


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for an address or an object that is absent or hidden."""
    return problems.absent(request) if _is_api(request) else errors.not_found(request)


def refused(request: HttpRequest, refusal: Refusal, status: int | None = None) -> HttpResponse:
    """Answer with a refusal; without a status, with the one that its kind has."""
    if _is_api(request):
        return problems.refused(request, refusal, status=status)
    answer = errors.refusal_page(request, refusal)
    answer.status_code = status or answer.status_code
    return answer


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a person to the sign-in page; tell a program that it needs a session."""
    if not _is_api(request):
        return HttpResponseRedirect("/sign-in/?" + urlencode({"next": request.get_full_path()}))
    refusal = SignInNeeded(
        "This needs a signed-in session.",
        remedy="Sign in at /sign-in/ and send the session cookie.",
    )
    return problems.refused(request, refusal, status=401)
