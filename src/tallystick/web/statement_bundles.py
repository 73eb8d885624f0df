"""The bundle of a statement, to compute it again elsewhere."""

from io import BytesIO
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse

from tallystick.records.bundles import size_of_rows, write_bundle
from tallystick.records.statements import Statement
from tallystick.web.lookup import ViewerRequest, find

HELD_IN_MEMORY = 16 * 2**20
"""Bytes of service data up to which a bundle never reaches the disk."""


def bundle(request: ViewerRequest, statement_id: str) -> FileResponse:
    """Hand out a statement with everything that it was computed from."""
    statement = find(Statement, request.viewer, statement_id, "engagement", "agreement")
    small = size_of_rows(statement) <= HELD_IN_MEMORY
    # The response closes it.
    out: IO[bytes] = BytesIO() if small else TemporaryFile()  # noqa: SIM115
    write_bundle(statement, out)
    out.seek(0)
    return FileResponse(
        out,
        as_attachment=True,
        filename=f"statement-{statement.window}.zip",
        content_type="application/zip",
    )
