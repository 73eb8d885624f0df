"""An evidence file, handed out to both parties and never shown by the browser."""

from django.http import FileResponse, Http404

from tallystick.records.evidence_files import EvidenceFile
from tallystick.records.store import evidence_file_path
from tallystick.web.downloads import attached
from tallystick.web.lookup import ViewerRequest, find


def download(request: ViewerRequest, file_id: str) -> FileResponse:
    """Hand out the bytes as they came, as a download alone: they are a stranger's."""
    file = find(EvidenceFile, request.viewer, file_id, "engagement")
    path = evidence_file_path(file.engagement, file.stored_as)
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="application/octet-stream")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return attached(response, file.file_name)
