"""A request that claims too large a body is answered before a byte of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tallystick.engine.refusals import Refusal
from tallystick.site.doors import refused


class RequestTooLarge(Refusal):
    """The request claims more bytes than an upload may have."""

    code = "request.too-big"


def _claims_at_most(request: HttpRequest, most: int) -> bool:
    claimed = request.META.get("CONTENT_LENGTH") or "0"
    # A long figure is never turned into a number: ten digits are ten gigabytes already.
    return claimed.isdigit() and len(claimed) <= 15 and int(claimed) <= most


class BodyLimitMiddleware:
    """Stand before everything that reads a body, the check of forged requests included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what is small enough; answer 413 to the rest."""
        most = settings.MAX_UPLOAD_BYTES
        if _claims_at_most(request, most):
            return self.get_response(request)
        refusal = RequestTooLarge(
            f"The request is larger than {most // 2**20} MB.",
            place="file",
            remedy="Compress the file with gzip, or export a shorter period and upload the "
            "periods one after another.",
        )
        return refused(request, refusal, status=413)
