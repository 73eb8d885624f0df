"""Waivers, thresholds and retired guardrails: what they change at the gate and in the history."""

from datetime import date, timedelta
from typing import Any

import pytest

from tallystick.actions.end_waiver import WaiverEnded, end_waiver
from tallystick.actions.pass_gate import GateClosed, pass_gate
from tallystick.actions.raise_guardrail import GuardrailWording, raise_guardrail
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.retire_guardrail import AlreadyRetired, retire_guardrail
from tallystick.actions.set_policy import set_policy
from tallystick.actions.texts import TextNeeded
from tallystick.actions.waive_finding import (
    AlreadyWaived,
    EndNeeded,
    NothingToWaive,
    waive_finding,
)
from tallystick.engine.guardrails import Severity
from tallystick.engine.guardrails.policy import Policy, PolicyFaulty
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_of, findings_of_all
from tallystick.records.guardrails import Guardrail
from tallystick.records.kept_findings import KeptFinding
from tallystick.records.ledger import LedgerEntry
from tallystick.records.policies import policies_of
from tallystick.records.waivers import Waiver
from tests.cast import TODAY, Cast, a_viewer, an_engagement
from tests.risking import a_risk
from tests.web.pages import a_lesson, an_objective

pytestmark = pytest.mark.django_db

IN_A_MONTH = date(2026, 8, 6)


def a_blocked_engagement(**changes: Any) -> Engagement:
    """Return an engagement whose define gate one missing target keeps shut."""
    engagement = an_engagement(stage=Stage.DEFINE, provider=None, **changes)
    an_objective(engagement=engagement, target="", provider_owner="")
    a_risk(engagement, a_viewer())
    return engagement


def a_waiver(engagement: Engagement, cast: Cast, **changes: Any) -> Waiver:
    """Return the waiver of the missing target."""
    usual: dict[str, Any] = {
        "code": "OBJ001",
        "place": "objectives[0].target",
        "reason": "The works council decides in July.",
        "expires_on": IN_A_MONTH,
        "by": cast.ada,
        "as_of": TODAY,
    }
    return waive_finding(engagement=engagement, **usual | changes)


def a_rail(cast: Cast) -> Guardrail:
    """Return a guardrail that the blocked engagement violates."""
    return raise_guardrail(
        lesson=a_lesson(cast.ada, stages=["close"]),
        wording=GuardrailWording(
            title="Every objective has a target",
            stage=Stage.DEFINE,
            severity=Severity.BLOCKER,
            condition="objectives.all(o, o.target != null)",
            rationale="Nobody knew when it was done.",
            remedy="Set the target.",
        ),
        by=cast.ada,
        as_of=TODAY,
    )


# --- waiving


def test_a_waived_finding_lets_the_gate_open(cast: Cast) -> None:
    engagement = a_blocked_engagement()
    a_waiver(engagement, cast)

    passage = pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)

    assert passage.stage == Stage.DEFINE


def test_a_waiver_names_the_place_by_its_id_and_what_was_found(cast: Cast) -> None:
    engagement = a_blocked_engagement()

    waiver = a_waiver(engagement, cast)

    objective = engagement.objectives.get()
    assert waiver.place == f"objectives[{objective.public_id}].target"
    assert "target" in waiver.told
    assert (waiver.client, waiver.approver) == (engagement.client, cast.ada.person)


def test_a_waiver_of_every_place_covers_what_is_found_later(cast: Cast) -> None:
    engagement = a_blocked_engagement()
    a_waiver(engagement, cast, place="")
    an_objective(engagement=engagement, unit="", provider_owner="")

    found = [each for each in findings_of(engagement, TODAY) if each.code == "OBJ001"]

    assert [each.waived for each in found] == [True, True]


def test_a_waiver_marks_the_kept_finding_and_ending_it_takes_that_back(cast: Cast) -> None:
    engagement = a_blocked_engagement()
    waiver = a_waiver(engagement, cast)
    marked = KeptFinding.objects.get(code="OBJ001").waived_until

    end_waiver(waiver=waiver, reason="Decided.", by=cast.ben, as_of=TODAY)

    assert marked == IN_A_MONTH
    assert KeptFinding.objects.get(code="OBJ001").waived_until is None


