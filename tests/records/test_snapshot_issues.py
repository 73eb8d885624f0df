"""The ladder, the echo and the issues answer guardrails: COM002, COM005, LES003, RSK004."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.actions.acknowledge_objective import acknowledge_objective
from tallystick.actions.climb_escalations import climb_escalations
from tallystick.actions.echo_change import AlreadyEchoed, NothingToEcho, echo_change
from tallystick.actions.publish_lesson import publish_lesson
from tallystick.actions.refusals import NotPermitted
from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.lessons.causes import Cause
from tallystick.records.agreements import AgreementState
from tallystick.records.echoes import Echo, changes_known
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_of
from tallystick.records.objectives import Acknowledgement
from tallystick.records.organisations import Membership
from tallystick.records.roles import Role, Side
from tallystick.records.snapshot_rows import rows_of
from tests.actions.escalating import Table, last
from tests.actions.test_learning import WORDING
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import TODAY, Cast, a_viewer, an_engagement
from tests.web.pages import an_objective
from tests.web.test_lessons import a_finding

pytestmark = pytest.mark.django_db

DUE = TODAY + timedelta(hours=4)
LATE = timedelta(days=21)


def found(engagement: Engagement, code: str, after: timedelta = timedelta(0)) -> list[Finding]:
    """Return the findings of one guardrail, some time after today."""
    return [each for each in findings_of(engagement, TODAY + after) if each.code == code]


def test_without_a_ladder_nothing_is_asked() -> None:
    assert found(an_engagement(), "COM002") == []


def test_a_gap_of_the_ladder_is_a_finding_in_its_cell() -> None:
    table = Table()
    table.ladder([1, 2])
    theirs = table.post("Alone", Side.PROVIDER, table.cleo)
    ours = table.post("Empty", Side.CLIENT, None, table.ada)
    table.level(2, client_post=ours, provider_post=theirs, channel="")
    places = {each.place for each in found(table.engagement, "COM002")}
    assert {
        "escalation.levels[1].client",
        "escalation.levels[1].provider.deputy",
        "escalation.levels[1].channel",
    } <= places
    assert not any("levels[0]" in each for each in places)


def test_a_contact_that_left_is_named() -> None:
    table = Table()
    table.ladder([1, 2])
    Membership.objects.filter(person=table.cleo.person).update(ended_at=TODAY)
    sentences = [each.sentence for each in found(table.engagement, "COM002")]
    assert any(f"left on {TODAY.date()}" in each for each in sentences)


def test_an_issue_that_nobody_is_left_to_answer_is_a_finding_until_it_is_answered() -> None:
    table = Table()
    table.ladder([1])
    issue = table.issue()
    climb_escalations(as_of=DUE)
    (stuck,) = [
        each for each in found(table.engagement, "COM002") if each.place.startswith("issues")
    ]
    assert issue.title in stuck.sentence
    assert last(issue).ended_at is None


def test_an_issue_with_the_cause_of_a_lesson_repeats_it(cast: Cast, home: Path) -> None:
    finding = a_finding(cast, home)
    engagement = finding.review.engagement
    wording = WORDING.__class__(**{**_fields(WORDING), "cause": Cause.CAPACITY_SHORT})
    publish_lesson(wording=wording, finding=finding, by=cast.eva, as_of=TODAY)
    table = Table(engagement=engagement)
    table.issue(as_of=TODAY + timedelta(days=2), cause=Cause.CAPACITY_SHORT)
    assert [each.place for each in found(engagement, "LES003", LATE)] == ["issues[0]"]


def _fields(wording: object) -> dict[str, object]:
    return {name: getattr(wording, name) for name in wording.__dataclass_fields__}  # type: ignore[attr-defined]


def test_issues_that_no_risk_foresaw_are_surprises() -> None:
    table = Table()
    for number in range(3):
        table.issue(title=f"Surprise {number}")
    assert [each.place for each in found(table.engagement, "RSK004")] == ["issues"]


def test_the_delivery_lead_is_asked_for_what_the_account_manager_acknowledged(
    cast: Cast,
) -> None:
    objective = an_objective()
    engagement = objective.engagement
    acknowledge_objective(objective=objective, by=a_viewer(Role.ACCOUNT_MANAGER), as_of=TODAY)
    assert len(found(engagement, "COM005", LATE)) == 1
    echo_change(what=objective, words="A report more.", by=cast.cleo, as_of=TODAY)
    assert found(engagement, "COM005", LATE) == []
    with pytest.raises(AlreadyEchoed):
        echo_change(what=objective, by=a_viewer(Role.DELIVERY_LEAD), as_of=TODAY)


def test_who_acknowledged_as_delivery_lead_is_not_asked_twice(cast: Cast) -> None:
    objective = an_objective()
    acknowledge_objective(objective=objective, by=cast.cleo, as_of=TODAY)
    assert found(objective.engagement, "COM005", LATE) == []
    with pytest.raises(AlreadyEchoed):
        echo_change(what=objective, by=cast.cleo, as_of=TODAY)
    assert not Echo.objects.exists()


def test_an_echo_of_what_nobody_acknowledged_acknowledges_it_too(cast: Cast) -> None:
    objective = an_objective()
    echo_change(what=objective, by=cast.cleo, as_of=TODAY)
    assert Acknowledgement.objects.get().acknowledged_by == cast.cleo.person


def test_a_version_of_the_agreement_is_echoed_once_it_is_signed(cast: Cast) -> None:
    agreement = an_agreement(an_engagement(), cast)
    (waiting,) = changes_known(agreement.engagement, TODAY.date())
    assert (waiting.subject, waiting.word) == ("version 1", None)
    assert len(found(agreement.engagement, "COM005", LATE)) == 1
    echo_change(what=agreement, words="Berlin hours.", by=cast.cleo, as_of=TODAY)
    (heard,) = changes_known(agreement.engagement, TODAY.date())
    assert heard.word is not None
    assert heard.word.words == "Berlin hours."
    assert found(agreement.engagement, "COM005", LATE) == []


def test_a_version_that_nobody_signed_is_no_change(cast: Cast) -> None:
    agreement = an_agreement(an_engagement(), cast)
    agreement.state = AgreementState.WITHDRAWN
    agreement.save()
    with pytest.raises(NothingToEcho):
        echo_change(what=agreement, by=cast.cleo, as_of=TODAY)


def test_an_account_manager_gives_no_echo() -> None:
    with pytest.raises(NotPermitted):
        echo_change(what=an_objective(), by=a_viewer(Role.ACCOUNT_MANAGER), as_of=TODAY)


def test_the_number_of_queries_does_not_depend_on_the_engagements() -> None:
    counts = []
    for number in range(2):
        table = Table(engagement=an_engagement(name=f"Desk {number}"))
        table.ladder()
        table.issue()
        with CaptureQueriesContext(connection) as asked:
            rows_of(list(Engagement.objects.select_related("client", "provider")), TODAY.date())
        counts.append(len(asked))
    assert counts[0] == counts[1]
