"""What a party says of a statement: it attests it, or disputes it point by point."""

from datetime import UTC, datetime
from typing import cast

from django.core.files.uploadedfile import TemporaryUploadedFile
from ninja import File, Form
from ninja.files import UploadedFile
from pydantic import AwareDatetime, Field

from tallystick.actions.attest_statement import attest_statement
from tallystick.actions.dispute_statement import DisputeWording, dispute_statement
from tallystick.actions.files_kept import NewFile
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.routing import Operations
from tallystick.api.statements import FOLLOWED, StatementWhole, whole
from tallystick.api.values import Id, In, OptionalLine, Words
from tallystick.records.measurements import Measurement
from tallystick.records.statements import Statement

operations = Operations(tags=["Statements"])


class Point(In):
    """One point of a statement that is wrong: which figure, what is wrong, what it should be."""

    measurement: Id = Field(description="A measurement that the statement pins.")
    item: OptionalLine = Field("", description="A ticket behind it, if it is about one.")
    component: OptionalLine = Field("", description="Of an availability; empty: the service.")
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    what_is_wrong: Words
    should_be: Words


def given_files(files: list[UploadedFile]) -> list[NewFile]:
    """Return uploaded files as an action takes them."""
    return [NewFile(each.name or "", cast(TemporaryUploadedFile, each)) for each in files]


@operations.acts("/statements/{statement_id}/attest", "attest_statement", StatementWhole)
def attest(request: ViewerRequest, statement_id: str) -> StatementWhole:
    """Attest a statement for the party that the caller acts for."""
    found = find(Statement, request.viewer, statement_id, *FOLLOWED)
    attest_statement(statement=found, by=request.viewer, as_of=datetime.now(UTC))
    return whole(found, request.viewer)


@operations.acts(
    "/statements/{statement_id}/dispute", "dispute_statement", StatementWhole, status=201
)
def dispute(
    request: ViewerRequest,
    statement_id: str,
    point: Form[Point],
    evidence: File[list[UploadedFile]] = [],  # noqa: B006  (ninja's way to say "optional")
) -> StatementWhole:
    """Dispute one point of a statement; send evidence along as files of the form."""
    found = find(Statement, request.viewer, statement_id, *FOLLOWED)
    measurement = named(
        Measurement, request.viewer, point.measurement, "agreement", place="measurement",
        within=found.engagement,
    )  # fmt: skip
    wording = DisputeWording(measurement, **point.model_dump(exclude={"measurement"}))
    dispute_statement(
        statement=found,
        wording=wording,
        files=given_files(evidence),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(found, request.viewer)
