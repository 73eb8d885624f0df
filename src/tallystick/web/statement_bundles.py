"""The bundle of a statement, to compute it again elsewhere."""

from django.http import FileResponse

from tallystick.records.bundles import bundle_file
from tallystick.records.statements import Statement
from tallystick.web.lookup import ViewerRequest, find


def bundle(request: ViewerRequest, statement_id: str) -> FileResponse:
    """Hand out a statement with everything that it was computed from."""
    statement = find(Statement, request.viewer, statement_id, "engagement", "agreement")
    return FileResponse(
        bundle_file(statement),
        as_attachment=True,
        filename=f"statement-{statement.window}.zip",
        content_type="application/zip",
    )
