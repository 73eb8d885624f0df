"""An engagement's records -> the evidence that both parties review, in few queries."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q

from tallystick.engine.reviews.parts import ReviewKind
from tallystick.engine.reviews.perceived import watermelon_gap
from tallystick.engine.service_levels.dealings.answers import Stance, Standing
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.engine.values import decimal_text
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.answers import SAID, standing_at
from tallystick.records.credit_ledger import balance_values, balances_in
from tallystick.records.engagements import Engagement
from tallystick.records.gathered_governance import decision_evidence, risk_evidence
from tallystick.records.measurements import FIGURES, Measurement
from tallystick.records.objective_figures import Fared, as_decimal, in_short, known_values
from tallystick.records.objective_standing import standing_of
from tallystick.records.objectives import Objective
from tallystick.records.relief import ReliefClaim
from tallystick.records.reviews import FindingDecision, Review
from tallystick.records.roles import Side
from tallystick.records.snapshot_objectives import objective_values
from tallystick.records.statements import Statement
from tallystick.records.surveys import last_survey, result_values, results_of

JUDGED = (Verdict.MET, Verdict.BELOW_EXPECTED, Verdict.MISSED)
"""The verdicts that say how a month went; the others say that there was nothing to judge."""


def shared_evidence(engagement: Engagement, kind: ReviewKind, as_of: datetime) -> dict[str, Any]:
    """Return what both parties may read of an engagement at a moment, as plain values."""
    levels = _levels(engagement)
    met = sum(each["met"] for each in levels)
    judged = sum(each["judged"] for each in levels)
    stood = [(each, standing_at(each, as_of)) for each in _statements(engagement)]
    return {
        "evidence": 1,
        "kind": kind.value,
        "as_of": as_of.isoformat(),
        "engagement": _engagement(engagement),
        "objectives": _objectives(engagement, as_of),
        "service_levels": {"levels": levels, "met": met, "judged": judged},
        "statements": _stances(standing for _, standing in stood),
        "credits": [
            balance_values(each) for each in balances_in([engagement]).get(engagement.pk, [])
        ],
        "disputes": _disputes(stood),
        "relief": _relief(engagement, as_of),
        "reviews": _reviews(engagement),
        "decisions": decision_evidence(engagement, as_of),
        "risks": risk_evidence(engagement),
        "perception": _perception(engagement, met, judged, as_of),
    }


def _engagement(engagement: Engagement) -> dict[str, Any]:
    return {
        "id": engagement.public_id,
        "name": engagement.name,
        "client": engagement.client.name,
        "provider": engagement.provider.name if engagement.provider else None,
        "stage": engagement.stage,
        "starts_on": engagement.starts_on.isoformat(),
        "ends_on": engagement.ends_on.isoformat(),
    }


def _objectives(engagement: Engagement, as_of: datetime) -> list[dict[str, Any]]:
    stored = list(
        Objective.objects.filter(engagement=engagement)
        .select_related("engagement")
        .prefetch_related("acknowledgements")
        .order_by("id")
    )
    values, today = known_values(stored), as_of.date()
    return [
        _plain(objective_values(each) | {"version": each.version})
        | {"measured": _measured(in_short(each, values[each.pk], today))}
        for each in stored
    ]


def _measured(seen: Fared) -> dict[str, str] | None:
    """Return the newest value of an objective, and how it fares; None where there is none."""
    if not seen.values:
        return None
    last = seen.values[-1]
    found = {"on": last.on.isoformat(), "value": decimal_text(as_decimal(last.value))}
    attained = f"{as_decimal(seen.progress.attained):f}" if seen.progress else ""
    return found | {"attained": attained, "standing": standing_of(seen)}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with their days as text."""
    return {
        name: _plain(value)
        if isinstance(value, Mapping)
        else value.isoformat()
        if isinstance(value, date)
        else value
        for name, value in values.items()
    }


