"""What a person sees when something does not work: always what, and what to do."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tallystick.actions.refusals import NotPermitted
from tallystick.engine.refusals import Refusal


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for absent and for hidden alike, to the byte."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a fault of ours."""
    return render(request, "errors/500.html", status=500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for a request that cannot be read."""
    return render(request, "errors/400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer for a form that was opened too long ago, or in another account's tab."""
    return render(request, "errors/csrf.html", status=403)


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Show a refusal that no form took up: what, where, and what to do."""
    status = 403 if isinstance(refusal, NotPermitted) else 422
    return render(request, "errors/refused.html", {"refusal": refusal}, status=status)


class RefusalMiddleware:
    """Translate a refusal that reaches the top of a page into a page; leave faults alone."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        response: HttpResponse = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer refusals; anything else reaches the error log with its traceback."""
        if isinstance(problem, Http404):
            return not_found(request)
        if isinstance(problem, Refusal):
            return refusal_page(request, problem)
        return None
