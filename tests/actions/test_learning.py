"""From a finding to a lesson, to a guardrail, to the gate of the next engagement."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tallystick.actions.answer_lesson import DateNeeded, ReasonNeeded, answer_lesson
from tallystick.actions.appoint_provider import NotSelecting, appoint_provider
from tallystick.actions.hold_review import Verdict, hold_review
from tallystick.actions.pass_gate import GateClosed, ProviderNeeded, pass_gate
from tallystick.actions.plan_engagement import EndsBeforeItStarts, NameTaken, plan_engagement
from tallystick.actions.publish_lesson import FindingDismissed, LessonWording, publish_lesson
from tallystick.actions.raise_guardrail import (
    GuardrailWording,
    LessonNotIdentified,
    raise_guardrail,
)
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.share_lesson import share_lesson
from tallystick.actions.state_objective import ObjectiveWording, state_objective
from tallystick.engine.guardrails import ConditionFaulty, Severity
from tallystick.engine.guardrails.snapshot import Answer, ServiceType
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.embodiments import embodiments_of
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_of, proposed_findings
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Lesson, LessonState, SharedLesson
from tallystick.records.reviews import FindingDecision, ReviewFinding
from tallystick.records.statements import Statement
from tests.actions.test_measure_and_state import a_statement
from tests.cast import TODAY, Cast, an_engagement
from tests.risking import a_risk

pytestmark = pytest.mark.django_db

WORDING = LessonWording(
    title="Agree on holidays before anyone signs",
    context="A service desk whose calendar had no holidays.",
    what_happened="Easter counted as four working days.",
    root_cause="The calendar came from a template.",
    effect="Three disputed statements.",
    preventive_action="Write the holidays of the whole term into the calendar.",
    stages=("define", "agree"),
    practices=(7,),
)


def a_lesson(cast: Cast, wording: LessonWording = WORDING) -> Lesson:
    """Return a published lesson."""
    return publish_lesson(wording=wording, finding=None, by=cast.ben, as_of=TODAY)


def a_planned_engagement(cast: Cast) -> Engagement:
    """Return an engagement in the define stage, with one whole objective and a first risk."""
    engagement = plan_engagement(
        name="Payroll support",
        scope="Support of the payroll application",
        service_type=ServiceType.APPLICATION_SUPPORT,
        starts_on=date(2027, 1, 1),
        ends_on=date(2029, 12, 31),
        by=cast.ada,
        as_of=TODAY,
    )
    state_objective(
        engagement=engagement,
        wording=ObjectiveWording(
            statement="Pay every salary on the agreed day of the month",
            measure="Share of salaries paid in time",
            unit="%",
            baseline_value="97",
            baseline_on=date(2026, 5, 1),
            baseline_method="Bank file of twelve months",
            target="100",
            due_on=date(2028, 1, 1),
            source="Bank file",
            client_owner="Ben",
            provider_owner="Cleo",
        ),
        by=cast.ada,
        as_of=TODAY,
    )
    a_risk(engagement, cast.ada)
    return engagement


def a_guardrail(cast: Cast, lesson: Lesson, condition: str) -> Guardrail:
    """Raise a blocking guardrail that applies from the define stage on."""
    return raise_guardrail(
        lesson=lesson,
        wording=GuardrailWording(
            title="Every objective has an owner at the provider",
            stage=Stage.DEFINE,
            severity=Severity.BLOCKER,
            condition=condition,
            rationale="Nobody answered for it.",
            remedy="Name the owner.",
        ),
        by=cast.ada,
        as_of=TODAY,
    )


def test_a_lesson_points_back_at_the_finding_it_came_from(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    finding = _a_decided_finding(cast, statement, FindingDecision.CONFIRMED)

    lesson = publish_lesson(wording=WORDING, finding=finding, by=cast.eva, as_of=TODAY)

    assert lesson.finding is not None
    assert lesson.finding.review.statement == statement
    assert lesson.state == LessonState.IDENTIFIED


def test_a_dismissed_finding_yields_no_lesson(cast: Cast, home: Path) -> None:
    finding = _a_decided_finding(cast, a_statement(cast, home), FindingDecision.DISMISSED)

    with pytest.raises(FindingDismissed):
        publish_lesson(wording=WORDING, finding=finding, by=cast.eva, as_of=TODAY)


def test_without_a_root_cause_it_stays_an_observation(cast: Cast) -> None:
    lesson = a_lesson(cast, LessonWording("Slow", "A desk", "It was slow", "", "Anger", ""))

    assert lesson.state == LessonState.OBSERVATION


def test_an_observation_raises_no_guardrail(cast: Cast) -> None:
    lesson = a_lesson(cast, LessonWording("Slow", "A desk", "It was slow", "", "Anger", ""))

    with pytest.raises(LessonNotIdentified):
        a_guardrail(cast, lesson, "objectives.all(o, o.provider_owner != null)")


def test_a_faulty_condition_is_refused_with_its_position(cast: Cast) -> None:
    with pytest.raises(ConditionFaulty) as refused:
        a_guardrail(cast, a_lesson(cast), "objectives.all(o, o.ownr != null)")

    assert refused.value.column > 1
    assert not Guardrail.objects.exists()


def test_the_define_gate_waits_for_every_matching_lesson(cast: Cast) -> None:
    lesson = a_lesson(cast)
    engagement = a_planned_engagement(cast)

    with pytest.raises(GateClosed) as refused:
        pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)

    assert "LES001" in refused.value.message
    assert lesson.title in refused.value.message


def test_the_gate_opens_once_each_lesson_has_its_answer(cast: Cast) -> None:
    lesson = a_lesson(cast)
    engagement = a_planned_engagement(cast)
    answer_lesson(
        engagement=engagement,
        lesson=lesson,
        answer=Answer.ADOPTED,
        note="Clause 4 asks for them.",
        embodied=embodiments_of(engagement, cast.ada)[0].key,
        by=cast.ada,
        as_of=TODAY,
    )

    pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)

    engagement.refresh_from_db()
    assert engagement.stage == Stage.SELECT


def test_a_guardrail_stops_the_next_engagement_that_repeats_the_mistake(cast: Cast) -> None:
    a_guardrail(cast, a_lesson(cast), "objectives.all(o, o.unit == 'EUR')")
    engagement = a_planned_engagement(cast)

    found = [each for each in findings_of(engagement, TODAY) if each.code == "LSN001"]

    assert [(each.blocking, each.remedy) for each in found] == [(True, "Name the owner.")]


def test_a_raised_guardrail_makes_its_lesson_an_applied_one(cast: Cast) -> None:
    lesson = a_lesson(cast)

    a_guardrail(cast, lesson, "objectives.all(o, o.provider_owner != null)")

    lesson.refresh_from_db()
    assert lesson.state == LessonState.APPLIED


@pytest.mark.parametrize("answer", list(Answer))
def test_an_answer_without_a_reason_is_refused(cast: Cast, answer: Answer) -> None:
    with pytest.raises(ReasonNeeded):
        answer_lesson(
            engagement=an_engagement(),
            lesson=a_lesson(cast),
            answer=answer,
            note=" ",
            by=cast.ada,
            as_of=TODAY,
        )


def test_a_deferral_needs_a_day_to_come(cast: Cast) -> None:
    with pytest.raises(DateNeeded):
        answer_lesson(
            engagement=an_engagement(),
            lesson=a_lesson(cast),
            answer=Answer.DEFERRED,
            note="Later.",
            deferred_until=TODAY.date(),
            by=cast.ada,
            as_of=TODAY,
        )


def test_a_deferral_ends_within_the_engagement(cast: Cast) -> None:
    lesson, engagement = a_lesson(cast), a_planned_engagement(cast)

    def defer(until: date) -> None:
        answer_lesson(
            engagement=engagement, lesson=lesson, answer=Answer.DEFERRED, note="Later.",
            deferred_until=until, owner=cast.ben.person, by=cast.ada, as_of=TODAY,
        )  # fmt: skip

    for until in (date.max, engagement.ends_on + timedelta(days=1)):
        with pytest.raises(DateNeeded) as refused:
            defer(until)
        assert refused.value.place == "deferred_until"
    defer(engagement.ends_on)


def test_the_select_gate_waits_for_a_provider(cast: Cast) -> None:
    engagement = a_planned_engagement(cast)
    pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)

    with pytest.raises(ProviderNeeded):
        pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)


def test_a_provider_is_appointed_in_the_select_stage_only(cast: Cast) -> None:
    with pytest.raises(NotSelecting):
        appoint_provider(
            engagement=a_planned_engagement(cast),
            provider=cast.cleo.organisation,
            reason="Cheapest",
            by=cast.ada,
            as_of=TODAY,
        )


def test_an_auditor_changes_nothing(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        publish_lesson(wording=WORDING, finding=None, by=cast.ann, as_of=TODAY)

    assert not Lesson.objects.exists()


def test_a_name_is_given_once(cast: Cast) -> None:
    a_planned_engagement(cast)

    with pytest.raises(NameTaken):
        a_planned_engagement(cast)


def test_an_engagement_ends_after_it_starts(cast: Cast) -> None:
    with pytest.raises(EndsBeforeItStarts):
        plan_engagement(
            name="Backwards",
            scope="",
            service_type=ServiceType.OTHER,
            starts_on=date(2027, 1, 1),
            ends_on=date(2027, 1, 1),
            by=cast.ada,
            as_of=TODAY,
        )


def test_a_shared_lesson_is_read_by_that_provider_alone(cast: Cast) -> None:
    lesson = a_lesson(cast)

    share_lesson(
        lesson=lesson, provider=cast.cleo.organisation, wording=WORDING, by=cast.ada, as_of=TODAY
    )

    assert [each.lesson for each in SharedLesson.objects.visible_to(cast.cleo)] == [lesson]
    assert list(SharedLesson.objects.visible_to(cast.dan)) == []
    assert list(Lesson.objects.visible_to(cast.cleo)) == []


def _a_decided_finding(
    cast: Cast, statement: Statement, decision: FindingDecision
) -> ReviewFinding:
    verdicts = {
        finding.key: Verdict(decision, "So decided.") for finding in proposed_findings(statement)
    }
    review = hold_review(
        statement=statement, verdicts=verdicts, summary="", by=cast.ben, as_of=TODAY
    )
    found = review.findings.first()
    assert found is not None
    return found
