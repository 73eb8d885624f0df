"""A form that is sent twice by one click too many: the second finds what the first has made."""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from tallystick.records.audience import Record, ScopedQuerySet
from tallystick.records.organisations import Organisation
from tallystick.records.viewer import Viewer

Made = TypeVar("Made", bound=Record)

A_MOMENT = timedelta(seconds=10)


def sent_before(
    rows: ScopedQuerySet[Made], at: str, who: str, *, by: Viewer, as_of: datetime, **words: Any
) -> Made | None:
    """
    Return what the same person made with the same words a moment ago; None if nothing.

    `at` and `who` name the fields that say when and by whom. One at a time of an organisation
    goes on from here, so that two that are sent at once see each other.
    """
    Organisation.objects.select_for_update(of=("self",)).get(pk=by.organisation.pk)
    made = {f"{at}__gt": as_of - A_MOMENT, f"{at}__lte": as_of, who: by.person}
    return rows.filter(**made, **words).order_by("id").first()
