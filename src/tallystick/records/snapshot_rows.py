"""Everything a snapshot is made of, for many engagements in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from tallystick.engine.guardrails.policy import Policy
from tallystick.records.agreements import Agreement, AgreementState, the_one_for
from tallystick.records.engagements import Engagement
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Disposition, Lesson, LessonState
from tallystick.records.measurements import FIGURES, Measurement
from tallystick.records.objectives import Objective
from tallystick.records.policies import policies_of
from tallystick.records.waivers import Waiver

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Rows:
    """
    The rows of one engagement's snapshot, in the snapshot's order.

    `agreement` is the version that holds, or else held last; `measurements` are its own, those
    that no later one supersedes; `lessons` and `guardrails` are the client's. `waivers` are those
    that nobody ended; `policy` says with which thresholds to look at all of it.
    """

    objectives: Sequence[Objective]
    agreement: Agreement | None
    measurements: Sequence[Measurement]
    lessons: Sequence[Lesson]
    dispositions: Sequence[Disposition]
    guardrails: Sequence[Guardrail]
    waivers: Sequence[Waiver]
    policy: Policy


def rows_of(engagements: Iterable[Engagement], on: date | None) -> dict[int, Rows]:
    """
    Return the rows of each engagement by its primary key, in a fixed number of queries.

    `on` is the day whose agreement counts; for None, the agreement that begins last.
    """
    asked = list(engagements)
    agreements = _agreements(asked, on)
    measurements = _by("agreement_id", _measurements(agreements.values()))
    objectives = _by("engagement_id", _objectives(asked))
    dispositions = _by(
        "engagement_id",
        Disposition.objects.filter(engagement__in=asked).select_related(
            "lesson", "answered_by", "owner"
        ),
    )
    clients = {engagement.client_id for engagement in asked}
    lessons, guardrails = _by("client_id", _lessons(clients)), _by("client_id", _rails(clients))
    waivers, policies = _by("engagement_id", _waivers(asked)), policies_of(asked)

    def rows(engagement: Engagement) -> Rows:
        agreement = agreements.get(engagement.pk)
        return Rows(
            objectives=objectives[engagement.pk],
            agreement=agreement,
            measurements=measurements[agreement.pk] if agreement else [],
            lessons=lessons[engagement.client_id],
            dispositions=dispositions[engagement.pk],
            guardrails=guardrails[engagement.client_id],
            waivers=waivers[engagement.pk],
            policy=policies[engagement.pk],
        )

    return {engagement.pk: rows(engagement) for engagement in asked}


def _by(name: str, rows: Iterable[R]) -> defaultdict[Any, list[R]]:
    grouped: defaultdict[Any, list[R]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, name)].append(row)
    return grouped


def _agreements(engagements: list[Engagement], on: date | None) -> dict[int, Agreement]:
    in_force = Agreement.objects.filter(
        engagement__in=engagements, state=AgreementState.IN_FORCE
    ).order_by("id")
    chosen = {key: the_one_for(each, on) for key, each in _by("engagement_id", in_force).items()}
    return {key: agreement for key, agreement in chosen.items() if agreement}


def _measurements(agreements: Iterable[Agreement]) -> Iterable[Measurement]:
    return (
        Measurement.objects.filter(agreement__in=list(agreements), superseded_by=None)
        .only(*FIGURES)
        .order_by("window_start", "id")
    )


def _objectives(engagements: list[Engagement]) -> Iterable[Objective]:
    return (
        Objective.objects.filter(engagement__in=engagements)
        .select_related("engagement")
        .prefetch_related("acknowledgements__acknowledged_by")
        .order_by("id")
    )


def _lessons(clients: set[int]) -> Iterable[Lesson]:
    return (
        Lesson.objects.filter(client__in=clients)
        # A retired lesson no longer holds; an observation has no cause to learn from yet.
        .exclude(state__in=[LessonState.OBSERVATION, LessonState.RETIRED])
        .order_by("id")
    )


def _rails(clients: set[int]) -> Iterable[Guardrail]:
    standing = Guardrail.objects.filter(client__in=clients, retired_at=None)
    return standing.select_related("lesson").order_by("code")


def _waivers(engagements: list[Engagement]) -> Iterable[Waiver]:
    standing = Waiver.objects.filter(engagement__in=engagements, ended_at=None)
    return standing.select_related("approver").order_by("id")
