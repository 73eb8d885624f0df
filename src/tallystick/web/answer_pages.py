"""The page of a link to questions: no account, no name, one answer, and no trace in caches."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tallystick.records.answer_links import AnswerLink
from tallystick.web.forms.refusals import refused_on

_SAID = {
    "used": ("Thank you", "Your answer is in. It stands there without a name."),
    "revoked": ("This link is closed", "Whoever sent it took it back. Ask them for a new one."),
    "over": ("The survey is over", "It takes no answer any more. Thank you for looking in."),
}


def answer_page(
    request: HttpRequest,
    link: AnswerLink,
    form: Form,
    keep: Callable[[Mapping[str, Any]], object],
    *,
    template: str,
    shown: Mapping[str, Any],
    as_of: datetime,
) -> HttpResponse:
    """Show the questions of an open link, and take one answer; then say that it is in."""
    standing = link.standing_at(as_of)
    if standing != "open":
        title, text = _SAID[standing]
        said = {"title": title, "text": text}
        # Gone: a link that took its answer never takes another.
        return _private(render(request, "surveys/done.html", said, status=410))
    if form.is_bound and form.is_valid():
        with refused_on(form):
            keep(form.cleaned_data)
            return _private(redirect(request.path))
    status = 422 if form.is_bound else 200
    return _private(render(request, template, {**shown, "form": form}, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """
    Keep a page whose address is a secret out of caches and indexes.

    Other sites learn nothing of it from the installation's own referrer policy. A stricter one
    would hide the origin of the form as well, and the form would be refused.
    """
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
