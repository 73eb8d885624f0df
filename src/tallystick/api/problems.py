"""Every way in which an operation declines, in one shape: code, message, place, remedy."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, Field

from tallystick.actions.own_drafts import DraftChanged, DraftGone
from tallystick.actions.passwords import TooManyPasswords
from tallystick.actions.proposals import NotOpen
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.sign_agreement import StaleHash
from tallystick.actions.sign_review import WordsChanged
from tallystick.actions.write_review import ReviewFrozen
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import AgreementRefused


class Spot(BaseModel):
    """One thing that is wrong, and what to do about it."""

    code: str = Field(description="Stable and machine-readable, such as intake.no-header.")
    message: str
    place: str = Field(description="A field, a path in a document, or a row; may be empty.")
    remedy: str


class Problem(Spot):
    """
    Why nothing was done; `others` names what else is wrong, where several things are.

    `difference` is where to read what changed, for a hash that is not the current one.
    """

    others: list[Spot] = []
    difference: str = ""


STATUSES = {
    NotPermitted.code: 403,
    StaleHash.code: 409,
    NotOpen.code: 409,
    DraftChanged.code: 409,
    DraftGone.code: 409,
    TooManyPasswords.code: 429,
    ReviewFrozen.code: 409,
    WordsChanged.code: 409,
}
"""The status of a refusal, where it is not 422."""

ABSENT = {
    "code": "not-found",
    "message": "There is nothing here.",
    "place": "",
    "remedy": "Check the address; what you may not see does not exist for you.",
}


def absent(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Answer for what is absent and for what is hidden, to the byte."""
    return JsonResponse(ABSENT, status=404)


def refused(request: HttpRequest, refusal: Refusal, status: int | None = None) -> JsonResponse:
    """Answer with a refusal, with the status of its kind; mostly 422."""
    usual = STATUSES.get(refusal.code, 422)
    body: dict[str, Any] = _spot(refusal.code, refusal.message, refusal.place, refusal.remedy)
    if isinstance(refusal, AgreementRefused) and len(refusal.problems) > 1:
        body["others"] = [
            _spot(each.code, each.message, each.place, each.remedy) for each in refusal.problems[1:]
        ]
    if isinstance(refusal, StaleHash):
        body["difference"] = f"/api/agreements/{refusal.current.public_id}/difference"
    return JsonResponse(body, status=status or usual)


def _spot(code: str, message: str, place: str, remedy: str) -> dict[str, str]:
    return {"code": code, "message": message, "place": place, "remedy": remedy}


def _invalid(request: HttpRequest, problem: ValidationError) -> JsonResponse:
    spots = [_field_spot(error) for error in problem.errors]
    body: dict[str, Any] = dict(spots[0])
    if len(spots) > 1:
        body["others"] = spots[1:]
    return JsonResponse(body, status=422)


def _field_spot(error: Mapping[str, Any]) -> dict[str, str]:
    return _spot(
        "request.invalid",
        str(error["msg"]),
        _place(error["loc"]),
        "See the operation's description at /api/docs.",
    )


def _place(path: Iterable[Any]) -> str:
    source, *rest = [str(part) for part in path]
    # The framework adds the name of our own argument between the source and the field.
    inner = rest[1:] if source in {"body", "query"} and len(rest) > 1 else rest
    return ".".join(inner) or source


def _http(request: HttpRequest, problem: HttpError) -> JsonResponse:
    if problem.status_code == 403:
        return JsonResponse(
            _spot(
                "request.forged",
                "The request does not carry this session's CSRF token.",
                "X-CSRFToken",
                "Send the csrf_token of /api/session in the header X-CSRFToken.",
            ),
            status=403,
        )
    return _unreadable(request, problem, 422)


def _unreadable(request: HttpRequest, problem: Exception, status: int = 400) -> JsonResponse:
    spot = _spot(
        "request.unreadable",
        "The request cannot be read.",
        "",
        "Send JSON (or a multipart form, for a file) as described at /api/docs.",
    )
    return JsonResponse(spot, status=status)


def _too_big(request: HttpRequest, problem: RequestDataTooBig) -> JsonResponse:
    spot = _spot(
        "request.too-big",
        "The request is larger than an operation reads.",
        "",
        "Send service data as a file to the import operation.",
    )
    return JsonResponse(spot, status=413)


def _not_signed_in(request: HttpRequest, problem: AuthenticationError) -> JsonResponse:
    spot = _spot(
        "sign-in-needed",
        "This needs a signed-in session.",
        "",
        "Sign in at /sign-in/ and send the session cookie.",
    )
    return JsonResponse(spot, status=401)


ANSWERS: tuple[tuple[type[Exception], Callable[..., JsonResponse]], ...] = (
    (Refusal, refused),
    (Http404, absent),
    (ValidationError, _invalid),
    (HttpError, _http),
    (AuthenticationError, _not_signed_in),
    (RequestDataTooBig, _too_big),
    (SuspiciousOperation, _unreadable),
    (MultiPartParserError, _unreadable),
)


def answer_problems(api: NinjaAPI) -> None:
    """Give the interface its answers; a fault of ours is left to the error log."""
    for kind, answer in ANSWERS:
        api.add_exception_handler(kind, answer)
