"""A page that is one form: show it, or do what a valid one says and go on."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tallystick.engine.refusals import Refusal
from tallystick.web.forms.refusals import refused_on
from tallystick.web.lookup import ViewerRequest


class ChangedMeanwhile(Refusal):
    """What a form changes is not any more what it was when the page was opened."""

    code = "form.changed-meanwhile"


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
    changes: Model | None = None,
) -> HttpResponse:
    """
    Show a form, or do what a valid one says and go to `back`.

    `around` gives what stands around the page; it is asked only if the page is shown. `template`
    is for a form whose fields belong in groups. `changes` is the row that the form words anew:
    what somebody else made of it since the page was opened is not written over unseen.
    """
    now = seen_of(changes)
    seen = request.POST.get("seen") or now
    if form.is_bound and form.is_valid():
        with refused_on(form):
            if seen != now:
                seen = now
                raise _changed()
            act()
            messages.success(request, said)
            return redirect(back)
    shown = {
        "form": form, "title": title, "lead": lead, "submit": submit, "back": back, "seen": seen,
    }  # fmt: skip
    page = {**around(), **shown}
    return render(request, template, page, status=422 if form.is_bound else 200)


def seen_of(row: Model | None) -> str:
    """Return what tells one standing of a row from every other one."""
    if row is None:
        return "new"
    values = [str(each.value_from_object(row)) for each in row._meta.concrete_fields]
    return sha256("\0".join(values).encode()).hexdigest()[:16]


def _changed() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        "Somebody changed this after you opened it. Your words stand below, not kept.",
        remedy="Look at it in another tab. Keeping yours again puts them in its place.",
    )


def posted(request: ViewerRequest) -> Any:
    """Return what a form is bound to: the fields of a POST, nothing before."""
    return request.POST if request.method == "POST" else None
