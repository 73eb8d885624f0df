"""What a client's own records say of a provider, engagement by engagement."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, F, Q

from tallystick.engine.reviews.parts import OF_AN_ENGAGEMENT
from tallystick.engine.reviews.ratings import mean_of
from tallystick.engine.service_levels.dealings.balances import Balance
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.records.attestations import Dispute
from tallystick.records.credit_ledger import balances_in
from tallystick.records.engagements import Engagement
from tallystick.records.gathered import JUDGED
from tallystick.records.measurements import Measurement
from tallystick.records.organisations import Organisation
from tallystick.records.ratings import Rating
from tallystick.records.reviews import Review
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Chapter:
    """One engagement with the provider; `ratings` are the client's own, the newest first."""

    engagement: Engagement
    met: int
    judged: int
    statements: int
    disputes: int
    balances: Sequence[Balance]
    ratings: Sequence[Rating]
    outcome: str

    @property
    def rating(self) -> Fraction | None:
        """Return the mean of the client's newest rating."""
        if not self.ratings:
            return None
        return mean_of(each["mark"] for each in self.ratings[0].marks.values())


def history_of(viewer: Viewer, supplier: Organisation) -> list[Chapter]:
    """Return each engagement that the viewer's organisation has with a provider, newest first."""
    engagements = list(
        Engagement.objects.visible_to(viewer)
        .filter(provider=supplier)
        .order_by("-starts_on", "-id")
    )
    months = _months(engagements)
    statements = _counted(
        Statement.objects.filter(superseded_by=None, engagement__in=engagements).values_list(
            "engagement_id", flat=True
        )
    )
    disputes = _counted(
        Dispute.objects.filter(engagement__in=engagements).values_list("engagement_id", flat=True)
    )
    balances = balances_in(engagements)
    ratings: defaultdict[int, list[Rating]] = defaultdict(list)
    for each in (
        Rating.objects.visible_to(viewer)
        .filter(engagement__in=engagements)
        .select_related("pack", "organisation")
        .order_by("-rated_at", "-id")
    ):
        ratings[each.engagement_id].append(each)
    outcomes = dict(
        Review.objects.filter(engagement__in=engagements, kind__in=OF_AN_ENGAGEMENT)
        .order_by("held_at", "id")
        .values_list("engagement_id", "outcome")
    )
    return [
        Chapter(
            engagement=each,
            met=months.get(each.pk, (0, 0))[0],
            judged=months.get(each.pk, (0, 0))[1],
            statements=statements[each.pk],
            disputes=disputes[each.pk],
            balances=balances.get(each.pk, ()),
            ratings=ratings[each.pk],
            outcome=outcomes.get(each.pk, ""),
        )
        for each in engagements
    ]


def _months(engagements: Sequence[Engagement]) -> dict[int, tuple[int, int]]:
    """Return how many figures were met, and how many judged, as a pack counts them."""
    counts = (
        Measurement.objects.filter(
            engagement__in=engagements,
            superseded_by=None,
            reporting_only=False,
            window_end__lte=F("data_until"),
        )
        .values("engagement_id")
        .annotate(
            met=Count("id", filter=Q(verdict=Verdict.MET)),
            judged=Count("id", filter=Q(verdict__in=[each.value for each in JUDGED])),
        )
    )
    return {each["engagement_id"]: (each["met"], each["judged"]) for each in counts}


def _counted(keys: object) -> Counter[int]:
    return Counter(keys)  # type: ignore[call-overload, no-any-return]
