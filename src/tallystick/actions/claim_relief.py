"""Claim relief: the provider asks that tickets or minutes be left out, says why, and proves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallystick.actions.files_kept import NewFile, keep_files
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.points import demand_time, known_item
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_claim
from tallystick.actions.texts import SHORT, checked
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.dealings.claims import claimable_until
from tallystick.engine.service_levels.dealings.days import local_day
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.engine.service_levels.terms.dealings import ReliefGround
from tallystick.records.dealing_terms import relief_terms, zone_of
from tallystick.records.measurements import Measurement
from tallystick.records.relief import ReliefClaim, claims_under
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST_ITEMS = 200
"""More tickets than this are nothing that anybody decides one by one."""


class ReliefNotAgreed(Refusal):
    """The agreement relieves nothing, or not on this ground."""

    code = "relief.not-agreed"


class TooLateToClaim(Refusal):
    """The days for a claim are over."""

    code = "relief.too-late-to-claim"


class NothingClaimed(Refusal):
    """A claim names tickets, or a stretch of time; one of the two."""

    code = "relief.nothing-claimed"


class ClaimedAlready(Refusal):
    """Relief for the same thing is being decided, or was approved."""

    code = "relief.claimed-already"


@dataclass(frozen=True, slots=True)
class ReliefWording:
    """
    What is claimed, on which ground: `items`, or the time from `since` until `until`.

    `component` is what was down in that time; empty, the service as a whole.
    """

    ground: ReliefGround
    what_happened: str
    items: Sequence[str] = ()
    component: str = ""
    since: datetime | None = None
    until: datetime | None = None


@transaction.atomic
def claim_relief(
    *,
    measurement: Measurement,
    wording: ReliefWording,
    files: Sequence[NewFile] = (),
    by: Viewer,
    as_of: datetime,
) -> ReliefClaim:
    """
    Put a claim before the client, for what stands behind a measurement; it changes no figure yet.

    Raises:
        NotPermitted, ReliefNotAgreed, TooLateToClaim, NothingClaimed, ClaimedAlready,
        PointRefused, TextNeeded, TextTooLong, FileRefused
    """
    require(by, Duty.CLAIM_RELIEF)
    # Of two claims for one ticket at one instant, the later one sees the earlier.
    held_engagement(measurement.engagement_id)
    _demand_agreed(measurement, wording, as_of)
    claim = _claim(measurement, wording, by, as_of)
    _demand_new(claim, as_of)
    claim.save()
    kept = keep_files(files, beside=claim, by=by, as_of=as_of)
    enter(
        claim,
        f"Claimed relief under {claim.service_level} in {claim.window} for "
        f"{_what(claim)}: {words_of(claim.ground)}.",
        action="claim_relief",
        payload={
            "measurement": measurement.public_id,
            "ground": claim.ground,
            "items": claim.items,
            "component": claim.component,
            "since": claim.since.isoformat() if claim.since else "",
            "until": claim.until.isoformat() if claim.until else "",
            "what_happened": claim.what_happened,
            "files": [each.digest for each in kept],
        },
        chain=measurement.engagement,
        by=by,
        as_of=as_of,
    )
    tell_claim(claim, by, as_of)
    return claim


def words_of(ground: str) -> str:
    """Return a ground of relief in words."""
    return ground.replace("-", " ")


def _what(claim: ReliefClaim) -> str:
    if claim.items:
        return f"{len(claim.items)} ticket{'s' if len(claim.items) > 1 else ''}"
    return claim.component or "the service"


def _demand_agreed(measurement: Measurement, wording: ReliefWording, as_of: datetime) -> None:
    terms, zone = relief_terms(measurement.agreement), zone_of(measurement.agreement)
    if terms is None:
        raise ReliefNotAgreed(
            "The agreement grants no relief.",
            place="ground",
            remedy="Dispute the statement instead, or agree on relief in the next version.",
        )
    if wording.ground not in terms.grounds:
        raise ReliefNotAgreed(
            f"The agreement grants no relief for what is {words_of(wording.ground)}.",
            place="ground",
            remedy=f"Choose one of: {', '.join(words_of(each) for each in terms.grounds)}.",
        )
    until = claimable_until(measurement.window_end, terms, zone)
    if local_day(as_of, zone) > until:
        raise TooLateToClaim(
            f"Relief for {measurement.window} could be claimed until {until:%d %B %Y}.",
            place="window",
            remedy=f"Nothing: the agreement gives {terms.claim_days} days after the window. What "
            "is wrong on a statement can still be disputed.",
        )


def _claim(
    measurement: Measurement, wording: ReliefWording, by: Viewer, as_of: datetime
) -> ReliefClaim:
    items = list(dict.fromkeys(each.strip() for each in wording.items if each.strip()))
    component = checked(wording.component, "component", longest=SHORT, needed=False)
    _demand_one_kind(items, wording)
    for item in items:
        known_item(measurement, item, place="items")
    if not items:
        demand_time(measurement, wording.since, wording.until, component, needed=True)
    sources = set(measurement.imports.values_list("source", flat=True))
    return ReliefClaim(
        engagement=measurement.engagement,
        agreement=measurement.agreement,
        service_level=measurement.service_level,
        window=measurement.window,
        ground=wording.ground,
        what_happened=checked(wording.what_happened, "what_happened"),
        items=items,
        source=sources.pop() if items and len(sources) == 1 else "",
        component=component,
        since=wording.since,
        until=wording.until,
        claimed_at=as_of,
        claimed_by=by.person,
    )


def _demand_one_kind(items: Sequence[str], wording: ReliefWording) -> None:
    timed = wording.since is not None or wording.until is not None
    if bool(items) == timed:
        raise NothingClaimed(
            "The claim names both tickets and a time." if items else "The claim names nothing.",
            place="items",
            remedy="Give the ids of tickets or, for an availability, from when until when.",
        )
    if len(items) > MOST_ITEMS:
        raise NothingClaimed(
            f"The claim names {len(items)} tickets; at most {MOST_ITEMS} are decided together.",
            place="items",
            remedy="Make several claims, one for each cause.",
        )


def _demand_new(claim: ReliefClaim, as_of: datetime) -> None:
    others = claims_under(claim.agreement).filter(service_level=claim.service_level)
    for other in others:
        gone = other.standing_at(as_of).state in (ClaimState.REJECTED, ClaimState.WITHDRAWN)
        if gone or not _meet(claim, other):
            continue
        raise ClaimedAlready(
            "Relief for some of this was claimed before.",
            place="items" if claim.items else "since",
            remedy=f"Open the claim of {other.claimed_at:%d %B %Y}, and leave out what it names.",
        )


def _meet(one: ReliefClaim, other: ReliefClaim) -> bool:
    """Return whether two claims under one level are about the same ticket, or the same time."""
    if one.since and one.until and other.since and other.until:
        return one.since < other.until and other.since < one.until
    return bool(set(one.items) & set(other.items))
