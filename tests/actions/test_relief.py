"""The provider claims relief, the client decides, and the next measuring leaves it out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.actions import decide_relief as deciding
from tallystick.actions.claim_relief import (
    ClaimedAlready,
    NothingClaimed,
    ReliefNotAgreed,
    ReliefWording,
    TooLateToClaim,
    claim_relief,
)
from tallystick.actions.decide_relief import (
    AlreadyDecided,
    NotADecision,
    TooLateToDecide,
    decide_relief,
)
from tallystick.actions.import_service_data import import_service_data
from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.actions.points import PointRefused
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.texts import TextNeeded
from tallystick.actions.withdraw_relief import withdraw_relief
from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.engine.service_levels.terms.dealings import ReliefGround
from tallystick.records.agreements import Agreement
from tallystick.records.ledger import LedgerEntry
from tallystick.records.measurements import Measurement
from tallystick.records.relief import ReliefClaim, ReliefDecision
from tallystick.records.signals import show_behind
from tallystick.records.viewer import Viewer
from tests.actions.test_import_service_data import import_text
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import EVENT_LOG, EVENT_LOG_MAPPING, TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db

RELIEF: dict[str, Any] = {
    "grounds": ["client-caused", "third-party"],
    "claim_days": 120,
    "decide_days": 10,
}
PORTAL: dict[str, Any] = {
    "id": "portal",
    "name": "Availability of the portal",
    "measure": "availability",
    "calendar": "always",
    "availability": {"from": "outages", "formula": "(T-M-D)/(T-M)"},
    "target": "99.9%",
    "data_source": "Monitoring",
    "measured_by": "provider",
}
OUTAGES = """component,from,to
web,2026-03-02T08:00:00Z,2026-03-02T09:00:00Z
web,2026-04-30T08:00:00Z,2026-04-30T08:01:00Z
"""


def a_relieving_engagement(cast: Cast, home: Path, **relief: Any) -> Agreement:
    """Return an agreement that grants relief, measured from tickets."""
    engagement = an_engagement()
    agreement = an_agreement(engagement, cast, relief=RELIEF | relief)
    import_text(EVENT_LOG, engagement, cast.cleo, home)
    measure_service_levels(engagement=engagement, by=cast.ben, as_of=TODAY)
    return agreement


def an_outage_engagement(cast: Cast, home: Path) -> Agreement:
    """Return an agreement on an availability that grants relief, measured from outages."""
    engagement = an_engagement()
    agreement = an_agreement(
        engagement,
        cast,
        calendars={"always": {"hours": "always"}},
        service_levels=[PORTAL],
        relief=RELIEF,
    )
    path = home / "outages.csv"
    path.write_text(OUTAGES, encoding="utf-8")
    columns = {"component": "component", "since": "from", "until": "to"}
    mapping = {"mapping": 1, "shape": "outages", "source": "monitor", "columns": columns}
    import_service_data(
        engagement=engagement,
        path=path,
        file_name="outages.csv",
        mapping=read_mapping(mapping),
        by=cast.cleo,
        as_of=TODAY,
    )
    measure_service_levels(engagement=engagement, by=cast.ben, as_of=TODAY)
    return agreement


def of_march(agreement: Agreement, level: str = "resolution") -> Measurement:
    """Return the current measurement of March."""
    return agreement.measurements.get(service_level=level, window="2026-03", superseded_by=None)


def a_claim(
    agreement: Agreement, by: Viewer, level: str = "resolution", **changes: Any
) -> ReliefClaim:
    """Claim relief for T2, or for what is named."""
    wording: dict[str, Any] = {
        "ground": ReliefGround.CLIENT_CAUSED,
        "what_happened": "The client's badge office was closed.",
        "items": ["T2"],
    }
    as_of = changes.pop("as_of", TODAY)
    return claim_relief(
        measurement=of_march(agreement, level),
        wording=ReliefWording(**wording | changes),
        by=by,
        as_of=as_of,
    )


def decide(
    claim: ReliefClaim, by: Viewer, state: ClaimState = ClaimState.APPROVED
) -> ReliefDecision:
    """Decide a claim on the day on which it was made."""
    return decide_relief(claim=claim, state=state, reason="We saw it too.", by=by, as_of=TODAY)


def measured(agreement: Agreement, cast: Cast, after: int = 0) -> list[Measurement]:
    """Measure again, some days later."""
    return measure_service_levels(
        engagement=agreement.engagement, by=cast.ben, as_of=TODAY + timedelta(days=after)
    )


def test_an_approved_claim_leaves_numerator_and_denominator(cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home)
    before = of_march(agreement)
    decide(a_claim(agreement, cast.cleo), cast.ben)

    made = measured(agreement, cast)

    assert [(each.service_level, each.window) for each in made] == [("resolution", "2026-03")]
    now = of_march(agreement)
    assert (before.numerator, before.denominator, before.relieved) == (2, 3, 0)
    assert (now.numerator, now.denominator, now.relieved, now.verdict) == (2, 2, 1, "met")
    assert now.supersedes == before


def test_the_decisions_are_part_of_the_way_back(cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home)
    claim = a_claim(agreement, cast.cleo)
    decide(claim, cast.ben)

    measured(agreement, cast)

    now = of_march(agreement)
    assert list(now.relief.all()) == [claim]
    assert now.relief_digest.startswith("sha256:")
    assert of_march(agreement, "response").relief_digest == ""


@pytest.mark.parametrize("state", [None, ClaimState.REJECTED])
def test_a_pending_or_rejected_claim_changes_nothing(
    state: ClaimState | None, cast: Cast, home: Path
) -> None:
    agreement = a_relieving_engagement(cast, home)
    claim = a_claim(agreement, cast.cleo)
    if state:
        decide(claim, cast.ben, state)

    assert measured(agreement, cast) == []


def test_silence_approves_where_the_agreement_says_so(cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home, unanswered="approved")
    claim = a_claim(agreement, cast.cleo)
    in_time = measured(agreement, cast, after=10)

    made = measured(agreement, cast, after=11)

    assert in_time == []
    assert [list(each.relief.all()) for each in made] == [[claim]]
    assert claim.standing_at(TODAY + timedelta(days=11)).by_silence


def test_the_minutes_of_an_outage_are_left_out(cast: Cast, home: Path) -> None:
    agreement = an_outage_engagement(cast, home)
    before = of_march(agreement, "portal")
    hour = datetime(2026, 3, 2, 8, tzinfo=UTC)
    claim = a_claim(
        agreement, cast.cleo, "portal", items=[], since=hour, until=hour + timedelta(hours=1)
    )
    decide(claim, cast.ben)

    measured(agreement, cast)

    now = of_march(agreement, "portal")
    assert before.denominator - before.numerator == 3600
    assert now.denominator == now.numerator == before.numerator
    assert (now.excluded, now.verdict) == (3600, "met")
    assert list(now.relief.all()) == [claim]
    level = agreement_level(agreement)
    shown = show_behind(now, *level).working.intervals
    assert "Relief was approved: client-caused." in [each.why for each in shown]


def agreement_level(agreement: Agreement) -> tuple[Any, Any]:
    """Return the first service level and the terms of an agreement."""
    terms = read_agreement(agreement.document)
    return terms.service_levels[0], terms


def test_relief_follows_its_ticket_when_a_second_source_comes(cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home)
    decide(a_claim(agreement, cast.cleo), cast.ben)
    other = read_mapping(EVENT_LOG_MAPPING | {"source": "second"})
    import_text(EVENT_LOG, agreement.engagement, cast.cleo, home, mapping=other)

    measured(agreement, cast)

    # Twice the same tickets, by two desks; one T2 of the two is relieved.
    now = of_march(agreement)
    assert (now.numerator, now.denominator, now.relieved) == (4, 5, 1)


def test_after_the_days_of_the_agreement_nothing_is_claimed(cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home, claim_days=90)

    with pytest.raises(TooLateToClaim, match="until 29 June 2026"):
        a_claim(agreement, cast.cleo)


def test_on_the_last_day_it_is_still_time(cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home, claim_days=97)

    assert a_claim(agreement, cast.cleo)


def test_without_terms_of_relief_nothing_can_be_claimed(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    agreement = an_agreement(engagement, cast)
    import_text(EVENT_LOG, engagement, cast.cleo, home)
    measured(agreement, cast)

    with pytest.raises(ReliefNotAgreed, match="grants no relief"):
        a_claim(agreement, cast.cleo)


def test_a_ground_that_was_not_agreed_is_refused(cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home)

    with pytest.raises(ReliefNotAgreed) as refused:
        a_claim(agreement, cast.cleo, ground=ReliefGround.BAD_DATA)

    assert refused.value.remedy == "Choose one of: client caused, third party."


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"items": []}, NothingClaimed),
        ({"since": TODAY, "until": TODAY + timedelta(hours=1)}, NothingClaimed),
        ({"items": [str(n) for n in range(201)]}, NothingClaimed),
        ({"items": ["T9"]}, PointRefused),
        ({"items": [], "since": TODAY, "until": TODAY + timedelta(hours=1)}, PointRefused),
    ],
)
def test_a_claim_names_what_stands_behind_the_figure(
    changes: dict[str, Any], refusal: type[Exception], cast: Cast, home: Path
) -> None:
    agreement = a_relieving_engagement(cast, home)

    with pytest.raises(refusal):
        a_claim(agreement, cast.cleo, **changes)

    assert not ReliefClaim.objects.exists()


def test_the_same_ticket_is_not_claimed_twice(cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home)
    a_claim(agreement, cast.cleo)

    with pytest.raises(ClaimedAlready):
        a_claim(agreement, cast.cleo, items=["T1", "T2"])


def test_after_a_rejection_it_can_be_claimed_better(cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home)
    decide(a_claim(agreement, cast.cleo), cast.ben, ClaimState.REJECTED)

    assert a_claim(agreement, cast.cleo, what_happened="Here is the mail.")


@pytest.mark.parametrize("who", ["ben", "ann"])
def test_only_the_provider_claims(who: str, cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home)

    with pytest.raises(NotPermitted):
        a_claim(agreement, getattr(cast, who))


@pytest.mark.parametrize("who", ["cleo", "ann", "eva"])
def test_only_the_client_s_managers_decide(who: str, cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)

    with pytest.raises(NotPermitted):
        decide(claim, getattr(cast, who))


def test_two_people_who_decide_one_claim_make_one_decision(cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)
    decide(claim, cast.ben)

    with pytest.raises(AlreadyDecided, match="approved the claim before"):
        decide(claim, cast.ada, ClaimState.REJECTED)

    assert ReliefDecision.objects.get().state == ClaimState.APPROVED


def test_of_two_decisions_at_one_instant_the_database_keeps_one(cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)
    given = {"engagement": claim.engagement, "claim": claim, "state": "approved", "reason": "Yes."}
    moment = {"decided_at": TODAY, "decided_by": cast.ben.person}
    ReliefDecision.objects.create(**given, **moment)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReliefDecision.objects.create(**given, **moment)


def test_killed_between_row_and_entry_nothing_was_decided(
    cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)
    monkeypatch.setattr(deciding, "enter", _killed())

    with pytest.raises(KeyboardInterrupt):
        decide(claim, cast.ben)

    assert not ReliefDecision.objects.exists()


def _killed() -> Callable[..., None]:
    def killed(*arguments: Any, **named: Any) -> None:
        raise KeyboardInterrupt

    return killed


def test_too_late_a_decision_names_the_limit_and_what_counts(cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)

    with pytest.raises(TooLateToDecide, match="until 16 July 2026; now it counts as rejected"):
        decide_relief(
            claim=claim,
            state=ClaimState.APPROVED,
            reason="Late.",
            by=cast.ben,
            as_of=TODAY + timedelta(days=11),
        )


def test_pending_is_no_decision(cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)

    with pytest.raises(NotADecision):
        decide(claim, cast.ben, ClaimState.PENDING)


def test_both_parties_read_the_claim_and_the_decision_in_the_history(
    cast: Cast, home: Path
) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)
    decide(claim, cast.ben)

    entries = LedgerEntry.objects.visible_to(cast.cleo).filter(action__contains="relief")

    assert [each.sentence for each in entries.order_by("id")] == [
        "Claimed relief under resolution in 2026-03 for 1 ticket: client caused.",
        "Approved relief under resolution in 2026-03 (client caused).",
    ]


WITHDRAWAL: dict[str, Any] = {"reason": "The office was open after all.", "as_of": TODAY}


def test_the_provider_withdraws_a_claim_that_nobody_decided(cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)

    withdraw_relief(claim=claim, by=cast.cleo, **WITHDRAWAL)

    claim = ReliefClaim.objects.get()
    assert claim.standing_at(TODAY + timedelta(days=99)).state is ClaimState.WITHDRAWN
    entry = LedgerEntry.objects.get(action="withdraw_relief")
    assert entry.sentence == (
        "Withdrew the claim of relief under resolution in 2026-03 (client caused)."
    )
    assert entry.payload == {"claim": claim.public_id, "reason": WITHDRAWAL["reason"]}


def test_what_was_withdrawn_is_left_in_the_figures_and_can_be_claimed_anew(
    cast: Cast, home: Path
) -> None:
    agreement = a_relieving_engagement(cast, home, unanswered="approved")
    withdraw_relief(claim=a_claim(agreement, cast.cleo), by=cast.cleo, **WITHDRAWAL)

    measure_service_levels(
        engagement=agreement.engagement, by=cast.ben, as_of=TODAY + timedelta(days=60)
    )

    assert of_march(agreement).relieved == 0
    assert a_claim(agreement, cast.cleo, items=["T2"])


def test_the_client_does_not_withdraw_what_the_provider_claims(cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)

    with pytest.raises(NotPermitted):
        withdraw_relief(claim=claim, by=cast.ben, **WITHDRAWAL)


@pytest.mark.parametrize("state", [ClaimState.APPROVED, ClaimState.REJECTED])
def test_what_was_decided_is_not_withdrawn(state: ClaimState, cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)
    decide_relief(claim=claim, state=state, reason="r", by=cast.ben, as_of=TODAY)

    with pytest.raises(AlreadyDecided, match=state.value):
        withdraw_relief(claim=claim, by=cast.cleo, **WITHDRAWAL)


def test_what_was_withdrawn_is_not_decided(cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)
    withdraw_relief(claim=claim, by=cast.cleo, **WITHDRAWAL)

    with pytest.raises(AlreadyDecided, match=r"withdrew the claim before"):
        decide_relief(claim=claim, state=ClaimState.APPROVED, reason="r", by=cast.ben, as_of=TODAY)


def test_a_claim_that_silence_decided_is_not_withdrawn(cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)

    with pytest.raises(TooLateToDecide):
        withdraw_relief(claim=claim, reason="r", by=cast.cleo, as_of=TODAY + timedelta(days=11))


def test_a_withdrawal_has_a_reason(cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)

    with pytest.raises(TextNeeded):
        withdraw_relief(claim=claim, reason=" ", by=cast.cleo, as_of=TODAY)


def test_nobody_decides_that_a_claim_is_withdrawn(cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)

    with pytest.raises(NotADecision):
        decide_relief(claim=claim, state=ClaimState.WITHDRAWN, reason="r", by=cast.ben, as_of=TODAY)
