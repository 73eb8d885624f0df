"""The portfolio: each engagement that a viewer has, and how it stands, in few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Prefetch, prefetch_related_objects

from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.service_levels.dealings.balances import Balance
from tallystick.records.agreements import OPEN, Agreement, AgreementState, the_one_for
from tallystick.records.answers import SAID
from tallystick.records.credit_ledger import balances_in
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_of_all
from tallystick.records.first_risks import without_risks
from tallystick.records.issued import waits_for
from tallystick.records.issues import Issue
from tallystick.records.measurements import FIGURES, Measurement
from tallystick.records.objectives import Objective
from tallystick.records.organisations import Organisation
from tallystick.records.relief import ReliefClaim
from tallystick.records.restating import month_stating
from tallystick.records.service_data import Import
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tallystick.web.answers_open import unanswered, undecided, unsettled
from tallystick.web.components.words import month
from tallystick.web.credit_words import to_invoice_words
from tallystick.web.gate_words import gate_of, severity_words
from tallystick.web.reviews_open import OpenReview, open_reviews
from tallystick.web.standings import Standing, standings, verdict_words, weakest
from tallystick.web.waiting import Matters, Turn, turns_of


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One engagement as the portfolio shows it; `blocking` is None for a provider."""

    engagement: Engagement
    other: Organisation | None
    statement: Statement | None
    weakest: Standing | None
    blocking: int | None
    turns: tuple[Turn, ...]
    balances: tuple[Balance, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def open_findings(self) -> str:
        """Count the findings that nobody waived, gravest first: "2 blockers, 1 minor"."""
        return severity_words(self.findings)

    @property
    def to_invoice(self) -> str:
        """Say what of the credits is owed and not invoiced, in each currency."""
        return to_invoice_words(self.balances)

    @property
    def name(self) -> str:
        """Return the engagement's name, to sort by."""
        return self.engagement.name

    @property
    def other_name(self) -> str | None:
        """Return the other party's name, to sort by."""
        return self.other.name if self.other else None

    @property
    def stage(self) -> int:
        """Return the place of the stage in its order, to sort by."""
        return Stage(self.engagement.stage).position

    @property
    def weakest_words(self) -> str:
        """Return the level nearest to its target or furthest below it, with its figure."""
        if self.weakest is None:
            return ""
        return f"{self.weakest.name}: {self.weakest.text}"

    @property
    def newest(self) -> str:
        """Sum up the newest statement: "4 of 5 levels met in October 2026"."""
        if self.statement is None:
            return ""
        words = verdict_words(self.statement.measurements.all())
        return f"{words} in {month(self.statement.window)}"

    @property
    def not_met(self) -> int:
        """Return how many levels the newest statement shows as missed or below expected."""
        if self.statement is None:
            return 0
        return sum(
            each.verdict in ("missed", "below-expected")
            for each in self.statement.measurements.all()
        )

    @property
    def waits(self) -> str:
        """Return what waits for the viewer, for a file."""
        return "; ".join(turn.sentence for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Stock:
    """What was read for all engagements, each by engagement."""

    agreements: Mapping[int, Agreement]
    proposals: Mapping[int, Agreement]
    measurements: Mapping[int, Sequence[Measurement]]
    statements: Mapping[int, Sequence[Statement]]
    objectives: Mapping[int, Sequence[Objective]]
    findings: Mapping[int, Sequence[Finding]]
    known_until: Mapping[int, datetime]
    balances: Mapping[int, Sequence[Balance]]
    unanswered: Mapping[int, Sequence[Statement]]
    unsettled: Mapping[int, Sequence[Statement]]
    undecided: Mapping[int, Sequence[ReliefClaim]]
    open_reviews: Mapping[int, Sequence[OpenReview]]
    issues: Mapping[int, Sequence[Issue]]
    without_risks: frozenset[int]


def portfolio(viewer: Viewer, as_of: datetime) -> list[PortfolioRow]:
    """Return the viewer's engagements by name; the number of queries does not depend on them."""
    engagements = list(
        Engagement.objects.visible_to(viewer).select_related("client", "provider").order_by("name")
    )
    # Findings are the client's own: for a provider there are none.
    findings = findings_of_all(engagements, as_of) if viewer.is_client else {}
    stock = stock_of(viewer, engagements, findings, as_of)
    return [_row(viewer, engagement, stock) for engagement in engagements]


def stock_of(
    viewer: Viewer,
    engagements: Sequence[Engagement],
    findings: Mapping[int, Sequence[Finding]],
    as_of: datetime,
) -> Stock:
    """Return what the portfolio, or one engagement's page, is made of."""
    in_force = (
        Agreement.objects.visible_to(viewer)
        .filter(engagement__in=engagements, state=AgreementState.IN_FORCE)
        .order_by("id")
    )
    chosen = {
        key: the_one_for(each, as_of.date()) for key, each in _by_engagement(in_force).items()
    }
    agreements = {key: agreement for key, agreement in chosen.items() if agreement}
    current = (
        Measurement.objects.visible_to(viewer)
        .filter(agreement__in=list(agreements.values()), superseded_by=None)
        .only(*FIGURES)
        .order_by("window_start", "id")
    )
    statements = list(_statements(viewer, engagements))
    return Stock(
        agreements=agreements,
        proposals=_proposals(viewer, engagements),
        measurements=_by_engagement(current),
        statements=_by_engagement(statements),
        objectives=_by_engagement(
            Objective.objects.visible_to(viewer)
            .filter(engagement__in=engagements)
            .prefetch_related("acknowledgements")
            .order_by("id")
        ),
        findings=findings,
        known_until=_known_until(viewer, engagements),
        balances=balances_in(engagements),
        unanswered=_by_engagement(unanswered(statements, viewer, as_of)),
        unsettled=_by_engagement(unsettled(statements, viewer, as_of)),
        undecided=_by_engagement(undecided(viewer, engagements, as_of)),
        open_reviews=open_reviews(viewer, engagements),
        issues=waits_for(viewer, [each.pk for each in engagements]),
        without_risks=without_risks(engagements) if viewer.is_client else frozenset(),
    )


def _proposals(viewer: Viewer, engagements: Sequence[Engagement]) -> Mapping[int, Agreement]:
    """Return the version of each engagement that waits for signatures."""
    waiting = (
        Agreement.objects.visible_to(viewer)
        .filter(engagement__in=engagements, state__in=OPEN)
        .select_related("engagement__client", "engagement__provider")
        .prefetch_related("signatures")
    )
    return {each.engagement_id: each for each in waiting}


def _known_until(viewer: Viewer, engagements: Sequence[Engagement]) -> Mapping[int, datetime]:
    """Return up to when the data of each engagement is complete; a month beyond is not over."""
    imports = (
        Import.objects.visible_to(viewer)
        .filter(engagement__in=engagements, items__gt=0)
        .exclude(complete_until=None)
        .order_by()
        .values_list("engagement_id")
        .annotate(until=Max("complete_until"))
    )
    return dict(imports)


def _statements(viewer: Viewer, engagements: Sequence[Engagement]) -> Iterable[Statement]:
    issued = list(
        Statement.objects.visible_to(viewer)
        .filter(engagement__in=engagements, superseded_by=None)
        .select_related("review", "agreement")
        .prefetch_related(*SAID)
        .order_by("-window_start", "-id")
    )
    newest = {each.engagement_id: each for each in reversed(issued)}
    measurements = Measurement.objects.visible_to(viewer).only(*FIGURES).order_by("id")
    prefetch_related_objects(list(newest.values()), Prefetch("measurements", measurements))
    return issued


def _by_engagement(rows: Iterable[Any]) -> Mapping[int, Sequence[Any]]:
    grouped: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.engagement_id].append(row)
    return grouped


def _row(viewer: Viewer, engagement: Engagement, stock: Stock) -> PortfolioRow:
    key = engagement.pk
    issued = stock.statements.get(key, [])
    findings = stock.findings.get(key, [])
    return PortfolioRow(
        engagement=engagement,
        other=engagement.provider if viewer.is_client else engagement.client,
        statement=issued[0] if issued else None,
        weakest=weakest(levels_in(stock, key)),
        blocking=len(gate_of(engagement, findings).blocking) if viewer.is_client else None,
        turns=tuple(turns_of(viewer, matters_of(engagement, stock))),
        balances=tuple(stock.balances.get(key, ())),
        findings=tuple(findings),
    )


def levels_in(stock: Stock, key: int) -> list[Standing]:
    """Return how the service levels of one engagement stand."""
    measurements = stock.measurements.get(key, [])
    return standings(stock.agreements.get(key), measurements, stock.known_until.get(key))


def matters_of(engagement: Engagement, stock: Stock) -> Matters:
    """Return what decides whose turn it is in an engagement."""
    key = engagement.pk
    issued = stock.statements.get(key, [])
    stated = {(each.agreement_id, each.window) for each in issued}
    agreement, known = stock.agreements.get(key), stock.known_until.get(key)
    measured = {
        (agreement.pk, *month_stating(each.window_end, agreement, known))
        for each in stock.measurements.get(key, [])
        if agreement
    }
    return Matters(
        engagement=engagement,
        unreviewed=[each for each in issued if not hasattr(each, "review")],
        unissued=sorted(
            month for of, month, is_over in measured if is_over and (of, month) not in stated
        ),
        unanswered=stock.unanswered.get(key, []),
        unsettled=stock.unsettled.get(key, []),
        undecided=stock.undecided.get(key, []),
        findings=stock.findings.get(key, []),
        unacknowledged=sum(not acknowledged(each) for each in stock.objectives.get(key, [])),
        has_agreement=key in stock.agreements,
        proposal=stock.proposals.get(key),
        open_reviews=stock.open_reviews.get(key, []),
        issues=stock.issues.get(key, ()),
        risks_missing=key in stock.without_risks,
    )


def acknowledged(objective: Objective) -> bool:
    """Return whether the provider has given its word on the present version."""
    return any(each.version == objective.version for each in objective.acknowledgements.all())
