"""Who may reach what: every address and operation with its audience; what is absent is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tallystick.records.roles import Duty


class Reach(StrEnum):
    """Who may know that an address exists."""

    ANYONE = "anyone"
    MEMBER = "anyone signed in"
    CLIENT = "the client's people"
    PROVIDER = "a provider's people"


@dataclass(frozen=True, slots=True)
class Route:
    """
    One page or operation.

    `subject` is the noun whose id stands in the address: the object must be visible to the
    viewer, or the answer is 404. `duty` is what a POST asks of the role. `empty_post` is the
    status that a permitted person gets for a POST without fields.
    """

    reach: Reach
    subject: str | None = None
    get: bool = True
    duty: Duty | None = None
    empty_post: int | None = None


def _read(reach: Reach, subject: str | None = None) -> Route:
    return Route(reach, subject)


PAGES: Mapping[str, Route] = {}
OPERATIONS: Mapping[str, Route] = {}

ROUTES: Mapping[str, Route] = {**PAGES, **OPERATIONS}
