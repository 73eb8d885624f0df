"""A risk that came true drafts a lesson; a lesson that is adopted may stand in a risk."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tallystick.actions.answer_lesson import EmbodimentNeeded, answer_lesson
from tallystick.actions.record_occurrence import Occurrence, record_occurrence
from tallystick.engine.guardrails.snapshot import Answer
from tallystick.records.engagements import Engagement
from tallystick.records.indicators import SignSource
from tallystick.records.lesson_evidence import LessonEvidence, Source
from tallystick.records.lessons import Disposition
from tallystick.records.risk_registers import PRIVATE, SHARED, AnyRisk, Register
from tests.cast import TODAY, Cast, an_engagement
from tests.risking import a_risk
from tests.web.pages import a_lesson, page, post, signed_in, text_of

pytestmark = pytest.mark.django_db

FILLED = (
    "Three of seven left.",
    "One agency staffs the desk",
    "Tickets wait over night",
    "Notices a month",
    'value="40000.00"',
    'value="EUR"',
)
WORDED = {
    "title": "Keep two agencies on call", "context": "A desk.", "what_happened": "They left.",
    "root_cause": "One agency.", "effect": "40,000 euros.", "preventive_action": "Call two.",
}  # fmt: skip


def a_risk_that_came_true(cast: Cast, engagement: Engagement, register: Register) -> AnyRisk:
    """Return a risk that was warned of, and came true."""
    risk = a_risk(
        engagement, cast.ada, register=register, cause="One agency staffs the desk",
        effect="Tickets wait over night", cause_code="staff-turnover",
    )  # fmt: skip
    risk.currency = "EUR"
    risk.save()
    register.indicators.objects.create(
        **register.under(risk=risk), name="Notices a month", source=SignSource.HAND,
        comparison="above", threshold=2, stated_at=TODAY, stated_by=cast.ada.person,
        tripped_on=TODAY.date(),
    )  # fmt: skip
    happened = Occurrence(TODAY.date(), "Three of seven left.", Decimal("40000.00"))
    return record_occurrence(risk=risk, occurrence=happened, by=cast.ada, as_of=TODAY)


@pytest.mark.parametrize("register", [SHARED, PRIVATE])
def test_one_click_drafts_a_lesson_from_what_the_register_knows(register: Register) -> None:
    cast = Cast()
    risk = a_risk_that_came_true(cast, an_engagement(), register)
    link = f"{reverse('lesson_new')}?risk={risk.public_id}"
    assert link in text_of(page(cast.ada, "risk", risk.public_id))

    answer = page(cast.ada, "lesson_new", risk=risk.public_id)

    drafted, filled = text_of(answer), answer.context["form"].initial
    assert "The risk “Key people leave” came true on" in drafted
    for each in FILLED:
        assert each in drafted
    assert (filled["was_a_risk"], filled["cause"]) == ("yes", "staff-turnover")
    assert filled["practices"] == ["8"]


def test_a_risk_that_only_may_come_true_drafts_none() -> None:
    cast = Cast()
    risk = a_risk(an_engagement(), cast.ada)

    assert "Write a lesson" not in text_of(page(cast.ada, "risk", risk.public_id))
    assert page(cast.ada, "lesson_new", risk=risk.public_id).status_code == 404
    assert page(cast.ada, "lesson_new", risk="nothing").status_code == 404


def test_a_provider_is_drafted_no_lesson_of_a_private_risk() -> None:
    cast = Cast()
    risk = a_risk_that_came_true(cast, an_engagement(), PRIVATE)

    assert page(cast.cleo, "lesson_new", risk=risk.public_id).status_code in (403, 404)


def test_the_published_lesson_rests_on_the_risk_and_leads_back_to_it() -> None:
    cast = Cast()
    risk = a_risk_that_came_true(cast, an_engagement(), SHARED)

    address = f"{reverse('lesson_new')}?risk={risk.public_id}"
    answer = signed_in(cast.ada).post(address, WORDED)

    assert answer.status_code == 302
    rests = LessonEvidence.objects.get()
    assert (rests.source, rests.target) == (Source.RISK, risk.public_id)
    assert "Three of seven left." in rests.told
    shown = text_of(page(cast.ada, "lesson", rests.lesson.public_id))
    assert reverse("risk", args=[risk.public_id]) in shown


@pytest.mark.parametrize("register", [SHARED, PRIVATE])
def test_a_lesson_can_be_embodied_in_a_risk(register: Register) -> None:
    cast, engagement = Cast(), an_engagement()
    risk = a_risk(engagement, cast.ada, "The agency folds", register=register)
    lesson = a_lesson(cast.ada, title="Keep two agencies on call")
    assert "The agency folds" in text_of(page(cast.ada, "gate", engagement.public_id))

    answer = post(
        cast.ada, "lesson_answer", engagement.public_id, lesson.public_id, answer="adopted",
        note="It stands in the register.", embodied=f"risk:{risk.public_id}",
    )  # fmt: skip

    assert answer.status_code == 302
    kept = Disposition.objects.get()
    assert (kept.embodied_in, kept.embodied_id) == ("risk", risk.public_id)
    assert "Risk: The agency folds" in text_of(page(cast.ada, "gate", engagement.public_id))


def test_a_risk_of_another_engagement_embodies_nothing_here() -> None:
    cast, engagement = Cast(), an_engagement()
    other = a_risk(an_engagement(name="Another desk"), cast.ada)

    with pytest.raises(EmbodimentNeeded) as refused:
        answer_lesson(
            engagement=engagement, lesson=a_lesson(cast.ada), answer=Answer.ADOPTED, note="So.",
            embodied=f"risk:{other.public_id}", by=cast.ada, as_of=TODAY,
        )  # fmt: skip

    assert refused.value.place == "embodied"
    assert not Disposition.objects.exists()
