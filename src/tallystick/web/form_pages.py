"""A page that is one form: show it, or do what a valid one says and go on."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tallystick.web.forms.refusals import refused_on
from tallystick.web.lookup import ViewerRequest


def form_page(
    request: ViewerRequest,
    form: Form,
    act: Callable[[], object],
    around: Callable[[], Mapping[str, Any]],
    *,
    title: str,
    said: str,
    back: str,
    lead: str = "",
    submit: str = "Save",
    template: str = "forms/page.html",
) -> HttpResponse:
    """
    Show a form, or do what a valid one says and go to `back`.

    `around` gives what stands around the page; it is asked only if the page is shown. `template`
    is for a form whose fields belong in groups.
    """
    if form.is_bound and form.is_valid():
        with refused_on(form):
            act()
            messages.success(request, said)
            return redirect(back)
    shown = {"form": form, "title": title, "lead": lead, "submit": submit, "back": back}
    page = {**around(), **shown}
    return render(request, template, page, status=422 if form.is_bound else 200)


def posted(request: ViewerRequest) -> Any:
    """Return what a form is bound to: the fields of a POST, nothing before."""
    return request.POST if request.method == "POST" else None
