"""Bytes or text -> a response that a browser saves and never shows."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def download(content: bytes | str, media_type: str, stem: str, suffix: str) -> HttpResponse:
    """Return content as a file to save, named after `stem`: letters, digits, dots and dashes."""
    response = HttpResponse(content, content_type=media_type)
    safe = re.sub(r"[^\w.-]+", "-", stem)[:100].strip("-.") or "table"
    disposition = content_disposition_header(as_attachment=True, filename=f"{safe}.{suffix}")
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