def test_after_its_last_day_the_finding_counts_again_and_the_waiver_is_one(cast: Cast) -> None:
    engagement = a_blocked_engagement()
    a_waiver(engagement, cast)
    last = TODAY + timedelta(days=31)

    on_the_day = [(each.code, each.waived) for each in findings_of(engagement, last)]
    after = findings_of(engagement, last + timedelta(days=1))

    assert on_the_day == [("OBJ001", True)]
    assert [(each.code, each.waived, each.blocking) for each in after] == [
        ("OBJ001", False, True),
        ("WAI001", False, False),
    ]
    with pytest.raises(GateClosed, match="1 blocking finding is open"):
        pass_gate(engagement=engagement, by=cast.ada, as_of=last + timedelta(days=1))


def test_an_ended_waiver_is_no_finding(cast: Cast) -> None:
    engagement = a_blocked_engagement()
    waiver = a_waiver(engagement, cast)
    end_waiver(waiver=waiver, reason="Decided.", by=cast.ada, as_of=TODAY)

    found = findings_of(engagement, TODAY + timedelta(days=60))

    assert [each.code for each in found] == ["OBJ001"]


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (None, "A waiver ends on a day after today"),
        (TODAY.date(), "A waiver ends on a day after today"),
        (TODAY.date() + timedelta(days=366), "A waiver ends within 365 days"),
    ],
    ids=["endless", "today", "too-far"],
)
def test_a_waiver_without_a_near_end_is_refused(until: date | None, said: str, cast: Cast) -> None:
    engagement = a_blocked_engagement()

    with pytest.raises(EndNeeded, match=said) as refused:
        a_waiver(engagement, cast, expires_on=until)

    assert refused.value.place == "expires_on"
    assert not Waiver.objects.exists()


def test_a_waiver_may_last_a_year(cast: Cast) -> None:
    until = TODAY.date() + timedelta(days=365)

    waiver = a_waiver(a_blocked_engagement(), cast, expires_on=until)

    assert waiver.expires_on == until


def test_a_waiver_without_a_reason_is_refused(cast: Cast) -> None:
    with pytest.raises(TextNeeded):
        a_waiver(a_blocked_engagement(), cast, reason=" ")


@pytest.mark.parametrize(
    ("code", "place"),
    [("OBJ001", "objectives[0].unit"), ("DEL001", ""), ("NONE", ""), ("OBJ001", "x")],
    ids=["mended", "not-found", "unknown", "elsewhere"],
)
def test_what_is_not_found_is_not_waived(code: str, place: str, cast: Cast) -> None:
    with pytest.raises(NothingToWaive):
        a_waiver(a_blocked_engagement(), cast, code=code, place=place)


def test_an_expired_waiver_is_not_waived(cast: Cast) -> None:
    engagement = a_blocked_engagement()
    a_waiver(engagement, cast)
    later = TODAY + timedelta(days=60)

    with pytest.raises(NothingToWaive):
        a_waiver(
            engagement, cast, code="WAI001", place="", expires_on=date(2026, 12, 1), as_of=later
        )


def test_a_place_is_waived_once(cast: Cast) -> None:
    engagement = a_blocked_engagement()
    a_waiver(engagement, cast)

    with pytest.raises(AlreadyWaived):
        a_waiver(engagement, cast)


def test_a_waiver_is_ended_once(cast: Cast) -> None:
    waiver = a_waiver(a_blocked_engagement(), cast)
    end_waiver(waiver=waiver, reason="Decided.", by=cast.ada, as_of=TODAY)

    with pytest.raises(WaiverEnded):
        end_waiver(waiver=waiver, reason="Again.", by=cast.ada, as_of=TODAY)


def test_waiving_enters_the_client_s_own_chain_alone(cast: Cast) -> None:
    engagement = a_blocked_engagement()

    a_waiver(engagement, cast)

    entry = LedgerEntry.objects.get(action="waive_finding")
    assert (entry.client, entry.engagement) == (engagement.client, None)


@pytest.mark.parametrize("who", ["eva", "ann", "cleo"])
def test_only_leads_waive(who: str, cast: Cast) -> None:
    engagement = a_blocked_engagement()

    with pytest.raises(NotPermitted):
        a_waiver(engagement, cast, by=getattr(cast, who))


# --- thresholds


def test_an_engagement_s_thresholds_come_before_the_client_s(cast: Cast) -> None:
    one, two = an_engagement(name="One"), an_engagement(name="Two")
    common = {"acknowledgement_working_days": 5, "falling_windows": 4}
    set_policy(engagement=None, thresholds=common, by=cast.ada, as_of=TODAY)
    own = {"acknowledgement_working_days": 20}
    set_policy(engagement=two, thresholds=own, by=cast.ada, as_of=TODAY)

    found = policies_of([one, two])

    assert found == {
        one.pk: Policy(acknowledgement_working_days=5, falling_windows=4),
        two.pk: Policy(acknowledgement_working_days=20, falling_windows=4),
    }


