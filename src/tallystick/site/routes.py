"""A route as the gatekeeper sees it: who may know of it, what it asks, what it answers."""

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

    An id in its address names an object that must be visible to the viewer, or the answer is
    404. `duty` is what the route asks of the viewer's role, or the answer is 403, whatever the
    object. `post` is the status that a permitted person gets for a POST without any field,
    None where there is no POST; `get` is False where there is only that.
    """

    reach: Reach
    duty: Duty | None = None
    get: bool = True
    post: int | None = None

    @property
    def methods(self) -> frozenset[str]:
        """Return the methods that the route answers."""
        reading = {"GET", "HEAD"} if self.get else set()
        return frozenset(reading | ({"POST"} if self.post else set()))


def form(reach: Reach, duty: Duty) -> Route:
    """Return a page with a form; a POST without fields shows it again with its errors."""
    return Route(reach, duty, post=422)


def act(reach: Reach, duty: Duty, empty: int) -> Route:
    """Return a route that only acts."""
    return Route(reach, duty, get=False, post=empty)


ANYONE, MEMBER = Route(Reach.ANYONE), Route(Reach.MEMBER)
CLIENT = Route(Reach.CLIENT)
