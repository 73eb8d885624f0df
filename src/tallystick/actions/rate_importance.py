"""Say how important an objective is to one's own party, unseen until the other has said it too."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.objectives import importance_gap
from tallystick.records.engagements import Engagement
from tallystick.records.importance import Importance, SharedImportance
from tallystick.records.objectives import Objective
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def rate_importance(
    *, objective: Objective, importance: int, by: Viewer, as_of: datetime
) -> Importance:
    """
    Keep one's own party's rating; the second of a round opens both.

    Until both have rated, one's own may be changed. After that a rating begins a new round, and
    the one before stays what both read until the new one is complete.

    Raises:
        NotPermitted, RatingOutsideScale
    """
    require(by, Duty.WEIGH)
    importance_gap(importance, None)
    # Two first ratings at once would both stay sealed.
    engagement = held_engagement(objective.engagement_id)
    shared = SharedImportance.objects.filter(objective=objective)
    number = (shared.aggregate(last=Max("round"))["last"] or 0) + 1
    rating, _ = Importance.objects.update_or_create(
        objective=objective,
        organisation=by.organisation,
        round=number,
        defaults={
            "engagement": engagement,
            "importance": importance,
            "rated_at": as_of,
            "rated_by": by.person,
        },
    )
    enter(
        rating,
        f"Rated the importance of “{objective.statement}”.",
        action="rate_importance",
        payload={"objective": objective.public_id, "round": number, "importance": importance},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    given = {
        each.organisation_id: each.importance
        for each in Importance.objects.filter(objective=objective, round=number)
    }
    if len(given) > 1:
        _open(objective, engagement, number, given, by, as_of)
    return rating


def _open(
    objective: Objective,
    engagement: Engagement,
    number: int,
    given: dict[int, int],
    by: Viewer,
    as_of: datetime,
) -> None:
    ours = given.pop(engagement.client_id)
    (theirs,) = given.values()
    shared = SharedImportance.objects.create(
        engagement=engagement,
        objective=objective,
        round=number,
        client=ours,
        provider=theirs,
        shared_at=as_of,
    )
    enter(
        shared,
        f"Both parties have rated the importance of “{objective.statement}”: the client {ours}, "
        f"the provider {theirs}.",
        action="rate_importance",
        payload={
            "objective": objective.public_id,
            "round": number,
            "client": ours,
            "provider": theirs,
        },
        chain=engagement,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([engagement], as_of, by=by)
