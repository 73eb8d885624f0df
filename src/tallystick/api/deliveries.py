"""What was promised to win an award, held against what came; and whose word can be relied on."""

from datetime import UTC, date, datetime
from decimal import Decimal

from pydantic import Field

from tallystick.actions.judge_delivery import Delivered, judge_delivery
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.selection_values import figure
from tallystick.api.selections import criterion_named, selection_found
from tallystick.api.track_values import TrackRecordLine, line_out, told
from tallystick.api.values import In, OptionalWords, Out
from tallystick.records.awards import Award
from tallystick.records.delivered_scores import DeliveredScore, Promise, promises_of
from tallystick.records.track_record import Kept, Told, track_records_of

operations = Operations(tags=["Selections"])


class DeliveredScoreOut(Out):
    """What came of a promise, on the criterion's own scale, and what shows it."""

    id: str
    criterion: str
    figure: str
    evidence: str
    judged_at: datetime
    judged_by: str


class PromiseOut(Out):
    """What was promised on a criterion; `scores` are what came, the newest first, which counts."""

    criterion: str
    name: str
    weight: float = Field(description="Of 100, in the whole.")
    promised: str = Field(
        description="Exact, as a number or a fraction, on the criterion's own scale."
    )
    promised_points: float = Field(description="Of 100, on the anchors of the ranking.")
    delivered_points: float | None = Field(description="Null until somebody judged it.")
    short: float | None = Field(description="Promised less delivered: below 0, more came.")
    scores: list[DeliveredScoreOut]


class DeliveredOut(Out):
    """The promises of an approved award; `award` is null before there is one."""

    award: str | None
    supplier: str | None
    begins_on: date
    judged: int
    promised_points: float | None = Field(description="On the judged criteria, by their weights.")
    delivered_points: float | None
    promises: list[PromiseOut]


class JudgedFigure(In):
    """What came: for a judged criterion from 0 to 5 in halves, else a figure of its unit."""

    figure: Decimal
    evidence: OptionalWords = ""


class JudgeDelivery(In):
    """What came of some promises, by the id of the criterion."""

    scores: dict[str, JudgedFigure] = Field(min_length=1, max_length=200)


class KeptPromise(Out):
    """A promise and what came of it, in points of 100."""

    selection: str
    engagement: str
    supplier: str
    criterion: str
    promised: float
    delivered: float


class ToldByReferee(Out):
    """What a referee said of a winner, and how its work was rated since, in marks of 5."""

    reference: str
    organisation: str
    supplier: str
    engagement: str
    said: float
    rated: float


class TrackRecordOut(Out):
    """
    Whose word can be relied on, over all awards of the client, and the pairs behind it.

    Suppliers and criteria are told in points of 100, referees in marks of 5.
    """

    suppliers: list[TrackRecordLine]
    criteria: list[TrackRecordLine]
    referees: list[TrackRecordLine]
    promises: list[KeptPromise]
    calls: list[ToldByReferee]


def _score(score: DeliveredScore, criterion: str) -> DeliveredScoreOut:
    return DeliveredScoreOut(
        id=score.public_id,
        criterion=criterion,
        figure=str(figure(score.figure)),
        evidence=score.evidence,
        judged_at=score.judged_at,
        judged_by=score.judged_by.name,
    )


def _promise(promise: Promise) -> PromiseOut:
    key = promise.criterion.public_id
    return PromiseOut(
        criterion=key,
        name=promise.criterion.name,
        weight=round(float(100 * promise.weight), 6),
        promised=str(promise.figure),
        promised_points=round(float(promise.points), 6),
        delivered_points=told(promise.delivered),
        short=told(promise.short),
        scores=[_score(each, key) for each in promise.scores],
    )


def _kept(kept: Kept) -> KeptPromise:
    selection = kept.award.selection
    return KeptPromise(
        selection=selection.public_id,
        engagement=selection.engagement.name,
        supplier=kept.award.bid.supplier.name,
        criterion=kept.score.criterion.name,
        promised=round(float(kept.promised), 6),
        delivered=round(float(kept.delivered), 6),
    )


def _told(call: Told) -> ToldByReferee:
    bid = call.reference.bid
    return ToldByReferee(
        reference=call.reference.public_id,
        organisation=call.reference.organisation,
        supplier=bid.supplier.name,
        engagement=bid.selection.engagement.name,
        said=round(float(call.said), 6),
        rated=round(float(call.rated), 6),
    )


@operations.reads("/selections/{selection_id}/delivered", "delivered", DeliveredOut)
def delivered(request: ViewerRequest, selection_id: str) -> DeliveredOut:
    """Return what the award promised, criterion by criterion, and what came of it so far."""
    selection = selection_found(request, selection_id)
    promises = promises_of(request.viewer, selection)
    promised, came = promises.together
    award = promises.award
    return DeliveredOut(
        award=award.public_id if award else None,
        supplier=award.bid.supplier.name if award else None,
        begins_on=selection.engagement.starts_on,
        judged=len(promises.judged),
        promised_points=told(promised),
        delivered_points=told(came),
        promises=[_promise(each) for each in promises.all],
    )


@operations.acts(
    "/awards/{award_id}/delivered/judge", "judge_delivery", list[DeliveredScoreOut], status=201
)
def judge(request: ViewerRequest, award_id: str, given: JudgeDelivery) -> list[DeliveredScoreOut]:
    """Keep what came of some promises; the newest of a criterion counts, older ones stay."""
    award = find(Award, request.viewer, award_id, "selection")
    kept = judge_delivery(
        award=award,
        given={
            criterion_named(request.viewer, award.selection, key, f"scores.{key[:20]}"): Delivered(
                each.figure, each.evidence
            )
            for key, each in given.scores.items()
        },
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return [_score(each, each.criterion.public_id) for each in kept]


@operations.reads("/track-record", "track_record", TrackRecordOut)
def track_record(request: ViewerRequest) -> TrackRecordOut:
    """Return whose word can be relied on: suppliers, criteria and referees."""
    records = track_records_of(request.viewer)
    return TrackRecordOut(
        suppliers=[line_out(each) for each in records.suppliers.values()],
        criteria=[line_out(each) for each in records.criteria.values()],
        referees=[line_out(each) for each in records.referees.values()],
        promises=[_kept(each) for each in records.kept],
        calls=[_told(each) for each in records.told],
    )
