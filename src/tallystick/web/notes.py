"""Internal notes: what the client says to itself about an engagement."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tallystick.actions.write_note import write_note
from tallystick.records.engagements import Engagement
from tallystick.records.notes import InternalNote
from tallystick.records.roles import Duty
from tallystick.web.forms.notes import NoteForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find

NOTES_A_PAGE = 20


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the notes on an engagement, newest first."""
    return _page(request, _engagement(request, engagement_id), NoteForm())


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Keep a note."""
    engagement = _engagement(request, engagement_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        with refused_on(form):
            write_note(
                engagement=engagement,
                text=form.cleaned_data["text"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The note is kept.")
            return redirect("notes", engagement_id)
    return _page(request, engagement, form)


def _engagement(request: ViewerRequest, engagement_id: str) -> Engagement:
    return find(Engagement, request.viewer, engagement_id, "client", "provider")


def _page(request: ViewerRequest, engagement: Engagement, form: NoteForm) -> HttpResponse:
    rows = (
        InternalNote.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .select_related("written_by")
        .order_by("-written_at", "-id")
    )
    page = Paginator(rows, NOTES_A_PAGE).get_page(request.GET.get("page"))
    shown = frame(request, engagement, "notes") | {
        "audience": "private",
        "party": request.viewer.organisation.name,
        "form": form,
        "page": page,
        "may_write": request.viewer.may(Duty.NOTE_INTERNALLY),
    }
    return render(request, "notes/index.html", shown, status=422 if form.is_bound else 200)
