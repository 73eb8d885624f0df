"""Bring a register of lessons along: take the file, try it out, import it."""

from datetime import UTC, datetime
from re import fullmatch
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.import_lessons import Sorted, import_lessons, sort_register
from tallystick.actions.receive_register import receive_register
from tallystick.actions.receive_upload import safe_name
from tallystick.engine.refusals import Refusal
from tallystick.engine.registers import NoLessonColumn, read_header
from tallystick.records.store import register_path
from tallystick.web.counts import counted
from tallystick.web.forms.refusals import add_refusal, refused_on
from tallystick.web.forms.registers import ColumnsForm, RegisterForm
from tallystick.web.lookup import ViewerRequest

SHOWN = 20
BREADCRUMB = "lessons"


def new(request: ViewerRequest) -> HttpResponse:
    """Take the file."""
    sent = request.method == "POST"
    form = RegisterForm(request.POST, request.FILES) if sent else RegisterForm()
    if form.is_valid():
        with refused_on(form, "file"):
            file = form.cleaned_data["file"]
            digest = receive_register(file=file, by=request.viewer)
            place = reverse("lessons_register", args=[digest.removeprefix("sha256:")])
            return redirect(f"{place}?{urlencode({'name': safe_name(file.name or '')})}")
    status = 422 if form.is_bound else 200
    shown = {"form": form, "breadcrumb": [("Lessons", reverse("lessons"))]}
    return render(request, "lessons/register_new.html", shown, status=status)


def show(request: ViewerRequest, digest: str) -> HttpResponse:
    """Try a register out with the columns that were chosen, and import it when asked to."""
    path = register_path(request.viewer.organisation, digest)
    if not fullmatch(r"[0-9a-f]{64}", digest) or not path.exists():
        raise Http404
    name = safe_name(request.GET.get("name", "")) or "register"
    try:
        header, guessed = read_header(path)
    except FileNotFoundError as gone:
        raise Http404 from gone
    form = ColumnsForm(header, guessed, request.POST if request.method == "POST" else None)
    tried: Sorted | None = None
    if not form.is_bound:
        tried = _tried(request, digest, guessed, form)
    elif form.is_valid():
        with refused_on(form):
            if "commit" in request.POST:
                return _imported(request, digest, form, name)
            tried = sort_register(f"sha256:{digest}", form.columns(), request.viewer)
    shown = {
        "form": form,
        "tried": tried,
        "name": name,
        "new": tried.new[:SHOWN] if tried else [],
        "kept_out": tried.kept_out[:SHOWN] if tried else [],
        "more_kept_out": len(tried.kept_out) - SHOWN if tried else 0,
        "breadcrumb": [("Lessons", reverse("lessons"))],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "lessons/register.html", shown, status=status)


def _tried(
    request: ViewerRequest, digest: str, guessed: dict[str, str], form: ColumnsForm
) -> Sorted | None:
    """Return the dry run with the guessed columns; None where they do not suffice."""
    try:
        return sort_register(f"sha256:{digest}", guessed, request.viewer)
    except NoLessonColumn:
        return None
    except Refusal as refusal:
        form.cleaned_data = {}
        form.full_clean()
        add_refusal(form, refusal)
        return None


def _imported(request: ViewerRequest, digest: str, form: ColumnsForm, name: str) -> HttpResponse:
    made = import_lessons(
        digest=f"sha256:{digest}",
        columns=form.columns(),
        name=name,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    messages.success(request, f"{counted(len(made), 'lesson')} imported.")
    return redirect("lessons")
