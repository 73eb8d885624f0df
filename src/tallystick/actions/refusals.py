"""Refusals that several actions share."""

from tallystick.engine.refusals import Refusal
from tallystick.records.roles import MAY, Duty
from tallystick.records.viewer import Viewer


class NotPermitted(Refusal):
    """The person may see this, and may not do it."""

    code = "not-permitted"


def require(by: Viewer, duty: Duty) -> None:
    """
    Let only roles that carry this duty go on.

    Raises:
        NotPermitted: naming the roles that could.
    """
    if by.may(duty):
        return
    roles = ", ".join(sorted(role.value.replace("-", " ") for role in MAY[duty]))
    raise NotPermitted(
        f"Your role, {by.role.value.replace('-', ' ')}, does not include: {duty.value}.",
        remedy=f"Ask one of these to do it: {roles}.",
    )
