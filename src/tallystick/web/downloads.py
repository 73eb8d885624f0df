"""Bytes or text -> a response that a browser saves and never shows."""

import re
from typing import TypeVar

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

R = TypeVar("R", bound=HttpResponseBase)


def download(content: bytes | str, media_type: str, stem: str, suffix: str) -> HttpResponse:
    """Return content as a file to save, named after `stem`: letters, digits, dots and dashes."""
    response = HttpResponse(content, content_type=media_type)
    safe = re.sub(r"[^\w.-]+", "-", stem)[:100].strip("-.") or "table"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return attached(response, f"{safe}.{suffix}")


def attached(response: R, file_name: str) -> R:
    """Return a response that is saved under a name and never shown."""
    disposition = content_disposition_header(as_attachment=True, filename=file_name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response
