"""What an address or a body names -> the object, if the viewer may see it."""

from typing import TypeVar, cast

from django.http import Http404, HttpRequest

from tallystick.engine.refusals import Refusal
from tallystick.records.audience import Record
from tallystick.records.engagements import Engagement
from tallystick.records.organisations import Organisation, providers_known_to
from tallystick.records.people import Person, colleagues_of, people_of_side
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer

R = TypeVar("R", bound=Record)


class ViewerRequest(HttpRequest):
    """A request that the gatekeeper let through: it knows who is looking."""

    viewer: Viewer


class NamesNothing(Refusal):
    """A field of the body names something that does not exist for the viewer."""

    code = "request.names-nothing"


def find(noun: type[R], viewer: Viewer, key: str, *related: str, by: str = "public_id") -> R:
    """
    Return the record that an address names; `related` relations are read along with it.

    Raises:
        Http404: if there is none, or none that this viewer may see.
    """
    # No stored text holds a NUL, and PostgreSQL refuses to look for one.
    if "\0" in key:
        raise Http404
    rows = noun.objects.visible_to(viewer).filter(**{by: key})
    found = (rows.select_related(*related) if related else rows).first()
    if found is None:
        raise Http404
    return cast(R, found)


def named(
    noun: type[R],
    viewer: Viewer,
    key: str,
    *related: str,
    place: str,
    within: Engagement | None = None,
) -> R:
    """
    Return the record that a field of the body names, one of the engagement `within` if given.

    Raises:
        NamesNothing: if there is none, or none that this viewer may see; `place` is the field.
    """
    rows = noun.objects.visible_to(viewer).filter(public_id=key)
    if within is not None:
        rows = rows.filter(**{"engagement": within})
    found = (rows.select_related(*related) if related else rows).first()
    if found is None:
        raise NamesNothing(
            f"There is no {noun.__name__.lower()} {key!r} here.",
            place=place,
            remedy="Give the id that another operation gave you.",
        )
    return cast(R, found)


def named_provider(viewer: Viewer, key: str) -> Organisation:
    """
    Return the provider that the field `provider` of a body names.

    Raises:
        NamesNothing: if there is none that this viewer may appoint or share with.
    """
    found = providers_known_to(viewer).filter(public_id=key).first()
    if found is None:
        raise NamesNothing(
            f"There is no provider {key!r} here.",
            place="provider",
            remedy="Give the id of one of the providers that /api/session names.",
        )
    return found


def named_colleague(viewer: Viewer, key: str, *, place: str) -> Person:
    """
    Return the person of the viewer's organisation that a field of a body names.

    Raises:
        NamesNothing: if nobody who acts for the organisation today has this id.
    """
    found = colleagues_of(viewer).filter(public_id=key).first()
    if found is None:
        raise NamesNothing(
            f"There is no person {key!r} in your organisation.",
            place=place,
            remedy="Give the id of one of its people.",
        )
    return found


def named_person(
    engagement: Engagement, key: str, *, place: str, sides: tuple[Side, ...] = tuple(Side)
) -> Person:
    """
    Return the person of a party, of either one unless `sides` says whose, that a field names.

    Raises:
        NamesNothing: if nobody who acts for it today has this id.
    """
    for side in sides:
        found = people_of_side(engagement, side).filter(public_id=key).first()
        if found is not None:
            return found
    where = f"at the {sides[0]}" if len(sides) == 1 else "here"
    raise NamesNothing(
        f"There is no person {key!r} {where}.",
        place=place,
        remedy="Give the id of somebody who acts for one of the parties."
        if len(sides) > 1
        else "Give the id of one of its people.",
    )
