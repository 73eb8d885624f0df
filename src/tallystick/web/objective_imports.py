"""Values of an objective from a file: tried out row by row, then stored."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.import_actuals import import_actuals, try_actuals
from tallystick.actions.receive_upload import safe_name
from tallystick.engine.actuals import ActualRow
from tallystick.engine.values import decimal_text
from tallystick.records.objectives import Objective
from tallystick.web.counts import counted
from tallystick.web.forms.objectives import ActualsFileForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest
from tallystick.web.objective_page import find_objective

SHOWN = 50
MOST_BYTES = 2 * 2**20


def take(request: ViewerRequest, objective_id: str) -> HttpResponse:
    """Take a file, tell what would become of each row, and store the new ones when asked to."""
    objective = find_objective(request, objective_id)
    sent = request.method == "POST"
    form = ActualsFileForm(request.POST, request.FILES) if sent else ActualsFileForm()
    tried: list[ActualRow] = []
    if form.is_bound and form.is_valid():
        with refused_on(form, "file"), _on_disk(_content(form)) as path:
            name = form.cleaned_data["name"] or safe_name(_called(form))
            if "commit" in request.POST:
                return _stored(request, objective, path, name)
            tried = try_actuals(
                objective=objective, path=path, by=request.viewer, as_of=datetime.now(UTC)
            )
            form = ActualsFileForm(initial={"rows": _as_csv(tried), "name": name})
    objectives = reverse("objectives", args=[objective.engagement.public_id])
    back = reverse("objective", args=[objective.public_id])
    above = (("Objectives", objectives), (objective.statement, back))
    shown = frame(request, objective.engagement, "objectives", *above) | {
        "form": form,
        "tried": tried,
        "new": [row for row in tried if row.is_new],
        "held": [row for row in tried if row.held],
        "kept_out": [row for row in tried if row.problem],
        "shown": SHOWN,
        "objective": objective,
        "back": back,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "objectives/values_file.html", shown, status=status)


def _stored(request: ViewerRequest, objective: Objective, path: Path, name: str) -> HttpResponse:
    made = import_actuals(
        objective=objective,
        path=path,
        file_name=name,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    messages.success(request, f"{counted(len(made), 'value')} stored.")
    return redirect("objective", objective.public_id)


def _called(form: ActualsFileForm) -> str:
    file = form.cleaned_data.get("file")
    return (file.name if file else "") or "values.csv"


def _content(form: ActualsFileForm) -> bytes:
    file = form.cleaned_data.get("file")
    content: bytes = file.read(MOST_BYTES + 1) if file else form.cleaned_data["rows"].encode()
    return content


@contextmanager
def _on_disk(content: bytes) -> Iterator[Path]:
    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        yield Path(file.name)


def _as_csv(rows: Iterable[ActualRow]) -> str:
    """Return the rows that would be stored, for the page to send back."""
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(["date", "value", "note"])
    lines.writerows(
        [row.on, decimal_text(row.value), row.note]
        for row in rows
        if row.is_new and row.value is not None
    )
    return text.getvalue()
