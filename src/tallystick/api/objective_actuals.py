"""What was measured of an objective: recorded one by one, or taken from a file."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, cast

from django.core.files.uploadedfile import TemporaryUploadedFile
from ninja import File, Form
from ninja.files import UploadedFile
from pydantic import Field

from tallystick.actions.import_actuals import import_actuals, try_actuals
from tallystick.actions.receive_upload import safe_name
from tallystick.actions.record_actual import record_actual
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.objective_values import ActualOut
from tallystick.api.routing import Operations
from tallystick.api.values import Id, In, OptionalWords, Out, Words
from tallystick.records.objective_actuals import CameBy, ObjectiveActual
from tallystick.records.objectives import Objective

operations = Operations(tags=["Objectives"])

MOST_TOLD = 100


class ActualGiven(In):
    """A value of a day, in the objective's unit; with `corrects`, in place of that one."""

    on: date
    value: Annotated[Words, Field(max_length=40)]
    note: Annotated[OptionalWords, Field(max_length=300)] = ""
    corrects: Id | None = None


class ActualsFile(In):
    """Whether to store what the file tells."""

    dry_run: bool = Field(False, description="Tell what would become of each row, store nothing.")


class ValueKeptOut(Out):
    """A row that is not taken, and why."""

    line: int
    reason: str


class ActualsImport(Out):
    """What becomes of the rows; `stored` are the ids of those stored, none in a dry run."""

    new: int
    held: int = Field(description="Rows whose very value stands for the day already.")
    kept_out: int
    rows_kept_out: list[ValueKeptOut] = Field(description=f"The first {MOST_TOLD} of them.")
    stored: list[str]


@operations.acts("/objectives/{objective_id}/values/record", "record_actual", ActualOut, status=201)
def record(request: ViewerRequest, objective_id: str, given: ActualGiven) -> ActualOut:
    """Record what was measured on a day, or correct what was recorded before."""
    objective = find(Objective, request.viewer, objective_id, "engagement")
    corrects = None
    if given.corrects is not None:
        corrects = named(
            ObjectiveActual, request.viewer, given.corrects, place="corrects",
            within=objective.engagement,
        )  # fmt: skip
    actual = record_actual(
        objective=objective,
        on=given.on,
        value=given.value,
        note=given.note,
        corrects=corrects,
        came_by=CameBy.API,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return ActualOut.of(actual)


@operations.acts("/objectives/{objective_id}/values/import", "import_actuals", ActualsImport)
def import_(
    request: ViewerRequest,
    objective_id: str,
    file: File[UploadedFile],
    about: Form[ActualsFile],
) -> ActualsImport:
    """
    Take the values of a file, CSV or .xlsx, with the columns date, value and note.

    The same file again stores nothing twice.
    """
    objective = find(Objective, request.viewer, objective_id, "engagement")
    path = Path(cast(TemporaryUploadedFile, file).temporary_file_path())
    now = datetime.now(UTC)
    rows = try_actuals(objective=objective, path=path, by=request.viewer, as_of=now)
    made = []
    if not about.dry_run:
        made = import_actuals(
            objective=objective,
            path=path,
            file_name=safe_name(file.name or ""),
            by=request.viewer,
            as_of=now,
        )
    kept_out = [row for row in rows if row.problem]
    return ActualsImport(
        new=sum(row.is_new for row in rows),
        held=sum(row.held for row in rows),
        kept_out=len(kept_out),
        rows_kept_out=[
            ValueKeptOut(line=row.line, reason=row.problem) for row in kept_out[:MOST_TOLD]
        ],
        stored=[each.public_id for each in made],
    )
