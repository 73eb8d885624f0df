"""A request that claims too large a body is answered before a byte of it is read."""

from django.http import HttpRequest

from tallystick.engine.refusals import Refusal


class UploadTooLarge(Refusal):
    """The request claims more bytes than an upload may have."""

    code = "upload.too-large"


def demand_body_within(request: HttpRequest, most: int) -> None:
    """
    Let a request go on whose Content-Length is at most `most` bytes.

    Raises:
        UploadTooLarge: without reading the body.
    """
    claimed = request.META.get("CONTENT_LENGTH") or "0"
    # A long figure is never turned into a number: ten digits are ten gigabytes already.
    if not claimed.isdigit() or len(claimed) > 15 or int(claimed) > most:
        raise UploadTooLarge(
            f"The file is larger than {most // 2**20} MB.",
            place="file",
            remedy="Compress it with gzip, or export a shorter period and upload the periods one "
            "after another.",
        )
