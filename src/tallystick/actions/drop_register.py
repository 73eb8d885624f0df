"""Let a register of lessons go that was received and is not imported from its place."""

from tallystick.actions.refusals import require
from tallystick.records.roles import Duty
from tallystick.records.store import register_path
from tallystick.records.viewer import Viewer


def drop_register(*, digest: str, by: Viewer) -> None:
    """
    Delete the bytes that wait in the client's own folder; nothing if none do.

    Raises:
        NotPermitted
    """
    require(by, Duty.PUBLISH_LESSON)
    register_path(by.organisation, digest).unlink(missing_ok=True)
