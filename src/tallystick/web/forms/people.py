"""Choices of people: those who act for the parties of an engagement today, party by party."""

from collections.abc import Iterable

from tallystick.records.engagements import Engagement
from tallystick.records.people import Person, people_of_side
from tallystick.records.roles import Side


class PartyPeople:
    """The people of some sides, in a group for each party that has any, by their ids."""

    def __init__(self, engagement: Engagement, sides: Iterable[Side] = tuple(Side)) -> None:
        names = {Side.CLIENT: engagement.client, Side.PROVIDER: engagement.provider}
        known = {side: list(people_of_side(engagement, side)) for side in sides}
        self.by_id = {each.public_id: each for some in known.values() for each in some}
        self.groups = [
            (str(names[side]), [(each.public_id, each.name) for each in some])
            for side, some in known.items()
            if some
        ]

    def named(self, key: str) -> Person | None:
        """Return the person of an id."""
        return self.by_id.get(key)