def test_thresholds_decide_what_is_found_everywhere(cast: Cast) -> None:
    engagement = an_engagement()
    an_objective(engagement=engagement)
    before = [each.code for each in findings_of(engagement, TODAY + timedelta(days=3))]

    set_policy(
        engagement=None,
        thresholds={"acknowledgement_working_days": 1},
        by=cast.ada,
        as_of=TODAY + timedelta(days=3),
    )

    assert "OBJ002" not in before
    found = findings_of_all([engagement], TODAY + timedelta(days=3))[engagement.pk]
    assert "OBJ002" in [each.code for each in found]
    assert KeptFinding.objects.filter(code="OBJ002", closed_at=None).count() == 1


def test_thresholds_that_are_left_out_fall_back(cast: Cast) -> None:
    engagement = an_engagement()
    set_policy(engagement=None, thresholds={"falling_windows": 5}, by=cast.ada, as_of=TODAY)

    set_policy(engagement=None, thresholds={}, by=cast.ada, as_of=TODAY)

    assert policies_of([engagement]) == {engagement.pk: Policy()}


def test_a_share_is_kept_exactly(cast: Cast) -> None:
    engagement = an_engagement()

    set_policy(engagement=engagement, thresholds={"lesson_match": "0.10"}, by=cast.ada, as_of=TODAY)

    assert str(policies_of([engagement])[engagement.pk].lesson_match) == "0.10"


@pytest.mark.parametrize(
    ("thresholds", "place"),
    [
        ({"falling_window": 3}, "falling_window"),
        ({"falling_windows": 1}, "falling_windows"),
        ({"falling_windows": True}, "falling_windows"),
        ({"lesson_match": "2"}, "lesson_match"),
    ],
    ids=["misspelt", "too-small", "no-number", "no-share"],
)
def test_a_faulty_threshold_is_refused(thresholds: dict[str, Any], place: str, cast: Cast) -> None:
    with pytest.raises(PolicyFaulty) as refused:
        set_policy(engagement=None, thresholds=thresholds, by=cast.ada, as_of=TODAY)

    assert refused.value.place == place


# --- retiring a guardrail


def test_a_guardrail_retired_while_its_gate_is_shut_opens_the_gate(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)
    an_objective(engagement=engagement, provider_owner="")
    a_risk(engagement, cast.ada)
    rail = raise_guardrail(
        lesson=a_lesson(cast.ada, stages=["close"]),
        wording=GuardrailWording(
            "There are two objectives", Stage.DEFINE, Severity.BLOCKER, "size(objectives) == 2",
            "One was never enough.", "State another.",
        ),
        by=cast.ada,
        as_of=TODAY,
    )  # fmt: skip
    with pytest.raises(GateClosed):
        pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)

    retire_guardrail(guardrail=rail, reason="One is enough.", by=cast.ben, as_of=TODAY)

    assert pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY).stage == Stage.DEFINE


def test_what_a_retired_guardrail_found_closes_with_the_reason(cast: Cast) -> None:
    a_blocked_engagement()
    rail = a_rail(cast)
    later = TODAY + timedelta(days=1)

    retire_guardrail(guardrail=rail, reason="OBJ001 asks the same.", by=cast.ada, as_of=later)

    row = KeptFinding.objects.get(code=rail.code)
    assert (row.opened_at, row.closed_at) == (TODAY, later)
    assert row.closed_because == "The guardrail LSN001 was retired: OBJ001 asks the same."
    assert KeptFinding.objects.get(code="OBJ001").closed_because == ""


def test_a_retired_guardrail_stays_and_its_code_is_not_given_again(cast: Cast) -> None:
    first = a_rail(cast)
    retire_guardrail(guardrail=first, reason="Asked twice.", by=cast.ada, as_of=TODAY)

    second = a_rail(cast)

    assert [first.code, second.code] == ["LSN001", "LSN002"]
    assert Guardrail.objects.count() == 2


def test_a_guardrail_is_retired_once(cast: Cast) -> None:
    rail = a_rail(cast)
    retire_guardrail(guardrail=rail, reason="Asked twice.", by=cast.ada, as_of=TODAY)

    with pytest.raises(AlreadyRetired):
        retire_guardrail(guardrail=rail, reason="Again.", by=cast.ada, as_of=TODAY)


def test_a_guardrail_is_not_retired_without_a_reason(cast: Cast) -> None:
    with pytest.raises(TextNeeded):
        retire_guardrail(guardrail=a_rail(cast), reason="", by=cast.ada, as_of=TODAY)