def _levels(engagement: Engagement) -> list[dict[str, Any]]:
    """Return each service level with its figures month by month, in the agreement's order."""
    agreements = Agreement.objects.filter(engagement=engagement, state=AgreementState.IN_FORCE)
    names: dict[str, str] = {}
    for agreement in agreements.order_by("in_force_from", "id"):
        names |= agreement.level_names
    months: dict[str, dict[str, dict[str, Any]]] = {each: {} for each in names}
    measured = (
        # A month that is not over, or whose data is not all in, says nothing yet.
        Measurement.objects.filter(
            engagement=engagement,
            superseded_by=None,
            reporting_only=False,
            window_end__lte=F("data_until"),
        )
        .only(*FIGURES)
        .order_by("window_start", "id")
    )
    for each in measured:
        if each.service_level in months:
            months[each.service_level][each.window] = _month(each)
    return [_level(key, name, list(months[key].values())) for key, name in names.items()]


def _month(measurement: Measurement) -> dict[str, Any]:
    same = ("window", "numerator", "denominator", "goal", "minimum", "verdict")
    return {"measurement": measurement.public_id} | {
        name: getattr(measurement, name) for name in same
    }


def _level(key: str, name: str, months: list[dict[str, Any]]) -> dict[str, Any]:
    counts = Counter(each["verdict"] for each in months)
    return {
        "id": key,
        "name": name,
        "met": counts[Verdict.MET],
        "judged": sum(counts[each] for each in JUDGED),
        "months": months,
    }


def _statements(engagement: Engagement) -> list[Statement]:
    """Return the statements that no later one supersedes, with what the parties said."""
    return list(
        Statement.objects.filter(engagement=engagement, superseded_by=None)
        .select_related("agreement")
        .prefetch_related(*SAID, "disputes__measurement")
        .order_by("window_start", "id")
    )


def _stances(standings: Iterable[Standing]) -> dict[str, int]:
    counts = Counter(each.counts_as for each in standings)
    return {"issued": counts.total()} | {each.value: counts[each] for each in Stance}


def _disputes(stood: Iterable[tuple[Statement, Standing]]) -> list[dict[str, Any]]:
    return [
        {
            "statement": statement.public_id,
            "window": statement.window,
            "side": each.side,
            "service_level": each.measurement.service_level,
            "what_is_wrong": each.what_is_wrong,
            "open": standing.of(each.side).answer is Stance.DISPUTED,
        }
        for statement, standing in stood
        for each in statement.disputes.all()
    ]


def _relief(engagement: Engagement, as_of: datetime) -> dict[str, int]:
    claims = ReliefClaim.objects.filter(engagement=engagement).select_related(
        "agreement", "decision"
    )
    counts = Counter(each.standing_at(as_of).state.value for each in claims)
    return {"claimed": counts.total()} | dict(sorted(counts.items()))


def _reviews(engagement: Engagement) -> list[dict[str, Any]]:
    confirmed = Count("findings", filter=Q(findings__decision=FindingDecision.CONFIRMED))
    held = (
        Review.objects.filter(engagement=engagement)
        .select_related("statement", "held_by", "pack")
        .annotate(found=Count("findings"), confirmed=confirmed)
        .order_by("held_at", "id")
    )
    return [
        {
            "review": each.public_id,
            "kind": each.kind,
            "window": each.statement.window if each.statement else None,
            "held_on": each.held_at.date().isoformat(),
            "held_by": each.held_by.name,
            "found": each.found,
            "confirmed": each.confirmed,
            "days": _latency(each),
        }
        for each in held
    ]


def _latency(review: Review) -> int | None:
    """Return how many days lie between what was to be reviewed and its review."""
    if review.statement:
        return (review.held_at - review.statement.issued_at).days
    return (review.held_at - review.pack.opened_at).days if review.pack else None


def _perception(
    engagement: Engagement, met: int, judged: int, as_of: datetime
) -> dict[str, Any] | None:
    survey = last_survey(engagement, as_of)
    if survey is None:
        return None
    results = results_of(survey, as_of)
    client = next(each for each in results if each.side == Side.CLIENT)
    gap = watermelon_gap(met, judged, client.favourable)
    return {
        "survey": survey.public_id,
        "closed_on": survey.closes_at.date().isoformat(),
        "sides": result_values(results),
        "gap": None if gap is None else str(gap),
    }
