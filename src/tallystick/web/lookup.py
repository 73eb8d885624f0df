"""The first line of a page: the object that its address names, if the viewer may see it."""

from typing import TypeVar, cast

from django.http import Http404, HttpRequest

from tallystick.records.audience import Record
from tallystick.records.viewer import Viewer

R = TypeVar("R", bound=Record)


class ViewerRequest(HttpRequest):
    """A request that the gatekeeper let through: it knows who is looking."""

    viewer: Viewer


def find(noun: type[R], viewer: Viewer, key: str, *related: str, by: str = "public_id") -> R:
    """
    Return the record that `key` names; `related` relations are read along with it.

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
