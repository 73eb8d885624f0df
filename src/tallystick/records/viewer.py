"""Who is looking: the person, the organisation they act for, and their role in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tallystick.records.roles import MAY, Duty, Role, Side

if TYPE_CHECKING:
    from tallystick.records.organisations import Organisation
    from tallystick.records.people import Person


@dataclass(frozen=True, slots=True)
class Viewer:
    """Everything that decides what may be seen and done; made once per request."""

    person: Person
    organisation: Organisation
    role: Role

    @property
    def is_client(self) -> bool:
        """Return whether the viewer acts for the client."""
        return self.organisation.side == Side.CLIENT

    def may(self, duty: Duty) -> bool:
        """Return whether the viewer's role carries this duty."""
        return self.role in MAY[duty]
