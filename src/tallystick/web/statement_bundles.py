"""The bundle of a statement, to compute it again elsewhere."""

from tempfile import SpooledTemporaryFile

from django.http import FileResponse

from tallystick.records.bundles import write_bundle
from tallystick.records.statements import Statement
from tallystick.web.lookup import ViewerRequest, find

HELD_IN_MEMORY = 16 * 2**20
"""Bytes of a bundle that are kept in memory; a larger one goes to a file without a name."""


def bundle(request: ViewerRequest, statement_id: str) -> FileResponse:
    """Hand out a statement with everything that it was computed from."""
    statement = find(Statement, request.viewer, statement_id, "engagement", "agreement")
    # The response closes it; most bundles never reach the disk.
    out = SpooledTemporaryFile(max_size=HELD_IN_MEMORY)  # noqa: SIM115
    write_bundle(statement, out)
    out.seek(0)
    return FileResponse(
        out,
        as_attachment=True,
        filename=f"statement-{statement.window}.zip",
        content_type="application/zip",
    )
