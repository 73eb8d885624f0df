"""What acts of governance share: their chain, names told apart, and who belongs to a party."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter, shared_chain
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.audience import EngagementShared
from tallystick.records.engagements import Engagement
from tallystick.records.people import Person, people_of_side
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer

R = TypeVar("R", bound=EngagementShared)


class NameTaken(Refusal):
    """Two things of one kind have the same name."""

    code = "governance.name-taken"


class TooManyParts(Refusal):
    """More of something than anybody keeps up."""

    code = "governance.too-many"


class NotOfEngagement(Refusal):
    """Something belongs to another engagement, or somebody acts for neither party."""

    code = "governance.not-here"


def free_name(
    noun: type[R],
    engagement: Engagement,
    given: str,
    amends: R | None,
    *,
    field: str = "name",
    longest: int = 160,
    most: int,
    taken: type[NameTaken] = NameTaken,
    too_many: type[TooManyParts] = TooManyParts,
) -> str:
    """
    Return a name that no other of this kind has in the engagement, whatever its capitals.

    Raises:
        TextNeeded, TextTooLong, NameTaken, TooManyParts
    """
    name = checked(given, field, longest=longest)
    others = noun.objects.filter(engagement=engagement)
    if amends:
        others = others.exclude(pk=amends.pk)
    names = {each.casefold() for each in others.values_list(field, flat=True)}
    kind = noun.__name__.lower()
    if name.casefold() in names:
        raise taken(
            f"There is a {kind} “{name}” already.",
            place=field,
            remedy="Change that one, or choose words that tell them apart.",
        )
    if len(names) >= most:
        raise too_many(
            f"There are {most} already.",
            place=field,
            remedy="Change one of them, or take away what nobody uses.",
        )
    return name


def demand_own(engagement: Engagement, each: EngagementShared | None, place: str) -> None:
    """
    Let only something of this engagement go on; nothing is fine.

    Raises:
        NotOfEngagement
    """
    if each is not None and each.engagement_id != engagement.pk:
        raise NotOfEngagement(
            f"“{each}” belongs to another engagement.",
            place=place,
            remedy="Choose one of this engagement.",
        )


def side_of(engagement: Engagement, person: Person, place: str) -> Side:
    """
    Return the side for which somebody acts today in an engagement.

    Raises:
        NotOfEngagement
    """
    for side in Side:
        if people_of_side(engagement, side).filter(pk=person.pk).exists():
            return side
    raise NotOfEngagement(
        f"{person.name} acts for neither party.",
        place=place,
        remedy="Choose somebody who belongs to one of them today.",
    )


def tell(
    subject: EngagementShared,
    sentence: str,
    *,
    action: str,
    payload: Mapping[str, Any],
    by: Viewer | None,
    as_of: datetime,
) -> None:
    """Enter an act where its readers see it, and keep what guardrails make of it."""
    engagement = subject.engagement
    enter(
        subject,
        sentence,
        action=action,
        payload=payload,
        chain=shared_chain(engagement),
        by=by,
        as_of=as_of,
    )
    keep_findings_in([engagement], as_of, by=by)
